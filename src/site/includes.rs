//! Which file includes which, and what that means for anchors.
//!
//! An included file is parsed once, on its own; a page's anchors are its own and those of everything it includes.

use rustc_hash::FxHashSet;

use super::DocId;

/// The include relation of all pages.
#[derive(Debug, Default)]
pub struct Includes {
    /// For each page: the pages it includes, and by which of its links.
    pub of: Vec<Vec<Inclusion>>,
    /// For each page: the pages it includes, each once.
    parts: Vec<Vec<DocId>>,
    /// For each page: the pages that include it directly.
    pub by: Vec<Vec<DocId>>,
    /// For each page: one of those that include each other in a circle with it, the same for all of them.
    circles: Vec<DocId>,
}

/// Pages further away count neither as parts nor as readers: nobody writes so many, and each is looked through.
const MOST_REACHED: usize = 1000;

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
        let parts: Vec<Vec<DocId>> = of.iter().map(|inclusions| distinct(inclusions)).collect();
        let circles = circles(&parts, &by);
        Includes { of, parts, by, circles }
    }

    /// The page and what it includes, each once, nearest first.
    #[must_use]
    pub fn closure(&self, doc: DocId) -> Vec<DocId> {
        reach(doc, |doc| self.parts[doc as usize].iter().copied())
    }

    /// Whether [`Includes::closure`] has left something out.
    #[must_use]
    pub fn is_whole(&self, closure: &[DocId]) -> bool {
        closure.len() < MOST_REACHED
    }

    /// The pages in which `doc`'s content ends up, `doc` left out, nearest first.
    #[must_use]
    pub fn readers(&self, doc: DocId) -> Vec<DocId> {
        let mut readers = reach(doc, |doc| self.by[doc as usize].iter().copied());
        readers.remove(0);
        readers
    }

    /// Whether following the inclusion leads back to `includer`.
    #[must_use]
    pub fn is_circular(&self, includer: DocId, inclusion: Inclusion) -> bool {
        self.circles[includer as usize] == self.circles[inclusion.doc as usize]
    }
}

fn distinct(inclusions: &[Inclusion]) -> Vec<DocId> {
    let mut seen = FxHashSet::default();
    inclusions.iter().map(|inclusion| inclusion.doc).filter(|&doc| seen.insert(doc)).collect()
}

fn reach<I: Iterator<Item = DocId>>(start: DocId, next: impl Fn(DocId) -> I) -> Vec<DocId> {
    let mut reached = vec![start];
    let mut seen = FxHashSet::from_iter([start]);
    let mut at = 0;
    while at < reached.len() {
        for doc in next(reached[at]) {
            if reached.len() == MOST_REACHED {
                return reached;
            }
            if seen.insert(doc) {
                reached.push(doc);
            }
        }
        at += 1;
    }
    reached
}

/// Kosaraju's algorithm, without recursion: pages in the order in which their includes are done, then, last first, each
/// takes into its circle all that reaches it and belongs to no circle yet.
fn circles(parts: &[Vec<DocId>], by: &[Vec<DocId>]) -> Vec<DocId> {
    let pages = 0..parts.len() as DocId;
    let mut seen = vec![false; parts.len()];
    let mut done = Vec::with_capacity(parts.len());
    for page in pages.clone() {
        let mut open = vec![(page, 0)];
        while let Some((page, next)) = open.pop() {
            if next == 0 && std::mem::replace(&mut seen[page as usize], true) {
                continue;
            }
            match parts[page as usize].get(next) {
                Some(&part) => open.extend([(page, next + 1), (part, 0)]),
                None => done.push(page),
            }
        }
    }
    let mut circles: Vec<Option<DocId>> = vec![None; parts.len()];
    for &first in done.iter().rev() {
        let mut open = vec![first];
        while let Some(page) = open.pop() {
            if circles[page as usize].is_none() {
                circles[page as usize] = Some(first);
                open.extend(&by[page as usize]);
            }
        }
    }
    circles.into_iter().zip(pages).map(|(circle, page)| circle.unwrap_or(page)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_told_from_what_leads_to_them() {
        // 0 -> 1 <-> 2 -> 3, 4 -> 4, 0 -> 3
        let of: [&[DocId]; 5] = [&[1, 3], &[2], &[1, 3], &[], &[4]];
        let inclusions = |docs: &[DocId]| docs.iter().map(|&doc| Inclusion { doc, link: 0 }).collect();
        let includes = Includes::new(of.iter().map(|docs| inclusions(docs)).collect());
        let all = includes.of.iter().enumerate();
        let circular: Vec<(usize, DocId)> = all
            .flat_map(|(page, inclusions)| inclusions.iter().map(move |&inclusion| (page, inclusion)))
            .filter(|&(page, inclusion)| includes.is_circular(page as DocId, inclusion))
            .map(|(page, inclusion)| (page, inclusion.doc))
            .collect();
        assert_eq!(circular, [(1, 2), (2, 1), (4, 4)]);
        assert_eq!(includes.readers(3), [0, 2, 1]);
        assert_eq!(includes.closure(0), [0, 1, 3, 2]);
    }
}
