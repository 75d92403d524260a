//! Names and texts that try to end a value, begin a command or move a column.

use serde_json::Value;

use crate::scratch::Scratch;

const NAME: &str = "a,b:c%25\r\n::error::x <&>\"'`|\u{1b}[2J \u{65e5}\u{1f680}.md";
/// Lines end as on Windows; before the destination are three characters of eight bytes.
const TEXT: &str = "# A page\r\n\r\n\u{65e5}\u{1f680} [x](gone%0a::error::<y>&\"'|.md)\r\n";

fn report(format: &str) -> String {
    Scratch::new(&[(NAME, TEXT)]).check(&["--format", format]).stdout
}

fn json(format: &str) -> Value {
    serde_json::from_str(&report(format)).unwrap()
}

#[test]
fn commands_stay_one_line_each() {
    let printed = report("github");
    let lines: Vec<&str> = printed.split(['\r', '\n']).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 2, "{printed}");
    assert!(lines[0].starts_with("::error file=a%2Cb%3Ac%2525%0D%0A%3A%3Aerror%3A%3Ax <&>\"'`|\u{1b}[2J"));
    assert!(lines[0].contains(",line=3,endLine=3,col=8,"), "{printed}");
    assert!(lines[1].starts_with("waypost: 1 error"));
}

#[test]
fn sarif_escapes_the_path_and_counts_characters() {
    let log = json("sarif");
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "a%2Cb%3Ac%2525%0D%0A%3A%3Aerror%3A%3Ax%20%3C%26%3E%22%27%60%7C%1B%5B2J%20%E6%97%A5%F0%9F%9A%80.md"
    );
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&3.into(), &8.into()));
    let snippet = place["region"]["snippet"]["text"].as_str().unwrap();
    assert!(snippet.starts_with("gone%0a::error::"), "{snippet}");
}

#[test]
fn reviewdog_counts_bytes() {
    let start = &json("rdjson")["diagnostics"][0]["location"]["range"]["start"];
    assert_eq!((&start["line"], &start["column"]), (&3.into(), &13.into()));
}

#[test]
fn paths_come_back_from_json() {
    assert_eq!(json("gitlab")[0]["location"]["path"], NAME);
    assert_eq!(serde_json::from_str::<Value>(report("jsonl").trim_end()).unwrap()["path"], NAME);
}

#[test]
fn xml_has_no_control_characters_and_no_stray_ends() {
    for format in ["junit", "checkstyle"] {
        let xml = report(format);
        assert!(xml.chars().all(|character| character == '\n' || !character.is_control()), "{xml}");
        assert!(xml.contains("a,b:c%25\\r\\n::error::x &lt;&amp;&gt;&quot;&apos;`|\\u{1b}[2J"), "{xml}");
    }
}

#[test]
fn a_row_of_a_comment_stays_a_row() {
    let comment = report("markdown");
    let rows: Vec<&str> = comment.lines().filter(|line| line.starts_with("| ❌ | ``")).collect();
    assert_eq!(rows.len(), 1, "{comment}");
    assert!(rows[0].starts_with("| ❌ | `` a,b:c%25\\r\\n::error::x <&>\"'`\\|\\u{1b}[2J"), "{comment}");
}
