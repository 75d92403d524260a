//! What was learnt from judging waypost's findings on real trees, each as the smallest tree that shows it.

use std::collections::BTreeMap;

use waypost::path::DocPath;
use waypost::site::{Fragment, Outcome, Settings, Site, suggest};
use waypost::tree::{PageText, Tree};

const PUBLISH: &str = r#"{"docsets_to_publish": [{"build_source_folder": "reference",
    "customized_tasks": {"docset_prebuild": ["maml2yaml"]}}]}"#;
const DOCFX: &str = r#"{"build": {"globalMetadata": {"breadcrumb_path": "/shell/guide/bread/toc.json"}, "content": [
    {"dest": "guide", "src": "guide", "files": ["**/*.md", "**/*.yml"]},
    {"dest": "module/docs", "src": "7.4", "files": ["toc.yml"]},
    {"dest": "module", "src": "7.4", "files": ["**/*.yml", "**/About/*.md"]},
    {"dest": "module/docs", "src": "7.5", "files": ["toc.yml"]},
    {"dest": "module", "src": "7.5", "files": ["**/*.yml", "**/About/*.md"]}]}}"#;

/// A tree in the shape of PowerShell-Docs with a page of 7.4 that holds `text`.
fn site(text: &str) -> Site {
    let pages = [
        ("reference/7.4/Core/About/about_Here.md", text),
        ("reference/7.4/Core/About/about_Keys.md", "# Keys\n\n## Old\n"),
        ("reference/7.4/Core/Core.md", "# Core\n"),
        ("reference/7.4/Core/Get-Help.md", "# Get-Help\n"),
        ("reference/7.5/Core/About/about_Keys.md", "# Keys\n\n## New\n"),
        ("reference/guide/start.md", "# Start\n\n[keys](/shell/module/core/about/about_keys#new)\n"),
    ];
    let mut files: Vec<DocPath> = pages.iter().map(|(path, _)| DocPath::new(path)).collect();
    files.push(DocPath::new("reference/guide/bread/toc.yml"));
    files.sort();
    let pages = pages.map(|(path, text)| PageText { path: DocPath::new(path), text: text.into() });
    let configs = BTreeMap::from([
        (DocPath::new(".openpublishing.publish.config.json"), PUBLISH.into()),
        (DocPath::new("reference/docfx.json"), DOCFX.into()),
    ]);
    Site::new(Tree { files, pages: pages.into(), configs, ..Tree::default() }, Settings::default())
}

fn outcome(destination: &str) -> (Outcome, Fragment) {
    let site = site("# Here\n");
    let here = site.find_doc(&DocPath::new("reference/7.4/Core/About/about_Here.md")).unwrap();
    let page = site.views(here).next().unwrap();
    let outcome = site.outcome_of(page.doc, page.project, destination, waypost::dialect::Usage::Link);
    let fragment = site.fragment(here, page.project, destination, &outcome);
    (outcome, fragment)
}

fn path_of(destination: &str) -> Option<String> {
    let file = outcome(destination).0.file()?;
    Some(site("").files.path(file).to_string())
}

#[test]
fn pages_made_before_the_build_have_their_addresses() {
    assert_eq!(path_of("/shell/module/core/get-help").as_deref(), Some("reference/7.4/Core/Get-Help.md"));
    assert_eq!(path_of("/shell/module/core").as_deref(), Some("reference/7.4/Core/Core.md"));
    assert_eq!(path_of("/shell/guide/start").as_deref(), Some("reference/guide/start.md"));
}

#[test]
fn an_address_is_missing_only_among_the_pages_of_this_tree() {
    let missing = |destination| matches!(outcome(destination).0, Outcome::Missing(_));
    assert!(missing("/shell/module/core/get-halp") && missing("/shell/guide/nowhere"));
    for elsewhere in
        ["/shell/module/pki/new-key", "/shell/module/pki", "/shell/gallery/overview", "/shell/azure"]
    {
        assert!(matches!(outcome(elsewhere).0, Outcome::Skipped(_)), "{elsewhere}");
    }
}

#[test]
fn of_several_versions_the_nearest_is_named_and_any_may_have_the_anchor() {
    let keys = "/shell/module/core/about/about_keys";
    assert_eq!(path_of(keys).as_deref(), Some("reference/7.4/Core/About/about_Keys.md"));
    for (fragment, expected) in
        [("old", Fragment::Found), ("new", Fragment::Found), ("other", Fragment::Missing)]
    {
        assert_eq!(outcome(&format!("{keys}#{fragment}")).1, expected, "{fragment}");
    }
}

fn suggestions(pages: &[(&str, &str)]) -> Vec<String> {
    let mut files: Vec<DocPath> = pages.iter().map(|(path, _)| DocPath::new(path)).collect();
    files.sort();
    let mut pages: Vec<_> = pages
        .iter()
        .map(|(path, text)| PageText { path: DocPath::new(path), text: (*text).into() })
        .collect();
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    let site = Site::new(Tree { files, pages, ..Tree::default() }, Settings::default());
    let page = site.views(site.find_doc(&DocPath::new("a/page.md")).unwrap()).next().unwrap();
    let all = page.links().flat_map(|checked| suggest(&page, checked.link, checked.resolved));
    all.map(|suggestion| suggestion.destination).collect()
}

/// What is linked, the pages beside it, and what is expected.
type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c [&'c str]);

#[test]
fn a_suggestion_is_right_or_absent() {
    let cases: &[Case<'_>] = &[
        // The title decides between names that are equally near.
        (
            "[Range](Ex.Range.md)",
            &[
                ("a/Ex.Ranges.md", "# Ranges"),
                ("a/Ex.Range(object).md", "# Range object"),
                ("a/Ex.Range.Id.md", "# Id"),
            ],
            &["Ex.Range(object).md"],
        ),
        // The only near heading is the page's title: that is the page.
        (
            "[x](reset.md#device-wipe-with-factory-reset)",
            &[("a/reset.md", "# Reset devices with a factory reset")],
            &["reset.md"],
        ),
        // Another generator's syntax gives the id: no heading of GitHub's is what the author wants.
        ("[x](b.md#dom)", &[("a/b.md", "## The DOM {#dom}\n\n## Dome")], &[]),
        // Digits are no slips.
        ("[x](b.md#chapter-1)", &[("a/b.md", "## Chapter 2")], &[]),
        // A name that several folders have, and none of them near.
        ("[x](/azure/prerequisites)", &[("b/prerequisites.md", "# Prerequisites")], &[]),
    ];
    for (link, others, expected) in cases {
        let mut pages = vec![("a/page.md", *link)];
        pages.extend_from_slice(others);
        assert_eq!(suggestions(&pages), *expected, "{link}");
    }
}
