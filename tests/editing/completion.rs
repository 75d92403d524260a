//! Completion at every offset of every page, and what becomes of a page whose writer accepts what is proposed.

use waypost::assist::completion::{Completion, CompletionKind, complete};
use waypost::path::DocPath;
use waypost::source::LineIndex;

use super::trees::{Checked, Fixture};

/// So deep are folders followed.
const DEPTH: usize = 3;

/// So many pages' anchors are tried from one page.
const PAGES: usize = 5;

#[test]
fn proposals_replace_what_is_at_the_cursor() {
    let mut asked = 0;
    for fixture in Fixture::all() {
        let Some(Checked { site, .. }) = fixture.check() else { continue };
        for (doc, id) in site.docs.iter().zip(0..) {
            let lines = LineIndex::new(&doc.text);
            for offset in 0..=doc.text.len() + 1 {
                let proposed = complete(&site, id, offset);
                asked += 1;
                for item in proposed.items {
                    let place = format!("{}: {} at {offset}: {item:?}", fixture.name, doc.path);
                    let replace = item.replace.range();
                    assert!(replace.start <= offset && offset <= replace.end, "{place}");
                    assert!(doc.text.get(replace.clone()).is_some(), "{place}");
                    let line = lines.line_span(&doc.text, lines.line_of(offset)).range();
                    assert!(line.start <= replace.start && replace.end <= line.end, "{place}");
                    assert!(!item.insert.contains('\n'), "{place}");
                }
            }
        }
    }
    assert!(asked > 10_000, "{asked}");
}

#[test]
fn accepted_paths_and_anchors_are_right() {
    let (mut wrong, mut accepted) = (Vec::new(), 0);
    for fixture in Fixture::all() {
        if fixture.check().is_none() {
            continue;
        }
        for page in &fixture.tree.pages {
            let destinations = proposed_destinations(&fixture, &page.path);
            if destinations.is_empty() {
                continue;
            }
            accepted += destinations.len();
            let written = |link: &dyn Fn(&str) -> String| {
                let text: String = destinations.iter().map(|destination| link(destination)).collect();
                fixture.with_text(&page.path, page.text.len(), &text).check().unwrap()
            };
            let before = written(&|_| "\n\nfresh link\n".to_owned());
            let after = written(&|destination| format!("\n\n[fresh link]({destination})\n"));
            let key = |finding: &waypost::finding::Finding| {
                (finding.path.clone(), finding.rule.id, finding.message.clone(), finding.target.clone())
            };
            let known: Vec<_> = before.findings.iter().map(key).collect();
            for new in after.findings.iter().filter(|finding| !known.contains(&key(finding))) {
                wrong.push(format!(
                    "{}: {} {:?} [{}] {}",
                    fixture.name, new.path, new.target, new.rule.id, new.message
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {accepted}", wrong.join("\n"), wrong.len());
    assert!(accepted > 1000, "{accepted}");
}

/// The destinations that a writer gets by accepting proposals at the end of a page.
fn proposed_destinations(fixture: &Fixture, page: &DocPath) -> Vec<String> {
    let mut destinations = Vec::new();
    let mut pages = vec![String::new()];
    let mut open: Vec<(String, usize)> = vec![(String::new(), 0), ("/".to_owned(), 0), ("../".to_owned(), 0)];
    while let Some((typed, depth)) = open.pop() {
        for (item, destination) in proposals(fixture, page, &typed) {
            match item.kind {
                CompletionKind::Folder if depth < DEPTH => open.push((destination, depth + 1)),
                CompletionKind::Folder => {}
                kind => {
                    if kind == CompletionKind::Page && pages.len() < PAGES {
                        pages.push(destination.clone());
                    }
                    destinations.push(destination);
                }
            }
        }
    }
    for target in pages {
        let anchors = proposals(fixture, page, &format!("{target}#"));
        destinations.extend(anchors.into_iter().map(|(_, destination)| destination));
    }
    destinations.sort();
    destinations.dedup();
    destinations
}

/// What is proposed for a destination that is being typed at the end of a page, and the destination it makes.
fn proposals(fixture: &Fixture, page: &DocPath, typed: &str) -> Vec<(Completion, String)> {
    let text = fixture.text(page).unwrap();
    let start = text.len() + "\n\n[fresh link](".len();
    let fixture = fixture.with_text(page, text.len(), &format!("\n\n[fresh link]({typed}"));
    let site = fixture.site().unwrap();
    let Some(doc) = site.find_doc(page) else { return Vec::new() };
    let items = complete(&site, doc, start + typed.len()).items.into_iter();
    items
        .map(|item| {
            let mut destination = typed.to_owned();
            let replace = item.replace.range();
            destination.replace_range(replace.start - start..replace.end - start, &item.insert);
            (item, destination)
        })
        .collect()
}
