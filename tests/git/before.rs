//! What was before a change is judged as it was then: with its own configuration and its own baseline.

use crate::repository::*;

const BROKEN: &str = "# Old\n\n[x](gone.md)\n";
const BASELINE: &str = ".waypost-baseline.json";

/// What `flags` report, both as a hook and since the last commit.
#[track_caller]
fn assert_new(repository: &Repository, expected: &[&str]) {
    for flags in ["--staged", "--staged --new-from HEAD", "--new-from HEAD"] {
        let run = repository.waypost(&format!("check --format concise {flags}"));
        let found = run.findings();
        assert_eq!(found.len(), expected.len(), "{flags}: {found:#?}{}", run.stderr);
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{flags}: {found}\ndoes not say\n{expected}");
        }
    }
}

fn accepting() -> Repository {
    let repository = Repository::committed(&[("old.md", BROKEN), ("a.md", "# A\n")]);
    assert_eq!(repository.waypost("baseline").code, Some(0));
    repository.git("add --all");
    repository.git("commit --quiet -m baseline");
    repository
}

#[test]
fn a_rule_that_is_switched_on_is_the_cause_of_what_it_finds() {
    let off = "dialect = \"github\"\n[rules]\nbroken-link = \"off\"\n";
    let repository = Repository::committed(&[("waypost.toml", off), ("old.md", BROKEN)]);
    repository.stage("waypost.toml", "dialect = \"github\"\n");
    assert_new(
        &repository,
        &["old.md:3:5: error[broken-link] there is no file `gone.md`; this change touched `waypost.toml`"],
    );
    repository.stage("waypost.toml", format!("# Why\n{off}"));
    assert_new(&repository, &[]);
}

#[test]
fn configuration_that_is_new_taken_out_or_refines() {
    let off = "dialect = \"github\"\n[rules]\nbroken-link = \"off\"\n";
    let repository = Repository::committed(&[("waypost.toml", off), ("d/old.md", BROKEN)]);
    repository.git("rm --quiet waypost.toml");
    assert_new(&repository, &["; this change touched `waypost.toml`"]);
    repository.git("reset --quiet --hard");
    repository.stage("d/waypost.toml", "[rules]\nbroken-link = \"warning\"\n");
    assert_new(
        &repository,
        &["warning[broken-link] there is no file `d/gone.md`; this change touched `d/waypost.toml`"],
    );
    let bare = Repository::committed(&[("d/old.md", BROKEN)]);
    bare.stage("waypost.toml", "dialect = \"github\"\n");
    assert_new(&bare, &[]);
}

#[test]
fn pages_that_were_excluded_are_new() {
    let excluded = "dialect = \"github\"\nexclude = [\"old.md\"]\n";
    let repository =
        Repository::committed(&[("waypost.toml", excluded), ("old.md", BROKEN), ("a.md", BROKEN)]);
    repository.stage("waypost.toml", "dialect = \"github\"\n");
    assert_new(&repository, &["old.md:3:5"]);
}

#[test]
fn what_is_extended_and_presets_count_too() {
    let repository = Repository::committed(&[
        ("waypost.toml", "extends = \"team.toml\"\n"),
        ("team.toml", "dialect = \"github\"\n[rules]\nbroken-link = \"off\"\n"),
        ("old.md", BROKEN),
    ]);
    repository.stage("team.toml", "dialect = \"github\"\n");
    assert_new(&repository, &["; this change touched `team.toml`"]);
}

#[test]
fn where_the_former_configuration_has_mistakes_todays_holds() {
    let repository = Repository::committed(&[("waypost.toml", "no = such key\n"), ("old.md", BROKEN)]);
    repository.stage("waypost.toml", "dialect = \"github\"\n");
    assert_new(&repository, &[]);
}

#[test]
fn what_the_baseline_accepts_is_no_news() {
    let repository = accepting();
    repository.stage("a.md", "# A\n\nText.\n");
    assert_new(&repository, &[]);
    repository.stage("old.md", format!("{BROKEN}\nText.\n"));
    assert_new(&repository, &[]);
    repository.git("mv old.md moved.md");
    assert_new(&repository, &[]);
    repository.stage("moved.md", format!("{BROKEN}\n[y](lost.md)\n"));
    assert_new(&repository, &["moved.md:5:5"]);
}

#[test]
fn an_entry_that_is_taken_out_is_the_cause() {
    let repository = accepting();
    let empty = "{\"version\": 1, \"findings\": []}\n";
    let cause = "there is no file `gone.md`; this change took it out of the baseline";
    repository.stage(BASELINE, empty);
    assert_new(&repository, &[cause]);
    repository.git(&format!("rm --quiet --force {BASELINE}"));
    assert_new(&repository, &[cause]);
    // Of what else is new the baseline is no cause.
    repository.git("reset --quiet --hard");
    repository.stage("b.md", "# B\n\n[a](a.md#a)\n");
    repository.git("commit --quiet -m b");
    repository.stage(BASELINE, empty);
    repository.stage("a.md", "# Reworded\n");
    assert_new(
        &repository,
        &["b.md:3:10: error[broken-anchor] no heading or id `#a` in `a.md`; this change reworded", cause],
    );
}

#[test]
fn a_new_baseline_accepts() {
    let repository = Repository::committed(&[("old.md", BROKEN)]);
    assert_eq!(repository.waypost("baseline").code, Some(0));
    repository.git("add --all");
    assert_new(&repository, &[]);
}

#[test]
fn without_a_change_everything_is_reported_but_not_in_a_commit() {
    let repository = Repository::committed(&[("old.md", BROKEN)]);
    let run = repository.waypost("check --staged --format concise --dialect github");
    assert_eq!((run.code, run.findings().len()), (Some(1), 1), "{}", run.stderr);
    assert!(run.stderr.contains("note: nothing is staged"), "{}", run.stderr);
    let index = repository.at(".git/index");
    let in_commit = run_with_index(&repository, &index);
    assert_eq!((in_commit.code, in_commit.findings().len()), (Some(0), 0), "{}", in_commit.stdout);
}

fn run_with_index(repository: &Repository, index: &std::path::Path) -> Run {
    let mut waypost = waypost(&repository.0);
    run(waypost.args(["check", "--staged", "--format", "concise"]).env("GIT_INDEX_FILE", index))
}
