//! The rules with their options and levels, ready to run.
//!
//! Owns which level the configuration gives a rule at a path. Does not know how the configuration is written.

use std::fmt;

use super::{Check, Options, RULES, Rule};
use crate::finding::Level;
use crate::glob::Globs;
use crate::path::DocPath;

/// What the configuration says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// It reports nothing.
    Off,
    /// All it reports has this level.
    At(Level),
}

/// A rule, made ready to run.
pub struct Ruled {
    /// The rule.
    pub rule: &'static Rule,
    /// Its check, built with its options.
    pub check: Box<dyn Check>,
    /// What the configuration says of it for all pages; `None` leaves it to the rule and the dialect.
    pub setting: Option<Setting>,
}

/// Settings for some pages.
#[derive(Clone, Debug)]
pub struct LevelOverride {
    /// The pages.
    pub files: Globs,
    /// The settings of the rules it names.
    pub levels: Vec<(&'static Rule, Setting)>,
}

/// All rules, and what the configuration says of each.
pub struct Ruleset {
    /// Every rule, in the order of [`RULES`].
    pub rules: Vec<Ruled>,
    /// Settings for some pages; the last that matches a page and names the rule wins.
    pub overrides: Vec<LevelOverride>,
}

impl Ruleset {
    /// What the configuration says of a rule at a path; `None` leaves it to the rule and the dialect.
    #[must_use]
    pub fn setting(&self, rule: &Rule, path: &DocPath) -> Option<Setting> {
        self.overrides
            .iter()
            .rev()
            .filter_map(|entry| Some((entry, entry.setting(rule)?)))
            .find(|(entry, _)| entry.files.matches(path.as_str()))
            .map(|(_, setting)| setting)
            .or_else(|| self.rules.iter().find(|ruled| ruled.rule == rule)?.setting)
    }

    /// A level that the configuration gives a rule for all or for some pages, if it switches it on at all.
    #[must_use]
    pub fn level_somewhere(&self, rule: &Rule) -> Option<Level> {
        let for_all = self.rules.iter().filter(|ruled| ruled.rule == rule).filter_map(|ruled| ruled.setting);
        let for_some = self.overrides.iter().filter_map(|entry| entry.setting(rule));
        for_all.chain(for_some).find_map(|setting| match setting {
            Setting::At(level) => Some(level),
            Setting::Off => None,
        })
    }

    /// [`Ruleset::setting`] of every rule, in the order of [`Ruleset::rules`]: matches each glob once.
    #[must_use]
    pub fn settings(&self, path: &DocPath) -> Vec<Option<Setting>> {
        let overrides: Vec<&LevelOverride> =
            self.overrides.iter().rev().filter(|entry| entry.files.matches(path.as_str())).collect();
        let overridden = |rule| overrides.iter().find_map(|entry| entry.setting(rule));
        self.rules.iter().map(|ruled| overridden(ruled.rule).or(ruled.setting)).collect()
    }
}

impl LevelOverride {
    fn setting(&self, rule: &Rule) -> Option<Setting> {
        self.levels.iter().find(|(named, _)| *named == rule).map(|(_, setting)| *setting)
    }
}

/// Every rule with the options and the level it has when nothing is configured.
impl Default for Ruleset {
    fn default() -> Ruleset {
        let rules = RULES.iter().map(|&rule| {
            let check = (rule.build)(&mut Options::new(None))
                .unwrap_or_else(|fault| unreachable!("{} needs no options: {}", rule.id, fault.message));
            Ruled { rule, check, setting: None }
        });
        Ruleset { rules: rules.collect(), overrides: Vec::new() }
    }
}

impl fmt::Debug for Ruled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {:?}", self.rule, self.setting)
    }
}

impl fmt::Debug for Ruleset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruleset").field("rules", &self.rules).field("overrides", &self.overrides).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glob::Case;

    #[test]
    fn every_rule_builds_without_options() {
        let ruleset = Ruleset::default();
        let rules: Vec<&Rule> = ruleset.rules.iter().map(|ruled| ruled.rule).collect();
        assert_eq!(rules, RULES);
    }

    #[test]
    fn the_last_matching_override_wins() {
        let rule = RULES[0];
        let setting_for = |glob, setting| LevelOverride {
            files: Globs::like_gitignore([glob], Case::Sensitive).unwrap(),
            levels: vec![(rule, setting)],
        };
        let mut ruleset = Ruleset::default();
        let page = DocPath::new("docs/a.md");
        assert_eq!(ruleset.setting(rule, &page), None);

        ruleset.rules[0].setting = Some(Setting::At(Level::Info));
        assert_eq!(ruleset.setting(rule, &page), Some(Setting::At(Level::Info)));

        ruleset.overrides.push(setting_for("docs", Setting::Off));
        ruleset.overrides.push(setting_for("docs/a.md", Setting::At(Level::Warning)));
        ruleset.overrides.push(setting_for("other", Setting::At(Level::Error)));
        for (path, expected) in [
            ("docs/a.md", Setting::At(Level::Warning)),
            ("docs/b.md", Setting::Off),
            ("b.md", Setting::At(Level::Info)),
        ] {
            let path = DocPath::new(path);
            assert_eq!(ruleset.setting(rule, &path), Some(expected), "{path}");
            assert_eq!(ruleset.settings(&path)[0], Some(expected), "{path}");
        }
    }
}
