//! The links of a page, each with where it leads and what is to be said of it.

use super::definition::target;
use super::state;
use super::{Location, place};
use crate::facts::Link;
use crate::site::{AddressKind, Doc, DocId, Site};
use crate::source::{LineIndex, Span};

/// A link of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// What to underline: the destination.
    pub span: Span,
    /// Where it leads.
    pub target: LinkTarget,
    /// What becomes of it, in a few words.
    pub tooltip: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A file of the tree, and the line in it, counted from 0, where one is meant.
    File(Location, Option<u32>),
    /// Another site.
    Address(String),
    /// Nowhere that could be opened.
    Nowhere,
}

/// The links of a page, in order. Destinations that no platform of the page follows are none.
#[must_use]
pub fn document_links(site: &Site, doc: DocId) -> Vec<DocumentLink> {
    let Some(page) = site.docs.get(doc as usize) else { return Vec::new() };
    page.facts.links.iter().filter_map(|link| document_link(site, doc, page, link)).collect()
}

fn document_link(site: &Site, id: DocId, doc: &Doc, link: &Link) -> Option<DocumentLink> {
    let (page, resolved) = place::judged(site, id, link)?;
    let tooltip = state::tooltip(&page, link, &resolved);
    let goal = site.goal(id, link);
    let target = match goal.and_then(|goal| target(site, &goal, false)) {
        Some(location) => {
            let line = line_of(site, &location);
            LinkTarget::File(location, line)
        }
        None => {
            let destination = link.target.destination(&doc.text).trim();
            match AddressKind::of(destination) {
                AddressKind::External => LinkTarget::Address(destination.to_owned()),
                _ => LinkTarget::Nowhere,
            }
        }
    };
    Some(DocumentLink { span: link.target.span, target, tooltip })
}

fn line_of(site: &Site, location: &Location) -> Option<u32> {
    if location.span == Span::default() {
        return None;
    }
    let lines: &LineIndex = &site.doc(site.find_doc(&location.path)?).lines;
    Some(lines.line_of(location.span.range().start) as u32)
}
