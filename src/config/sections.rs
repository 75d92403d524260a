//! The sections of the file, from the top: dialects, globs, links, mounts, learn, overrides.

use toml::de::{DeTable, DeValue};

use super::reader::{Reader, Value};
use super::{Config, Mount, Override, places};
use crate::contract::Origin;
use crate::dialect;
use crate::glob::Globs;
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::rules::{LevelOverride, Rule, Setting, span_of};
use crate::site::OwnRepository;
use crate::source::Span;

impl Reader<'_> {
    pub(super) fn config(&mut self, document: &DeTable<'_>, path: &DocPath) -> Config {
        let mut config = Config::default();
        let mut rules = None;
        for (key, value) in document {
            match &**key.get_ref() {
                "dialect" | "dialects" => config.dialects = self.dialects(value),
                "exclude" => config.exclude = self.exclude(value),
                "repository" => config.repository = self.repository(value),
                "rules" => rules = self.table("rules", value),
                "links" => self.links(value, &mut config),
                "mounts" => config.mounts = self.mounts(value),
                "learn" => config.base_path = self.learn(value),
                "overrides" => self.overrides(value, &mut config),
                "preset" | "presets" => config.presets = self.presets(value),
                "table" => config.contracts = self.contracts(value, &Origin::File(path.clone())),
                _ => self.unknown_key(key, "", places::TOP),
            }
        }
        for preset in &config.presets {
            config.contracts.append(&preset.contracts);
        }
        config.ruleset.rules = self.ruled(rules);
        config
    }

    /// A name or a list of names.
    fn dialects(&mut self, value: &Value<'_>) -> Vec<String> {
        let names = match value.get_ref() {
            DeValue::String(name) => vec![(name.to_string(), span_of(value))],
            DeValue::Array(_) => self.strings("dialect", value),
            _ => {
                let example = format!("dialect = \"{}\"", dialect::DIALECTS[0].name);
                self.wrong_kind("dialect", value, "a string or a list of strings", &example);
                return Vec::new();
            }
        };
        if matches!(value.get_ref(), DeValue::Array(items) if items.is_empty()) {
            self.fault(
                span_of(value),
                "`dialect` names none",
                "leave the key out to have the dialect detected",
            );
        }
        let mut dialects = Vec::new();
        for (name, span) in names {
            if dialect::Dialect::find(&name).is_none() {
                self.unknown_dialect(&name, span);
            } else if dialects.contains(&name) {
                self.fault(span, format!("`{name}` is named twice"), "name each dialect once");
            } else {
                dialects.push(name);
            }
        }
        dialects
    }

    /// The address of the repository, or `false`.
    fn repository(&mut self, value: &Value<'_>) -> OwnRepository {
        const EXAMPLE: &str = "repository = \"https://github.com/owner/name\"";
        let address = match value.get_ref() {
            DeValue::Boolean(false) => return OwnRepository::Unjudged,
            DeValue::String(address) => address,
            _ => {
                self.wrong_kind("repository", value, "an address or `false`", EXAMPLE);
                return OwnRepository::Detected;
            }
        };
        let plain = address.trim_end_matches('/').trim_end_matches(".git");
        let path = plain.strip_prefix("https://").and_then(|rest| rest.split_once('/'));
        if path.is_none_or(|(host, path)| host.is_empty() || !path.contains('/') || path.contains("//")) {
            let help = format!("write `{EXAMPLE}`");
            self.fault(span_of(value), format!("`{address}` is no address of a repository"), help);
        }
        OwnRepository::At(plain.to_owned())
    }

    fn unknown_dialect(&mut self, name: &str, span: Span) {
        let help = match nearest(name, dialect::names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let known = enumerate(dialect::names(), "and");
                format!("the dialects are {known}; leave the key out to have it detected")
            }
        };
        self.fault(span, format!("unknown dialect `{name}`"), help);
    }

    fn links(&mut self, value: &Value<'_>, config: &mut Config) {
        for (key, value) in self.table("links", value).into_iter().flatten() {
            match &**key.get_ref() {
                "accept" => config.accept = self.regexes("accept", value),
                "accept-anchors" => config.accept_anchors = self.regexes("accept-anchors", value),
                _ => self.unknown_key(key, "links", places::LINKS),
            }
        }
    }

    fn mounts(&mut self, value: &Value<'_>) -> Vec<Mount> {
        let mut mounts: Vec<Mount> = Vec::new();
        for (key, value) in self.table("mounts", value).into_iter().flatten() {
            let prefix = self.rooted_path(key.get_ref(), span_of(key));
            let folder = self.mounted_folder(key.get_ref(), value);
            let (Some(prefix), Some(folder)) = (prefix, folder) else { continue };
            if mounts.iter().any(|mount| mount.prefix == prefix) {
                self.fault(span_of(key), format!("`{prefix}` is mounted twice"), "keep one of the two");
            }
            mounts.push(Mount { prefix, folder });
        }
        mounts.sort_by(|a, b| b.prefix.len().cmp(&a.prefix.len()).then_with(|| a.prefix.cmp(&b.prefix)));
        mounts
    }

    fn mounted_folder(&mut self, prefix: &str, value: &Value<'_>) -> Option<DocPath> {
        let written = self.string(prefix, value, &format!("\"{prefix}\" = \"folder\""))?;
        self.folder(written, span_of(value))
    }

    /// A folder of the tree.
    pub(super) fn folder(&mut self, written: &str, span: Span) -> Option<DocPath> {
        let folder = DocPath::new(&written.replace('\\', "/"));
        if folder.levels_above_root() > 0 {
            self.fault(span, format!("`{written}` leads out of the root"), "name a folder of the tree");
            return None;
        }
        if written.starts_with('/') {
            let help = format!("write it relative to the root: `{folder}`");
            self.fault(span, format!("the folder `{written}` begins with `/`"), help);
            return None;
        }
        if written.contains('\\') || written.contains(':') {
            let help = "write it relative to the root and with `/`";
            self.fault(span, format!("`{written}` is no folder of the tree"), help);
            return None;
        }
        Some(folder)
    }

    fn learn(&mut self, value: &Value<'_>) -> Option<String> {
        let mut base_path = None;
        for (key, value) in self.table("learn", value)? {
            match &**key.get_ref() {
                "base-path" => base_path = self.base_path(value),
                _ => self.unknown_key(key, "learn", places::LEARN),
            }
        }
        base_path
    }

    fn base_path(&mut self, value: &Value<'_>) -> Option<String> {
        let written = self.string("base-path", value, "base-path = \"/product\"")?;
        let path = self.rooted_path(written, span_of(value))?;
        if path == "/" {
            let help = "write the docset's first segments, such as `/product`";
            self.fault(span_of(value), "a base path of `/` names no docset", help);
            return None;
        }
        Some(path)
    }

    /// The path of a URL: from `/`, without an ending `/`.
    fn rooted_path(&mut self, written: &str, span: Span) -> Option<String> {
        let path = without_host(written);
        let plain = format!("/{}", DocPath::new(path.split(['?', '#']).next().unwrap_or_default()));
        if !path.starts_with('/') || path.len() != written.len() {
            self.fault(span, format!("`{written}` does not begin with `/`"), format!("write `{plain}`"));
            return None;
        }
        if plain.contains("..") || path.trim_end_matches('/') != plain.trim_end_matches('/') {
            let help = format!("write it without `.`, `..`, `//`, `?` and `#`, such as `{plain}`");
            self.fault(span, format!("`{written}` is no plain path"), help);
            return None;
        }
        Some(plain)
    }

    fn overrides(&mut self, value: &Value<'_>, config: &mut Config) {
        for (table, span) in self.entries("overrides", value) {
            self.one_override(table, span, config);
        }
    }

    fn one_override(&mut self, table: &DeTable<'_>, span: Span, config: &mut Config) {
        let mut files = None;
        let mut dialects = None;
        let mut levels = None;
        for (key, value) in table {
            match &**key.get_ref() {
                "files" => files = Some(self.files(value)),
                "dialect" | "dialects" => dialects = Some(self.dialects(value)),
                "rules" => levels = Some(self.levels(value)),
                _ => self.unknown_key(key, "overrides", places::OVERRIDE),
            }
        }
        if files.is_none() {
            self.fault(span, "an override without `files`", "say which: `files = [\"docs/internal/**\"]`");
        }
        if dialects.is_none() && levels.is_none() {
            let help = "give it a `dialect` or `rules`, or remove it";
            self.fault(span, "this override changes nothing", help);
        }
        if let Some(Some(files)) = files {
            add_override(config, files, dialects, levels.unwrap_or_default());
        }
    }
}

fn add_override(
    config: &mut Config,
    files: Globs,
    dialects: Option<Vec<String>>,
    levels: Vec<(&'static Rule, Setting)>,
) {
    if !levels.is_empty() {
        config.ruleset.overrides.push(LevelOverride { files: files.clone(), levels });
    }
    if dialects.is_some() {
        config.overrides.push(Override { files, dialects });
    }
}

/// The path of `https://host/path`; anything else as it is.
fn without_host(written: &str) -> &str {
    let Some((_, rest)) = written.split_once("://") else {
        return written;
    };
    rest.find('/').map_or("", |slash| &rest[slash..])
}
