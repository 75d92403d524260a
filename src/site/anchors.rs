//! The anchors of a page, as one dialect makes them.
//!
//! Owns the set of one file; what included files add is joined in `includes`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Doc;
use super::files::fold;
use super::likely::{Effort, Names};
use super::near::essence;
use super::project::Project;
use crate::dialect::{Dialect, MadeAnchors};
use crate::facts::HeadingId;
use crate::source::Span;

/// The anchors of one file under one dialect.
#[derive(Debug, Default)]
pub struct Anchors {
    places: FxHashMap<Box<str>, AnchorPlace>,
    folded: OnceLock<FxHashMap<Box<str>, Box<str>>>,
    essences: OnceLock<FxHashMap<String, Vec<Box<str>>>>,
    names: OnceLock<Names>,
    made: OnceLock<MadeAnchors>,
}

/// Where an anchor comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnchorPlace {
    /// The heading or attribute value.
    pub span: Span,
    /// The heading, where it is one.
    pub heading: Option<HeadingId>,
    /// Whether its name ends in a number that it has only because an earlier heading reads the same.
    pub numbered: bool,
}

impl Anchors {
    /// The anchors of `doc` as a page of `project`.
    #[must_use]
    pub fn of(doc: &Doc, project: &Project) -> Anchors {
        let mut places: FxHashMap<Box<str>, AnchorPlace> = FxHashMap::default();
        for id in doc.facts.ids.iter().filter(|id| (project.dialect.takes_id)(id)) {
            places.entry(id.value.clone()).or_insert(AnchorPlace {
                span: id.span,
                heading: None,
                numbered: false,
            });
        }
        for (index, id) in (project.dialect.heading_ids)(project, doc).into_iter().enumerate() {
            let Some(id) = id else { continue };
            let heading = &doc.facts.headings[index];
            let numbered = without_number(&id).is_some_and(|base| places.contains_key(base))
                && !ends_in_number_of(&heading.text(&doc.text), &id);
            let heading = Some(index as HeadingId);
            let span = doc.facts.headings[index].span;
            places.entry(id.into_boxed_str()).or_insert(AnchorPlace { span, heading, numbered });
        }
        Anchors { places, ..Anchors::default() }
    }

    /// The anchor of exactly that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<AnchorPlace> {
        self.places.get(name).copied()
    }

    /// What the page's text says of further anchors.
    pub(super) fn made(&self, doc: &Doc, dialect: &'static Dialect) -> &MadeAnchors {
        self.made.get_or_init(|| (dialect.made_anchors)(doc))
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

    /// Anchors worth comparing with `name`, which is none.
    pub(super) fn like(&self, name: &str) -> Vec<(&str, AnchorPlace)> {
        const MOST_SAME: usize = 8;
        let essences = self.essences.get_or_init(|| {
            let mut essences: FxHashMap<String, Vec<Box<str>>> = FxHashMap::default();
            for name in self.in_order() {
                essences.entry(essence(name)).or_default().push(name.into());
            }
            essences
        });
        let names = self.names.get_or_init(|| Names::new(self.places.keys().map(|name| &**name)));
        let same = essences.get(&essence(name)).into_iter().flatten().take(MOST_SAME).map(|name| &**name);
        let mut like: Vec<_> = same.chain(names.like(name, Effort::Likely)).collect();
        like.sort_unstable();
        like.dedup();
        like.into_iter().filter_map(|name| Some((name, self.find(name)?))).collect()
    }

    /// What links can see of the anchors, in order: the names, whether they are numbered, and the heading's level.
    fn seen<'a>(&'a self, doc: &'a Doc) -> impl Iterator<Item = (&'a str, bool, Option<u8>)> {
        let level = |heading: HeadingId| doc.facts.headings[heading as usize].level;
        self.in_order().map(move |name| {
            let place = self.find(name);
            let is_numbered = place.is_some_and(|place| place.numbered);
            (name, is_numbered, place.and_then(|place| place.heading).map(level))
        })
    }

    /// The names of which links may find otherwise in a later version of the page; `None` where all they see is the
    /// same, places aside.
    pub(super) fn differing(&self, doc: &Doc, later: &Anchors, later_doc: &Doc) -> Option<Vec<Box<str>>> {
        if self.seen(doc).eq(later.seen(later_doc)) {
            return None;
        }
        let is_numbered = |anchors: &Anchors, name: &str| anchors.find(name).map(|place| place.numbered);
        let differs = |name: &&str| {
            is_numbered(self, name) != is_numbered(later, name)
                || self.find_other_case(name) != later.find_other_case(name)
        };
        Some(self.in_order().chain(later.in_order()).filter(differs).map(Box::from).collect())
    }

    /// What the page's text says of further anchors, if anybody has asked.
    pub(super) fn made_if_asked(&self) -> Option<&MadeAnchors> {
        self.made.get()
    }

    /// All anchors, as they stand in the page.
    fn in_order(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<_> = self.places.iter().collect();
        names.sort_unstable_by_key(|(name, place)| (place.span, &***name));
        names.into_iter().map(|(name, _)| &**name)
    }
}

/// `name` of `name-1` and `name_1`.
pub(super) fn without_number(id: &str) -> Option<&str> {
    let name = id.trim_end_matches(|c: char| c.is_ascii_digit());
    if name.len() == id.len() { None } else { name.strip_suffix(['-', '_']) }
}

/// Whether the number at the end of an id is written in the heading.
fn ends_in_number_of(heading: &str, id: &str) -> bool {
    let number = &id[id.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    heading.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(number)
}

/// Variation selectors, joiners, soft hyphens and other characters without a shape of their own.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
