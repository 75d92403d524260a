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
    /// The line of text directly before the header.
    pub text_before: Option<Span>,
    /// The line of text directly after the last row, which does not belong to the same list item or quote and so is
    /// no row.
    pub text_after: Option<Span>,
    /// What directly follows the last row and is neither row nor text: the first line of a heading, a list, a quote.
    pub block_after: Option<Span>,
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

/// A tag of an HTML list in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListTag {
    /// The tag.
    pub span: Span,
    /// The cell it stands in.
    pub cell: CellId,
    /// The element.
    pub kind: ListTagKind,
    /// Whether it is an end tag.
    pub closing: bool,
}

/// An element of HTML lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListTagKind {
    /// `<ul>`
    Unordered,
    /// `<ol>`
    Ordered,
    /// `<li>`
    Item,
}

/// A list in a cell that is drawn with `<br>` and marks such as `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnList {
    /// The first `<br>` with a mark after it, and that mark.
    pub span: Span,
    /// The cell it stands in.
    pub cell: CellId,
    /// How many lines of the cell begin with a mark.
    pub items: u32,
    /// Whether the marks are numbers.
    pub numbered: bool,
}
