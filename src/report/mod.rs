//! Prints a report: one file a format.
//!
//! Owns what the formats share: how text, places and counts are written. Only `pretty` knows miette. No format knows
//! where its bytes go; none decides what is a finding.

use std::io::{self, Write};

use crate::engine::Report;
use crate::site::Site;

pub use place::PathDisplay;
pub(crate) use text::Ink;

pub mod concise;
pub mod json;
pub mod pretty;

mod place;
mod summary;
mod text;

/// The formats a report can be printed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: source excerpts, help and a summary.
    #[default]
    Pretty,
    /// For people in a hurry and for tools that read lines: one line a finding.
    Concise,
    /// For programs; see `docs/json.md`.
    Json,
}

impl Format {
    /// Prints `report` in this format.
    pub fn write(self, report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Pretty => pretty::write(report, site, style, out),
            Format::Concise => concise::write(report, site, style, out),
            Format::Json => json::write(report, site, style, out),
        }
    }
}

/// What the reader's terminal can show and where it stands.
#[derive(Clone, Debug)]
pub struct Style {
    /// Whether to colour; without it no escape sequence is written.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the terminal knows hyperlinks (OSC 8).
    pub hyperlinks: bool,
    /// Whether to draw with more than ASCII.
    pub unicode: bool,
    /// How paths are shown.
    pub base: PathDisplay,
}

impl Default for Style {
    /// What a file or a pipe can show.
    fn default() -> Style {
        Style { color: false, width: 100, hyperlinks: false, unicode: true, base: PathDisplay::default() }
    }
}

#[cfg(test)]
pub(crate) mod fixture;
