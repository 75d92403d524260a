//! A folder to play in, and a run of the real binary in it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The formats, each of which must be safe.
pub const FORMATS: [&str; 3] = ["pretty", "concise", "json"];

/// A run that takes longer does not end.
const DEADLINE: Duration = Duration::from_secs(120);

/// A folder of its own, removed at the end. It lies in no git repository.
pub struct Tree(PathBuf);

/// What a run came to.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    /// CPU time where the system tells it, else time.
    pub took: Duration,
}

impl Tree {
    pub fn new<P: AsRef<Path>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Tree {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("waypost-bad-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let tree = Tree(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(tree.at("root")).unwrap();
        for (path, text) in files {
            tree.write(path, text);
        }
        tree
    }

    /// The tree of a single page, `page.md`.
    pub fn page(text: impl AsRef<[u8]>) -> Tree {
        Tree::new([("page.md", text)])
    }

    /// A path in the tree's root.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.at("root").join(path)
    }

    pub fn write(&self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) -> &Tree {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// `waypost check`, for people in a hurry.
    pub fn check(&self) -> Ran {
        self.run(&["check", "--format", "concise"])
    }

    /// Runs the binary, which must end, with one of its three codes, and not for a bug of its own.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        // Files, since a pipe that nobody empties would stop the run.
        let file = |name| fs::File::create(self.at(name)).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_waypost"))
            .args(arguments)
            .current_dir(self.at("root"))
            .stdin(Stdio::null())
            .stdout(file("stdout"))
            .stderr(file("stderr"))
            .env_remove("FORCE_COLOR")
            .spawn()
            .unwrap();
        let (code, took) = ended(child);
        let text = |name| String::from_utf8(fs::read(self.at(name)).unwrap()).expect("UTF-8");
        let ran = Ran { code: code.unwrap_or(-1), stdout: text("stdout"), stderr: text("stderr"), took };
        assert!(code.is_some(), "killed by a signal: {}", ran.stderr);
        assert!((0..=2).contains(&ran.code), "{}: {}", ran.code, ran.stderr);
        assert!(!ran.stderr.contains("panicked") && !ran.stderr.contains("has a bug"), "{}", ran.stderr);
        assert!(
            ran.is_harmless() || arguments.contains(&"json"),
            "steers the terminal: {:?}",
            &ran.stdout[..ran.stdout.len().min(2000)]
        );
        ran
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Ran {
    /// Whether nothing that was printed makes a terminal do anything but show it.
    fn is_harmless(&self) -> bool {
        let stdout = self.stdout.replace("\r\n", "\n");
        !stdout.chars().chain(self.stderr.chars()).any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
    }

    /// The lines that tell of a rule.
    pub fn findings(&self, rule: &str) -> Vec<&str> {
        let tag = format!("[{rule}]");
        self.stdout.lines().filter(|line| line.contains(&tag)).collect()
    }
}

/// Waits for the end; the exit code, and the time it took.
fn ended(mut child: Child) -> (Option<i32>, Duration) {
    let start = Instant::now();
    let pid = child.id();
    loop {
        if let Some(cpu) = cpu_of_the_dead(pid) {
            return (child.wait().unwrap().code(), cpu);
        }
        if !cfg!(target_os = "linux")
            && let Some(status) = child.try_wait().unwrap()
        {
            return (status.code(), start.elapsed());
        }
        if start.elapsed() > DEADLINE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("still running after {DEADLINE:?}");
        }
        sleep(Duration::from_millis(2));
    }
}

/// The CPU time of a process that has ended and was not waited for yet.
fn cpu_of_the_dead(pid: u32) -> Option<Duration> {
    let mut stat = String::new();
    fs::File::open(format!("/proc/{pid}/stat")).ok()?.read_to_string(&mut stat).ok()?;
    let fields: Vec<&str> = stat.rsplit(") ").next()?.split(' ').collect();
    let ticks = |field: usize| fields.get(field)?.parse::<u64>().ok();
    (fields[0] == "Z").then_some(Duration::from_millis(10 * (ticks(11)? + ticks(12)?)))
}
