//! `waypost.toml`, with those it extends and those that refine it -> [`Config`].
//!
//! Owns the shape of the file and what is said of mistakes in it: each points at the key or value that is wrong and
//! offers the way out. Pure: it is given the texts, never reads the disk, and does not know how faults are printed.

use std::sync::Arc;

use regex::Regex;
use toml::de::DeTable;

use crate::contract::Contracts;
use crate::path::DocPath;
use crate::preset::Preset;
use crate::rules::{OptionFault, Place, RULES, Rule, Ruleset};
use crate::scope::{ByFolder, Scope};
use crate::site::{Mount, OwnRepository};
use crate::source::{Span, Spanned};

pub use preset_file::parse as parse_preset;
pub use presets::{UserPreset, built_in_preset, preset_names, preset_paths};
pub use schema::schema;

use reader::{Reader, value_of};

mod contracts;
mod levels;
mod patterns;
mod places;
mod preset_file;
mod presets;
mod reader;
mod schema;
mod sections;
mod syntax;

/// The name of the configuration file, at the root of the tree.
pub const FILE_NAME: &str = "waypost.toml";

/// What is configured. The default is what holds without a configuration file.
#[derive(Debug, Default)]
pub struct Config {
    /// The dialects that judge each page, by their names; empty where they are to be detected.
    pub dialects: Vec<String>,
    /// Where that is written.
    pub dialects_place: Option<Place>,
    /// What is not checked.
    pub exclude: Vec<Excluded>,
    /// Destinations that are never reported.
    pub accept: Vec<Regex>,
    /// Fragments that a generator makes, without their `#`.
    pub accept_anchors: Vec<Regex>,
    /// URL prefixes that are folders of the tree; longer prefixes first, so that the first match is the best.
    pub mounts: Vec<Mount>,
    /// The base path of a Learn docset's rooted links: begins with `/`, does not end with one.
    pub base_path: Option<String>,
    /// Other dialects for some pages.
    pub overrides: ByFolder<DialectOverride>,
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

/// A pattern of pages that are not checked, as in `.gitignore`; it is a valid one.
#[derive(Clone, Debug)]
pub struct Excluded {
    /// The pattern.
    pub pattern: String,
    /// The folder that it is relative to, and below which it holds.
    pub folder: DocPath,
    /// Where it is written.
    pub place: Place,
}

/// Other dialects for some pages.
#[derive(Clone, Debug)]
pub struct DialectOverride {
    /// The dialects that judge them.
    pub dialects: Vec<String>,
    /// Where that is written.
    pub place: Place,
}

/// What is configured for a folder and all below it.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The folder; the root is the empty path.
    pub folder: DocPath,
    /// Its files, first those that others of them extend, last its own.
    pub files: Vec<ConfigFile>,
}

/// A configuration file.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// Where it is, as seen from the root, above which it may lie.
    pub path: DocPath,
    /// Its text.
    pub text: Arc<str>,
    /// The presets at the [`preset_paths`] it names.
    pub presets: Vec<UserPreset>,
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

/// The mistakes in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultyFile {
    /// The file.
    pub path: DocPath,
    /// Its mistakes, in the order in which they are written; never empty.
    pub faults: Vec<ConfigFault>,
}

/// Reads the text of a configuration file that stands at the root and needs no other file.
///
/// # Errors
/// All mistakes in it, in the order in which they are written.
pub fn parse(text: &str) -> Result<Config, Vec<ConfigFault>> {
    parse_with(text, RULES)
}

fn parse_with(text: &str, rules: &[&'static Rule]) -> Result<Config, Vec<ConfigFault>> {
    let file = ConfigFile { path: DocPath::new(FILE_NAME), text: text.into(), presets: Vec::new() };
    let layer = Layer { folder: DocPath::default(), files: vec![file] };
    read_with(&[layer], rules).map_err(|faulty| faulty.into_iter().flat_map(|file| file.faults).collect())
}

/// Reads the configuration of the root and of the folders that refine it, each folder after those above it.
///
/// # Errors
/// All mistakes in the files.
pub fn read(layers: &[Layer]) -> Result<Config, Vec<FaultyFile>> {
    read_with(layers, RULES)
}

fn read_with(layers: &[Layer], rules: &[&'static Rule]) -> Result<Config, Vec<FaultyFile>> {
    let files = || layers.iter().flat_map(|layer| &layer.files);
    let (documents, faulty) = documents(files());
    if !faulty.is_empty() {
        return Err(faulty);
    }
    let mut documents = documents.iter();
    let mut faulty = Vec::new();
    let mut config = Config::default();
    config.ruleset.rules = levels::unconfigured(rules);
    let mut tables = ByFolder::default();
    for layer in layers {
        let mut of_layer = tables.at(&layer.folder).pop().cloned().unwrap_or_default();
        for ((file, document), further) in
            layer.files.iter().zip(&mut documents).zip((0..layer.files.len()).rev())
        {
            let reader = Reader::new(&file.text, rules, &file.presets);
            let mut reader = reader.of_file(&file.path, &layer.folder, further > 0);
            reader.config(document.get_ref(), &mut of_layer, &mut config);
            // Several folders may extend the same file.
            faulty.extend(faulty_file(&file.path, reader.faults()).filter(|file| !faulty.contains(file)));
        }
        tables.push(Scope::folder(layer.folder.clone()), of_layer);
    }
    if !faulty.is_empty() {
        return Err(faulty);
    }
    for preset in &config.presets {
        config.contracts.append(&preset.contracts);
    }
    config.texts.extend(files().flat_map(ConfigFile::texts));
    Ok(config)
}

/// The files as TOML; and those that are none.
fn documents<'t>(
    files: impl Iterator<Item = &'t ConfigFile>,
) -> (Vec<toml::Spanned<DeTable<'t>>>, Vec<FaultyFile>) {
    let mut faulty = Vec::new();
    let parsed = files.map(|file| {
        let (document, errors) = DeTable::parse_recoverable(&file.text);
        faulty.extend(faulty_file(&file.path, syntax::faults(&file.text, &errors)));
        document
    });
    (parsed.collect(), faulty)
}

fn faulty_file(path: &DocPath, faults: Vec<ConfigFault>) -> Option<FaultyFile> {
    (!faults.is_empty()).then(|| FaultyFile { path: path.clone(), faults })
}

impl ConfigFile {
    fn texts(&self) -> impl Iterator<Item = (DocPath, Arc<str>)> {
        let own = (self.path.clone(), self.text.clone());
        [own].into_iter().chain(self.presets.iter().map(|user| (user.path.clone(), user.text.clone())))
    }
}

/// Whether a file says `root = true`: those above it are not its own.
#[must_use]
pub fn is_root(text: &str) -> bool {
    let (document, _) = DeTable::parse_recoverable(text);
    value_of(document.get_ref(), "root").and_then(|value| value.get_ref().as_bool()) == Some(true)
}

/// The files that a file extends, with the places where it says so; mistakes are left to [`read`].
#[must_use]
pub fn extended_paths(text: &str) -> Vec<Spanned<String>> {
    let (document, _) = DeTable::parse_recoverable(text);
    let value = value_of(document.get_ref(), "extends");
    let paths = value.map(presets::names).unwrap_or_default();
    paths.into_iter().map(|(value, span)| Spanned { value, span }).collect()
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

impl From<OptionFault> for ConfigFault {
    fn from(OptionFault { span, message, help }: OptionFault) -> ConfigFault {
        ConfigFault { span, message, help }
    }
}

#[cfg(test)]
mod tests;
