//! `empty-header`: a table whose columns have no names.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::{Cell, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;
use crate::words::count;

pub(super) static RULE: Rule = Rule {
    id: "empty-header",
    summary: "a table column without a name",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/empty-header/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for table in &page.doc.facts.tables {
        if let Some(draft) = draft(page, table) {
            findings.report(draft);
        }
    }
}

fn draft(page: &Page<'_>, table: &Table) -> Option<Draft> {
    let header = &table.header;
    let is_unnamed = |cell: &&Cell| page.is_blank(cell);
    if header.cells.iter().all(|cell| page.is_blank(cell)) {
        let message = match header.cells.len() {
            1 => "the header of this table is empty".to_owned(),
            columns => format!("all {columns} cells of this header are empty"),
        };
        let help = "name the columns, or move the first row into the header; screen readers announce them";
        return Some(Draft::new(&page.doc.path, header.span, message).help(help));
    }
    // Rows that have names of their own need no name above these.
    let mut unnamed = header.cells.iter().skip(1).filter(is_unnamed).map(|cell| place(page, table, cell));
    let first = unnamed.next()?;
    let others: Vec<Span> = unnamed.collect();
    let message = match others.len() {
        0 => "this column has no name".to_owned(),
        others => format!("this column and {} have no name", count(others, "more column")),
    };
    let draft = Draft::new(&page.doc.path, first, message).help(
        "name it: pipe tables cannot join header cells, and screen readers announce the name of each column",
    );
    Some(others.into_iter().fold(draft, |draft, place| draft.related(&page.doc.path, place, "nor has this")))
}

/// The blanks in which the name would stand.
fn place(page: &Page<'_>, table: &Table, cell: &Cell) -> Span {
    if !cell.span.is_empty() {
        return cell.span;
    }
    let before = Span { start: table.header.span.start, end: cell.span.start };
    let blanks = page.text(before).len() - page.text(before).trim_end_matches([' ', '\t']).len();
    Span { start: cell.span.start - blanks as u32, end: cell.span.end }
}
