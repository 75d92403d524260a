//! What stands in a table: rows and cells.
//!
//! Plain data, free of any dialect.

use super::{HeadingId, Shown};
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

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its content without surrounding blanks; empty at the row's end for a cell that is not written.
    pub span: Span,
    /// Its text: markup and tags removed, entities decoded, blanks folded.
    pub text: Shown,
    /// Whether it holds a link; uses of reference definitions are links, images are not.
    pub has_link: bool,
    /// Whether it holds an image.
    pub has_image: bool,
    /// Whether its text outside links holds a letter or digit.
    pub has_words_outside_links: bool,
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
