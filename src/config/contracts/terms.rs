//! Texts with their other names: `values` and `required-rows`.

use rustc_hash::FxHashMap;
use toml::de::{DeTable, DeValue};

use super::super::places;
use super::super::reader::{Reader, Value, key_of, value_of};
use crate::contract::{Term, Vocabulary, fold};
use crate::rules::{kind, span_of};
use crate::source::Spanned;

impl Reader<'_> {
    /// `values`.
    pub(super) fn vocabulary(
        &mut self,
        table: &DeTable<'_>,
        case_sensitive: bool,
    ) -> Option<Spanned<Vocabulary>> {
        let value = value_of(table, "values")?;
        let vocabulary = match value.get_ref().as_str() {
            Some(preset) => self.terms_of_preset(preset, span_of(value))?,
            None => {
                let terms = self.terms("values", value);
                self.distinct("values", &terms, case_sensitive);
                Vocabulary { terms: terms.into_iter().map(|term| term.value).collect(), lexicon: None }
            }
        };
        Some(Spanned { value: vocabulary, span: key_of(table, "values")? })
    }

    /// A list of texts, some of them perhaps with aliases.
    pub(super) fn terms(&mut self, name: &str, value: &Value<'_>) -> Vec<Spanned<Term>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_kind(name, value, "a list", &format!("{name} = [\"…\", \"…\"]"));
            return Vec::new();
        };
        self.not_empty(name, value);
        items.iter().filter_map(|item| self.term(name, item)).collect()
    }

    fn term(&mut self, name: &str, item: &Value<'_>) -> Option<Spanned<Term>> {
        let span = span_of(item);
        let (term, aliases) = match item.get_ref() {
            DeValue::String(_) => (item, Vec::new()),
            DeValue::Table(table) => {
                self.known_keys(table, name, &[places::TERM]);
                let aliases = value_of(table, "aliases").map(|value| self.texts("aliases", value));
                let Some(term) = value_of(table, "name") else {
                    let help = "write `{ name = \"…\", aliases = [\"…\"] }`";
                    self.fault(span, format!("an entry of `{name}` without `name`"), help);
                    return None;
                };
                (term, aliases.unwrap_or_default())
            }
            other => {
                let message = format!("`{name}` must hold strings or tables, not {}", kind(other));
                self.fault(
                    span,
                    message,
                    format!("write `{name} = [\"…\", {{ name = \"…\", aliases = [\"…\"] }}]`"),
                );
                return None;
            }
        };
        let term = self.text(name, term)?;
        let aliases = aliases.into_iter().map(|(alias, _)| alias).collect();
        Some(Spanned { value: Term { name: term, aliases }, span })
    }

    pub(super) fn distinct(&mut self, name: &str, terms: &[Spanned<Term>], case_sensitive: bool) {
        let mut owners = FxHashMap::default();
        for (index, term) in terms.iter().enumerate() {
            for text in [&term.value.name].into_iter().chain(&term.value.aliases) {
                let comparable = if case_sensitive { text.trim().to_owned() } else { fold(text) };
                if *owners.entry(comparable).or_insert(index) != index {
                    let message = format!("`{text}` is named twice in `{name}`");
                    self.fault(term.span, message, "keep one of the two");
                }
            }
        }
    }
}
