//! A project: what one platform publishes out of one folder of the tree.
//!
//! Plain data that a dialect makes of its own configuration: which files are published, at which addresses, with
//! which metadata. Knows nothing of the configuration's form.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::files::{FileId, fold};
use super::near::Near;
use crate::dialect::Dialect;
use crate::glob::Globs;
use crate::path::DocPath;

/// Index into [`super::Site::projects`].
pub type ProjectId = u32;

/// What one platform publishes out of one folder.
#[derive(Debug)]
pub struct Project {
    /// The platform.
    pub dialect: &'static Dialect,
    /// The folder: every file below it belongs to the project unless a deeper project has it.
    pub folder: DocPath,
    /// What its pages' addresses begin with: `/managed-desktop`, without a final slash. `None` where unknown.
    pub base_path: Option<String>,
    /// Which of its files are published, and at which address below the base path; `None` where all are.
    pub published: Option<FxHashMap<FileId, Box<str>>>,
    /// Published address below the base path, folded, to the files published there.
    pub addresses: FxHashMap<Box<str>, Vec<FileId>>,
    /// Folders that only the platform's build fills; what is below them cannot be known.
    pub foreign_folders: Vec<DocPath>,
    /// Metadata that pages inherit.
    pub metadata: Metadata,
    near: OnceLock<Near>,
}

impl Project {
    /// A project that publishes everything below `folder`.
    #[must_use]
    pub fn of_everything(dialect: &'static Dialect, folder: DocPath) -> Project {
        Project {
            dialect,
            folder,
            base_path: None,
            published: None,
            addresses: FxHashMap::default(),
            foreign_folders: Vec::new(),
            metadata: Metadata::default(),
            near: OnceLock::new(),
        }
    }

    /// Whether the platform publishes a file.
    #[must_use]
    pub fn publishes(&self, file: FileId) -> bool {
        self.published.as_ref().is_none_or(|published| published.contains_key(&file))
    }

    /// What a rooted address is below the project's base path; `None` where it lies elsewhere.
    #[must_use]
    pub fn below_base_path<'a>(&self, rooted: &'a str) -> Option<&'a str> {
        let base = self.base_path.as_deref()?;
        let head = rooted.get(..base.len())?;
        if !head.eq_ignore_ascii_case(base) {
            return None;
        }
        let rest = &rooted[base.len()..];
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }

    /// Addresses that could be mistaken for one, and how far they are from it.
    #[must_use]
    pub fn near_addresses(&self, address: &str) -> Vec<(usize, &str)> {
        self.near.get_or_init(|| Near::new(self.addresses.keys().map(|name| &**name))).find(address)
    }

    /// The files published at an address below the base path.
    #[must_use]
    pub fn at_address(&self, address: &str) -> &[FileId] {
        self.addresses.get(&*fold(address.trim_end_matches('/'))).map_or(&[], Vec::as_slice)
    }
}

/// Metadata that a page has without writing it.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// Keys every page has.
    pub global: FxHashSet<String>,
    /// Keys of the pages that match, relative to the project's folder and folded.
    pub by_glob: Vec<(String, Globs)>,
}

impl Metadata {
    /// Whether a page inherits `key`.
    #[must_use]
    pub fn has(&self, key: &str, path_in_project: &str) -> bool {
        self.global.contains(key)
            || self
                .by_glob
                .iter()
                .any(|(glob_key, globs)| glob_key == key && globs.matches(&fold(path_in_project)))
    }
}

/// What a page is to the project that judges it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is published as a page.
    Published,
    /// It is a part that pages include.
    Include,
    /// It lies in the project, but nothing publishes it.
    Unpublished,
}

/// A project that judges a page, and what the page is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judge {
    /// The project.
    pub project: ProjectId,
    /// What the page is to it.
    pub role: Role,
}
