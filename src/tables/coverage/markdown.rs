//! The matrix as Markdown, to be pasted: a table for each phase.
//!
//! Does not know what the states mean.

use std::io::{self, Write};

use super::text::summary;
use super::{Coverage, CoveringRow, Place, ProcessCoverage, State, destination, remedy};
use crate::report::code_span;
use crate::site::LinkState;
use crate::tables::markdown::escaped;
use crate::words::{capitalised, count};

/// Prints the matrix. Links are relative to the root of the tree.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(coverage: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let preset = coverage.preset;
    writeln!(out, "**{}**: {}", escaped(&preset.title), summary(coverage.totals(), &preset.noun))?;
    for phase in &coverage.phases {
        writeln!(out, "\n**{}**: {}\n", escaped(&phase.phase.name), summary(phase.totals(), &preset.noun))?;
        writeln!(out, "| State | {} | Row | Leads to |", escaped(&capitalised(&preset.noun)))?;
        writeln!(out, "| --- | --- | --- | --- |")?;
        for process in &phase.processes {
            rows(process, out)?;
        }
    }
    unknown(coverage, out)
}

fn rows(process: &ProcessCoverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut name = escaped(&process.process.name);
    if process.rows.is_empty() {
        return writeln!(out, "| {} | {name} | | |", state(State::Missing));
    }
    for row in &process.rows {
        let place = place(row.place);
        let remark = match row.misplaced {
            Some(phase) => format!("<br>misplaced: stands under {}", escaped(phase)),
            None => String::new(),
        };
        writeln!(out, "| {} | {name} | {place}{remark} | {} |", state(row.state), destinations(row))?;
        name.clear();
    }
    Ok(())
}

fn unknown(coverage: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    if coverage.unknown.is_empty() {
        return Ok(());
    }
    let rows = count(coverage.unknown.len(), "row");
    writeln!(out, "\n**{rows} that {} does not know**\n", code_span(&coverage.preset.name))?;
    writeln!(out, "| Row | What it names |\n| --- | --- |")?;
    for row in &coverage.unknown {
        writeln!(out, "| {} | {} |", place(row.place), escaped(row.text))?;
    }
    Ok(())
}

fn state(state: State) -> String {
    format!("{} {}", state.symbol(), state.as_str())
}

fn place(place: Place<'_>) -> String {
    code_span(&format!("{}:{}", place.path, place.line))
}

fn destinations(row: &CoveringRow<'_>) -> String {
    let destinations = row.links.iter().map(|link| match (link.state, remedy(link)) {
        (LinkState::Ok | LinkState::External, _) => code_span(destination(link)),
        (state, None) => format!("{} ({})", code_span(destination(link)), state.as_str()),
        (state, Some(best)) => {
            format!("{} ({}, write {})", code_span(destination(link)), state.as_str(), code_span(best))
        }
    });
    destinations.collect::<Vec<_>>().join("<br>")
}
