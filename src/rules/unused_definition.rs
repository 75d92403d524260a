//! `unused-definition`: a reference definition that nothing uses.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "unused-definition",
    summary: "a reference definition that nothing uses",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/unused-definition/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for definition in &page.doc.facts.definitions {
        let is_comment = is_comment(page.written(&page.doc.facts.links[definition.link as usize]));
        if definition.used || definition.shadowed_by.is_some() || is_comment {
            continue;
        }
        let label = page.text(definition.label);
        let message = format!("nothing on this page uses `[{label}]`");
        let draft = Draft::new(&page.doc.path, definition.label, message);
        findings.report(match written_elsewhere(page, label) {
            Some(span) => draft
                .help("take it out of the HTML block, code or comment it stands in, or remove the definition")
                .related(&page.doc.path, span, "no reference here, but text"),
            None => draft.help("remove the definition"),
        });
    }
}

/// Where the label stands in brackets all the same: Markdown makes no references in HTML blocks, code and comments.
fn written_elsewhere(page: &Page<'_>, label: &str) -> Option<Span> {
    let text = &*page.doc.text;
    let written = format!("[{label}]");
    text.match_indices(&written).find_map(|(at, _)| {
        let end = at + written.len();
        (!text[end..].starts_with(':')).then(|| Span::new(at, end))
    })
}

/// `[//]: # (text)` and `[comment]: <> (text)` are how Markdown writes a comment: they lead nowhere.
fn is_comment(destination: &str) -> bool {
    matches!(destination, "" | "#")
}
