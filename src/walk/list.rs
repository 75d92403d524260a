//! One walk below the root: the names of all files that are not ignored.
//!
//! Reads ignore files and folders, never the text of a page.

use std::fs;
use std::io;
use std::mem;
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use ignore::{DirEntry, WalkBuilder, WalkState};
use rayon::prelude::*;

use super::place::Place;
use super::text::{Refusal, refusal_of_io};
use super::unreadable_page;
use crate::git::Oid;
use crate::path::DocPath;
use crate::tree::Unreadable;

/// What a walk has found.
#[derive(Default)]
pub(super) struct Listing {
    /// Sorted by path, each path once.
    pub(super) files: Vec<Listed>,
    /// Folders that cannot be listed, and files whose name cannot be told from another's.
    pub(super) unreadable: Vec<Unreadable>,
}

/// A file that is not ignored.
pub(super) struct Listed {
    pub(super) path: DocPath,
    pub(super) is_symlink: bool,
    /// The name to open it by; `path` is only close to it if it is not UTF-8.
    pub(super) on_disk: PathBuf,
    /// What git has stored of it, if it was git that listed it.
    pub(super) stored: Option<Stored>,
    /// Its text, where that is known.
    pub(super) text: Option<Arc<str>>,
}

/// What git has stored of a file.
pub(super) struct Stored {
    pub(super) oid: Oid,
    /// Whether this counts, not what the disk has.
    pub(super) counts: bool,
}

impl Listed {
    fn new(root: &Path, on_disk: PathBuf, is_symlink: bool) -> Listed {
        Listed { path: doc_path(root, &on_disk), is_symlink, on_disk, stored: None, text: None }
    }
}

/// The files below the root, and those named although they are ignored.
pub(super) fn list(place: &Place) -> Listing {
    let mut listing = walk(place, &place.root);
    sort(&mut listing);
    let hidden_from_walk: Vec<Listing> = place
        .named
        .iter()
        .filter(|named| !holds(&listing.files, &named.path, named.is_dir))
        .map(|named| match named.is_dir {
            true => walk(place, &named.on_disk),
            false => Listing {
                files: vec![Listed::new(&place.root, named.on_disk.clone(), false)],
                ..Listing::default()
            },
        })
        .collect();
    if !hidden_from_walk.is_empty() {
        for more in hidden_from_walk {
            listing.files.extend(more.files);
            listing.unreadable.extend(more.unreadable);
        }
        sort(&mut listing);
    }
    listing
}

/// The place of `on_disk` in the tree; a name that is not UTF-8 is told approximately.
pub(super) fn doc_path(root: &Path, on_disk: &Path) -> DocPath {
    let relative = on_disk.strip_prefix(root).unwrap_or(on_disk).to_string_lossy();
    match MAIN_SEPARATOR_STR {
        "/" => DocPath::new(&relative),
        separator => DocPath::new(&relative.replace(separator, "/")),
    }
}

fn walk(place: &Place, start: &Path) -> Listing {
    let (sender, batches) = mpsc::channel();
    let walker = walker(place, start).build_parallel();
    walker.run(|| {
        let mut batch = Batch { found: Listing::default(), sender: sender.clone() };
        Box::new(move |entry| {
            batch.found.add(&place.root, entry);
            WalkState::Continue
        })
    });
    drop(sender);
    let mut all = Listing::default();
    for batch in batches {
        all.files.extend(batch.files);
        all.unreadable.extend(batch.unreadable);
    }
    all
}

fn walker(place: &Place, start: &Path) -> WalkBuilder {
    let in_git = place.below_git_root.is_some();
    let mut walker = WalkBuilder::new(start);
    walker
        .threads(rayon::current_num_threads())
        .hidden(false)
        .ignore(false)
        .git_global(false)
        .git_ignore(true)
        .git_exclude(true)
        // Only with `require_git` does the crate stop reading parents' ignore files at the repository's root.
        .require_git(in_git)
        .parents(in_git)
        .follow_links(false)
        .filter_entry(|entry| entry.file_name() != ".git");
    walker
}

/// What one thread of the walk has found; sent when the thread is done.
struct Batch {
    found: Listing,
    sender: Sender<Listing>,
}

impl Drop for Batch {
    fn drop(&mut self) {
        let _ = self.sender.send(mem::take(&mut self.found));
    }
}

impl Listing {
    fn add(&mut self, root: &Path, entry: Result<DirEntry, ignore::Error>) {
        match entry {
            Ok(entry) => self.files.extend(listed(root, entry)),
            Err(error) => self.unreadable.extend(unlisted(root, &error)),
        }
    }
}

fn listed(root: &Path, entry: DirEntry) -> Option<Listed> {
    let kind = entry.file_type()?;
    let leads_to_file = || fs::metadata(entry.path()).is_ok_and(|target| target.is_file());
    let counts = kind.is_file() || kind.is_symlink() && leads_to_file();
    counts.then(|| Listed::new(root, entry.into_path(), kind.is_symlink()))
}

fn unlisted(root: &Path, error: &ignore::Error) -> Option<Unreadable> {
    let at = path_of(error)?;
    let error = error.io_error().filter(|error| error.kind() != io::ErrorKind::NotFound)?;
    let Refusal { reason, help } = refusal_of_io(error);
    let reason = format!("the folder cannot be listed: {reason}");
    Some(unreadable_page(&doc_path(root, at), Refusal { reason, help }))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

pub(super) fn sort(listing: &mut Listing) {
    let Listing { files, unreadable } = listing;
    files.par_sort_unstable_by(|one, other| {
        one.path.cmp(&other.path).then_with(|| one.on_disk.cmp(&other.on_disk))
    });
    files.dedup_by(|later, kept| {
        let same = later.path == kept.path;
        if same && later.on_disk != kept.on_disk {
            unreadable.push(unreadable_page(&later.path, not_told_apart()));
        }
        same
    });
}

fn not_told_apart() -> Refusal {
    Refusal {
        reason: "another file's name differs only in bytes that are not UTF-8".to_owned(),
        help: Some("rename one of them".to_owned()),
    }
}

fn holds(files: &[Listed], path: &DocPath, is_dir: bool) -> bool {
    if !is_dir {
        return files.binary_search_by(|file| file.path.cmp(path)).is_ok();
    }
    let folder = path.as_str();
    let first = match folder {
        "" => return true,
        _ => files.partition_point(|file| file.path.as_str() < format!("{folder}/").as_str()),
    };
    files.get(first).is_some_and(|file| file.path.below(folder).is_some())
}
