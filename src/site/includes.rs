//! Which file includes which, and what that means for anchors.
//!
//! An included file is parsed once, on its own; a page's anchors are its own and those of everything it includes.

use super::DocId;

/// The include relation of all pages.
#[derive(Debug, Default)]
pub struct Includes {
    /// For each page: the pages it includes, and by which of its links.
    pub of: Vec<Vec<Inclusion>>,
    /// For each page: the pages that include it directly.
    pub by: Vec<Vec<DocId>>,
}

/// One page's content in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// The included page.
    pub doc: DocId,
    /// Index of the link that includes it.
    pub link: u32,
}

impl Includes {
    /// Turns the relation around.
    #[must_use]
    pub fn new(of: Vec<Vec<Inclusion>>) -> Includes {
        let mut by = vec![Vec::new(); of.len()];
        for (doc, inclusions) in of.iter().enumerate() {
            for inclusion in inclusions {
                by[inclusion.doc as usize].push(doc as DocId);
            }
        }
        for includers in &mut by {
            includers.dedup();
        }
        Includes { of, by }
    }

    /// The page and everything it includes, each once.
    #[must_use]
    pub fn closure(&self, doc: DocId) -> Vec<DocId> {
        reach(doc, |doc| self.of[doc as usize].iter().map(|inclusion| inclusion.doc))
    }

    /// The pages in which `doc`'s content ends up, `doc` left out.
    #[must_use]
    pub fn readers(&self, doc: DocId) -> Vec<DocId> {
        let mut readers = reach(doc, |doc| self.by[doc as usize].iter().copied());
        readers.remove(0);
        readers
    }

    /// Whether following the inclusion leads back to `includer`.
    #[must_use]
    pub fn is_circular(&self, includer: DocId, inclusion: Inclusion) -> bool {
        !self.of[inclusion.doc as usize].is_empty() && self.closure(inclusion.doc).contains(&includer)
            || inclusion.doc == includer
    }
}

fn reach<I: Iterator<Item = DocId>>(start: DocId, next: impl Fn(DocId) -> I) -> Vec<DocId> {
    let mut reached = vec![start];
    let mut seen = rustc_hash::FxHashSet::from_iter([start]);
    let mut at = 0;
    while at < reached.len() {
        for doc in next(reached[at]) {
            if seen.insert(doc) {
                reached.push(doc);
            }
        }
        at += 1;
    }
    reached
}
