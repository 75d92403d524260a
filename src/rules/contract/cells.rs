//! What is demanded of each cell of a column, and what of it a cell does not keep.

use rustc_hash::FxHashMap;

use super::super::{Findings, placeholder};
use super::links::{self, LinkFault};
use super::voiced;
use super::words::Words;
use crate::contract::{Demands, Unique, comparable};
use crate::facts::{Cell, CellId};
use crate::site::{ColumnId, Page, ValuePlace};
use crate::source::Span;

/// Something that a cell does not keep.
pub(super) struct Fault<'s> {
    pub span: Span,
    /// The demand's place in the configuration.
    pub demand: Span,
    pub what: What<'s>,
}

/// What a cell does not keep.
pub(super) enum What<'s> {
    Empty,
    Filled,
    Placeholder(&'s str),
    Value(&'s str),
    Pattern(&'s str, &'s str),
    Again(&'s str, ValuePlace),
    Unknown(&'s str, ColumnId),
    Long(usize, u32),
    Link(LinkFault<'s>),
}

/// A cell of the table's body.
pub(super) struct CellAt<'s> {
    pub cell: &'s Cell,
    /// Index into [`Table::rows`](crate::facts::Table::rows).
    pub row: usize,
    /// The column of the table.
    pub position: usize,
}

/// The demands on the cells of one column of a table.
pub(super) struct Judge<'s> {
    page: Page<'s>,
    table: u32,
    column: ColumnId,
    pub position: usize,
    pub demands: &'s Demands,
    /// Whether anything is demanded of the values in a cell.
    judges_values: bool,
    /// Where each value of the column stands first, if that matters.
    first: FxHashMap<String, Span>,
}

/// Reports the cells that do not keep what their column demands.
pub(super) fn check(words: &Words<'_, '_>, findings: &mut Findings<'_>) {
    let selected = words.selected;
    let contract = selected.contract;
    let judges: Vec<(usize, Judge<'_>)> = selected
        .named
        .iter()
        .enumerate()
        .filter_map(|(position, column)| Some((position, (*column)?)))
        .filter(|(_, column)| demands_something(&contract.columns[*column].demands))
        .map(|(position, column)| {
            (column, Judge::new(words, column, position, &contract.columns[column].demands))
        })
        .collect();
    if judges.is_empty() {
        return;
    }
    for row in 0..words.page.rows(selected.table).len() {
        for (column, judge) in &judges {
            let voice = &contract.columns[*column].voice;
            let Some(cell) = words.cell(row, judge.position) else { continue };
            for fault in judge.faults(&cell) {
                let draft = words.of(&cell, &fault, judge.demands);
                findings.report(voiced(contract, voice, fault.demand, draft));
            }
        }
    }
}

fn demands_something(demands: &Demands) -> bool {
    let Demands {
        empty,
        no_placeholder,
        not_applicable: _,
        separator: _,
        case_sensitive: _,
        values,
        pattern,
        unique,
        references,
        max_length,
        link,
    } = demands;
    empty.is_some()
        || no_placeholder.is_some()
        || values.is_some()
        || pattern.is_some()
        || unique.is_some()
        || references.is_some()
        || max_length.is_some()
        || link.is_some()
}

impl<'s> Words<'s, '_> {
    /// A cell of the table's body.
    pub fn cell(&self, row: usize, position: usize) -> Option<CellAt<'s>> {
        let cell = self.selected.table.rows.get(row)?.cells.get(position)?;
        Some(CellAt { cell, row, position })
    }
}

impl<'s> Judge<'s> {
    pub fn new(words: &Words<'s, '_>, column: usize, position: usize, demands: &'s Demands) -> Judge<'s> {
        let selected = words.selected;
        let page = words.page;
        let mut first = FxHashMap::default();
        if demands.unique.as_ref().is_some_and(|unique| unique.value == Unique::Table) {
            for cell in page.rows(selected.table).iter().filter_map(|row| row.cells.get(position)) {
                for (span, value) in page.values(cell, demands) {
                    first.entry(comparable(value, demands.case_sensitive)).or_insert(span);
                }
            }
        }
        let column = (selected.contract_id, column);
        let judges_values = demands.values.is_some()
            || demands.pattern.is_some()
            || demands.unique.is_some()
            || demands.references.is_some();
        Judge { page, table: selected.table_id, column, position, demands, judges_values, first }
    }

    /// Whether the cell is as demanded, and not so only because there is nothing in it.
    pub fn holds(&self, cell: &CellAt<'s>) -> bool {
        let wants_empty = self.demands.empty.as_ref().is_some_and(|empty| empty.value);
        is_empty(self.page, cell.cell) == wants_empty && self.faults(cell).is_empty()
    }

    /// What the cell does not keep; nothing where it says that nothing applies.
    pub fn faults(&self, cell: &CellAt<'s>) -> Vec<Fault<'s>> {
        let text = self.page.cell_text(cell.cell);
        let mut faults = self.all_faults(cell, text);
        // Asked last, since nearly all cells are as demanded.
        if !faults.is_empty() && self.demands.exempts(text) {
            faults.clear();
        }
        faults
    }

    /// What the cell does not keep. One that is empty is judged by nothing else, nor is a placeholder.
    fn all_faults(&self, cell: &CellAt<'s>, text: &'s str) -> Vec<Fault<'s>> {
        let demands = self.demands;
        let whole = |demand, what| vec![Fault { span: cell.cell.span, demand, what }];
        let empty = demands.empty.as_ref();
        if is_empty(self.page, cell.cell) {
            let demand = empty.filter(|empty| !empty.value);
            return demand.map_or_else(Vec::new, |demand| whole(demand.span, What::Empty));
        }
        if let Some(empty) = empty.filter(|empty| empty.value) {
            return whole(empty.span, What::Filled);
        }
        if let Some(demand) = demands.no_placeholder
            && placeholder::is_placeholder(text)
            && !placeholder::is_code(self.page.text(cell.cell.span))
        {
            return whole(demand, What::Placeholder(text));
        }
        let mut faults = Vec::new();
        for part in self.judges_values.then(|| demands.parts(text)).into_iter().flatten() {
            let span = cell.cell.text.part(part, text, cell.cell.span);
            self.check_value(part, span, &mut faults);
        }
        if let Some(most) = demands.max_length.as_ref().filter(|most| text.len() > most.value as usize) {
            let length = text.chars().count();
            if length > most.value as usize {
                faults.extend(whole(most.span, What::Long(length, most.value)));
            }
        }
        if let Some(demand) = &demands.link {
            let id = CellId { table: self.table, row: cell.row as u32 + 1, column: cell.position as u32 };
            links::check(&self.page, cell.cell, id, &demand.value, |span, fault| {
                faults.push(Fault { span, demand: demand.span, what: What::Link(fault) });
            });
        }
        faults
    }

    fn check_value(&self, text: &'s str, span: Span, faults: &mut Vec<Fault<'s>>) {
        let demands = self.demands;
        let mut add = |demand, what| faults.push(Fault { span, demand, what });
        if let Some(values) = &demands.values
            && !values.value.allows(text, demands.case_sensitive)
        {
            add(values.span, What::Value(text));
        }
        if let Some(pattern) = &demands.pattern
            && !pattern.value.is_match(text)
        {
            add(pattern.span, What::Pattern(text, pattern.value.as_str()));
        }
        if let Some(unique) = &demands.unique
            && let Some(first) = self.first(text, unique.value)
            && (first.doc, first.span) != (self.page.id, span)
        {
            add(unique.span, What::Again(text, first));
        }
        if let Some(key) = &demands.references {
            let column = (key.value.contract, key.value.column);
            let values = self.page.site.values_of(column, demands.case_sensitive);
            let value = comparable(text, demands.case_sensitive);
            if !values.is_some_and(|values| values.contains_key(&value)) {
                add(key.span, What::Unknown(text, column));
            }
        }
    }

    /// Where a value stands first.
    fn first(&self, text: &str, unique: Unique) -> Option<ValuePlace> {
        let case_sensitive = self.demands.case_sensitive;
        let value = comparable(text, case_sensitive);
        match unique {
            Unique::Tree => self.page.site.values_of(self.column, case_sensitive)?.get(&value).cloned(),
            Unique::Table => {
                let span = *self.first.get(&value)?;
                Some(ValuePlace { doc: self.page.id, span, text: text.into() })
            }
        }
    }
}

/// Whether nothing stands in a cell.
pub(super) fn is_empty(page: Page<'_>, cell: &Cell) -> bool {
    !cell.has_link && !cell.has_image && page.cell_text(cell).is_empty()
}
