//! Runs the rules over a site: check, suppress, level, sort.
//!
//! The one place every door goes through. Pure: no disk, no clock, no environment.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};

/// What a check came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by path, place, rule and message.
    pub findings: Vec<Finding>,
    /// What was looked at.
    pub summary: Summary,
}

/// What was looked at, and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages checked.
    pub pages: usize,
    /// Destinations looked at in these pages.
    pub links: usize,
    /// Destinations that cannot be judged without a network, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// Findings silenced by suppression comments.
    pub suppressed: usize,
    /// The dialects that judged at least one page.
    pub dialects: Vec<&'static str>,
}

impl Report {
    /// How many findings there are at a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}
