//! `[[table]]` -> [`Contracts`]: what is demanded of tables, and what is wrong with the demands.
//!
//! Names of tables and columns are read first, since a demand may refer to one that comes later.

use toml::de::DeTable;

use super::places;
use super::reader::{Reader, Value, key_of, value_of};
use crate::contract::{Contract, Contracts, Origin, Rows, Selection, Voice, Wording, fold};
use crate::rules::span_of;
use crate::source::{Span, Spanned};

use names::Scope;

mod columns;
mod conditions;
mod demands;
mod link;
mod names;
mod rows;
mod terms;

impl Reader<'_> {
    /// The contracts of one file.
    pub(super) fn contracts(&mut self, value: &Value<'_>, origin: &Origin) -> Contracts {
        let names = self.names(value);
        let scopes = (0..names.tables.len()).map(|table| Scope { names: &names, table, column: None });
        Contracts { list: scopes.map(|scope| self.contract(&scope, origin)).collect() }
    }

    fn contract(&mut self, scope: &Scope<'_, '_>, origin: &Origin) -> Contract {
        let named = scope.named();
        let table = named.table;
        self.known_keys(table, "table", &[places::TABLE]);
        let mut contract = Contract {
            origin: origin.clone(),
            span: named.span,
            name: named.name.clone(),
            selection: Selection::default(),
            required: self.flag(table, "required", true),
            columns: self.columns(scope),
            closed: self.flag(table, "other-columns", false),
            ordered: self.flag(table, "ordered", true),
            rows: Rows::default(),
            conditions: self.conditions(scope),
            voice: self.voice(table),
        };
        contract.selection = self.selection(scope, &contract);
        self.rows(scope, &mut contract);
        self.whole(scope, &contract);
        contract
    }

    fn selection(&mut self, scope: &Scope<'_, '_>, contract: &Contract) -> Selection {
        let named = scope.named();
        let headings = value_of(named.table, "heading").map(|value| self.text_or_texts("heading", value));
        let header = value_of(named.table, "header").map(|value| self.texts("header", value));
        let header = header.unwrap_or_default();
        for (name, span) in &header {
            self.header_fits(name, *span, scope, contract);
        }
        let wordings =
            |texts: Vec<(String, Span)>| texts.iter().map(|(text, _)| Wording::new(text)).collect();
        Selection {
            files: value_of(named.table, "files").and_then(|value| self.files(value)),
            headings: wordings(headings.unwrap_or_default()),
            header: wordings(header),
            cells: self.selecting_cells(scope, contract),
        }
    }

    /// The values by which a table is known, which must stand in columns that no other name has.
    fn selecting_cells(&mut self, scope: &Scope<'_, '_>, contract: &Contract) -> Vec<String> {
        let Some(value) = value_of(scope.named().table, "cells") else { return Vec::new() };
        if !contract.columns.iter().any(|column| column.name.value.is_any()) {
            let help = "add a `[[table.column]]` with `name = \"*\"`";
            self.fault(span_of(value), "`cells` without a column `*` in which they stand", help);
        }
        self.texts("cells", value).iter().map(|(text, _)| fold(text)).collect()
    }

    /// Whether the table can have a column that selects it.
    fn header_fits(&mut self, name: &str, span: Span, scope: &Scope<'_, '_>, contract: &Contract) {
        let column = scope.named().find(name).map(|column| &contract.columns[column]);
        if Wording::new(name).is_any() {
            self.fault(span, "`*` is in every header", "name a column, or leave `header` out");
        } else if column.is_some_and(|column| !column.required) {
            let help = "remove `optional` from the column, or the column from `header`";
            self.fault(span, format!("`header` must have `{name}`, which is optional"), help);
        } else if column.is_none() && contract.closed.is_some() {
            let message =
                format!("`header` must have `{name}`, which `other-columns = false` does not allow");
            self.fault(span, message, format!("add a `[[table.column]]` with `name = \"{name}\"`"));
        }
    }

    /// What is wrong with the keys of a `[[table]]` taken together.
    fn whole(&mut self, scope: &Scope<'_, '_>, contract: &Contract) {
        let named = scope.named();
        let has = |key: &&str| value_of(named.table, key).is_some();
        if !["files", "heading", "header"].iter().any(has) {
            let help = "say which with `files`, `heading` or `header`; `files = [\"**\"]` is every page";
            self.fault(named.span, "this contract is for every table of every page", help);
        }
        if !places::DEMANDS_OF_TABLE.iter().any(has) {
            let help = "add a `[[table.column]]`, or a key such as `min-rows = 1`";
            self.fault(named.span, "this contract demands nothing", help);
        }
        if let Some(span) = contract.required.filter(|_| !has(&"files")) {
            let help = "say which pages need such a table: `files = [\"docs/services/**\"]`";
            self.fault(span, "`required` without `files`", help);
        }
        if let Some(span) = contract.closed {
            if let Some(any) = named.any {
                let any = named.columns[any].name.span;
                let help = "remove `other-columns = false`, or the column";
                self.fault(any, "`*` is for the columns that `other-columns = false` forbids", help);
            } else if !has(&"column") {
                let help = "name those that are allowed, each with a `[[table.column]]`";
                self.fault(span, "`other-columns = false` without a column: none would be allowed", help);
            }
        }
    }

    /// The level and words of breaches.
    fn voice(&mut self, table: &DeTable<'_>) -> Voice {
        let level = value_of(table, "level").and_then(|value| self.level(value));
        let message = self.set(table, "message", |reader, value| reader.text("message", value));
        Voice { level, message: message.map(|message| message.value) }
    }

    /// A text that says something.
    fn text(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        let text = self.string(name, value, &format!("{name} = \"…\""))?;
        self.says_something(name, text, span_of(value)).then(|| text.to_owned())
    }

    /// What `read` makes of the value of a key, with the place of the key.
    fn set<T>(
        &mut self,
        table: &DeTable<'_>,
        name: &str,
        read: impl FnOnce(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let value = value_of(table, name)?;
        Some(Spanned { value: read(self, value)?, span: key_of(table, name)? })
    }

    /// The place of a key whose value is `wanted`.
    fn flag(&mut self, table: &DeTable<'_>, name: &str, wanted: bool) -> Option<Span> {
        let flag = self.set(table, name, |reader, value| {
            let flag = value.get_ref().as_bool();
            if flag.is_none() {
                reader.wrong_kind(name, value, "`true` or `false`", &format!("{name} = {wanted}"));
            }
            flag
        })?;
        (flag.value == wanted).then_some(flag.span)
    }

    fn known_keys(&mut self, table: &DeTable<'_>, home: &str, known: &[&[&str]]) {
        for key in table.keys() {
            let written = &**key.get_ref();
            if known.iter().any(|keys| keys.contains(&written)) {
                continue;
            }
            match (home, written) {
                ("table.column", "required") => {
                    let help = "a column is required unless it says `optional = true`";
                    self.fault(span_of(key), "unknown key `required` in `table.column`", help);
                }
                _ => self.unknown_key(key, home, &known.concat()),
            }
        }
    }

    /// Says that the least is more than the most.
    fn in_order(&mut self, span: Span, (least, min): (&str, u32), (most, max): (&str, u32)) {
        if min > max {
            let message = format!("`{least} = {min}` is more than `{most} = {max}`");
            self.fault(span, message, "exchange the two");
        }
    }
}

#[cfg(test)]
mod tests;
