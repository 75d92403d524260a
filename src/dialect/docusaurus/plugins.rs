//! The plugins that a configuration names, with their options.

use crate::data::{Kind as ValueKind, Value};

use super::part::Kind;

/// The plugins of a site.
#[derive(Debug, Default)]
pub(super) struct Plugins<'v> {
    pub(super) contents: Vec<Content<'v>>,
    /// The options of those that declare redirects.
    pub(super) redirects: Vec<&'v Value>,
    /// Whether one may add pages in ways that cannot be known.
    pub(super) unknown: bool,
}

/// A plugin that makes pages of files.
#[derive(Debug)]
pub(super) struct Content<'v> {
    pub(super) kind: Kind,
    pub(super) options: Option<&'v Value>,
}

impl<'v> Plugins<'v> {
    /// Reads them; without a configuration there are those of the classic preset, and perhaps others.
    pub(super) fn of(config: Option<&'v Value>) -> Plugins<'v> {
        let mut plugins = Plugins::default();
        let Some(config) = config else {
            plugins.classic(None);
            plugins.unknown = true;
            return plugins;
        };
        // What is spread into the configuration may be anything.
        plugins.unknown |= config.get("...").is_some();
        match config.get("presets") {
            Some(presets) => plugins.each(presets, Plugins::preset),
            None if plugins.unknown => plugins.classic(None),
            None => {}
        }
        if let Some(list) = config.get("plugins") {
            plugins.each(list, Plugins::plugin);
        }
        if let Some(list) = config.get("themes") {
            plugins.each(list, Plugins::theme);
        }
        plugins
    }

    fn each(&mut self, list: &'v Value, read: fn(&mut Self, &str, Option<&'v Value>)) {
        let Some(items) = list.as_array() else {
            if list.is_unknown() {
                self.unknown = true;
                if self.contents.is_empty() {
                    self.classic(None);
                }
            }
            return;
        };
        for item in items {
            let (name, options) = match item.as_array() {
                Some(pair) => (pair.first(), pair.get(1)),
                None => (Some(item), None),
            };
            match (name.and_then(Value::as_str), name.map(|name| &name.kind)) {
                (Some(name), _) => read(self, name, options),
                (None, Some(ValueKind::Null | ValueKind::Bool(false))) => {}
                _ => self.unknown = true,
            }
        }
    }

    fn preset(&mut self, name: &str, options: Option<&'v Value>) {
        match name {
            "classic" | "@docusaurus/preset-classic" => self.classic(options),
            _ => self.unknown = true,
        }
    }

    fn classic(&mut self, options: Option<&'v Value>) {
        self.unknown |= options.is_some_and(Value::is_unknown);
        for (key, kind) in [("docs", Kind::Docs), ("blog", Kind::Blog), ("pages", Kind::Pages)] {
            let options = options.and_then(|options| options.get(key));
            if options.and_then(Value::as_bool) != Some(false) {
                self.contents.push(Content { kind, options });
            }
        }
    }

    fn plugin(&mut self, name: &str, options: Option<&'v Value>) {
        const WITHOUT_PAGES: [&str; 13] = [
            "debug",
            "sitemap",
            "google-analytics",
            "google-gtag",
            "google-tag-manager",
            "pwa",
            "ideal-image",
            "svgr",
            "css-cascade-layers",
            "vercel-analytics",
            "rsdoctor",
            "sass",
            "image-zoom",
        ];
        let short =
            ["@docusaurus/plugin-", "docusaurus-plugin-"].iter().find_map(|start| name.strip_prefix(start));
        let kind = match short.unwrap_or(name) {
            "content-docs" => Kind::Docs,
            "content-blog" => Kind::Blog,
            "content-pages" => Kind::Pages,
            "client-redirects" => return self.redirects.extend(options),
            short => {
                self.unknown |= !WITHOUT_PAGES.contains(&short);
                return;
            }
        };
        self.contents.push(Content { kind, options });
    }

    fn theme(&mut self, name: &str, _: Option<&'v Value>) {
        const WITHOUT_PAGES: [&str; 5] =
            ["classic", "mermaid", "live-codeblock", "search-algolia", "openapi-docs"];
        let short =
            ["@docusaurus/theme-", "docusaurus-theme-"].iter().find_map(|start| name.strip_prefix(start));
        let is_search = name.contains("search");
        self.unknown |= !is_search && !WITHOUT_PAGES.contains(&short.unwrap_or(name));
    }
}

impl Content<'_> {
    /// A text among the options.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.options?.get(key)?.as_str()
    }

    pub(super) fn text_or<'s>(&'s self, key: &str, default: &'s str) -> &'s str {
        self.text(key).unwrap_or(default)
    }

    /// Whether what the option holds is known only to the platform.
    pub(super) fn is_unknown(&self, key: &str) -> bool {
        self.options
            .is_some_and(|options| options.is_unknown() || options.get(key).is_some_and(Value::is_unknown))
    }

    pub(super) fn id(&self) -> &str {
        self.text_or("id", "default")
    }

    /// What a name of the default plugin is for this one: `community_versions.json`.
    pub(super) fn prefixed(&self, name: &str) -> String {
        if self.id() == "default" { name.to_owned() } else { format!("{}_{name}", self.id()) }
    }
}
