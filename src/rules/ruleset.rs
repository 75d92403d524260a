//! The rules with their options and levels, ready to run.
//!
//! Owns which level and options the configuration gives a rule at a path. Does not know how the configuration is
//! written.

use std::fmt;

use super::options::TakenOption;
use super::{Check, OptionValue, Options, RULES, Rule, RuleOption};
use crate::finding::Level;
use crate::path::DocPath;
use crate::scope::ByFolder;
use crate::source::Span;

/// What the configuration says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// It reports nothing.
    Off,
    /// All it reports has this level.
    At(Level),
}

/// A place in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as seen from the root.
    pub path: DocPath,
    /// Where in it.
    pub span: Span,
}

/// An option with its value and where that comes from.
#[derive(Clone, Debug)]
pub struct WrittenOption {
    /// The option.
    pub option: &'static RuleOption,
    /// What it is.
    pub value: OptionValue,
    /// Where that is written; `None` is the default.
    pub place: Option<Place>,
}

impl WrittenOption {
    /// What a rule has taken out of tables that are written in these files.
    #[must_use]
    pub fn of(taken: Vec<TakenOption>, files: &[&DocPath]) -> Vec<WrittenOption> {
        let placed = |(table, span): (usize, Span)| Some(Place { path: (*files.get(table)?).clone(), span });
        let written = |TakenOption { option, value, written }| WrittenOption {
            option,
            value,
            place: written.and_then(placed),
        };
        taken.into_iter().map(written).collect()
    }
}

/// A rule, made ready to run.
pub struct Ruled {
    /// The rule.
    pub rule: &'static Rule,
    /// Its check, built with its options.
    pub check: Box<dyn Check>,
    /// These options.
    pub options: Vec<WrittenOption>,
    /// What the configuration says of it for all pages; `None` leaves it to the rule and the dialect.
    pub setting: Option<Setting>,
    /// Where it says so.
    pub place: Option<Place>,
}

/// Settings for some pages: those of a folder, or an override.
#[derive(Debug)]
pub struct RuleOverride {
    /// Where it is written.
    pub place: Place,
    /// The rules it names.
    pub rules: Vec<Refined>,
}

/// What holds of a rule for some pages.
pub struct Refined {
    /// The rule.
    pub rule: &'static Rule,
    /// Its level, and where it is written, if it has one of its own here.
    pub setting: Option<(Setting, Place)>,
    /// Its check and the options it was built with, if it has some of its own here.
    pub check: Option<(Box<dyn Check>, Vec<WrittenOption>)>,
}

/// All rules, and what the configuration says of each.
pub struct Ruleset {
    /// Every rule, in the order of [`RULES`].
    pub rules: Vec<Ruled>,
    /// Settings for some pages; the strongest that names the rule wins.
    pub overrides: ByFolder<RuleOverride>,
}

/// A rule as it runs on one page.
#[derive(Clone, Copy)]
pub struct RuleHere<'r> {
    /// The rule.
    pub rule: &'static Rule,
    /// Its check, built with the options that hold here.
    pub check: &'r dyn Check,
    /// These options.
    pub options: &'r [WrittenOption],
    /// What the configuration says of it here; `None` leaves it to the rule and the dialect.
    pub setting: Option<Setting>,
    /// Where it says so.
    pub place: Option<&'r Place>,
}

impl Ruleset {
    /// What the configuration says of a rule at a path; `None` leaves it to the rule and the dialect.
    #[must_use]
    pub fn setting(&self, rule: &Rule, path: &DocPath) -> Option<Setting> {
        let overrides = self.overrides.at(path).into_iter().rev();
        overrides
            .flat_map(|entry| &entry.rules)
            .filter(|refined| refined.rule == rule)
            .find_map(|refined| refined.setting.as_ref())
            .map(|(setting, _)| *setting)
            .or_else(|| self.rules.iter().find(|ruled| ruled.rule == rule)?.setting)
    }

    /// Says for all pages what holds of some rules.
    pub fn refine_everywhere(&mut self, refined: Vec<Refined>) {
        for Refined { rule, setting, check } in refined {
            let Some(ruled) = self.rules.iter_mut().find(|ruled| ruled.rule == rule) else { continue };
            if let Some((setting, place)) = setting {
                (ruled.setting, ruled.place) = (Some(setting), Some(place));
            }
            if let Some((check, options)) = check {
                (ruled.check, ruled.options) = (check, options);
            }
        }
    }

    /// A level that the configuration gives a rule for all or for some pages, if it switches it on at all.
    #[must_use]
    pub fn level_somewhere(&self, rule: &Rule) -> Option<Level> {
        let for_all = self.rules.iter().filter(|ruled| ruled.rule == rule).filter_map(|ruled| ruled.setting);
        let named = self.overrides.values().flat_map(|entry| &entry.rules);
        let for_some = named
            .filter(|refined| refined.rule == rule)
            .filter_map(|refined| refined.setting.as_ref().map(|(setting, _)| *setting));
        let levels = for_all.chain(for_some).filter_map(|setting| match setting {
            Setting::At(level) => Some(level),
            Setting::Off => None,
        });
        levels.max()
    }

    /// Every rule as it runs on a page, in the order of [`Ruleset::rules`]: matches each glob once.
    #[must_use]
    pub fn at(&self, path: &DocPath) -> Vec<RuleHere<'_>> {
        let mut here: Vec<RuleHere<'_>> = self.rules.iter().map(Ruled::everywhere).collect();
        for refined in self.overrides.at(path).into_iter().flat_map(|entry| &entry.rules) {
            if let Some(here) = here.iter_mut().find(|here| here.rule == refined.rule) {
                here.refine(refined);
            }
        }
        here
    }
}

impl Ruled {
    fn everywhere(&self) -> RuleHere<'_> {
        RuleHere {
            rule: self.rule,
            check: &*self.check,
            options: &self.options,
            setting: self.setting,
            place: self.place.as_ref(),
        }
    }
}

impl<'r> RuleHere<'r> {
    fn refine(&mut self, refined: &'r Refined) {
        if let Some((setting, place)) = &refined.setting {
            self.setting = Some(*setting);
            self.place = Some(place);
        }
        if let Some((check, options)) = &refined.check {
            self.check = &**check;
            self.options = options;
        }
    }
}

/// Every rule with the options and the level it has when nothing is configured.
impl Default for Ruleset {
    fn default() -> Ruleset {
        let rules = RULES.iter().map(|&rule| {
            let mut options = Options::new(Vec::new());
            let check = (rule.build)(&mut options)
                .unwrap_or_else(|fault| unreachable!("{} needs no options: {}", rule.id, fault.message));
            let options = WrittenOption::of(options.taken(), &[]);
            Ruled { rule, check, options, setting: None, place: None }
        });
        Ruleset { rules: rules.collect(), overrides: ByFolder::default() }
    }
}

impl fmt::Debug for Ruled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {:?}", self.rule, self.setting)
    }
}

impl fmt::Debug for Refined {
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
    use crate::glob::{Case, Globs};
    use crate::scope::Scope;

    #[test]
    fn every_rule_builds_without_options() {
        let ruleset = Ruleset::default();
        let rules: Vec<&Rule> = ruleset.rules.iter().map(|ruled| ruled.rule).collect();
        assert_eq!(rules, RULES);
    }

    #[test]
    fn the_last_matching_override_wins() {
        let rule = RULES[0];
        let mut ruleset = Ruleset::default();
        let page = DocPath::new("docs/a.md");
        assert_eq!(ruleset.setting(rule, &page), None);

        ruleset.rules[0].setting = Some(Setting::At(Level::Info));
        assert_eq!(ruleset.setting(rule, &page), Some(Setting::At(Level::Info)));

        let place = Place { path: DocPath::new("waypost.toml"), span: Span::at(0) };
        for (glob, setting) in [
            ("docs", Setting::Off),
            ("docs/a.md", Setting::At(Level::Warning)),
            ("other", Setting::At(Level::Error)),
        ] {
            let files = Globs::like_gitignore([glob], Case::Sensitive).unwrap();
            let refined = Refined { rule, setting: Some((setting, place.clone())), check: None };
            let entry = RuleOverride { place: place.clone(), rules: vec![refined] };
            ruleset.overrides.push(Scope::files(DocPath::default(), files), entry);
        }
        for (path, expected) in [
            ("docs/a.md", Setting::At(Level::Warning)),
            ("docs/b.md", Setting::Off),
            ("b.md", Setting::At(Level::Info)),
        ] {
            let path = DocPath::new(path);
            assert_eq!(ruleset.setting(rule, &path), Some(expected), "{path}");
            assert_eq!(ruleset.at(&path)[0].setting, Some(expected), "{path}");
        }
    }
}
