//! `waypost.toml` -> [`Config`].
//!
//! Owns the shape of the file and what is said of mistakes in it: each points at the key or value that is wrong and
//! offers the way out. Pure: it is given the text, never reads the disk, and does not know how faults are printed.

use std::sync::Arc;

use regex::Regex;
use toml::de::DeTable;

use crate::contract::Contracts;
use crate::glob::Globs;
use crate::path::DocPath;
use crate::preset::Preset;
use crate::rules::{OptionFault, RULES, Rule, Ruleset};
use crate::site::{Mount, OwnRepository};
use crate::source::Span;

pub use preset_file::parse as parse_preset;
pub use presets::{UserPreset, built_in_preset, preset_names, preset_paths};

use reader::Reader;

mod contracts;
mod levels;
mod patterns;
mod places;
mod preset_file;
mod presets;
mod reader;
mod sections;
mod syntax;

/// The name of the configuration file, at the root of the tree.
pub const FILE_NAME: &str = "waypost.toml";

/// What is configured. The default is what holds without a configuration file.
#[derive(Debug, Default)]
pub struct Config {
    /// The dialects that judge each page, by their names; empty where they are to be detected.
    pub dialects: Vec<String>,
    /// What is not checked, as in `.gitignore`; each is a valid pattern.
    pub exclude: Vec<String>,
    /// Destinations that are never reported.
    pub accept: Vec<Regex>,
    /// Fragments that a generator makes, without their `#`.
    pub accept_anchors: Vec<Regex>,
    /// URL prefixes that are folders of the tree; longer prefixes first, so that the first match is the best.
    pub mounts: Vec<Mount>,
    /// The base path of a Learn docset's rooted links: begins with `/`, does not end with one.
    pub base_path: Option<String>,
    /// What holds for some pages only, levels apart, which [`Config::ruleset`] has.
    pub overrides: Vec<Override>,
    /// Which repository the tree is.
    pub repository: OwnRepository,
    /// What is demanded of tables.
    pub contracts: Contracts,
    /// The vocabularies that are used.
    pub presets: Vec<Arc<Preset>>,
    /// The rules with their options and levels.
    pub ruleset: Ruleset,
    /// What it was read from: findings may point into these texts.
    pub texts: Vec<(DocPath, Arc<str>)>,
}

/// What holds for some pages only.
#[derive(Clone, Debug)]
pub struct Override {
    /// The pages.
    pub files: Globs,
    /// The dialects that judge them, if they are others.
    pub dialects: Option<Vec<String>>,
}

/// One mistake in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The key or value that is wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// Reads the text of a configuration file that stands at the root and needs no other file.
///
/// # Errors
/// All mistakes in it, in the order in which they are written.
pub fn parse(text: &str) -> Result<Config, Vec<ConfigFault>> {
    parse_at(text, &DocPath::new(FILE_NAME), &[])
}

/// Reads the text of the configuration file `path`, which may lie above the root, given the presets at the
/// [`preset_paths`] it names.
///
/// # Errors
/// All mistakes in it, in the order in which they are written.
pub fn parse_at(text: &str, path: &DocPath, presets: &[UserPreset]) -> Result<Config, Vec<ConfigFault>> {
    parse_with(text, path, RULES, presets)
}

/// Every key of the file but those below `[[table]]`, for whoever shows them all.
pub fn keys() -> impl Iterator<Item = &'static str> {
    [places::TOP, places::LINKS, places::LEARN, places::OVERRIDE].into_iter().flatten().copied()
}

/// Every key of a contract.
pub fn contract_keys() -> impl Iterator<Item = &'static str> {
    let columns =
        [places::TABLE, places::COLUMN, places::CELL, places::LINK, places::REFERENCE, places::TERM];
    let rows = [places::WHEN, places::TEST, places::COUNT];
    columns.into_iter().chain(rows).flatten().copied()
}

fn parse_with(
    text: &str,
    path: &DocPath,
    rules: &[&'static Rule],
    presets: &[UserPreset],
) -> Result<Config, Vec<ConfigFault>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax::faults(text, &errors));
    }
    let mut reader = Reader::new(text, rules, presets);
    let mut config = reader.config(document.get_ref(), path);
    config.texts.push((path.clone(), text.into()));
    config.texts.extend(presets.iter().map(|user| (user.path.clone(), user.text.clone())));
    reader.finish(config)
}

impl From<OptionFault> for ConfigFault {
    fn from(OptionFault { span, message, help }: OptionFault) -> ConfigFault {
        ConfigFault { span, message, help }
    }
}

#[cfg(test)]
mod tests;
