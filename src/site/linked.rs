//! What a page leads to, and which files nothing leads to.

use rayon::prelude::*;

use super::{DocId, FileId, Outcome, Site};
use crate::dialect::Usage;

impl Site {
    /// Which files a page, a navigation file or an include leads to; a page does not lead to itself.
    #[must_use]
    pub fn linked_files(&self) -> Vec<bool> {
        let docs = 0..self.docs.len() as DocId;
        let of_pages =
            self.linked.get_or_init(|| docs.into_par_iter().map(|doc| self.files_linked_from(doc)).collect());
        let mut linked = vec![false; self.files.paths.len()];
        for &file in of_pages.iter().flatten() {
            linked[file as usize] = true;
        }
        linked
    }

    /// Looks again at what a page leads to, if anybody has asked; says whether that differs.
    pub fn link_again(&mut self, id: DocId) -> bool {
        if self.linked.get().is_none() {
            return false;
        }
        let now = self.files_linked_from(id);
        let Some(of_pages) = self.linked.get_mut() else { return false };
        std::mem::replace(&mut of_pages[id as usize], now) != of_pages[id as usize]
    }

    /// The files that a page leads to, but for itself; sorted.
    #[must_use]
    pub fn files_linked_from(&self, id: DocId) -> Vec<FileId> {
        let doc = self.doc(id);
        let mut files: Vec<FileId> = Vec::new();
        for judge in self.judges(id) {
            let project = &self.projects[judge.project as usize];
            for link in &doc.facts.links {
                let usage = (project.dialect.usage)(doc, link);
                if usage == Usage::Nothing {
                    continue;
                }
                match self.resolve(id, *judge, link, usage).outcome {
                    Outcome::Address(versions) => files.extend(versions),
                    outcome => files.extend(outcome.file()),
                }
            }
        }
        files.sort_unstable();
        files.dedup();
        files.retain(|&file| self.doc_of(file) != Some(id));
        files
    }

    /// The pages that a page's links lead to.
    pub(super) fn linked_pages(&self, id: DocId) -> impl Iterator<Item = DocId> {
        let doc = self.doc(id);
        self.judges(id).iter().flat_map(move |judge| {
            let project = &self.projects[judge.project as usize];
            let links = doc.facts.links.iter();
            links.filter_map(move |link| {
                let outcome = self.outcome(doc, project, link, (project.dialect.usage)(doc, link));
                self.doc_of(outcome.file()?)
            })
        })
    }
}
