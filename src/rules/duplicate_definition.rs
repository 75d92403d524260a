//! `duplicate-definition`: a label that is defined again; the first definition wins.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-definition",
    summary: "a label that is defined again; the first definition wins",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/duplicate-definition/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let definitions = &page.doc.facts.definitions;
    for definition in definitions {
        let Some(winner) = definition.shadowed_by.map(|winner| &definitions[winner as usize]) else {
            continue;
        };
        let label = page.text(definition.label);
        let (message, remark) = match winner.label.start < definition.label.start {
            true => ("is defined already", "the first definition, which wins"),
            false => ("is defined again", "the last definition, which wins"),
        };
        let draft = Draft::new(
            &page.doc.path,
            definition.label,
            format!("`[{label}]` {message}: this definition is never used"),
        )
        .help("remove it, or give it a label of its own")
        .related(&page.doc.path, winner.label, remark);
        findings.report(draft);
    }
}
