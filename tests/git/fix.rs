//! `check --staged --fix`: what is staged is mended, and nothing else is staged.

use crate::repository::*;

const PAGE: &str = "# A\n\n[x](TARGET.md)\n\nText.\n";

fn repository() -> Repository {
    let old = ("old.md", "[x](TARGET.md)\n");
    let repository = Repository::committed(&[("a.md", "# A\n"), old, ("target.md", "# Target\n")]);
    repository.stage("a.md", PAGE);
    repository
}

#[track_caller]
fn fix(repository: &Repository) -> Run {
    let run = repository.waypost("check --staged --fix --format concise --dialect github");
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("1 fix applied and staged"), "{}", run.stderr);
    run
}

#[test]
fn a_page_without_other_changes_is_mended_and_staged() {
    let repository = repository();
    fix(&repository);
    let mended = PAGE.replace("TARGET", "target");
    assert_eq!((repository.git("show :a.md"), repository.read("a.md")), (mended.clone(), mended));
    assert_eq!(repository.git("status --porcelain"), "M  a.md\n");
}

#[test]
fn unstaged_changes_stay_unstaged() {
    let repository = repository();
    repository.write("a.md", PAGE.replace("Text.", "Unstaged."));
    fix(&repository);
    let mended = PAGE.replace("TARGET", "target");
    assert_eq!(repository.git("show :a.md"), mended);
    assert_eq!(repository.read("a.md"), mended.replace("Text.", "Unstaged."));
    assert_eq!(repository.git("status --porcelain"), "MM a.md\n");
}

#[test]
fn where_the_disk_differs_it_is_left() {
    let repository = repository();
    let unstaged = PAGE.replace("[x]", "See [x]");
    repository.write("a.md", &unstaged);
    let run = fix(&repository);
    assert!(run.stderr.contains("note: a.md is mended in the index only"), "{}", run.stderr);
    assert_eq!(
        (repository.git("show :a.md"), repository.read("a.md")),
        (PAGE.replace("TARGET", "target"), unstaged)
    );
}

#[test]
fn for_pre_commit_nothing_is_staged() {
    let repository = repository();
    let mut fixing = waypost(&repository.0);
    let run = run(fixing.args(["check", "--staged", "--fix"]).env("PRE_COMMIT", "1"));
    assert!(run.stderr.contains("1 fix applied on disk"), "{}", run.stderr);
    assert_eq!(run.code, Some(1), "what is staged is still wrong");
    assert_eq!(
        (repository.git("show :a.md"), repository.read("a.md")),
        (PAGE.to_owned(), PAGE.replace("TARGET", "target"))
    );
}
