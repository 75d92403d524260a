//! What `check --staged` reports: staged pages, and what they break elsewhere.

use crate::repository::*;

const OLD: &str = "# Old\n\n[x](gone.md)\n";

#[track_caller]
fn assert_reports(repository: &Repository, expected: &[&str]) {
    let found = repository.check("--staged");
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found}\ndoes not say\n{expected}");
    }
}

#[test]
fn older_findings_elsewhere_are_counted() {
    let repository = Repository::committed(&[("a.md", "# A\n"), ("old.md", OLD), ("older.md", OLD)]);
    repository.stage("a.md", "# A\n\nText.\n");
    assert_reports(&repository, &[]);
    let run = repository.waypost("check --staged --dialect github");
    assert_eq!(run.code, Some(0));
    assert!(
        run.stdout.contains("2 more findings were there before: `waypost check` shows all."),
        "{}",
        run.stdout
    );
    assert_eq!(repository.check("--staged --all").len(), 2);
}

#[test]
fn a_staged_page_is_reported_whole() {
    let repository = Repository::committed(&[("a.md", "# A\n"), ("old.md", OLD)]);
    repository.stage("old.md", format!("{OLD}\n[y](lost.md)\n"));
    assert_reports(&repository, &["old.md:3:5", "old.md:5:5"]);
    repository.git("commit --quiet -m x");
    repository.git("mv old.md new.md");
    assert_reports(&repository, &["new.md:3:5", "new.md:5:5"]);
}

#[test]
fn what_the_change_breaks_elsewhere_is_reported() {
    let pages =
        [("a.md", "# A\n\n## Part\n"), ("b.md", "[a](a.md#part) ![p](p.png) [x](gone.md)\n"), ("p.png", "")];
    let repository = Repository::committed(&pages);
    repository.stage("a.md", "# A\n\n## Other\n");
    let reworded = "; this change reworded the heading \u{201c}Part\u{201d}, which is `#other` now";
    assert_reports(&repository, &[&format!("no heading or id `#part` in `a.md`{reworded}")]);
    repository.git("reset --quiet --hard");
    repository.git("rm --quiet a.md");
    assert_reports(
        &repository,
        &["b.md:1:5: error[broken-link] there is no file `a.md`; this change deleted `a.md`"],
    );
    repository.git("reset --quiet --hard");
    repository.git("mv p.png q.png");
    assert_reports(
        &repository,
        &["b.md:1:21: error[broken-link] there is no file `p.png`; this change renamed `p.png` to `q.png`"],
    );
}

#[test]
fn files_outside_the_root_count_too() {
    let repository = Repository::committed(&[
        ("docs/waypost.toml", "dialect = [\"github\"]\n"),
        ("docs/a.md", "[x](../src/x.rs) [y](../src/y.rs#L3)\n"),
        ("src/x.rs", ""),
        ("src/y.rs", "1\n2\n3\n"),
    ]);
    repository.git("rm --quiet src/x.rs");
    let found = repository.waypost_in("docs", "check --staged --format concise").findings();
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn lines_that_a_change_removes() {
    let repository = Repository::committed(&[("a.md", "[y](y.rs#L3)\n"), ("y.rs", "1\n2\n3\n")]);
    repository.stage("y.rs", "1\n");
    assert_reports(&repository, &["a.md:1:10: error[broken-anchor]"]);
}

#[test]
fn an_unstaged_break_is_not_ours() {
    let repository =
        Repository::committed(&[("a.md", "# A\n"), ("b.md", "[a](a.md#a)\n"), ("c.md", "# C\n")]);
    repository.stage("c.md", "# C\n\nText.\n");
    repository.write("a.md", "# Reworded\n");
    assert_reports(&repository, &[]);
}

#[test]
fn a_merge_brings_both_sides() {
    let repository = Repository::committed(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    repository.git("checkout --quiet -b other");
    repository.stage("b.md", "# B\n\n[a](a.md)\n");
    repository.git("commit --quiet -m link");
    repository.git("checkout --quiet main");
    repository.git("mv a.md moved.md");
    repository.git("commit --quiet -m move");
    repository.git("merge --quiet --no-commit other");
    assert_reports(&repository, &["b.md:3:5: error[broken-link]"]);
}
