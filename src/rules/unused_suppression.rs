//! `unused-suppression`: a suppression comment that silences nothing.

use super::{Check, Draft, Findings, Rule, Ruleset};
use crate::finding::{Finding, Level};
use crate::site::{DocId, Site};
use crate::suppress::Unused;

pub(super) static RULE: Rule = Rule {
    id: "unused-suppression",
    summary: "a suppression comment that silences nothing",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/unused-suppression/README.md"),
    build: |_| Ok(Box::new(FoundByTheEngine) as Box<dyn Check>),
};

/// Which suppressions are of no use is known only after all rules have run: the engine reports it under this rule.
struct FoundByTheEngine;

impl Check for FoundByTheEngine {}

/// Reports a comment that silenced nothing on page `id`.
pub fn report(site: &Site, id: DocId, ruleset: &Ruleset, unused: &Unused<'_>, found: &mut Vec<Finding>) {
    let path = &site.doc(id).path;
    let mut findings =
        Findings { rule: &RULE, setting: ruleset.setting(&RULE, path), default_level: RULE.level, found };
    let message = format!("there is no `{}` finding here to silence", unused.rule.value);
    findings.report(
        Draft::new(path, unused.rule.span, message)
            .help("take the rule out of the comment, or remove the comment"),
    );
}
