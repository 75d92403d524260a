//! The names of all files of the tree, and how to look them up.
//!
//! Owns exact, case-folded and by-name lookup. Knows nothing of what a file holds.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::likely::{Effort, Names, around};
use crate::path::DocPath;

/// Index into [`Files::paths`].
pub type FileId = u32;

/// All file names of the tree.
#[derive(Debug, Default)]
pub struct Files {
    /// Every file, sorted.
    pub paths: Vec<DocPath>,
    exact: FxHashMap<DocPath, FileId>,
    folded: OnceLock<FxHashMap<Box<str>, FileId>>,
    folders: OnceLock<Folders>,
    by_name: OnceLock<FxHashMap<Box<str>, Vec<FileId>>>,
    names: OnceLock<Names>,
    by_folder_end: OnceLock<ByFolderEnd>,
}

/// For each folded last segment that many files have: their folders, read backwards, and the files; sorted.
type ByFolderEnd = FxHashMap<Box<str>, Vec<(Box<str>, FileId)>>;

#[derive(Debug, Default)]
struct Folders {
    exact: FxHashSet<Box<str>>,
    folded: FxHashMap<Box<str>, Box<str>>,
}

/// A name found, and whether its letters' case had to be ignored for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What was found.
    pub item: T,
    /// Whether it is spelled with other letter case than was asked for.
    pub miscased: bool,
}

impl Files {
    /// Indexes `paths`, which are sorted.
    #[must_use]
    pub fn new(paths: Vec<DocPath>) -> Files {
        let exact = paths.iter().enumerate().map(|(id, path)| (path.clone(), id as FileId)).collect();
        Files { paths, exact, ..Files::default() }
    }

    /// The path of a file.
    #[must_use]
    pub fn path(&self, id: FileId) -> &DocPath {
        &self.paths[id as usize]
    }

    /// The file of exactly that name.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.exact.get(path).copied()
    }

    /// The file of that name, else one that differs in letter case only.
    #[must_use]
    pub fn find_any_case(&self, path: &str) -> Option<Found<FileId>> {
        if let Some(item) = self.find(path) {
            return Some(Found { item, miscased: false });
        }
        let item = self.folded().get(&*fold(path)).copied()?;
        Some(Found { item, miscased: true })
    }

    /// The folder of that name, else one that differs in letter case only.
    #[must_use]
    pub fn find_folder(&self, path: &str) -> Option<Found<&str>> {
        let folders = self.folders.get_or_init(|| Folders::of(&self.paths));
        if let Some(folder) = folders.exact.get(path) {
            return Some(Found { item: folder, miscased: false });
        }
        let item = folders.folded.get(&*fold(path))?;
        Some(Found { item, miscased: true })
    }

    /// The files whose last segment is `name`, letter case ignored.
    #[must_use]
    pub fn named(&self, name: &str) -> &[FileId] {
        self.by_name().get(&*fold(name)).map_or(&[], Vec::as_slice)
    }

    /// Of the files whose last segment is `name` those whose folders are likest to `folder`: all, unless they are many.
    pub(super) fn named_near(&self, name: &str, folder: &str) -> Vec<FileId> {
        let all = self.named(name);
        if all.len() <= FEW {
            return all.to_vec();
        }
        let by_folder_end = self.by_folder_end.get_or_init(|| self.by_folder_end());
        let ends = by_folder_end.get(&*fold(name)).map_or(&[][..], Vec::as_slice);
        let wanted = backwards(folder);
        let mut near: Vec<FileId> = around(ends, ends.partition_point(|(end, _)| *end < wanted))
            .iter()
            .map(|(_, file)| *file)
            .collect();
        near.extend(around(all, all.partition_point(|&file| self.path(file).folder() < folder)));
        near.sort_unstable();
        near.dedup();
        near
    }

    fn by_folder_end(&self) -> ByFolderEnd {
        let many = self.by_name().iter().filter(|(_, files)| files.len() > FEW);
        many.map(|(name, files)| {
            let mut ends: Vec<_> =
                files.iter().map(|&file| (backwards(self.path(file).folder()), file)).collect();
            ends.sort_unstable();
            (name.clone(), ends)
        })
        .collect()
    }

    /// Last segments, folded, that are worth comparing with `name`.
    pub(super) fn names_like(&self, name: &str, effort: Effort) -> Vec<&str> {
        self.names.get_or_init(|| Names::new(self.by_name().keys().map(|name| &**name))).like(name, effort)
    }

    fn folded(&self) -> &FxHashMap<Box<str>, FileId> {
        self.folded.get_or_init(|| {
            let mut folded = FxHashMap::default();
            folded.reserve(self.paths.len());
            for (id, path) in self.paths.iter().enumerate() {
                folded.entry(fold(path.as_str())).or_insert(id as FileId);
            }
            folded
        })
    }

    fn by_name(&self) -> &FxHashMap<Box<str>, Vec<FileId>> {
        self.by_name.get_or_init(|| {
            let mut by_name: FxHashMap<Box<str>, Vec<FileId>> = FxHashMap::default();
            for (id, path) in self.paths.iter().enumerate() {
                by_name.entry(fold(path.file_name())).or_default().push(id as FileId);
            }
            by_name
        })
    }
}

impl Folders {
    fn of(paths: &[DocPath]) -> Folders {
        let mut folders = Folders::default();
        folders.add("");
        for path in paths {
            let mut folder = path.folder();
            while !folders.exact.contains(folder) {
                folders.add(folder);
                folder = folder.rfind('/').map_or("", |slash| &folder[..slash]);
            }
        }
        folders
    }

    fn add(&mut self, folder: &str) {
        self.folded.entry(fold(folder)).or_insert_with(|| folder.into());
        self.exact.insert(folder.into());
    }
}

/// So many files of one name are all looked at.
const FEW: usize = 64;

/// A folder with its deepest segment first, folded.
fn backwards(folder: &str) -> Box<str> {
    fold(&folder.rsplit('/').collect::<Vec<_>>().join("/"))
}

/// The form in which names are compared where letter case does not matter.
#[must_use]
pub fn fold(text: &str) -> Box<str> {
    if text.is_ascii() { text.to_ascii_lowercase().into() } else { text.to_lowercase().into() }
}

/// Whether two names are the same where letter case does not matter.
#[must_use]
pub(super) fn same_folded(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || !(one.is_ascii() && other.is_ascii()) && fold(one) == fold(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_up_by_case_and_by_name() {
        let files = Files::new(["a/B.md", "a/c/d.png"].map(DocPath::new).into());
        assert_eq!(files.find_any_case("A/b.md"), Some(Found { item: 0, miscased: true }));
        assert_eq!(files.find("A/b.md"), None);
        assert_eq!(files.find_folder("a/c").map(|found| found.miscased), Some(false));
        assert_eq!(files.find_folder("").map(|found| found.item), Some(""));
        assert_eq!(files.named("D.PNG"), [1]);
    }

    #[test]
    fn names_are_compared_as_they_are_folded() {
        for (one, other) in [("Ab", "aB"), ("É", "é"), ("\u{212a}", "k"), ("ab", "ac"), ("é", "e")] {
            assert_eq!(same_folded(one, other), fold(one) == fold(other), "{one} {other}");
        }
    }
}
