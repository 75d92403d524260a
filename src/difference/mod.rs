//! What a change brought about: which findings are new since another version of the tree, and why.
//!
//! Owns the comparison of two reports; what may have caused a finding is in `cause`. Pure: does not know where the two
//! versions come from, nor what is done with findings that are not new.

mod cause;
mod heading;

use std::collections::BTreeMap;
use std::ops::Bound;

use rustc_hash::FxHashMap;

pub use cause::{Cause, Gone};

use crate::engine::Report;
use crate::finding::Finding;
use crate::fingerprint::{Fingerprint, Fingerprints};
use crate::path::DocPath;
use crate::site::Site;

/// What became of a file between two versions of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it was; `None` where it is new.
    pub old: Option<DocPath>,
    /// Where it is; `None` where it is deleted.
    pub new: Option<DocPath>,
}

/// A version of the tree, and what was found in it.
#[derive(Clone, Copy)]
pub struct Version<'v> {
    /// All pages and names.
    pub site: &'v Site,
    /// What is wrong with them.
    pub report: &'v Report,
}

/// How the findings of two versions differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// For each finding of the later version why it is new; `None` where the earlier version has it.
    pub causes: Vec<Option<Cause>>,
}

impl Difference {
    /// Keeps the new findings, each with its cause; returns how many others there were.
    pub fn keep_new(self, report: &mut Report) -> usize {
        let all = std::mem::take(&mut report.findings);
        let before = all.len();
        let both = all.into_iter().zip(self.causes);
        report.findings = both.filter_map(|(finding, cause)| Some(cause?.explain(finding))).collect();
        before - report.findings.len()
    }
}

/// Compares two versions of a tree, given the files that differ, and what was accepted in the earlier one besides what
/// its report has.
#[must_use]
pub fn compare(
    base: Version<'_>,
    now: Version<'_>,
    accepted: &Fingerprints,
    changes: &[Change],
) -> Difference {
    let changes = Changes::of(changes);
    let known = match_all(base, now, &changes);
    let mut causes = cause::Causes::new(base.site, now.site, accepted, &changes);
    let cause = |(finding, known): (&Finding, bool)| (!known).then(|| causes.find(finding));
    Difference { causes: now.report.findings.iter().zip(known).map(cause).collect() }
}

/// Which of the later findings are in the earlier version too.
fn match_all(base: Version<'_>, now: Version<'_>, changes: &Changes) -> Vec<bool> {
    let earlier = Fingerprint::all(base.report, base.site);
    let later = Fingerprint::all(now.report, now.site);
    let mut left: Vec<Fingerprint> = earlier;
    let mut known = vec![false; later.len()];
    let in_moved_page = |one: &Fingerprint| one.as_seen_from(changes.now(&one.path));
    let same_page = |one: &Fingerprint| Fingerprint { path: changes.now(&one.path).clone(), ..one.clone() };
    let of_moved_target = |one: &Fingerprint| changes.follow_target(same_page(one));
    let ways: [&dyn Fn(&Fingerprint) -> Fingerprint; 3] = [&same_page, &in_moved_page, &of_moved_target];
    for seen_now in ways {
        let mut open: FxHashMap<Fingerprint, Vec<usize>> = FxHashMap::default();
        for (index, one) in left.iter().enumerate() {
            open.entry(seen_now(one)).or_default().push(index);
        }
        let mut is_matched = vec![false; left.len()];
        for (one, known) in later.iter().zip(&mut known).filter(|(_, known)| !**known) {
            if let Some(index) = open.get_mut(one).and_then(Vec::pop) {
                is_matched[index] = true;
                *known = true;
            }
        }
        let mut matched = is_matched.into_iter();
        left.retain(|_| !matched.next().unwrap_or_default());
    }
    known
}

/// The changes, looked up by either name.
struct Changes {
    by_old: BTreeMap<DocPath, Option<DocPath>>,
    by_new: BTreeMap<DocPath, Option<DocPath>>,
}

impl Changes {
    fn of(changes: &[Change]) -> Changes {
        let by_old = changes.iter().filter_map(|change| Some((change.old.clone()?, change.new.clone())));
        let by_new = changes.iter().filter_map(|change| Some((change.new.clone()?, change.old.clone())));
        Changes { by_old: by_old.collect(), by_new: by_new.collect() }
    }

    /// Where a file of the earlier version is now; where it was, if it is no more.
    fn now<'c>(&'c self, old: &'c DocPath) -> &'c DocPath {
        self.by_old.get(old).and_then(Option::as_ref).unwrap_or(old)
    }

    /// Where a file of now was before; `None` where it is new.
    fn before<'c>(&'c self, new: &'c DocPath) -> Option<&'c DocPath> {
        self.by_new.get(new).map_or(Some(new), Option::as_ref)
    }

    /// Whether a file of now is new, moved or has another text.
    fn touch(&self, new: &DocPath) -> bool {
        self.by_new.contains_key(new)
    }

    /// A file of the earlier version that is elsewhere now: where.
    fn moved(&self, old: &DocPath) -> Option<&DocPath> {
        self.by_old.get(old)?.as_ref().filter(|new| *new != old)
    }

    fn is_deleted(&self, old: &DocPath) -> bool {
        self.by_old.get(old).is_some_and(Option::is_none)
    }

    /// The first file of the earlier version below a folder that is no longer where it was.
    fn left_folder(&self, folder: &DocPath) -> Option<&DocPath> {
        let start = format!("{folder}/");
        let below = self.by_old.range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded));
        let mut below = below.map(|(old, _)| old).take_while(|old| old.below(folder.as_str()).is_some());
        below.find(|old| self.is_deleted(old) || self.moved(old).is_some())
    }

    fn follow_target(&self, fingerprint: Fingerprint) -> Fingerprint {
        let hash = fingerprint.about.find('#').unwrap_or(fingerprint.about.len());
        let (target, fragment) = fingerprint.about.split_at(hash);
        match self.by_old.get(target) {
            Some(Some(new)) => Fingerprint { about: format!("{new}{fragment}").into(), ..fingerprint },
            _ => fingerprint,
        }
    }
}

#[cfg(test)]
mod tests;
