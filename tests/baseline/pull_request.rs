//! A pull request: `--new-from` reports exactly what it breaks, and why.

use crate::scratch::Scratch;

const GUIDE: &str = "# Guide\n\n[page](old-name.md) [setup](ref.md#set-up) ![pic](img/pic.png)\n\n\
    [broken](gone.md) and [mended later](never.md).\n";
const OLD_NAME: &str = "# Page\n\n[accepted](missing.md) and [guide](guide.md)\n\nA text of some length, so that git \
    knows the page again.\n";
const LONG: &str =
    "# Long\n\nA paragraph with a [broken link](nowhere.md) and some more words that make it long.\n";

/// The main branch, with four old errors.
fn main_branch() -> Scratch {
    Scratch::repository(&[
        ("waypost.toml", "dialect = \"github\"\n"),
        ("guide.md", GUIDE),
        ("old-name.md", OLD_NAME),
        ("ref.md", "# Reference\n\n## First\n\n## Set up\n\n## Last\n"),
        ("img/pic.png", "png"),
        ("long.md", LONG),
    ])
}

/// Renames a page, rewords a heading, deletes an image, mends an old error, wraps a paragraph anew.
fn change(repository: &Scratch) {
    repository.write("sub/new-name.md", &OLD_NAME.replace("guide.md", "../guide.md"));
    repository.remove("old-name.md");
    repository.write("ref.md", "# Reference\n\n## First\n\n## Install it\n\n## Last\n");
    repository.remove("img/pic.png");
    repository.write("guide.md", &GUIDE.replace("(never.md)", "(ref.md)"));
    repository.write("long.md", &LONG.replace(' ', "\n").replace("#\n", "# "));
}

const NEW: [&str; 3] = [
    "this change renamed `old-name.md` to `sub/new-name.md`",
    "this change reworded the heading “Set up”, which is `#install-it` now",
    "this change deleted `img/pic.png`",
];

#[track_caller]
fn assert_new(repository: &Scratch, arguments: &[&str]) {
    let run = repository.waypost(&[&["check", "--format", "concise"], arguments].concat());
    assert_eq!(run.findings().len(), NEW.len(), "{run:#?}");
    for (finding, cause) in run.findings().iter().zip(NEW) {
        assert!(finding.starts_with("guide.md:3:") && finding.contains(cause), "{cause}: {run:#?}");
    }
    assert_eq!(run.code, Some(1), "{run:#?}");
}

#[test]
fn reports_exactly_what_is_new_with_causes() {
    let repository = main_branch();
    repository.git(&["checkout", "--quiet", "-b", "branch"]);
    change(&repository);
    repository.commit("change");
    assert_new(&repository, &["--new-from"]);
    assert_new(&repository, &["--new-from", "main"]);
    assert_new(&repository, &["--new-from", "HEAD~1"]);
    assert_eq!(repository.waypost(&["check", "--new-from", "HEAD"]).code, Some(0));
    // Also when the main branch has gone on.
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("guide.md", "# Guide\n");
    repository.commit("main goes on");
    repository.git(&["checkout", "--quiet", "branch"]);
    assert_new(&repository, &["--new-from"]);
}

#[test]
fn counts_what_is_not_new_and_points_at_the_change() {
    let repository = main_branch();
    change(&repository);
    repository.git(&["add", "--all"]);
    let run = repository.waypost(&["check", "--new-from", "HEAD"]);
    assert!(run.stdout.contains("3 more findings were there before"), "{run:#?}");
    assert!(run.stdout.contains("this was “Set up”"), "{run:#?}");
    let json = repository.waypost(&["check", "--new-from", "HEAD", "--format", "json"]);
    assert!(json.stdout.contains("\"known\":3"), "{json:#?}");
}

#[test]
fn the_baseline_survives_wrapping_and_renaming() {
    let repository = main_branch();
    let written = repository.waypost(&["baseline"]);
    assert_eq!(written.stdout, "wrote .waypost-baseline.json: 4 findings accepted\n");
    repository.commit("baseline");
    assert_eq!(repository.waypost(&["check"]).code, Some(0));
    change(&repository);
    let run = repository.waypost(&["check", "--format", "concise"]);
    let (stale, new): (Vec<&str>, Vec<&str>) =
        run.findings().into_iter().partition(|finding| finding.contains("stale-baseline"));
    assert_eq!(new.len(), 3, "{run:#?}");
    assert_eq!(stale.len(), 1, "{run:#?}");
    assert!(stale[0].contains("`broken-link` finding in `guide.md`"), "{run:#?}");
    repository.git(&["add", "--all"]);
    assert_new(&repository, &["--new-from", "HEAD"]);
    let pruned = repository.waypost(&["baseline", "--prune"]);
    assert!(pruned.stdout.contains("3 findings accepted\n1 finding taken out"), "{pruned:#?}");
    let file = repository.read(".waypost-baseline.json");
    assert!(file.contains("\"sub/new-name.md\"") && !file.contains("\"old-name.md\""), "{file}");
    let run = repository.waypost(&["check", "--format", "concise"]);
    assert_eq!(run.findings().len(), 3, "{run:#?}");
}

#[test]
fn says_why_there_is_nothing_to_compare_with() {
    let repository = main_branch();
    repository.write("long.md", "# Long\n");
    repository.commit("second");
    let unknown = repository.waypost(&["check", "--new-from", "no-such"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("git knows no revision `no-such`"), "{unknown:#?}");

    let clone = Scratch::new(&[("x", "")]);
    let source = format!("file://{}", repository.path("").display());
    clone.git(&["clone", "--quiet", "--depth", "1", &source, "clone"]);
    let shallow = clone.waypost_in("clone", &["check", "--new-from", "HEAD~1"]);
    assert_eq!(shallow.code, Some(2));
    assert!(
        shallow.stderr.contains("fetch-depth: 0") && shallow.stderr.contains("--unshallow"),
        "{shallow:#?}"
    );

    let bare = Scratch::new(&[("a.md", "# A\n\n[x](gone.md)\n")]);
    let outside = bare.waypost(&["check", "--new-from"]);
    assert_eq!(outside.code, Some(2), "{outside:#?}");
    assert!(outside.stderr.contains("git does not answer"), "{outside:#?}");
}
