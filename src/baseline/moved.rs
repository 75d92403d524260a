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

/// Pages with findings of which the baseline knows nothing.
struct NewPages<'f> {
    by_subject: FxHashMap<(&'f str, &'f str), Vec<&'f DocPath>>,
    by_name: FxHashMap<&'f str, Vec<&'f DocPath>>,
}

impl<'f> NewPages<'f> {
    fn of(findings: impl Iterator<Item = &'f Fingerprint>) -> NewPages<'f> {
        let mut pages = NewPages { by_subject: FxHashMap::default(), by_name: FxHashMap::default() };
        for Fingerprint { path, rule, about } in findings {
            let same_subject = pages.by_subject.entry((rule, about)).or_default();
            let same_name = pages.by_name.entry(path.file_name()).or_default();
            for list in [same_subject, same_name] {
                // Findings are sorted by page.
                if list.last() != Some(&path) && list.len() < MOST_CANDIDATES {
                    list.push(path);
                }
            }
        }
        pages
    }

    /// The page to which that of an entry was moved.
    fn of_entry(&self, entry: &Fingerprint) -> Option<&'f DocPath> {
        let has = |path: &DocPath, rule: &str, about: &str| {
            self.by_subject.get(&(rule, about)).is_some_and(|pages| pages.contains(&path))
        };
        let has_it = |path: &&&DocPath| {
            has(path, &entry.rule, &entry.about) || has(path, &entry.rule, &entry.as_seen_from(path).about)
        };
        let namesakes = self.by_name.get(entry.path.file_name()).map_or(&[][..], Vec::as_slice);
        let mut namesakes = namesakes.iter().filter(has_it);
        match (namesakes.next(), namesakes.next()) {
            (Some(only), None) => return Some(only),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        // Of a whole page nothing is known that would tell it from others.
        match self.by_subject.get(&(&*entry.rule, &*entry.about))?.as_slice() {
            [only] if !entry.about.is_empty() => Some(only),
            _ => None,
        }
    }
}
