//! Proposes what a cell of a table may say: the values of its contract, the processes of its preset.

use rustc_hash::FxHashSet;

use super::{Completion, CompletionKind, Completions};
use crate::assist::place::{CellPlace, Place};
use crate::contract::Column;
use crate::site::{DocId, PresetTable, Selected, Site};
use crate::source::Span;

pub(super) fn complete(site: &Site, doc: DocId, offset: usize) -> Completions {
    let Some(place) = Place::at(site, doc, offset) else { return Completions::default() };
    let Some(cell) = place.cell.filter(|cell| cell.id.row > 0) else { return Completions::default() };
    let mut proposals = Vec::new();
    let mut separator = None;
    for (selected, column) in place.contracts() {
        let Some(column) = column else { continue };
        separator = separator.or(column.demands.separator.clone());
        proposals.extend(of_contract(site, &selected, column));
    }
    if let Some((table, _)) = place.preset()
        && table.recognised.column == cell.id.column as usize
    {
        proposals.extend(of_preset(&table, &cell));
    }
    let mut seen = FxHashSet::default();
    proposals.retain(|proposal| seen.insert(proposal.value.clone()));
    let replace = part(&place, &cell, separator.as_deref());
    let typed =
        Span::new(replace.start as usize, offset.max(replace.start as usize)).of(&place.page.doc.text);
    Completions::of(
        typed.trim(),
        proposals,
        |proposal| &proposal.value,
        |proposal| {
            Some(Completion {
                label: proposal.value.clone(),
                insert: proposal.value.replace('|', "\\|"),
                replace,
                detail: Some(proposal.of.clone()),
                kind: CompletionKind::Value,
            })
        },
    )
}

/// What a cell may say, and who says so.
struct Proposal {
    value: String,
    of: String,
}

fn of_contract(site: &Site, selected: &Selected<'_>, column: &Column) -> Vec<Proposal> {
    let of = selected.contract.name.clone();
    let demands = &column.demands;
    let terms = demands.values.iter().flat_map(|values| &values.value.terms);
    let terms = terms.map(|term| term.name.clone());
    let key = demands.references.as_ref().map(|key| (key.value.contract, key.value.column));
    let others = key.and_then(|column| site.values_of(column, demands.case_sensitive)).into_iter().flatten();
    let mut others: Vec<String> = others.map(|(_, place)| place.text.to_string()).collect();
    others.sort_unstable();
    terms.chain(others).map(|value| Proposal { value, of: of.clone() }).collect()
}

/// The processes of the phase that the table stands under, of all phases where it stands under none; those that have a
/// row come last.
fn of_preset(table: &PresetTable<'_>, cell: &CellPlace<'_>) -> Vec<Proposal> {
    let preset = table.preset;
    let own = cell.id.row.checked_sub(1).map(|row| row as usize);
    let others = table.rows.iter().filter(|row| Some(row.row) != own);
    let there: FxHashSet<_> = others.filter_map(|row| row.process).collect();
    let of_phase =
        preset.processes().filter(|(id, _)| table.recognised.phase.is_none_or(|phase| phase == id.phase));
    let mut processes: Vec<_> = of_phase.collect();
    processes.sort_by_key(|(id, _)| there.contains(id));
    let proposal = |(id, _): (crate::preset::ProcessId, _)| Proposal {
        value: preset.process(id).name.clone(),
        of: format!("{}: {}", preset.title, preset.phases[id.phase].name),
    };
    processes.into_iter().map(proposal).collect()
}

/// The part of the cell at the offset: all of it where no separator parts values.
fn part(place: &Place<'_>, cell: &CellPlace<'_>, separator: Option<&str>) -> Span {
    let span = cell.cell.span;
    let offset = place.offset;
    let (start, end) = (span.start as usize, span.end as usize);
    if offset < start || offset > end || place.text(span).trim().is_empty() {
        return Span::at(offset);
    }
    let Some(separator) = separator.filter(|separator| !separator.is_empty()) else { return span };
    let text = place.text(span);
    let (before, after) = text.split_at(offset - start);
    let from = before.rfind(separator).map_or(0, |at| at + separator.len());
    let from = from + before[from..].len() - before[from..].trim_start().len();
    let to = after.find(separator).unwrap_or(after.len());
    Span::new(start + from, end - (after.len() - after[..to].trim_end().len()))
}
