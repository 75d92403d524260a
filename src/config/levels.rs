//! Rules in the file: their levels, and the options that each rule reads for itself.

use toml::de::{DeTable, DeValue};

use super::reader::{Key, Reader, Value};
use crate::finding::Level;
use crate::nearest::{enumerate, nearest};
use crate::rules::{Check, Options, Rule, Ruled, Setting, span_of};
use crate::source::Span;

/// The key of a rule's table that is no option.
const LEVEL: &str = "level";
const OFF: &str = "off";

impl Reader<'_> {
    /// Every rule, built with what `[rules]` says of it.
    pub(super) fn ruled(&mut self, written: Option<&DeTable<'_>>) -> Vec<Ruled> {
        for key in written.into_iter().flat_map(DeTable::keys) {
            self.rule(key);
        }
        self.rules.iter().filter_map(|rule| self.one_ruled(rule, written)).collect()
    }

    fn one_ruled(&mut self, rule: &'static Rule, written: Option<&DeTable<'_>>) -> Option<Ruled> {
        let value = written
            .and_then(|written| written.iter().find(|(key, _)| key.get_ref() == rule.id))
            .map(|(_, value)| value);
        let setting = value.and_then(|value| self.rule_setting(rule, value));
        let options = value.and_then(|value| value.get_ref().as_table());
        let check = self.check(rule, Options::new(options))?;
        Some(Ruled { rule, check, setting })
    }

    /// The level of a rule, written alone or in a table beside the rule's options.
    fn rule_setting(&mut self, rule: &Rule, value: &Value<'_>) -> Option<Setting> {
        match value.get_ref() {
            DeValue::String(name) => self.setting(name, span_of(value)),
            DeValue::Table(table) => {
                let (_, value) = table.iter().find(|(key, _)| key.get_ref() == LEVEL)?;
                let name = self.string(LEVEL, value, "level = \"warning\"")?;
                self.setting(name, span_of(value))
            }
            _ => {
                self.not_a_level(rule, value, "a level or a table of options");
                None
            }
        }
    }

    fn not_a_level(&mut self, rule: &Rule, value: &Value<'_>, expected: &str) {
        self.wrong_kind(rule.id, value, expected, &format!("{} = \"{OFF}\"", rule.id));
    }

    /// Levels alone, as an override has them.
    pub(super) fn levels(&mut self, value: &Value<'_>) -> Vec<(&'static Rule, Setting)> {
        let Some(table) = self.table("rules", value) else {
            return Vec::new();
        };
        if table.is_empty() {
            self.fault(span_of(value), "no rule is named", "write `rules = { broken-link = \"warning\" }`");
        }
        let level = |(key, value): (&Key<'_>, &Value<'_>)| {
            let rule = self.rule(key)?;
            let name = match value.get_ref() {
                DeValue::String(name) => name,
                DeValue::Table(_) => {
                    let help =
                        format!("write a level here, and the options of `{}` under `[rules]`", rule.id);
                    self.fault(
                        span_of(value),
                        "an override takes levels only: options hold for all pages",
                        help,
                    );
                    return None;
                }
                _ => {
                    self.not_a_level(rule, value, "a level");
                    return None;
                }
            };
            Some((rule, self.setting(name, span_of(value))?))
        };
        table.iter().filter_map(level).collect()
    }

    fn rule(&mut self, key: &Key<'_>) -> Option<&'static Rule> {
        let written = key.get_ref();
        let found = self.rules.iter().copied().find(|rule| rule.id == written);
        if found.is_none() {
            let help = match nearest(written, self.rules.iter().map(|rule| rule.id)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => self.place_of(written).unwrap_or_else(|| "`waypost rules` lists them".to_owned()),
            };
            self.fault(span_of(key), format!("unknown rule `{written}`"), help);
        }
        found
    }

    fn setting(&mut self, written: &str, span: Span) -> Option<Setting> {
        if written == OFF {
            return Some(Setting::Off);
        }
        self.known_level(written, span, Some(OFF)).map(Setting::At)
    }

    /// How grave something is, where it cannot be off.
    pub(super) fn level(&mut self, value: &Value<'_>) -> Option<Level> {
        let written = self.string(LEVEL, value, "level = \"warning\"")?;
        self.known_level(written, span_of(value), None)
    }

    fn known_level(&mut self, written: &str, span: Span, off: Option<&'static str>) -> Option<Level> {
        let level = Level::ALL.into_iter().find(|level| level.as_str() == written);
        if level.is_none() {
            let names = || Level::ALL.into_iter().map(Level::as_str).chain(off);
            let synonym = synonym(written).filter(|meant| names().any(|name| name == *meant));
            let help = match nearest(written, names()).or(synonym) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}", enumerate(names(), "or")),
            };
            self.fault(span, format!("unknown level `{written}`"), help);
        }
        level
    }

    /// Lets a rule read its options, and reports those it does not know.
    fn check(&mut self, rule: &Rule, mut options: Options<'_>) -> Option<Box<dyn Check>> {
        let check = match (rule.build)(&mut options) {
            Ok(check) => check,
            Err(fault) => {
                self.add(fault);
                return None;
            }
        };
        let known: Vec<&str> = options.known().chain([LEVEL]).collect();
        for (name, span) in options.untaken() {
            if name == LEVEL {
                continue;
            }
            let help = match nearest(&name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it knows {}", enumerate(known.iter().copied(), "and")),
            };
            self.fault(span, format!("unknown option `{name}` of `{}`", rule.id), help);
        }
        Some(check)
    }
}

/// What other linters call the levels.
fn synonym(written: &str) -> Option<&'static str> {
    match written.to_lowercase().as_str() {
        "none" | "ignore" | "allow" | "disable" | "disabled" | "false" | "never" => Some(OFF),
        "note" | "notice" | "hint" | "suggestion" => Some(Level::Info.as_str()),
        "deny" | "forbid" | "fatal" | "failure" => Some(Level::Error.as_str()),
        _ => None,
    }
}
