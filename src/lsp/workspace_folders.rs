//! Which trees are open: those of the workspace's folders, and those of documents that lie in none of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;

use super::roots::Root;
use super::uri;
use crate::open::Failure;
use crate::path::DocPath;

/// The folders of the workspace, and all trees.
#[derive(Default)]
pub struct Folders {
    /// As the client names it, and canonical.
    folders: Vec<(PathBuf, PathBuf)>,
    roots: Vec<Root>,
}

impl Folders {
    /// Opens the trees of these folders instead of all there are; what stands in the way is told.
    pub fn open(&mut self, folders: &[PathBuf]) -> Vec<Failure> {
        self.folders = folders.iter().map(|folder| (folder.clone(), canonical(folder))).collect();
        self.roots.clear();
        let mut of_root: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
        let mut failures = Vec::new();
        for (_, folder) in &self.folders {
            match Root::of(std::slice::from_ref(folder)) {
                Ok(root) => of_root.entry(root.path).or_default().push(folder.clone()),
                Err(failure) => failures.push(failure),
            }
        }
        for folders in of_root.values() {
            match Root::of(folders) {
                Ok(root) => self.roots.push(root),
                Err(failure) => failures.push(failure),
            }
        }
        failures
    }

    /// The folders as the client names them.
    pub fn names(&self) -> Vec<PathBuf> {
        self.folders.iter().map(|(given, _)| given.clone()).collect()
    }

    /// All trees.
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// All trees.
    pub fn roots_mut(&mut self) -> &mut [Root] {
        &mut self.roots
    }

    /// The tree of a file, and its place there. Of several the innermost.
    pub fn place_of(&self, file: &Path) -> Option<(usize, DocPath)> {
        let places =
            self.roots.iter().enumerate().filter_map(|(index, root)| Some((index, root.place_of(file)?)));
        places.max_by_key(|(index, _)| self.roots[*index].path.as_os_str().len())
    }

    /// Opens the tree of a file that lies in none, as the command line finds it from the file's folder.
    ///
    /// # Errors
    /// Why there is none.
    pub fn open_around(&mut self, file: &Path) -> Result<(), Failure> {
        let Some(folder) = file.ancestors().skip(1).find(|folder| folder.is_dir()) else { return Ok(()) };
        let root = Root::of(&[folder.to_owned()])?;
        if !self.roots.iter().any(|known| known.path == root.path) && !is_everything(&root.path) {
            self.roots.push(root);
        }
        Ok(())
    }

    /// Keeps the trees of the workspace's folders, and those that `is_used`.
    pub fn keep_used(&mut self, is_used: impl Fn(&Folders, usize) -> bool) {
        let of_folder = |root: &Root| self.folders.iter().any(|(_, folder)| folder.starts_with(&root.path));
        let used: Vec<bool> = self
            .roots
            .iter()
            .enumerate()
            .map(|(index, root)| of_folder(root) || is_used(self, index))
            .collect();
        let mut used = used.into_iter();
        self.roots.retain(|_| used.next().unwrap_or_default());
    }

    /// The URI of a file by which the client knows it: below the folders as it named them.
    pub fn uri(&self, file: &Path) -> Option<Uri> {
        let below = self.folders.iter().find_map(|(given, canonical)| {
            let rest = file.strip_prefix(canonical).ok()?;
            Some(if rest.as_os_str().is_empty() { given.clone() } else { given.join(rest) })
        });
        uri::of_file(below.as_deref().unwrap_or(file))
    }
}

/// A file's path without links and `..` in it; its name need not exist.
pub fn canonical(path: &Path) -> PathBuf {
    let of_folder = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(of_folder).unwrap_or_else(|| path.to_owned())
}

/// Whether reading a tree would mean reading the whole disk.
fn is_everything(folder: &Path) -> bool {
    folder.parent().is_none()
}
