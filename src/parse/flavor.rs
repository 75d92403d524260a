//! The language a page is written in, and the page as a CommonMark parser can read it.
//!
//! Owns the choice only: each language that is not CommonMark is made readable in a file of its own. Knows no platform.

use std::borrow::Cow;

use super::{mdx, python};
use crate::facts::Embed;
use crate::path::DocPath;
use crate::source::{LineIndex, Span};

/// The language a page is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flavor {
    /// How blocks are told apart.
    pub blocks: Blocks,
    /// The syntaxes that take in other files.
    pub embeds: &'static [Embed],
    /// Whether a code span in a table cell protects its `|`.
    pub code_protects_pipe: bool,
}

/// How blocks are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blocks {
    /// As CommonMark says, with GitHub's tables.
    #[default]
    CommonMark,
    /// MDX: no indented code, no HTML; JSX elements, expressions in braces, `import` and `export`.
    Mdx,
    /// Python-Markdown with its usual extensions: admonitions, details and tabs hold indented blocks.
    Python {
        /// Whether `{ #id .class }` gives an element its attributes.
        attribute_lists: bool,
    },
}

impl Flavor {
    /// CommonMark, or MDX where the file's name says so.
    #[must_use]
    pub fn of(path: &DocPath, embeds: &'static [Embed]) -> Flavor {
        let blocks = match path.extension() {
            extension if extension.eq_ignore_ascii_case("mdx") => Blocks::Mdx,
            _ => Blocks::CommonMark,
        };
        Flavor { blocks, embeds, ..Flavor::default() }
    }

    /// Whether the last of several definitions of a label wins, not the first.
    pub(super) fn last_definition_wins(self) -> bool {
        matches!(self.blocks, Blocks::Python { .. })
    }

    /// What follows `start`, which is the beginning of a line, as a CommonMark parser can read it.
    pub(super) fn prepare<'t>(self, text: &'t str, lines: &LineIndex, start: usize) -> Prepared<'t> {
        match self.blocks {
            Blocks::CommonMark => Prepared::unchanged(text),
            Blocks::Mdx => mdx::prepare(text, lines, start),
            Blocks::Python { attribute_lists } => python::prepare(text, lines, start, attribute_lists),
        }
    }
}

/// A page as a CommonMark parser can read it.
pub(super) struct Prepared<'t> {
    /// The text with blanks for what is no Markdown: byte for byte as long as the page's.
    pub(super) text: Cow<'t, str>,
    /// How many bytes of indentation to take off each line; empty where none.
    pub(super) indents: Vec<u32>,
    /// Tags that are blanks now; their attributes still count.
    pub(super) tags: Vec<Span>,
    /// Ids that no HTML gives.
    pub(super) ids: Vec<Span>,
}

impl<'t> Prepared<'t> {
    pub(super) fn unchanged(text: &'t str) -> Prepared<'t> {
        Prepared { text: text.into(), indents: Vec::new(), tags: Vec::new(), ids: Vec::new() }
    }

    /// How many bytes of indentation a line has lost.
    pub(super) fn indent(&self, line: usize) -> usize {
        self.indents.get(line).map_or(0, |&indent| indent as usize)
    }

    /// What follows `start`, which begins line `first`, without the indentation that is taken off.
    pub(super) fn outdented(&self, lines: &LineIndex, start: usize, first: usize) -> Cow<'_, str> {
        if self.indents.is_empty() {
            return Cow::Borrowed(&self.text[start..]);
        }
        let mut outdented = String::with_capacity(self.text.len() - start);
        let mut line = first;
        let mut from = start;
        while from < self.text.len() {
            let end = lines.start_of(line + 1).unwrap_or(self.text.len());
            outdented.push_str(&self.text[from + self.indent(line)..end]);
            (line, from) = (line + 1, end);
        }
        outdented.into()
    }
}
