//! `ignored-target` asks git: a file that git tracks is no fault, whatever `.gitignore` says of it.
//!
//! The fixture shows a tree where nothing is committed yet; here it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGE: &str = "# A page\n\n[made](build/made.md)\n";

/// A page that links to a file which `.gitignore` names.
struct Tree(PathBuf);

impl Tree {
    fn new(name: &str) -> Tree {
        let folder = format!("waypost-ignored-{}-{name}", std::process::id());
        let tree = Tree(std::env::temp_dir().canonicalize().unwrap().join(folder));
        fs::create_dir_all(tree.0.join("build")).unwrap();
        for (path, text) in [(".gitignore", "build/\n"), ("page.md", PAGE), ("build/made.md", "# Made\n")] {
            fs::write(tree.0.join(path), text).unwrap();
        }
        tree
    }

    fn git(&self, arguments: &[&str]) {
        let output = command("git", &self.0).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn findings(&self) -> String {
        let arguments = ["check", "--format", "concise", "--dialect", "github"];
        let Output { stdout, .. } =
            command(env!("CARGO_BIN_EXE_waypost"), &self.0).args(arguments).output().unwrap();
        let printed = String::from_utf8(stdout).unwrap();
        printed.lines().filter(|line| line.contains("page.md:")).map(|line| format!("{line}\n")).collect()
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A command deaf to the environment of a git hook that runs these tests.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    command
}

#[test]
fn outside_a_repository_gitignore_decides() {
    assert!(Tree::new("no-git").findings().contains("page.md:3:8: warning[ignored-target]"));
}

#[test]
fn in_a_repository_the_file_is_ignored_until_it_is_tracked() {
    let tree = Tree::new("git");
    tree.git(&["init", "--quiet"]);
    assert!(tree.findings().contains("page.md:3:8: warning[ignored-target]"));
    tree.git(&["add", "."]);
    assert!(tree.findings().contains("page.md:3:8: warning[ignored-target]"));
    tree.git(&["add", "--force", "build/made.md"]);
    assert_eq!(tree.findings(), "");
}
