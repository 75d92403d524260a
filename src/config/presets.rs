//! `preset = "…"`: which presets there are, and which the configuration asks for.
//!
//! Owns their names. Does not know what stands in a preset's file (`preset_file`).

use std::sync::{Arc, OnceLock};

use toml::de::DeValue;

use super::preset_file;
use super::reader::{Reader, Value};
use crate::contract::{Origin, Term, Vocabulary};
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::preset::Preset;
use crate::rules::span_of;
use crate::source::{Span, Spanned};

/// A preset that waypost brings along, read when somebody asks for it.
struct BuiltIn {
    name: &'static str,
    text: &'static str,
    preset: OnceLock<Option<Arc<Preset>>>,
}

impl BuiltIn {
    const fn new(name: &'static str, text: &'static str) -> BuiltIn {
        BuiltIn { name, text, preset: OnceLock::new() }
    }
}

static BUILT_IN: [BuiltIn; 3] = [
    BuiltIn::new("itil-v3", include_str!("../../presets/itil-v3.toml")),
    BuiltIn::new("itil-4", include_str!("../../presets/itil-4.toml")),
    BuiltIn::new("raci", include_str!("../../presets/raci.toml")),
];

/// A preset in a file of the user's.
#[derive(Clone, Debug)]
pub struct UserPreset {
    /// How the configuration names it.
    pub written: String,
    /// Where it is, as seen from the root.
    pub path: DocPath,
    /// Its text.
    pub text: Arc<str>,
    /// The preset.
    pub preset: Arc<Preset>,
}

/// The names of the presets that waypost brings along.
pub fn preset_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|built_in| built_in.name)
}

/// The preset of that name that waypost brings along.
#[must_use]
pub fn built_in_preset(name: &str) -> Option<Arc<Preset>> {
    let built_in = BUILT_IN.iter().find(|built_in| built_in.name == name)?;
    let read = || {
        let origin = Origin::Preset(name.into());
        preset_file::parse(name, built_in.text, &origin).ok().map(Arc::new)
    };
    built_in.preset.get_or_init(read).clone()
}

/// The presets in files that a configuration asks for, with the places where it does; mistakes are left to
/// [`parse`](super::parse).
#[must_use]
pub fn preset_paths(text: &str) -> Vec<Spanned<String>> {
    let (document, _) = toml::de::DeTable::parse_recoverable(text);
    let value = document.get_ref().iter().find(|(key, _)| is_key(key.get_ref())).map(|(_, value)| value);
    let all = value.map(names).unwrap_or_default();
    let mut paths: Vec<Spanned<String>> = Vec::new();
    for (name, span) in all {
        if is_path(&name) && paths.iter().all(|path| path.value != name) {
            paths.push(Spanned { value: name, span });
        }
    }
    paths
}

/// Whether the key asks for presets.
pub(super) fn is_key(key: &str) -> bool {
    key == "preset" || key == "presets"
}

/// Names of presets have no folders and no extension.
fn is_path(written: &str) -> bool {
    written.contains(['/', '\\']) || written.to_ascii_lowercase().ends_with(".toml")
}

/// A string or the strings of a list.
pub(super) fn names(value: &Value<'_>) -> Vec<(String, Span)> {
    match value.get_ref() {
        DeValue::String(name) => vec![(name.to_string(), span_of(value))],
        _ => crate::rules::strings("preset", value).unwrap_or_default(),
    }
}

impl Reader<'_> {
    /// The presets that the configuration asks for.
    pub(super) fn presets(&mut self, value: &Value<'_>) -> Vec<Arc<Preset>> {
        let names = match value.get_ref() {
            DeValue::String(_) => names(value),
            DeValue::Array(_) => self.strings("preset", value),
            _ => {
                self.wrong_kind("preset", value, "a string or a list of strings", "preset = \"itil-v3\"");
                return Vec::new();
            }
        };
        if matches!(value.get_ref(), DeValue::Array(items) if items.is_empty()) {
            self.fault(span_of(value), "`preset` names none", "leave the key out to have none");
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut presets = Vec::new();
        for (name, span) in &names {
            if seen.contains(&name.as_str()) {
                self.fault(*span, format!("`{name}` is named twice"), "name each preset once");
                continue;
            }
            seen.push(name);
            presets.extend(self.preset(name, *span));
        }
        presets
    }

    /// The terms that a preset allows as values.
    pub(super) fn terms_of_preset(&mut self, name: &str, span: Span) -> Option<Vocabulary> {
        let preset = self.preset(name, span);
        if preset.is_none() && is_path(name) {
            let message = format!("the preset `{name}` is not among those that `preset` names");
            let help =
                "add it to `preset` in waypost.toml; in a preset's own file write the values as a list";
            self.fault(span, message, help);
        }
        let preset = preset?;
        if preset.phases.is_empty() {
            self.fault(span, format!("the preset `{name}` has no vocabulary"), "write the values as a list");
            return None;
        }
        let term = |(_, process): (_, &crate::preset::Process)| Term {
            name: process.name.clone(),
            aliases: process.aliases.clone(),
        };
        let terms = preset.processes().map(term).collect();
        Some(Vocabulary { terms, lexicon: Some(preset) })
    }

    /// The preset that is named so.
    fn preset(&mut self, name: &str, span: Span) -> Option<Arc<Preset>> {
        if is_path(name) {
            // Whoever reads the disk has said what is wrong with a file that is not there.
            return self
                .user_presets
                .iter()
                .find(|user| user.written == name)
                .map(|user| user.preset.clone());
        }
        let preset = built_in_preset(name);
        if preset.is_none() {
            self.unknown_preset(name, span);
        }
        preset
    }

    fn unknown_preset(&mut self, name: &str, span: Span) {
        let help = match nearest(name, preset_names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let known = enumerate(preset_names(), "and");
                format!(
                    "the presets are {known}; a file of your own is named by its path: `presets/own.toml`"
                )
            }
        };
        self.fault(span, format!("unknown preset `{name}`"), help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_we_bring_along_are_right() {
        for built_in in &BUILT_IN {
            let origin = Origin::Preset(built_in.name.into());
            let read = preset_file::parse(built_in.name, built_in.text, &origin);
            assert!(read.is_ok(), "{}: {:#?}", built_in.name, read.err());
        }
    }

    fn faults(text: &str) -> Vec<String> {
        let faults = crate::config::parse(text).err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| format!("{}: {}", fault.message, fault.help.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn mistakes_are_told() {
        for (text, message) in [
            ("preset = 'itil-v4'", "unknown preset `itil-v4`: did you mean `itil-v3`?"),
            ("preset = 3", "`preset` must be a string or a list of strings, not a whole number"),
            ("preset = []", "`preset` names none"),
            ("preset = ['raci', 'raci']", "`raci` is named twice"),
            ("[learn]\npreset = 'raci'", "unknown key `preset` in `learn`: write `preset` above the first"),
        ] {
            let faults = faults(text);
            assert!(faults.len() == 1 && faults[0].starts_with(message), "{text}: {faults:?}");
        }
    }

    #[test]
    fn a_preset_is_a_vocabulary_of_contracts() {
        let table = |values| {
            format!(
                "[[table]]\nheader = ['Process']\n[[table.column]]\nname = 'Process'\nvalues = '{values}'\n"
            )
        };
        let config = crate::config::parse(&table("itil-v3")).unwrap();
        let values = config.contracts.list[0].columns[0].demands.values.as_ref().unwrap();
        assert!(values.value.terms.iter().any(|term| term.name == "Incident management"));
        assert_eq!(faults(&table("itil-v2")), ["unknown preset `itil-v2`: did you mean `itil-v3`?"]);
        assert!(faults(&table("own.toml"))[0].starts_with("the preset `own.toml` is not among those"));
        assert!(faults(&table("raci"))[0].starts_with("the preset `raci` has no vocabulary"));
    }

    #[test]
    fn files_are_told_from_names() {
        let paths = |text| preset_paths(text).into_iter().map(|path| path.value).collect::<Vec<_>>();
        assert_eq!(paths("preset = ['raci', 'own.toml', 'a/b.toml', 'own.toml']"), ["own.toml", "a/b.toml"]);
        assert_eq!(paths("preset = 'presets/own.toml'"), ["presets/own.toml"]);
        assert!(paths("preset = 'raci' [").is_empty() && paths("presets = 3").is_empty());
    }

    #[test]
    fn itil_is_complete() {
        let count = |name| {
            let preset = built_in_preset(name).unwrap();
            let counts = preset
                .phases
                .iter()
                .map(|phase| phase.processes.iter().filter(|process| !process.optional).count());
            counts.collect::<Vec<_>>()
        };
        assert_eq!(count("itil-v3"), [5, 8, 7, 5, 1]);
        assert_eq!(count("itil-4"), [14, 17, 3]);
    }

    #[test]
    fn every_name_leads_to_its_process() {
        for preset in preset_names().filter_map(built_in_preset) {
            for (id, process) in preset.processes() {
                for name in process.names() {
                    assert_eq!(preset.find(name), Some(id), "{}: {name}", preset.name);
                }
            }
            for (index, phase) in preset.phases.iter().enumerate() {
                for name in phase.names() {
                    assert_eq!(preset.names.phase(name), Some(index), "{}: {name}", preset.name);
                }
            }
        }
    }
}
