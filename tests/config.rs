//! Configuration of teams, through the real binary: files that extend others, folders that refine, and what explains it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A git repository of its own, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(files: &[(&str, &str)]) -> Scratch {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("waypost-config-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let scratch = Scratch(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(scratch.0.join(".git")).unwrap();
        for (path, text) in files {
            let file = scratch.0.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        scratch
    }

    fn run(&self, folder: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waypost"));
        command.args(arguments).current_dir(self.0.join(folder)).output().unwrap()
    }

    /// What `waypost check` finds, sorted, as `path level rule`, paths as seen from the root.
    fn check(&self, folder: &str, arguments: &[&str]) -> Vec<String> {
        let output = self.run(folder, &[&["check", "--format", "json"], arguments].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        let report: serde_json::Value = serde_json::from_str(&text)
            .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
        let findings = report["findings"].as_array().unwrap().iter();
        let shown = |finding: &serde_json::Value| {
            let [path, level, rule] = ["path", "level", "rule"].map(|key| finding[key].as_str().unwrap());
            format!("{path} {level} {rule}")
        };
        findings.map(shown).collect()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run("", arguments);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const BROKEN: &str = "# Page\n\n[a](missing.md)\n";

#[test]
fn folders_refine_and_it_does_not_matter_where_one_stands() {
    let scratch = Scratch::new(&[
        ("waypost.toml", "dialect = 'github'\n[rules]\nbroken-link = 'info'\n"),
        ("x.md", BROKEN),
        ("a/waypost.toml", "exclude = ['drafts/']\n[rules]\nbroken-link = 'warning'\n"),
        ("a/x.md", BROKEN),
        ("a/drafts/x.md", BROKEN),
        ("a/b/waypost.toml", "[[overrides]]\nfiles = ['/x.md']\nrules = { broken-link = 'off' }\n"),
        ("a/b/x.md", BROKEN),
        ("a/b/y.md", BROKEN),
        ("drafts/x.md", BROKEN),
    ]);
    let below = ["a/b/y.md warning broken-link", "a/x.md warning broken-link"];
    let all = [&below[..], &["drafts/x.md info broken-link", "x.md info broken-link"]].concat();
    assert_eq!(scratch.check("", &[]), all);
    assert_eq!(scratch.check("a", &[]), below);
    assert_eq!(scratch.check("a/b", &["../x.md", "y.md"]), below);
    assert_eq!(scratch.check("", &["a/b/x.md"]), Vec::<String>::new());
    assert_eq!(scratch.check("", &["--exclude", "drafts/", "--isolated"]).len(), 4);
    let isolated = scratch.check("", &["--isolated", "a/drafts/x.md"]);
    assert_eq!(isolated, ["a/drafts/x.md error broken-link"]);
    fs::write(scratch.0.join("other.toml"), "[rules]\nbroken-link = 'error'\n").unwrap();
    let other = scratch.check("", &["--config", "other.toml", "x.md", "a/x.md"]);
    assert_eq!(other, ["a/x.md warning broken-link", "x.md error broken-link"]);
}

#[test]
fn options_hold_by_folder_and_by_override() {
    let page = "text\n";
    let scratch = Scratch::new(&[
        ("waypost.toml", "dialect = 'github'\n[rules.missing-front-matter]\nlevel = 'error'\nkeys = ['a']\n"),
        ("x.md", page),
        ("b/waypost.toml", "[rules]\nmissing-front-matter = { keys = ['b1', 'b2'] }\n"),
        ("b/x.md", page),
        (
            "b/c/waypost.toml",
            "[[overrides]]\nfiles = ['x.md']\nrules.missing-front-matter = { level = 'info', keys = [] }\n",
        ),
        ("b/c/x.md", page),
        ("b/c/y.md", page),
    ]);
    let missing = |path: &str| format!("{path} error missing-front-matter");
    let expected = ["b/c/y.md", "b/c/y.md", "b/x.md", "b/x.md", "x.md"].map(missing);
    assert_eq!(scratch.check("", &[]), expected);
}

#[test]
fn a_tree_of_its_own_is_left_to_itself() {
    let scratch = Scratch::new(&[
        ("waypost.toml", "[rules]\nbroken-link = 'info'\n"),
        ("x.md", "# X\n\n[there](own/x.md) [not](own/y.md)\n"),
        ("own/waypost.toml", "root = true\npreset = 'raci'\n"),
        ("own/x.md", BROKEN),
    ]);
    assert_eq!(scratch.check("", &[]), ["x.md info broken-link"]);
    let note = String::from_utf8(scratch.run("", &["check"]).stderr).unwrap();
    assert_eq!(note, "note: `own` is a tree of its own, which is not checked with this one\n");
    assert_eq!(scratch.check("own", &[]), ["x.md error broken-link"]);
    assert_eq!(scratch.check("", &["own/x.md"]), ["x.md error broken-link"]);
}

#[test]
fn files_extend_others() {
    let scratch = Scratch::new(&[
        ("shared/base.toml", "exclude = ['old/']\n[rules]\nbroken-link = 'info'\nempty-link = 'info'\n"),
        ("shared/team.toml", "extends = 'base.toml'\n[rules]\nempty-link = 'warning'\n"),
        ("waypost.toml", "extends = ['shared/base.toml', 'shared/team.toml']\n"),
        ("x.md", "# X\n\n[a](missing.md) [b]()\n"),
        ("old/x.md", BROKEN),
        ("deep/waypost.toml", "extends = '../shared/base.toml'\n"),
        ("deep/x.md", "# X\n\n[b]()\n"),
        ("deep/old/x.md", BROKEN),
    ]);
    let expected = ["deep/x.md info empty-link", "x.md info broken-link", "x.md warning empty-link"];
    assert_eq!(scratch.check("", &[]), expected);
}

#[test]
fn mistakes_point_at_the_key_of_the_file() {
    for (files, expected) in [
        (
            &[("waypost.toml", "extends = 'none.toml'\n")][..],
            "waypost.toml:1:11: error: cannot extend `none.toml`: ",
        ),
        (
            &[("waypost.toml", "extends = 'waypost.toml'\n")],
            "waypost.toml:1:11: error: this file extends itself",
        ),
        (
            &[("waypost.toml", "extends = 's/a.toml'\n"), ("s/a.toml", "extends = ['../waypost.toml']\n")],
            "s/a.toml:1:12: error: `../waypost.toml` extends this file in turn",
        ),
        (
            &[("waypost.toml", "extends = 'https://example.org/a.toml'\n")],
            "waypost.toml:1:11: error: `https://example.org/a.toml` is no file",
        ),
        (
            &[("waypost.toml", "extends = 's'\n"), ("s/a.toml", "")],
            "waypost.toml:1:11: error: cannot extend `s`: it is a folder",
        ),
        (
            &[("waypost.toml", "extends = 's/a.toml'\n"), ("s/a.toml", "\n[rules]\nbrokn-link = 'off'\n")],
            "s/a.toml:3:1: error: unknown rule `brokn-link`",
        ),
        (
            &[("waypost.toml", ""), ("a/waypost.toml", "[mounts]\n'/x' = 'x'\n")],
            "a/waypost.toml:1:2: error: `mounts` holds for the whole tree: the folder `a` cannot refine it",
        ),
        (
            &[("waypost.toml", ""), ("a/waypost.toml", "x = 1\n")],
            "a/waypost.toml:1:1: error: unknown key `x`",
        ),
    ] {
        let stderr = Scratch::new(files).refused(&["check"]);
        assert!(stderr.starts_with(expected), "{expected}\n{stderr}");
    }
    let excluded = Scratch::new(&[("waypost.toml", "exclude = ['a/']"), ("a/waypost.toml", "x = 1\n")]);
    assert_eq!(excluded.check("", &[]), Vec::<String>::new());
}

#[test]
fn config_explains_a_page() {
    let scratch = Scratch::new(&[
        ("shared.toml", "[rules.unlinked-cell]\nmin-cells = 5\nlevel = 'info'\n"),
        (
            "waypost.toml",
            "extends = 'shared.toml'\ndialect = 'github'\n\n[rules]\nunlinked-cell = { min-percent = 90 }\n",
        ),
        (
            "a/waypost.toml",
            "[[overrides]]\nfiles = ['x.md']\ndialect = 'commonmark'\nrules = { broken-link = 'warning' }\n\
             [[table]]\nname = 'T'\nfiles = ['*.md']\nmin-rows = 1\n",
        ),
        ("a/x.md", "# X\n"),
        ("y.md", "# Y\n"),
    ]);
    let output = scratch.run("a", &["config", "x.md"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for line in [
        "a/x.md",
        "  commonmark of the whole tree, published: an override, a/waypost.toml:1",
        "  broken-link  a/waypost.toml:1",
        "  T  a/waypost.toml:5",
        "  broken-link              warning  a/waypost.toml:4",
        "  unlinked-cell            info     shared.toml:3",
        "    min-cells = 5  shared.toml:2",
        "    min-percent = 90  waypost.toml:5",
        "  empty-link               warning  default of the rule",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    let output = scratch.run("", &["config", "y.md", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((json["path"].as_str(), json["checked"].as_bool()), (Some("y.md"), Some(true)));
    assert_eq!(json["judges"][0]["dialect"], "github");
    assert_eq!(json["judges"][0]["place"], "waypost.toml:2");
    let rules = json["rules"].as_array().unwrap();
    let unlinked = rules.iter().find(|rule| rule["rule"] == "unlinked-cell").unwrap();
    assert_eq!(unlinked["levels"][0]["from"], "shared.toml:3");
    assert!(scratch.refused(&["config", "a"]).contains("one must be named"));
}

#[test]
fn config_says_what_is_taken_back_and_where_the_root_is() {
    let scratch = Scratch::new(&[
        ("own/waypost.toml", "root = true\nexclude = ['drafts/*', '!drafts/x.md']\n[rules]\n"),
        ("own/drafts/x.md", BROKEN),
        ("own/drafts/y.md", BROKEN),
    ]);
    let explained = |page: &str| String::from_utf8(scratch.run("", &["config", page]).stdout).unwrap();
    let taken_back = explained("own/drafts/x.md");
    assert!(taken_back.starts_with("drafts/x.md\nroot: own\n\njudged by\n"), "{taken_back}");
    assert!(taken_back.contains("\nmatched by `exclude`, and taken back\n  drafts/*  waypost.toml:2\n"));
    assert!(!taken_back.contains("overridden"), "{taken_back}");
    let excluded = explained("own/drafts/y.md");
    assert!(excluded.contains("\nnot checked\n\nexcluded by\n  drafts/*  waypost.toml:2\n"), "{excluded}");
}

#[test]
fn files_as_windows_writes_them() {
    let scratch = Scratch::new(&[
        ("waypost.toml", "\u{feff}extends = 'shared.toml'\r\n"),
        ("shared.toml", "\u{feff}[rules]\r\nbroken-link = 'info'\r\n"),
        ("a/waypost.toml", "\u{feff}[rules]\r\nbroken-link = 'warning'\r\n"),
        ("a/x.md", BROKEN),
        ("x.md", BROKEN),
        ("own/waypost.toml", "\u{feff}root = true\r\n"),
        ("own/x.md", BROKEN),
    ]);
    assert_eq!(scratch.check("", &[]), ["a/x.md warning broken-link", "x.md info broken-link"]);
    fs::write(scratch.0.join("a/waypost.toml"), "\u{feff}[rules]\r\nbroken-lnk = 'off'\r\n").unwrap();
    let stderr = scratch.refused(&["check"]);
    assert!(stderr.starts_with("a/waypost.toml:2:1: error: unknown rule `broken-lnk`"), "{stderr}");
}

#[test]
fn contracts_of_a_folder_hold_in_it() {
    let services = "# S\n\n| Id | X |\n|---|---|\n| one | a |\n";
    let uses = "# U\n\n| Service | X |\n|---|---|\n| two | a |\n";
    let contracts = "[[table]]\nname = 'services'\nfiles = ['/ref/*.md']\n[[table.column]]\nname = 'Id'\nempty = false\n\
         [[table]]\nname = 'uses'\nfiles = ['uses.md']\n[[table.column]]\nname = 'Service'\n\
         references = { table = 'services', column = 'Id' }\n";
    let scratch = Scratch::new(&[
        ("waypost.toml", "dialect = 'github'\n"),
        ("a/waypost.toml", contracts),
        ("a/ref/services.md", services),
        ("a/uses.md", uses),
        ("ref/services.md", services),
        ("uses.md", uses),
    ]);
    assert_eq!(scratch.check("", &[]), ["a/uses.md warning broken-contract"]);
}

#[test]
fn many_folders_are_read_once_each() {
    let files: Vec<(String, String)> = (0..2_000)
        .flat_map(|n| {
            let config =
                format!("extends = '../shared.toml'\n[rules]\nbroken-link = '{}'\n", ["info", "off"][n % 2]);
            [(format!("f{n:04}/waypost.toml"), config), (format!("f{n:04}/x.md"), BROKEN.to_owned())]
        })
        .chain([("shared.toml".to_owned(), "[rules]\nempty-link = 'info'\n".to_owned())])
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let scratch = Scratch::new(&files);
    let found = scratch.check("", &[]);
    assert_eq!((found.len(), &*found[0]), (1_000, "f0000/x.md info broken-link"));
    for own in ["f0000", "f0001", "f0002"] {
        fs::write(scratch.0.join(own).join("waypost.toml"), "root = true\n").unwrap();
    }
    let note = String::from_utf8(scratch.run("", &["check"]).stderr).unwrap();
    assert!(note.starts_with("note: `f0000` and 2 other folders are trees of their own, "), "{note}");
}

#[test]
fn shells_and_man_take_what_they_are_given() {
    let scratch = Scratch::new(&[]);
    for (shell, program) in
        [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish"), ("powershell", ""), ("elvish", "")]
    {
        let script = scratch.run("", &["completions", shell]).stdout;
        assert!(script.len() > 1000, "{shell}");
        let file = scratch.0.join(shell);
        fs::write(&file, script).unwrap();
        let check = Command::new(program).arg("-n").arg(&file).output();
        if let Ok(output) = check {
            assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    let page = scratch.run("", &["man"]).stdout;
    let file = scratch.0.join("waypost.1");
    fs::write(&file, page).unwrap();
    let mut man = Command::new("man");
    man.args(["--warnings", "-l"]).arg(&file).env("MANPAGER", "cat").stdin(Stdio::null());
    // Containers often have a `man` that says it is not installed.
    if let Ok(rendered) = man.output()
        && rendered.status.success()
        && !String::from_utf8_lossy(&rendered.stdout).contains("minimized")
    {
        assert!(rendered.stderr.is_empty(), "{}", String::from_utf8_lossy(&rendered.stderr));
        assert!(String::from_utf8_lossy(&rendered.stdout).contains("--isolated"));
    }
}
