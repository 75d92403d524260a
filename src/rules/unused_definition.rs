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
        let label = page.text(definition.label);
        if definition.used || definition.shadowed_by.is_some() || is_comment(label) {
            continue;
        }
        let message = format!("nothing on this page uses `[{label}]`");
        findings.report(Draft::new(&page.doc.path, definition.label, message).help("remove the definition"));
    }
}

/// `[//]: # (text)` and `[comment]: # (text)` are how Markdown writes a comment.
fn is_comment(label: &str) -> bool {
    label == "//" || label.eq_ignore_ascii_case("comment")
}
