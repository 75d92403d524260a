//! The sections of the file, from the top: root, extends, dialects, globs, links, mounts, learn, overrides.

use toml::de::{DeTable, DeValue};

use super::levels::RuleTables;
use super::reader::{Key, Reader, Value};
use super::{Config, DialectOverride, Mount, places};
use crate::contract::Origin;
use crate::dialect;
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::rules::{RuleOverride, span_of};
use crate::scope::Scope;
use crate::site::OwnRepository;
use crate::source::Span;

impl Reader<'_> {
    /// Adds what the file says to what those before it have said. `rules` are what its folder and those above say.
    pub(super) fn config<'c>(
        &mut self,
        document: &'c DeTable<'c>,
        rules: &mut RuleTables<'c>,
        config: &mut Config,
    ) {
        self.rules(document, rules, config);
        for (key, value) in document {
            match &**key.get_ref() {
                "root" => self.root(key, value),
                "extends" => self.extends(value),
                "rules" => {}
                name if places::TREE_WIDE.contains(&name) && !self.folder.as_str().is_empty() => {
                    self.holds_for_the_tree(name, span_of(key));
                }
                "dialect" | "dialects" => self.dialect(value, config),
                "exclude" => self.exclude(value, config),
                "repository" => config.repository = self.repository(value),
                "links" => self.links(value, config),
                "mounts" => self.mounts(value, &mut config.mounts),
                "learn" => config.base_path = self.learn(value).or(config.base_path.take()),
                "overrides" => self.overrides(value, rules, config),
                "preset" | "presets" => config.presets = self.presets(value),
                "table" => {
                    let origin = Origin::File(self.path.clone());
                    config.contracts.append(&self.contracts(value, &origin).list);
                }
                _ => self.unknown_key(key, "", places::TOP),
            }
        }
    }

    /// Whoever looks for the root asks for the value ([`is_root`](super::is_root)).
    fn root(&mut self, key: &Key<'_>, value: &Value<'_>) {
        if self.boolean("root", value).is_some() && self.is_extended {
            let help = "write it into the `waypost.toml` at the root of the tree";
            self.fault(span_of(key), "`root` in a file that others extend says nothing", help);
        }
    }

    /// Whoever reads the disk has read the files ([`extended_paths`](super::extended_paths)).
    fn extends(&mut self, value: &Value<'_>) {
        self.text_or_texts("extends", value);
    }

    fn holds_for_the_tree(&mut self, name: &str, span: Span) {
        let message =
            format!("`{name}` holds for the whole tree: the folder `{}` cannot refine it", self.folder);
        let help = format!(
            "write it into the `{}` at the root; or, if the folder is a tree of its own, `root = true` into the one there",
            super::FILE_NAME
        );
        self.fault(span, message, help);
    }

    fn dialect(&mut self, value: &Value<'_>, config: &mut Config) {
        let place = self.place(span_of(value));
        let dialects = self.dialects(value);
        if self.folder.as_str().is_empty() {
            config.dialects = dialects;
            config.dialects_place = Some(place);
        } else {
            config.overrides.push(Scope::folder(self.folder.clone()), DialectOverride { dialects, place });
        }
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
                "accept" => config.accept.extend(self.regexes("accept", value)),
                "accept-anchors" => {
                    config.accept_anchors.extend(self.regexes("accept-anchors", value));
                }
                _ => self.unknown_key(key, "links", places::LINKS),
            }
        }
    }

    /// A prefix that is mounted here is no longer mounted as files before have said.
    fn mounts(&mut self, value: &Value<'_>, all: &mut Vec<Mount>) {
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
        all.retain(|earlier| mounts.iter().all(|mount| mount.prefix != earlier.prefix));
        all.append(&mut mounts);
        all.sort_by(|a, b| b.prefix.len().cmp(&a.prefix.len()).then_with(|| a.prefix.cmp(&b.prefix)));
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
        Some(DocPath::join(self.folder.as_str(), folder.as_str()))
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

    fn overrides<'c>(&mut self, value: &'c Value<'c>, rules: &mut RuleTables<'c>, config: &mut Config) {
        for (table, span) in self.entries("overrides", value) {
            self.one_override(table, span, rules, config);
        }
    }

    fn one_override<'c>(
        &mut self,
        table: &'c DeTable<'c>,
        span: Span,
        rules: &mut RuleTables<'c>,
        config: &mut Config,
    ) {
        let mut files = None;
        let mut dialects = None;
        let mut refined = None;
        for (key, value) in table {
            match &**key.get_ref() {
                "files" => files = Some(self.files(value)),
                "dialect" | "dialects" => dialects = Some(self.dialects(value)),
                "rules" => refined = Some(self.overridden_rules(value, rules)),
                _ => self.unknown_key(key, "overrides", places::OVERRIDE),
            }
        }
        if files.is_none() {
            self.fault(span, "an override without `files`", "say which: `files = [\"docs/internal/**\"]`");
        }
        if dialects.is_none() && refined.is_none() {
            let help = "give it a `dialect` or `rules`, or remove it";
            self.fault(span, "this override changes nothing", help);
        }
        let Some(Some(scope)) = files else { return };
        let place = self.place(span);
        if let Some(rules) = refined {
            config.ruleset.overrides.push(scope.clone(), RuleOverride { place: place.clone(), rules });
        }
        if let Some(dialects) = dialects {
            config.overrides.push(scope, DialectOverride { dialects, place });
        }
    }
}

/// The path of `https://host/path`; anything else as it is.
fn without_host(written: &str) -> &str {
    let Some((_, rest)) = written.split_once("://") else {
        return written;
    };
    rest.find('/').map_or("", |slash| &rest[slash..])
}
