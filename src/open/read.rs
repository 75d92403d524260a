//! Where the tree is read from: the disk, or what git tracks; and what the platforms' own configuration names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::FILE_NAME;
use crate::dialect::DIALECTS;
use crate::glob::Globs;
use crate::path::DocPath;
use crate::tree::{OnDisk, Tree};
use crate::walk::{self, Contents, Place, Tracked};
use crate::words::{count, visible};

/// Where the tree is read from.
pub enum Source {
    /// The disk: what is not ignored.
    Disk,
    /// What git tracks.
    Tracked(Tracked),
}

impl Source {
    /// What git tracks below the root; without git the disk. And notes about that.
    pub fn tracked(root: &Path, contents: Contents) -> (Source, Vec<String>) {
        let Some(tracked) = Tracked::open(root, contents) else {
            let note = "git does not answer for this folder: all files on disk are checked";
            return (Source::Disk, vec![note.to_owned()]);
        };
        let mut notes = Vec::new();
        let unmerged: Vec<DocPath> = tracked.unmerged().collect();
        if let Some(first) = unmerged.first().filter(|_| contents == Contents::Index) {
            let files = count(unmerged.len(), "file");
            let first = visible(first.as_str());
            notes.push(format!("{files} in conflict, such as {first}: our version is checked"));
        }
        (Source::Tracked(tracked), notes)
    }

    /// Everything below the root; pages that `exclude` matches by name only.
    pub fn tree(&self, place: &Place, exclude: &Globs) -> Tree {
        let mut tree = match self {
            Source::Disk => walk::tree(place, exclude, &is_config),
            Source::Tracked(tracked) => tracked.tree(place, exclude, &is_config),
        };
        let mut further: Vec<DocPath> =
            DIALECTS.iter().flat_map(|dialect| (dialect.further_configs)(&tree)).collect();
        further.retain(|path| !tree.configs.contains_key(path));
        tree.configs.extend(self.read(&place.root, &further));
        tree
    }

    /// The text of a file by its place on disk, where it is not the disk's that counts.
    pub fn stored(&self, file: &Path) -> Option<Arc<str>> {
        match self {
            Source::Disk => None,
            Source::Tracked(tracked) => tracked.text_at(file),
        }
    }

    /// The configuration at a root that the disk does not have.
    pub fn config_at(&self, root: &Path) -> Option<PathBuf> {
        Some(root.join(FILE_NAME)).filter(|file| self.stored(file).is_some())
    }

    /// The texts of files.
    pub fn read(&self, root: &Path, paths: &[DocPath]) -> BTreeMap<DocPath, Arc<str>> {
        match self {
            Source::Disk => walk::read(root, paths),
            Source::Tracked(tracked) => tracked.read(paths),
        }
    }

    /// What is known of paths that are not among the tree's files.
    pub fn probe(&self, place: &Place, paths: &[DocPath]) -> BTreeMap<DocPath, OnDisk> {
        match self {
            Source::Disk => walk::probe(&place.root, place.below_git_root.is_some(), paths),
            Source::Tracked(tracked) => tracked.probe(&place.root, paths),
        }
    }

    /// How many lines files have.
    pub fn count_lines(&self, root: &Path, paths: &[DocPath]) -> BTreeMap<DocPath, u32> {
        match self {
            Source::Disk => walk::count_lines(root, paths),
            Source::Tracked(tracked) => tracked.count_lines(paths),
        }
    }
}

/// Whether a file is configuration of ours or of some platform.
pub fn is_config(path: &DocPath) -> bool {
    path.file_name() == FILE_NAME || DIALECTS.iter().any(|dialect| (dialect.is_config)(path))
}
