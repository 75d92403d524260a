//! The anchor an author may have meant: another spelling, other words, another page.

use rustc_hash::FxHashMap;

use super::{Because, Suggestion, Written, literal};
use crate::facts::{Heading, Link};
use crate::path::DocPath;
use crate::site::anchors::AnchorPlace;
use crate::site::near::{OTHER_WORDS, anchor_distance, best, essence, is_common_anchor};
use crate::site::spelling::encode;
use crate::site::{DocId, Fragment, Outcome, Page, Resolved, Site};
use crate::source::Span;

impl Written<'_> {
    pub(super) fn for_anchor(&self, resolved: &Resolved) -> Vec<Suggestion> {
        let site = self.page.site;
        let head = &self.raw[..self.raw.find('#').map_or(self.raw.len(), |hash| hash + 1)];
        let with_anchor = |anchor: &str, because| literal(&format!("{head}{}", encode(anchor)), because);
        if let Fragment::Miscased(anchor) = &resolved.fragment {
            return with_anchor(anchor, Because::SamePlace);
        }
        let Some(target) = self.target(resolved) else { return Vec::new() };
        if site.foreign_ids(target).contains_key(&*self.fragment()) {
            return Vec::new();
        }
        if let Some(id) = self.id_of_heading(target) {
            return with_anchor(&id, Because::SamePlace);
        }
        let near = self.near_anchors(target);
        if let Some(same) = near.iter().find(|near| near.because == Because::SamePlace) {
            return with_anchor(&same.name, Because::SamePlace);
        }
        let mut suggestions = self.moved_anchor(target);
        for near in &near {
            // A page's title is where the page begins.
            suggestions.extend(match near.is_title && !self.raw_path.is_empty() {
                true => literal(head.trim_end_matches('#'), Because::NearSpelling),
                false => with_anchor(&near.name, near.because),
            });
        }
        suggestions
    }

    fn target(&self, resolved: &Resolved) -> Option<DocId> {
        match &resolved.outcome {
            Outcome::ThisPage => Some(self.page.id),
            outcome => self.page.site.doc_of(outcome.file()?),
        }
    }

    fn fragment(&self) -> String {
        let destination = self.link.target.destination(&self.page.doc.text);
        let parts = (self.page.dialect().split)(destination);
        parts.fragment.unwrap_or_default().trim().to_owned()
    }

    /// The id of the heading that reads like the fragment, but has another id written in it.
    fn id_of_heading(&self, target: DocId) -> Option<String> {
        let Page { site, project, .. } = *self.page;
        let doc = site.doc(target);
        let wanted = essence(&self.fragment());
        if wanted.is_empty() || doc.facts.ids.is_empty() {
            return None;
        }
        let reads_so = |heading: &Heading| essence(&heading.text(&doc.text)) == wanted;
        let index = doc.facts.headings.iter().position(reads_so)?;
        (project.dialect.heading_ids)(project, doc).into_iter().nth(index)?
    }

    /// The anchors of a page that were most likely meant: the link's fragment but for separators, spelled almost
    /// like it, or made of almost the same words.
    pub(super) fn near_anchors(&self, target: DocId) -> Vec<NearAnchor> {
        const MOST_PARTS: usize = 16;
        let Page { site, .. } = *self.page;
        let wanted = self.fragment();
        let wanted_essence = essence(&wanted);
        let mut near = Vec::new();
        for part in site.includes.closure(target).into_iter().take(MOST_PARTS) {
            for (name, place) in site.own_anchors(part, self.page.dialect()).like(&wanted) {
                let same = !wanted_essence.is_empty() && essence(name) == wanted_essence;
                let distance = if same { Some(0) } else { anchor_distance(&wanted, name) };
                let Some(distance) = distance else {
                    continue;
                };
                let heading = place.heading.map(|heading| &site.doc(part).facts.headings[heading as usize]);
                let is_title = part == target && heading.is_some_and(|heading| heading.level == 1);
                let because = Because::NearSpelling;
                near.push((
                    distance,
                    NearAnchor { name: name.to_owned(), doc: part, place, because, is_title },
                ));
            }
        }
        near.sort_by_key(|(_, near)| (near.doc, near.place.span));
        let mut near = best(near, |&(distance, _)| distance);
        if near.len() > 1 && near[0].0 >= OTHER_WORDS {
            near.clear();
        }
        if let [(0, only)] = near.as_mut_slice() {
            only.because = Because::SamePlace;
        }
        near.into_iter().map(|(_, near)| near).collect()
    }

    /// The anchor in another page, where that looks like a part split off: the target links to it, or its name
    /// continues the target's.
    fn moved_anchor(&self, target: DocId) -> Vec<Suggestion> {
        let Page { site, .. } = *self.page;
        let wanted = self.fragment();
        if is_common_anchor(&wanted) {
            return Vec::new();
        }
        let mut holders = site.neighbours(target).to_vec();
        holders.retain(|&doc| {
            doc != target && site.own_anchors(doc, self.page.dialect()).find(&wanted).is_some()
        });
        match holders.as_slice() {
            [only] => {
                let path = self.in_style(&site.doc(*only).path);
                literal(&format!("{path}#{}", encode(&wanted)), Because::AnchorMoved)
            }
            _ => Vec::new(),
        }
    }
}

/// The pages to which parts of `target` may have moved; not too many.
pub(in crate::site) fn neighbours(site: &Site, target: DocId) -> Vec<DocId> {
    const MOST_NEIGHBOURS: usize = 200;
    let linked = site.linked_pages(target);
    let target = &site.doc(target).path;
    let (folder, stem) = (target.folder(), target.file_stem());
    let continues = |path: &DocPath| path.folder() == folder && path.file_stem().starts_with(stem);
    let folder_start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let start = format!("{folder_start}{stem}");
    let first = site.docs.partition_point(|doc| doc.path.as_str() < start.as_str()) as DocId;
    let beside =
        (first..site.docs.len() as DocId).take_while(|&doc| site.doc(doc).path.as_str().starts_with(&start));
    let beside = beside.filter(|&doc| continues(&site.doc(doc).path));
    let mut neighbours: Vec<DocId> = linked.chain(beside).take(MOST_NEIGHBOURS).collect();
    neighbours.sort_unstable();
    neighbours.dedup();
    neighbours
}

/// An anchor that may have been meant.
pub(super) struct NearAnchor {
    pub(super) name: String,
    doc: DocId,
    place: AnchorPlace,
    pub(super) because: Because,
    /// Whether it is the title of the page.
    is_title: bool,
}

/// The ids that a page gives in a syntax of some generators, each where it is given first.
pub(in crate::site) type ForeignIds = FxHashMap<Box<str>, Span>;

/// Looks for `{#id}`, `{: #id .class}`, `{ id="id" }`.
pub(in crate::site) fn foreign_ids(text: &str) -> ForeignIds {
    let mut ids = ForeignIds::default();
    for (open, _) in text.match_indices('{') {
        let inside = open + 1;
        let end = text[inside..].find(['{', '}', '\n']).map_or(text.len(), |length| inside + length);
        for (at, mark) in text[inside..end].match_indices(['#', '=']) {
            let before = &text[open..inside + at];
            let marked = match mark {
                "#" => before.ends_with(['{', ' ', ':']),
                _ => before.ends_with("{id") || before.ends_with(" id"),
            };
            let start = inside + at + 1;
            let start = start + usize::from(mark == "=" && text[start..].starts_with('"'));
            let id = text[start..].split([' ', '{', '}', '"', '\n']).next().unwrap_or_default();
            if marked && !id.is_empty() && text[start + id.len()..].starts_with([' ', '}', '"']) {
                ids.entry(id.into()).or_insert(Span::new(start, start + id.len()));
            }
        }
    }
    ids
}

/// What explains that a fragment names nothing.
pub enum AnchorHint {
    /// A place that was probably meant.
    Near(DocId, Span),
    /// The page gives the id in a syntax that its platform does not have.
    Foreign(DocId, Span),
}

/// What explains that the fragment of a link names nothing in its target.
#[must_use]
pub fn anchor_hint(page: &Page<'_>, link: &Link, resolved: &Resolved) -> Option<AnchorHint> {
    let written = Written::new(page, link, resolved);
    let target = written.target(resolved)?;
    if let Some(&span) = page.site.foreign_ids(target).get(&*written.fragment()) {
        return Some(AnchorHint::Foreign(target, span));
    }
    let near = written.near_anchors(target).into_iter().next()?;
    Some(AnchorHint::Near(near.doc, near.place.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_generators() {
        let text = "# A {#a}\n# B {: #b-1 .c }\n# C { id=\"c\" }\n{id=d} {:#e} {x #f\n#g} h# {{#i}} {#j";
        let mut found: Vec<_> = foreign_ids(text).into_iter().collect();
        found.sort_unstable_by_key(|(_, span)| span.start);
        assert_eq!(found.iter().map(|(id, _)| &**id).collect::<Vec<_>>(), ["a", "b-1", "c", "d", "e", "i"]);
        assert!(found.iter().all(|(id, span)| span.of(text) == &**id));
        assert!(foreign_ids(&"{".repeat(1_000_000)).is_empty());
    }
}
