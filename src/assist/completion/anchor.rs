//! Proposes the anchors of the page whose path is typed before `#`; of the page itself where none is.

use super::line::Typed;
use super::{Completion, CompletionKind, Completions};
use crate::assist::destination::Spelling;
use crate::site::{AnchorPlace, DocId, Site, encode};
use crate::source::Span;

/// An anchor of a page.
struct Anchor<'s> {
    page: DocId,
    name: &'s str,
    place: AnchorPlace,
}

pub(super) fn complete(site: &Site, doc: DocId, typed: &Typed, hash: usize) -> Completions {
    let Some(spelling) = Spelling::of(site, doc) else { return Completions::default() };
    let text = &*site.doc(doc).text;
    let path = Span::new(typed.span.start as usize, hash).of(text);
    if !typed.usage.is_link() {
        return Completions::default();
    }
    let Some(target) = spelling.page_at(path, typed.usage) else { return Completions::default() };
    let replace = Span::new(hash + 1, typed.span.end as usize);
    let written = Span::new(hash + 1, typed.offset).of(text);
    Completions::of(
        written,
        anchors(&spelling, target),
        |anchor| anchor.name,
        |anchor| {
            let insert = encode(anchor.name);
            if !spelling.has_anchor(&format!("{path}#{insert}")) {
                return None;
            }
            let page = site.doc(anchor.page);
            let heading = anchor.place.heading.map(|heading| &page.facts.headings[heading as usize]);
            let detail = heading.map(|heading| {
                format!("{} {}", "#".repeat(usize::from(heading.level)), heading.text(&page.text))
            });
            let label = anchor.name.to_owned();
            Some(Completion { label, insert, replace, detail, kind: CompletionKind::Anchor })
        },
    )
}

/// The anchors of a page and of what it includes, as they stand there. One whose name depends on the headings before it
/// may soon lead elsewhere.
fn anchors<'s>(spelling: &Spelling<'s>, target: DocId) -> Vec<Anchor<'s>> {
    let page = *spelling.page();
    let site = page.site;
    let parts = match site.includes.of[target as usize].is_empty() {
        true => vec![target],
        false => site.includes.closure(target),
    };
    let of_part = |part: DocId| {
        let anchors = site.own_anchors(part, page.dialect());
        anchors
            .in_order()
            .filter_map(move |name| Some(Anchor { page: part, name, place: anchors.find(name)? }))
    };
    parts.into_iter().flat_map(of_part).filter(|anchor| !anchor.place.numbered).collect()
}
