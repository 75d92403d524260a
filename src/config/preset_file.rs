//! A preset's file -> [`Preset`].
//!
//! Owns the form of the file, and what is said of mistakes in it. Does not know which presets there are.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::reader::{Reader, Value};
use super::{ConfigFault, syntax};
use crate::contract::{Origin, Wording};
use crate::preset::{Names, Phase, Preset, Process, key, phase_key};
use crate::rules::{kind, span_of};
use crate::source::Span;

/// Keys above the first table header.
const TOP: &[&str] =
    &["title", "noun", "group-noun", "headers", "likely-headers", "sections", "group", "table"];
/// Keys of a `[[group]]`.
const GROUP: &[&str] = &["name", "aliases", "terms"];
/// Keys of a term.
const TERM: &[&str] = &["name", "aliases", "optional"];

/// Reads the text of a preset's file.
///
/// # Errors
/// All mistakes in it, in the order in which they are written.
pub fn parse(name: &str, text: &str, origin: &Origin) -> Result<Preset, Vec<ConfigFault>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax::faults(text, &errors));
    }
    let mut reader = Reader::new(text, &[], &[]);
    let preset = reader.preset_file(name, document.get_ref(), origin);
    reader.finish(preset)
}

impl Reader<'_> {
    fn preset_file(&mut self, name: &str, document: &DeTable<'_>, origin: &Origin) -> Preset {
        let mut preset = Preset {
            name: name.into(),
            title: name.to_owned(),
            noun: "process".to_owned(),
            group_noun: "group".to_owned(),
            sure_headers: Vec::new(),
            likely_headers: Vec::new(),
            sections: Vec::new(),
            phases: Vec::new(),
            names: Names::default(),
            contracts: Vec::new(),
        };
        for (key, value) in document {
            match &**key.get_ref() {
                "title" => self.word("title", value, "title = \"COBIT 2019\"", &mut preset.title),
                "noun" => self.word("noun", value, "noun = \"process\"", &mut preset.noun),
                "group-noun" => {
                    self.word("group-noun", value, "group-noun = \"phase\"", &mut preset.group_noun);
                }
                "headers" => preset.sure_headers = self.wordings("headers", value),
                "likely-headers" => preset.likely_headers = self.wordings("likely-headers", value),
                "sections" => preset.sections = self.wordings("sections", value),
                "group" => preset.phases = self.groups(value),
                "table" => preset.contracts = self.contracts(value, origin).list,
                _ => self.unknown_key(key, "", TOP),
            }
        }
        self.is_of_use(document, &preset);
        preset.names = Names::of(&preset.phases);
        preset
    }

    /// A vocabulary must be found in tables, and a preset must say something.
    fn is_of_use(&mut self, document: &DeTable<'_>, preset: &Preset) {
        let has = |name: &str| document.iter().any(|(key, _)| key.get_ref() == name);
        let start = Span::at(0);
        if !has("group") && !has("table") {
            self.fault(start, "this preset says nothing", "give it a `[[group]]` of terms or a `[[table]]`");
        }
        if has("group") && preset.sure_headers.is_empty() && preset.likely_headers.is_empty() {
            let help = "name the column in which the terms stand: `headers = [\"COBIT objective\"]`";
            self.fault(start, "a vocabulary without `headers`", help);
        }
    }

    fn word(&mut self, name: &str, value: &Value<'_>, example: &str, word: &mut String) {
        let Some(written) = self.string(name, value, example) else { return };
        if written.trim().is_empty() {
            self.fault(span_of(value), format!("`{name}` is empty"), format!("write `{example}`"));
        }
        *word = written.trim().to_owned();
    }

    fn wordings(&mut self, name: &str, value: &Value<'_>) -> Vec<Wording> {
        let mut wordings = Vec::new();
        for (written, span) in self.strings(name, value) {
            let wording = Wording::new(&written);
            if written.trim().is_empty() || wording.is_any() {
                let help = "write the words that tell such a table from others";
                self.fault(span, format!("`{written}` says nothing of a table"), help);
            }
            wordings.push(wording);
        }
        wordings
    }

    fn groups(&mut self, value: &Value<'_>) -> Vec<Phase> {
        const LINE: &str = "begin each with a line `[[group]]`";
        let DeValue::Array(entries) = value.get_ref() else {
            let message = format!("`group` must be a list of tables, not {}", kind(value.get_ref()));
            self.fault(span_of(value), message, LINE);
            return Vec::new();
        };
        let mut taken = Taken::default();
        let mut groups = Vec::new();
        for entry in entries {
            match entry.get_ref() {
                DeValue::Table(table) => {
                    let group = self.group(table, span_of(entry), &mut taken);
                    self.is_new_group(&group, span_of(entry), &groups);
                    groups.push(group);
                }
                other => {
                    self.fault(span_of(entry), format!("a group must be a table, not {}", kind(other)), LINE);
                }
            }
        }
        groups
    }

    fn is_new_group(&mut self, group: &Phase, span: Span, before: &[Phase]) {
        let keys: Vec<String> = before.iter().flat_map(Phase::names).map(phase_key).collect();
        if let Some(name) = group.names().find(|name| keys.contains(&phase_key(name))) {
            let message = format!("`{name}` is the name of an earlier group already");
            self.fault(span, message, "give each group names of its own, or make one group of both");
        }
    }

    fn group(&mut self, table: &DeTable<'_>, span: Span, taken: &mut Taken) -> Phase {
        let mut group = Phase::default();
        for (key, value) in table {
            match &**key.get_ref() {
                "name" => self.word("name", value, "name = \"Service design\"", &mut group.name),
                "aliases" => group.aliases = self.aliases(value),
                "terms" => group.processes = self.group_terms(value, taken),
                _ => self.unknown_key(key, "group", GROUP),
            }
        }
        if group.name.is_empty() {
            self.fault(span, "a group without a `name`", "write `name = \"…\"` below the line `[[group]]`");
        } else if group.processes.is_empty() {
            let help = "write `terms = [\"…\", \"…\"]`";
            self.fault(span, format!("the group `{}` has no `terms`", group.name), help);
        }
        group
    }

    fn group_terms(&mut self, value: &Value<'_>, taken: &mut Taken) -> Vec<Process> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_kind("terms", value, "a list", "terms = [\"…\", { name = \"…\", aliases = [\"…\"] }]");
            return Vec::new();
        };
        let mut terms = Vec::new();
        for item in items {
            let Some(term) = self.group_term(item) else { continue };
            self.is_new(&term, span_of(item), taken);
            taken.terms += 1;
            terms.push(term);
        }
        terms
    }

    fn group_term(&mut self, item: &Value<'_>) -> Option<Process> {
        let mut term = Process::default();
        match item.get_ref() {
            DeValue::String(name) => name.trim().clone_into(&mut term.name),
            DeValue::Table(table) => {
                for (key, value) in table {
                    match &**key.get_ref() {
                        "name" => self.word("name", value, "name = \"Demand management\"", &mut term.name),
                        "aliases" => term.aliases = self.aliases(value),
                        "optional" => term.optional = self.boolean("optional", value).unwrap_or_default(),
                        _ => self.unknown_key(key, "terms", TERM),
                    }
                }
            }
            other => {
                let message = format!("a term must be a string or a table, not {}", kind(other));
                self.fault(span_of(item), message, "write `\"…\"` or `{ name = \"…\", aliases = [\"…\"] }`");
                return None;
            }
        }
        if term.name.is_empty() {
            self.fault(span_of(item), "a term without a name", "write `name = \"…\"`");
            return None;
        }
        Some(term)
    }

    fn aliases(&mut self, value: &Value<'_>) -> Vec<String> {
        self.strings("aliases", value).into_iter().map(|(alias, _)| alias).collect()
    }

    /// A name that two terms share would tell which is meant of neither.
    fn is_new(&mut self, term: &Process, span: Span, taken: &mut Taken) {
        for name in term.names() {
            let own = || (taken.terms, term.name.clone());
            let (index, owner) = taken.names.entry(key(name)).or_insert_with(own);
            if *index != taken.terms || key(name).is_empty() {
                let message = format!("`{name}` of `{}` is a name of `{owner}` already", term.name);
                self.fault(
                    span,
                    message,
                    "a name belongs to one term; hyphens, case and plural do not tell two apart",
                );
            }
        }
    }
}

/// The names that are taken, in the form in which they are looked up, and by which term.
#[derive(Default)]
struct Taken {
    names: BTreeMap<String, (usize, String)>,
    /// How many terms there are.
    terms: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::DocPath;

    fn faults(text: &str) -> Vec<String> {
        let origin = Origin::File(DocPath::new("presets/own.toml"));
        let faults = parse("presets/own.toml", text, &origin).err().unwrap_or_default();
        faults.into_iter().map(|fault| format!("{} | {}", fault.span.of(text), fault.message)).collect()
    }

    #[test]
    fn mistakes_are_shown_where_they_are() {
        for (text, expected) in [
            ("", " | this preset says nothing"),
            ("headers = ['X']\n[[group]]\nname = 'A'\ntermz = []", "termz | unknown key `termz` in `group`"),
            ("[[group]]\nname = 'A'\nterms = ['a b']", " | a vocabulary without `headers`"),
            ("headers = ['*']\n[[group]]\nname = 'A'\nterms = ['a']", "'*' | `*` says nothing of a table"),
            ("headers = ['X']\n[[group]]\nterms = ['a']", "[[group]] | a group without a `name`"),
            (
                "headers = ['X']\n[[group]]\nname = 'A'\nterms = ['Data flow', 'data-flows']",
                "'data-flows' | `data-flows` of `data-flows` is a name of `Data flow` already",
            ),
            (
                "headers = ['X']\n[[group]]\nname = 'A'\nterms = ['flow', 'flow']",
                "'flow' | `flow` of `flow` is a name of `flow` already",
            ),
            (
                "headers = ['X']\n[[group]]\nname = 'A'\nterms = ['a b']\n[[group]]\nname = 'a:'\nterms = ['c d']",
                "[[group]] | `a:` is the name of an earlier group already",
            ),
            (
                "headers = ['X']\n[[group]]\nname = 'A'\nterms = [3]",
                "3 | a term must be a string or a table, not a whole number",
            ),
            ("headers = ['X']\ngroup = 3", "3 | `group` must be a list of tables, not a whole number"),
        ] {
            assert!(faults(text).iter().any(|fault| fault == expected), "{text}\n{:#?}", faults(text));
        }
    }
}
