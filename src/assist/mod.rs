//! What an editor asks about a place in a page: what stands there, where it leads, who leads to it, what can be done and
//! typed there.
//!
//! Pure functions of a [`Site`](crate::site::Site), a page and a byte offset. Knows no protocol, no lines and columns.

pub mod actions;
pub mod completion;
pub mod definition;
mod demands;
mod destination;
pub mod document_links;
mod excerpt;
pub mod folding;
mod footnote;
pub mod hover;
pub mod lens;
pub mod place;
pub mod references;
mod sections;
pub mod selection;
mod state;
pub mod symbols;
mod title;
pub mod workspace_symbols;

use crate::path::DocPath;
use crate::source::Span;

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file: a page, a configuration file, or a file of which only the name is known.
    pub path: DocPath,
    /// What to select there; empty at the beginning for the file as such.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use crate::path::DocPath;
    use crate::site::{Settings, Site};
    use crate::tree::{PageText, Tree};

    /// A page's text without the mark `‸`, and the offset of that.
    pub(super) fn at(page: &str) -> (String, usize) {
        (page.replace('‸', ""), page.find('‸').unwrap())
    }

    /// A site of these files; those that are no pages are configuration.
    pub(super) fn site(files: &[(&str, &str)]) -> Site {
        site_with(files, Settings::default())
    }

    pub(super) fn site_with(files: &[(&str, &str)], settings: Settings) -> Site {
        let mut files: Vec<(DocPath, &str)> =
            files.iter().map(|(path, text)| (DocPath::new(path), *text)).collect();
        files.sort();
        let is_page = |path: &DocPath| crate::tree::is_page_name(path.file_name());
        let pages = files.iter().filter(|(path, _)| is_page(path));
        let pages = pages.map(|(path, text)| PageText { path: path.clone(), text: (*text).into() }).collect();
        let configs = files.iter().filter(|(path, _)| !is_page(path));
        let configs = configs.map(|(path, text)| (path.clone(), (*text).into())).collect();
        let files = files.into_iter().map(|(path, _)| path).collect();
        Site::new(Tree { files, pages, configs, ..Tree::default() }, settings)
    }
}
