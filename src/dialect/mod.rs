//! What a platform is: data and small functions behind one type, one file a platform.
//!
//! A dialect turns facts into what readers meet: heading into anchor id, destination into file. Nothing outside this
//! folder asks which dialect it has.

mod navigation;
pub mod slug;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::{ElementId, Facts, Link};
use crate::finding::Level;
use crate::parse::Flavor;
use crate::path::DocPath;
use crate::site::{ConfigFault, Doc, Files, Lookup, Outcome, Parts, Project, Redirect, Settings};
use crate::tree::Tree;

/// Declares the modules of the dialects and the list of them.
macro_rules! dialects {
    ($($module:ident),* $(,)?) => {
        $(pub mod $module;)*

        /// Every dialect. A platform that is detected goes before one that is not; the last is the fallback.
        pub static DIALECTS: [&Dialect; [$(stringify!($module)),*].len()] = [$(&$module::DIALECT),*];
    };
}

dialects! {
    learn,
    docfx,
    mkdocs,
    mdbook,
    commonmark,
    vitepress,
    hugo,
    docusaurus,
    github,
}

/// A platform that publishes pages.
pub struct Dialect {
    /// Its name in configuration and output.
    pub name: &'static str,
    /// Its name in prose.
    pub title: &'static str,
    /// The platform in one line.
    pub summary: &'static str,
    /// The name of the file that marks the root of a repository the platform publishes.
    pub root_mark: Option<&'static str>,
    /// Whether a file holds configuration of the platform, or navigation.
    pub is_config: fn(&DocPath) -> bool,
    /// Further configuration files that those already read name.
    pub further_configs: fn(&Tree) -> Vec<DocPath>,
    /// Reads the platform's configuration; without any, nothing.
    pub read_config: fn(&Tree, &Files, &Settings) -> PlatformConfig,
    /// The language a project's page is written in.
    pub flavor: fn(&Project, &DocPath) -> Flavor,
    /// What stands in one of the project's navigation files.
    pub navigation: fn(&Project, &DocPath, &str) -> Facts,
    /// Completes a project with what its pages themselves say of their addresses; returns the redirects they declare.
    pub publish: fn(&mut Project, &Files, &[Doc]) -> Vec<Redirect>,
    /// The ids of a page's headings, in order.
    pub heading_ids: fn(&Project, &Doc) -> Vec<Option<String>>,
    /// Whether the platform takes that attribute for an anchor.
    pub takes_id: fn(&ElementId) -> bool,
    /// Whether the platform itself makes an anchor of that name in the page; asked for each name, so it does not read
    /// the page, but for what `site::update` compares.
    pub makes_anchor: fn(&Doc, &str) -> bool,
    /// Further anchors that only reading the page's text tells; asked once a page.
    pub made_anchors: fn(&Doc) -> MadeAnchors,
    /// Further spellings of an anchor that the platform understands.
    pub same_anchor: fn(&str) -> Option<&str>,
    /// Splits a destination into decoded parts.
    pub split: for<'d> fn(&'d str) -> Parts<'d>,
    /// What the platform makes of a destination.
    pub usage: fn(&Doc, &Link) -> Usage,
    /// What a destination leads to.
    pub resolve: fn(&Lookup<'_>, &Doc, &str, Usage) -> Outcome,
    /// Whether included text becomes the reader's own: its links count from the page that includes it, and its
    /// headings are numbered with that page's.
    pub includes_are_text: bool,
    /// How grave it is when an anchor's letter case differs; for a path it is the level of `case-mismatch`.
    pub miscased_anchor: Level,
    /// Levels that differ from the rules' own; `None` is off.
    pub levels: &'static [(&'static str, Option<Level>)],
    /// Whether the platform reads a header between `---` lines.
    pub reads_front_matter: bool,
    /// Whether a code span in a table cell protects its `|`.
    pub code_protects_pipe: bool,
    /// Whether a row with more cells than the header gives the table columns; elsewhere they are left out.
    pub surplus_cells_add_columns: bool,
    /// Whether a line is no text but markup of the platform's own, which ends a table.
    pub ends_table: fn(&str) -> bool,
    /// Whether a table directly after a line of text is none.
    pub text_before_unmakes_table: bool,
    /// Whether a table directly before a line of text is none; elsewhere the line is a row.
    pub text_after_unmakes_table: bool,
    /// Whether lines that begin another block, such as a heading, are rows up to the next empty line.
    pub table_takes_all_lines: bool,
    /// Whether `/x` is a path from the root of the repository.
    pub rooted_is_repository: bool,
    /// Whether `~/x` is a path from the project's folder.
    pub tilde_is_project: bool,
}

impl Dialect {
    /// The dialect of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Dialect> {
        DIALECTS.iter().copied().find(|dialect| dialect.name == name)
    }

    /// Its place among [`DIALECTS`].
    #[must_use]
    pub fn index(&self) -> usize {
        DIALECTS.iter().position(|other| *other == self).unwrap_or_default()
    }

    /// Whether a path in other letter case leads nowhere.
    #[must_use]
    pub fn case_matters(&self) -> bool {
        self.levels.contains(&("case-mismatch", Some(Level::Error)))
    }

    /// The level of a rule on this platform where the configuration says nothing.
    #[must_use]
    pub fn level(&self, rule: &crate::rules::Rule) -> Option<Level> {
        let own = self.levels.iter().find(|(id, _)| *id == rule.id);
        own.map_or(rule.level, |(_, level)| *level)
    }
}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Dialect) -> bool {
        self.name == other.name
    }
}

/// The names of all dialects.
pub fn names() -> impl Iterator<Item = &'static str> {
    DIALECTS.iter().map(|dialect| dialect.name)
}

/// What a platform's own configuration says.
#[derive(Debug, Default)]
pub struct PlatformConfig {
    /// The projects it publishes.
    pub projects: Vec<Project>,
    /// The redirects it declares.
    pub redirects: Vec<Redirect>,
    /// What is wrong with it.
    pub faults: Vec<ConfigFault>,
}

/// What a platform makes of a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// A link, which the platform understands as it understands Markdown's.
    Link,
    /// Something the page shows.
    Image,
    /// An address that reaches the browser as it is written.
    Address,
    /// A page, named in the platform's own syntax.
    Reference,
    /// Another page's content goes here.
    Include,
    /// A file's lines go here.
    Code,
    /// Not a destination on this platform.
    Nothing,
}

impl Usage {
    /// Whether readers follow or see it; false for what goes into the page.
    #[must_use]
    pub fn is_link(self) -> bool {
        matches!(self, Usage::Link | Usage::Image | Usage::Address | Usage::Reference)
    }
}

/// Anchors that a page has besides those of its headings and ids.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct MadeAnchors {
    /// Whether it may have any at all.
    pub any: bool,
    /// Their names.
    pub names: FxHashSet<Box<str>>,
    /// What their names end in, by length.
    pub endings: FxHashMap<usize, FxHashSet<Box<str>>>,
    /// Whether a number may follow a name.
    pub numbered: bool,
}

impl MadeAnchors {
    /// Whether the page may have an anchor of that name.
    #[must_use]
    pub fn may_have(&self, name: &str) -> bool {
        let without_number = || name.rsplit_once('-').filter(|(_, number)| number.parse::<u32>().is_ok());
        let ending = |length: &usize| name.get(name.len().checked_sub(*length)?..);
        let ends_so = |(length, endings): (&usize, &FxHashSet<Box<str>>)| {
            ending(length).is_some_and(|ending| endings.contains(ending))
        };
        self.any
            || self.names.contains(name)
            || self.numbered && without_number().is_some_and(|(name, _)| self.names.contains(name))
            || self.endings.iter().any(ends_so)
    }
}

/// For a platform whose anchors are its headings and ids.
#[must_use]
pub fn no_made_anchors(_: &Doc) -> MadeAnchors {
    MadeAnchors::default()
}

/// For a platform without navigation files.
#[must_use]
pub fn no_navigation(_: &Project, _: &DocPath, _: &str) -> Facts {
    Facts::default()
}

/// For a platform whose configuration says all there is to say of addresses.
#[must_use]
pub fn published_as_configured(_: &mut Project, _: &Files, _: &[Doc]) -> Vec<Redirect> {
    Vec::new()
}
