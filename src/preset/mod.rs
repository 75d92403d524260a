//! Presets: vocabularies of processes by phase, and how tables of them are recognised.
//!
//! Plain data with its look-up, read from `presets/*.toml` or a file of the user's by `config`. Does not know Markdown,
//! pages or rules.

use std::sync::Arc;

use crate::contract::{Contract, Lexicon, Wording, fold};

pub use name::{key, phase_key};
pub use names::Names;

mod name;
mod names;

/// A vocabulary with what it says of tables.
#[derive(Clone, Debug)]
pub struct Preset {
    /// Its name in `waypost.toml`: `itil-v3`; the path of a file of the user's.
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
    /// Their names.
    pub names: Names,
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
    /// Whether nobody misses it where no table has it: a function such as the service desk.
    pub optional: bool,
}

/// A table that a preset knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The column in which the processes stand.
    pub column: usize,
    /// The phase of the heading it stands under, if one names it: index into [`Preset::phases`].
    pub phase: Option<usize>,
    /// Whether the header alone tells: otherwise the rows must bear it out, as [`Recognised::is_borne_out`] says.
    pub is_sure: bool,
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
    ///
    /// Without the rows it cannot be sure of all: `Page::preset_table` asks them too.
    #[must_use]
    pub fn recognise(&self, header: &[&str], headings: &[&str]) -> Option<Recognised> {
        let (column, is_sure) = self.column(header)?;
        let phase = headings.iter().rev().find_map(|heading| self.names.phase(heading));
        let is_there = is_sure || phase.is_some() || headings.iter().any(|heading| self.is_named_by(heading));
        is_there.then_some(Recognised { column, phase, is_sure })
    }

    /// The process that a text names, by any of its names.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<ProcessId> {
        self.names.process(text)
    }

    /// A process by its place.
    #[must_use]
    pub fn process(&self, id: ProcessId) -> &Process {
        &self.phases[id.phase].processes[id.process]
    }

    /// All processes in their order.
    pub fn processes(&self) -> impl Iterator<Item = (ProcessId, &Process)> {
        self.phases.iter().enumerate().flat_map(|(phase, entry)| {
            let id = move |process| ProcessId { phase, process };
            entry.processes.iter().enumerate().map(move |(process, entry)| (id(process), entry))
        })
    }

    /// The column of the processes, and whether its name is proof.
    fn column(&self, header: &[&str]) -> Option<(usize, bool)> {
        if self.phases.is_empty() {
            return None;
        }
        let is_any = |names: &[Wording], text: &str| {
            let folded = fold(text);
            names.iter().any(|name| name.matches(&folded))
        };
        let at = |names: &[Wording]| header.iter().position(|text| is_any(names, text));
        at(&self.sure_headers)
            .map(|column| (column, true))
            .or_else(|| Some((at(&self.likely_headers)?, false)))
    }

    fn is_named_by(&self, heading: &str) -> bool {
        let folded = fold(heading);
        self.sections.iter().any(|section| section.matches(&folded))
    }
}

impl Lexicon for Preset {
    fn term(&self, text: &str) -> Option<&str> {
        Some(&self.process(self.find(text)?).name)
    }
}

impl Recognised {
    /// Whether the rows bear the header out: `known` of the `named` rows that name anything name a process.
    #[must_use]
    pub fn is_borne_out(self, known: usize, named: usize) -> bool {
        const LEAST: usize = 2;
        self.is_sure || known >= LEAST.min(named) && known > 0 && known * 2 >= named
    }
}

impl Phase {
    /// Its canonical name and the others.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

impl Process {
    /// Its canonical name and the others.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_rows_bear_a_likely_header_out() {
        let likely = Recognised { column: 0, phase: None, is_sure: false };
        for (known, named, is_borne_out) in
            [(2, 4, true), (2, 5, false), (1, 2, false), (1, 1, true), (0, 0, false), (0, 3, false)]
        {
            assert_eq!(likely.is_borne_out(known, named), is_borne_out, "{known} of {named}");
        }
        assert!(Recognised { is_sure: true, ..likely }.is_borne_out(0, 3));
    }

    #[test]
    fn labels_before_a_name_do_not_matter() {
        let process = Process { name: "Managed strategy".to_owned(), ..Process::default() };
        let phase = Phase { name: "Plan".to_owned(), aliases: Vec::new(), processes: vec![process] };
        let names = Names::of(&[phase]);
        for (text, is_known) in [
            ("APO02 Managed strategy", true),
            ("A.5.1 Managed strategy", true),
            ("Badly managed strategy", false),
        ] {
            assert_eq!(names.process(text).is_some(), is_known, "{text}");
        }
    }
}
