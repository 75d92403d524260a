//! What is demanded of the rows together: how many, in which order, and which must be there.

use rustc_hash::FxHashSet;

use super::super::Findings;
use super::order::SortKey;
use super::voiced;
use super::words::{Words, quoted};
use crate::contract::{Term, Voice, fold};
use crate::facts::Cell;
use crate::nearest::enumerate;
use crate::source::Spanned;
use crate::words::{count, number};

/// So many missing rows are named.
const MOST_NAMED: usize = 10;

/// Reports rows that are too few or too many, out of order or missing.
pub(super) fn check(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    number_of_rows(words, findings);
    sorted(words, findings);
    required(words, findings);
}

fn number_of_rows(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let contract = words.selected.contract;
    let table = words.selected.table;
    let rows = words.page.rows(table);
    let name = quoted(&contract.name);
    let has = format!("the table {name} has {}", count(rows.len(), "row"));
    if let Some(least) = contract.rows.min.as_ref().filter(|least| rows.len() < least.value as usize) {
        let message = format!("{has}, and at least {} must be there", number(least.value as usize));
        let draft = words.draft(table.header.span, message).help("add what is missing");
        findings.report(voiced(contract, &Voice::default(), least.span, draft));
    }
    if let Some(most) = &contract.rows.max
        && let Some(surplus) = rows.get(most.value as usize)
    {
        let message = format!("{has}, and at most {} may be there", number(most.value as usize));
        let draft = words.draft(surplus.span, message).help("remove rows, or begin another table");
        findings.report(voiced(contract, &Voice::default(), most.span, draft));
    }
}

/// The first row that stands after one it belongs before.
fn sorted(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let contract = words.selected.contract;
    let Some(demand) = &contract.rows.sorted_by else { return };
    let cells = cells_of(words, demand.value);
    let keys: Vec<(SortKey, &Cell)> =
        cells.into_iter().map(|cell| (SortKey::new(words.page.cell_text(cell)), cell)).collect();
    let Some(at) = keys.windows(2).position(|pair| pair[1].0 < pair[0].0) else { return };
    let (key, cell) = &keys[at + 1];
    let Some((_, place)) = keys[..=at].iter().find(|(earlier, _)| key < earlier) else { return };
    let texts = (words.page.cell_text(cell), words.page.cell_text(place));
    let column = &contract.columns[demand.value].name.value.written;
    let message = format!(
        "the row {} belongs before {}: rows are sorted by `{column}`",
        quoted(texts.0),
        quoted(texts.1)
    );
    let draft = words.draft(cell.span, message).help("move the row").related(
        &words.page.doc.path,
        place.span,
        "it belongs before this row",
    );
    findings.report(voiced(contract, &Voice::default(), demand.span, draft));
}

/// All missing rows in one finding.
fn required(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let contract = words.selected.contract;
    let rows = &contract.rows;
    let Some(key) = contract.columns.get(rows.key).filter(|_| !rows.required.is_empty()) else { return };
    let cells = cells_of(words, rows.key);
    let texts = cells.iter().map(|cell| words.page.cell_text(cell));
    let vocabulary = key.demands.values.as_ref().map(|values| &values.value);
    let canonical = |text: &str| {
        let term = vocabulary.and_then(|vocabulary| vocabulary.term_spelled(text));
        fold(term.unwrap_or(text))
    };
    let values: FxHashSet<String> = texts
        .flat_map(|text| key.demands.parts(text).chain([text]).map(canonical).collect::<Vec<_>>())
        .collect();
    let is_there = |term: &Term| term.names().any(|name| values.contains(&canonical(name)));
    let missing: Vec<&Spanned<Term>> = rows.required.iter().filter(|term| !is_there(&term.value)).collect();
    let Some(first) = missing.first() else { return };
    let names = missing.iter().map(|term| term.value.name.as_str());
    let named = match missing.len() {
        ..=MOST_NAMED => enumerate(names, "and"),
        all => {
            let more = number(all - MOST_NAMED);
            format!("{} and {more} more", names.take(MOST_NAMED).map(quoted).collect::<Vec<_>>().join(", "))
        }
    };
    let column = &key.name.value.written;
    let message = format!("the table {} has no row for {named}", quoted(&contract.name));
    let draft = words.draft(words.selected.table.header.span, message);
    let draft = draft.help(format!("add it, with that text in `{column}`"));
    findings.report(voiced(contract, &Voice::default(), first.span, draft));
}

/// The cells of a column that hold text.
fn cells_of<'s>(words: &Words<'s, '_>, column: usize) -> Vec<&'s Cell> {
    let Some(position) = words.selected.positions(column).next() else { return Vec::new() };
    let cells = words.page.rows(words.selected.table).iter().filter_map(|row| row.cells.get(position));
    cells.filter(|cell| !words.page.cell_text(cell).is_empty()).collect()
}
