//! `ragged-row`: a table row with more or fewer cells than the header.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::{Row, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::words::count;

pub(super) static RULE: Rule = Rule {
    id: "ragged-row",
    summary: "a table row with more or fewer cells than the header",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/ragged-row/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for table in &page.doc.facts.tables {
        for row in body(page, table) {
            check_row(page, table, row, findings);
        }
    }
}

/// The rows, up to where a `:::` line ends the table on some platforms.
fn body<'t>(page: &Page<'_>, table: &'t Table) -> impl Iterator<Item = &'t Row> {
    let colons_end_table = page.dialect().colons_end_table;
    let text = &page.doc.text;
    table.rows.iter().take_while(move |row| !(colons_end_table && row.span.of(text).starts_with(":::")))
}

fn check_row(page: &Page<'_>, table: &Table, row: &Row, findings: &mut Findings<'_>) {
    let columns = table.header.cells.len();
    let written = match page.dialect().code_protects_pipe {
        true => row.written_outside_code,
        false => row.written,
    } as usize;
    if written == columns {
        return;
    }
    let header = table.header.span;
    let message = match has_pipe(page, row) {
        true => format!("this row has {} where the header has {columns}", count(written, "cell")),
        false => "this line has no `|`, yet it is a row of the table above it".to_owned(),
    };
    let draft = Draft::new(&page.doc.path, row.span, message).related(&page.doc.path, header, "the header");
    findings.report(draft.help(help(page, written, columns, row)));
}

fn help(page: &Page<'_>, written: usize, columns: usize, row: &Row) -> String {
    if written > columns && row.written_outside_code as usize == columns {
        return "a code span does not protect `|` here: write `\\|`".to_owned();
    }
    if !has_pipe(page, row) {
        return "put an empty line before text that follows the table, or join the line to the row above"
            .to_owned();
    }
    if written < columns {
        return "add the missing cells, or a `|` where two cells run together".to_owned();
    }
    match page.dialect().code_protects_pipe {
        true => "the surplus cells become columns without a header".to_owned(),
        false => "the surplus cells are not shown; a `|` that is text is written `\\|`".to_owned(),
    }
}

fn has_pipe(page: &Page<'_>, row: &Row) -> bool {
    page.text(row.span).contains('|')
}
