//! `waypost config`: what holds for a page and where each of it comes from; and the schema of the file.

use std::io::{BufWriter, Write};

use serde_json::{Value, json};

use super::args::{ConfigArgs, ConfigFormat};
use super::{Failure, NOTHING_FOUND};
use crate::config::{self, Config};
use crate::contract::Origin;
use crate::dialect::Dialect;
use crate::finding::Level;
use crate::glob::{Case, Globs};
use crate::open::{Input, Opened, TreeRequest};
use crate::path::DocPath;
use crate::report::PathDisplay;
use crate::rules::{OptionValue, Place, RuleHere, Setting, WrittenOption};
use crate::scope::Scope;
use crate::site::{DocId, Page, Role, Site};
use crate::source::LineIndex;
use crate::words::visible;

/// Prints the schema, or what holds for a page.
pub(super) fn run(args: &ConfigArgs, out: &mut dyn Write) -> Result<u8, Failure> {
    if args.schema {
        out.write_all(config::schema().as_bytes())?;
        return Ok(NOTHING_FOUND);
    }
    let mut out = BufWriter::new(out);
    let request = TreeRequest {
        current_folder: super::current_folder()?,
        paths: args.path.iter().cloned().collect(),
        root: args.root.clone(),
        config: args.config.clone(),
        isolated: args.isolated,
        ..TreeRequest::default()
    };
    let Opened { input, config, .. } = Input::open(&request, None)?;
    let path = page(&input)?;
    let site = input.site(input.tree());
    let root = PathDisplay::new(input.root(), input.current_folder()).show(&DocPath::default()).into_owned();
    let explained = Explained { path: &path, root: &root, config: &config, site: &site };
    match args.format {
        ConfigFormat::Text => explained.write_text(&mut out)?,
        ConfigFormat::Json => writeln!(out, "{:#}", explained.json())?,
    }
    out.flush()?;
    Ok(NOTHING_FOUND)
}

fn page(input: &Input) -> Result<DocPath, Failure> {
    input.page().ok_or_else(|| {
        Failure::usage("what holds may differ from page to page: one must be named")
            .help("`waypost config docs/index.md`; `waypost config --schema` is about no page")
    })
}

/// A page, and all that may say something of it.
struct Explained<'e> {
    path: &'e DocPath,
    /// The root, from which all paths are seen, as seen from the current folder.
    root: &'e str,
    config: &'e Config,
    site: &'e Site,
}

/// Why a dialect judges.
struct Reason {
    text: &'static str,
    place: Option<String>,
}

impl Explained<'_> {
    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "{}", visible(self.path.as_str()))?;
        if !self.root.is_empty() {
            writeln!(out, "root: {}", visible(self.root))?;
        }
        let Some(doc) = self.doc() else {
            writeln!(out, "\nnot checked")?;
            return write_list(out, "excluded by", &self.excluded());
        };
        writeln!(out, "\njudged by")?;
        let Reason { text, place } = self.reason();
        for page in self.site.views(doc) {
            let place = place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
            let folder = folder(&page);
            writeln!(
                out,
                "  {} of {folder}, {}: {text}{}",
                page.dialect().name,
                role(page.role()),
                visible(&place)
            )?;
        }
        write_list(out, "matched by `exclude`, and taken back", &self.excluded())?;
        write_list(out, "dialects overridden by", &self.dialect_overrides())?;
        write_list(out, "rules overridden by", &self.rule_overrides())?;
        write_list(out, "contracts", &self.contracts())?;
        writeln!(out, "\nrules")?;
        for here in self.config.ruleset.at(self.path) {
            for (level, by) in self.levels(&here, doc) {
                writeln!(out, "  {:24} {level:8} {}", here.rule.id, visible(&by))?;
            }
            for option in here.options {
                let by = self.place_or(option.place.as_ref(), "default");
                writeln!(out, "    {} = {}  {}", option.option.name, visible(&toml(option)), visible(&by))?;
            }
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let list = |entries: Vec<(String, String)>| -> Value {
            entries.into_iter().map(|(what, place)| json!({ "what": what, "place": place })).collect()
        };
        let Reason { text, place } = self.reason();
        let doc = self.doc();
        let judges = doc.map(|doc| {
            let judge = |page: Page<'_>| {
                json!({ "dialect": page.dialect().name, "folder": page.project.folder.as_str(), "role": role(page.role()),
                    "reason": text, "place": place })
            };
            self.site.views(doc).map(judge).collect::<Vec<_>>()
        });
        let rule = |here: RuleHere<'_>| {
            let levels = doc.map(|doc| self.levels(&here, doc)).unwrap_or_default();
            let levels: Vec<Value> =
                levels.into_iter().map(|(level, from)| json!({ "level": level, "from": from })).collect();
            let option = |option: &WrittenOption| {
                let value = match &option.value {
                    OptionValue::Strings(texts) => json!(texts),
                    OptionValue::Number(number) => json!(number),
                };
                json!({ "name": option.option.name, "value": value,
                    "from": self.place_or(option.place.as_ref(), "default") })
            };
            let options: Vec<Value> = here.options.iter().map(option).collect();
            json!({ "rule": here.rule.id, "levels": levels, "options": options })
        };
        let rules: Vec<Value> = self.config.ruleset.at(self.path).into_iter().map(rule).collect();
        json!({
            "version": 1,
            "path": self.path.as_str(),
            "checked": doc.is_some(),
            "judges": judges.unwrap_or_default(),
            "excludedBy": list(self.excluded()),
            "dialectOverrides": list(self.dialect_overrides()),
            "ruleOverrides": list(self.rule_overrides()),
            "contracts": list(self.contracts()),
            "rules": rules,
        })
    }

    fn doc(&self) -> Option<DocId> {
        (0..self.site.docs.len() as DocId).find(|&doc| self.site.doc(doc).path == *self.path)
    }

    fn reason(&self) -> Reason {
        if let Some(entry) = self.config.overrides.at(self.path).last() {
            return Reason { text: "an override", place: Some(self.place(&entry.place)) };
        }
        match &self.config.dialects_place {
            Some(place) => Reason { text: "`dialect`", place: Some(self.place(place)) },
            None => Reason { text: "detected from the files of the tree", place: None },
        }
    }

    /// The level on this page, and where it comes from, for each way in which dialects have it.
    fn levels(&self, here: &RuleHere<'_>, doc: DocId) -> Vec<(&'static str, String)> {
        if let Some(setting) = here.setting {
            return vec![(name_of(setting), self.place_or(here.place, "default"))];
        }
        let mut levels: Vec<(&'static str, String)> = Vec::new();
        for page in self.site.views(doc) {
            let dialect: &Dialect = page.dialect();
            let level = dialect.level(here.rule);
            let by = match level == here.rule.level {
                true => "default of the rule".to_owned(),
                false => format!("default of the dialect {}", dialect.name),
            };
            let entry = (level.map_or("off", Level::as_str), by);
            if !levels.contains(&entry) {
                levels.push(entry);
            }
        }
        levels
    }

    fn excluded(&self) -> Vec<(String, String)> {
        let matches = |excluded: &&config::Excluded| {
            let pattern = excluded.pattern.trim_start_matches('!');
            Globs::like_gitignore([pattern], Case::Sensitive)
                .is_ok_and(|globs| Scope::files(excluded.folder.clone(), globs).matches(self.path))
        };
        let matching = self.config.exclude.iter().filter(matches);
        matching.map(|excluded| (excluded.pattern.clone(), self.place(&excluded.place))).collect()
    }

    fn dialect_overrides(&self) -> Vec<(String, String)> {
        let overrides = self.config.overrides.at(self.path).into_iter();
        overrides.map(|entry| (entry.dialects.join(", "), self.place(&entry.place))).collect()
    }

    fn rule_overrides(&self) -> Vec<(String, String)> {
        let overrides = self.config.ruleset.overrides.at(self.path).into_iter();
        let overrides = overrides.filter(|entry| !entry.rules.is_empty());
        let names = |entry: &crate::rules::RuleOverride| {
            entry.rules.iter().map(|refined| refined.rule.id).collect::<Vec<_>>().join(", ")
        };
        overrides.map(|entry| (names(entry), self.place(&entry.place))).collect()
    }

    fn contracts(&self) -> Vec<(String, String)> {
        let concerned = self.config.contracts.list.iter().filter(|contract| {
            contract.selection.files.as_ref().is_none_or(|files| files.matches(self.path))
        });
        let origin = |contract: &crate::contract::Contract| match &contract.origin {
            Origin::File(path) => self.place(&Place { path: path.clone(), span: contract.span }),
            Origin::Preset(name) => format!("preset {name}"),
        };
        concerned.map(|contract| (contract.name.clone(), origin(contract))).collect()
    }

    fn place_or(&self, place: Option<&Place>, otherwise: &str) -> String {
        place.map_or_else(|| otherwise.to_owned(), |place| self.place(place))
    }

    /// `file:line`.
    fn place(&self, place: &Place) -> String {
        let text = self.config.texts.iter().find(|(path, _)| *path == place.path);
        let line =
            text.map(|(_, text)| LineIndex::new(text).line_column(text, place.span.start as usize).line);
        format!("{}:{}", place.path, line.unwrap_or(1))
    }
}

fn folder(page: &Page<'_>) -> String {
    match page.project.folder.as_str() {
        "" => "the whole tree".to_owned(),
        folder => format!("`{}`", visible(folder)),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Published => "published",
        Role::Include => "included",
        Role::Unpublished => "unpublished",
        Role::Navigation => "navigation",
    }
}

fn name_of(setting: Setting) -> &'static str {
    match setting {
        Setting::Off => "off",
        Setting::At(level) => level.as_str(),
    }
}

/// A value as it may be written.
fn toml(option: &WrittenOption) -> String {
    match &option.value {
        OptionValue::Strings(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| json!(text).to_string()).collect();
            format!("[{}]", texts.join(", "))
        }
        OptionValue::Number(number) => number.to_string(),
    }
}

fn write_list(out: &mut dyn Write, title: &str, entries: &[(String, String)]) -> std::io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    for (what, place) in entries {
        let what = if what.is_empty() { String::new() } else { format!("{what}  ") };
        writeln!(out, "  {}{}", visible(&what), visible(place))?;
    }
    Ok(())
}
