//! What stands in columns of tables across the whole tree, and which contracts select nothing.
//!
//! Owns the index that `unique = "tree"` and `references` ask. Only columns that are asked for are read.

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{DocId, Page, Reach, Selected, Site};
use crate::contract::{Contract, Contracts, Demands, Unique, comparable};
use crate::facts::Cell;
use crate::source::Span;

/// A column of a contract: indices into [`Contracts::list`] and into its columns.
pub type ColumnId = (usize, usize);

/// A column whose values some demand must know, and whether letter case tells them apart.
pub(super) type Asked = (ColumnId, bool);

/// The values of a column across the tree: as they are compared, each with where it stands first.
pub type Values = FxHashMap<String, ValuePlace>;

/// Where a value stands first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuePlace {
    /// The page.
    pub doc: DocId,
    /// The value.
    pub span: Span,
    /// As the page shows it.
    pub text: Box<str>,
}

impl Site {
    /// What stands in a column that some contract asks about.
    #[must_use]
    pub fn values_of(&self, column: ColumnId, case_sensitive: bool) -> Option<&Values> {
        self.values.get_or_init(|| values(self)).get(&(column, case_sensitive))
    }

    /// Reads what many pages ask for, and with many threads: a thread that waits for the others must not ask meanwhile.
    pub fn prepare(&self) {
        self.values.get_or_init(|| values(self));
    }

    /// The pages that contracts have compare values across the tree.
    #[must_use]
    pub fn pages_that_compare_values(&self) -> Vec<DocId> {
        let contracts = &self.settings.contracts.list;
        let compares: Vec<bool> =
            contracts.iter().map(|contract| !asked_by(contract, 0).is_empty()).collect();
        let pages = self.pages_with_tables();
        let pages = pages.filter(|page| page.contracts().into_iter().any(|contract| compares[contract]));
        pages.map(|page| page.id).collect()
    }

    /// What a page adds to the columns that contracts ask about, if anybody has asked for any.
    pub(super) fn values_on(&self, id: DocId) -> Vec<(Asked, String, ValuePlace)> {
        if self.values.get().is_none_or(FxHashMap::is_empty) {
            return Vec::new();
        }
        let asked = asked_for(&self.settings.contracts);
        self.views(id).next().map(|page| values_on(&page, &asked)).unwrap_or_default()
    }

    /// Takes note of what a page adds now. Says whether values, or which page has them first, may differ.
    pub(super) fn revalue(&mut self, old: &[(Asked, String, ValuePlace)], id: DocId) -> bool {
        let now = self.values_on(id);
        let seen = |all: &[(Asked, String, ValuePlace)]| {
            all.iter().map(|(column, value, place)| (*column, value.clone(), place.text.clone())).collect()
        };
        let (before, after): (Vec<_>, Vec<_>) = (seen(old), seen(&now));
        if before != after {
            self.values = OnceLock::new();
            return true;
        }
        let Some(values) = self.values.get_mut() else { return false };
        for (column, value, place) in now.into_iter().rev() {
            let first = values.get_mut(&column).and_then(|values| values.get_mut(&value));
            if let Some(first) = first.filter(|first| first.doc == id) {
                *first = place;
            }
        }
        false
    }

    /// How near each contract comes to selecting a table of a page.
    pub(super) fn reach_on(&self, id: DocId) -> Vec<Reach> {
        let mut reaches = vec![Reach::default(); self.settings.contracts.list.len()];
        if let Some(page) = self.views(id).next() {
            page.extend_reach(&mut reaches);
        }
        reaches
    }

    /// For each contract how near it comes to selecting a table of the tree.
    #[must_use]
    pub fn reach_of_contracts(&self) -> Vec<Reach> {
        let contracts = &self.settings.contracts.list;
        let nowhere = || vec![Reach::default(); contracts.len()];
        let pages: Vec<Page<'_>> = self.pages_with_tables().collect();
        let of_some = pages.par_iter().fold(nowhere, |mut reaches, page| {
            page.extend_reach(&mut reaches);
            reaches
        });
        of_some.reduce(nowhere, |one, other| {
            one.into_iter().zip(other).map(|(one, other)| one.max(other)).collect()
        })
    }

    fn pages_with_tables(&self) -> impl Iterator<Item = Page<'_>> {
        let docs = (0..self.docs.len() as DocId).filter(|&doc| !self.doc(doc).facts.tables.is_empty());
        docs.filter_map(|doc| self.views(doc).next())
    }
}

impl<'s> Page<'s> {
    /// The values of a cell, each with its place; none where the cell says that none applies.
    pub fn values(
        &self,
        cell: &'s Cell,
        demands: &'s Demands,
    ) -> impl Iterator<Item = (Span, &'s str)> + use<'s> {
        let text = self.cell_text(cell);
        let values = if demands.exempts(text) { "" } else { text };
        demands.parts(values).map(move |part| (cell.text.part(part, text, cell.span), part))
    }
}

/// The columns of which some demand must know all values.
fn asked_for(contracts: &Contracts) -> Vec<Asked> {
    let all = contracts.list.iter().enumerate();
    let mut asked: Vec<Asked> = all.flat_map(|(id, contract)| asked_by(contract, id)).collect();
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// Those of one contract.
fn asked_by(contract: &Contract, id: usize) -> Vec<Asked> {
    let mut asked = Vec::new();
    let own = contract.columns.iter().enumerate().map(|(column, it)| (column, &it.demands));
    let tests = contract.conditions.iter().flat_map(|condition| [&condition.given, &condition.then]);
    for (column, demands) in own.chain(tests.map(|test| (test.column, &test.demands))) {
        if demands.unique.as_ref().is_some_and(|unique| unique.value == Unique::Tree) {
            asked.push(((id, column), demands.case_sensitive));
        }
        let column = demands.references.as_ref().map(|key| (key.value.contract, key.value.column));
        asked.extend(column.map(|column| (column, demands.case_sensitive)));
    }
    asked
}

fn values(site: &Site) -> FxHashMap<Asked, Values> {
    let asked = asked_for(&site.settings.contracts);
    let mut all: FxHashMap<Asked, Values> = asked.iter().map(|&column| (column, Values::default())).collect();
    if asked.is_empty() {
        return all;
    }
    let pages: Vec<Page<'_>> = site.pages_with_tables().collect();
    let of_pages: Vec<_> = pages.par_iter().map(|page| values_on(page, &asked)).collect();
    for (column, value, place) in of_pages.into_iter().flatten() {
        all.entry(column).or_default().entry(value).or_insert(place);
    }
    all
}

fn values_on(page: &Page<'_>, asked: &[Asked]) -> Vec<(Asked, String, ValuePlace)> {
    let mut contracts = page.contracts();
    contracts.retain(|&contract| !columns_of(contract, asked).is_empty());
    let mut found = Vec::new();
    for selected in page.selected(&contracts) {
        for &column in columns_of(selected.contract_id, asked) {
            read(page, &selected, column, &mut found);
        }
    }
    found
}

/// Those of one contract; they are sorted.
fn columns_of(contract: usize, asked: &[Asked]) -> &[Asked] {
    let from = asked.partition_point(|((other, _), _)| *other < contract);
    let to = asked.partition_point(|((other, _), _)| *other <= contract);
    &asked[from..to]
}

fn read(
    page: &Page<'_>,
    selected: &Selected<'_>,
    asked: Asked,
    found: &mut Vec<(Asked, String, ValuePlace)>,
) {
    let ((_, column), case_sensitive) = asked;
    let demands = &selected.contract.columns[column].demands;
    let positions: Vec<usize> = selected.positions(column).collect();
    for row in page.rows(selected.table) {
        for cell in positions.iter().filter_map(|&position| row.cells.get(position)) {
            found.extend(page.values(cell, demands).map(|(span, text)| {
                let place = ValuePlace { doc: page.id, span, text: text.into() };
                (asked, comparable(text, case_sensitive), place)
            }));
        }
    }
}
