//! `waypost tables`: what each format prints of the example tree, and what holds whatever stands in a cell.
//!
//! `SNAPSHOTS=overwrite cargo test --test tables` writes `expected/` anew; `git diff` reviews it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use snapbox::Data;
use snapbox::data::DataFormat;

mod round_trip;

/// A copy of the example tree outside any git repository, removed at the end.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Copy {
        Copy::of("itil", name)
    }

    /// A copy of a fixture's tree.
    fn of(fixture: &str, name: &str) -> Copy {
        let folder = format!("waypost-tables-{}-{name}", std::process::id());
        let copy = Copy(std::env::temp_dir().canonicalize().unwrap().join(folder));
        copy_folder(&root().join("fixtures").join(fixture).join("tree"), &copy.0);
        copy
    }

    fn tables(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waypost"));
        command.current_dir(&self.0).arg("tables").args(arguments).output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_slice(&self.tables(arguments).stdout).unwrap()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => _ = fs::copy(entry.path(), target).unwrap(),
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn each_format_prints_the_example() {
    let copy = Copy::new("formats");
    for format in ["json", "jsonl", "csv", "markdown", "html"] {
        let Output { status, stdout, stderr } = copy.tables(&["--preset", "itil-v3", "--format", format]);
        assert_eq!((status.code(), &*stderr), (Some(0), &b""[..]), "{format}");
        let stdout = String::from_utf8(stdout).unwrap();
        assert_eq!(stdout.contains('\r'), format == "csv");
        let file = root().join("tests/tables/expected").join(format!("itil.{format}"));
        let expected = Data::read_from(&file, Some(DataFormat::Text)).raw();
        snapbox::assert_data_eq!(Data::text(stdout).raw(), expected);
    }
}

#[test]
fn a_broken_link_has_the_target_it_should_have() {
    let copy = Copy::new("target");
    let value = copy.json(&["--preset", "itil-v3", "--heading", "service operation"]);
    let table = &value["tables"][0];
    assert_eq!((&table["preset"], &table["phase"]), (&"itil-v3".into(), &"Service operation".into()));
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["process"] == "Access management").unwrap();
    let expected = serde_json::json!([{
        "text": "Identity and access",
        "target": "/overview/security.md#identity-and-access",
        "resolved": null,
        "state": "broken",
        "suggestions": ["security.md#identity-and-access"],
    }]);
    assert_eq!(row["cells"][2]["links"], expected);
}

#[test]
fn a_preset_without_a_vocabulary_knows_tables_by_its_contracts() {
    let copy = Copy::of("preset-raci", "raci");
    let known = |page: &str| -> Vec<Value> {
        let json = copy.json(&["--preset", "raci", page]);
        json["tables"].as_array().unwrap().iter().map(|table| table["section"].clone()).collect()
    };
    assert_eq!(
        known("right.md"),
        [serde_json::json!(["Who does what"])],
        "and not the tables of letters and grades"
    );
    assert_eq!(known("wrong.md").len(), 1);
    assert_eq!(copy.json(&["--preset", "raci"])["tables"][0]["preset"], "raci");
}

#[test]
fn filters_choose_tables() {
    let copy = Copy::new("filters");
    let count = |arguments: &[&str]| copy.json(arguments)["tables"].as_array().unwrap().len();
    let all = count(&[]);
    assert!(all > 3);
    for (arguments, expected) in [
        (&["--preset", "itil-v3"][..], 3),
        (&["--files", "itil.md"], 3),
        (&["--files", "*.md", "--files", "!itil.md"], all - 3),
        (&["tidewater/overview/itil.md"], 3),
        (&["--exclude", "itil.md"], all - 3),
        (&["--heading", "*ITIL", "--heading", "service DESIGN"], 1),
        (&["--heading", "service design", "--heading", "*ITIL"], 0),
        (&["--header", "documentation,ITIL  process:"], 3),
        (&["--header", "documentation,owner"], 0),
        (&["--preset", "raci"], 0),
    ] {
        assert_eq!(count(arguments), expected, "{arguments:?}");
    }
}

#[test]
fn a_row_of_jsonl_says_what_the_row_of_json_says() {
    let copy = Copy::new("lines");
    let json = copy.json(&["--preset", "itil-v3"]);
    let lines = String::from_utf8(copy.tables(&["--preset", "itil-v3", "--format", "jsonl"]).stdout).unwrap();
    let mut lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    for table in json["tables"].as_array().unwrap() {
        for row in table["rows"].as_array().unwrap() {
            let line = lines.next().unwrap();
            for field in ["path", "section", "preset", "phase"] {
                assert_eq!(line[field], table[field]);
            }
            for field in ["line", "process", "cells"] {
                assert_eq!(line[field], row[field]);
            }
            assert_eq!(line["table"], table["line"]);
        }
    }
    assert!(lines.next().is_none());
}

/// The schema says of each object what it has, and the manual explains it.
#[test]
fn the_schema_and_the_manual_know_every_field() {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(root().join("docs/tables.schema.json")).unwrap()).unwrap();
    let manual = fs::read_to_string(root().join("docs/tables.md")).unwrap();
    let copy = Copy::new("schema");
    let json = copy.json(&["--preset", "itil-v3"]);
    let line = String::from_utf8(copy.tables(&["--preset", "itil-v3", "--format", "jsonl"]).stdout).unwrap();
    let line: Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    let table = &json["tables"][2];
    let row = &table["rows"][3];
    let cell = &row["cells"][2];
    let kinds = [
        (&schema, &json),
        (&schema["$defs"]["table"], table),
        (&schema["$defs"]["row"], row),
        (&schema["$defs"]["cell"], cell),
        (&schema["$defs"]["link"], &cell["links"][0]),
        (&schema["$defs"]["line"], &line),
    ];
    for (schema, value) in kinds {
        let fields: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let described = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        let required = schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
        assert_eq!((&fields, &fields), (&described, &required.collect()));
        for field in fields {
            assert!(manual.contains(&format!("`{field}`")), "docs/tables.md does not explain `{field}`");
        }
    }
}

#[test]
fn cells_end_where_the_platform_ends_them() {
    let copy = Copy::new("code");
    let page = "# Code\n\n| Say | Means |\n|---|---|\n| `a|b` | either |\n";
    fs::write(copy.0.join("tidewater/code.md"), page).unwrap();
    for (dialect, expected) in [
        ("learn", ["a|b", "either"]),
        ("docfx", ["a|b", "either"]),
        ("mkdocs", ["a|b", "either"]),
        ("github", ["`a", "b`"]),
        ("learn,github", ["a|b", "either"]),
    ] {
        let value = copy.json(&["--files", "code.md", "--dialect", dialect]);
        let cells = &value["tables"][0]["rows"][0]["cells"];
        assert_eq!([&cells[0]["text"], &cells[1]["text"]], expected, "{dialect}");
    }
}

#[test]
fn a_page_that_cannot_be_read_is_named() {
    let copy = Copy::new("unread");
    fs::write(copy.0.join("tidewater/bad.md"), b"| a |\n|---|\n| \xff |\n").unwrap();
    let output = copy.tables(&["--preset", "itil-v3"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.starts_with("error: `tidewater/bad.md` cannot be read, and its tables are left out"),
        "{stderr}"
    );
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["tables"].as_array().unwrap().len(), 3);
    let others = copy.tables(&["--files", "itil.md"]);
    assert_eq!((others.status.code(), &*others.stderr), (Some(0), &b""[..]));
}

#[test]
fn a_file_is_written_whole_and_its_links_lead_on_from_there() {
    let copy = Copy::new("file");
    let output = copy.tables(&["--preset", "itil-v3", "--format", "html", "-o", "tidewater/tables.html"]);
    assert_eq!((output.status.code(), &*output.stdout), (Some(0), &b""[..]));
    let page = fs::read_to_string(copy.0.join("tidewater/tables.html")).unwrap();
    assert!(page.contains("<a href=\"operate/support.md#severity-levels\">"), "{page}");
    for target in ["none/tables.html", "tidewater"] {
        let output = copy.tables(&["-o", target]);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr.starts_with("error: cannot write "), "{stderr}");
    }
}

#[test]
fn mistakes_are_told() {
    let copy = Copy::new("mistakes");
    for (arguments, expected) in [
        (&["--preset", "itil-v33"][..], "error: unknown preset `itil-v33`\nhelp: did you mean `itil-v3`?\n"),
        (
            &["--preset", "zzz"],
            "error: unknown preset `zzz`\nhelp: the presets are `itil-4`, `itil-v3` and `raci`\n",
        ),
        (&["nowhere"], "error: "),
        (&["--files", "../a"], "error: invalid value '../a'"),
    ] {
        let output = copy.tables(arguments);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]), "{arguments:?}");
        assert!(stderr.starts_with(expected), "{stderr}");
    }
    fs::write(copy.0.join("waypost.toml"), "dialect = 'gitlab'\n").unwrap();
    let output = copy.tables(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("waypost.toml:1:"));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let copy = Copy::new("pipe");
    let rows = "| some text | more text |\n".repeat(20_000);
    fs::write(copy.0.join("tidewater/big.md"), format!("# Big\n\n| a | b |\n|---|---|\n{rows}")).unwrap();
    for format in ["json", "jsonl", "csv", "markdown", "html"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waypost"));
        command.current_dir(&copy.0).args(["tables", "--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]), "{format}");
    }
}

#[test]
fn a_dash_is_standard_output() {
    let copy = Copy::new("dash");
    for arguments in [&["--format", "csv"][..], &["--coverage", "itil-v3"], &["--derive"]] {
        let printed = copy.tables(arguments).stdout;
        assert!(!printed.is_empty());
        assert_eq!(copy.tables(&[arguments, &["-o", "-"]].concat()).stdout, printed, "{arguments:?}");
    }
    assert!(!copy.0.join("-").exists());
}

#[test]
fn empty_names_say_what_they_ask_for() {
    let copy = Copy::new("empty-names");
    let header = copy.tables(&["--header", ""]);
    let words = String::from_utf8(header.stderr).unwrap();
    assert!(header.status.success() && words.contains("a column without a name"), "{words}");
    let heading = copy.tables(&["--heading", " "]);
    let words = String::from_utf8(heading.stderr).unwrap();
    assert!(heading.status.code() == Some(2) && words.contains("`--heading` is empty"), "{words}");
}
