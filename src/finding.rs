//! What waypost has to say: findings, their related places and their fixes.
//!
//! Plain data. Knows nothing of how a finding is found or printed.

use std::fmt;

use crate::path::DocPath;
use crate::rules::Rule;
use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; the site is right.
    Info,
    /// Wrong, but readers get where they want.
    Warning,
    /// Readers hit it.
    Error,
}

impl Level {
    /// All levels, gravest first.
    pub const ALL: [Level; 3] = [Level::Error, Level::Warning, Level::Info];

    /// The word for it in configuration and output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is wrong, at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How grave it is here, after configuration.
    pub level: Level,
    /// The file.
    pub path: DocPath,
    /// The exact bytes.
    pub span: Span,
    /// What is wrong, in one sentence without a final period.
    pub message: String,
    /// What it is about, where the text under the span does not say so: the same as long as the finding is.
    pub about: Option<Box<str>>,
    /// The way out.
    pub help: Option<String>,
    /// The destination as written, where the finding is about one.
    pub target: Option<String>,
    /// What to write instead of the bytes under the span, best first.
    pub suggestions: Vec<String>,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// An edit that mends it.
    pub fix: Option<Fix>,
}

/// A place with a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub path: DocPath,
    /// The bytes.
    pub span: Span,
    /// The remark.
    pub message: String,
}

/// An edit that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// Whether it may be applied unseen: there is one candidate and it was verified to resolve.
    pub safe: bool,
    /// The edits; they belong together.
    pub edits: Vec<Edit>,
}

/// A replacement in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: DocPath,
    /// The bytes to replace.
    pub span: Span,
    /// What to write there.
    pub text: String,
}
