//! Open buffers laid over the tree that the disk has.
//!
//! Owns when a buffer counts. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::baseline;
use crate::config::FILE_NAME;
use crate::path::DocPath;
use crate::tree::{PageText, Tree};

/// The open buffers of a tree.
pub type Buffers = BTreeMap<DocPath, Buffer>;

/// What is in an editor.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// Its text.
    pub text: Arc<str>,
    /// Whether the file has been on disk while it was open: gone since, it is deleted; never there, it is new.
    pub was_on_disk: bool,
}

/// What a buffer is to the tree.
enum Use {
    /// The text of a page that the disk has too, by its index.
    Page(usize),
    /// The text of a platform's configuration.
    Config,
    /// A page that could not be read from the disk, or has never been there.
    NewPage,
}

/// Whether a buffer makes a difference.
#[must_use]
pub fn counts(disk: &Tree, path: &DocPath, buffer: &Buffer, takes: &dyn Fn(&DocPath) -> bool) -> bool {
    use_of(disk, path, buffer, takes).is_some()
}

/// Our own configuration counts as it is saved.
fn use_of(disk: &Tree, path: &DocPath, buffer: &Buffer, takes: &dyn Fn(&DocPath) -> bool) -> Option<Use> {
    if path.file_name() == FILE_NAME || path.file_name() == baseline::FILE_NAME {
        return None;
    }
    if let Ok(page) = disk.pages.binary_search_by(|page| page.path.cmp(path)) {
        return Some(Use::Page(page));
    }
    if disk.configs.contains_key(path) {
        return Some(Use::Config);
    }
    let is_unreadable = || disk.unreadable.iter().any(|unreadable| unreadable.path == *path);
    let is_new = match disk.files.binary_search(path) {
        Ok(_) => is_unreadable(),
        Err(_) => !buffer.was_on_disk,
    };
    (is_new && takes(path)).then_some(Use::NewPage)
}

/// The tree with the texts of buffers instead of those of the disk, and with pages that have never been saved.
#[must_use]
pub fn laid_over(disk: &Tree, buffers: &Buffers, takes: &dyn Fn(&DocPath) -> bool) -> Tree {
    let mut tree = disk.clone();
    for (path, buffer) in buffers {
        let text = buffer.text.clone();
        match use_of(disk, path, buffer, takes) {
            // New pages are added below, so that indices hold.
            Some(Use::Page(page)) => tree.pages[page].text = text,
            Some(Use::Config) => _ = tree.configs.insert(path.clone(), text),
            Some(Use::NewPage) | None => {}
        }
    }
    for (path, buffer) in buffers {
        if matches!(use_of(disk, path, buffer, takes), Some(Use::NewPage)) {
            add_page(&mut tree, PageText { path: path.clone(), text: buffer.text.clone() });
        }
    }
    tree
}

fn add_page(tree: &mut Tree, page: PageText) {
    tree.unreadable.retain(|unreadable| unreadable.path != page.path);
    if let Err(place) = tree.files.binary_search(&page.path) {
        tree.files.insert(place, page.path.clone());
    }
    let place = tree.pages.partition_point(|other| other.path < page.path);
    tree.pages.insert(place, page);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk() -> Tree {
        let page = |path: &str| PageText { path: DocPath::new(path), text: "disk".into() };
        let files = ["a.md", "c.md", "link.md", "pic.png"].map(DocPath::new).to_vec();
        Tree { files, pages: vec![page("a.md"), page("c.md")], ..Tree::default() }
    }

    fn with(path: &str, was_on_disk: bool) -> Vec<String> {
        let buffer = Buffer { text: "buffer".into(), was_on_disk };
        let buffers = Buffers::from([(DocPath::new(path), buffer)]);
        let tree = laid_over(&disk(), &buffers, &|path| path.as_str() != "out.md");
        assert!(tree.files.is_sorted() && tree.pages.is_sorted_by(|one, other| one.path < other.path));
        tree.pages.iter().map(|page| format!("{} {}", page.path, page.text)).collect()
    }

    #[test]
    fn a_buffer_wins_over_the_disk() {
        assert_eq!(with("c.md", true), ["a.md disk", "c.md buffer"]);
    }

    #[test]
    fn a_page_that_was_never_saved_is_there() {
        assert_eq!(with("b.md", false), ["a.md disk", "b.md buffer", "c.md disk"]);
    }

    #[test]
    fn what_the_command_line_leaves_out_is_left_out() {
        for (path, was_on_disk) in
            [("b.md", true), ("link.md", true), ("out.md", false), ("pic.png", true), ("waypost.toml", false)]
        {
            assert_eq!(with(path, was_on_disk), ["a.md disk", "c.md disk"], "{path}");
        }
    }
}
