//! `ragged-row`: a table row with more or fewer cells than the header.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::dialect::Dialect;
use crate::facts::{Row, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;
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
        for row in page.rows(table) {
            check_row(page, table, row, findings);
        }
    }
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
    let draft = |message, help| {
        let draft = Draft::new(&page.doc.path, row.span, message).help(help);
        draft.related(&page.doc.path, table.header.span, "the header")
    };
    let counts = format!("this row has {} where the header has {columns}", count(written, "cell"));
    findings.report(if !page.text(row.span).contains('|') {
        let message = "this line has no `|`, yet it is a row of the table above it".to_owned();
        draft(message, "put an empty line after the table, or join the line to the row above")
    } else if written < columns {
        draft(counts, "add the missing cells, or a `|` where two cells run together")
    } else if row.written_outside_code as usize == columns {
        let pipes = row.pipes_in_code.iter().map(|&at| Span { start: at, end: at + 1 });
        draft(format!("{counts}: a code span does not protect its `|`"), "write `\\|` inside the code span")
            .fix_all(pipes, "write `\\|` inside the code span", true, "\\|")
    } else {
        draft(counts, surplus(page.dialect()))
    });
}

fn surplus(dialect: &Dialect) -> &'static str {
    match dialect.code_protects_pipe {
        true => "the surplus cells become columns without a header; a `|` that is text is written `\\|`",
        false => "the surplus cells are not shown; a `|` that is text is written `\\|`",
    }
}
