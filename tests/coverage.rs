//! `waypost tables --coverage` and `--derive` on a tree whose tables map a product to ITIL: the real binary.
//!
//! `SNAPSHOTS=overwrite cargo test --test coverage` writes what is expected in `tests/coverage/` anew; `git diff` reviews
//! it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use snapbox::Data;
use snapbox::assert::Assert;

#[test]
fn each_format_shows_what_the_tables_cover() {
    for (format, file) in [("text", "itil.txt"), ("markdown", "itil.md"), ("json", "itil.json")] {
        holds(file, &printed(&itil(), &["--coverage", "itil-v3", "--format", format]));
    }
    assert_eq!(
        printed(&itil(), &["--coverage", "itil-v3"]),
        printed(&itil(), &["--coverage", "itil-v3", "--format", "text"])
    );
}

#[test]
fn the_page_says_the_same_and_needs_nothing_else() {
    let page = printed(&itil(), &["--coverage", "itil-v3", "--format", "html"]);
    let main = page.split("<main>").nth(1).and_then(|rest| rest.split("</main>").next());
    holds("itil.html", main.unwrap());
    for loads in ["<link", "<img", "src=", "@import", "url("] {
        assert!(!page.contains(loads), "{loads}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn a_file_links_from_where_it_lies() {
    let tree = Scratch::copy_of(&itil());
    let output = waypost(
        &tree.0,
        &["--coverage", "itil-v3", "--format", "html", "--output", "tidewater/coverage.html"],
    );
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
    let page = fs::read_to_string(tree.0.join("tidewater/coverage.html")).unwrap();
    assert!(page.contains("href=\"operate/support.md#severity-levels\""), "{page}");
}

#[test]
fn what_nobody_can_mean_is_refused() {
    for (arguments, says) in [
        (&["--coverage", "itil-v4"][..], "itil-v4"),
        (&["--coverage", "raci"], "names nothing that tables could cover"),
        (&["--coverage", "itil-v3", "--format", "csv"], "has no format `csv`"),
        (&["--format", "text"], "is a format of `--coverage`"),
        (&["--coverage", "itil-v3", "--derive"], "cannot be used with"),
    ] {
        let output = waypost(&itil(), arguments);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr.contains(says), "{stderr}");
    }
}

#[test]
fn hostile_pages_do_not_leave_their_place() {
    let tree = Scratch::new();
    let name = "潮汐管理".repeat(40);
    let page = format!(
        "# ITIL\n\n## Service design\n\n| ITIL process | Documentation |\n| --- | --- |\n\
         | Service level management | [x](<javascript:alert(1)>) |\n\
         | `</script><script>alert(1)</script>` \"' \\| | [y](gone.md) |\n| {name} | [z](other.md) |\n"
    );
    fs::write(tree.0.join("i'd &lt; [x].md"), page).unwrap();
    fs::write(tree.0.join("other.md"), "# Other\n").unwrap();
    let coverage = |format| printed(&tree.0, &["--coverage", "itil-v3", "--format", format]);
    let html = coverage("html");
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains("&lt;/script&gt;&lt;script&gt;") && !html.contains("href=\"javascript"), "{html}");
    let markdown = coverage("markdown");
    assert!(!markdown.contains("<script>"), "{markdown}");
    let text = coverage("text");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(coverage("json").starts_with("{\"version\":1,\"coverage\":{"));
}

#[test]
fn a_tree_without_such_tables_covers_nothing() {
    let tree = Scratch::new();
    fs::write(tree.0.join("a.md"), "# A\n\n| Name | Value |\n| --- | --- |\n| a | b |\n").unwrap();
    let text = printed(&tree.0, &["--coverage", "itil-v3"]);
    assert!(text.starts_with("ITIL v3: 0 of 26 processes\n"), "{text}");
    assert!(printed(&tree.0, &["--derive"]).starts_with("# Derived from 1 table."));
}

/// The breaks that comments name are those that a check finds.
#[test]
fn a_derived_contract_holds_but_where_it_says() {
    let tree = Scratch::new();
    let status = ["draft", "final"];
    for page in 0..4 {
        let mut text = format!("# Page {page}\n\n| Service | Documentation | State |\n| --- | --- | --- |\n");
        for row in 0..6 {
            let documentation = match (page, row) {
                (1, 2) => "none yet".to_owned(),
                (2, 3) => "[gone](gone.md)".to_owned(),
                _ => format!("[page](page-{row}.md)"),
            };
            let state = if (page, row) == (3, 5) { "" } else { status[row % 2] };
            text += &format!("| Service {row} | {documentation} | {state} |\n");
        }
        fs::write(tree.0.join(format!("services-{page}.md")), text).unwrap();
    }
    for row in 0..6 {
        fs::write(tree.0.join(format!("page-{row}.md")), "# Page\n").unwrap();
    }
    let contract = printed(&tree.0, &["--derive"]);
    holds("derived.toml", &contract);
    fs::write(tree.0.join("waypost.toml"), &contract).unwrap();
    let output = check(&tree.0);
    let findings = String::from_utf8(output.stdout).unwrap();
    let found: Vec<&str> =
        findings.lines().filter(|line| line.contains("[broken-contract]")).map(place).collect();
    assert_eq!(found, ["services-1.md:7", "services-2.md:8", "services-3.md:10"], "{findings}");
    for place in found {
        assert!(contract.contains(place), "{contract}");
    }
}

#[test]
fn a_derived_contract_is_a_configuration() {
    let tree = Scratch::new();
    let page = "# A\n\n| \"Na\\\\me\" 日本 | Va'lue | |\n| --- | --- | --- |\n| a | b | c |\n\n\
                | \"Na\\\\me\" 日本 | Va'lue |\n| --- | --- |\n| a | \u{202e} |\n\n| a* | a |\n| --- | --- |\n| x | y |\n";
    fs::write(tree.0.join("a [1] {b}.md"), page).unwrap();
    let contract = printed(&tree.0, &["--derive", "--files", "**"]);
    assert!(contract.contains("[[table]]"), "{contract}");
    let parsed = waypost::config::parse(&contract);
    assert!(parsed.is_ok(), "{contract}\n{:?}", parsed.err());
    fs::write(tree.0.join("waypost.toml"), &contract).unwrap();
    let output = check(&tree.0);
    let findings = String::from_utf8(output.stdout).unwrap();
    assert!(!findings.contains("broken-contract"), "{contract}\n{findings}");
}

#[test]
fn the_itil_tables_derive_a_contract() {
    let contract = printed(&itil(), &["--derive", "--header", "ITIL process"]);
    holds("itil.toml", &contract);
    assert!(waypost::config::parse(&contract).is_ok());
}

fn place(finding: &str) -> &str {
    let end = finding.match_indices(':').nth(1).map_or(finding.len(), |(at, _)| at);
    &finding[..end]
}

fn itil() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/itil/tree")
}

fn waypost(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waypost"));
    command.args(["tables", "--root", "."]).args(arguments).current_dir(root).output().unwrap()
}

fn check(root: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waypost"));
    command.args(["check", "--root", ".", "--format", "concise"]).current_dir(root).output().unwrap()
}

fn printed(root: &Path, arguments: &[&str]) -> String {
    let output = waypost(root, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn holds(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coverage").join(file);
    let expected = Data::read_from(&path, Some(snapbox::data::DataFormat::Text));
    Assert::new().action_env("SNAPSHOTS").eq(Data::text(actual), expected.raw());
}

/// A folder of our own that is gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("waypost-coverage-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Scratch(folder.canonicalize().unwrap())
    }

    fn copy_of(tree: &Path) -> Scratch {
        let scratch = Scratch::new();
        copy(tree, &scratch.0);
        scratch
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}
