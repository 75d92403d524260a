//! The matrix for programs, documented in `docs/coverage.md` and stable from version 1 on.

use std::io::{self, Write};

use serde::Serialize;

use super::{Coverage, CoveringRow, PhaseCoverage, ProcessCoverage, State, Totals, UnknownRow};
use crate::tables::format::json::JsonLink;

/// Raised when a field changes its meaning or goes; new fields may come without it.
const VERSION: u32 = 1;

/// Prints the matrix.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(coverage: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &JsonReport { version: VERSION, coverage: JsonCoverage::of(coverage) })?;
    writeln!(out)
}

#[derive(Serialize)]
struct JsonReport<'c> {
    version: u32,
    coverage: JsonCoverage<'c>,
}

#[derive(Serialize)]
struct JsonCoverage<'c> {
    preset: &'c str,
    title: &'c str,
    totals: JsonTotals,
    phases: Vec<JsonPhase<'c>>,
    unknown: Vec<JsonUnknown<'c>>,
}

#[derive(Serialize)]
struct JsonTotals {
    processes: usize,
    covered: usize,
    broken: usize,
    placeholder: usize,
    unlinked: usize,
    missing: usize,
}

#[derive(Serialize)]
struct JsonPhase<'c> {
    name: &'c str,
    totals: JsonTotals,
    processes: Vec<JsonProcess<'c>>,
}

#[derive(Serialize)]
struct JsonProcess<'c> {
    name: &'c str,
    state: &'static str,
    rows: Vec<JsonRow<'c>>,
}

#[derive(Serialize)]
struct JsonRow<'c> {
    path: &'c str,
    line: usize,
    state: &'static str,
    misplaced: Option<&'c str>,
    links: Vec<JsonLink<'c>>,
}

#[derive(Serialize)]
struct JsonUnknown<'c> {
    path: &'c str,
    line: usize,
    text: &'c str,
    phase: Option<&'c str>,
}

impl<'c> JsonCoverage<'c> {
    fn of(coverage: &'c Coverage<'_>) -> JsonCoverage<'c> {
        JsonCoverage {
            preset: &coverage.preset.name,
            title: &coverage.preset.title,
            totals: JsonTotals::of(coverage.totals()),
            phases: coverage.phases.iter().map(JsonPhase::of).collect(),
            unknown: coverage.unknown.iter().map(JsonUnknown::of).collect(),
        }
    }
}

impl JsonTotals {
    fn of(totals: Totals) -> JsonTotals {
        JsonTotals {
            processes: totals.processes(),
            covered: totals.in_state(State::Covered),
            broken: totals.in_state(State::Broken),
            placeholder: totals.in_state(State::Placeholder),
            unlinked: totals.in_state(State::Unlinked),
            missing: totals.in_state(State::Missing),
        }
    }
}

impl<'c> JsonPhase<'c> {
    fn of(phase: &'c PhaseCoverage<'_>) -> JsonPhase<'c> {
        JsonPhase {
            name: &phase.phase.name,
            totals: JsonTotals::of(phase.totals()),
            processes: phase.processes.iter().map(JsonProcess::of).collect(),
        }
    }
}

impl<'c> JsonProcess<'c> {
    fn of(process: &'c ProcessCoverage<'_>) -> JsonProcess<'c> {
        JsonProcess {
            name: &process.process.name,
            state: process.state().as_str(),
            rows: process.rows.iter().map(JsonRow::of).collect(),
        }
    }
}

impl<'c> JsonRow<'c> {
    fn of(row: &'c CoveringRow<'_>) -> JsonRow<'c> {
        JsonRow {
            path: row.place.path,
            line: row.place.line,
            state: row.state.as_str(),
            misplaced: row.misplaced,
            links: row.links.iter().map(|link| JsonLink::of(link)).collect(),
        }
    }
}

impl<'c> JsonUnknown<'c> {
    fn of(row: &'c UnknownRow<'_>) -> JsonUnknown<'c> {
        JsonUnknown { path: row.place.path, line: row.place.line, text: row.text, phase: row.phase }
    }
}
