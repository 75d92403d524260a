//! `[[table.column]]`: the columns with what their cells must be.

use super::super::places;
use super::super::reader::{Reader, value_of};
use super::names::Scope;
use crate::contract::Column;

impl Reader<'_> {
    pub(super) fn columns(&mut self, scope: &Scope<'_, '_>) -> Vec<Column> {
        let columns = 0..scope.named().columns.len();
        columns.map(|column| self.one_column(column, &Scope { column: Some(column), ..*scope })).collect()
    }

    fn one_column(&mut self, index: usize, scope: &Scope<'_, '_>) -> Column {
        let named = &scope.named().columns[index];
        self.known_keys(named.table, "table.column", &[places::COLUMN, places::CELL]);
        let optional = value_of(named.table, "optional").and_then(|value| self.boolean("optional", value));
        Column {
            name: named.name.clone(),
            aliases: named.aliases.clone(),
            required: optional != Some(true) && !named.name.value.is_any(),
            demands: self.demands(named.table, scope),
            voice: self.voice(named.table),
        }
    }
}
