//! The reader of the parsed file: collects faults, and words those that every section shares.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ConfigFault, UserPreset, places};
use crate::nearest::{enumerate, nearest};
use crate::rules::{Rule, kind, span_of, strings};
use crate::source::Span;

pub(super) type Key<'c> = Spanned<toml::de::DeString<'c>>;
pub(super) type Value<'c> = Spanned<DeValue<'c>>;

/// What every section needs: the text for places inside a value, the rules, and where to put faults.
pub(super) struct Reader<'r> {
    pub(super) text: &'r str,
    pub(super) rules: &'r [&'static Rule],
    pub(super) user_presets: &'r [UserPreset],
    faults: Vec<ConfigFault>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        text: &'r str,
        rules: &'r [&'static Rule],
        user_presets: &'r [UserPreset],
    ) -> Reader<'r> {
        Reader { text, rules, user_presets, faults: Vec::new() }
    }

    /// What was read, unless there were faults.
    pub(super) fn finish<T>(mut self, read: T) -> Result<T, Vec<ConfigFault>> {
        if self.faults.is_empty() {
            return Ok(read);
        }
        self.faults.sort_by_key(|fault| fault.span);
        Err(self.faults)
    }

    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.add(ConfigFault { span, message: message.into(), help: Some(help.into()) });
    }

    pub(super) fn add(&mut self, fault: impl Into<ConfigFault>) {
        self.faults.push(fault.into());
    }

    /// A value that is not what its key takes; `example` is a line that would be right.
    pub(super) fn wrong_kind(&mut self, name: &str, value: &Value<'_>, expected: &str, example: &str) {
        let message = format!("`{name}` must be {expected}, not {}", kind(value.get_ref()));
        self.fault(span_of(value), message, format!("write `{example}`"));
    }

    /// A key that its table does not take: `home` is the table's name, empty at the top level.
    pub(super) fn unknown_key(&mut self, key: &Key<'_>, home: &str, known: &[&str]) {
        let written = key.get_ref();
        let place = if home.is_empty() { String::new() } else { format!(" in `{home}`") };
        let help = match nearest(written, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => self
                .place_of(written)
                .unwrap_or_else(|| format!("known here: {}", enumerate(known.iter().copied(), "and"))),
        };
        self.fault(span_of(key), format!("unknown key `{written}`{place}"), help);
    }

    /// Where a key belongs that stands in the wrong table.
    pub(super) fn place_of(&self, key: &str) -> Option<String> {
        if self.rules.iter().any(|rule| rule.id == key) {
            return Some(format!("`{key}` is a rule: write it under `[rules]`"));
        }
        places::of(key)
    }

    pub(super) fn string<'v>(&mut self, name: &str, value: &'v Value<'_>, example: &str) -> Option<&'v str> {
        let string = value.get_ref().as_str();
        if string.is_none() {
            self.wrong_kind(name, value, "a string", example);
        }
        string
    }

    pub(super) fn strings(&mut self, name: &str, value: &Value<'_>) -> Vec<(String, Span)> {
        strings(name, value).unwrap_or_else(|fault| {
            self.add(fault);
            Vec::new()
        })
    }

    pub(super) fn table<'v, 'c>(&mut self, name: &str, value: &'v Value<'c>) -> Option<&'v DeTable<'c>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let message = format!("`{name}` must be a table, not {}", kind(value.get_ref()));
            self.fault(span_of(value), message, format!("write its keys below a line `[{name}]`"));
        }
        table
    }
}
