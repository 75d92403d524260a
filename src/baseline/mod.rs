//! The baseline: findings that a team has accepted for now, so that only new ones count.
//!
//! Owns what an entry covers, also after its page was moved, and how the file is written; `read` is its counterpart.
//! Pure: does not know where the file lies.

mod moved;
mod read;

use std::collections::BTreeSet;

use crate::engine::{Report, Silencer};
use crate::fingerprint::{Fingerprint, Fingerprints};
use crate::path::DocPath;
use crate::rules;
use crate::rules::Ruleset;
use crate::site::Site;
use crate::source::Span;

pub use read::Fault;

/// The file's name at the root.
pub const FILE_NAME: &str = ".waypost-baseline.json";

/// Raised when an entry changes its meaning.
const VERSION: u64 = 1;

/// The findings that are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// In the order of the file.
    pub entries: Vec<Entry>,
}

/// A finding that is accepted, so many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is about.
    pub fingerprint: Fingerprint,
    /// How many of them are accepted.
    pub count: usize,
    /// Where it stands in the file.
    pub span: Span,
}

/// What a baseline comes to for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// For each finding whether it is accepted.
    pub accepted: Vec<bool>,
    /// For each entry how many of its findings are no more.
    pub unused: Vec<usize>,
    /// The accepted findings as they are now: what is left of the baseline once it is pruned.
    pub used: Fingerprints,
}

impl Baseline {
    /// Which findings of a report the baseline accepts. Where there are more than it accepts, the last are left.
    #[must_use]
    pub fn cover(&self, report: &Report, site: &Site) -> Coverage {
        let findings = Fingerprint::all(report, site);
        let mut coverage = Coverage {
            accepted: vec![false; findings.len()],
            unused: self.entries.iter().map(|entry| entry.count).collect(),
            used: Fingerprints::default(),
        };
        let written = self.entries.iter().map(|entry| entry.fingerprint.clone()).enumerate();
        coverage.accept(&findings, written);
        let moved = moved::Moves::find(self, &coverage, &findings, site);
        for seen_now in [moved::Moves::as_written, moved::Moves::as_moved] {
            let elsewhere = self.entries.iter().enumerate();
            let elsewhere =
                elsewhere.filter_map(|(index, entry)| Some((index, seen_now(&moved, &entry.fingerprint)?)));
            coverage.accept(&findings, elsewhere);
        }
        coverage
    }

    /// Takes the accepted findings out of a report and counts them.
    pub fn apply(&self, report: &mut Report, site: &Site) -> Coverage {
        let coverage = self.cover(report, site);
        let mut accepted = coverage.accepted.iter();
        let next_is_accepted = |_: &mut _| accepted.next().copied().unwrap_or_default();
        let silenced = report.findings.extract_if(.., next_is_accepted).collect();
        report.silence(silenced, Silencer::Baseline);
        report.summary.accepted = coverage.used.total();
        coverage
    }

    /// Adds a finding for each entry that accepts more than there is.
    pub fn report_stale(&self, coverage: &Coverage, path: &DocPath, ruleset: &Ruleset, report: &mut Report) {
        let unused = self.entries.iter().zip(&coverage.unused).filter(|(_, unused)| **unused > 0);
        for (entry, &unused) in unused {
            let Fingerprint { path: page, rule, .. } = &entry.fingerprint;
            let place = (path, entry.span);
            let found = (page, &**rule, unused, entry.count);
            rules::report_stale_baseline(place, found, ruleset, &mut report.findings);
        }
        report.sort();
    }

    /// The files in which it accepts something.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&DocPath> {
        self.entries.iter().map(|entry| &entry.fingerprint.path).collect()
    }
}

impl Coverage {
    fn accept(&mut self, findings: &[Fingerprint], entries: impl Iterator<Item = (usize, Fingerprint)>) {
        let mut open = rustc_hash::FxHashMap::<Fingerprint, Vec<usize>>::default();
        for (index, fingerprint) in entries.filter(|(index, _)| self.unused[*index] > 0) {
            open.entry(fingerprint).or_default().push(index);
        }
        for (finding, accepted) in findings.iter().zip(&mut self.accepted).filter(|(_, accepted)| !**accepted)
        {
            let Some(entries) = open.get_mut(finding) else { continue };
            let Some(&entry) = entries.last() else { continue };
            self.unused[entry] -= 1;
            if self.unused[entry] == 0 {
                entries.pop();
            }
            self.used.add(finding.clone(), 1);
            *accepted = true;
        }
    }
}

/// The text of a baseline: sorted, an entry a line, without line numbers, so that few changes conflict.
#[must_use]
pub fn write(findings: &Fingerprints) -> String {
    let entry = |(fingerprint, count): (&Fingerprint, usize)| {
        let Fingerprint { path, rule, about } = fingerprint;
        let [path, rule, about] = [path.as_str(), rule, about].map(quoted);
        format!("\n    {{\"path\": {path}, \"rule\": {rule}, \"about\": {about}, \"count\": {count}}}")
    };
    let entries: Vec<String> = findings.iter().map(entry).collect();
    let end = if entries.is_empty() { "" } else { "\n  " };
    format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{}{end}]\n}}\n", entries.join(","))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
