//! What a platform is: data and small functions behind one type, one file a platform.
//!
//! A dialect turns facts into what readers meet: heading into anchor id, destination into file. Nothing outside this
//! folder asks which dialect it has.

pub mod github;
pub mod learn;
pub mod slug;

use crate::facts::Link;
use crate::finding::Level;
use crate::path::DocPath;
use crate::site::{ConfigFault, Doc, Files, Lookup, Outcome, Parts, Project, Redirect, Settings};
use crate::tree::Tree;

/// Every dialect. A platform that is detected goes before one that is not; the last is the fallback.
pub static DIALECTS: &[&Dialect] = &[&learn::DIALECT, &github::DIALECT];

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
    /// Whether a file of that name holds configuration of the platform.
    pub is_config: fn(&str) -> bool,
    /// Further configuration files that those already read name.
    pub further_configs: fn(&Tree) -> Vec<DocPath>,
    /// Reads the platform's configuration; without any, nothing.
    pub read_config: fn(&Tree, &Files, &Settings) -> PlatformConfig,
    /// The ids of a page's headings, in order.
    pub heading_ids: fn(&Doc) -> Vec<Option<String>>,
    /// Whether the platform itself makes an anchor of that name in the page.
    pub makes_anchor: fn(&Doc, &str) -> bool,
    /// Further spellings of an anchor that the platform understands.
    pub same_anchor: fn(&str) -> Option<&str>,
    /// Splits a destination into decoded parts.
    pub split: for<'d> fn(&'d str) -> Parts<'d>,
    /// What the platform makes of a destination.
    pub usage: fn(&Doc, &Link) -> Usage,
    /// What a destination leads to.
    pub resolve: fn(&Lookup<'_>, &Doc, &str, Usage) -> Outcome,
    /// How grave it is when an anchor's letter case differs; for a path it is the level of `case-mismatch`.
    pub miscased_anchor: Level,
    /// Levels that differ from the rules' own; `None` is off.
    pub levels: &'static [(&'static str, Option<Level>)],
    /// Whether a code span in a table cell protects its `|`.
    pub code_protects_pipe: bool,
    /// Whether a line that begins with `:::` ends a table.
    pub colons_end_table: bool,
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
    /// A link or an image.
    Link,
    /// Another page's content goes here.
    Include,
    /// A file's lines go here.
    Code,
    /// Not a destination on this platform.
    Nothing,
}
