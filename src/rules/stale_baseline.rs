//! `stale-baseline`: an entry of the baseline that accepts what is no more.

use super::{Check, Draft, Findings, Rule, Ruleset};
use crate::finding::{Finding, Level};
use crate::path::DocPath;
use crate::source::Span;
use crate::words::count;

pub(super) static RULE: Rule = Rule {
    id: "stale-baseline",
    summary: "an entry of the baseline that accepts what is no more",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/stale-baseline/README.md"),
    build: |_| Ok(Box::new(FoundByTheBaseline) as Box<dyn Check>),
};

/// Which entries are of no use is known only after all rules have run: it is reported then.
struct FoundByTheBaseline;

impl Check for FoundByTheBaseline {}

/// Reports an entry at a place of the baseline, given its page and rule, how many of its findings are no more, and how
/// many it accepts.
pub fn report(
    (baseline, span): (&DocPath, Span),
    (page, rule, unused, accepted): (&DocPath, &str, usize, usize),
    ruleset: &Ruleset,
    found: &mut Vec<Finding>,
) {
    let setting = ruleset.setting(&RULE, baseline);
    let mut findings = Findings { rule: &RULE, setting, default_level: RULE.level, found };
    let accepts = count(accepted, &format!("`{rule}` finding"));
    let message = match accepted - unused {
        0 => format!("this accepts {accepts} in `{page}`, and there is no such finding any more"),
        1 => format!("this accepts {accepts} in `{page}`, and there is only 1"),
        left => format!("this accepts {accepts} in `{page}`, and there are only {left}"),
    };
    findings.report(Draft::new(baseline, span, message).help("`waypost baseline --prune` removes what is mended"));
}
