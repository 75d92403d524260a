//! `[[table.when]]`: if a cell is so, another cell of the row must be so.

use toml::de::DeTable;

use super::super::places;
use super::super::reader::{Reader, value_of};
use super::names::Scope;
use crate::contract::{Condition, Test};
use crate::rules::span_of;
use crate::source::Span;

const EXAMPLE: &str = "if = { column = \"Status\", values = [\"retired\"] }` and `then = { column = \"Replaced by\", empty = false }";

impl Reader<'_> {
    pub(super) fn conditions(&mut self, scope: &Scope<'_, '_>) -> Vec<Condition> {
        let Some(value) = value_of(scope.named().table, "when") else { return Vec::new() };
        let entries = self.entries("table.when", value);
        entries.into_iter().filter_map(|(table, span)| self.condition(table, span, scope)).collect()
    }

    fn condition(&mut self, table: &DeTable<'_>, span: Span, scope: &Scope<'_, '_>) -> Option<Condition> {
        self.known_keys(table, "table.when", &[places::WHEN]);
        let given = self.test("if", table, span, scope);
        let then = self.test("then", table, span, scope);
        let voice = self.voice(table);
        Some(Condition { span, given: given?, then: then?, voice })
    }

    fn test(&mut self, side: &str, when: &DeTable<'_>, span: Span, scope: &Scope<'_, '_>) -> Option<Test> {
        let Some(value) = value_of(when, side) else {
            self.fault(span, format!("a condition without `{side}`"), format!("write `{EXAMPLE}`"));
            return None;
        };
        let Some(table) = value.get_ref().as_table() else {
            let example = format!("{side} = {{ column = \"…\", empty = false }}");
            self.wrong_kind(side, value, "a table", &example);
            return None;
        };
        self.known_keys(table, side, &[places::TEST, places::CELL]);
        if !places::CELL.iter().any(|key| value_of(table, key).is_some()) {
            let help = "say what the cell must be, such as `values = [\"…\"]` or `empty = false`";
            self.fault(span_of(value), format!("`{side}` asks nothing of the cell"), help);
        }
        let column = match value_of(table, "column") {
            Some(column) => self.column("column", column, scope.named()),
            None => {
                self.fault(
                    span_of(value),
                    format!("`{side}` without `column`"),
                    "say which: `column = \"…\"`",
                );
                None
            }
        };
        let demands = self.demands(table, &Scope { column, ..*scope });
        Some(Test { column: column?, demands })
    }
}
