//! Clones that lack something: contents, history, files of the working tree, submodules.

use std::fs;

use crate::repository::*;

const A: &str = "# A\n\nText that git knows again.\n\n[b](b.md#b)\n";

/// A clone of a repository with two commits, of which the first is the branch `first`.
fn clone(flags: &str) -> (Repository, Repository) {
    let origin = Repository::committed(&[("a.md", A), ("b.md", "# B\n"), ("far/c.md", "[a](../a.md#a)\n")]);
    origin.git("branch first");
    origin.git("config uploadpack.allowFilter true");
    origin.stage("b.md", "# Reworded\n");
    origin.stage("far/c.md", "[a](../a.md#no)\n");
    origin.git("commit --quiet -m second");
    let clone = Repository::folder(&[]);
    clone.git(&format!("clone --quiet {flags} file://{} .", origin.0.display()));
    (origin, clone)
}

fn objects(repository: &Repository) -> String {
    repository.git("count-objects -v")
}

#[test]
fn a_partial_clone_fetches_nothing() {
    let (_origin, clone) = clone("--filter=blob:none");
    let before = objects(&clone);
    clone.stage("a.md", format!("{A}\nMore.\n"));
    assert_eq!(clone.check("--staged").len(), 1, "its own page has a broken anchor");
    let run = clone.waypost("check --new-from origin/first --format concise --dialect github");
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(run.stderr.contains("git does not have `"), "{}", run.stderr);
    let after = objects(&clone);
    let packs = |told: &str| told.lines().find(|line| line.starts_with("in-pack")).map(str::to_owned);
    assert_eq!(packs(&before), packs(&after), "nothing is fetched");
    // The way out that is told leads out.
    let help =
        run.stderr.lines().find_map(|line| line.split_once("help: in a partial clone `git ")).unwrap().1;
    clone.git(help.split('`').next().unwrap());
    let run = clone.waypost("check --new-from origin/first --format concise --dialect github");
    assert_eq!((run.code, run.findings().len()), (Some(1), 2), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_shallow_clone_has_an_index_but_no_history() {
    let (_origin, clone) = clone("--depth 1 --no-single-branch");
    clone.stage("a.md", A.replace("# A", "# Other"));
    let found = clone.check("--staged");
    assert!(found.iter().any(|found| found.starts_with("a.md:5:10: error[broken-anchor]")), "{found:#?}");
    let run = clone.waypost("check --new-from origin/first");
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(run.stderr.contains("git fetch --unshallow"), "{}", run.stderr);
}

#[test]
fn a_sparse_clone_without_contents_says_so() {
    let (_origin, clone) = clone("--filter=blob:none --sparse");
    assert!(!clone.at("far").exists());
    let found = clone.check("--staged --all");
    assert!(
        found.iter().any(|found| found.starts_with("far/c.md:1:1: warning[unreadable-page]")),
        "{found:#?}"
    );
}

#[test]
fn submodules_that_are_not_checked_out_are_not_judged() {
    let inner = Repository::committed(&[("page.md", "# Page\n")]);
    let origin = Repository::committed(&[
        ("docs/waypost.toml", "dialect = \"github\"\n"),
        ("docs/a.md", "[in](sub/page.md) [top](../lib/x.md) [gone](gone.md)\n"),
    ]);
    for folder in ["docs/sub", "lib"] {
        let from = inner.0.display();
        origin.git(&format!("-c protocol.file.allow=always submodule --quiet add {from} {folder}"));
    }
    origin.git("commit --quiet -m modules");
    let clone = Repository::folder(&[]);
    clone.git(&format!("clone --quiet file://{} .", origin.0.display()));
    for flags in ["", "--staged --all", "--tracked"] {
        let run = clone.waypost_in("docs", &format!("check {flags} --format concise"));
        assert_eq!(run.findings().len(), 1, "{flags}: {}{}", run.stdout, run.stderr);
        assert!(run.findings()[0].contains("`gone.md`"));
    }
    let summary = clone.waypost_in("docs", "check").stdout;
    assert!(summary.contains("2 in a submodule"), "{summary}");
    // One that is checked out is judged.
    clone.git("-c protocol.file.allow=always submodule --quiet update --init docs/sub");
    fs::remove_file(clone.at("docs/sub/page.md")).unwrap();
    let run = clone.waypost_in("docs", "check --format concise");
    assert_eq!(run.findings().len(), 2, "{}", run.stdout);
}

#[test]
fn sha_256_repositories() {
    let repository = Repository::folder(&[("a.md", "# A\n"), ("b.md", "[a](a.md#a)\n"), ("empty.md", "")]);
    repository.git("init --quiet --object-format=sha256");
    repository.git("add --all");
    repository.git("commit --quiet -m first");
    repository.stage("a.md", "# Reworded\n");
    repository.write("a.md", "# A\n");
    let found = repository.check("--staged");
    assert!(found.len() == 1 && found[0].contains("this change reworded"), "{found:#?}");
}
