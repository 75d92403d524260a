//! A project: what one platform publishes out of one folder of the tree.
//!
//! Plain data that a dialect makes of its own configuration: which files are published, at which addresses, with
//! which metadata. Knows nothing of the configuration's form.

use std::any::Any;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::files::{FileId, Files, fold};
use super::likely::{Effort, Names};
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
    /// The files of the tree whose values are the project's navigation.
    pub navigation: Vec<DocPath>,
    /// The site's own address: `https://example.org/docs`, without a final slash. `None` where unknown.
    pub site_url: Option<String>,
    /// Whether something the configuration names may add or move pages in ways that cannot be known.
    pub unknown_additions: bool,
    /// Whether something finds link labels that no page defines.
    pub foreign_labels: bool,
    /// Whether ids of headings are made in ways that cannot be known.
    pub unknown_anchors: bool,
    /// What only the project's dialect understands.
    pub own: Option<Box<dyn Any + Send + Sync>>,
    /// The folders of its addresses, and whether a page lies directly in each.
    pub(crate) address_folders: OnceLock<FxHashMap<Box<str>, bool>>,
    address_names: OnceLock<Names>,
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
            navigation: Vec::new(),
            site_url: None,
            unknown_additions: false,
            foreign_labels: false,
            unknown_anchors: false,
            own: None,
            address_folders: OnceLock::new(),
            address_names: OnceLock::new(),
        }
    }

    /// What the project's dialect has put aside for itself.
    #[must_use]
    pub fn own<T: 'static>(&self) -> Option<&T> {
        self.own.as_ref()?.downcast_ref()
    }

    /// Whether the platform publishes a file.
    #[must_use]
    pub fn publishes(&self, file: FileId) -> bool {
        self.published.as_ref().is_none_or(|published| published.contains_key(&file))
    }

    /// An address of the site, written with or without the site's own host, as a rooted one.
    #[must_use]
    pub fn rooted<'a>(&self, url: &'a str) -> Option<&'a str> {
        if url.starts_with('/') && !url.starts_with("//") {
            return Some(url);
        }
        let (scheme, rest) = self.site_url.as_deref()?.split_once("://")?;
        let host = rest.split('/').next().unwrap_or_default();
        let url = url.strip_prefix(scheme)?.strip_prefix("://")?.strip_prefix(host)?;
        url.starts_with('/').then_some(url)
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

    /// Addresses worth comparing with one where nothing is published.
    pub(super) fn addresses_like(&self, address: &str, effort: Effort) -> Vec<&str> {
        self.address_names
            .get_or_init(|| Names::new(self.addresses.keys().map(|name| &**name)))
            .like(address, effort)
    }

    /// The files published at an address below the base path.
    #[must_use]
    pub fn at_address(&self, address: &str) -> &[FileId] {
        self.addresses.get(&*fold(address.trim_end_matches('/'))).map_or(&[], Vec::as_slice)
    }

    /// The rooted address of a published file.
    #[must_use]
    pub fn address_of(&self, file: FileId) -> Option<String> {
        let address = self.published.as_ref()?.get(&file)?;
        let base = self.base_path.as_deref()?;
        Some(if address.is_empty() { base.to_owned() } else { format!("{base}/{address}") })
    }

    /// Whether an address lies among the project's own pages, so that a page missing there is missing here.
    ///
    /// Several repositories publish below one base path. A folder is taken for this project's own where one of
    /// its pages lies directly in it: `/powershell/module/` holds nothing but the folders of modules, of which
    /// other repositories publish most; `/powershell/module/cimcmdlets/` holds pages.
    #[must_use]
    pub fn has_pages_beside(&self, address: &str, files: &Files) -> bool {
        let folders = self.address_folders.get_or_init(|| address_folders(&self.addresses, files));
        let address = fold(address.trim_end_matches('/'));
        parents(&address).find_map(|folder| folders.get(folder).copied()).unwrap_or(false)
    }
}

fn address_folders(addresses: &FxHashMap<Box<str>, Vec<FileId>>, files: &Files) -> FxHashMap<Box<str>, bool> {
    let is_page = |file: &FileId| {
        let path = files.path(*file);
        let has = |extension| path.extension().eq_ignore_ascii_case(extension);
        (has("md") || has("yml")) && !path.file_stem().eq_ignore_ascii_case("toc")
    };
    let pages = addresses.iter().filter(|(_, files)| files.iter().any(is_page));
    let pages: Vec<&str> = pages.map(|(address, _)| &**address).collect();
    let mut folders: FxHashMap<Box<str>, bool> = FxHashMap::default();
    for page in &pages {
        // What stands above a folder came with it.
        for folder in parents(page) {
            if folders.contains_key(folder) {
                break;
            }
            folders.insert(folder.into(), false);
        }
    }
    for page in pages {
        if !page.is_empty()
            && !folders.contains_key(page)
            && let Some(folder) = parents(page).next()
        {
            folders.insert(folder.into(), true);
        }
    }
    folders
}

/// The folders above an address, the nearest first; the last is the empty one.
fn parents(address: &str) -> impl Iterator<Item = &str> {
    let up = |address: &str| address.rfind('/').unwrap_or(0);
    std::iter::successors((!address.is_empty()).then(|| &address[..up(address)]), move |folder| {
        (!folder.is_empty()).then(|| &folder[..up(folder)])
    })
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
    /// It is no page: its values are the site's navigation.
    Navigation,
}

/// A project that judges a page, and what the page is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judge {
    /// The project.
    pub project: ProjectId,
    /// What the page is to it.
    pub role: Role,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_folders_may_be_shared_with_other_repositories() {
        let names = ["7/core/get-help.md", "guide/index.md", "guide/start.md", "index.yml"];
        let files = Files::new(names.map(DocPath::new).into());
        let mut project = Project::of_everything(&crate::dialect::learn::DIALECT, DocPath::new(""));
        for (address, file) in [("module/core/get-help", 0), ("guide", 1), ("guide/start", 2), ("", 3)] {
            project.addresses.insert(address.into(), vec![file]);
        }
        let beside = |address| project.has_pages_beside(address, &files);
        assert!(beside("module/core/get-halp") && beside("Guide/a/b"));
        assert!(!beside("module/pki") && !beside("module/pki/new") && !beside("azure") && !beside(""));
    }
}
