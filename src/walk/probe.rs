//! What the disk says of link targets that the walk has not listed or not read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::list::doc_path;
use super::place::git_root;
use crate::git;
use crate::path::DocPath;
use crate::tree::OnDisk;

/// Looks up paths that are not among [`Tree::files`](crate::tree::Tree::files); `root` is canonical. With `git`, git is
/// asked which of them it tracks.
///
/// A path that leads above the root must stay in its git repository. Empty folders, pipes, sockets and devices count as
/// missing, and so does a name that only a case-insensitive file system finds: it breaks elsewhere. (Linux's rare
/// case-insensitive folders do not tell; there such a name counts.)
#[must_use]
pub fn probe(root: &Path, git: bool, paths: &[DocPath]) -> BTreeMap<DocPath, OnDisk> {
    let mut on_disk: BTreeMap<DocPath, OnDisk> =
        paths.par_iter().filter_map(|path| Some((path.clone(), look_up(root, path)?))).collect();
    let is_ignored = |(path, found): (&DocPath, &OnDisk)| (*found == OnDisk::Ignored).then(|| path.clone());
    let ignored: Vec<DocPath> = on_disk.iter().filter_map(is_ignored).collect();
    if git {
        for path in git::tracked(root, &ignored).unwrap_or_default() {
            on_disk.insert(path, OnDisk::Tracked);
        }
        let missing = paths.iter().filter(|path| !on_disk.contains_key(*path));
        let in_submodule = in_absent_submodule(root, missing);
        on_disk.extend(in_submodule.into_iter().map(|path| (path, OnDisk::InSubmodule)));
    }
    on_disk
}

/// Those that lie in a submodule which is not checked out.
fn in_absent_submodule<'p>(root: &Path, missing: impl Iterator<Item = &'p DocPath>) -> Vec<DocPath> {
    let mut missing = missing.peekable();
    let has_submodules = || git_root(root).is_some_and(|git_root| git_root.join(".gitmodules").is_file());
    if missing.peek().is_none() || !has_submodules() {
        return Vec::new();
    }
    let Some(repository) = git::Repository::find(root) else { return Vec::new() };
    let absent = repository.absent_submodules();
    let below = doc_path(&repository.toplevel, root);
    let is_in_one = |path: &&DocPath| {
        let from_toplevel = DocPath::join(below.as_str(), path.as_str());
        absent.iter().any(|module| from_toplevel.below(module.as_str()).is_some() || from_toplevel == *module)
    };
    missing.filter(is_in_one).cloned().collect()
}

/// How many lines each file has; one that is empty, holds no text or cannot be read is left out.
#[must_use]
pub fn count_lines(root: &Path, paths: &[DocPath]) -> BTreeMap<DocPath, u32> {
    let count = |path: &DocPath| {
        let bytes = fs::read(root.join(path.as_str())).ok()?;
        Some((path.clone(), lines_of(&bytes)?))
    };
    paths.par_iter().filter_map(count).collect()
}

/// How many lines a text has; `None` for what is empty or no text.
pub(super) fn lines_of(bytes: &[u8]) -> Option<u32> {
    if memchr::memchr(0, bytes).is_some() {
        return None;
    }
    let unfinished = usize::from(*bytes.last()? != b'\n');
    Some((memchr::memchr_iter(b'\n', bytes).count() + unfinished) as u32)
}

/// What the disk has at a path that is not among the tree's files.
pub(super) fn look_up(root: &Path, path: &DocPath) -> Option<OnDisk> {
    let asked = root.join(path.as_str());
    if path.levels_above_root() > 0 {
        return asked.exists().then_some(OnDisk::OutsideRoot);
    }
    if !is_file_or_folder_in_use(&asked) {
        return None;
    }
    // The canonical path has no symbolic links and, where case does not matter, the names' real case.
    let real = asked.canonicalize().ok()?;
    if real == asked {
        Some(OnDisk::Ignored)
    } else if differ_in_case_only(&real, &asked) {
        None
    } else {
        Some(OnDisk::BehindSymlink)
    }
}

fn is_file_or_folder_in_use(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| {
        let is_in_use = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
        metadata.is_file() || metadata.is_dir() && is_in_use()
    })
}

fn differ_in_case_only(one: &Path, other: &Path) -> bool {
    one.to_string_lossy().to_lowercase() == other.to_string_lossy().to_lowercase()
}
