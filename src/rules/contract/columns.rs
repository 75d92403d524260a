//! Whether the columns of a table are those of its contract: all there, once, in order, and no others.

use super::super::Findings;
use super::voiced;
use super::words::{Words, quoted};
use crate::contract::Voice;
use crate::nearest::{enumerate, nearest};
use crate::source::Span;

/// Reports columns that are missing, repeated, out of order or not foreseen.
pub(super) fn check(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    missing(words, findings);
    repeated(words, findings);
    closed(words, findings);
    ordered(words, findings);
}

fn missing(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let selected = words.selected;
    let contract = selected.contract;
    for (id, column) in contract.columns.iter().enumerate() {
        let is_there = || selected.named.contains(&Some(id));
        if !column.required || column.name.value.is_any() || is_there() {
            continue;
        }
        let name = &column.name.value.written;
        let message = format!("the table {} has no column `{name}`", quoted(&contract.name));
        let draft = match near(words, name) {
            Some((span, text)) => words
                .draft(span, message)
                .help(format!("write `{name}`, or make {} an alias of it", quoted(text)))
                .suggestions(vec![name.clone()]),
            None => words.draft(selected.table.header.span, message).help("add the column"),
        };
        findings.report(voiced(contract, &column.voice, column.name.span, draft));
    }
}

/// The column of another name that may be meant.
fn near<'s>(words: &Words<'s, '_>, name: &str) -> Option<(Span, &'s str)> {
    let selected = words.selected;
    let is_free = |column: Option<usize>| {
        column.is_none_or(|column| selected.contract.columns[column].name.value.is_any())
    };
    let cells = selected.table.header.cells.iter().zip(&selected.named);
    let free = cells.filter(|(_, column)| is_free(**column));
    let free: Vec<(Span, &str)> = free.map(|(cell, _)| (cell.span, words.page.cell_text(cell))).collect();
    if !words.may_compare(free.len()) {
        return None;
    }
    let near = nearest(name, free.iter().map(|(_, text)| *text))?;
    free.into_iter().find(|(_, text)| *text == near)
}

fn repeated(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let selected = words.selected;
    let cells = &selected.table.header.cells;
    for &(later, earlier) in &selected.repeated {
        let Some(column) = selected.named[earlier].map(|column| &selected.contract.columns[column]) else {
            continue;
        };
        let name = &column.name.value.written;
        let draft = words
            .draft(
                cells[later].span,
                format!("the table has a second column `{name}`: only the first is checked"),
            )
            .help("give each column a name of its own")
            .related(&words.page.doc.path, cells[earlier].span, "the first");
        findings.report(voiced(selected.contract, &column.voice, column.name.span, draft));
    }
}

fn closed(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let selected = words.selected;
    let Some(demand) = selected.contract.closed else { return };
    for (position, cell) in selected.table.header.cells.iter().enumerate() {
        if selected.named[position].is_some() || selected.repeated.iter().any(|(later, _)| *later == position)
        {
            continue;
        }
        let names = selected.contract.columns.iter().map(|column| column.name.value.written.as_str());
        let allowed = enumerate(names, "and");
        let column = words.column(position);
        let draft = words
            .draft(cell.span, format!("the table {} must not have {column}", quoted(&selected.contract.name)))
            .help(format!("its columns are {allowed}"));
        findings.report(voiced(selected.contract, &Voice::default(), demand, draft));
    }
}

fn ordered(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let selected = words.selected;
    let contract = selected.contract;
    let Some(demand) = contract.ordered else { return };
    let mut before: Option<(usize, usize)> = None;
    for (position, column) in selected.named.iter().enumerate() {
        let Some(column) = column.filter(|column| !contract.columns[*column].name.value.is_any()) else {
            continue;
        };
        if let Some((earlier, at)) = before.filter(|(earlier, _)| *earlier > column) {
            let name = |column: usize| &contract.columns[column].name.value.written;
            let cells = &selected.table.header.cells;
            let message = format!("the column `{}` must stand before `{}`", name(column), name(earlier));
            let draft = words.draft(cells[position].span, message).help("move the column").related(
                &words.page.doc.path,
                cells[at].span,
                "it belongs before this one",
            );
            findings.report(voiced(contract, &Voice::default(), demand, draft));
            return;
        }
        before = Some((column, position));
    }
}
