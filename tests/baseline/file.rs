//! The file: which findings it accepts, how it is written, and what is said of a bad one.

use crate::scratch::Scratch;

const FILE: &str = ".waypost-baseline.json";

fn tree() -> Scratch {
    Scratch::new(&[
        ("waypost.toml", ""),
        ("a.md", "# A\n\n[x](gone.md) [y](gone.md)\n"),
        ("d/b.md", "# B\n\n[z](no.md)\n"),
    ])
}

fn accepting() -> Scratch {
    let tree = tree();
    assert_eq!(tree.waypost(&["baseline"]).code, Some(0));
    tree
}

#[test]
fn accepts_and_counts() {
    let tree = accepting();
    let run = tree.waypost(&["check"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.contains("3 more findings are accepted in the baseline."), "{run:#?}");
    let all = tree.waypost(&["check", "--no-baseline", "--format", "concise"]);
    assert_eq!((all.code, all.findings().len()), (Some(1), 3));
    tree.write("a.md", "# A\n\n[new](other.md)\n\n[x](gone.md) [y](gone.md) [surplus](gone.md)\n");
    let run = tree.waypost(&["check", "--format", "concise"]);
    assert_eq!(run.code, Some(1));
    assert!(run.findings()[0].starts_with("a.md:3:7:"), "{run:#?}");
    assert!(run.findings()[1].starts_with("a.md:5:"), "{run:#?}");
    assert_eq!(run.findings().len(), 2, "{run:#?}");
}

#[test]
fn is_stable_and_of_part_of_the_tree() {
    let tree = accepting();
    let before = tree.read(FILE);
    assert!(tree.waypost(&["baseline"]).stdout.starts_with("unchanged"));
    tree.write("a.md", "# A\n");
    tree.write("d/b.md", "# B\n\n[z](other.md)\n");
    assert_eq!(tree.waypost(&["baseline", "d"]).code, Some(0));
    let expected = before.replace("d/no.md", "d/other.md");
    assert_eq!(tree.read(FILE), expected);
    // Of a part of the tree nothing is stale.
    let part = tree.waypost(&["check", "d", "--format", "concise"]);
    assert!(part.findings().is_empty(), "{part:#?}");
    let whole = tree.waypost(&["check", "--format", "concise"]);
    assert_eq!((whole.code, whole.findings().len()), (Some(0), 1), "{whole:#?}");
    assert!(
        whole.findings()[0].starts_with(".waypost-baseline.json:4:5: warning[stale-baseline]"),
        "{whole:#?}"
    );
    assert!(tree.waypost(&["baseline", "--prune"]).stdout.contains("2 findings taken out that are no more"));
    assert!(tree.waypost(&["check", "--format", "concise"]).findings().is_empty());
}

#[test]
fn prune_accepts_nothing_new() {
    let tree = accepting();
    tree.write("a.md", "# A\n\n[x](gone.md) [new](new.md)\n");
    assert_eq!(tree.waypost(&["baseline", "--prune"]).code, Some(0));
    let file = tree.read(FILE);
    assert!(file.contains("\"gone.md\", \"count\": 1") && !file.contains("new.md"), "{file}");
    assert_eq!(tree.waypost(&["check"]).code, Some(1));
}

#[test]
fn another_file_and_none_at_all() {
    let tree = tree();
    assert_eq!(tree.waypost(&["baseline", "--baseline", "x.json"]).code, Some(0));
    assert_eq!(tree.waypost(&["check"]).code, Some(1));
    assert_eq!(tree.waypost(&["check", "--baseline", "x.json"]).code, Some(0));
    let missing = tree.waypost(&["check", "--baseline", "y.json"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.contains("there is no baseline y.json"), "{missing:#?}");
    assert_eq!(tree.waypost(&["baseline", "--prune"]).code, Some(2));
    let clean = Scratch::new(&[("a.md", "# A\n")]);
    let run = clean.waypost(&["baseline"]);
    assert!(run.code == Some(0) && run.stdout.contains("nothing to accept"), "{run:#?}");
    assert!(!clean.path(FILE).exists());
}

#[test]
fn a_bad_file_is_pointed_at() {
    let tree = tree();
    let bad = [
        (
            "{\n<<<<<<< HEAD\n",
            ".waypost-baseline.json:2:1: error: git has left its marks of a merge conflict",
        ),
        ("{\"version\": 2, \"findings\": []}", "a newer waypost has written this"),
        ("nonsense", ".waypost-baseline.json:1:1: error:"),
        ("", ".waypost-baseline.json:1:1: error:"),
    ];
    for (text, message) in bad {
        tree.write(FILE, text);
        let run = tree.waypost(&["check"]);
        assert_eq!(run.code, Some(2), "{run:#?}");
        assert!(
            run.stderr.contains(message) && run.stderr.contains("waypost baseline"),
            "{message}: {run:#?}"
        );
    }
    assert_eq!(tree.waypost(&["baseline"]).code, Some(0));
    assert_eq!(tree.waypost(&["check"]).code, Some(0));
}

#[test]
fn stale_entries_can_be_errors() {
    let tree = accepting();
    tree.write("waypost.toml", "[rules]\nstale-baseline = \"error\"\n");
    tree.write("d/b.md", "# B\n");
    let run = tree.waypost(&["check", "--format", "concise"]);
    assert_eq!((run.code, run.findings().len()), (Some(1), 1), "{run:#?}");
}
