//! `replaced-anchor`: a heading whose own id is gone because another id is written at its beginning.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Page, essence};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "replaced-anchor",
    summary: "a heading whose own id is gone because another id is written at its beginning",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/replaced-anchor/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let facts = &page.doc.facts;
    if facts.ids.is_empty() || facts.headings.is_empty() {
        return;
    }
    // An id in braces is the heading's own.
    let is_in_tag = |id: Span| !page.text(Span::new(0, id.start as usize)).ends_with('#');
    let inside = |heading: Span| facts.ids.iter().find(|id| heading.contains(id.span) && is_in_tag(id.span));
    if facts.headings.iter().all(|heading| heading.html || inside(heading.span).is_none()) {
        return;
    }
    let ids = (page.dialect().heading_ids)(page.project, page.doc);
    for (heading, id) in facts.headings.iter().zip(ids).filter(|(heading, _)| !heading.html) {
        let (Some(written), Some(id)) = (inside(heading.span), id) else { continue };
        let text = heading.text(&page.doc.text);
        if *written.value != *id || essence(&id) == essence(&text) {
            continue;
        }
        let message = format!("`#{id}` takes the place of this heading's own id");
        let draft = Draft::new(&page.doc.path, written.span, message)
            .help("put the tag on a line of its own before the heading: then both ids work")
            .related(&page.doc.path, heading.span, "links to the id made of these words do not arrive");
        findings.report(draft);
    }
}
