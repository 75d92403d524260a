//! What a cell must be: the keys of a column, and of both sides of a condition.

use regex::Regex;
use toml::de::DeTable;

use super::super::reader::{Reader, Value, value_of};
use super::names::Scope;
use crate::contract::{Demands, Unique, Wording};
use crate::rules::span_of;

const UNIQUE: &[(&str, Unique)] = &[("table", Unique::Table), ("tree", Unique::Tree)];

impl Reader<'_> {
    pub(super) fn demands(&mut self, table: &DeTable<'_>, scope: &Scope<'_, '_>) -> Demands {
        let not_applicable = value_of(table, "not-applicable").map(|value| self.not_applicable(value));
        let case_sensitive = self.case_sensitive(table);
        let demands = Demands {
            empty: self.set(table, "empty", |reader, value| reader.boolean("empty", value)),
            no_placeholder: self.flag(table, "placeholder", false),
            not_applicable: not_applicable.unwrap_or_default(),
            separator: value_of(table, "separator").and_then(|value| self.separator(value)),
            case_sensitive,
            values: self.vocabulary(table, case_sensitive),
            pattern: self.set(table, "pattern", Self::pattern),
            unique: self.set(table, "unique", |reader, value| reader.choice("unique", value, UNIQUE)),
            references: self.set(table, "references", |reader, value| reader.references(value, scope)),
            max_length: self
                .set(table, "max-length", |reader, value| reader.number("max-length", value, 1..=u32::MAX)),
            link: self.set(table, "link", Self::link),
        };
        self.something_in_an_empty_cell(table, &demands);
        self.values_fit(&demands);
        demands
    }

    fn not_applicable(&mut self, value: &Value<'_>) -> Vec<Wording> {
        const NAME: &str = "not-applicable";
        let mut wordings = Vec::new();
        for (text, span) in self.texts(NAME, value) {
            let wording = Wording::new(&text);
            if wording.is_any() {
                let message = format!("`*` in `{NAME}` is every text: nothing would be demanded");
                self.fault(span, message, "name the texts");
            }
            wordings.push(wording);
        }
        wordings
    }

    fn case_sensitive(&mut self, table: &DeTable<'_>) -> bool {
        const NAME: &str = "case-sensitive";
        let flag = self.set(table, NAME, |reader, value| reader.boolean(NAME, value));
        let compares = ["values", "unique", "references"].iter().any(|key| value_of(table, key).is_some());
        if let Some(flag) = flag.as_ref().filter(|_| !compares) {
            let message = format!("`{NAME}` without `values`, `unique` or `references`");
            self.fault(flag.span, message, "add one of these, or remove it");
        }
        flag.is_some_and(|flag| flag.value)
    }

    fn separator(&mut self, value: &Value<'_>) -> Option<String> {
        let separator = self.string("separator", value, "separator = \",\"")?;
        if separator.is_empty() {
            let help = "write what stands between the values, such as `\",\"`";
            self.fault(span_of(value), "an empty `separator`", help);
            return None;
        }
        Some(separator.to_owned())
    }

    fn pattern(&mut self, value: &Value<'_>) -> Option<Regex> {
        let pattern = self.string("pattern", value, "pattern = '[A-Z]{3}-[0-9]+'")?;
        self.whole_text(pattern, span_of(value))
    }

    fn something_in_an_empty_cell(&mut self, table: &DeTable<'_>, demands: &Demands) {
        let Some(empty) = demands.empty.as_ref().filter(|empty| empty.value) else { return };
        let about_content = ["link", "values", "pattern", "references", "unique", "separator", "max-length"];
        if let Some(key) = about_content.iter().find(|key| value_of(table, key).is_some()) {
            let message = format!("`empty = true` contradicts `{key}`: nothing may stand in the cell");
            self.fault(empty.span, message, "keep one of the two");
        }
    }

    /// Says which value could never stand in a cell, whatever else is demanded of it.
    fn values_fit(&mut self, demands: &Demands) {
        let Some(values) = &demands.values else { return };
        for term in &values.value.terms {
            let name = &term.name;
            let message = if let Some(separator) =
                demands.separator.as_ref().filter(|separator| name.contains(separator.as_str()))
            {
                format!("the value `{name}` holds the separator `{separator}`")
            } else if demands.pattern.as_ref().is_some_and(|pattern| !pattern.value.is_match(name)) {
                format!("the value `{name}` is not of the form that `pattern` demands")
            } else if let Some(most) =
                demands.max_length.as_ref().filter(|most| name.chars().count() > most.value as usize)
            {
                format!("the value `{name}` is longer than `max-length = {}`", most.value)
            } else {
                continue;
            };
            self.fault(values.span, message, "change one of the two");
        }
    }
}
