//! The anchors of a page, as one dialect makes them.
//!
//! Owns the set of one file; what included files add is joined in `includes`.

use rustc_hash::FxHashMap;

use super::Doc;
use super::files::fold;
use crate::dialect::Dialect;
use crate::facts::HeadingId;
use crate::source::Span;

/// The anchors of one file under one dialect.
#[derive(Debug, Default)]
pub struct Anchors {
    places: FxHashMap<Box<str>, AnchorPlace>,
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
        Anchors { places }
    }

    /// The anchor of exactly that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<AnchorPlace> {
        self.places.get(name).copied()
    }

    /// The anchor that differs from `name` in letter case only.
    #[must_use]
    pub fn find_other_case(&self, name: &str) -> Option<(&str, AnchorPlace)> {
        let folded = fold(name);
        self.names().filter(|(other, _)| fold(other) == folded).min_by_key(|(_, place)| place.span)
    }

    /// All anchors.
    pub fn names(&self) -> impl Iterator<Item = (&str, AnchorPlace)> {
        self.places.iter().map(|(name, place)| (&**name, *place))
    }
}
