//! One page as one platform judges it: what a rule is given.

use std::collections::BTreeMap;

use super::{Doc, DocId, Fragment, Judge, Outcome, Project, Resolved, Role, Site, Why};
use crate::dialect::Dialect;
use crate::facts::{Cell, Link};
use crate::path::DocPath;
use crate::source::Span;
use crate::tree::OnDisk;

/// One page as one platform judges it.
#[derive(Clone, Copy)]
pub struct Page<'s> {
    /// The site.
    pub site: &'s Site,
    /// Which page.
    pub id: DocId,
    /// The page.
    pub doc: &'s Doc,
    /// The project that judges it.
    pub project: &'s Project,
    /// That project, and what the page is to it.
    pub judge: Judge,
    /// What became of its destinations.
    pub judgement: &'s Judgement,
}

/// What became of a page's destinations on one platform.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// How many there are.
    pub destinations: u32,
    /// How many of them cannot be judged, by reason.
    pub skipped: Vec<(&'static str, u32)>,
    /// Those that do not simply lead to something published, or are oddly written, in order: nearly all are right,
    /// and need no place here.
    pub notable: Vec<Notable>,
}

/// A destination of which there is something to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Notable {
    /// Index of the link.
    pub link: u32,
    /// What became of it.
    pub resolved: Resolved,
}

impl Judgement {
    /// Takes note of one more destination; of one that is right there is nothing to say.
    pub(super) fn add(&mut self, link: u32, resolved: Resolved, is_right: bool) {
        self.destinations += 1;
        if let Outcome::Skipped(reason) = resolved.outcome {
            self.skip(reason);
        } else if !is_right {
            self.notable.push(Notable { link, resolved });
        }
    }

    /// Takes note of what the disk knows of paths that resolution did not find; says whether it knows any.
    pub(super) fn learn_of(&mut self, on_disk: &BTreeMap<DocPath, OnDisk>) -> bool {
        let mut in_submodules = 0;
        let mut knows = false;
        self.notable.retain_mut(|Notable { resolved, .. }| {
            let Outcome::Missing(missing) = &mut resolved.outcome else { return true };
            let place = on_disk.get(&missing.path).filter(|_| missing.why == Why::NoFile);
            knows |= place.is_some();
            match place {
                None => {}
                Some(OnDisk::Untracked) => missing.why = Why::Untracked,
                Some(OnDisk::InSubmodule) => {
                    in_submodules += 1;
                    return false;
                }
                Some(&place) => {
                    resolved.outcome = Outcome::OnDisk(place);
                    resolved.fragment = Fragment::Unknown;
                }
            }
            true
        });
        (0..in_submodules).for_each(|_| self.skip("in a submodule"));
        knows
    }

    /// Paths that resolution did not find in the tree.
    pub(super) fn unknown_paths(&self) -> impl Iterator<Item = DocPath> {
        self.notable.iter().filter_map(|notable| match &notable.resolved.outcome {
            Outcome::Missing(missing) if missing.why == Why::NoFile => Some(missing.path.clone()),
            _ => None,
        })
    }

    fn skip(&mut self, reason: &'static str) {
        match self.skipped.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, count)) => *count += 1,
            None => self.skipped.push((reason, 1)),
        }
    }
}

/// A destination with what became of it.
#[derive(Clone, Copy)]
pub struct Checked<'s> {
    /// The link.
    pub link: &'s Link,
    /// What became of it.
    pub resolved: &'s Resolved,
}

impl<'s> Page<'s> {
    /// The platform.
    #[must_use]
    pub fn dialect(&self) -> &'static Dialect {
        self.project.dialect
    }

    /// What the page is to the project.
    #[must_use]
    pub fn role(&self) -> Role {
        self.judge.role
    }

    /// Whether labels may be defined outside the page.
    #[must_use]
    pub fn takes_foreign_labels(&self) -> bool {
        let includes = &self.site.includes;
        let is_joined =
            !includes.of[self.id as usize].is_empty() || !includes.by[self.id as usize].is_empty();
        self.project.foreign_labels || self.dialect().includes_are_text && is_joined
    }

    /// The text under a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &'s str {
        span.of(&self.doc.text)
    }

    /// What a cell of the page shows.
    #[must_use]
    pub fn cell_text(&self, cell: &'s Cell) -> &'s str {
        cell.text.of(&self.doc.text)
    }

    /// The destinations of which there is something to say.
    pub fn destinations(&self) -> impl Iterator<Item = Checked<'s>> {
        let links = &self.doc.facts.links;
        self.judgement
            .notable
            .iter()
            .map(|notable| Checked { link: &links[notable.link as usize], resolved: &notable.resolved })
    }

    /// What became of a link of which there is something to say: of no other is it that it leads nowhere.
    #[must_use]
    pub fn notable(&self, link: &Link) -> Option<&'s Resolved> {
        let links = &self.doc.facts.links;
        let notable = &self.judgement.notable;
        let start = |notable: &Notable| links[notable.link as usize].span.start;
        let from = notable.partition_point(|other| start(other) < link.span.start);
        let same = notable[from..].iter().take_while(|other| start(other) == link.span.start);
        let mut same = same.filter(|other| std::ptr::eq(&links[other.link as usize], link));
        same.next().map(|notable| &notable.resolved)
    }

    /// Those that are links and images, no includes and no code.
    pub fn links(&self) -> impl Iterator<Item = Checked<'s>> {
        self.destinations().filter(|checked| checked.resolved.usage.is_link())
    }

    /// The destination as written.
    #[must_use]
    pub fn written(&self, link: &Link) -> &'s str {
        self.text(link.target.span)
    }
}
