//! A [`Tree`] of what git tracks: its names, with the contents of the index or of the working tree.
//!
//! Does not know git's commands. What users meet, decided here and held by `tests/git/`:
//!
//! * **Untracked** files are invisible. As the target of a link they count as missing, and it is said why.
//! * **Contents** of the index are read from the disk where git says that the working tree has the same.
//! * **Symbolic links** are names only, and no names where they lead to a folder here.
//! * **Submodules** are folders of which nothing is known.
//! * **Announced** files (`git add -N`) are not in the next commit, so the index does not have them; the working tree has.
//! * **In conflict**, our version counts, and theirs where there is none of ours.
//! * **Sparse checkouts**: what is not checked out is there all the same.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use super::list::{Listed, Listing, Stored, sort};
use super::probe::{self, look_up};
use super::{Place, UseOfText, assemble, read_all, use_of_text};
use crate::git::{Change, Entry, InWorktree, Index, Kind, NoBase, Repository, Side};
use crate::glob::Globs;
use crate::path::{DocPath, strip_folder};
use crate::tree::{OnDisk, Tree, is_page_name};

/// What git tracks, as it was when this was opened.
#[derive(Debug)]
pub struct Tracked {
    repository: Repository,
    index: Index,
    contents: Contents,
    /// The root as seen from the root of the working tree.
    below: String,
    /// For each name from the root of the working tree its entry.
    by_path: BTreeMap<DocPath, usize>,
    /// The texts that are known already, by their place below the root.
    texts: BTreeMap<DocPath, Arc<str>>,
    /// From the root of the working tree, the files that came later than this.
    later: BTreeSet<DocPath>,
}

/// Whose contents tracked files have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Those of the index: what the next commit has.
    Index,
    /// Those of the working tree.
    WorkingTree,
}

/// A file that differs from another state of the repository; paths are relative to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedChange {
    /// What it was called; `None` for an added file.
    pub old: Option<DocPath>,
    /// What it is called; `None` for a deleted file.
    pub new: Option<DocPath>,
    in_repository: Change,
}

impl Tracked {
    /// What git tracks below a canonical root. `None` where there is no git, no repository, or git refuses.
    #[must_use]
    pub fn open(root: &Path, contents: Contents) -> Option<Tracked> {
        let repository = Repository::find(root)?;
        let below = super::list::doc_path(&repository.toplevel, root);
        root.starts_with(&repository.toplevel).then_some(())?;
        let mut index = repository.index()?;
        index.entries.retain(|entry| counts(entry, contents));
        Some(Tracked {
            by_path: by_path(&index),
            repository,
            index,
            contents,
            below: below.as_str().to_owned(),
            texts: BTreeMap::new(),
            later: BTreeSet::new(),
        })
    }

    /// The same before `changes`. What has not changed has the texts of `now`, so that a site takes its facts over.
    #[must_use]
    pub fn before(&self, changes: &[TrackedChange], now: &Tree) -> Tracked {
        let sides = |side: fn(&Change) -> &Option<Side>| {
            changes.iter().filter_map(move |change| side(&change.in_repository).as_ref())
        };
        let new: BTreeSet<&DocPath> = sides(|change| &change.new).map(|side| &side.path).collect();
        let unchanged = self.index.entries.iter().filter(|entry| !new.contains(&entry.path)).cloned();
        let toplevel = &self.repository.toplevel;
        let old = sides(|change| &change.old).map(|side| Entry::before(side, toplevel));
        let index = Index { entries: unchanged.chain(old).collect(), unmerged: Vec::new() };
        let by_path = by_path(&index);
        let later = new.iter().filter(|path| !by_path.contains_key(**path)).map(|path| (*path).clone());
        let pages = now.pages.iter().map(|page| (&page.path, &page.text));
        let texts = pages.chain(&now.configs);
        let texts = texts.filter(|(path, _)| !new.contains(&DocPath::join(&self.below, path.as_str())));
        Tracked {
            repository: self.repository.clone(),
            contents: self.contents,
            below: self.below.clone(),
            texts: texts.map(|(path, text)| (path.clone(), text.clone())).collect(),
            later: later.collect(),
            index,
            by_path,
        }
    }

    /// Whether a file on disk came later than this.
    #[must_use]
    pub fn is_later(&self, on_disk: &Path) -> bool {
        let from_toplevel = on_disk.strip_prefix(&self.repository.toplevel);
        from_toplevel.is_ok_and(|path| self.later.contains(&super::list::doc_path(Path::new(""), path)))
    }

    /// Whose contents tracked files have.
    #[must_use]
    pub fn contents(&self) -> Contents {
        self.contents
    }

    /// The files in conflict below the root.
    pub fn unmerged(&self) -> impl Iterator<Item = DocPath> {
        self.index.unmerged.iter().filter_map(|path| self.below_root(path))
    }

    /// Why nothing can be staged, if so.
    #[must_use]
    pub fn cannot_stage(&self) -> Option<&'static str> {
        self.repository
            .index_is_temporary()
            .then_some("`git commit PATH` commits an index of its own: fix and stage the page before")
    }

    /// Whether the working tree has the staged content of a page.
    #[must_use]
    pub fn is_same_on_disk(&self, path: &DocPath) -> bool {
        self.entry(path).is_some_and(|entry| entry.in_worktree == InWorktree::Same)
    }

    /// Stages a page: another content, or without one what the working tree has. Whether git did.
    #[must_use]
    pub fn stage(&self, path: &DocPath, content: Option<&str>) -> bool {
        let is_told_exactly =
            |entry: &&Entry| self.repository.toplevel.join(entry.path.as_str()) == entry.on_disk;
        let entry = self.entry(path).filter(is_told_exactly);
        entry.is_some_and(|entry| match content {
            Some(content) => self.repository.stage_content(entry, content),
            None => self.repository.stage(entry),
        })
    }

    /// As [`super::tree`].
    #[must_use]
    pub fn tree(
        &self,
        place: &Place,
        exclude: &Globs,
        wants_config: &(dyn Fn(&DocPath) -> bool + Sync),
    ) -> Tree {
        let use_of_text = |file: &Listed| use_of_text(file, exclude, wants_config);
        let entries = self.index.entries.iter().filter(|entry| is_name(entry));
        let files = entries.filter_map(|entry| self.listed(entry)).collect();
        let mut listing = Listing { files, ..Listing::default() };
        sort(&mut listing);
        let texts = read_all(&listing.files, &use_of_text, Some(&self.repository));
        assemble(&Place { below_git_root: Some(self.below.clone()), ..place.clone() }, listing, texts)
    }

    /// The texts of `paths`, without those that are not tracked, cannot be read or lie above the root.
    #[must_use]
    pub fn read(&self, paths: &[DocPath]) -> BTreeMap<DocPath, Arc<str>> {
        let entries = paths.iter().filter_map(|path| self.entry(path)).filter(|entry| is_name(entry));
        let files: Vec<Listed> = entries.filter_map(|entry| self.listed(entry)).collect();
        let texts = read_all(&files, &|_| Some(UseOfText::Config), Some(&self.repository));
        texts
            .into_iter()
            .filter_map(|(index, _, text)| Some((files[index].path.clone(), text.ok()?)))
            .collect()
    }

    /// The text of a tracked file, be it above the root.
    #[must_use]
    pub fn text_at(&self, on_disk: &Path) -> Option<Arc<str>> {
        on_disk.starts_with(&self.repository.toplevel).then_some(())?;
        let path = super::list::doc_path(&self.repository.toplevel, on_disk);
        let path = DocPath::join("", path.as_str());
        let entry = &self.index.entries[*self.by_path.get(&path)?];
        let file = self.listed_as(path, entry);
        let read = read_all(&[file], &|_| Some(UseOfText::Config), Some(&self.repository));
        read.into_iter().find_map(|(.., text)| text.ok())
    }

    /// As [`probe::probe`]: what is known of paths that are not among the tree's files.
    #[must_use]
    pub fn probe(&self, root: &Path, paths: &[DocPath]) -> BTreeMap<DocPath, OnDisk> {
        let mut found: BTreeMap<DocPath, OnDisk> =
            paths.iter().filter_map(|path| Some((path.clone(), self.find(root, path)?))).collect();
        let untracked = found.iter().filter(|(_, found)| **found == OnDisk::Untracked);
        let from_toplevel: Vec<DocPath> =
            untracked.map(|(path, _)| DocPath::join(&self.below, path.as_str())).collect();
        for path in self.repository.ignored(&from_toplevel.iter().collect::<Vec<_>>()) {
            if let Some(path) = self.below_root(&path) {
                found.insert(path, OnDisk::Ignored);
            }
        }
        found
    }

    /// As [`probe::count_lines`].
    #[must_use]
    pub fn count_lines(&self, paths: &[DocPath]) -> BTreeMap<DocPath, u32> {
        let entries = paths.iter().filter_map(|path| Some((path, self.entry(path)?)));
        let (stored, on_disk): (Vec<_>, Vec<_>) =
            entries.partition(|(_, entry)| self.stored_content_counts(entry));
        let lines_on_disk = on_disk.into_iter().filter_map(|(path, entry)| {
            Some((path.clone(), probe::lines_of(&std::fs::read(&entry.on_disk).ok()?)?))
        });
        let mut counts: BTreeMap<DocPath, u32> = lines_on_disk.collect();
        let blobs = self.repository.blobs(&stored.iter().map(|(_, entry)| &entry.oid).collect::<Vec<_>>());
        for ((path, _), blob) in stored.into_iter().zip(blobs) {
            counts.extend(blob.and_then(|blob| Some((path.clone(), probe::lines_of(&blob)?))));
        }
        counts
    }

    /// Whether there is a commit to compare with.
    #[must_use]
    pub fn has_commits(&self) -> bool {
        self.repository.commit("HEAD").is_some()
    }

    /// Why git does not answer for a folder, in its own words.
    #[must_use]
    pub fn refusal(root: &Path) -> Option<String> {
        Repository::refusal(root)
    }

    /// What the index has other than `HEAD`; `None` where there is no commit yet.
    #[must_use]
    pub fn staged(&self) -> Option<Vec<TrackedChange>> {
        Some(self.seen_from_root(self.repository.staged_since("HEAD")?))
    }

    /// The commit with which this is compared: where its branch left a revision, or the main branch.
    ///
    /// # Errors
    /// Why there is none.
    pub fn base(&self, revision: Option<&str>) -> Result<String, NoBase> {
        self.repository.base(revision)
    }

    /// What this has other than a commit.
    #[must_use]
    pub fn changed_since(&self, commit: &str) -> Option<Vec<TrackedChange>> {
        let changes = match self.contents {
            Contents::Index => self.repository.staged_since(commit),
            Contents::WorkingTree => self.repository.changed_since(commit),
        };
        Some(self.seen_from_root(changes?))
    }

    /// The first page that git does not have here as it was before `changes`.
    #[must_use]
    pub fn lacks_before<'c>(&self, changes: &'c [TrackedChange]) -> Option<&'c DocPath> {
        let old = changes.iter().filter_map(|change| {
            let side = change.in_repository.old.as_ref().filter(|side| side.kind == Kind::File)?;
            let path = change.old.as_ref().filter(|path| is_page_name(path.file_name()))?;
            Some((path, &side.oid))
        });
        let (paths, oids): (Vec<_>, Vec<_>) = old.unzip();
        let blobs = self.repository.blobs(&oids);
        paths.into_iter().zip(blobs).find(|(_, blob)| blob.is_none()).map(|(path, _)| path)
    }

    fn seen_from_root(&self, changes: Vec<Change>) -> Vec<TrackedChange> {
        let path = |side: &Side| DocPath::new(&side.path.relative_to(&self.below));
        let seen = |change: Change| TrackedChange {
            old: change.old.as_ref().map(path),
            new: change.new.as_ref().map(path),
            in_repository: change,
        };
        changes.into_iter().map(seen).collect()
    }

    fn listed(&self, entry: &Entry) -> Option<Listed> {
        Some(self.listed_as(self.below_root(&entry.path)?, entry))
    }

    fn listed_as(&self, path: DocPath, entry: &Entry) -> Listed {
        Listed {
            text: self.texts.get(&path).cloned(),
            path,
            is_symlink: entry.kind == Kind::Symlink,
            on_disk: entry.on_disk.clone(),
            stored: self.stored(entry),
        }
    }

    /// What git has stored, unless the disk has something else that counts.
    fn stored(&self, entry: &Entry) -> Option<Stored> {
        let counts = self.stored_content_counts(entry);
        let is_same = entry.in_worktree == InWorktree::Same;
        (counts || is_same).then(|| Stored { oid: entry.oid.clone(), counts })
    }

    fn stored_content_counts(&self, entry: &Entry) -> bool {
        match entry.in_worktree {
            InWorktree::Same | InWorktree::Announced => false,
            InWorktree::Unwatched => true,
            InWorktree::Changed | InWorktree::Gone => self.contents == Contents::Index,
        }
    }

    /// What there is at a path that is not among the tree's files.
    fn find(&self, root: &Path, path: &DocPath) -> Option<OnDisk> {
        let from_toplevel = DocPath::join(&self.below, path.as_str());
        if self.passes(&from_toplevel, Kind::Submodule) {
            return Some(OnDisk::InSubmodule);
        }
        if path.levels_above_root() > 0 {
            return self.holds(&from_toplevel).then_some(OnDisk::OutsideRoot);
        }
        match look_up(root, path)? {
            OnDisk::BehindSymlink => {
                let real = root.join(path.as_str()).canonicalize().ok()?;
                let real = super::list::doc_path(&self.repository.toplevel, &real);
                let is_tracked = self.passes(&from_toplevel, Kind::Symlink) && self.holds(&real);
                Some(if is_tracked { OnDisk::BehindSymlink } else { OnDisk::Untracked })
            }
            // A folder is no file of the tree, but may have some.
            _ if self.holds(&from_toplevel) => None,
            _ => Some(OnDisk::Untracked),
        }
    }

    /// Whether the path, or a folder above it, is such an entry.
    fn passes(&self, path: &DocPath, kind: Kind) -> bool {
        let folders = path.as_str().match_indices('/').map(|(slash, _)| &path.as_str()[..slash]);
        let mut above = folders.chain([path.as_str()]).filter_map(|folder| self.by_path.get(folder));
        above.any(|&place| self.index.entries[place].kind == kind)
    }

    /// Whether git tracks a file, or something in a folder.
    fn holds(&self, path: &DocPath) -> bool {
        let below = format!("{path}/");
        let from_below = (Bound::Included(&*below), Bound::Unbounded);
        let first_below = self.by_path.range::<str, _>(from_below).next();
        path.as_str().is_empty()
            || self.by_path.contains_key(path)
            || first_below.is_some_and(|(file, _)| file.as_str().starts_with(&below))
    }

    fn entry(&self, path: &DocPath) -> Option<&Entry> {
        let place = *self.by_path.get(&DocPath::join(&self.below, path.as_str()))?;
        self.index.entries.get(place)
    }

    /// A path from the root of the working tree, seen from our root; `None` outside of it.
    fn below_root(&self, path: &DocPath) -> Option<DocPath> {
        strip_folder(path.as_str(), &self.below).filter(|rest| !rest.is_empty()).map(DocPath::new)
    }
}

fn by_path(index: &Index) -> BTreeMap<DocPath, usize> {
    index.entries.iter().enumerate().map(|(place, entry)| (entry.path.clone(), place)).collect()
}

/// Whether the entry is there at all.
fn counts(entry: &Entry, contents: Contents) -> bool {
    match contents {
        Contents::Index => entry.in_worktree != InWorktree::Announced,
        Contents::WorkingTree => match entry.in_worktree {
            InWorktree::Gone => entry.kind == Kind::Submodule,
            InWorktree::Announced => entry.on_disk.exists(),
            InWorktree::Same | InWorktree::Changed | InWorktree::Unwatched => true,
        },
    }
}

/// Whether the entry is the name of a file.
fn is_name(entry: &Entry) -> bool {
    match entry.kind {
        Kind::File => true,
        Kind::Symlink => !entry.on_disk.is_dir(),
        Kind::Submodule => false,
    }
}
