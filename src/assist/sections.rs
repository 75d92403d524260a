//! How far the sections of a page reach.

use crate::site::Doc;
use crate::source::Span;

/// For each heading all that stands under it, the heading included: up to the next one of its level or a higher one.
#[must_use]
pub fn sections(doc: &Doc) -> Vec<Span> {
    let headings = &doc.facts.headings;
    let mut ends = vec![doc.text.len(); headings.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        while let Some(&last) = open.last().filter(|&&last| headings[last].level >= heading.level) {
            ends[last] = heading.span.range().start;
            open.pop();
        }
        open.push(index);
    }
    let starts = headings.iter().map(|heading| heading.span.range().start);
    starts.zip(ends).map(|(start, end)| Span::new(start, end.max(start))).collect()
}
