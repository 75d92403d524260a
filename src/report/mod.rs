//! Prints a report: one file a format.
//!
//! Owns what the formats share: how text, places and counts are written. Only `pretty` knows miette. No format knows
//! where its bytes go; none decides what is a finding.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use crate::engine::Report;
use crate::site::Site;

pub use place::PathDisplay;

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
    /// All formats, the default first.
    pub const ALL: [Format; 3] = [Format::Pretty, Format::Concise, Format::Json];

    /// The word for it on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Pretty => "pretty",
            Format::Concise => "concise",
            Format::Json => "json",
        }
    }

    /// Prints `report` in this format.
    pub fn write(self, report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Pretty => pretty::write(report, site, style, out),
            Format::Concise => concise::write(report, site, style, out),
            Format::Json => json::write(report, site, style, out),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Format, String> {
        let known = Format::ALL.into_iter().find(|format| format.as_str() == word);
        known.ok_or_else(|| format!("no format is called `{word}`"))
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
