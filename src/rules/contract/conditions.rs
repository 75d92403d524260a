//! What is demanded within each row: if one cell is so, another must be so, and how many cells say something.

use super::super::{Draft, Findings};
use super::cells::{self, CellAt, Judge};
use super::voiced;
use super::words::{Words, quoted};
use crate::contract::{Condition, Count, fold};
use crate::facts::Row;
use crate::nearest::enumerate;
use crate::words::{self, number};

/// Reports rows that break a condition or a count.
pub(super) fn check(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    for condition in &words.selected.contract.conditions {
        check_condition(words, condition, findings);
    }
    for count in &words.selected.contract.rows.counts {
        check_count(words, count, findings);
    }
}

fn check_condition(words: &Words<'_, '_>, condition: &Condition, findings: &mut Findings<'_>) {
    let selected = words.selected;
    let Some(given) = selected.positions(condition.given.column).next() else { return };
    let given = Judge::new(words, condition.given.column, given, &condition.given.demands);
    let then: Vec<Judge<'_>> = selected
        .positions(condition.then.column)
        .map(|position| Judge::new(words, condition.then.column, position, &condition.then.demands))
        .collect();
    for row in 0..words.page.rows(selected.table).len() {
        let Some(cause) = words.cell(row, given.position).filter(|cell| given.holds(cell)) else { continue };
        for judge in &then {
            let Some(cell) = words.cell(row, judge.position) else { continue };
            for fault in judge.faults(&cell) {
                let draft = because(words, words.of(&cell, &fault, judge.demands), &cause);
                findings.report(voiced(selected.contract, &condition.voice, fault.demand, draft));
            }
        }
    }
}

fn because(words: &Words<'_, '_>, mut draft: Draft, cause: &CellAt<'_>) -> Draft {
    let column = words.column(cause.position);
    let says = match words.page.cell_text(cause.cell) {
        "" => "is empty".to_owned(),
        text => format!("is {}", quoted(text)),
    };
    draft.message = format!("{}, since {column} {says}", draft.message);
    draft.related(&words.page.doc.path, cause.cell.span, "the cell that makes it so")
}

fn check_count(table: &Words<'_, '_>, count: &Count, findings: &mut Findings<'_>) {
    let selected = table.selected;
    let contract = selected.contract;
    let columns: Vec<(usize, usize)> = count
        .columns
        .iter()
        .flat_map(|&column| selected.positions(column).map(move |position| (column, position)))
        .collect();
    if columns.is_empty() {
        return;
    }
    let wanted: Vec<String> = count.values.iter().map(|value| fold(value)).collect();
    let says = |row: &Row, (column, position): (usize, usize)| {
        let text = row.cells.get(position).map(|cell| table.page.cell_text(cell)).unwrap_or_default();
        let parts = contract.columns[column].demands.parts(text);
        parts.filter(|part| wanted.contains(&fold(part))).count()
    };
    for row in table.page.rows(selected.table) {
        let found: usize = columns.iter().map(|&column| says(row, column)).sum();
        let is_few = found < count.min as usize;
        let is_many = count.max.is_some_and(|most| found > most as usize);
        let is_blank = || row.cells.iter().all(|cell| cells::is_empty(table.page, cell));
        if !(is_few || is_many) || is_blank() || table.page.is_section(row) {
            continue;
        }
        let values = enumerate(count.values.iter().map(String::as_str), "or");
        let message = match found {
            0 => format!("no cell of this row says {values}"),
            1 => format!("one cell of this row says {values}"),
            _ => format!("{} cells of this row say {values}", number(found)),
        };
        let draft = table.draft(row.span, message).help(format!("write it into {}", bounds(count)));
        findings.report(voiced(contract, &count.voice, count.span, draft));
    }
}

fn bounds(count: &Count) -> String {
    let cells = |number: u32| words::count(number as usize, "cell");
    match (count.min, count.max) {
        (min, Some(max)) if min == max => format!("exactly {}", cells(max)),
        (0, Some(max)) => format!("at most {}", cells(max)),
        (min, Some(max)) => format!("{} to {}", number(min as usize), cells(max)),
        (min, None) => format!("at least {}", cells(min)),
    }
}
