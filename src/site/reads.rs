//! What a page's findings read of the texts of other pages: who is looked at again when one of these is edited.
//!
//! Rather too much than too little. What depends on names of files and on configuration is not told: it is no edit.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::files::fold;
use super::lines::anchored_line;
use super::near::name_distance;
use super::page::Page;
use super::resolve::{Fragment, Outcome, Resolved, Why};
use super::{DocId, RedirectId, Site, Step};
use crate::dialect::{Dialect, Usage};
use crate::facts::{CellId, Link};
use crate::path::DocPath;

/// Stands for a page that only resolution in other pages tells.
pub const ANY_PAGE: DocId = DocId::MAX;

/// Something that a page may show to others. Two may share a key: then too many pages are looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Topic(u64);

impl Topic {
    /// An anchor of that name.
    #[must_use]
    pub fn anchor(name: &str) -> Topic {
        Topic::of(0, &*fold(name))
    }

    /// A title, folded.
    #[must_use]
    pub fn title(folded: &str) -> Topic {
        Topic::of(1, folded)
    }

    /// What a page is called, and its parts.
    #[must_use]
    pub fn headings(doc: DocId) -> Topic {
        Topic::of(2, doc)
    }

    /// How many lines a page has.
    #[must_use]
    pub fn lines(doc: DocId) -> Topic {
        Topic::of(3, doc)
    }

    fn of(kind: u8, what: impl std::hash::Hash) -> Topic {
        Topic(FxBuildHasher.hash_one((kind, what)))
    }
}

/// What is looked for because a destination leads nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// How many files are missing.
    pub missing: usize,
    /// The names of files that are missing, folded.
    pub files: Vec<Box<str>>,
    /// The anchors that were meant, and the pages where they were looked for.
    pub anchors: Vec<(Topic, DocId)>,
}

impl Search {
    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Search::default()
    }

    /// Whether a page could be what some missing file was meant to be.
    #[must_use]
    pub fn may_mean(&self, path: &DocPath) -> bool {
        let name = fold(path.file_name());
        self.files.iter().any(|wanted| name_distance(wanted, &name).is_some())
    }
}

impl Site {
    /// What a page reads of others to judge its destinations and tables, and of which page; sorted.
    #[must_use]
    pub fn reads(&self, id: DocId) -> Vec<(Topic, DocId)> {
        let mut reads = Vec::new();
        for page in self.views(id) {
            for link in &page.doc.facts.links {
                read_by_link(&page, link, &mut reads);
            }
            read_by_tables(&page, &mut reads);
        }
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// What is looked for because destinations of a page lead nowhere.
    #[must_use]
    pub fn search(&self, id: DocId) -> Search {
        let mut search = Search::default();
        for page in self.views(id) {
            for checked in page.destinations() {
                extend_search(&page, checked.link, checked.resolved, &mut search);
            }
        }
        search
    }

    /// The pages of which redirects name parts.
    #[must_use]
    pub fn read_by_redirects(&self) -> Vec<DocId> {
        let ids = 0..self.redirects.list.len() as RedirectId;
        let with_fragment = ids.filter(|&id| self.redirects.list[id as usize].url.contains('#'));
        let files = with_fragment.filter_map(|id| match self.step(id) {
            Step::File(file) => self.doc_of(file),
            _ => None,
        });
        files.collect()
    }
}

fn read_by_link(page: &Page<'_>, link: &Link, reads: &mut Vec<(Topic, DocId)>) {
    let destination = link.target.destination(&page.doc.text);
    let usage = (page.dialect().usage)(page.doc, link);
    let fragment = fragment(page.dialect(), destination);
    if usage == Usage::Nothing || fragment.is_none() && usage != Usage::Code {
        return;
    }
    let targets = targets(page, link, usage);
    if let Some(name) = &fragment {
        let topics = spellings(page.dialect(), name);
        reads.extend(targets.iter().flat_map(|&target| topics.iter().map(move |&topic| (topic, target))));
    }
    if usage == Usage::Code || fragment.is_some_and(|name| anchored_line(&name).is_some()) {
        reads.extend(targets.iter().map(|&target| (Topic::lines(target), target)));
    }
}

/// The fragment as an anchor is looked up by it.
fn fragment(dialect: &'static Dialect, destination: &str) -> Option<String> {
    memchr::memchr2(b'#', b'%', destination.as_bytes())?;
    let fragment = (dialect.split)(destination).fragment?;
    let name = fragment.split(":~:").next().unwrap_or_default().trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// All under which an anchor may be found: also the heading of which it bears the number.
fn spellings(dialect: &'static Dialect, name: &str) -> Vec<Topic> {
    let same = (dialect.same_anchor)(name);
    let names = [Some(name), same].into_iter().flatten();
    let with_base = names.flat_map(|name| [Some(name), super::anchors::without_number(name)]);
    let mut topics: Vec<Topic> = with_base.flatten().map(Topic::anchor).collect();
    topics.sort_unstable();
    topics.dedup();
    topics
}

/// The pages to which a link leads.
fn targets(page: &Page<'_>, link: &Link, usage: Usage) -> Vec<DocId> {
    let site = page.site;
    let is_included = !site.includes.by[page.id as usize].is_empty();
    if is_included && page.dialect().includes_are_text {
        return vec![ANY_PAGE];
    }
    targets_of(page, &site.outcome(page.doc, page.project, link, usage))
}

fn targets_of(page: &Page<'_>, outcome: &Outcome) -> Vec<DocId> {
    let site = page.site;
    match outcome {
        Outcome::ThisPage => vec![page.id],
        Outcome::Address(files) => files.iter().filter_map(|&file| site.doc_of(file)).collect(),
        Outcome::Redirected(redirect) => landing(page, *redirect).into_iter().collect(),
        outcome => outcome.file().and_then(|file| site.doc_of(file)).into_iter().collect(),
    }
}

fn landing(page: &Page<'_>, redirect: RedirectId) -> Option<DocId> {
    page.site.doc_of(page.site.follow(redirect, &page.doc.path).file()?)
}

/// Links of tables are compared with the titles of pages.
fn read_by_tables(page: &Page<'_>, reads: &mut Vec<(Topic, DocId)>) {
    for (table, index) in page.doc.facts.tables.iter().zip(0..) {
        for (row, cells) in (0..).zip(std::iter::once(&table.header).chain(&table.rows)) {
            let cells = cells.cells.iter().zip(0..).filter(|(cell, _)| cell.has_link);
            for (cell, column) in cells {
                for link in page.cell_links(cell, CellId { table: index, row, column }) {
                    let targets = targets(page, link.link, (page.dialect().usage)(page.doc, link.link));
                    if !link.is_image && !targets.is_empty() {
                        reads.push((Topic::title(&crate::contract::fold(link.text)), ANY_PAGE));
                        reads.extend(targets.iter().map(|&target| (Topic::headings(target), target)));
                    }
                }
            }
        }
    }
}

fn extend_search(page: &Page<'_>, link: &Link, resolved: &Resolved, search: &mut Search) {
    let destination = link.target.destination(&page.doc.text);
    let redirect = match &resolved.outcome {
        Outcome::Missing(missing) => {
            search.missing += 1;
            search.files.push(fold(missing.path.file_name()));
            if let Why::Redirect(redirect) = missing.why { Some(redirect) } else { None }
        }
        Outcome::RootedFile => {
            search.missing += 1;
            let path = page.text(link.target.parts(&page.doc.text).path);
            search.files.push(fold(DocPath::new(path).file_name()));
            None
        }
        Outcome::Redirected(redirect) => Some(*redirect),
        _ => None,
    };
    let fragment = fragment(page.dialect(), destination);
    // Redirects name parts of pages too, where the author named none.
    if fragment.is_none() && redirect.is_none() {
        return;
    }
    // Who finds a part reads it, and looks for no other.
    let is_found = matches!(resolved.fragment, Fragment::Found | Fragment::Fragile(_));
    if is_found && redirect.is_none() && resolved.outcome.file().is_some() {
        return;
    }
    let is_alone = resolved.reader.is_none() && page.site.includes.by[page.id as usize].is_empty();
    let targets = match redirect {
        _ if !is_alone || destination.contains('\\') => Vec::new(),
        Some(redirect) => landing(page, redirect).into_iter().collect(),
        None => targets_of(page, &resolved.outcome),
    };
    let topic = Topic::anchor(&fragment.unwrap_or_default());
    match targets.is_empty() {
        true => search.anchors.push((topic, ANY_PAGE)),
        false => search.anchors.extend(targets.into_iter().map(|target| (topic, target))),
    }
}
