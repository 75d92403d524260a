use std::collections::BTreeSet;

use super::*;
use crate::engine;
use crate::rules::Ruleset;
use crate::site::Settings;
use crate::tree::{PageText, Tree, is_page_name};

type Files<'f> = &'f [(&'f str, &'f str)];

fn site(files: Files<'_>) -> Site {
    let mut tree = Tree::default();
    for (path, text) in BTreeSet::from_iter(files) {
        let path = DocPath::new(path);
        tree.files.push(path.clone());
        match is_page_name(path.file_name()) {
            true => tree.pages.push(PageText { path, text: (*text).into() }),
            false => _ = tree.configs.insert(path, (*text).into()),
        }
    }
    Site::new(tree, Settings::default())
}

fn changes(base: Files<'_>, now: Files<'_>, renames: &[(&str, &str)]) -> Vec<Change> {
    let text = |files: Files<'_>, path: &str| {
        files.iter().find(|(other, _)| *other == path).map(|(_, text)| (*text).to_owned())
    };
    let paths: BTreeSet<&str> = base.iter().chain(now).map(|(path, _)| *path).collect();
    let is_renamed = |path: &&str| renames.iter().any(|(old, new)| path == old || path == new);
    let changed = paths.into_iter().filter(|path| !is_renamed(path) && text(base, path) != text(now, path));
    let path = |path: &str| DocPath::new(path);
    let plain = changed.map(|changed| Change {
        old: text(base, changed).map(|_| path(changed)),
        new: text(now, changed).map(|_| path(changed)),
    });
    let renames = renames.iter().map(|(old, new)| Change { old: Some(path(old)), new: Some(path(new)) });
    plain.chain(renames).collect()
}

/// The new findings as `path: message`, and how many others there are.
fn compared(base: Files<'_>, now: Files<'_>, renames: &[(&str, &str)]) -> (Vec<String>, usize) {
    let changes = changes(base, now, renames);
    let (base, now) = (site(base), site(now));
    let check = |site| engine::check(site, &Ruleset::default(), &|_| true);
    let (old, mut report) = (check(&base), check(&now));
    let difference = compare(
        Version { site: &base, report: &old },
        Version { site: &now, report: &report },
        &Fingerprints::default(),
        &changes,
    );
    let known = difference.keep_new(&mut report);
    let shown = report.findings.iter().map(|finding| format!("{}: {}", finding.path, finding.message));
    (shown.collect(), known)
}

#[track_caller]
fn assert_new(base: Files<'_>, now: Files<'_>, renames: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(compared(base, now, renames).0, expected);
}

#[test]
fn what_was_there_before_is_known() {
    let base: Files<'_> = &[("a.md", "[x](gone.md) and [y](gone.md)\n"), ("b.md", "# B\n\n[z](no.md)\n")];
    let now: Files<'_> =
        &[("a.md", "New.\n\n[x](gone.md)\nand [y](gone.md), [y](gone.md)\n"), ("b.md", "# B\n")];
    let (new, known) = compared(base, now, &[]);
    assert_eq!(new, ["a.md: there is no file `gone.md`"]);
    assert_eq!(known, 2);
}

#[test]
fn a_target_is_deleted_or_renamed() {
    let base: Files<'_> = &[("a.md", "[x](b.md#c) ![y](i/p.png)\n"), ("b.md", "# C\n"), ("i/p.png", "")];
    assert_new(
        base,
        &base[..1],
        &[],
        &[
            "a.md: there is no file `b.md`; this change deleted `b.md`",
            "a.md: there is no file `i/p.png`; this change deleted `i/p.png`",
        ],
    );
    let now: Files<'_> = &[base[0], ("d/e.md", "# C\n"), ("i/q.png", "")];
    assert_new(
        base,
        now,
        &[("b.md", "d/e.md"), ("i/p.png", "i/q.png")],
        &[
            "a.md: there is no file `b.md`; this change renamed `b.md` to `d/e.md`",
            "a.md: there is no file `i/p.png`; this change renamed `i/p.png` to `i/q.png`",
        ],
    );
}

#[test]
fn a_new_link_may_lead_to_what_is_deleted() {
    let base: Files<'_> = &[("a.md", "A\n"), ("b.md", "# B\n")];
    let now: Files<'_> = &[("a.md", "[b](b.md) [c](c.md)\n")];
    assert_new(
        base,
        now,
        &[],
        &["a.md: there is no file `b.md`; this change deleted `b.md`", "a.md: there is no file `c.md`"],
    );
}

#[test]
fn anchors_are_reworded_or_removed() {
    let link = ("a.md", "[x](b.md#set-up) [y](b.md#mark) [z](b.md#last)\n");
    let base: Files<'_> =
        &[link, ("b.md", "# B\n\n## First\n\n## Set up\n\n<a id=\"mark\"></a>\n\n## Then\n\n## Last\n")];
    let now: Files<'_> = &[link, ("b.md", "# B\n\n## First\n\n## Install it\n\n## Then\n")];
    let (new, _) = compared(base, now, &[]);
    assert_eq!(new.len(), 3, "{new:#?}");
    assert!(
        new[0].ends_with("; this change reworded the heading “Set up”, which is `#install-it` now"),
        "{new:#?}"
    );
    assert!(new[1].ends_with("; this change took the id out of `b.md`"), "{new:#?}");
    assert!(new[2].ends_with("; this change took the heading “Last” out of `b.md`"), "{new:#?}");
    let moved: Files<'_> = &[("a.md", "[x](c.md#set-up)\n"), ("c.md", now[1].1)];
    let (new, _) = compared(base, moved, &[("b.md", "c.md")]);
    assert_eq!(new.len(), 1, "{new:#?}");
}

#[test]
fn a_moved_page_keeps_its_findings() {
    let base: Files<'_> = &[("a.md", "[x](gone.md) [y](b.md) [z](b.md#no)\n"), ("b.md", "# B\n")];
    let mended: Files<'_> = &[("d/a.md", "[x](../gone.md) [y](../b.md) [z](../b.md#no)\n"), base[1]];
    assert_new(base, mended, &[("a.md", "d/a.md")], &[]);
    let untouched: Files<'_> = &[("d/a.md", "[x](gone.md) [y](b.md)\n"), base[1]];
    assert_new(
        base,
        untouched,
        &[("a.md", "d/a.md")],
        &["d/a.md: there is no file `d/b.md`; this change moved the page here from `a.md`"],
    );
    let target: Files<'_> = &[("a.md", "[x](gone.md) [y](c.md) [z](c.md#no)\n"), ("c.md", "# B\n")];
    assert_new(base, target, &[("b.md", "c.md")], &[]);
}

#[test]
fn files_that_make_up_a_page() {
    let page = ("a.md", "--8<-- \"part.md\"\n\n[x](#told)\n");
    let config = ("mkdocs.yml", "site_name: x\ndocs_dir: .\nmarkdown_extensions: [pymdownx.snippets]\n");
    let base: Files<'_> = &[config, page, ("part.md", "## Told\n\nText.\n")];
    let now: Files<'_> = &[config, page, ("part.md", "## Asked\n\nText.\n")];
    let (new, _) = compared(base, now, &[]);
    assert!(new.iter().any(|new| new.contains("“Told”, which is `#asked` now")), "{new:#?}");
}

#[test]
fn redirects_are_taken_out() {
    let redirect = r#"{"redirections":[{"source_path":"old.md","redirect_url":"/new"}]}"#;
    let link = ("a.md", "[x](old.md)\n");
    let publish = (
        ".openpublishing.publish.config.json",
        r#"{"docsets_to_publish":[{"docset_name":"x","build_source_folder":"."}]}"#,
    );
    let docset = ("docfx.json", r#"{"build":{"content":[{"files":["**/*.md"]}],"dest":"x"}}"#);
    let base: Files<'_> =
        &[publish, (".openpublishing.redirection.json", redirect), link, docset, ("new.md", "# New\n")];
    let now: Files<'_> =
        &[publish, (".openpublishing.redirection.json", r#"{"redirections":[]}"#), link, docset, base[4]];
    let (new, _) = compared(base, now, &[]);
    assert!(
        new.iter().any(|new| new.starts_with("a.md: ")
            && new.contains("; this change took out the redirect from `old.md`")),
        "{new:#?}"
    );
}
