//! A git repository to check, and what a run came to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A repository of its own, removed at the end.
pub struct Scratch(pub PathBuf);

/// What a run came to.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Scratch {
    pub fn new(files: &[(&str, &str)]) -> Scratch {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("waypost-formats-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let scratch = Scratch(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(scratch.0.join(".git")).unwrap();
        for (path, text) in files {
            scratch.write(path, text.as_bytes());
        }
        scratch
    }

    /// The tree of `fixtures/itil`.
    pub fn of_example() -> Scratch {
        let scratch = Scratch::new(&[]);
        scratch.copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/itil/tree"), "");
        scratch
    }

    fn copy(&self, from: &Path, to: &str) {
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{to}{}", entry.file_name().to_str().unwrap());
            match entry.path().is_dir() {
                true => self.copy(&entry.path(), &format!("{path}/")),
                false => self.write(&path, &fs::read(entry.path()).unwrap()),
            }
        }
    }

    fn write(&self, path: &str, text: &[u8]) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    pub fn check(&self, arguments: &[&str]) -> Run {
        self.check_with(arguments, &[])
    }

    /// A run that knows nothing of the CI that runs these tests, but what is given.
    pub fn check_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let output = self.command(arguments).envs(environment.iter().copied()).output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Scratch {
    /// `waypost check`, to be run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut waypost = Command::new(env!("CARGO_BIN_EXE_waypost"));
        waypost.arg("check").args(arguments).current_dir(&self.0);
        for variable in
            ["GITHUB_STEP_SUMMARY", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "CI_PROJECT_URL", "GIT_DIR"]
        {
            waypost.env_remove(variable);
        }
        waypost
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
