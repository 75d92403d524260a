//! Heading ids against the vectors that the platforms' own code made, through the whole parser.

use std::collections::BTreeMap;

use serde::Deserialize;
use waypost::dialect::{DIALECTS, Dialect};
use waypost::facts::{ElementId, Heading};
use waypost::parse::parse;
use waypost::path::DocPath;
use waypost::site::{Doc, Files, Project, Settings};
use waypost::source::LineIndex;
use waypost::tree::Tree;

#[derive(Deserialize)]
struct Case {
    id: String,
    markdown: String,
    /// By dialect: the id that the platform's own code gave; none, empty, or a remark in brackets where nobody knows.
    #[serde(flatten)]
    ids: BTreeMap<String, Option<String>>,
}

/// Ids that nobody has seen yet and that are as good as the vectors'.
const OPEN: &[(&str, &str, &str)] = &[
    ("learn", "c20", "İstanbul-οδοσ-ß"),
    ("github", "d16", "html-heading"),
    ("github", "d18", "html-heading-1"),
];

#[test]
fn headings_have_the_ids_of_the_vectors() {
    let mut wrong = Vec::new();
    for dialect in DIALECTS {
        // Both are Markdig with the same options.
        let column = if dialect.name == "docfx" { "learn" } else { dialect.name };
        wrong.extend(differences(column, &Project::of_everything(dialect, DocPath::new(""))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What most who use MkDocs write: the slugs of PyMdown Extensions, and pictures for emoji.
const PYMDOWNX: &str = "site_name: Slugs
markdown_extensions:
  - attr_list
  - pymdownx.emoji
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
";

#[test]
fn mkdocs_makes_ids_as_its_configuration_says() {
    let page = DocPath::new("docs/page.md");
    let configs = [(DocPath::new("mkdocs.yml"), PYMDOWNX.into())].into();
    let files = vec![page];
    let tree = Tree { files: files.clone(), configs, ..Tree::default() };
    let dialect = Dialect::find("mkdocs").expect("the dialect");
    let config = (dialect.read_config)(&tree, &Files::new(files), &Settings::default());
    let wrong = differences("mkdocs_pymdownx", &config.projects[0]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a project's pages have instead of the ids in a column of the vectors. Each group is one page.
fn differences(column: &str, project: &Project) -> Vec<String> {
    let cases: Vec<Case> = serde_json::from_str(include_str!("slug-cases.json")).expect("the vectors");
    assert_eq!(cases.len(), 124);
    let mut wrong = Vec::new();
    for group in cases.chunk_by(|a, b| a.id[..1] == b.id[..1]) {
        let page = page(project, group);
        let has_heading =
            |case: &&Case| case.ids.get(column).is_none_or(|id| id.as_deref() != Some("(no heading)"));
        let group: Vec<&Case> = group.iter().filter(has_heading).collect();
        let ids = (project.dialect.heading_ids)(project, &page);
        assert_eq!(ids.len(), group.len(), "each case is one heading");
        for ((case, heading), id) in group.into_iter().zip(&page.facts.headings).zip(ids) {
            let id = id_written_out(&page, heading).or(id);
            let Some(expected) = case.ids.get(column) else { continue };
            let is_open = |&(dialect, case_id, open): &(&str, &str, &str)| {
                dialect == column && case_id == case.id && Some(open) == id.as_deref()
            };
            let untested = expected.as_deref().is_some_and(|expected| expected.starts_with('('));
            if id != *expected && !untested && !OPEN.iter().any(is_open) {
                wrong.push(format!("{column} {} {:?}: {id:?}, not {expected:?}", case.id, case.markdown));
            }
        }
    }
    wrong
}

fn page(project: &Project, group: &[Case]) -> Doc {
    let sources: Vec<&str> = group.iter().map(|case| &*case.markdown).collect();
    let text = format!("{}\n\n[^1]: Note.\n", sources.join("\n\n"));
    let lines = LineIndex::new(&text);
    let path = DocPath::new("docs/page.md");
    let flavor = (project.dialect.flavor)(project, &path);
    let facts = parse(&text, &lines, flavor).into();
    Doc { path, text: text.into(), lines, flavor, facts, is_navigation: false }
}

/// `<h2 id="x">` has the id that is written there.
fn id_written_out(page: &Doc, heading: &Heading) -> Option<String> {
    let inside = |id: &&ElementId| heading.html && heading.span.contains(id.span);
    page.facts.ids.iter().find(inside).map(|id| id.value.to_string())
}
