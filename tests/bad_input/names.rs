//! Files whose names mean something in a URL, in Markdown or to a terminal.

use crate::tree::{FORMATS, Ran, Tree};

const NAMES: &[&str] = &[
    "with blank.md",
    "100%.md",
    "100%25.md",
    "a#b.md",
    "what?.md",
    "a&amp;b.md",
    "[x](y).md",
    "<b>.md",
    "`code`.md",
    "quote\"'.md",
    "back\\slash.md",
    "line\nbreak.md",
    "esc\u{1b}[31m.md",
    "\u{202e}thgir.md",
    "tab\there.md",
    "naïve 名.md",
    "e\u{301}.md",
    "~.md",
    "-.md",
    "--fix.md",
    "C:.md",
    ".hidden.md",
    "|.md",
    "*.md",
    "{a,b}.md",
    "!.md",
];

fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn links(folder: &str, names: &[&str]) -> String {
    names.iter().map(|name| format!("[a]({folder}{})\n\n", encoded(name))).collect()
}

#[cfg(not(windows))]
#[test]
fn links_to_odd_names_are_resolved() {
    for dialect in ["github", "learn"] {
        // Learn decodes before it splits and takes `\` for `/`.
        let unnameable = |name: &str| dialect == "learn" && name.contains(['#', '?', '\\', '%']);
        let names: Vec<&str> = NAMES.iter().copied().filter(|name| !unnameable(name)).collect();
        let files = names.iter().map(|name| (format!("f/{name}"), "# A\n".to_owned()));
        let tree = Tree::new(
            files.chain([("index.md".to_owned(), "# Index\n\n".to_owned() + &links("f/", &names))]),
        );
        let ran = tree.run(&["check", "--dialect", dialect, "--format", "concise"]);
        assert!(ran.stdout.starts_with("No problems"), "{dialect}: {}", ran.stdout);
    }
}

#[cfg(not(windows))]
#[test]
fn odd_names_are_suggested_so_that_they_resolve() {
    let files = NAMES.iter().map(|name| (format!("f/{name}"), "# A\n".to_owned()));
    let tree = Tree::new(files.chain([("index.md".to_owned(), links("gone/", NAMES))]));
    let ran = tree.run(&["check", "--fix", "--format", "concise"]);
    assert!(ran.stdout.starts_with("No problems"), "{}", ran.stdout);
}

#[cfg(not(windows))]
#[test]
fn findings_in_odd_names_are_harmless() {
    let files =
        NAMES.iter().map(|name| (format!("f\u{1b}/{name}"), "[x\u{1b}[2J](gone\u{9b}.md) [y][z\u{1b}]\n"));
    let tree = Tree::new(files);
    for format in FORMATS {
        // `run` looks at what is printed.
        let ran: Ran = tree.run(&["check", "--format", format]);
        assert_eq!(ran.code, 1);
        if format == "json" {
            let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
            let paths = report["findings"].as_array().unwrap().iter().map(|finding| finding["path"].as_str());
            let mut paths: Vec<&str> = paths.map(Option::unwrap).collect();
            paths.dedup();
            let mut expected: Vec<String> = NAMES.iter().map(|name| format!("f\u{1b}/{name}")).collect();
            expected.sort();
            assert_eq!(paths, expected);
        }
    }
    tree.run(&["check", "--diff"]);
    assert_eq!(tree.run(&["check", "no\u{1b}such\nfile.md"]).code, 2);
    assert_eq!(tree.run(&["check", "--dialect", "\u{1b}[31m"]).code, 2);
    assert_eq!(tree.run(&["explain", "\u{1b}[31m"]).code, 2);
}
