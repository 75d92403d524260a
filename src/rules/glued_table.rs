//! `glued-table`: text directly before or after a table.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::{Row, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "glued-table",
    summary: "text directly before or after a table, which makes it a row or the table no table",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/glued-table/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for table in &page.doc.facts.tables {
        if let Some(draft) = before(page, table) {
            findings.report(draft);
        }
        if let Some(draft) = after(page, table) {
            findings.report(draft);
        }
        if let Some(draft) = next_table(page, table) {
            findings.report(draft);
        }
    }
}

fn before(page: &Page<'_>, table: &Table) -> Option<Draft> {
    let line = table.text_before.filter(|line| !page.ends_table(*line))?;
    let draft = || {
        Draft::new(&page.doc.path, line, "this line makes the table below it text: no empty line is between")
            .level(Level::Error)
            .related(&page.doc.path, table.header.span, "the table that is none")
            .help("put an empty line before the table")
    };
    page.dialect().text_before_unmakes_table.then(|| {
        with_empty_line(page, draft(), table.header.span, "put an empty line before the table", true)
    })
}

fn after(page: &Page<'_>, table: &Table) -> Option<Draft> {
    let rows = page.rows(table);
    if let Some(first) = rows.iter().position(|row| page.is_text(row)) {
        return Some(text_row(page, table, rows, first));
    }
    if rows.len() < table.rows.len() {
        return None;
    }
    let dialect = page.dialect();
    let unmakes = |line: &Span| !page.ends_table(*line) && !page.text(*line).contains('|');
    let text = table.text_after.filter(|line| dialect.text_after_unmakes_table && unmakes(line));
    let block = table.block_after.filter(|_| dialect.table_takes_all_lines);
    let line = text.or(block)?;
    Some(with_empty_line(page, draft(page, table, line).help(APART), line, APART, true))
}

const APART: &str = "put an empty line after the table";

fn next_table(page: &Page<'_>, table: &Table) -> Option<Draft> {
    let line = page.rows(table)[page.next_table(table)?].span;
    let draft = Draft::new(
        &page.doc.path,
        line,
        "this table is made rows of the one above: no empty line is between",
    )
    .help("put an empty line before it")
    .related(&page.doc.path, table.header.span, "the table above");
    Some(with_empty_line(page, draft, line, "put an empty line before it", true))
}

fn text_row(page: &Page<'_>, table: &Table, rows: &[Row], first: usize) -> Draft {
    let line = rows[first].span;
    let draft = draft(page, table, line);
    if !rows[first..].iter().all(|row| page.is_text(row)) {
        return draft.help("join the line to the row above");
    }
    let above = first.checked_sub(1).map_or(&table.header, |above| &rows[above]);
    // Without a `|` at its end the row above may go on here, and a single column needs none.
    let is_apart = page.is_closed(above) && table.header.cells.len() > 1;
    let draft = draft.help(format!("{APART}, or join the line to the row above"));
    with_empty_line(page, draft, line, APART, is_apart)
}

fn draft(page: &Page<'_>, table: &Table, line: Span) -> Draft {
    let draft = |message| Draft::new(&page.doc.path, line, message);
    let draft = match page.dialect().text_after_unmakes_table {
        true => draft("this line has no `|` and makes the table above it text").level(Level::Error),
        false => draft("this line has no `|`, yet it is a row of the table above it"),
    };
    draft.related(&page.doc.path, table.header.span, "the table")
}

/// Offers an empty line before the line that holds `content`, in the same quotes.
fn with_empty_line(page: &Page<'_>, draft: Draft, content: Span, title: &str, safe: bool) -> Draft {
    let lines = &page.doc.lines;
    let text = &page.doc.text;
    let line = lines.line_span(text, lines.line_of(content.start as usize));
    let rest = line.of(text).trim_start_matches([' ', '\t', '>']);
    let marks = line.of(text)[..line.len() - rest.len()].trim_end();
    let end = if text[line.end as usize..].starts_with('\r') { "\r\n" } else { "\n" };
    draft.fix_at(Span::at(line.start as usize), title, safe, format!("{marks}{end}"))
}
