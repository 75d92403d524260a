//! `unused-definition`: a reference definition that nothing uses.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;

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
        findings.report(Draft::new(&page.doc.path, definition.label, message).help("remove the definition"));
    }
}

/// `[//]: # (text)` and `[comment]: <> (text)` are how Markdown writes a comment: they lead nowhere.
fn is_comment(destination: &str) -> bool {
    matches!(destination, "" | "#")
}
