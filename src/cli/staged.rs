//! `check --staged`: which findings are the business of whoever commits.
//!
//! Those in staged pages, for writers mend what they touch; and of the others those that the staged changes have caused,
//! each with its cause.

use std::collections::{BTreeMap, BTreeSet};

use super::check::Now;
use crate::difference::{self, Change, Version};
use crate::engine::{self, Report};
use crate::open::Input;
use crate::path::DocPath;
use crate::rules::Ruleset;

/// Takes findings out of the report that were there before in pages that are not staged, and counts them.
pub(super) fn keep_new(report: &mut Report, input: &Input, ruleset: &Ruleset, now: Now<'_>) {
    // Before the first commit everything is new.
    let Some(staged) = input.staged().filter(|_| !report.findings.is_empty()) else { return };
    let before: BTreeMap<&DocPath, Option<&DocPath>> =
        staged.iter().filter_map(|change| Some((change.new.as_ref()?, change.old.as_ref()))).collect();
    let with_findings: BTreeSet<&DocPath> = report
        .findings
        .iter()
        .filter_map(|finding| before.get(&finding.path).copied().unwrap_or(Some(&finding.path)))
        .collect();
    let base = input.site_before(now.tree, now.site, &staged);
    let mut old = engine::check(&base, ruleset, &|path| with_findings.contains(path));
    if let Some(baseline) = now.baseline {
        baseline.apply(&mut old, &base, None);
    }
    let changes: Vec<Change> =
        staged.iter().map(|change| Change { old: change.old.clone(), new: change.new.clone() }).collect();
    let difference = difference::compare(
        Version { site: &base, report: &old },
        Version { site: now.site, report },
        &changes,
    );
    let all = std::mem::take(&mut report.findings);
    let total = all.len();
    let explained = all.into_iter().zip(difference.causes).filter_map(|(finding, cause)| match cause {
        Some(cause) => Some(cause.explain(finding)),
        None => before.contains_key(&finding.path).then_some(finding),
    });
    report.findings = explained.collect();
    report.summary.known = total - report.findings.len();
    // As with the site of now, giving the memory back would take longer than the system needs.
    std::mem::forget((base, old));
}
