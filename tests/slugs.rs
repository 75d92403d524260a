//! Heading ids against the vectors that the platforms' own code made, through the whole parser.

use serde::Deserialize;
use waypost::dialect::{Dialect, github, learn};
use waypost::facts::{ElementId, Heading};
use waypost::parse::parse;
use waypost::path::DocPath;
use waypost::site::Doc;
use waypost::source::LineIndex;

#[derive(Deserialize)]
struct Case {
    id: String,
    markdown: String,
    learn: Option<String>,
    github: Option<String>,
}

#[test]
fn learn_gives_the_ids_of_the_vectors() {
    compare(&learn::DIALECT, |case| case.learn.clone(), &[("c20", "İstanbul-οδοσ-ß")]);
}

#[test]
fn github_gives_the_ids_of_the_vectors() {
    let open = [("d16", "html-heading"), ("d18", "html-heading-1")];
    compare(&github::DIALECT, |case| case.github.clone(), &open);
}

/// Each group is one page. `open` are ids that nobody has seen yet and that are as good as the vectors'.
fn compare(dialect: &Dialect, expected: fn(&Case) -> Option<String>, open: &[(&str, &str)]) {
    let cases: Vec<Case> = serde_json::from_str(include_str!("slug-cases.json")).expect("the vectors");
    assert_eq!(cases.len(), 124);
    let mut wrong = Vec::new();
    for group in cases.chunk_by(|a, b| a.id[..1] == b.id[..1]) {
        let page = page(group);
        let ids = (dialect.heading_ids)(&page);
        assert_eq!(ids.len(), group.len(), "each case is one heading");
        for ((case, heading), id) in group.iter().zip(&page.facts.headings).zip(ids) {
            let id = id_written_out(&page, heading).or(id);
            let expected = expected(case);
            if id != expected && !open.contains(&(&case.id, id.as_deref().unwrap_or_default())) {
                wrong.push(format!("{} {:?}: {id:?}, not {expected:?}", case.id, heading.content));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn page(group: &[Case]) -> Doc {
    let sources: Vec<&str> = group.iter().map(|case| &*case.markdown).collect();
    let text = format!("{}\n\n[^1]: Note.\n", sources.join("\n\n"));
    let lines = LineIndex::new(&text);
    let facts = parse(&text, &lines);
    Doc { path: DocPath::new("page.md"), text: text.into(), lines, facts }
}

/// `<h2 id="x">` has the id that is written there.
fn id_written_out(page: &Doc, heading: &Heading) -> Option<String> {
    let inside = |id: &&ElementId| heading.html && heading.span.contains(id.span);
    page.facts.ids.iter().find(inside).map(|id| id.value.to_string())
}
