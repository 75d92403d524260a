//! Who leads to what stands at an offset: find references.
//!
//! A heading or id is known by its place, a page by its title or front matter, a definition by its label; a link asks
//! for all that lead where it leads.

use rustc_hash::FxHashSet;

use super::footnote::{Footnotes, footnote_at};
use super::place::{LinkPart, Place};
use super::{Location, title};
use crate::facts::HeadingId;
use crate::site::{DocId, Site};
use crate::source::Span;

/// What can be referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A page.
    Page(DocId),
    /// A heading or id: the page and the place of its [`AnchorPlace`](crate::site::AnchorPlace).
    Anchor(DocId, Span),
    /// A reference definition of a page: index into its definitions.
    Definition(DocId, u32),
    /// A footnote of a page: index into its footnotes.
    Footnote(DocId, u32),
}

/// The references to what stands at an offset, sorted; with what is referred to first, where that is asked for.
#[must_use]
pub fn references(site: &Site, doc: DocId, offset: usize, with_declaration: bool) -> Vec<Location> {
    let Some(subject) = Place::at(site, doc, offset).and_then(|place| subject(&place)) else {
        return Vec::new();
    };
    let declaration = with_declaration.then(|| declaration(site, subject));
    let mut found = references_to(site, subject);
    found.retain(|location| Some(location) != declaration.as_ref());
    declaration.into_iter().chain(found).collect()
}

/// What stands at a place that others can refer to.
#[must_use]
pub fn subject(place: &Place<'_>) -> Option<Subject> {
    let (site, id) = (place.page.site, place.page.id);
    if let Some(link) = &place.link {
        if let (LinkPart::Label, Some(definition)) = (link.part, link.definition()) {
            return Some(Subject::Definition(id, definition));
        }
        if let Some(goal) = site.goal(id, link.link) {
            return match goal.anchor {
                Some((doc, anchor)) => Some(of_anchor(site, doc, anchor.span, anchor.heading)),
                None => goal.doc.map(Subject::Page),
            };
        }
    }
    if let Some(footnote) = footnote_at(&place.page.doc.facts, place.offset) {
        return Some(Subject::Footnote(id, footnote));
    }
    if let Some(anchor) = place.id {
        return Some(Subject::Anchor(id, anchor.span));
    }
    if let Some(heading) = place.heading {
        let span = place.page.doc.facts.headings[heading as usize].span;
        return Some(of_anchor(site, id, span, Some(heading)));
    }
    place.front_matter.as_ref().map(|_| Subject::Page(id))
}

/// Who leads to the title leads to the page.
fn of_anchor(site: &Site, doc: DocId, span: Span, heading: Option<HeadingId>) -> Subject {
    match heading.is_some() && title::heading(site.doc(doc)) == heading {
        true => Subject::Page(doc),
        false => Subject::Anchor(doc, span),
    }
}

fn declaration(site: &Site, subject: Subject) -> Location {
    let (doc, span) = match subject {
        Subject::Page(doc) => (doc, title::place(site.doc(doc))),
        Subject::Anchor(doc, span) => (doc, span),
        Subject::Definition(doc, definition) => {
            (doc, site.doc(doc).facts.definitions[definition as usize].label)
        }
        Subject::Footnote(doc, footnote) => {
            let footnotes = Footnotes::of(site.doc(doc));
            (doc, footnotes.definition(footnote).unwrap_or_default())
        }
    };
    Location { path: site.doc(doc).path.clone(), span }
}

/// The places that refer to something, sorted.
#[must_use]
pub fn references_to(site: &Site, subject: Subject) -> Vec<Location> {
    let mut found: Vec<Location> = match subject {
        Subject::Page(doc) => site.links_to(doc).map(|link| written(site, link)).collect(),
        Subject::Anchor(doc, span) => {
            let to_here = anchored(site, doc).into_iter().filter(|(_, anchor)| *anchor == span);
            to_here.map(|(link, _)| written(site, link)).collect()
        }
        Subject::Definition(doc, definition) => {
            let page = site.doc(doc);
            let uses = page.facts.references.iter().filter(|used| used.definition == definition);
            uses.map(|used| Location { path: page.path.clone(), span: used.span }).collect()
        }
        Subject::Footnote(doc, footnote) => {
            let page = site.doc(doc);
            let uses = Footnotes::of(page).uses(footnote);
            uses.into_iter().map(|span| Location { path: page.path.clone(), span }).collect()
        }
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// The links that lead to a heading or id of a page, each with the place of that.
///
/// What is included has the readers' links too, and text that is read together with it leads here by the name alone.
pub(super) fn anchored(site: &Site, doc: DocId) -> Vec<((DocId, u32), Span)> {
    let mut whole: Vec<DocId> = vec![doc];
    whole.extend(site.includes.readers(doc));
    let wholes: FxHashSet<DocId> = whole.iter().copied().collect();
    let mut parts: FxHashSet<DocId> = FxHashSet::default();
    for &page in &whole {
        parts.extend(site.includes.closure(page).into_iter().filter(|part| !wholes.contains(part)));
    }
    let from_outside = whole.iter().flat_map(|&page| site.links_to(page));
    let from_inside = parts.iter().flat_map(|&part| site.links_between(part, part));
    let anchor = |(from, link): (DocId, u32)| {
        let (found, anchor) = site.goal(from, &site.doc(from).facts.links[link as usize])?.anchor?;
        (found == doc).then_some(((from, link), anchor.span))
    };
    from_outside.chain(from_inside).filter_map(anchor).collect()
}

/// Where a link names what it leads to.
pub(super) fn written(site: &Site, (doc, link): (DocId, u32)) -> Location {
    let page = site.doc(doc);
    let link = &page.facts.links[link as usize];
    Location { path: page.path.clone(), span: link.target.span }
}
