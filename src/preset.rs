//! Presets: vocabularies of processes by phase, and how tables of them are recognised.
//!
//! Plain data, read from `presets/*.toml` or a file of the user's by `config`. Does not know Markdown, pages or rules.

use std::sync::Arc;

use crate::contract::{Contract, Wording};

/// A vocabulary with what it says of tables.
#[derive(Clone, Debug)]
pub struct Preset {
    /// Its name in `waypost.toml`: `itil-v3`.
    pub name: Arc<str>,
    /// What people call it: "ITIL v3".
    pub title: String,
    /// What one of its terms is called: "process", "practice".
    pub noun: String,
    /// What its groups are called: "phase".
    pub group_noun: String,
    /// Columns whose name alone makes a table one of this vocabulary: "ITIL process".
    pub sure_headers: Vec<Wording>,
    /// Columns that do so below a heading that names a phase or the vocabulary: "Process".
    pub likely_headers: Vec<Wording>,
    /// Headings and titles that name the vocabulary: "*ITIL*".
    pub sections: Vec<Wording>,
    /// The phases with their processes.
    pub phases: Vec<Phase>,
    /// The contracts it brings along.
    pub contracts: Vec<Contract>,
}

/// A group of processes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phase {
    /// Its canonical name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its processes.
    pub processes: Vec<Process>,
}

/// A process or practice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// Its canonical name.
    pub name: String,
    /// Other names and spellings.
    pub aliases: Vec<String>,
}

/// A table that a preset knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The column in which the processes stand.
    pub column: usize,
    /// The phase of the heading it stands under, if one names it: index into [`Preset::phases`].
    pub phase: Option<usize>,
}

/// A process by its place in a preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessId {
    /// Index into [`Preset::phases`].
    pub phase: usize,
    /// Index into [`Phase::processes`].
    pub process: usize,
}

impl Preset {
    /// What the preset makes of a table, given the texts of its header and of the headings above it, title first.
    #[must_use]
    pub fn recognise(&self, header: &[&str], headings: &[&str]) -> Option<Recognised> {
        let _ = (header, headings);
        None
    }

    /// The process that a text names, by any of its names.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<ProcessId> {
        let _ = text;
        None
    }

    /// A process by its place.
    #[must_use]
    pub fn process(&self, id: ProcessId) -> &Process {
        &self.phases[id.phase].processes[id.process]
    }
}
