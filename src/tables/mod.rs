//! Tables as data: what stands in the tables of a tree, for other programs and for people.
//!
//! Owns the shape of what `waypost tables` prints, and its formats. Does not know where their bytes go.

mod collect;
mod filter;
mod format;
mod link;
mod markdown;

use std::sync::Arc;

pub use collect::collect;
pub use filter::Filter;
pub use format::Format;

use crate::path::DocPath;
use crate::site::LinkState;

pub use coverage::Coverage;

pub mod coverage;
pub mod derive;

/// A table of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct TableData {
    /// The page.
    pub path: DocPath,
    /// The line of the header, from 1.
    pub line: usize,
    /// The headings above it, from the title inwards.
    pub section: Vec<String>,
    /// The preset that knows it.
    pub preset: Option<Arc<str>>,
    /// The canonical name of the phase whose heading it stands under.
    pub phase: Option<String>,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<RowData>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowData {
    /// Its line, from 1.
    pub line: usize,
    /// The canonical name of the process it is about.
    pub process: Option<String>,
    /// One for each column.
    pub cells: Vec<CellData>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellData {
    /// The name of its column.
    pub column: String,
    /// What it shows, markup removed.
    pub text: String,
    /// Its links, images left out.
    pub links: Vec<LinkData>,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkData {
    /// What it shows.
    pub text: String,
    /// The destination as written.
    pub target: String,
    /// What it leads to, relative to the root, with its fragment; `None` where that is nothing in the tree. `#`, `?`
    /// and `%` in the name of a file are percent-encoded, all else is decoded.
    pub resolved: Option<String>,
    /// What following it comes to.
    pub state: LinkState,
    /// What to write instead, best first.
    pub suggestions: Vec<String>,
}
