//! Prints a report: one file a format.
//!
//! Owns what the formats share: how text, places and counts are written. Only `pretty` knows miette. No format knows
//! where its bytes go; none decides what is a finding.

use std::io::{self, Write};

use crate::engine::Report;
use crate::finding::{Finding, Level};
use crate::site::Site;

pub(crate) use markdown::code_span;
pub use place::PathDisplay;
pub(crate) use text::Ink;

pub mod checkstyle;
pub mod concise;
pub mod github_actions;
pub mod gitlab;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod pretty;
pub mod rdjson;
pub mod sarif;
pub mod statistics;

mod fingerprints;
mod place;
mod summary;
mod text;
mod uri;
mod xml;

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
    /// For programs that read lines: each finding an object as in `json`.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, which GitHub shows as annotations.
    Github,
    /// GitLab's Code Quality.
    Gitlab,
    /// JUnit's XML, for what shows tests.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// Reviewdog Diagnostic Format, for comments in reviews.
    Rdjson,
    /// A summary for a comment or a job's page.
    Markdown,
    /// Counts by rule and by folder instead of the findings.
    Statistics,
}

impl Format {
    /// Prints `report` in this format.
    pub fn write(self, report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Pretty => pretty::write(report, site, style, out),
            Format::Concise => concise::write(report, site, style, out),
            Format::Json => json::write(report, site, style, out),
            Format::JsonLines => jsonl::write(report, site, out),
            Format::Sarif => sarif::write(report, site, &style.run, out),
            Format::Github => github_actions::write(report, site, &style.run, out),
            Format::Gitlab => gitlab::write(report, site, &style.run, out),
            Format::Junit => junit::write(report, site, style, out),
            Format::Checkstyle => checkstyle::write(report, site, style, out),
            Format::Rdjson => rdjson::write(report, site, style, out),
            Format::Markdown => markdown::write(report, site, &style.run, out),
            Format::Statistics => statistics::write(report, style, out),
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
    /// What programs want to know besides.
    pub run: Run,
}

/// What reports for other programs say of the run itself.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Paths as a forge shows them: from the root of the repository.
    pub repository: PathDisplay,
    /// What comes before such a path in the address of the file at this commit, where that is known.
    pub source_url: Option<String>,
    /// Whether to list what is silenced, where the format can say that it is.
    pub with_suppressed: bool,
    /// The least level that makes the run fail.
    pub fail_on: Option<Level>,
    /// What the process exits with.
    pub exit_code: u8,
}

impl Default for Style {
    /// What a file or a pipe can show.
    fn default() -> Style {
        Style {
            color: false,
            width: 100,
            hyperlinks: false,
            unicode: true,
            base: PathDisplay::default(),
            run: Run::default(),
        }
    }
}

/// What is wrong, and below it the way out.
fn message_and_help(finding: &Finding, between: &str) -> String {
    match &finding.help {
        Some(help) => format!("{}{between}{help}", finding.message),
        None => finding.message.clone(),
    }
}

/// The findings from the gravest level to the least, else in their order.
fn gravest_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    sorted
}

#[cfg(test)]
pub(crate) mod fixture;
