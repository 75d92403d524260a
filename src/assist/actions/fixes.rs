//! The fixes that findings bring along: one, its alternatives, all of a rule, all of a file.

use std::collections::BTreeSet;

use super::{Action, ActionKind, Request};
use crate::finding::{Edit, Finding};
use crate::fingerprint::{Linked, linked};
use crate::fix::plan_edits;
use crate::site::works_everywhere;
use crate::words::{capitalised, count};

/// A finding's fix, and what else could be written there.
pub(super) fn of_finding(request: &Request<'_>, finding: usize) -> Vec<Action> {
    let found = &request.findings[finding];
    let Some(fix) = &found.fix else { return Vec::new() };
    if fix.safe {
        let mend = Action::quick(finding, capitalised(&fix.title), fix.edits.clone());
        return vec![Action { preferred: true, ..mend }];
    }
    let of_destination = linked(found, request.site);
    match (of_destination, &*fix.edits) {
        (Some(linked), [edit]) if found.suggestions.first() == Some(&edit.text) => {
            alternatives(request, finding, &linked, edit)
        }
        _ => vec![Action::quick(finding, unsafe_title(&fix.title), fix.edits.clone())],
    }
}

/// Each destination that may be meant and is right on all platforms.
fn alternatives(request: &Request<'_>, finding: usize, linked: &Linked<'_>, edit: &Edit) -> Vec<Action> {
    let Linked { page, link, resolved } = linked;
    let candidates = request.findings[finding].suggestions.iter();
    let right = candidates.filter(|candidate| works_everywhere(page, link, resolved, candidate));
    right
        .map(|candidate| {
            let edit = Edit { text: candidate.clone(), ..edit.clone() };
            Action::quick(finding, unsafe_title(&format!("write `{candidate}`")), vec![edit])
        })
        .collect()
}

fn unsafe_title(title: &str) -> String {
    format!("{} (unsafe: look at it first)", capitalised(title))
}

/// For rules with several safe fixes in the file, one of them here: all of these.
pub(super) fn of_rules(request: &Request<'_>, here: &[usize]) -> Vec<Action> {
    let rules: BTreeSet<&str> = here.iter().map(|&finding| request.findings[finding].rule.id).collect();
    let all = rules.into_iter().filter_map(|rule| {
        let is_of_rule = |finding: &&Finding| finding.rule.id == rule;
        let (edits, fixes) = together(request, is_of_rule)?;
        let title = format!("Fix all {fixes} safe problems of `{rule}` in this file");
        (fixes > 1).then(|| Action { finding: None, ..Action::quick(0, title, edits) })
    });
    all.collect()
}

/// All safe fixes of the file: as a quick fix, and for editors that mend while saving.
pub(super) fn of_file(request: &Request<'_>) -> Vec<Action> {
    let Some((edits, fixes)) = together(request, |_| true) else { return Vec::new() };
    let title = format!("Fix all safe problems in this file ({})", count(fixes, "fix"));
    let quick = Action { finding: None, ..Action::quick(0, title, edits) };
    vec![quick.clone(), Action { kind: ActionKind::FixAll, ..quick }]
}

fn together(request: &Request<'_>, wanted: impl Fn(&&Finding) -> bool) -> Option<(Vec<Edit>, usize)> {
    let of_file = request.findings.iter().filter(|finding| finding.path == *request.path);
    let findings: Vec<Finding> = of_file.filter(wanted).cloned().collect();
    let (edits, fixes) = plan_edits(&findings, request.site);
    (fixes > 0).then_some((edits, fixes))
}
