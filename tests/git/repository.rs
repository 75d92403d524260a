//! A git repository to play in, deaf to the configuration of whoever runs the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own, removed at the end.
pub struct Repository(pub PathBuf);

/// What a command came to.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Repository {
    /// A folder with these files, in no repository yet.
    pub fn folder(files: &[(&str, &str)]) -> Repository {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("waypost-git-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().canonicalize().unwrap().join(name);
        fs::create_dir_all(&folder).unwrap();
        let repository = Repository(folder);
        for (path, text) in files {
            repository.write(path, text);
        }
        repository
    }

    /// A repository in which these files are staged.
    pub fn staged(files: &[(&str, &str)]) -> Repository {
        let repository = Repository::folder(files);
        repository.git("init --quiet --initial-branch=main");
        repository.git("add --all --force");
        repository
    }

    /// A repository in which these files are committed.
    pub fn committed(files: &[(&str, &str)]) -> Repository {
        let repository = Repository::staged(files);
        repository.git("commit --quiet -m first");
        repository
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.at(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Writes and stages.
    pub fn stage(&self, path: &str, text: impl AsRef<[u8]>) {
        self.write(path, text);
        self.git(&format!("add --force {path}"));
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.at(path)).unwrap();
    }

    /// Runs git, which must succeed; returns what it prints.
    #[track_caller]
    pub fn git(&self, arguments: &str) -> String {
        let run = self.try_git(arguments);
        assert_eq!(run.code, Some(0), "git {arguments}: {}{}", run.stdout, run.stderr);
        run.stdout
    }

    pub fn try_git(&self, arguments: &str) -> Run {
        run(command("git", &self.0).args(arguments.split_whitespace()))
    }

    /// Runs waypost in a folder of the repository.
    pub fn waypost_in(&self, folder: &str, arguments: &str) -> Run {
        run(waypost(&self.at(folder)).args(arguments.split_whitespace()))
    }

    pub fn waypost(&self, arguments: &str) -> Run {
        self.waypost_in("", arguments)
    }

    /// The findings of `check --staged`, one a line.
    #[track_caller]
    pub fn check(&self, more: &str) -> Vec<String> {
        self.waypost(&format!("check --format concise --dialect github {more}")).findings()
    }
}

impl Run {
    #[track_caller]
    pub fn findings(&self) -> Vec<String> {
        assert!(matches!(self.code, Some(0 | 1)), "{}{}", self.stdout, self.stderr);
        self.stdout.lines().filter(|line| line.contains("]")).map(str::to_owned).collect()
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn waypost(folder: &Path) -> Command {
    command(env!("CARGO_BIN_EXE_waypost"), folder)
}

pub fn run(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    Run { code: status.code(), stdout: text(&stdout), stderr: text(&stderr) }
}

/// A command deaf to the environment of a git hook that runs these tests.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GIT_") || name == "PRE_COMMIT") {
        command.env_remove(name);
    }
    let person = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
    command.envs(person.map(|name| (name, "x@example.com")));
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}
