//! Who leads to a page: the links of all pages turned around.
//!
//! Built when somebody asks for the first time. Knows pages, not the places in them: whether a link has a fragment, and
//! what that names, is looked up when it is asked for, so that an edit touches the links of the edited page only.

use rayon::prelude::*;

use super::resolve::Outcome;
use super::{DocId, Site};

/// The links of all pages by what they lead to.
#[derive(Debug, Default)]
pub(super) struct Backlinks {
    /// For each page: the pages that its links lead to, with the link's index; sorted.
    of: Vec<Box<[(DocId, u32)]>>,
    /// For each page: the pages that lead to it; sorted.
    by: Vec<Vec<DocId>>,
}

impl Site {
    /// The links that lead to a page, also by way of redirects, its own among them: the page that holds each, and the
    /// link's index.
    pub fn links_to(&self, doc: DocId) -> impl Iterator<Item = (DocId, u32)> + '_ {
        let index = self.backlinks();
        index.by[doc as usize].iter().flat_map(move |&from| self.links_between(from, doc))
    }

    /// Those of one page.
    pub fn links_between(&self, from: DocId, to: DocId) -> impl Iterator<Item = (DocId, u32)> + '_ {
        let links = &self.backlinks().of[from as usize];
        let start = links.partition_point(|(target, _)| *target < to);
        links[start..].iter().take_while(move |(target, _)| *target == to).map(move |&(_, link)| (from, link))
    }

    /// Looks again at what a page's links lead to, after its text has changed.
    pub fn turn_links_again(&mut self, id: DocId) {
        if self.backlinks.get().is_none() {
            return;
        }
        let now = self.targets(id);
        let Some(index) = self.backlinks.get_mut() else { return };
        let before = std::mem::replace(&mut index.of[id as usize], now);
        for (target, _) in before {
            let by = &mut index.by[target as usize];
            if let Ok(place) = by.binary_search(&id) {
                by.remove(place);
            }
        }
        for &(target, _) in &index.of[id as usize] {
            let by = &mut index.by[target as usize];
            if let Err(place) = by.binary_search(&id) {
                by.insert(place, id);
            }
        }
    }

    fn backlinks(&self) -> &Backlinks {
        self.backlinks.get_or_init(|| {
            let pages = 0..self.docs.len() as DocId;
            let of: Vec<Box<[(DocId, u32)]>> = pages.into_par_iter().map(|id| self.targets(id)).collect();
            let mut by: Vec<Vec<DocId>> = vec![Vec::new(); of.len()];
            for (from, links) in (0..).zip(&of) {
                for &(target, _) in links {
                    if by[target as usize].last() != Some(&from) {
                        by[target as usize].push(from);
                    }
                }
            }
            Backlinks { of, by }
        })
    }

    fn targets(&self, id: DocId) -> Box<[(DocId, u32)]> {
        let links = (0..).zip(&self.doc(id).facts.links);
        let leads = links.filter_map(|(index, link)| {
            // Where text counts in its readers, an anchor's name still counts from where it is written.
            let is_here = || self.views(id).any(|page| page.resolve(link).outcome == Outcome::ThisPage);
            let target = self.goal(id, link)?.doc?;
            Some((if target != id && is_here() { id } else { target }, index))
        });
        let mut targets: Vec<(DocId, u32)> = leads.collect();
        targets.sort_unstable();
        targets.into()
    }
}
