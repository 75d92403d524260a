//! A file that a request asks about: places in it, in the client's words and in ours.

use gen_lsp_types::{Position, Range, Uri};

use super::roots::Root;
use super::state::State;
use crate::finding::Finding;
use crate::path::DocPath;
use crate::site::{DocId, Site};
use crate::source::Span;

/// A file that is asked about, in its tree.
pub struct Page<'p> {
    /// All that is known.
    pub state: &'p State,
    /// Its tree.
    pub root: &'p Root,
    /// The site.
    pub site: &'p Site,
    /// The file.
    pub path: DocPath,
}

impl Page<'_> {
    /// The page, if the file is one.
    #[must_use]
    pub fn doc(&self) -> Option<DocId> {
        self.site.find_doc(&self.path)
    }

    /// The byte at a position.
    #[must_use]
    pub fn offset(&self, position: Position) -> Option<usize> {
        let source = self.site.source(&self.path)?;
        Some(self.state.client.encoding.offset(source.text, source.lines, position))
    }

    /// The bytes of a range.
    #[must_use]
    pub fn span(&self, range: Range) -> Option<Span> {
        let source = self.site.source(&self.path)?;
        Some(self.state.client.encoding.span(source.text, source.lines, range))
    }

    /// The range of a span of this file.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        self.range_in(&self.path, span)
    }

    /// The range of a span of any file; the beginning of one that has no text.
    #[must_use]
    pub fn range_in(&self, path: &DocPath, span: Span) -> Range {
        let source = self.site.source(path);
        let encoding = self.state.client.encoding;
        source.map_or_else(Range::default, |source| encoding.range(source.text, source.lines, span))
    }

    /// The URI of a file of the tree.
    #[must_use]
    pub fn uri(&self, path: &DocPath) -> Option<Uri> {
        self.state.uri(&self.root.on_disk(path))
    }

    /// The number of the state in which the editor has a file; `None` where it is not open.
    #[must_use]
    pub fn version(&self, uri: &Uri) -> Option<i32> {
        self.state.version(uri)
    }

    /// What is said of the file.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.root.findings(&self.path)
    }
}
