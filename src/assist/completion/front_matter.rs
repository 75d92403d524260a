//! Proposes keys of front matter that the pages around have, and the values they give them.

use rustc_hash::FxHashMap;

use super::{Completion, CompletionKind, Completions};
use crate::facts::{Entry, Value};
use crate::site::{Doc, DocId, Site};
use crate::source::Span;
use crate::words::count;

/// So many pages around tell what is usual.
const MOST_NEIGHBOURS: usize = 400;

/// Longer values are texts of their own.
const LONGEST_VALUE: usize = 60;

/// What is being typed in front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The key whose value it is; `None` for a key.
    key: Option<String>,
    /// What a proposal takes the place of.
    replace: Span,
    /// Up to the cursor.
    typed: String,
    sign: &'static str,
}

/// What of the front matter stands at an offset; also where nobody has closed it yet.
pub(super) fn place(doc: &Doc, offset: usize) -> Option<Place> {
    let text = doc.text.strip_prefix('\u{feff}').unwrap_or(&doc.text);
    let begin = doc.text.len() - text.len();
    let mark = ["---", "+++"].into_iter().find(|mark| text.starts_with(mark))?;
    let first = text.lines().next()?;
    let is_header = match &doc.facts.front_matter {
        Some(header) => header.span.start as usize <= offset && offset <= header.span.end as usize,
        None => {
            let before = doc.text.get(begin + mark.len()..offset).unwrap_or("\n\n");
            first.trim_end() == mark
                && before.contains('\n')
                && !before.contains("\n---")
                && !before.contains("\n\n")
        }
    };
    if !is_header {
        return None;
    }
    let line = doc.lines.line_span(&doc.text, doc.lines.line_of(offset)).range();
    let before = doc.text.get(line.start..offset)?;
    let (sign, end) = if mark == "---" { (": ", ':') } else { (" = ", '=') };
    if before.starts_with([' ', '\t', '#', '-', '[', '+']) {
        return None;
    }
    match before.split_once(end) {
        None => {
            let after = &doc.text[offset..line.end];
            let word = after.find(|next: char| next.is_whitespace() || next == end).unwrap_or(after.len());
            // A value that is there already keeps its mark.
            let sign = if after[word..].trim_start().starts_with(end) { "" } else { sign };
            Some(Place {
                key: None,
                replace: Span::new(line.start, offset + word),
                typed: before.to_owned(),
                sign,
            })
        }
        Some((key, value)) => {
            let start = offset - value.trim_start().len();
            let key = Some(key.trim().to_owned());
            let typed = value.trim_start().to_owned();
            Some(Place { key, replace: Span::new(start, line.end.max(offset)), typed, sign: "" })
        }
    }
}

pub(super) fn complete(site: &Site, id: DocId, place: &Place) -> Completions {
    let doc = site.doc(id);
    let neighbours = neighbours(site, id);
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for neighbour in &neighbours {
        for proposal in proposals(neighbour, place) {
            *counts.entry(proposal).or_default() += 1;
        }
    }
    let own = doc.facts.front_matter.as_ref().map(|header| &*header.entries).unwrap_or_default();
    let is_there = |name: &str| {
        place.key.is_none()
            && own.iter().any(|entry| name_of(doc, entry) == name && entry.key.span != place.replace)
    };
    let mut all: Vec<(String, usize)> = counts.into_iter().filter(|(name, _)| !is_there(name)).collect();
    if place.key.is_some() {
        // A value of one page is its own.
        all.retain(|(_, times)| *times > 1);
    }
    all.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let (kind, pages) = match place.key {
        Some(_) => (CompletionKind::Value, neighbours.len()),
        None => (CompletionKind::Key, neighbours.len()),
    };
    Completions::of(
        &place.typed,
        all,
        |(name, _)| name,
        |(name, times)| {
            Some(Completion {
                label: name.clone(),
                insert: format!("{name}{}", place.sign),
                replace: place.replace,
                detail: Some(format!("in {times} of {} around", count(pages, "page"))),
                kind,
            })
        },
    )
}

/// The pages around, with front matter.
fn neighbours(site: &Site, id: DocId) -> Vec<&Doc> {
    let at = id as usize;
    let (before, after) = (site.docs[..at].iter().rev(), site.docs[at + 1..].iter());
    let half = MOST_NEIGHBOURS / 2;
    let near = before.take(half).chain(after.take(half));
    near.filter(|doc| doc.facts.front_matter.is_some() && !doc.is_navigation).collect()
}

fn proposals(doc: &Doc, place: &Place) -> Vec<String> {
    let entries = doc.facts.front_matter.as_ref().map(|header| &*header.entries).unwrap_or_default();
    match &place.key {
        None => {
            let keys = entries.iter().map(|entry| name_of(doc, entry).to_owned());
            keys.filter(|key| !key.is_empty() && !key.contains(char::is_whitespace)).collect()
        }
        Some(key) => {
            let entry = entries.iter().find(|entry| name_of(doc, entry) == key);
            // As written: quotes belong to it.
            let value = entry.filter(|entry| matches!(entry.value.value, Value::Scalar(_)));
            let written = value.map(|entry| entry.value.span.of(&doc.text).trim().to_owned());
            let is_short = |value: &String| {
                !value.is_empty() && value.len() <= LONGEST_VALUE && !value.contains(['\n', '\r'])
            };
            written.filter(is_short).into_iter().collect()
        }
    }
}

fn name_of<'d>(doc: &'d Doc, entry: &'d Entry) -> &'d str {
    entry.key.value.of(&doc.text)
}
