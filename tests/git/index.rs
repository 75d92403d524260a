//! `check --staged` and `--tracked`: which files there are, and what stands in them.

use std::fs;

use crate::repository::*;

const STAGED: &str = "--staged --all";

#[track_caller]
fn assert_findings(found: &[String], expected: &[&str]) {
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\nis not\n{expected}");
    }
}

#[test]
fn the_index_counts_not_the_disk() {
    let repository = Repository::staged(&[("a.md", "# A\n\n[b](b.md)\n"), ("b.md", "# B\n\n[x](gone.md)\n")]);
    repository.write("b.md", "# B\n");
    assert_findings(&repository.check(STAGED), &["b.md:3:5: error[broken-link] there is no file `gone.md`"]);
    assert_findings(&repository.check("--tracked"), &[]);
    repository.git("add b.md");
    repository.write("b.md", "# B\n\n[y](lost.md)\n");
    assert_findings(&repository.check(STAGED), &[]);
    assert_findings(
        &repository.check("--tracked"),
        &["b.md:3:5: error[broken-link] there is no file `lost.md`"],
    );
    repository.remove("b.md");
    assert_findings(&repository.check(STAGED), &[]);
    assert_findings(&repository.check("--tracked"), &["a.md:3:5: error[broken-link]"]);
}

#[test]
fn untracked_files_are_invisible() {
    let links = "# A\n\n[new](new/page.md#own) ![p](p%20q.png) [folder](new/) [made](made/x.md)\n";
    let repository = Repository::staged(&[("a.md", links), (".gitignore", "made/\n")]);
    for scratch in ["new/page.md", "p q.png", "made/x.md", "scratch.md"] {
        repository.write(scratch, "[x](gone.md)\n");
    }
    let untracked = "git does not track it: nobody else has it";
    for flags in [STAGED, "--tracked"] {
        assert_findings(
            &repository.check(flags),
            &[
                &format!("a.md:3:7: error[broken-link] `new/page.md` is on this disk, but {untracked}"),
                &format!("a.md:3:29: error[broken-link] `p q.png` is on this disk, but {untracked}"),
                &format!("a.md:3:49: error[broken-link] `new` is on this disk, but {untracked}"),
                "a.md:3:62: warning[ignored-target]",
            ],
        );
    }
    let help = repository.waypost("check --staged --dialect github").stdout;
    assert!(help.contains("git add new/page.md") && help.contains("git add 'p q.png'"), "{help}");
    repository.git("add new");
    let found = repository.check(STAGED);
    assert!(found.iter().any(|found| found.contains("broken-anchor")), "{found:#?}");
}

#[test]
fn nothing_is_committed_yet() {
    let repository = Repository::staged(&[("a.md", "[x](gone.md)\n")]);
    assert_findings(&repository.check("--staged"), &["a.md:1:5: error[broken-link]"]);
    let empty = Repository::staged(&[]);
    let run = empty.waypost("check --staged");
    assert_eq!((run.code, run.stderr.contains("no pages")), (Some(0), true), "{}", run.stderr);
}

#[test]
fn without_git_the_disk_is_checked() {
    let folder = Repository::folder(&[("a.md", "[x](gone.md)\n")]);
    for flags in ["--staged", "--tracked"] {
        let run = folder.waypost(&format!("check --format concise {flags}"));
        assert_eq!(run.findings().len(), 1);
        assert!(run.stderr.contains("note: git does not answer"), "{}", run.stderr);
    }
    let bare = Repository::folder(&[("a.md", "")]);
    bare.git("init --quiet --bare .");
    assert!(bare.waypost("check --staged").stderr.contains("note: git does not answer"));
}

#[test]
fn announced_files_are_not_in_the_commit() {
    let repository =
        Repository::staged(&[("a.md", "# A\n\n[b](b.md#b) [c](c.md) [e](e.md)\n"), ("e.md", "")]);
    for page in ["b.md", "c.md"] {
        repository.write(page, "# B\n\n[x](gone.md)\n");
        repository.git(&format!("add --intent-to-add {page}"));
    }
    repository.remove("c.md");
    let expected =
        ["a.md:3:5: error[broken-link] `b.md` is on this disk", "a.md:3:17: error[broken-link] there"];
    assert_findings(&repository.check(STAGED), &expected);
    assert_findings(&repository.check("--tracked"), &["a.md:3:17: error[broken-link]", "b.md:3:5: error"]);
}

#[test]
fn in_a_conflict_our_version_counts() {
    let repository =
        Repository::committed(&[("a.md", "# A\n"), ("b.md", "[a](a.md#a) [c](c.md)\n"), ("c.md", "C\n")]);
    repository.git("checkout --quiet -b other");
    repository.stage("a.md", "# Theirs\n\n[x](theirs.md)\n");
    repository.stage("c.md", "# Theirs\n\n[x](theirs.md)\n");
    repository.git("commit --quiet -m theirs");
    repository.git("checkout --quiet main");
    repository.stage("a.md", "# A\n\n[x](ours.md)\n");
    repository.git("rm --quiet c.md");
    repository.git("commit --quiet -m ours");
    assert_ne!(repository.try_git("merge other").code, Some(0));
    let run = repository.waypost("check --staged --all --format concise --dialect github");
    assert_findings(
        &run.findings(),
        &["a.md:3:5: error[broken-link] there is no file `ours.md`", "c.md:3:5: error"],
    );
    assert!(run.stderr.contains("2 files in conflict, such as a.md"), "{}", run.stderr);
}

#[test]
fn submodules_are_unknown() {
    let inner = Repository::committed(&[("page.md", "# Page\n\n[x](gone.md)\n")]);
    let repository =
        Repository::committed(&[("a.md", "[in](sub/page.md#no) [sub](sub/) [no](sub/none.md)\n")]);
    let inner = inner.0.to_str().unwrap();
    repository.git(&format!("-c protocol.file.allow=always submodule --quiet add {inner} sub"));
    assert_findings(&repository.check(STAGED), &[]);
    let summary = repository.waypost("check --staged --all --dialect github").stdout;
    assert!(summary.contains("3 in a submodule"), "{summary}");
}

#[test]
fn what_a_pointer_stands_for_is_unknown() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n";
    let repository = Repository::staged(&[("a.md", "[b](b.md#no) [c](c.md)\n"), ("b.md", pointer)]);
    for flags in [STAGED, "--tracked", ""] {
        assert_findings(&repository.check(flags), &["a.md:1:18: error[broken-link]"]);
    }
}

#[test]
fn missing_contents_are_told_and_not_fetched() {
    let repository =
        Repository::committed(&[("a.md", "# A\n\n[b](b.md#x)\n"), ("b.md", "# B\n\n[x](gone.md)\n")]);
    let oid = repository.git("rev-parse :b.md");
    let (folder, name) = oid.trim().split_at(2);
    repository.write("b.md", "# Other\n");
    fs::remove_file(repository.at(&format!(".git/objects/{folder}/{name}"))).unwrap();
    let found = repository.check(STAGED);
    assert_findings(
        &found,
        &["b.md:1:1: warning[unreadable-page] this page cannot be read: git does not have its content here"],
    );
}

#[test]
fn what_is_not_checked_out_is_there() {
    let repository = Repository::committed(&[
        ("docs/a.md", "[b](../far/b.md#b) [x](../far/x.md)\n"),
        ("far/b.md", "# B\n"),
    ]);
    repository.git("sparse-checkout set docs");
    assert!(!repository.at("far/b.md").exists());
    for flags in [STAGED, "--tracked"] {
        assert_findings(&repository.check(flags), &["docs/a.md:1:24: error[broken-link]"]);
    }
}

#[test]
fn line_endings_are_those_of_the_disk_or_of_git() {
    let repository = Repository::staged(&[]);
    repository.git("config core.autocrlf true");
    repository.stage("a.md", "# A\r\n\r\n[x](gone.md)\r\n");
    let expected = ["a.md:3:5: error[broken-link]"];
    assert_findings(&repository.check(STAGED), &expected);
    repository.write("a.md", "changed\r\n");
    assert_findings(&repository.check(STAGED), &expected);
}

#[test]
fn the_root_may_lie_below_that_of_the_repository() {
    let repository = Repository::committed(&[
        ("docs/waypost.toml", "dialect = [\"github\"]\n"),
        ("docs/a.md", "[code](../src/x.rs) [new](../src/new.rs) [gone](../src/gone.rs) [b](b.md)\n"),
        ("docs/b.md", "# B\n"),
        ("src/x.rs", ""),
        ("other.md", "[x](gone.md)\n"),
    ]);
    repository.write("src/new.rs", "");
    let found = repository.waypost_in("docs", "check --staged --all --format concise").findings();
    assert_findings(&found, &["a.md:1:27: error[broken-link]", "a.md:1:49: error[broken-link]"]);
}

#[test]
fn the_configuration_is_that_of_the_index() {
    let repository = Repository::committed(&[
        ("waypost.toml", "[links]\naccept = [\"gone\"]\n"),
        ("a.md", "[x](gone.md)\n"),
    ]);
    repository.write("waypost.toml", "nonsense = 1\n");
    assert_findings(&repository.check(STAGED), &[]);
    repository.remove("waypost.toml");
    assert_findings(&repository.check(STAGED), &[]);
    assert_findings(&repository.check("--tracked"), &["a.md:1:5: error[broken-link]"]);
    repository.git("rm --quiet --cached waypost.toml");
    assert_findings(&repository.check(STAGED), &["a.md:1:5: error[broken-link]"]);
}

#[test]
fn lines_are_counted_in_what_is_staged() {
    let repository = Repository::staged(&[("a.md", "[x](x.rs#L3)\n"), ("x.rs", "1\n2\n3\n")]);
    repository.write("x.rs", "1\n");
    assert_findings(&repository.check(STAGED), &[]);
    repository.git("add x.rs");
    repository.write("x.rs", "1\n2\n3\n");
    assert_findings(&repository.check(STAGED), &["a.md:1:10: error[broken-anchor]"]);
    assert_findings(&repository.check("--tracked"), &[]);
}

#[test]
fn what_cannot_be_read_on_disk_is_not_taken_from_the_index() {
    let repository = Repository::committed(&[("a.md", "# A\n")]);
    repository.write("a.md", b"# \xE9\n");
    assert_findings(&repository.check("--tracked"), &["a.md:1:1: warning[unreadable-page]"]);
    assert_findings(&repository.check(STAGED), &[]);
}
