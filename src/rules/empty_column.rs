//! `empty-column`: a table column with a name and nothing below it.

use rustc_hash::FxHashSet;

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::contract::fold;
use crate::facts::{Cell, Row, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::words::count;

pub(super) static RULE: Rule = Rule {
    id: "empty-column",
    summary: "a table column with a name and nothing below it",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/empty-column/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

/// That a single cell is empty says little.
const FEWEST_ROWS: usize = 2;

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let mut used_elsewhere = None;
    for table in &page.doc.facts.tables {
        let rows = page.rows(table);
        for column in empty_columns(page, table, rows) {
            let header = &table.header.cells[column];
            // Tables of one make share their columns, whether or not each has something to say in all of them.
            if used_elsewhere.get_or_insert_with(|| used_names(page)).contains(&fold(page.cell_text(header)))
            {
                continue;
            }
            let name = page.cell_text(header);
            let message = match rows.len() {
                2 => format!("both cells of the column `{name}` are empty"),
                rows => format!("all {} of the column `{name}` are empty", count(rows, "cell")),
            };
            let draft = Draft::new(&page.doc.path, header.span, message);
            findings.report(draft.help("fill the column, or remove it"));
        }
    }
}

/// The columns with a name and nothing else, in a table where that is no value.
fn empty_columns(page: &Page<'_>, table: &Table, rows: &[Row]) -> Vec<usize> {
    if rows.len() < FEWEST_ROWS {
        return Vec::new();
    }
    let columns = 0..table.header.cells.len();
    let (filled, mut empty): (Vec<usize>, Vec<usize>) =
        columns.partition(|&column| cells(rows, column).any(|cell| !page.is_blank(cell)));
    // What no row writes is a matter of how rows are written.
    let written = rows.iter().map(|row| page.written_cells(row)).max().unwrap_or(0);
    empty.retain(|&column| column < written && !page.is_blank(&table.header.cells[column]));
    let mut beside_names = filled.into_iter().filter(|&column| column > 0).peekable();
    // Nothing but the names of rows is a form to fill in; where others hold marks, none says no.
    let is_content = !empty.is_empty()
        && beside_names.peek().is_some()
        && !beside_names.any(|column| holds_marks(page, rows, column));
    if is_content { empty } else { Vec::new() }
}

fn cells(rows: &[Row], column: usize) -> impl Iterator<Item = &Cell> {
    rows.iter().filter_map(move |row| row.cells.get(column))
}

/// Whether all that stands in the column is the same.
fn holds_marks(page: &Page<'_>, rows: &[Row], column: usize) -> bool {
    let mut filled = cells(rows, column).filter(|cell| !page.is_blank(cell)).map(|cell| page.text(cell.span));
    let first = filled.next();
    filled.all(|text| Some(text) == first)
}

/// The names of columns in which something stands.
fn used_names(page: &Page<'_>) -> FxHashSet<String> {
    let mut used = FxHashSet::default();
    for table in &page.doc.facts.tables {
        let rows = page.rows(table);
        for (column, header) in table.header.cells.iter().enumerate() {
            if cells(rows, column).any(|cell| !page.is_blank(cell)) {
                used.insert(fold(page.cell_text(header)));
            }
        }
    }
    used
}
