//! The site: all pages and the names of all files, and what links to what.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::Facts;
use crate::path::DocPath;
use crate::source::{LineIndex, Span};

/// A page.
#[derive(Clone, Debug)]
pub struct Doc {
    /// Where it is.
    pub path: DocPath,
    /// Its text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
    /// What stands in it.
    pub facts: Facts,
}

/// A text that a finding can point into, be it a page or a configuration file.
#[derive(Clone, Copy, Debug)]
pub struct SourceText<'s> {
    /// The text.
    pub text: &'s str,
    /// Its lines.
    pub lines: &'s LineIndex,
}

/// All pages and the names of all files.
#[derive(Debug, Default)]
pub struct Site {
    /// The pages, sorted by path.
    pub docs: Vec<Doc>,
    configs: BTreeMap<DocPath, (Arc<str>, LineIndex)>,
}

impl Site {
    /// The text of a page or configuration file.
    #[must_use]
    pub fn source(&self, path: &DocPath) -> Option<SourceText<'_>> {
        if let Ok(index) = self.docs.binary_search_by(|doc| doc.path.cmp(path)) {
            let doc = &self.docs[index];
            return Some(SourceText { text: &doc.text, lines: &doc.lines });
        }
        self.configs.get(path).map(|(text, lines)| SourceText { text, lines })
    }
}

/// One page as one platform judges it.
pub struct Page<'s> {
    /// The site.
    pub site: &'s Site,
    /// The page.
    pub doc: &'s Doc,
    /// Unused yet.
    pub span: Span,
}
