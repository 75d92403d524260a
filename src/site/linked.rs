//! What a page leads to, and which files nothing leads to.

use rayon::prelude::*;

use super::{DocId, FileId, Outcome, Site};
use crate::dialect::Usage;

impl Site {
    /// Which files a page, a navigation file or an include leads to; a page does not lead to itself.
    #[must_use]
    pub fn linked_files(&self) -> Vec<bool> {
        let docs = 0..self.docs.len() as DocId;
        let found: Vec<Vec<FileId>> = docs.into_par_iter().map(|doc| self.files_linked_from(doc)).collect();
        let mut linked = vec![false; self.files.paths.len()];
        for file in found.into_iter().flatten() {
            linked[file as usize] = true;
        }
        linked
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
