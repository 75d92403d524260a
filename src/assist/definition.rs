//! Where what stands at an offset leads: go to definition.

use super::footnote::{Footnotes, footnote_at};
use super::place::{LinkPart, LinkPlace, Place};
use super::{Location, title};
use crate::site::{DocId, Goal, Site};
use crate::source::Span;

/// What was asked about, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What stands at the offset.
    pub origin: Span,
    /// Where it leads, the best first; never empty.
    pub targets: Vec<Location>,
}

/// Where what stands at an offset leads.
///
/// A link leads to its target, its path to the page as such, a label to its definition, the name of a page in a cell to
/// that page; a heading, an id and a definition lead to themselves.
#[must_use]
pub fn definition(site: &Site, doc: DocId, offset: usize) -> Option<Definition> {
    let place = Place::at(site, doc, offset)?;
    let (origin, targets) = of_link(&place)
        .or_else(|| of_undefined(&place))
        .or_else(|| of_footnote(&place))
        .or_else(|| of_anchor(&place))
        .or_else(|| of_cell(&place))?;
    (!targets.is_empty()).then_some(Definition { origin, targets })
}

fn of_link(place: &Place<'_>) -> Option<(Span, Vec<Location>)> {
    let link = place.link.as_ref()?;
    if let (LinkPart::Label, Some(definition)) = (link.part, link.definition()) {
        let definition = place.page.doc.facts.definitions.get(definition as usize)?;
        return Some((link.part_span, vec![here(place, definition.label)]));
    }
    let goal = place.page.site.goal(place.page.id, link.link)?;
    Some((origin(link), locations(place.page.site, &goal, link.part == LinkPart::Path)))
}

fn origin(link: &LinkPlace<'_>) -> Span {
    match link.part {
        LinkPart::Text | LinkPart::Label => link.span,
        LinkPart::Path | LinkPart::Query | LinkPart::Fragment => link.part_span,
    }
}

/// The target, then the entry of the redirect that leads there.
pub(super) fn locations(site: &Site, goal: &Goal, page_only: bool) -> Vec<Location> {
    let redirect = goal.redirect.map(|redirect| {
        let redirect = &site.redirects.list[redirect as usize];
        let span = if redirect.source_span.is_empty() { redirect.span } else { redirect.source_span };
        Location { path: redirect.declared_in.clone(), span }
    });
    target(site, goal, page_only).into_iter().chain(redirect).collect()
}

/// The heading or id; without one the file.
pub(super) fn target(site: &Site, goal: &Goal, page_only: bool) -> Option<Location> {
    match goal.anchor {
        Some((doc, anchor)) if !page_only => {
            Some(Location { path: site.doc(doc).path.clone(), span: anchor.span })
        }
        _ => Some(Location { path: site.files.path(goal.file?).clone(), span: Span::default() }),
    }
}

/// A label that another page defines, of those whose text is read as one.
fn of_undefined(place: &Place<'_>) -> Option<(Span, Vec<Location>)> {
    let undefined = place.undefined?;
    let site = place.page.site;
    let key = place.text(undefined.label).to_lowercase();
    let parts = site.includes.closure(place.page.id).into_iter();
    let found = parts.chain(site.includes.readers(place.page.id)).find_map(|doc| {
        let doc = site.doc(doc);
        let defined = doc.facts.definitions.iter().find(|definition| definition.key.to_lowercase() == key)?;
        Some(Location { path: doc.path.clone(), span: defined.label })
    });
    Some((undefined.label, found.into_iter().collect()))
}

fn of_footnote(place: &Place<'_>) -> Option<(Span, Vec<Location>)> {
    let facts = &place.page.doc.facts;
    let footnote = footnote_at(facts, place.offset)?;
    let definition = Footnotes::of(place.page.doc).definition(footnote);
    let span = facts.footnotes[footnote as usize].span;
    Some((span, definition.map(|label| here(place, label)).into_iter().collect()))
}

/// A heading or id: to itself, as editors then show who refers to it.
fn of_anchor(place: &Place<'_>) -> Option<(Span, Vec<Location>)> {
    let heading = place.heading.map(|heading| place.page.doc.facts.headings[heading as usize].span);
    let span = place.id.map(|id| id.span).or(heading)?;
    Some((span, vec![here(place, span)]))
}

/// The page of the title that a cell without a link says, or that a part of it says.
fn of_cell(place: &Place<'_>) -> Option<(Span, Vec<Location>)> {
    let cell = place.cell.as_ref()?.cell;
    let text = place.page.cell_text(cell);
    let titled = |text: &str| {
        let pages = place.page.site.pages_titled(text).iter().filter(|&&page| page != place.page.id);
        pages.map(|&page| title::location(place.page.site, page)).collect::<Vec<_>>()
    };
    let parts = place.contracts().into_iter().filter_map(|(_, column)| column).flat_map(|column| {
        let parts = column.demands.parts(text).map(|part| (cell.text.part(part, text, cell.span), part));
        parts.collect::<Vec<_>>()
    });
    let part = parts.into_iter().find(|(span, _)| super::place::touches(*span, place.offset));
    let all = Some((cell.span, text)).filter(|(_, text)| !text.is_empty());
    let found = all.into_iter().chain(part).map(|(span, text)| (span, titled(text)));
    found.into_iter().find(|(_, pages)| !pages.is_empty())
}

fn here(place: &Place<'_>, span: Span) -> Location {
    Location { path: place.page.doc.path.clone(), span }
}
