//! What git knows: the only caller of `git`.
//!
//! Git itself is asked, with the environment that a hook has inherited: which index is meant (`git commit PATH` makes one
//! of its own), which worktree, which repository. Nothing is parsed that lies in `.git`. Every answer is optional:
//! without git, or where git refuses, waypost goes on without it. Git is kept from taking locks, from running what the
//! configuration names, and from fetching what a partial clone has left on its server.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::path::DocPath;

mod changes;
mod index;
mod objects;
mod revision;
mod stage;
mod submodules;
mod tracked;

pub use changes::{Change, Side};
pub use index::{Entry, InWorktree, Index, Kind};
pub use objects::{Blob, Oid};
pub use revision::NoBase;
pub use tracked::tracked;

/// A repository with a working tree.
#[derive(Clone, Debug)]
pub struct Repository {
    /// The root of the working tree, canonical.
    pub toplevel: PathBuf,
    git_dir: PathBuf,
}

impl Repository {
    /// The repository of a folder, or the one that the environment names.
    #[must_use]
    pub fn find(folder: &Path) -> Option<Repository> {
        let mut git = git();
        // A hook's GIT_DIR may be relative, and means that its current folder is the root of the working tree.
        if std::env::var_os("GIT_DIR").is_none() {
            git.arg("-C").arg(folder);
        }
        let toplevel = said(git.args(["rev-parse", "--show-toplevel", "--absolute-git-dir"]), None)?;
        let mut lines = toplevel.split(|byte| *byte == b'\n');
        let toplevel = path_of(lines.next()?).canonicalize().ok()?;
        Some(Repository { toplevel, git_dir: path_of(lines.next()?) })
    }

    /// Why git refuses to answer for a folder, in its own words.
    #[must_use]
    pub fn refusal(folder: &Path) -> Option<String> {
        let mut git = git();
        let asked = git.arg("-C").arg(folder).args(["rev-parse", "--show-toplevel"]);
        let output = asked.stdin(Stdio::null()).stderr(Stdio::piped()).output().ok()?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        Some(told.lines().next()?.trim_start_matches("fatal: ").to_owned())
    }

    fn git(&self) -> Command {
        let mut git = git();
        git.current_dir(&self.toplevel).env("GIT_DIR", &self.git_dir).env("GIT_WORK_TREE", &self.toplevel);
        git
    }

    /// What git prints; `None` where it refuses.
    fn ask(&self, arguments: &[&str]) -> Option<Vec<u8>> {
        said(self.git().args(arguments), None)
    }

    fn ask_line(&self, arguments: &[&str]) -> Option<String> {
        let line = String::from_utf8(self.ask(arguments)?).ok()?;
        Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
    }

    /// What git prints about what it is told on its standard input.
    fn tell(&self, arguments: &[&str], input: Vec<u8>) -> Option<Vec<u8>> {
        said(self.git().args(arguments), Some(input))
    }

    /// Those of `paths`, seen from the root of the working tree, that git is told to ignore and does not track.
    #[must_use]
    pub fn ignored(&self, paths: &[&DocPath]) -> Vec<DocPath> {
        let mut asked = Vec::new();
        for path in paths {
            // Nothing that follows `./` is magic.
            asked.extend_from_slice(format!("./{path}\0").as_bytes());
        }
        // Git's answer "none of them" is an exit code of 1.
        let ignored = self.tell(&["check-ignore", "-z", "--stdin"], asked).unwrap_or_default();
        fields(&ignored).map(|path| DocPath::new(&String::from_utf8_lossy(path))).collect()
    }
}

fn git() -> Command {
    let mut git = Command::new("git");
    git.args(["--no-optional-locks", "-c", "core.fsmonitor=false"])
        .env("GIT_NO_LAZY_FETCH", "1")
        // What older versions of git understand.
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stderr(Stdio::null());
    git
}

/// What a command prints, when it succeeds. Its input is written aside, so that neither waits for the other.
fn said(command: &mut Command, input: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let output = output(command, input)?;
    output.0.then_some(output.1)
}

/// Whether a command succeeded, and what it printed all the same.
fn output(command: &mut Command, input: Option<Vec<u8>>) -> Option<(bool, Vec<u8>)> {
    let Some(input) = input else {
        let output = command.stdin(Stdio::null()).output().ok()?;
        return Some((output.status.success(), output.stdout));
    };
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().ok()?;
    let _ = writer.join();
    Some((output.status.success(), output.stdout))
}

/// The parts of an answer in the form `-z`.
fn fields(answer: &[u8]) -> impl Iterator<Item = &[u8]> {
    answer.split(|byte| *byte == 0).filter(|field| !field.is_empty())
}

/// A name as git keeps it, as the system writes it.
#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(OsString::from_vec(name.to_vec()))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from(String::from_utf8_lossy(name).into_owned()))
}
