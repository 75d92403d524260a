//! Where a page says what it is called.

use super::Location;
use crate::facts::HeadingId;
use crate::site::{Doc, DocId, Site};
use crate::source::Span;

/// The heading that is a page's title: the first of level 1.
#[must_use]
pub fn heading(doc: &Doc) -> Option<HeadingId> {
    doc.facts.headings.iter().position(|heading| heading.level == 1).map(|index| index as HeadingId)
}

/// What a page is called, if it says so: the title that readers see.
#[must_use]
pub fn title(doc: &Doc) -> Option<String> {
    let titles = doc.titles();
    // The heading comes last.
    titles.into_iter().next_back()
}

/// Where a page is called so; its beginning where it has no name.
#[must_use]
pub fn place(doc: &Doc) -> Span {
    if let Some(heading) = heading(doc) {
        return doc.facts.headings[heading as usize].span;
    }
    let entry = doc.facts.front_matter.as_ref().and_then(|it| it.get("title", &doc.text));
    entry.map(|entry| entry.value.span).unwrap_or_default()
}

/// The same with the page.
#[must_use]
pub fn location(site: &Site, doc: DocId) -> Location {
    let doc = site.doc(doc);
    Location { path: doc.path.clone(), span: place(doc) }
}
