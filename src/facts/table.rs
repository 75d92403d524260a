//! What stands in a table: rows, cells and what the cells hold.
//!
//! Plain data, free of any dialect.

use super::HeadingId;
use crate::source::Span;

/// A pipe table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// From the header to the last row.
    pub span: Span,
    /// The heading it stands under.
    pub section: Option<HeadingId>,
    /// The header row.
    pub header: Row,
    /// The body rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The row without surrounding blanks.
    pub span: Span,
    /// One cell a column: cells missing in the source are empty, surplus ones are left out.
    pub cells: Vec<Cell>,
    /// How many cells are written when every unescaped `|` separates.
    pub written: u32,
    /// How many cells are written when a code span protects its `|`.
    pub written_outside_code: u32,
    /// Where the unescaped `|` inside code spans stand.
    pub pipes_in_code: Box<[u32]>,
}

/// A text that the page shows somewhere: nearly always the source itself, and then it needs no copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown(pub Option<Box<str>>);

impl Shown {
    /// The text, given the source where it stands.
    #[must_use]
    pub fn or<'t>(&'t self, source: &'t str) -> &'t str {
        self.0.as_deref().unwrap_or(source)
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its content without surrounding blanks; empty at the row's end for a cell that is not written.
    pub span: Span,
    /// Its text: markup and tags removed, entities decoded, blanks folded.
    pub text: Shown,
    /// The text that is outside links, in the same form; `None` where the cell holds no link.
    pub text_outside_links: Option<Box<str>>,
    /// How many links it holds, uses of reference definitions included, images not.
    pub links: u32,
    /// How many images it holds.
    pub images: u32,
    /// Its tags: a range of [`Facts::cell_tags`](super::Facts::cell_tags).
    pub tags: (u32, u32),
}

/// Where a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellId {
    /// Index into [`Facts::tables`](super::Facts::tables).
    pub table: u32,
    /// 0 for the header, `n + 1` for `rows[n]`.
    pub row: u32,
    /// Index into [`Row::cells`].
    pub column: u32,
}

/// An HTML tag inside a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellTag {
    /// The element's name in lower case.
    pub name: Box<str>,
    /// Whether it is an end tag.
    pub closing: bool,
    /// The tag.
    pub span: Span,
}
