//! The index: which files the next commit has, and whether the working tree has the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Oid, Repository, Side, fields, path_of};
use crate::path::DocPath;

/// All that is in the index.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The files, sorted by path as git sorts them; of one in conflict our version, else theirs.
    pub entries: Vec<Entry>,
    /// The files in conflict.
    pub unmerged: Vec<DocPath>,
}

/// A file of the index.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place, from the root of the working tree; only close to its name if that is not UTF-8.
    pub path: DocPath,
    /// Where it is in the working tree.
    pub on_disk: PathBuf,
    /// What it is.
    pub kind: Kind,
    /// Whether it is a program.
    pub is_executable: bool,
    /// Its content.
    pub oid: Oid,
    /// What the working tree has in its place.
    pub in_worktree: InWorktree,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link.
    Symlink,
    /// Another repository.
    Submodule,
}

/// What the working tree has in the place of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InWorktree {
    /// The same content.
    Same,
    /// Other content.
    Changed,
    /// Nothing.
    Gone,
    /// Git does not look there: a sparse checkout, or it was told that nobody changes the file.
    Unwatched,
    /// A file that is only announced (`git add -N`): the index has no content of it, and the next commit leaves it out.
    Announced,
}

impl Kind {
    /// Of git's mode.
    pub(super) fn of(mode: &str) -> Kind {
        match mode {
            "120000" => Kind::Symlink,
            "160000" => Kind::Submodule,
            _ => Kind::File,
        }
    }
}

impl Repository {
    /// The index of the environment, else the repository's own. `None` where git refuses.
    #[must_use]
    pub fn index(&self) -> Option<Index> {
        let listed = self.ask(&["ls-files", "-z", "--stage", "-v"])?;
        let differing = self.differing_in_worktree()?;
        let mut index = Index::default();
        let mut stage_of_last = 0;
        for field in fields(&listed) {
            let Some(Listed { tag, mode, oid, stage, name }) = Listed::of(field) else { continue };
            // Of a file in conflict 1 is the common ancestor, 2 ours, 3 theirs.
            let is_first = index.entries.last().is_none_or(|last: &Entry| last.name_differs(self, name));
            if stage != 0 {
                let path = path_in_tree(name);
                if index.unmerged.last() != Some(&path) {
                    index.unmerged.push(path);
                }
            }
            if stage == 1 || stage == 3 && stage_of_last == 2 && !is_first {
                continue;
            }
            stage_of_last = stage;
            let in_worktree = match differing.get(name) {
                _ if stage != 0 => InWorktree::Changed,
                _ if tag == b'S' || tag.is_ascii_lowercase() => InWorktree::Unwatched,
                Some(InWorktree::Gone) if self.is_announced(name, oid) => InWorktree::Announced,
                Some(differs) => *differs,
                None => InWorktree::Same,
            };
            index.entries.push(Entry {
                path: path_in_tree(name),
                on_disk: self.toplevel.join(path_of(name)),
                kind: Kind::of(mode),
                is_executable: mode == "100755",
                oid: Oid::new(oid),
                in_worktree,
            });
        }
        Some(index)
    }

    /// The names that the working tree has other content for.
    fn differing_in_worktree(&self) -> Option<BTreeMap<Vec<u8>, InWorktree>> {
        let listed = self.ask(&["diff-files", "-z", "--name-status", "--ignore-submodules=all"])?;
        let mut fields = fields(&listed);
        let mut differing = BTreeMap::new();
        while let (Some(status), Some(name)) = (fields.next(), fields.next()) {
            let differs = match status {
                b"A" => InWorktree::Announced,
                b"D" => InWorktree::Gone,
                _ => InWorktree::Changed,
            };
            // A file in conflict is named twice.
            differing.entry(name.to_vec()).or_insert(differs);
        }
        Some(differing)
    }

    /// Whether a file that is gone was only ever announced: such an entry looks like one of an empty file.
    fn is_announced(&self, name: &[u8], oid: &str) -> bool {
        const INTENT_TO_ADD: u32 = 0x2000_0000;
        let (true, Ok(name)) = (Oid::new(oid).is_empty_blob(), std::str::from_utf8(name)) else {
            return false;
        };
        let told =
            self.ask_line(&["--literal-pathspecs", "ls-files", "--debug", "--", name]).unwrap_or_default();
        let flags = told.rsplit_once("flags: ").map(|(_, flags)| flags.trim());
        let flags = flags.and_then(|flags| u32::from_str_radix(flags, 16).ok());
        flags.is_some_and(|flags| flags & INTENT_TO_ADD != 0)
    }
}

impl Entry {
    /// What a change has replaced or taken away: only git still has it.
    #[must_use]
    pub fn before(side: &Side, toplevel: &Path) -> Entry {
        Entry {
            path: side.path.clone(),
            on_disk: toplevel.join(side.path.as_str()),
            kind: side.kind,
            is_executable: false,
            oid: side.oid.clone(),
            in_worktree: InWorktree::Unwatched,
        }
    }

    fn name_differs(&self, repository: &Repository, name: &[u8]) -> bool {
        self.on_disk != repository.toplevel.join(path_of(name))
    }
}

/// A line of `git ls-files --stage -v`: `H 100644 1a2b… 0<TAB>name`.
struct Listed<'f> {
    tag: u8,
    mode: &'f str,
    oid: &'f str,
    stage: u8,
    name: &'f [u8],
}

impl Listed<'_> {
    fn of(field: &[u8]) -> Option<Listed<'_>> {
        let tab = memchr::memchr(b'\t', field)?;
        let mut words = std::str::from_utf8(&field[..tab]).ok()?.split(' ');
        Some(Listed {
            tag: *words.next()?.as_bytes().first()?,
            mode: words.next()?,
            oid: words.next()?,
            stage: words.next()?.parse().ok()?,
            name: &field[tab + 1..],
        })
    }
}

pub(super) fn path_in_tree(name: &[u8]) -> DocPath {
    DocPath::new(&String::from_utf8_lossy(name))
}
