//! The matrix for a terminal: a line for each row, and below it the pages its links lead to.
//!
//! Does not know what the states mean.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Coverage, CoveringRow, Place, ProcessCoverage, State, Totals, destination, remedy};
use crate::report::{Ink, Style};
use crate::site::LinkState;
use crate::words::{count, number, visible};

/// Longer names do not push the places of all others to the right.
const WIDEST_NAME: usize = 44;
/// On a terminal that is narrower lines are too long.
const LEAST_TEXT: usize = 20;
/// Where names begin: behind the sign and the longest word for a state.
const NAME_COLUMN: usize = 2 + 2 + 13;

/// Prints the matrix.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(coverage: &Coverage<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    Printer { style, name_width: name_width(coverage), out }.coverage(coverage)
}

/// "13 of 26 processes, 11 with working links".
pub(super) fn summary(totals: Totals, noun: &str) -> String {
    let (with_row, covered) = (totals.with_row(), totals.in_state(State::Covered));
    let of_all = format!("{} of {}", number(with_row), count(totals.processes(), noun));
    match with_row {
        0 => of_all,
        _ => format!("{of_all}, {} with working links", number(covered)),
    }
}

struct Printer<'p> {
    style: &'p Style,
    name_width: usize,
    out: &'p mut dyn Write,
}

impl Printer<'_> {
    fn coverage(&mut self, coverage: &Coverage<'_>) -> io::Result<()> {
        let preset = coverage.preset;
        self.heading(&preset.title, &summary(coverage.totals(), &preset.noun))?;
        for phase in &coverage.phases {
            writeln!(self.out)?;
            self.heading(&phase.phase.name, &summary(phase.totals(), &preset.noun))?;
            for process in &phase.processes {
                self.process(process)?;
            }
        }
        self.unknown(coverage)
    }

    fn heading(&mut self, name: &str, summary: &str) -> io::Result<()> {
        writeln!(self.out, "{}: {summary}", self.style.paint(Ink::Strong, &visible(name)))
    }

    fn process(&mut self, process: &ProcessCoverage<'_>) -> io::Result<()> {
        let name = visible(&process.process.name);
        if process.rows.is_empty() {
            return self.line(State::Missing, &name, "");
        }
        let mut name = &*name;
        for row in &process.rows {
            self.line(row.state, name, &place(row.place))?;
            self.details(row)?;
            name = "";
        }
        Ok(())
    }

    /// The place stands behind the name where both fit, else on a line of its own, whole, to be copied.
    fn line(&mut self, state: State, name: &str, place: &str) -> io::Result<()> {
        write!(self.out, "  {}", self.state(state))?;
        let name_width = name.width();
        let place_column = NAME_COLUMN + self.name_width + 2;
        if place.is_empty() {
            return writeln!(self.out, "{name}");
        }
        if name.is_empty() {
            return writeln!(self.out, "{place}");
        }
        if name_width <= self.name_width && place_column + place.width() <= self.style.width {
            return writeln!(self.out, "{name}{:1$}{place}", "", self.name_width - name_width + 2);
        }
        writeln!(self.out, "{name}\n{:NAME_COLUMN$}{place}", "")
    }

    fn state(&self, state: State) -> String {
        let symbol = if self.style.unicode { state.symbol() } else { plain_symbol(state) };
        let ink = match state {
            State::Covered => Ink::Good,
            State::Broken => Ink::Error,
            State::Placeholder | State::Unlinked => Ink::Warning,
            State::Missing => Ink::Faint,
        };
        self.style.paint(ink, &format!("{symbol} {:13}", state.as_str())).into_owned()
    }

    fn details(&mut self, row: &CoveringRow<'_>) -> io::Result<()> {
        if let Some(phase) = row.misplaced {
            let remark = format!("misplaced: stands under `{}`", visible(phase));
            let remark = truncated(&remark, self.style.width.saturating_sub(NAME_COLUMN).max(LEAST_TEXT));
            writeln!(self.out, "{:NAME_COLUMN$}{}", "", self.style.paint(Ink::Warning, &remark))?;
        }
        let arrow = if self.style.unicode { '→' } else { '>' };
        for link in &row.links {
            write!(self.out, "{:NAME_COLUMN$}{arrow} {}", "", visible(destination(link)))?;
            match link.state {
                LinkState::Ok | LinkState::External => {}
                LinkState::Broken => write!(self.out, " {}", self.style.paint(Ink::Error, "(broken)"))?,
                state => write!(self.out, " ({})", state.as_str())?,
            }
            writeln!(self.out)?;
            if let Some(best) = remedy(link) {
                writeln!(self.out, "{:NAME_COLUMN$}  write {}", "", visible(best))?;
            }
        }
        Ok(())
    }

    fn unknown(&mut self, coverage: &Coverage<'_>) -> io::Result<()> {
        if coverage.unknown.is_empty() {
            return Ok(());
        }
        let rows = count(coverage.unknown.len(), "row");
        writeln!(self.out, "\n{rows} that `{}` does not know:", visible(&coverage.preset.name))?;
        for row in &coverage.unknown {
            let place = place(row.place);
            let room = self.style.width.saturating_sub(place.width() + 4).max(LEAST_TEXT);
            writeln!(self.out, "  {place}  {}", truncated(&visible(row.text), room))?;
        }
        Ok(())
    }
}

fn name_width(coverage: &Coverage<'_>) -> usize {
    let processes = coverage.phases.iter().flat_map(|phase| &phase.processes);
    let widths =
        processes.filter(|process| !process.rows.is_empty()).map(|process| process.process.name.width());
    widths.filter(|width| *width <= WIDEST_NAME).max().unwrap_or(0)
}

fn place(place: Place<'_>) -> String {
    format!("{}:{}", visible(place.path), place.line)
}

fn plain_symbol(state: State) -> char {
    match state {
        State::Covered => '+',
        State::Broken => 'x',
        State::Placeholder => '~',
        State::Unlinked => 'o',
        State::Missing => '-',
    }
}

/// As much of `text` as fits.
fn truncated(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let fits = |character: &char| match room.checked_sub(character.width().unwrap_or(0)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    text.chars().take_while(fits).chain(['…']).collect()
}
