//! How many links lead to each heading of a page.

use rustc_hash::FxHashMap;

use super::references::{anchored, references_to, written};
use super::{Location, references::Subject, title};
use crate::facts::HeadingId;
use crate::site::{DocId, Site};
use crate::source::Span;

/// A heading with the links that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The heading.
    pub span: Span,
    /// Who leads to it, sorted; for the title of a page who leads to the page.
    pub references: Vec<Location>,
}

impl Lens {
    /// `3 references`.
    #[must_use]
    pub fn title(&self) -> String {
        crate::words::count(self.references.len(), "reference")
    }
}

/// The headings of a page, in order, each with the links that lead to it.
#[must_use]
pub fn lenses(site: &Site, doc: DocId) -> Vec<Lens> {
    let Some(page) = site.docs.get(doc as usize) else { return Vec::new() };
    let mut by_place: FxHashMap<Span, Vec<Location>> = FxHashMap::default();
    for (link, anchor) in anchored(site, doc) {
        by_place.entry(anchor).or_default().push(written(site, link));
    }
    let title = title::heading(page);
    let headings = (0..).zip(&page.facts.headings);
    let lens = |(id, heading): (HeadingId, &crate::facts::Heading)| {
        let references = match title == Some(id) {
            true => references_to(site, Subject::Page(doc)),
            false => {
                let mut references = by_place.remove(&heading.span).unwrap_or_default();
                references.sort_unstable();
                references.dedup();
                references
            }
        };
        Lens { span: heading.span, references }
    };
    headings.map(lens).collect()
}
