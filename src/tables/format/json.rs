//! `json` and `jsonl`: tables for programs, documented in `docs/tables.md` and stable from version 1 on.

use std::io::{self, Write};

use serde::Serialize;

use crate::tables::{CellData, LinkData, RowData, TableData};

/// Raised when a field changes its meaning or goes; new fields may come without it.
const VERSION: u32 = 1;

/// One object: each table on a line of its own.
pub(super) fn write(tables: &[TableData], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"tables\":[")?;
    for (index, table) in tables.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &JsonTable::of(table))?;
    }
    writeln!(out, "\n]}}")
}

/// An object a row, each with all that there is to say of its table.
pub(super) fn write_rows(tables: &[TableData], out: &mut dyn Write) -> io::Result<()> {
    for table in tables {
        for row in &table.rows {
            serde_json::to_writer(&mut *out, &JsonLine::of(table, row))?;
            writeln!(out)?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct JsonTable<'t> {
    path: &'t str,
    line: usize,
    section: &'t [String],
    preset: Option<&'t str>,
    phase: Option<&'t str>,
    header: &'t [String],
    rows: Vec<JsonRow<'t>>,
}

#[derive(Serialize)]
struct JsonRow<'t> {
    line: usize,
    process: Option<&'t str>,
    cells: Vec<JsonCell<'t>>,
}

#[derive(Serialize)]
struct JsonLine<'t> {
    path: &'t str,
    line: usize,
    table: usize,
    section: &'t [String],
    preset: Option<&'t str>,
    phase: Option<&'t str>,
    process: Option<&'t str>,
    cells: Vec<JsonCell<'t>>,
}

#[derive(Serialize)]
struct JsonCell<'t> {
    column: &'t str,
    text: &'t str,
    links: Vec<JsonLink<'t>>,
}

/// A link.
#[derive(Serialize)]
pub(in crate::tables) struct JsonLink<'t> {
    text: &'t str,
    target: &'t str,
    resolved: Option<&'t str>,
    state: &'static str,
    suggestions: &'t [String],
}

impl<'t> JsonTable<'t> {
    fn of(table: &'t TableData) -> JsonTable<'t> {
        JsonTable {
            path: table.path.as_str(),
            line: table.line,
            section: &table.section,
            preset: table.preset.as_deref(),
            phase: table.phase.as_deref(),
            header: &table.header,
            rows: table.rows.iter().map(JsonRow::of).collect(),
        }
    }
}

impl<'t> JsonRow<'t> {
    fn of(row: &'t RowData) -> JsonRow<'t> {
        JsonRow { line: row.line, process: row.process.as_deref(), cells: cells(row) }
    }
}

impl<'t> JsonLine<'t> {
    fn of(table: &'t TableData, row: &'t RowData) -> JsonLine<'t> {
        JsonLine {
            path: table.path.as_str(),
            line: row.line,
            table: table.line,
            section: &table.section,
            preset: table.preset.as_deref(),
            phase: table.phase.as_deref(),
            process: row.process.as_deref(),
            cells: cells(row),
        }
    }
}

fn cells(row: &RowData) -> Vec<JsonCell<'_>> {
    row.cells.iter().map(JsonCell::of).collect()
}

impl<'t> JsonCell<'t> {
    fn of(cell: &'t CellData) -> JsonCell<'t> {
        let links = cell.links.iter().map(JsonLink::of).collect();
        JsonCell { column: &cell.column, text: &cell.text, links }
    }
}

impl<'t> JsonLink<'t> {
    pub(in crate::tables) fn of(link: &'t LinkData) -> JsonLink<'t> {
        JsonLink {
            text: &link.text,
            target: &link.target,
            resolved: link.resolved.as_deref(),
            state: link.state.as_str(),
            suggestions: &link.suggestions,
        }
    }
}
