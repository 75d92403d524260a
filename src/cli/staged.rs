//! `check --staged`: which findings are the business of whoever commits.
//!
//! Those in staged pages, for writers mend what they touch; and of the others those that the staged changes have caused.

use std::collections::{BTreeMap, BTreeSet};

use super::input::Input;
use crate::engine::{self, Report};
use crate::finding::Finding;
use crate::path::DocPath;
use crate::rules::Ruleset;
use crate::site::Site;
use crate::tree::Tree;

/// Takes findings out of the report that were there before in pages that are not staged, and counts them.
pub(super) fn keep_new(report: &mut Report, input: &Input, ruleset: &Ruleset, site: &Site, tree: &Tree) {
    // Before the first commit everything is new.
    let Some(changes) = input.staged() else { return };
    let staged: BTreeSet<&DocPath> = changes.iter().filter_map(|change| change.new.as_ref()).collect();
    let elsewhere: BTreeSet<&DocPath> =
        report.findings.iter().map(|finding| &finding.path).filter(|path| !staged.contains(path)).collect();
    if elsewhere.is_empty() {
        return;
    }
    let before = input.site_before(tree, site, &changes);
    let old = engine::check(&before, ruleset, &|path| elsewhere.contains(path));
    let mut known: BTreeMap<(&str, &DocPath, &str, &str), usize> = BTreeMap::new();
    for finding in &old.findings {
        *known.entry(key(finding, &before)).or_default() += 1;
    }
    let is_new: Vec<bool> = report
        .findings
        .iter()
        .map(|finding| match known.get_mut(&key(finding, site)) {
            _ if staged.contains(&finding.path) => true,
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        })
        .collect();
    let all = report.findings.len();
    let mut is_new = is_new.into_iter();
    report.findings.retain(|_| is_new.next().unwrap_or(true));
    report.summary.older = all - report.findings.len();
}

fn key<'f>(finding: &'f Finding, site: &'f Site) -> (&'static str, &'f DocPath, &'f str, &'f str) {
    let text = site.source(&finding.path).map_or("", |source| finding.span.of(source.text));
    (finding.rule.id, &finding.path, finding.target.as_deref().unwrap_or_default(), text)
}
