//! The tree of files as the engine is given it: names, page texts, platform configuration.
//!
//! Plain data between whoever reads (the disk or git's index now; an editor's buffers another time) and the engine.
//! Never touches the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::path::DocPath;

/// Everything below the root that the engine may know of.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The names of all files that are not ignored, pages included; sorted.
    pub files: Vec<DocPath>,
    /// The pages; sorted by path.
    pub pages: Vec<PageText>,
    /// Pages that could not be read; sorted by path.
    pub unreadable: Vec<Unreadable>,
    /// The texts of the platforms' own configuration files, and of ours, which findings may point into.
    pub configs: BTreeMap<DocPath, Arc<str>>,
    /// The root as seen from the root of its git repository, `/`-separated: empty where they are the same.
    /// `None` outside git.
    pub below_git_root: Option<String>,
    /// The address of the repository its readers know, `https://github.com/owner/name`, where git tells one.
    pub repository: Option<String>,
    /// The branches of the repository of which the tree may be a copy, where git tells them.
    pub branches: Vec<String>,
}

impl Tree {
    /// Gives a page or configuration file another text.
    pub fn change(&mut self, path: &DocPath, text: &str) {
        if let Ok(page) = self.pages.binary_search_by(|page| page.path.cmp(path)) {
            self.pages[page].text = text.into();
        } else if let Some(config) = self.configs.get_mut(path) {
            *config = text.into();
        }
    }

    /// Whether nothing but the texts of pages tells it from another.
    #[must_use]
    pub fn differs_in_texts_only(&self, other: &Tree) -> bool {
        self.files == other.files
            && self.unreadable == other.unreadable
            && self.configs == other.configs
            && self.below_git_root == other.below_git_root
            && self.repository == other.repository
            && self.branches == other.branches
            && self.pages.iter().map(|page| &page.path).eq(other.pages.iter().map(|page| &page.path))
    }
}

/// A page and its text.
#[derive(Clone, Debug)]
pub struct PageText {
    /// Where it is.
    pub path: DocPath,
    /// Its text, byte order mark included.
    pub text: Arc<str>,
}

/// A page that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it is.
    pub path: DocPath,
    /// What the reader ran into, as a clause: `it is not UTF-8 (byte 17)`.
    pub reason: String,
    /// The way out, if there is a common one.
    pub help: Option<String>,
}

/// What the disk says of a path that is not among [`Tree::files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// It exists inside the root, and git ignores it.
    Ignored,
    /// It exists inside the root and matches a pattern of `.gitignore`, but git tracks it all the same.
    Tracked,
    /// It exists inside the root behind a symbolic link.
    BehindSymlink,
    /// It exists between the root and the root of the git repository.
    OutsideRoot,
    /// It exists inside the root, but what is checked is what git tracks, and git does not track it.
    Untracked,
    /// It lies in a submodule, or is one: what that holds is not known.
    InSubmodule,
}

/// Whether a file of that name is a page.
#[must_use]
pub fn is_page_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        ["md", "markdown", "mdx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}
