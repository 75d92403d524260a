//! `unused-definition`: a reference definition that nothing uses.

use std::cell::LazyCell;
use std::collections::HashMap;

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
    let elsewhere = LazyCell::new(|| bracketed(&page.doc.text));
    for definition in &page.doc.facts.definitions {
        let is_comment = is_comment(page.written(&page.doc.facts.links[definition.link as usize]));
        if definition.used || definition.shadowed_by.is_some() || is_comment {
            continue;
        }
        let label = page.text(definition.label);
        let message = format!("nothing on this page uses `[{label}]`");
        let draft = Draft::new(&page.doc.path, definition.label, message);
        findings.report(match elsewhere.get(label).copied() {
            Some(span) => draft
                .help("take it out of the HTML block, code or comment it stands in, or remove the definition")
                .related(&page.doc.path, span, "no reference here, but text"),
            None => draft.help("remove the definition"),
        });
    }
}

/// Where labels stand in brackets all the same: Markdown makes no references in HTML blocks, code and comments.
/// Read once, whatever the number of definitions.
fn bracketed(text: &str) -> HashMap<&str, Span> {
    let mut places = HashMap::default();
    let mut open = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open = Some(at),
            b']' => {
                let Some(start) = open.take() else { continue };
                if !text[at + 1..].starts_with(':') {
                    places.entry(&text[start + 1..at]).or_insert(Span::new(start, at + 1));
                }
            }
            _ => {}
        }
    }
    places
}

/// `[//]: # (text)` and `[comment]: <> (text)` are how Markdown writes a comment: they lead nowhere.
fn is_comment(destination: &str) -> bool {
    matches!(destination, "" | "#")
}
