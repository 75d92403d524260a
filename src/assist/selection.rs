//! What to select when a selection grows: each step holds the one before.

use super::place::{LinkPart, Place, entry_span, touches};
use super::sections::sections;
use crate::site::{DocId, Site};
use crate::source::{Span, floor_char_boundary};

/// The steps of a growing selection around an offset, the smallest first; each lies in the next, the last is the page.
#[must_use]
pub fn selection_ranges(site: &Site, doc: DocId, offset: usize) -> Vec<Span> {
    let Some(place) = Place::at(site, doc, offset) else { return Vec::new() };
    let text = &*place.page.doc.text;
    let mut spans = vec![Span::new(0, text.len()), word(text, offset)];
    let lines = &place.page.doc.lines;
    spans.push(lines.line_span(text, lines.line_of(offset)));
    spans.extend(of_link(&place));
    spans.extend(of_table(&place));
    spans.extend(of_front_matter(&place));
    spans.extend(sections(place.page.doc));
    spans.extend(place.page.doc.facts.code_blocks.iter().copied());
    spans.retain(|span| touches(*span, offset));
    spans.sort_by_key(|span| (span.len(), span.start));
    nested(spans)
}

/// Of spans, the smallest first, those that hold all the smaller ones that are kept.
fn nested(spans: Vec<Span>) -> Vec<Span> {
    let mut steps: Vec<Span> = Vec::new();
    for span in spans {
        if steps.last().is_none_or(|last| span.contains(*last) && span != *last) {
            steps.push(span);
        }
    }
    steps
}

fn of_link(place: &Place<'_>) -> Vec<Span> {
    let Some(link) = &place.link else { return Vec::new() };
    let mut spans = vec![link.span];
    if link.part != LinkPart::Text {
        spans.push(link.part_span);
    }
    if link.reference.is_none() {
        spans.push(link.link.target.span);
    }
    spans
}

fn of_table(place: &Place<'_>) -> Vec<Span> {
    let cell = place.cell.iter().flat_map(|cell| [cell.cell.span, cell.row.span]);
    cell.chain(place.table.map(|table| table.span)).collect()
}

fn of_front_matter(place: &Place<'_>) -> Vec<Span> {
    let Some(found) = &place.front_matter else { return Vec::new() };
    let entries =
        found.entries.iter().flat_map(|entry| [entry.value.span, entry.key.span, entry_span(entry)]);
    entries.chain(found.value.map(|value| value.span)).chain([found.front_matter.span]).collect()
}

/// The letters and digits around an offset; empty where there are none.
fn word(text: &str, offset: usize) -> Span {
    let offset = floor_char_boundary(text, offset);
    let is_letter = |next: char| next.is_alphanumeric() || next == '_';
    let start = text[..offset].trim_end_matches(is_letter).len();
    let end = text.len() - text[offset..].trim_start_matches(is_letter).len();
    Span::new(start, end)
}
