//! The fixtures are the manual, and this holds them: each folder of `fixtures/` is a case for the real binary.
//!
//! ```text
//! fixtures/broken-link/README.md            the rule's page
//!                      tree/                the docs that are checked, with waypost.toml and the platform's own files
//!                      expected.txt         what `waypost check --format concise` prints there, and the exit code
//!                      fixed/               the files that `--fix` changes, as they are then
//!                      args.github.txt      further arguments of a second run …
//!                      expected.github.txt  … and what that one prints; `fixed.github/` likewise
//! ```
//!
//! Each run has a copy of the tree in a git repository of its own where nothing is committed yet: what is printed does
//! not depend on where this repository stands, and what `tree/.gitignore` names is ignored although it is committed
//! here. `SNAPSHOTS=overwrite cargo test --test fixtures` writes what is expected anew; `git diff` reviews it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use libtest_mimic::{Arguments, Failed, Trial};
use snapbox::Data;
use snapbox::assert::Assert;
use waypost::dialect::Dialect;
use waypost::rules::{RULES, Rule};

/// Folders that show more than one rule begin like this; those named like a dialect show that.
const SHOWCASES: &[&str] = &["cli-", "contract-", "itil", "preset-", "own-repository"];

fn main() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = names(&fixtures);
    let mut trials = Vec::new();
    for folder in &folders {
        let is_showcase = SHOWCASES.iter().any(|name| folder.starts_with(name));
        let belongs = is_showcase || Rule::find(folder).is_some() || Dialect::find(folder).is_some();
        trials.push(Trial::test(format!("{folder}/belongs"), move || {
            belongs.then_some(()).ok_or_else(|| "there is no rule or dialect of that name".into())
        }));
        for case in Case::all(&fixtures.join(folder)) {
            let fixing = case.clone();
            trials.push(Trial::test(format!("{folder}/check{}", case.variant), move || case.check()));
            trials.push(Trial::test(format!("{folder}/fix{}", fixing.variant), move || fixing.fix()));
        }
    }
    for rule in RULES {
        let folder = fixtures.join(rule.id);
        trials.push(Trial::test(format!("{}/is shown", rule.id), move || is_shown(rule, &folder)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// Every rule has a page, and a tree in which it finds something.
fn is_shown(rule: &Rule, folder: &Path) -> Result<(), Failed> {
    let title = format!("# `{}`\n", rule.id);
    if !rule.page.starts_with(&title) {
        return Err(format!("README.md does not begin with {title}").into());
    }
    let tag = format!("[{}]", rule.id);
    let mut outputs = names(folder).into_iter().filter(|name| name.starts_with("expected"));
    match outputs.any(|name| fs::read_to_string(folder.join(name)).is_ok_and(|text| text.contains(&tag))) {
        true => Ok(()),
        false => Err("the rule finds nothing in its own fixture".into()),
    }
}

/// One run over the tree of a fixture.
#[derive(Clone)]
struct Case {
    folder: PathBuf,
    /// Nothing, or `.github` where `args.github.txt` asks for another run.
    variant: String,
}

impl Case {
    fn all(folder: &Path) -> Vec<Case> {
        if !folder.join("tree").is_dir() {
            return Vec::new();
        }
        let files = names(folder);
        let asked = files.iter().filter_map(|name| name.strip_prefix("args")?.strip_suffix(".txt"));
        let variants: BTreeSet<&str> = asked.chain([""]).collect();
        let case = |variant: &str| Case { folder: folder.to_owned(), variant: variant.to_owned() };
        variants.into_iter().map(case).collect()
    }

    fn check(&self) -> Result<(), Failed> {
        let scratch = self.scratch();
        let output = self.waypost(&scratch, &["--format", "concise"]);
        self.holds(&format!("expected{}.txt", self.variant), &printed(&output))
    }

    /// `--fix` gives what `fixed/` says and leaves nothing for a second run; `--diff` says the same.
    fn fix(&self) -> Result<(), Failed> {
        let (fixed, patched) = (self.scratch(), self.scratch());
        let before = fixed.texts();
        self.waypost(&fixed, &["--fix"]);
        let after = fixed.texts();
        self.waypost(&fixed, &["--fix"]);
        if fixed.texts() != after {
            return Err("a second `--fix` changes something again".into());
        }
        patched.apply(&self.waypost(&patched, &["--diff"]).stdout)?;
        if patched.texts() != after {
            return Err("`--diff` and `--fix` differ".into());
        }
        self.is_fixed(&before, &after)
    }

    fn is_fixed(&self, before: &Texts, after: &Texts) -> Result<(), Failed> {
        let name = format!("fixed{}", self.variant);
        for (path, text) in after.iter().filter(|(path, text)| before.get(*path) != Some(text)) {
            self.holds(&format!("{name}/{path}"), text)?;
        }
        for path in
            texts(&self.folder.join(&name)).into_keys().filter(|path| before.get(path) == after.get(path))
        {
            if !overwrites() {
                return Err(format!("{name}/{path} is there, but nothing changes it").into());
            }
            fs::remove_file(self.folder.join(&name).join(path))?;
        }
        Ok(())
    }

    /// Compares with a file of the fixture byte for byte, or writes it.
    fn holds(&self, file: &str, actual: &[u8]) -> Result<(), Failed> {
        let path = self.folder.join(file);
        let expected = fs::read(&path).unwrap_or_default();
        if expected == actual {
            return Ok(());
        }
        if overwrites() {
            fs::create_dir_all(path.parent().unwrap())?;
            return Ok(fs::write(path, actual)?);
        }
        let text = |bytes: &[u8]| Data::text(String::from_utf8_lossy(bytes)).raw();
        let compared = Assert::new().try_eq(Some(&file), text(actual), text(&expected));
        let difference =
            compared.map_or_else(|error| error.to_string(), |()| "other line endings".to_owned());
        Err(format!("{file}: {difference}SNAPSHOTS=overwrite writes it anew").into())
    }

    fn waypost(&self, scratch: &Scratch, arguments: &[&str]) -> Output {
        let further = fs::read_to_string(self.folder.join(format!("args{}.txt", self.variant)));
        let further = further.unwrap_or_default();
        let mut waypost = scratch.command(env!("CARGO_BIN_EXE_waypost"));
        waypost.arg("check").args(arguments).args(further.split_whitespace());
        waypost.output().expect("waypost runs")
    }

    fn scratch(&self) -> Scratch {
        let scratch = Scratch::new();
        for (path, text) in texts(&self.folder.join("tree")) {
            let copy = scratch.0.join(path);
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::write(copy, text).unwrap();
        }
        scratch
    }
}

fn overwrites() -> bool {
    std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite")
}

/// What the run printed, and below it the exit code.
fn printed(output: &Output) -> Vec<u8> {
    let mut printed = output.stdout.clone();
    let code = output.status.code().map_or_else(|| "none".to_owned(), |code| code.to_string());
    printed.extend(format!("exit: {code}\n").bytes());
    printed
}

/// A git repository of its own, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("waypost-fixture-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let scratch = Scratch(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(&scratch.0).unwrap();
        let made = scratch.command("git").args(["init", "--quiet"]).output();
        assert!(made.is_ok_and(|output| output.status.success()), "git init");
        scratch
    }

    /// A command in this folder, deaf to the environment of a git hook that runs these tests.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.0);
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(variable);
        }
        command
    }

    /// The texts of all files, by path.
    fn texts(&self) -> Texts {
        let mut texts = texts(&self.0);
        texts.retain(|path, _| !path.starts_with(".git/"));
        texts
    }

    fn apply(&self, diff: &[u8]) -> Result<(), Failed> {
        if diff.is_empty() {
            return Ok(());
        }
        fs::write(self.0.join(".git/fixes.diff"), diff)?;
        let output = self.command("git").args(["apply", ".git/fixes.diff"]).output()?;
        match output.status.success() {
            true => Ok(()),
            false => Err(format!("git apply: {}", String::from_utf8_lossy(&output.stderr)).into()),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

type Texts = BTreeMap<String, Vec<u8>>;

/// The files below a folder, if there is one, with `/` between the names.
fn texts(folder: &Path) -> Texts {
    let mut texts = Texts::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            texts.extend(
                self::texts(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)),
            );
        } else {
            texts.insert(name, fs::read(path).unwrap());
        }
    }
    texts
}

/// What stands in a folder, sorted; nothing where there is none.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}
