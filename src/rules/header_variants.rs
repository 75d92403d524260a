//! `header-variants`: the same columns, written with other letter case or another colon than elsewhere in the page.

use rustc_hash::FxHashMap;

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::contract::fold;
use crate::facts::{Cell, Shown, Table};
use crate::finding::Level;
use crate::site::Page;

pub(super) static RULE: Rule = Rule {
    id: "header-variants",
    summary: "columns of one name, written in different ways within a page",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/header-variants/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let tables = &page.doc.facts.tables;
    if tables.len() < 2 {
        return;
    }
    for alike in alike(page, tables) {
        for column in 0..alike[0].header.cells.len() {
            let cells: Vec<&Cell> = alike.iter().map(|table| &table.header.cells[column]).collect();
            check_column(page, &cells, findings);
        }
    }
}

/// Tables with the same columns, in the order of the first of each kind.
fn alike<'p>(page: &Page<'_>, tables: &'p [Table]) -> Vec<Vec<&'p Table>> {
    let mut kinds: Vec<Vec<&Table>> = Vec::new();
    let mut kind_of: FxHashMap<Vec<String>, usize> = FxHashMap::default();
    for table in tables {
        let names = table.header.cells.iter().map(|cell| name(page, cell)).collect();
        let kind = *kind_of.entry(names).or_insert(kinds.len());
        if kind == kinds.len() {
            kinds.push(Vec::new());
        }
        kinds[kind].push(table);
    }
    kinds.retain(|kind| kind.len() > 1);
    kinds
}

/// The column's name without what may vary. Of code and of single letters the case may matter; marks at the ends that
/// readers see are no emphasis.
fn name(page: &Page<'_>, cell: &Cell) -> String {
    let shown = page.cell_text(cell);
    let folded = fold(shown);
    let is_word = folded.chars().nth(1).is_some();
    let is_marked = shown.starts_with(MARKS) || shown.trim_end_matches(':').ends_with(MARKS);
    let is_code = page.text(cell.span).contains('`');
    if is_word && !is_marked && !is_code { folded } else { shown.to_owned() }
}

/// What `fold` takes for emphasis.
const MARKS: [char; 2] = ['*', '_'];

fn check_column(page: &Page<'_>, cells: &[&Cell], findings: &mut Findings<'_>) {
    let usual = usual(page, cells);
    let text = page.cell_text(usual);
    for cell in cells.iter().filter(|cell| page.cell_text(cell) != text) {
        let written = page.cell_text(cell);
        let message = format!("this column is called `{written}` here and `{text}` elsewhere in the page");
        let draft = Draft::new(&page.doc.path, cell.span, message).help(format!("write `{text}`")).related(
            &page.doc.path,
            usual.span,
            "the same column",
        );
        findings.report(match (&cell.text, &usual.text) {
            // Nothing but letter case, blanks and colon changes.
            (Shown::Plain(place), Shown::Plain(_)) => {
                draft.fix_at(*place, format!("write `{text}`"), true, text)
            }
            _ => draft,
        });
    }
}

/// The first cell with the text that most of them have; of texts that are as frequent, the one that comes first.
fn usual<'p>(page: &Page<'_>, cells: &[&'p Cell]) -> &'p Cell {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for cell in cells {
        *counts.entry(page.cell_text(cell)).or_default() += 1;
    }
    let count = |cell: &&Cell| counts[page.cell_text(cell)];
    let mut best = cells[0];
    for cell in &cells[1..] {
        if count(cell) > count(&best) {
            best = cell;
        }
    }
    best
}
