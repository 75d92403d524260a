//! Hooks, worktrees, odd names: git is asked with the environment that there is.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::repository::*;

/// A repository whose hook checks what is staged and writes what it finds to a file.
fn with_hook(files: &[(&str, &str)]) -> Repository {
    let repository = Repository::committed(files);
    let hook = repository.at(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    let waypost = env!("CARGO_BIN_EXE_waypost");
    let found = repository.at(".git/found");
    let script = format!(
        "#!/bin/sh\nexec {waypost} check --staged --format concise --dialect github > {} 2>&1\n",
        found.display()
    );
    fs::write(&hook, script).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    repository
}

fn found(repository: &Repository) -> String {
    repository.read(".git/found")
}

#[test]
fn a_commit_of_a_path_has_an_index_of_its_own() {
    let repository = with_hook(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    repository.stage("a.md", "# A\n\n[x](gone.md)\n");
    repository.write("b.md", "# B\n\n[y](lost.md)\n");
    assert_eq!(repository.try_git("commit -m x b.md").code, Some(1));
    assert!(
        found(&repository).contains("b.md:3:5: error[broken-link]") && !found(&repository).contains("a.md:")
    );
    repository.git("checkout --quiet b.md");
    repository.write("b.md", "# B\n\nText.\n");
    repository.git("commit --quiet -m x b.md");
    repository.write("b.md", "# B\n\n[y](lost.md)\n");
    assert_eq!(repository.try_git("commit -a -m x").code, Some(1));
    assert!(found(&repository).contains("a.md:3:5") && found(&repository).contains("b.md:3:5"));
}

#[test]
fn a_linked_worktree_has_its_own_index() {
    let repository = with_hook(&[("docs/a.md", "# A\n"), ("docs/b.md", "[a](a.md#a)\n")]);
    let linked = Repository::folder(&[]);
    let tree = linked.at("tree");
    repository.git(&format!("worktree add --quiet {} -b other", tree.display()));
    fs::write(tree.join("docs/a.md"), "# Reworded\n").unwrap();
    let run = linked.waypost_in("tree", "check --staged");
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert_eq!(linked.try_git("-C tree commit -a -m x").code, Some(1), "{}", found(&repository));
    assert!(found(&repository).contains("docs/b.md:1:10: error[broken-anchor]"), "{}", found(&repository));
}

#[test]
fn a_git_folder_of_the_environment_is_believed() {
    let repository = Repository::committed(&[("a.md", "[x](gone.md)\n")]);
    fs::rename(repository.at(".git"), repository.at("elsewhere")).unwrap();
    let mut waypost = waypost(&repository.0);
    let run =
        run(waypost.args(["check", "--staged", "--all", "--format", "concise"]).env("GIT_DIR", "elsewhere"));
    assert!(run.stdout.contains("a.md:1:5: error[broken-link]"), "{}{}", run.stdout, run.stderr);
    assert!(!run.stderr.contains("note"), "{}", run.stderr);
}

#[test]
fn symbolic_links_are_names() {
    let repository =
        Repository::staged(&[("real/x.md", "# X\n"), ("a.md", "[l](l.md) [f](folder/x.md) [d](d.md)\n")]);
    for (target, name) in [("real/x.md", "l.md"), ("real", "folder"), ("nowhere", "d.md")] {
        symlink(target, repository.at(name)).unwrap();
    }
    let before = repository.check("--staged --all");
    assert_eq!(before.len(), 3, "nothing of that is tracked: {before:#?}");
    repository.git("add --all");
    assert_eq!(repository.check("--staged --all"), [""; 0]);
}

#[test]
fn names_that_are_not_utf_8_are_told_approximately() {
    let repository = Repository::staged(&[("a.md", "[é](%C3%A9.md) [x](gone.md)\n"), ("é.md", "# E\n")]);
    for name in [b"\xff.md".as_slice(), b"\xfe.md"] {
        fs::write(repository.0.join(OsStr::from_bytes(name)), "[x](gone.md)\n").unwrap();
    }
    repository.git("add --all");
    let found = repository.check("--staged --all");
    assert!(
        found.iter().any(|found| found.contains("differs only in bytes that are not UTF-8")),
        "{found:#?}"
    );
    assert!(found.iter().any(|found| found.starts_with("a.md:1:20: error[broken-link]")), "{found:#?}");
}

#[test]
fn names_with_anything_in_them() {
    let name = "a \"b\"\n\tc*[d].md";
    let repository = Repository::staged(&[("a.md", "# A\n"), (name, "# B\n\n[a](a.md) [x](gone.md)\n")]);
    repository.write(name, "other\n");
    let found = repository.check("--staged --all");
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_configured_difference_program_is_not_run() {
    let repository = Repository::committed(&[
        ("a.md", "# A\n"),
        ("b.md", "[a](a.md#a)\n"),
        (".gitattributes", "*.md diff=x\n"),
    ]);
    for setting in [
        "diff.external false",
        "diff.x.textconv false",
        "diff.x.command false",
        "core.fsmonitor false",
        "diff.renames false",
        "diff.relative true",
        "diff.orderFile /nowhere",
    ] {
        repository.git(&format!("config {setting}"));
    }
    repository.stage("a.md", "# Other\n");
    assert_eq!(repository.check("--staged").len(), 1);
}

#[test]
fn where_git_refuses_its_reason_is_told() {
    let repository = Repository::committed(&[("a.md", "# A\n")]);
    let mut refused = waypost(&repository.0);
    let run = run(refused.args(["check", "--staged"]).env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"));
    assert!(run.stderr.contains("(detected dubious ownership in repository at"), "{}", run.stderr);
}

#[test]
fn where_git_fails_midway_nothing_is_made_up() {
    let repository = Repository::committed(&[("a.md", "[x](gone.md)\n"), ("b.md", "# B\n")]);
    repository.stage("b.md", "# Other\n");
    let broken = Repository::folder(&[("git", "#!/bin/sh\ncase \"$*\" in *--cached*) exit 128;; esac\n")]);
    let path = std::env::var("PATH").unwrap();
    let real =
        path.split(':').map(|folder| std::path::Path::new(folder).join("git")).find(|git| git.is_file());
    let script = format!("{}exec {} \"$@\"\n", broken.read("git"), real.unwrap().display());
    broken.write("git", script);
    fs::set_permissions(broken.at("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let mut waypost = waypost(&repository.0);
    let run = run(waypost.args(["check", "--staged"]).env("PATH", format!("{}:{path}", broken.0.display())));
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(run.stderr.contains("git does not tell what is staged"), "{}", run.stderr);
}
