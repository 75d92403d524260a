//! What is demanded of the rows together: their number, order, the rows that must be there, and counts.

use rustc_hash::FxHashSet;
use toml::de::DeTable;

use super::super::places;
use super::super::reader::{Reader, key_of, value_of};
use super::names::{Named, Scope};
use crate::contract::{Column, Contract, Count, Demands, Rows, Wording, fold};
use crate::source::{Span, Spanned};

impl Reader<'_> {
    /// The rows of a contract whose columns are known.
    pub(super) fn rows(&mut self, scope: &Scope<'_, '_>, contract: &mut Contract) {
        let named = scope.named();
        let table = named.table;
        let mut number =
            |name: &str| self.set(table, name, |reader, value| reader.number(name, value, 0..=u32::MAX));
        let (min, max) = (number("min-rows"), number("max-rows"));
        if let (Some(min), Some(max)) = (&min, &max) {
            self.in_order(min.span, ("min-rows", min.value), ("max-rows", max.value));
        }
        let key = value_of(table, "key").map(|value| self.column("key", value, named));
        let first = || named.columns.iter().position(|column| !column.name.value.is_any());
        let key = key.unwrap_or_else(first);
        contract.rows = Rows {
            min,
            max,
            sorted_by: self.set(table, "sorted-by", |reader, value| reader.column("sorted-by", value, named)),
            required: value_of(table, "required-rows")
                .map_or_else(Vec::new, |value| self.terms("required-rows", value)),
            key: key.unwrap_or_default(),
            counts: Vec::new(),
        };
        self.required_rows(named, key, contract);
        contract.rows.counts = self.counts(named, key, contract);
    }

    /// Whether all rows that must be there can be.
    fn required_rows(&mut self, named: &Named<'_, '_>, key: Option<usize>, contract: &Contract) {
        let required = &contract.rows.required;
        let Some(span) = key_of(named.table, "required-rows") else { return };
        self.distinct("required-rows", required, false);
        if let Some(max) = contract.rows.max.as_ref().filter(|max| required.len() > max.value as usize) {
            let message = format!("{} rows are required, and `max-rows = {}`", required.len(), max.value);
            self.fault(span, message, "allow more rows, or require fewer");
        }
        match key.map(|key| &contract.columns[key].demands) {
            Some(demands) => self.rows_fit(demands, contract),
            None if value_of(named.table, "key").is_some() => {}
            None => {
                let help = "add a `[[table.column]]` with the name of the column in which they stand";
                self.fault(span, "`required-rows` without a column that names the rows", help);
            }
        }
    }

    fn rows_fit(&mut self, key: &Demands, contract: &Contract) {
        let allowed: Option<FxHashSet<String>> = key.values.as_ref().map(|values| {
            let terms = values.value.terms.iter();
            terms
                .flat_map(|term| [&term.name].into_iter().chain(&term.aliases))
                .map(|text| fold(text))
                .collect()
        });
        let pattern = key.pattern.as_ref().filter(|_| key.separator.is_none());
        for Spanned { value: row, span } in &contract.rows.required {
            let key_that_forbids =
                if allowed.as_ref().is_some_and(|allowed| !allowed.contains(&fold(&row.name)))
                    && key.values.as_ref().is_none_or(|values| values.value.term_spelled(&row.name).is_none())
                {
                    "values"
                } else if pattern.is_some_and(|pattern| !pattern.value.is_match(&row.name)) {
                    "pattern"
                } else if key.empty.as_ref().is_some_and(|empty| empty.value) {
                    "empty"
                } else {
                    continue;
                };
            let message = format!(
                "the row `{}` is required, but `{key_that_forbids}` of its column does not allow it",
                row.name
            );
            self.fault(*span, message, "change one of the two");
        }
    }

    fn counts(&mut self, named: &Named<'_, '_>, key: Option<usize>, contract: &mut Contract) -> Vec<Count> {
        let Some(value) = value_of(named.table, "count") else { return Vec::new() };
        let entries = self.entries("table.count", value);
        entries
            .into_iter()
            .filter_map(|(table, span)| self.count(table, span, named, key, contract))
            .collect()
    }

    fn count(
        &mut self,
        table: &DeTable<'_>,
        span: Span,
        named: &Named<'_, '_>,
        key: Option<usize>,
        contract: &mut Contract,
    ) -> Option<Count> {
        self.known_keys(table, "table.count", &[places::COUNT]);
        let mut number =
            |name: &str| value_of(table, name).map(|value| self.number(name, value, 0..=u32::MAX));
        let (min, max) = (number("min"), number("max"));
        match (min, max) {
            (None | Some(Some(0)), None) => {
                self.fault(span, "this count demands nothing", "say how many: `min = 1`, `max = 1` or both");
            }
            (Some(Some(min)), Some(Some(max))) => self.in_order(span, ("min", min), ("max", max)),
            _ => {}
        }
        let columns = match value_of(table, "columns") {
            Some(value) => {
                let written = self.text_or_texts("columns", value);
                self.counted(&written, named, contract)
            }
            None => all_but(key, span, contract),
        };
        let voice = self.voice(table);
        let Some(values) = value_of(table, "values") else {
            let help = "say which are counted: `values = [\"A\"]`";
            self.fault(span, "a count without `values`", help);
            return None;
        };
        let values = self.texts("values", values).into_iter().map(|(value, _)| value).collect();
        Some(Count { span, values, columns, min: min.flatten().unwrap_or(0), max: max.flatten(), voice })
    }

    fn counted(
        &mut self,
        written: &[(String, Span)],
        named: &Named<'_, '_>,
        contract: &mut Contract,
    ) -> Vec<usize> {
        let mut columns = Vec::new();
        let mut seen = FxHashSet::default();
        for (name, span) in written {
            let column = match Wording::new(name).is_any() {
                false => self.column_named("columns", name, *span, named),
                true if contract.closed.is_some() => {
                    let help = "name the columns, or remove `other-columns = false`";
                    self.fault(*span, "`*` is for the columns that `other-columns = false` forbids", help);
                    None
                }
                true => Some(any_other(*span, contract)),
            };
            columns.extend(column.filter(|column| seen.insert(*column)));
        }
        columns
    }
}

/// All columns but the one that names the row.
fn all_but(key: Option<usize>, span: Span, contract: &mut Contract) -> Vec<usize> {
    if contract.closed.is_none() {
        any_other(span, contract);
    }
    (0..contract.columns.len()).filter(|column| Some(*column) != key).collect()
}

/// The column `*`: where nothing is demanded of its cells it need not be written.
fn any_other(span: Span, contract: &mut Contract) -> usize {
    let columns = &mut contract.columns;
    columns.iter().position(|column| column.name.value.is_any()).unwrap_or_else(|| {
        columns.push(Column {
            name: Spanned { value: Wording::new("*"), span },
            aliases: Vec::new(),
            required: false,
            demands: Demands::default(),
            voice: Default::default(),
        });
        columns.len() - 1
    })
}
