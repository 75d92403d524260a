//! Pages that were moved since the baseline was written: their entries move along.
//!
//! Nobody says what was moved, so it must be plain: the old page is gone, the new one is not in the baseline, and what
//! was accepted in the one is found in the other. It has the same name, or there is no other candidate.

use rustc_hash::FxHashMap;

use super::{Baseline, Coverage};
use crate::fingerprint::Fingerprint;
use crate::path::DocPath;
use crate::site::Site;

/// Among more candidates than these nothing is plain.
const MOST_CANDIDATES: usize = 16;

/// Where pages of the baseline are now.
pub(super) struct Moves(FxHashMap<DocPath, DocPath>);

impl Moves {
    pub(super) fn find(
        baseline: &Baseline,
        coverage: &Coverage,
        findings: &[Fingerprint],
        site: &Site,
    ) -> Moves {
        let known = baseline.paths();
        let is_gone =
            |path: &DocPath| site.files.find(path.as_str()).is_none() && site.source(path).is_none();
        let open = findings.iter().zip(&coverage.accepted).filter(|(_, accepted)| !**accepted);
        let open = open.map(|(finding, _)| finding).filter(|finding| !known.contains(&finding.path));
        let pages = NewPages::of(open);
        let mut moves: FxHashMap<DocPath, Option<DocPath>> = FxHashMap::default();
        let left = baseline.entries.iter().zip(&coverage.unused).filter(|(_, unused)| **unused > 0);
        for entry in left.map(|(entry, _)| &entry.fingerprint).filter(|entry| is_gone(&entry.path)) {
            if moves.get(&entry.path).is_some_and(Option::is_some) {
                continue;
            }
            moves.insert(entry.path.clone(), pages.of_entry(entry).cloned());
        }
        Moves(moves.into_iter().filter_map(|(old, new)| Some((old, new?))).collect())
    }

    /// An entry in its page's new place.
    pub(super) fn as_written(&self, entry: &Fingerprint) -> Option<Fingerprint> {
        Some(Fingerprint { path: self.0.get(&entry.path)?.clone(), ..entry.clone() })
    }

    /// The same, where the destination was left as it was written.
    pub(super) fn as_moved(&self, entry: &Fingerprint) -> Option<Fingerprint> {
        Some(entry.as_seen_from(self.0.get(&entry.path)?))
    }
}

/// Pages with findings of which the baseline knows nothing, by rule and what the finding is about: relative to the root,
/// and as it is written in the page.
#[derive(Default)]
struct NewPages<'f> {
    by_subject: FxHashMap<(&'f str, String), Vec<&'f DocPath>>,
}

impl<'f> NewPages<'f> {
    fn of(findings: impl Iterator<Item = &'f Fingerprint>) -> NewPages<'f> {
        let mut pages = NewPages::default();
        for finding in findings {
            for about in subjects(finding) {
                let list = pages.by_subject.entry((&finding.rule, about)).or_default();
                // Findings are sorted by page.
                if list.last() != Some(&&finding.path) && list.len() < MOST_CANDIDATES {
                    list.push(&finding.path);
                }
            }
        }
        pages
    }

    /// The page to which that of an entry was moved.
    fn of_entry(&self, entry: &'f Fingerprint) -> Option<&'f DocPath> {
        let of_subject = |about| self.by_subject.get(&(&*entry.rule, about)).into_iter().flatten().copied();
        let mut candidates: Vec<&DocPath> = subjects(entry).into_iter().flat_map(of_subject).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut namesakes = candidates.iter().filter(|path| path.file_name() == entry.path.file_name());
        match (namesakes.next(), namesakes.next(), candidates.as_slice()) {
            (Some(only), None, _) => Some(only),
            // Of a whole page nothing is known that would tell it from others.
            (None, _, [only]) if !entry.about.is_empty() => Some(only),
            _ => None,
        }
    }
}

fn subjects(fingerprint: &Fingerprint) -> [String; 2] {
    [fingerprint.about.to_string(), format!("./{}", fingerprint.as_written())]
}
