//! Which files are ignored.

use std::path::Path;
use std::process::Command;

use waypost::glob::Globs;
use waypost::walk;

use crate::scratch::*;

#[test]
fn gitignore_holds_with_and_without_a_repository() {
    for git in [None, Some(".git/")] {
        let scratch =
            Scratch::new(&["x.md", "_site/y.md", "a/drafts/z.md", "a/kept.md", "a/not.md", "a/b/not.md"]);
        scratch.write(".gitignore", "_site/\nnot.md\n").write("a/.gitignore", "drafts\n!b/not.md\n");
        git.map(|git| scratch.write(git, ""));
        assert_eq!(pages(&scratch.tree(&[])), ["a/b/not.md", "a/kept.md", "x.md"], "{git:?}");
    }
}

#[test]
fn info_exclude_holds() {
    let scratch = Scratch::new(&["x.md", "mine.md"]);
    scratch.write(".git/info/exclude", "mine.md\n");
    assert_eq!(files(&scratch.tree(&[])), ["x.md"]);
}

#[test]
fn above_the_root_only_the_repository_counts() {
    let scratch =
        Scratch::new(&["repo/docs/x.md", "repo/docs/out.md", "repo/docs/far.md", "repo/docs/mine.md"]);
    scratch.write(".gitignore", "far.md\n").write("repo/.gitignore", "out.md\n");
    let tree = || {
        let place = walk::place(&scratch.at("repo/docs"), Some(Path::new(".")), None, &[]).unwrap();
        walk::tree(&place, &Globs::default(), &|_| false)
    };
    assert_eq!(pages(&tree()), ["far.md", "mine.md", "out.md", "x.md"]);
    scratch.write("repo/.git/info/exclude", "mine.md\n");
    assert_eq!(pages(&tree()), ["far.md", "x.md"]);
}

#[test]
fn a_nested_repository_has_its_own_rules() {
    let scratch = Scratch::new(&[".git/", "x.md", "sub/.git", "sub/x.md", "sub/y.md"]);
    scratch.write(".gitignore", "x.md\n").write("sub/.gitignore", "y.md\n");
    assert_eq!(pages(&scratch.tree(&[])), ["sub/x.md"]);
}

#[test]
fn other_tools_ignore_files_do_not_hold() {
    let scratch = Scratch::new(&["x.md", "y.md", ".git/"]);
    scratch.write(".ignore", "x.md\n").write(".rgignore", "y.md\n");
    assert_eq!(pages(&scratch.tree(&[])), ["x.md", "y.md"]);
}

/// The environment belongs to the process, so the tree is taken in another one: this test, run again.
#[test]
fn the_users_global_ignores_do_not_hold() {
    const HERE: &str = "WAYPOST_TEST_GLOBAL_IGNORES";
    if let Some(folder) = std::env::var_os(HERE) {
        let place = walk::place(Path::new(&folder), None, None, &[]).unwrap();
        assert_eq!(pages(&walk::tree(&place, &Globs::default(), &|_| false)), ["x.md"]);
        return;
    }
    let scratch = Scratch::new(&["tree/x.md", "tree/.git/"]);
    scratch.write("home/git/ignore", "x.md\n");
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ignored::the_users_global_ignores_do_not_hold"])
        .env(HERE, scratch.at("tree"))
        .env("XDG_CONFIG_HOME", scratch.at("home"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn git_itself_is_never_entered() {
    let scratch = Scratch::new(&["x.md", ".git/description.md", "sub/.git/y.md", "work/.git"]);
    assert_eq!(files(&scratch.tree(&[])), ["x.md"]);
}
