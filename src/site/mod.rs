//! The site: all pages and the names of all files, what each platform publishes, and what links to what.
//!
//! Built once from a [`Tree`](crate::tree::Tree); pure. What a platform does differently is asked of its dialect.

mod anchors;
mod backlinks;
mod bench;
mod build;
mod cells;
mod files;
mod follow;
mod fragment;
mod goal;
mod includes;
mod likely;
mod lines;
mod linked;
mod near;
mod page;
mod preset_table;
mod project;
mod reads;
mod redirects;
mod repository;
mod resolve;
mod selected;
mod spelling;
mod suggest;
mod titles;
mod update;
mod values;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use regex::Regex;
use rustc_hash::FxHashMap;

pub use anchors::{AnchorPlace, Anchors, is_invisible};
pub use cells::{CellLink, LinkState};
pub use files::{FileId, Files, Found, fold};
pub use follow::{Landing, Step};
pub use goal::Goal;
pub use includes::{Includes, Inclusion};
pub use near::essence;
pub use page::{Checked, Judgement, Notable, Page};
pub use preset_table::{PresetRow, PresetTable};
pub use project::{Judge, Metadata, Project, ProjectId, Role};
pub use reads::{ANY_PAGE, Search, Topic};
pub use redirects::{Redirect, RedirectId, Redirects};
pub use repository::{OwnRepository, Repository};
pub use resolve::{AddressKind, Fragility, Fragment, Lookup, Missing, Outcome, Parts, Resolved, Why};
pub use selected::{Reach, Selected};
pub use spelling::encode;
use suggest::ForeignIds;
pub use suggest::{AnchorHint, Because, Suggestion, anchor_hint, suggest, works_everywhere};
pub use update::Difference;
pub use values::{ColumnId, ValuePlace, Values};

use backlinks::Backlinks;
use likely::Effort;
use titles::Titles;

use crate::contract::Contracts;
use crate::dialect::{DIALECTS, Dialect};
use crate::facts::Facts;
use crate::parse::Flavor;
use crate::path::DocPath;
use crate::preset::Preset;
use crate::scope::ByFolder;
use crate::source::{LineIndex, Span};
use crate::tree::{OnDisk, Unreadable};

/// Index into [`Site::docs`].
pub type DocId = u32;

/// A page.
#[derive(Clone, Debug)]
pub struct Doc {
    /// Where it is.
    pub path: DocPath,
    /// Its text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
    /// The language it was read in.
    pub flavor: Flavor,
    /// What stands in it.
    pub facts: Arc<Facts>,
    /// Whether it is no page but a file of the site's navigation.
    pub is_navigation: bool,
}

/// What the user's configuration says of the site.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The dialects that judge; empty to detect them.
    pub dialects: Vec<&'static Dialect>,
    /// Other dialects for some pages; the strongest wins.
    pub dialect_overrides: ByFolder<Vec<&'static Dialect>>,
    /// The base path of the site's addresses, where it cannot be inferred.
    pub base_path: Option<String>,
    /// Address prefixes that are folders of the tree.
    pub mounts: Vec<Mount>,
    /// Which repository the tree is.
    pub repository: OwnRepository,
    /// What is demanded of tables.
    pub contracts: Arc<Contracts>,
    /// The vocabularies that are used.
    pub presets: Vec<Arc<Preset>>,
    /// Destinations that are never reported.
    pub accept: Vec<Regex>,
    /// Fragments that a generator makes.
    pub accept_anchors: Vec<Regex>,
}

/// An address prefix that is a folder of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The prefix, beginning with `/`.
    pub prefix: String,
    /// The folder.
    pub folder: DocPath,
}

/// Something wrong in a platform's own configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The file.
    pub path: DocPath,
    /// Where in it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// Whether the platform reads the file all the same.
    pub harmless: bool,
}

/// A text that a finding can point into, be it a page or a configuration file.
#[derive(Clone, Copy, Debug)]
pub struct SourceText<'s> {
    /// The text.
    pub text: &'s str,
    /// Its lines.
    pub lines: &'s LineIndex,
}

/// All pages and the names of all files.
#[derive(Debug, Default)]
pub struct Site {
    /// The pages, sorted by path.
    pub docs: Vec<Doc>,
    /// The names of all files.
    pub files: Files,
    /// What each platform publishes.
    pub projects: Vec<Project>,
    /// All redirects.
    pub redirects: Redirects,
    /// Which page includes which.
    pub includes: Includes,
    /// Pages that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// What is wrong in the platforms' own configuration.
    pub config_faults: Vec<ConfigFault>,
    /// What the user's configuration says.
    pub settings: Settings,
    /// The root as seen from the git root; empty where they are the same or there is no git.
    pub below_git_root: String,
    /// The repository as its readers know it, where git or the configuration tells.
    pub repository: Option<Repository>,
    configs: BTreeMap<DocPath, (Arc<str>, LineIndex)>,
    /// What the disk has told of paths that are not among the files.
    on_disk: BTreeMap<DocPath, OnDisk>,
    /// How many lines files have; none where they could not be counted.
    line_counts: BTreeMap<DocPath, Option<u32>>,
    /// The projects that might judge each page.
    candidates: Vec<Vec<ProjectId>>,
    doc_of_file: Vec<Option<DocId>>,
    judges: Vec<Vec<Judge>>,
    /// For each dialect the project that has everything.
    everything: Vec<ProjectId>,
    judgements: Vec<Vec<Judgement>>,
    /// For each dialect that is asked: the anchors of each page.
    anchors: [OnceLock<Vec<OnceLock<Box<Anchors>>>>; DIALECTS.len()],
    names_own_folder: Vec<OnceLock<bool>>,
    effort: OnceLock<Effort>,
    neighbours: Vec<OnceLock<Vec<DocId>>>,
    foreign_ids: Vec<OnceLock<ForeignIds>>,
    values: OnceLock<FxHashMap<values::Asked, Values>>,
    titles: OnceLock<Titles>,
    /// The files that each page leads to.
    linked: OnceLock<Vec<Vec<FileId>>>,
    backlinks: OnceLock<Backlinks>,
}

impl Site {
    /// The text of a page or configuration file.
    #[must_use]
    pub fn source(&self, path: &DocPath) -> Option<SourceText<'_>> {
        if let Some(id) = self.find_doc(path) {
            let doc = self.doc(id);
            return Some(SourceText { text: &doc.text, lines: &doc.lines });
        }
        self.configs.get(path).map(|(text, lines)| SourceText { text, lines })
    }

    /// A page.
    #[must_use]
    pub fn doc(&self, id: DocId) -> &Doc {
        &self.docs[id as usize]
    }

    /// The page at a path.
    #[must_use]
    pub fn find_doc(&self, path: &DocPath) -> Option<DocId> {
        self.docs.binary_search_by(|doc| doc.path.cmp(path)).ok().map(|index| index as DocId)
    }

    /// The page of a file, if the file is one and was read.
    #[must_use]
    pub fn doc_of(&self, file: FileId) -> Option<DocId> {
        self.doc_of_file.get(file as usize).copied().flatten()
    }

    /// The projects that judge a page.
    #[must_use]
    pub fn judges(&self, doc: DocId) -> &[Judge] {
        &self.judges[doc as usize]
    }

    /// Whether any platform publishes a file.
    #[must_use]
    pub fn is_published(&self, file: FileId) -> bool {
        let mut published = self.projects.iter().filter_map(|project| project.published.as_ref());
        published.any(|published| published.contains_key(&file))
    }

    /// The page as each of its judges sees it.
    pub fn views(&self, doc: DocId) -> impl Iterator<Item = Page<'_>> {
        self.judges(doc).iter().enumerate().map(move |(index, judge)| Page {
            site: self,
            id: doc,
            doc: self.doc(doc),
            project: &self.projects[judge.project as usize],
            judge: *judge,
            judgement: &self.judgements[doc as usize][index],
        })
    }

    /// The project of a dialect that a page belongs to.
    fn home(&self, doc: DocId, dialect: &'static Dialect) -> &Project {
        let judges = self.judges(doc).iter().map(|judge| &self.projects[judge.project as usize]);
        let mut own = judges.filter(|project| project.dialect == dialect);
        let everything = || &self.projects[self.everything[dialect.index()] as usize];
        own.next().unwrap_or_else(everything)
    }

    /// The anchors of one file under a dialect, included files left out.
    #[must_use]
    pub fn own_anchors(&self, doc: DocId, dialect: &'static Dialect) -> &Anchors {
        let of_pages =
            self.anchors[dialect.index()].get_or_init(|| self.docs.iter().map(|_| OnceLock::new()).collect());
        of_pages[doc as usize].get_or_init(|| Box::new(Anchors::of(self.doc(doc), self.home(doc, dialect))))
    }

    /// Whether the page's author writes `../folder/page.md` for the pages of its own folder.
    pub(crate) fn names_own_folder(&self, doc: DocId) -> bool {
        *self.names_own_folder[doc as usize].get_or_init(|| spelling::names_own_folder(self.doc(doc)))
    }

    /// The ids that a page gives in a syntax of some generators.
    pub(crate) fn foreign_ids(&self, doc: DocId) -> &ForeignIds {
        self.foreign_ids[doc as usize].get_or_init(|| suggest::foreign_ids(&self.doc(doc).text))
    }

    /// The pages to which parts of a page may have moved.
    pub(crate) fn neighbours(&self, doc: DocId) -> &[DocId] {
        self.neighbours[doc as usize].get_or_init(|| suggest::neighbours(self, doc))
    }

    /// The page's anchor of that name, its own or one of what it includes; and the file that holds it.
    #[must_use]
    pub fn find_anchor(
        &self,
        doc: DocId,
        dialect: &'static Dialect,
        name: &str,
    ) -> Option<(DocId, AnchorPlace)> {
        if let Some(place) = self.own_anchors(doc, dialect).find(name) {
            return Some((doc, place));
        }
        if self.includes.of[doc as usize].is_empty() {
            return None;
        }
        let included = self.includes.closure(doc);
        included.iter().find_map(|&part| Some((part, self.own_anchors(part, dialect).find(name)?)))
    }

    /// How closely to look for what was meant: as closely as can be, unless very much is missing.
    fn effort(&self) -> Effort {
        let notable = || self.judgements.iter().flatten().flat_map(|judgement| &judgement.notable);
        *self.effort.get_or_init(|| {
            let missing = notable().filter(|notable| notable.resolved.is_missing());
            Effort::for_missing(missing.take(Effort::FEW_MISSING + 1).count())
        })
    }

    /// Paths that resolution did not find in the tree, each once: ask the disk, then [`Site::learn_of`].
    #[must_use]
    pub fn unknown_paths(&self) -> Vec<DocPath> {
        sorted(self.judgements.iter().flatten().flat_map(Judgement::unknown_paths))
    }

    /// Those of one page.
    #[must_use]
    pub fn unknown_paths_of(&self, id: DocId) -> Vec<DocPath> {
        sorted(self.judgements[id as usize].iter().flat_map(Judgement::unknown_paths))
    }

    /// What the disk knew, as far as anybody asked, of paths that are not among the tree's files.
    #[must_use]
    pub fn known_on_disk(&self) -> &BTreeMap<DocPath, OnDisk> {
        &self.on_disk
    }

    /// How many lines the files had whose lines links name.
    #[must_use]
    pub fn known_line_counts(&self) -> &BTreeMap<DocPath, Option<u32>> {
        &self.line_counts
    }

    /// Takes note of what the disk knows of unknown paths; returns the pages of which that decides over a destination.
    pub fn learn_of(&mut self, on_disk: &BTreeMap<DocPath, OnDisk>) -> Vec<DocId> {
        if on_disk.is_empty() {
            return Vec::new();
        }
        self.on_disk.extend(on_disk.iter().map(|(path, place)| (path.clone(), *place)));
        let pages = (0..).zip(&mut self.judgements);
        let learn = |judgements: &mut Vec<Judgement>| {
            judgements.iter_mut().map(|judgement| usize::from(judgement.learn_of(on_disk))).sum::<usize>() > 0
        };
        pages.filter_map(|(id, judgements)| learn(judgements).then_some(id)).collect()
    }
}

fn sorted(paths: impl Iterator<Item = DocPath>) -> Vec<DocPath> {
    let mut paths: Vec<DocPath> = paths.collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}
