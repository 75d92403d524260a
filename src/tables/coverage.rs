//! Which processes of a preset the tables of a tree cover, and whether what they link is there.
//!
//! Owns what the states mean and how they are counted. Does not know how a matrix is printed: its formats are the files
//! beside it.

use rustc_hash::FxHashMap;

use super::{LinkData, RowData, TableData};
use crate::preset::{Phase, Preset, Process, ProcessId};
use crate::rules::is_placeholder;
use crate::site::LinkState;

pub mod html;
pub mod json;
pub mod markdown;
pub mod text;

/// The processes of a preset, phase by phase, with the rows that cover them.
#[derive(Clone, Debug)]
pub struct Coverage<'a> {
    /// The preset.
    pub preset: &'a Preset,
    /// Its phases, in its order.
    pub phases: Vec<PhaseCoverage<'a>>,
    /// Rows that name something the preset does not know.
    pub unknown: Vec<UnknownRow<'a>>,
}

/// A phase with its processes.
#[derive(Clone, Debug)]
pub struct PhaseCoverage<'a> {
    /// The phase.
    pub phase: &'a Phase,
    /// Its processes, in the order of the preset; without those that nobody misses.
    pub processes: Vec<ProcessCoverage<'a>>,
}

/// A process with the rows that cover it.
#[derive(Clone, Debug)]
pub struct ProcessCoverage<'a> {
    /// The process.
    pub process: &'a Process,
    /// The rows about it, in the order of the tree.
    pub rows: Vec<CoveringRow<'a>>,
}

/// A row that is about a process.
#[derive(Clone, Debug)]
pub struct CoveringRow<'a> {
    /// Where it stands.
    pub place: Place<'a>,
    /// What it comes to.
    pub state: State,
    /// The phase it stands under, where that is another than the process belongs to.
    pub misplaced: Option<&'a str>,
    /// The links of its cells.
    pub links: Vec<&'a LinkData>,
}

/// A row that names something the preset does not know.
#[derive(Clone, Debug)]
pub struct UnknownRow<'a> {
    /// Where it stands.
    pub place: Place<'a>,
    /// What stands where the name of a process is expected.
    pub text: &'a str,
    /// The phase it stands under.
    pub phase: Option<&'a str>,
}

/// A line of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The page.
    pub path: &'a str,
    /// The line, from 1.
    pub line: usize,
}

/// What the rows about a process come to; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It has links, and none of them is broken.
    Covered,
    /// A link of it is broken.
    Broken,
    /// It has no link, and says that its content is still to come.
    Placeholder,
    /// It has no link.
    Unlinked,
    /// There is no row.
    Missing,
}

/// How many processes are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// In each of [`State::ALL`].
    by_state: [usize; State::ALL.len()],
}

impl State {
    /// All states, the best first.
    pub const ALL: [State; 5] =
        [State::Covered, State::Broken, State::Placeholder, State::Unlinked, State::Missing];

    /// The word for it in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Covered => "covered",
            State::Broken => "broken",
            State::Placeholder => "placeholder",
            State::Unlinked => "unlinked",
            State::Missing => "missing",
        }
    }

    /// The sign for it beside the word.
    #[must_use]
    pub fn symbol(self) -> char {
        match self {
            State::Covered => '✓',
            State::Broken => '✗',
            State::Placeholder => '…',
            State::Unlinked => '○',
            State::Missing => '–',
        }
    }

    fn of_row(row: &RowData) -> State {
        let mut states = row.links().map(|link| link.state).peekable();
        if states.peek().is_some() {
            return if states.any(|state| state == LinkState::Broken) {
                State::Broken
            } else {
                State::Covered
            };
        }
        match row.cells.iter().any(|cell| is_placeholder(&cell.text)) {
            true => State::Placeholder,
            false => State::Unlinked,
        }
    }
}

impl<'a> Coverage<'a> {
    /// What `tables` cover of a preset; those that it does not know do not count.
    #[must_use]
    pub fn new(preset: &'a Preset, tables: &'a [TableData]) -> Coverage<'a> {
        let mut coverage =
            Coverage { preset, phases: preset.phases.iter().map(empty).collect(), unknown: Vec::new() };
        let ids = ids_by_name(preset);
        for table in tables.iter().filter(|table| table.preset.as_ref() == Some(&preset.name)) {
            let column = process_column(preset, table);
            for row in &table.rows {
                match row.process.as_deref().and_then(|name| ids.get(name)) {
                    Some(id) => coverage.add(*id, table, row),
                    None => coverage.unknown.extend(unknown(table, row, column)),
                }
            }
        }
        for phase in &mut coverage.phases {
            phase.processes.retain(|process| !(process.process.optional && process.rows.is_empty()));
        }
        coverage
    }

    /// The totals of all phases.
    #[must_use]
    pub fn totals(&self) -> Totals {
        Totals::of(self.phases.iter().flat_map(|phase| &phase.processes))
    }

    fn add(&mut self, id: ProcessId, table: &'a TableData, row: &'a RowData) {
        let phase = &mut self.phases[id.phase];
        let stands_under = table.phase.as_deref();
        phase.processes[id.process].rows.push(CoveringRow {
            place: Place { path: table.path.as_str(), line: row.line },
            state: State::of_row(row),
            misplaced: stands_under.filter(|name| *name != phase.phase.name),
            links: row.links().collect(),
        });
    }
}

impl PhaseCoverage<'_> {
    /// The totals of this phase.
    #[must_use]
    pub fn totals(&self) -> Totals {
        Totals::of(&self.processes)
    }
}

impl ProcessCoverage<'_> {
    /// The best that a row comes to: a process is covered where one row covers it.
    #[must_use]
    pub fn state(&self) -> State {
        self.rows.iter().map(|row| row.state).min().unwrap_or(State::Missing)
    }
}

impl Totals {
    fn of<'p, 'a: 'p>(processes: impl IntoIterator<Item = &'p ProcessCoverage<'a>>) -> Totals {
        let mut totals = Totals::default();
        for process in processes {
            totals.by_state[process.state() as usize] += 1;
        }
        totals
    }

    /// How many processes are in a state.
    #[must_use]
    pub fn in_state(&self, state: State) -> usize {
        self.by_state[state as usize]
    }

    /// How many processes there are.
    #[must_use]
    pub fn processes(&self) -> usize {
        self.by_state.iter().sum()
    }

    /// How many of them have a row.
    #[must_use]
    pub fn with_row(&self) -> usize {
        self.processes() - self.in_state(State::Missing)
    }
}

impl RowData {
    fn links(&self) -> impl Iterator<Item = &LinkData> {
        self.cells.iter().flat_map(|cell| &cell.links)
    }
}

fn empty(phase: &Phase) -> PhaseCoverage<'_> {
    let processes = phase.processes.iter().map(|process| ProcessCoverage { process, rows: Vec::new() });
    PhaseCoverage { phase, processes: processes.collect() }
}

fn ids_by_name(preset: &Preset) -> FxHashMap<&str, ProcessId> {
    preset.processes().map(|(id, process)| (process.name.as_str(), id)).collect()
}

/// Where the preset expects the names of processes.
fn process_column(preset: &Preset, table: &TableData) -> usize {
    let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
    let headings: Vec<&str> = table.section.iter().map(String::as_str).collect();
    preset.recognise(&header, &headings).map_or(0, |recognised| recognised.column)
}

/// The row, unless it names nothing: it goes on with the row above, or only parts others.
fn unknown<'a>(table: &'a TableData, row: &'a RowData, column: usize) -> Option<UnknownRow<'a>> {
    let text = row.cells.get(column)?.text.trim();
    let mut others = row.cells.iter().enumerate().filter(|(other, _)| *other != column).map(|(_, cell)| cell);
    let is_alone = row.cells.len() > 1 && others.all(|cell| cell.text.is_empty() && cell.links.is_empty());
    let place = Place { path: table.path.as_str(), line: row.line };
    (!text.is_empty() && !is_alone).then_some(UnknownRow { place, text, phase: table.phase.as_deref() })
}

/// What a link leads to, for people: what it resolves to, or else what is written.
fn destination(link: &LinkData) -> &str {
    link.resolved.as_deref().unwrap_or(&link.target)
}

/// What to write instead of a broken link.
fn remedy(link: &LinkData) -> Option<&str> {
    let best = link.suggestions.first().filter(|_| link.state == LinkState::Broken);
    best.map(String::as_str)
}

#[cfg(test)]
mod tests;
