//! Rules in the file: their levels, and the options that each rule reads for itself.

use toml::de::{DeTable, DeValue};

use super::Config;
use super::reader::{Key, Reader, Value, key_of, value_of};
use crate::finding::Level;
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::rules::{
    Check, Options, Place, Refined, Rule, RuleOverride, Ruled, Setting, WrittenOption, span_of,
};
use crate::scope::Scope;
use crate::source::Span;

/// The key of a rule's table that is no option.
const LEVEL: &str = "level";
const OFF: &str = "off";

/// What the files read so far say of rules: for each the table of its rules, from the weakest to the strongest.
#[derive(Clone, Default)]
pub(super) struct RuleTables<'c>(Vec<(DocPath, &'c DeTable<'c>)>);

impl<'c> RuleTables<'c> {
    /// The tables of options of one rule, and their files.
    fn options(&self, rule: &Rule) -> (Vec<&DocPath>, Vec<&'c DeTable<'c>>) {
        let files = self.0.iter();
        files
            .filter_map(|(path, table)| Some((path, value_of(table, rule.id)?.get_ref().as_table()?)))
            .unzip()
    }

    /// The check of a rule, built with all options that are written for it.
    fn check(&self, rule: &Rule) -> Option<(Box<dyn Check>, Vec<WrittenOption>)> {
        let (files, tables) = self.options(rule);
        let mut options = Options::new(tables);
        // What is wrong with an option has been said of the file that has it.
        let check = (rule.build)(&mut options).ok()?;
        Some((check, WrittenOption::of(options.taken(), &files)))
    }
}

impl Reader<'_> {
    /// `[rules]` of a file. What the first file at the root says is the base, which all others refine.
    pub(super) fn rules<'c>(
        &mut self,
        document: &'c DeTable<'c>,
        tables: &mut RuleTables<'c>,
        config: &mut Config,
    ) {
        let key = key_of(document, "rules");
        let Some(table) = value_of(document, "rules").and_then(|value| self.table("rules", value)) else {
            return;
        };
        let rules = self.refined(table, tables);
        tables.0.push((self.path.clone(), table));
        let is_first = config.ruleset.overrides.is_empty() && tables.0.len() == 1;
        if is_first && self.folder.as_str().is_empty() {
            config.ruleset.refine_everywhere(rules);
            return;
        }
        let place = self.place(key.unwrap_or_default());
        config.ruleset.overrides.push(Scope::folder(self.folder.clone()), RuleOverride { place, rules });
    }

    /// Levels and options for some pages.
    pub(super) fn overridden_rules<'c>(
        &mut self,
        value: &'c Value<'c>,
        tables: &RuleTables<'c>,
    ) -> Vec<Refined> {
        let Some(table) = self.table("rules", value) else {
            return Vec::new();
        };
        if table.is_empty() {
            self.fault(span_of(value), "no rule is named", "write `rules = { broken-link = \"warning\" }`");
        }
        self.refined(table, tables)
    }

    /// The rules of a table, each with the options of the tables before it and its own.
    fn refined<'c>(&mut self, table: &'c DeTable<'c>, before: &RuleTables<'c>) -> Vec<Refined> {
        let mut all = before.clone();
        all.0.push((self.path.clone(), table));
        let refined = |(key, value): (&Key<'_>, &'c Value<'c>)| {
            let rule = self.rule(key)?;
            let setting = self.rule_setting(rule, value);
            let own = value.get_ref().as_table();
            let has_options = own.is_some_and(|own| own.keys().any(|key| key.get_ref() != LEVEL));
            if has_options {
                self.check_options(rule, own);
            }
            let check = if has_options { all.check(rule) } else { None };
            Some(Refined { rule, setting, check })
        };
        table.iter().filter_map(refined).collect()
    }

    /// The level of a rule, written alone or in a table beside the rule's options.
    fn rule_setting(&mut self, rule: &Rule, value: &Value<'_>) -> Option<(Setting, Place)> {
        let (name, span) = match value.get_ref() {
            DeValue::String(name) => (&**name, span_of(value)),
            DeValue::Table(table) => {
                let value = value_of(table, LEVEL)?;
                (self.string(LEVEL, value, "level = \"warning\"")?, span_of(value))
            }
            _ => {
                let example = format!("{} = \"{OFF}\"", rule.id);
                self.wrong_kind(rule.id, value, "a level or a table of options", &example);
                return None;
            }
        };
        Some((self.setting(name, span)?, self.place(span)))
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

    /// Lets a rule read the options of one table, and reports what is wrong with them.
    fn check_options(&mut self, rule: &Rule, table: Option<&DeTable<'_>>) {
        let mut options = Options::new(table.into_iter().collect());
        if let Err(fault) = (rule.build)(&mut options) {
            self.add(fault);
            return;
        }
        let known: Vec<&str> = options.known().map(|option| option.name).chain([LEVEL]).collect();
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
    }
}

/// Every rule as it is where nothing is configured.
pub(super) fn unconfigured(rules: &[&'static Rule]) -> Vec<Ruled> {
    let ruled = |rule: &&'static Rule| {
        let (check, options) = RuleTables::default().check(rule)?;
        Some(Ruled { rule, check, options, setting: None, place: None })
    };
    rules.iter().filter_map(ruled).collect()
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
