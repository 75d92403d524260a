//! From the disk to a [`Tree`]: what is checked, what is known, which files are ignored, what stands in them.
//!
//! Owns the crate `ignore` and the reading of pages. Knows nothing of Markdown or rules, and of platforms only which
//! file marks a root.
//!
//! What users meet, decided here and held by `tests/walk/`:
//!
//! * **Ignored** is what `.gitignore` (with or without a repository around it) and `.git/info/exclude` say; in a
//!   repository the `.gitignore` files between its root and ours hold too. The user's global gitignore, `.ignore` files
//!   and, outside a repository, ignore files above the root do not: the output is a function of the tree.
//! * **A tracked page that a pattern matches is left out** unless it is named: to know of it, git would have to run
//!   each time. As the target of a link it counts ([`probe`]).
//! * **Named is checked**, also when it is ignored. The configured `exclude` is stronger: a hook names whatever changed.
//! * **Excluded** pages are neither read nor checked, but their names count as files.
//! * **Hidden** files and folders are like others; `.git` is never entered.
//! * **Symbolic links**: one to a file makes its name count, but it is no page, for the page would be checked twice. One
//!   to a folder is not entered, so loops cannot arise. A dangling one does not count. A named one is followed.
//! * **Pipes, sockets, devices** are no files, whatever their name; a folder named `x.md` is a folder.
//! * **A folder that cannot be listed** is reported like a page that cannot be read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::git::{Oid, Repository};
use crate::glob::Globs;
use crate::path::DocPath;
use crate::tree::{PageText, Tree, Unreadable, is_page_name};

mod list;
mod place;
mod probe;
mod repository;
mod text;
mod tracked;

pub use crate::git::NoBase;
pub use place::{Named, Place, PlaceFault, place};
pub use probe::{count_lines, probe};
pub use tracked::{Contents, Tracked, TrackedChange};

use list::{Listed, Listing, list};
use text::{Refusal, read_text, text_of_blob};

/// Lists the files below the root and reads the pages, and the configuration files that `wants_config` accepts.
///
/// Pages that `exclude` matches count as files only.
#[must_use]
pub fn tree(place: &Place, exclude: &Globs, wants_config: &(dyn Fn(&DocPath) -> bool + Sync)) -> Tree {
    let use_of_text = |file: &Listed| use_of_text(file, exclude, wants_config);
    let listing = list(place);
    let texts = read_all(&listing.files, &use_of_text, None);
    assemble(place, listing, texts)
}

/// The texts of `paths`, without those that are no files, cannot be read or lie above the root.
#[must_use]
pub fn read(root: &Path, paths: &[DocPath]) -> BTreeMap<DocPath, Arc<str>> {
    let mut buffer = Vec::new();
    let inside = paths.iter().filter(|path| path.levels_above_root() == 0);
    inside
        .filter_map(|path| {
            let on_disk = root.join(path.as_str());
            fs::metadata(&on_disk).ok().filter(fs::Metadata::is_file)?;
            Some((path.clone(), read_text(&on_disk, &mut buffer).ok()?))
        })
        .collect()
}

#[derive(Clone, Copy)]
enum UseOfText {
    Page,
    Config,
}

/// What became of the files that have a use: by index, sorted.
type Texts = Vec<(usize, UseOfText, Result<Arc<str>, Refusal>)>;

/// Reads the files that have a use: from the disk, or from `repository` where it is said that what git has stored
/// counts, and where the disk has no text.
fn read_all(
    files: &[Listed],
    use_of_text: &(dyn Fn(&Listed) -> Option<UseOfText> + Sync),
    repository: Option<&Repository>,
) -> Texts {
    let mut texts: Texts = files
        .par_iter()
        .enumerate()
        .map_init(Vec::new, |buffer, (index, file)| {
            let use_of_text = use_of_text(file)?;
            let text = match (&file.text, &file.stored) {
                (Some(text), _) => Ok(text.clone()),
                (None, Some(stored)) if stored.counts => Err(Refusal::default()),
                _ => read_text(&file.on_disk, buffer),
            };
            Some((index, use_of_text, text))
        })
        .flatten_iter()
        .collect();
    let Some(repository) = repository else { return texts };
    let mut unread: Vec<(&mut Result<Arc<str>, Refusal>, &Oid)> = texts
        .iter_mut()
        .filter(|(.., text)| text.is_err())
        .filter_map(|(index, _, text)| Some((text, &files[*index].stored.as_ref()?.oid)))
        .collect();
    let oids: Vec<&Oid> = unread.iter().map(|(_, oid)| *oid).collect();
    for ((text, _), blob) in unread.iter_mut().zip(repository.blobs(&oids)) {
        **text = text_of_blob(blob);
    }
    texts
}

fn assemble(place: &Place, listing: Listing, texts: Texts) -> Tree {
    let Listing { files, unreadable } = listing;
    let origin = place.git_root().map(repository::origin).unwrap_or_default();
    let mut tree = Tree {
        files: files.into_iter().map(|file| file.path).collect(),
        unreadable,
        below_git_root: place.below_git_root.clone(),
        repository: origin.address,
        branches: origin.branches,
        ..Tree::default()
    };
    for (index, use_of_text, text) in texts {
        let path = tree.files[index].clone();
        match (text, use_of_text) {
            // Nothing is known of what it stands for.
            (Ok(text), _) if is_lfs_pointer(&text) => {}
            (Ok(text), UseOfText::Page) => tree.pages.push(PageText { path, text }),
            (Ok(text), UseOfText::Config) => _ = tree.configs.insert(path, text),
            (Err(refusal), _) => tree.unreadable.push(unreadable_page(&path, refusal)),
        }
    }
    tree.unreadable.sort_by(|one, other| (&one.path, &one.reason).cmp(&(&other.path, &other.reason)));
    tree.unreadable.dedup();
    tree
}

/// Whether this only says where the content lies that was not brought along.
fn is_lfs_pointer(text: &str) -> bool {
    text.starts_with("version https://git-lfs.github.com/spec/")
}

fn use_of_text(
    file: &Listed,
    exclude: &Globs,
    wants_config: &(dyn Fn(&DocPath) -> bool + Sync),
) -> Option<UseOfText> {
    let name = file.path.file_name();
    if is_page_name(name) {
        (!file.is_symlink && !exclude.matches(file.path.as_str())).then_some(UseOfText::Page)
    } else {
        wants_config(&file.path).then_some(UseOfText::Config)
    }
}

fn unreadable_page(path: &DocPath, refusal: Refusal) -> Unreadable {
    Unreadable { path: path.clone(), reason: refusal.reason, help: refusal.help }
}
