//! The reader of the parsed file: collects faults, and words those that every section shares.

use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ConfigFault, UserPreset, places};
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::rules::{Place, Rule, kind, number, span_of, strings};
use crate::source::Span;

/// To look for what was meant among many names takes long, and nobody reads more mistakes than these at once.
const MOST_SUGGESTIONS: usize = 100;

/// With more known names than these a list of them helps nobody.
const MOST_LISTED: usize = 12;

pub(super) type Key<'c> = Spanned<toml::de::DeString<'c>>;
pub(super) type Value<'c> = Spanned<DeValue<'c>>;

/// What every section needs: the text for places inside a value, the rules, and where to put faults.
pub(super) struct Reader<'r> {
    pub(super) text: &'r str,
    pub(super) rules: &'r [&'static Rule],
    pub(super) user_presets: &'r [UserPreset],
    /// The file, as seen from the root.
    pub(super) path: DocPath,
    /// The folder that it configures: all that it names is relative to that, and holds below it only.
    pub(super) folder: DocPath,
    /// Whether it is read because another file extends it.
    pub(super) is_extended: bool,
    faults: Vec<ConfigFault>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        text: &'r str,
        rules: &'r [&'static Rule],
        user_presets: &'r [UserPreset],
    ) -> Reader<'r> {
        let (path, folder) = (DocPath::default(), DocPath::default());
        Reader { text, rules, user_presets, path, folder, is_extended: false, faults: Vec::new() }
    }

    /// Says which file it reads, and which folder that configures.
    pub(super) fn of_file(self, path: &DocPath, folder: &DocPath, is_extended: bool) -> Reader<'r> {
        Reader { path: path.clone(), folder: folder.clone(), is_extended, ..self }
    }

    /// A place in the file.
    pub(super) fn place(&self, span: Span) -> Place {
        Place { path: self.path.clone(), span }
    }

    /// What was read, unless there were faults.
    pub(super) fn finish<T>(self, read: T) -> Result<T, Vec<ConfigFault>> {
        let faults = self.faults();
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }

    /// The faults, in the order of the file.
    pub(super) fn faults(mut self) -> Vec<ConfigFault> {
        self.faults.sort_by_key(|fault| fault.span);
        self.faults
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

    pub(super) fn boolean(&mut self, name: &str, value: &Value<'_>) -> Option<bool> {
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            self.wrong_kind(name, value, "`true` or `false`", &format!("{name} = true"));
        }
        boolean
    }

    pub(super) fn number(
        &mut self,
        name: &str,
        value: &Value<'_>,
        bounds: RangeInclusive<u32>,
    ) -> Option<u32> {
        number(name, value, bounds).map_err(|fault| self.add(fault)).ok()
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        name: &str,
        value: &Value<'_>,
        known: &[(&str, T)],
    ) -> Option<T> {
        let words = || known.iter().map(|(word, _)| *word);
        let written = self.string(name, value, &format!("{name} = \"{}\"", known[0].0))?;
        let choice = known.iter().find(|(word, _)| *word == written).map(|(_, choice)| *choice);
        if choice.is_none() {
            let help = self.meant(written, words(), || format!("write {}", enumerate(words(), "or")));
            self.fault(span_of(value), format!("`{name}` cannot be `{written}`"), help);
        }
        choice
    }

    /// What may have been meant by a name, as help; else what `otherwise` says.
    pub(super) fn meant<'n>(
        &self,
        written: &str,
        known: impl Iterator<Item = &'n str>,
        otherwise: impl FnOnce() -> String,
    ) -> String {
        let near = if self.faults.len() < MOST_SUGGESTIONS { nearest(written, known) } else { None };
        near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
    }

    /// The tables of a list of tables; `name` is what stands between the brackets.
    pub(super) fn entries<'v, 'c>(
        &mut self,
        name: &str,
        value: &'v Value<'c>,
    ) -> Vec<(&'v DeTable<'c>, Span)> {
        let help = || format!("begin each with a line `[[{name}]]`");
        let DeValue::Array(entries) = value.get_ref() else {
            let message = format!("`{name}` must be a list of tables, not {}", kind(value.get_ref()));
            self.fault(span_of(value), message, help());
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in entries {
            match entry.get_ref() {
                DeValue::Table(table) => tables.push((table, span_of(entry))),
                other => {
                    let message = format!("`{name}` must hold tables only, not {}", kind(other));
                    self.fault(span_of(entry), message, help());
                }
            }
        }
        tables
    }

    /// A list of texts, none of them empty, and at least one.
    pub(super) fn texts(&mut self, name: &str, value: &Value<'_>) -> Vec<(String, Span)> {
        let mut texts = self.strings(name, value);
        self.not_empty(name, value);
        texts.retain(|(text, span)| self.says_something(name, text, *span));
        texts
    }

    /// A text or a list of texts.
    pub(super) fn text_or_texts(&mut self, name: &str, value: &Value<'_>) -> Vec<(String, Span)> {
        match value.get_ref() {
            DeValue::String(text) => match self.says_something(name, text, span_of(value)) {
                true => vec![(text.to_string(), span_of(value))],
                false => Vec::new(),
            },
            DeValue::Array(_) => self.texts(name, value),
            _ => {
                let example = format!("{name} = [\"…\"]");
                self.wrong_kind(name, value, "a string or a list of strings", &example);
                Vec::new()
            }
        }
    }

    /// Says that an empty list names nothing.
    pub(super) fn not_empty(&mut self, name: &str, value: &Value<'_>) {
        if value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
            self.fault(span_of(value), format!("`{name}` names none"), "leave the key out");
        }
    }

    pub(super) fn says_something(&mut self, name: &str, text: &str, span: Span) -> bool {
        let is_empty = text.trim().is_empty();
        if is_empty {
            self.fault(span, format!("an empty text in `{name}`"), "write what stands there, or remove it");
        }
        !is_empty
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

/// `known here: …`, unless there are too many.
pub(super) fn known_here<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.take(MOST_LISTED + 1).collect();
    match names.get(..MOST_LISTED) {
        _ if names.is_empty() => "none is known here".to_owned(),
        Some(first) if names.len() > MOST_LISTED => format!("known here: `{}`, …", first.join("`, `")),
        _ => format!("known here: {}", enumerate(names, "and")),
    }
}

/// The value of a key.
pub(super) fn value_of<'v, 'c>(table: &'v DeTable<'c>, name: &str) -> Option<&'v Value<'c>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

/// Where a key is written.
pub(super) fn key_of(table: &DeTable<'_>, name: &str) -> Option<Span> {
    table.keys().find(|key| key.get_ref() == name).map(span_of)
}
