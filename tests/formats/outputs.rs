//! Where reports go.

use std::fs;

use serde_json::Value;

use crate::scratch::Scratch;

const PAGE: (&str, &str) = ("docs/a.md", "# A page\n\nSee [a](gone.md) and [b](gone.md).\n");

#[test]
fn several_at_once() {
    let scratch = Scratch::new(&[PAGE]);
    let run = scratch.check(&["--format=sarif=out.sarif", "--format=concise", "--format=gitlab=out.json"]);
    assert_eq!((run.code, &*run.stderr), (1, ""));
    assert!(run.stdout.starts_with("docs/a.md:3:9: error[broken-link]"), "{}", run.stdout);
    assert_eq!(scratch.read("out.sarif"), scratch.check(&["--format", "sarif"]).stdout);
    assert_eq!(scratch.read("out.json"), scratch.check(&["--format", "gitlab"]).stdout);

    let run = scratch.check(&["--format", "json=out.json"]);
    assert_eq!((run.code, &*run.stdout), (1, ""));
    assert!(scratch.read("out.json").starts_with("{\"version\":1"));
}

#[test]
fn what_cannot_be_is_said_before_anything_is_written() {
    let scratch = Scratch::new(&[PAGE]);
    for arguments in [
        &["--format", "sarif", "--format", "json"][..],
        &["--format", "sarif", "--statistics"],
        &["--format", "json=out", "--format", "sarif=out"],
        &["--format", "json=out", "--format", "sarif="],
        &["--format", "json=out", "--format", "xml"],
    ] {
        let run = scratch.check(arguments);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{arguments:?}");
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
        assert!(!scratch.0.join("out").exists());
    }
}

#[test]
fn a_file_that_cannot_be_written_is_no_finding() {
    let scratch = Scratch::new(&[PAGE]);
    for target in ["json=no/such/folder/out.json", "json=docs"] {
        let run = scratch.check(&["--format", target]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.starts_with("error: cannot write "), "{}", run.stderr);
    }
    assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn forges_see_paths_from_the_root_of_the_repository() {
    let scratch = Scratch::new(&[PAGE, ("docs/waypost.toml", "")]);
    assert!(scratch.check(&["--format", "github", "docs"]).stdout.contains("file=docs/a.md,"));
    for (format, path) in [("sarif", "\"uri\":\"docs/a.md\""), ("gitlab", "\"path\":\"docs/a.md\"")] {
        assert!(scratch.check(&["--format", format, "docs"]).stdout.contains(path), "{format}");
    }
}

#[test]
fn a_github_job_gets_its_summary_with_links() {
    let scratch = Scratch::new(&[PAGE]);
    let summary = scratch.0.join("summary.txt");
    fs::write(&summary, "before\n").unwrap();
    let environment = [
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "owner/name"),
        ("GITHUB_SHA", "0123"),
    ];
    scratch.check_with(&["--format", "concise"], &environment);
    assert_eq!(scratch.read("summary.txt"), "before\n", "only with the format `github`");
    scratch.check_with(&["--format", "github"], &environment);
    let written = scratch.read("summary.txt");
    assert!(written.starts_with("before\n### waypost: 2 errors in 1 page\n"), "{written}");
    assert!(written.contains("[`docs/a.md:3`](https://github.com/owner/name/blob/0123/docs/a.md#L3)"));

    let run = scratch.check_with(&["--format", "github"], &[("GITHUB_STEP_SUMMARY", "no/such/file")]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.starts_with("note: the job summary cannot be written: "), "{}", run.stderr);
}

#[test]
fn a_comment_has_room_for_no_more() {
    let page: String = (0..2_000).map(|link| format!("See [a](gone-{link}.md).\n\n")).collect();
    let comment = Scratch::new(&[("a.md", &page)]).check(&["--format", "markdown"]).stdout;
    assert!(comment.len() <= 65_000, "{}", comment.len());
    assert!(comment.contains("that have no room here.\n\n</details>\n"));
}

#[test]
fn sarif_lists_what_is_silenced_if_it_is_asked_to() {
    let text = "# A page\n\n<!-- waypost-ignore-next-line broken-link: made later -->\n[a](gone.md)\n\n[b](missing.md)\n";
    let accepted = r#"{"version": 1, "findings": [{"path": "a.md", "rule": "broken-link", "about": "missing.md", "count": 1}]}"#;
    let scratch = Scratch::new(&[("a.md", text), (".waypost-baseline.json", accepted)]);
    let results = |arguments: &[&str]| {
        let run = scratch.check(&[&["--format", "sarif"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let log: Value = serde_json::from_str(&run.stdout).unwrap();
        let run = &log["runs"][0];
        assert_eq!(
            (&run["properties"]["suppressed"], &run["properties"]["accepted"]),
            (&1.into(), &1.into())
        );
        run["results"].as_array().unwrap().clone()
    };
    assert!(results(&[]).is_empty(), "code scanning would show them");
    let silenced = results(&["--with-suppressed"]);
    let kinds: Vec<&Value> = silenced.iter().map(|result| &result["suppressions"][0]["kind"]).collect();
    assert_eq!(kinds, ["inSource", "external"]);
    let run = scratch.check(&["--with-suppressed", "--format", "json"]);
    assert!(run.code == 2 && run.stderr.contains("for the format `sarif` only"), "{}", run.stderr);

    let reported = scratch.check(&["--format", "sarif", "--with-suppressed", "--no-baseline"]).stdout;
    assert!(reported.contains("\"suppressions\":[]"), "in all results or in none: {reported}");
}
