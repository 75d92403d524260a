//! The anchors of a page, as one dialect makes them.
//!
//! Owns the set of one file; what included files add is joined in `includes`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Doc;
use super::files::fold;
use super::near::Near;
use crate::dialect::Dialect;
use crate::facts::HeadingId;
use crate::source::Span;

/// The anchors of one file under one dialect.
#[derive(Debug, Default)]
pub struct Anchors {
    places: FxHashMap<Box<str>, AnchorPlace>,
    folded: OnceLock<FxHashMap<Box<str>, Box<str>>>,
    essences: OnceLock<FxHashMap<Box<str>, Vec<Box<str>>>>,
    near: OnceLock<Near>,
}

/// Where an anchor comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnchorPlace {
    /// The heading or attribute value.
    pub span: Span,
    /// The heading, where it is one.
    pub heading: Option<HeadingId>,
}

impl Anchors {
    /// The anchors of `doc`.
    #[must_use]
    pub fn of(doc: &Doc, dialect: &Dialect) -> Anchors {
        let mut places = FxHashMap::default();
        for id in &doc.facts.ids {
            places.entry(id.value.clone()).or_insert(AnchorPlace { span: id.span, heading: None });
        }
        for (index, id) in (dialect.heading_ids)(doc).into_iter().enumerate() {
            let Some(id) = id else { continue };
            let span = doc.facts.headings[index].span;
            places
                .entry(id.into_boxed_str())
                .or_insert(AnchorPlace { span, heading: Some(index as HeadingId) });
        }
        Anchors { places, ..Anchors::default() }
    }

    /// The anchor of exactly that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<AnchorPlace> {
        self.places.get(name).copied()
    }

    /// The anchor that differs from `name` in letter case only.
    #[must_use]
    pub fn find_other_case(&self, name: &str) -> Option<&str> {
        let folded = self.folded.get_or_init(|| {
            let mut folded = FxHashMap::default();
            for name in self.in_order() {
                folded.entry(fold(name)).or_insert_with(|| name.into());
            }
            folded
        });
        folded.get(&fold(name)).map(|name| &**name)
    }

    /// Anchors that could be mistaken for `name`, and how far they are from it: 0 where only case and separators differ.
    #[must_use]
    pub fn near(&self, name: &str) -> Vec<(usize, &str)> {
        const MOST_ALIKE: usize = 8;
        let essences = self.essences.get_or_init(|| {
            let mut essences: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
            for name in self.in_order() {
                essences.entry(essence(name)).or_default().push(name.into());
            }
            essences
        });
        let near = self.near.get_or_init(|| Near::new(self.places.keys().map(|name| &**name)));
        let wanted = essence(name);
        let alike = essences.get(&wanted).filter(|_| !wanted.is_empty()).map_or(&[][..], Vec::as_slice);
        let alike = alike.iter().take(MOST_ALIKE).map(|name| (0, &**name));
        let others =
            near.find(name).into_iter().filter(|(_, other)| wanted.is_empty() || essence(other) != wanted);
        alike.chain(others.map(|(distance, name)| (distance + 1, name))).collect()
    }

    /// All anchors, as they stand in the page.
    fn in_order(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<_> = self.places.iter().collect();
        names.sort_unstable_by_key(|(name, place)| (place.span, &***name));
        names.into_iter().map(|(name, _)| &**name)
    }
}

/// What is left of an anchor without separators and case.
fn essence(anchor: &str) -> Box<str> {
    let kept = anchor.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    kept.collect::<String>().into()
}
