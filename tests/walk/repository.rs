//! Which repository a tree is, from git's own files.

use crate::scratch::*;

const CONFIG: &str = "[remote \"origin\"]\n\turl = git@github.com:owner/name.git\n";

/// Address and branches.
fn repository(scratch: &Scratch, named: &str) -> (Option<String>, Vec<String>) {
    let tree = scratch.tree(&[named]);
    (tree.repository, tree.branches)
}

fn known(branches: &[&str]) -> (Option<String>, Vec<String>) {
    let branches = branches.iter().map(|&branch| branch.to_owned()).collect();
    (Some("https://github.com/owner/name".to_owned()), branches)
}

#[test]
fn a_clone_knows_its_main_branch_and_others_guess_it() {
    let scratch = Scratch::new(&["docs/a.md"]);
    scratch.write(".git/config", CONFIG).write(".git/HEAD", "ref: refs/heads/new/menu\n");
    assert_eq!(repository(&scratch, "docs"), known(&["new/menu", "main", "master"]));
    scratch.write(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/develop\n");
    assert_eq!(repository(&scratch, "docs"), known(&["new/menu", "develop"]));
    scratch.write(".git/HEAD", "0123456789abcdef0123456789abcdef01234567\n");
    assert_eq!(repository(&scratch, "docs"), known(&["develop"]));
}

#[test]
fn what_git_itself_writes_is_understood() {
    let scratch = Scratch::new(&["a.md"]);
    let url = "https://github.com/owner/name.git";
    if scratch.git(&["init", "-q", "-b", "topic"]) && scratch.git(&["remote", "add", "origin", url]) {
        assert_eq!(repository(&scratch, "."), known(&["topic", "main", "master"]));
        let made = scratch.git(&["add", "."])
            && scratch.git(&["commit", "-qm", "x"])
            && scratch.git(&["worktree", "add", "-q", "-b", "other", "tree"]);
        assert!(made);
        assert_eq!(repository(&scratch, "tree"), known(&["other", "main", "master"]));
    }
}

#[test]
fn a_submodule_has_a_repository_of_its_own() {
    let scratch = Scratch::new(&["sub/a.md"]);
    scratch.write(".git/config", "[remote \"origin\"]\nurl = https://github.com/owner/outer\n");
    scratch.write("sub/.git", "gitdir: ../.git/modules/sub\n");
    scratch.write(".git/modules/sub/config", CONFIG).write(".git/modules/sub/HEAD", "ref: refs/heads/main\n");
    assert_eq!(repository(&scratch, "sub"), known(&["main", "master"]));
}

#[test]
fn without_a_remote_or_git_there_is_none() {
    for files in [&["a.md"][..], &["a.md", ".git/"], &["a.md", ".git/config/"], &["a.md", ".git"]] {
        assert_eq!(repository(&Scratch::new(files), ".").0, None, "{files:?}");
    }
    let scratch = Scratch::new(&["a.md"]);
    scratch.write(".git/config", [0xff, 0xfe]).write(".git/commondir", "../.git\n");
    assert_eq!(repository(&scratch, ".").0, None);
}
