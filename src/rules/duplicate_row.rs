//! `duplicate-row`: a table row that says what another row of the table has said already.

use rustc_hash::FxHashMap;

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::{Row, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-row",
    summary: "a table row that stands in the table already",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/duplicate-row/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for table in &page.doc.facts.tables {
        check_table(page, table, findings);
    }
}

fn check_table(page: &Page<'_>, table: &Table, findings: &mut Findings<'_>) {
    let rows = page.rows(table);
    // Where each row stands that has been said, and where it was said last.
    let mut said: FxHashMap<Vec<&str>, (usize, usize)> = FxHashMap::default();
    for (index, row) in rows.iter().enumerate() {
        if is_section(page, row) {
            said.clear();
            continue;
        }
        if !says_something(page, row) {
            continue;
        }
        let (first, last) = said.entry(content(page, row)).or_insert((index, index));
        let before = std::mem::replace(last, index);
        if before == index {
            continue;
        }
        let is_adjacent = before + 1 == index;
        if is_adjacent {
            findings.report(adjacent(page, &rows[*first], &rows[before], row));
        } else if !page.is_blank(&row.cells[0]) {
            findings.report(apart(page, &rows[*first], row));
        }
    }
}

fn adjacent(page: &Page<'_>, first: &Row, before: &Row, row: &Row) -> Draft {
    let between = Span { start: before.span.end, end: row.span.end };
    Draft::new(&page.doc.path, row.span, "this row says the same as the one above it")
        .help("remove it, or correct the cell that should differ")
        .related(&page.doc.path, first.span, "the first of them")
        .fix_at(between, "remove the row", false, "")
}

fn apart(page: &Page<'_>, first: &Row, row: &Row) -> Draft {
    Draft::new(&page.doc.path, row.span, "this row stands in the table already")
        .help("remove one of them, or correct the cell that should differ")
        .related(&page.doc.path, first.span, "the first of them")
        .at_most(Level::Info)
}

/// A row that names those below it: only its first cell is filled.
fn is_section(page: &Page<'_>, row: &Row) -> bool {
    let [first, rest @ ..] = &row.cells[..] else { return false };
    !rest.is_empty() && !page.is_blank(first) && rest.iter().all(|cell| page.is_blank(cell))
}

/// Whether any cell holds more than dashes and dots.
fn says_something(page: &Page<'_>, row: &Row) -> bool {
    row.cells.iter().any(|cell| page.text(cell.span).contains(char::is_alphanumeric))
}

/// What its cells hold, and what is written behind them: some platforms show it.
fn content<'p>(page: &Page<'p>, row: &Row) -> Vec<&'p str> {
    let end = row.cells.last().map_or(row.span.start, |cell| cell.span.end);
    let surplus = page.text(Span { start: end, end: row.span.end }).trim_matches([' ', '\t', '|']);
    row.cells.iter().map(|cell| page.text(cell.span)).chain([surplus]).collect()
}
