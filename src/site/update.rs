//! Another text for one page of a [`Site`].
//!
//! Owns what must be forgotten and judged again, and what of the page others can see. Which pages look at that is told
//! in `reads`; what of a change is not tracked is refused.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::anchors::Anchors;
use super::lines;
use super::reads::Topic;
use super::spelling;
use super::suggest::foreign_ids;
use super::values::{Asked, ValuePlace};
use super::{Doc, DocId, Inclusion, Judgement, Reach, Site};
use crate::contract::fold;
use crate::dialect::DIALECTS;
use crate::source::Span;

/// What others can see of an edit, besides places: those who look into the page at all have to look again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The anchors that came, went or changed their kind.
    pub anchors: Vec<Topic>,
    /// Whether any anchor may have.
    pub any_anchor: bool,
    /// Whether what is suggested for an anchor that is missing may differ.
    pub suggestions: bool,
    /// The titles that it has or had.
    pub titles: Vec<Topic>,
    /// Whether its headings read otherwise.
    pub headings: bool,
    /// Whether its first heading does.
    pub first_heading: bool,
    /// Whether it has more or fewer lines.
    pub line_count: bool,
    /// Whether it leads to other pages.
    pub neighbours: bool,
    /// Whether its author writes paths in another style.
    pub style: bool,
    /// Whether values that contracts compare across the tree differ.
    pub values: bool,
    /// Whether contracts select other tables.
    pub reach: bool,
    /// Whether it has or had tables.
    pub tables: bool,
    /// Whether other files count as linked.
    pub linked: bool,
}

/// What others can see of a page, as far as anybody has looked.
struct Face {
    doc: Doc,
    anchors: Vec<Option<Box<Anchors>>>,
    foreign_ids: Option<BTreeSet<Box<str>>>,
    neighbours: Option<Vec<DocId>>,
    names_own_folder: Option<bool>,
    values: Vec<(Asked, String, ValuePlace)>,
    reach: Vec<Reach>,
}

impl Site {
    /// Gives a page another text, and judges the page again; `None`, and nothing is changed, where the reach of that is
    /// not tracked.
    pub fn edit_page(&mut self, id: DocId, text: Arc<str>) -> Option<Difference> {
        let old = self.doc(id);
        if old.is_navigation || self.configs.contains_key(&old.path) {
            return None;
        }
        let doc = Site::read_page(&old.path, &text, old.flavor, None);
        let inclusions = self.inclusions(&doc, &self.candidates[id as usize]);
        if header(old) != header(&doc) || !self.includes_the_same(id, &inclusions) {
            return None;
        }
        let face = self.take_face(id, doc);
        self.includes.of[id as usize] = inclusions;
        self.judgements[id as usize] = self.informed_judgement(id);
        Some(self.difference(id, face))
    }

    /// Judges pages anew; returns those of which that comes to anything else.
    pub fn judge_again(&mut self, pages: &[DocId]) -> Vec<DocId> {
        let judgements: Vec<Vec<Judgement>> =
            pages.par_iter().map(|&id| self.informed_judgement(id)).collect();
        let mut differing = Vec::new();
        for (&id, judgement) in pages.iter().zip(judgements) {
            let old = std::mem::replace(&mut self.judgements[id as usize], judgement);
            if old != self.judgements[id as usize] {
                differing.push(id);
            }
        }
        differing
    }

    /// With what the disk has told.
    fn informed_judgement(&self, id: DocId) -> Vec<Judgement> {
        let mut judgements = self.judge(id);
        for judgement in &mut judgements {
            judgement.learn_of(&self.on_disk);
            lines::apply(judgement, &self.files, &self.line_counts);
        }
        judgements
    }

    /// Takes note of how many files are missing; says whether what was meant is looked for more or less closely now.
    pub fn set_missing(&mut self, count: usize) -> bool {
        let effort = super::Effort::for_missing(count);
        let old = std::mem::replace(&mut self.effort, OnceLock::from(effort));
        old.get().is_some_and(|old| *old != effort)
    }

    fn includes_the_same(&self, id: DocId, inclusions: &[Inclusion]) -> bool {
        let docs = |inclusions: &[Inclusion]| inclusions.iter().map(|it| it.doc).collect::<Vec<_>>();
        docs(&self.includes.of[id as usize]) == docs(inclusions)
    }

    /// Puts another text in place, forgets what was remembered of the page, and returns that.
    fn take_face(&mut self, id: DocId, doc: Doc) -> Face {
        let at = id as usize;
        let values = self.values_on(id);
        let reach = self.reach_on(id);
        let foreign_ids = self.foreign_ids[at].take().map(|ids| ids.into_keys().collect());
        let anchors = self.anchors.iter_mut().map(|of_pages| of_pages.get_mut()?[at].take()).collect();
        Face {
            doc: std::mem::replace(&mut self.docs[at], doc),
            anchors,
            foreign_ids,
            neighbours: self.neighbours[at].take(),
            names_own_folder: self.names_own_folder[at].take(),
            values,
            reach,
        }
    }

    fn difference(&mut self, id: DocId, old: Face) -> Difference {
        self.turn_links_again(id);
        let titles = |doc: &Doc| doc.titles().iter().map(|title| fold(title)).collect::<Vec<_>>();
        let (titles_before, titles_now) = (titles(&old.doc), titles(self.doc(id)));
        let mut difference = Difference {
            line_count: old.doc.text.lines().count() != self.doc(id).text.lines().count(),
            tables: !(old.doc.facts.tables.is_empty() && self.doc(id).facts.tables.is_empty()),
            reach: old.reach != self.reach_on(id),
            linked: self.link_again(id),
            neighbours: old.neighbours.as_ref().is_some_and(|old| old != self.neighbours(id)),
            style: old.names_own_folder.is_some_and(|old| old != spelling::names_own_folder(self.doc(id))),
            ..Difference::default()
        };
        if titles_before != titles_now {
            self.retitle(id, &titles_before, &titles_now);
            let all = titles_before.iter().chain(&titles_now);
            difference.titles = all.map(|title| Topic::title(title)).collect();
        }
        difference.values = self.revalue(&old.values, id);
        self.compare_headings(id, &old, &mut difference);
        self.compare_anchors(id, &old, &mut difference);
        difference
    }

    fn compare_headings(&self, id: DocId, old: &Face, difference: &mut Difference) {
        let headings = |doc: &Doc| {
            let all = doc.facts.headings.iter();
            all.map(|heading| (heading.level, heading.text(&doc.text).into_owned())).collect::<Vec<_>>()
        };
        let (before, now) = (headings(&old.doc), headings(self.doc(id)));
        difference.headings = before != now;
        difference.first_heading = before.first() != now.first();
        let ids = |doc: &Doc| doc.facts.ids.is_empty();
        let foreign = old.foreign_ids.as_ref().is_some_and(|old| {
            let now: BTreeSet<Box<str>> = foreign_ids(&self.doc(id).text).into_keys().collect();
            *old != now
        });
        difference.suggestions = difference.headings || foreign || ids(&old.doc) != ids(self.doc(id));
    }

    fn compare_anchors(&self, id: DocId, old: &Face, difference: &mut Difference) {
        let doc = self.doc(id);
        difference.any_anchor = makings(&old.doc) != makings(doc);
        let asked = DIALECTS.iter().zip(&old.anchors);
        for (dialect, old_anchors) in asked.filter_map(|(dialect, old)| Some((*dialect, old.as_ref()?))) {
            let now = self.own_anchors(id, dialect);
            let made = old_anchors.made_if_asked();
            difference.any_anchor |= made.is_some_and(|made| made != now.made(doc, dialect));
            if let Some(names) = old_anchors.differing(&old.doc, now, doc) {
                difference.suggestions = true;
                difference.anchors.extend(names.iter().map(|name| Topic::anchor(name)));
            }
        }
        difference.anchors.sort_unstable();
        difference.anchors.dedup();
    }
}

/// What pages say of themselves before their text, and where: platforms publish them by that. Some know it by its marks.
fn header(doc: &Doc) -> Option<(Span, &str)> {
    if let Some(header) = &doc.facts.front_matter {
        return Some((header.span, header.span.of(&doc.text)));
    }
    let rest = doc.text.strip_prefix("---")?;
    Some((Span::at(0), &rest[..rest.find("\n---")?]))
}

/// What platforms may make anchors of without a name being written.
fn makings(doc: &Doc) -> (bool, usize, bool, Vec<&str>) {
    let facts = &doc.facts;
    let in_headings = facts.links.iter().filter(|link| link.heading.is_some());
    let destinations = in_headings.map(|link| link.target.destination(&doc.text)).collect();
    (doc.text.trim().is_empty(), facts.footnote_definitions, facts.brings_anchors, destinations)
}
