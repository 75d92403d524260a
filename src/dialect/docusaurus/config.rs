//! Reads `docusaurus.config.*` and the files beside it: versions, categories.

use rustc_hash::{FxHashMap, FxHashSet};

use super::part::{Kind, Part};
use super::plugins::{Content, Plugins};
use super::{DIALECT, Format, Site, sidebar};
use crate::data::{Value, json, script, yaml};
use crate::dialect::PlatformConfig;
use crate::glob::{Case, Globs};
use crate::path::{DocPath, joined};
use crate::site::{Files, Project, Redirect, Settings, fold};
use crate::tree::{PageText, Tree};

/// Whether a file of that name is configuration of the platform.
pub(super) fn is_config(path: &DocPath) -> bool {
    let name = path.file_name();
    let is_data = ["json", "js", "cjs", "mjs", "ts", "yml", "yaml"].contains(&path.extension());
    is_data
        && (is_site_config(path)
            || name.starts_with("sidebar")
            || name.ends_with("-sidebars.json")
            || name.ends_with("versions.json")
            || path.file_stem() == "_category_")
}

fn is_site_config(path: &DocPath) -> bool {
    path.file_stem() == "docusaurus.config"
        && ["js", "ts", "mjs", "cjs", "mts", "cts"].contains(&path.extension())
}

/// Reads the configuration of all sites of the tree.
pub(super) fn read(tree: &Tree, files: &Files, settings: &Settings) -> PlatformConfig {
    let mut config = PlatformConfig::default();
    for (path, text) in tree.configs.iter().filter(|(path, _)| is_site_config(path)) {
        let value = script::parse(text).ok().map(|(value, _)| value);
        let source = Source { tree, files, path, text, value: value.as_ref() };
        let (project, redirects) = source.project(settings);
        config.projects.push(project);
        config.redirects.extend(redirects);
    }
    config
}

/// A site's configuration, and the tree it stands in.
struct Source<'t> {
    tree: &'t Tree,
    files: &'t Files,
    path: &'t DocPath,
    text: &'t str,
    value: Option<&'t Value>,
}

impl Source<'_> {
    fn at(&self, keys: &[&str]) -> Option<&Value> {
        self.value?.at(keys)
    }

    fn text_at(&self, keys: &[&str]) -> Option<&str> {
        self.at(keys)?.as_str()
    }

    fn folder(&self, path: &str) -> DocPath {
        DocPath::join(self.path.folder(), path)
    }

    fn project(&self, settings: &Settings) -> (Project, Vec<Redirect>) {
        let plugins = Plugins::of(self.value);
        let mut site = Site {
            statics: self.statics(),
            format: self.format(),
            plain_pages: self.plain_pages(),
            maintain_case: self.at(&["markdown", "anchors", "maintainCase"]).and_then(Value::as_bool)
                == Some(true),
            comments_are_html: self.comments_are_html(),
            trailing_slash: self.at(&["trailingSlash"]).and_then(Value::as_bool),
            ..Site::default()
        };
        let mut project = Project::of_everything(&DIALECT, DocPath::new(self.path.folder()));
        project.unknown_additions = plugins.unknown;
        for (index, content) in plugins.contents.iter().enumerate() {
            self.add_parts(&mut site, index, content);
            let options = [
                "path",
                "routeBasePath",
                "include",
                "exclude",
                "versions",
                "lastVersion",
                "onlyIncludeVersions",
            ];
            project.unknown_additions |= options.iter().any(|option| content.is_unknown(option));
            let parser = content.options.and_then(|options| options.get("numberPrefixParser"));
            project.unknown_additions |= parser.is_some_and(|parser| parser.as_bool().is_none());
        }
        site.generated = self.generated(&site.parts);
        project.navigation = site.sidebars.keys().cloned().chain([self.path.clone()]).collect();
        project.navigation.sort_unstable();
        let base = self.text_at(&["baseUrl"]).map(str::to_owned).or_else(|| settings.base_path.clone());
        let base = base.unwrap_or_default();
        site.base_path = format!("/{}", base.trim_matches('/')).trim_end_matches('/').to_owned();
        // In the site's own links the base path is left out.
        project.base_path = Some(String::new());
        let url = self.text_at(&["url"]).map(|url| url.trim_end_matches('/'));
        project.site_url = url.map(|url| format!("{url}{}", site.base_path));
        project.published = Some(FxHashMap::default());
        let redirects = plugins.redirects.iter().flat_map(|options| self.redirects(options)).collect();
        project.own = Some(Box::new(site));
        (project, redirects)
    }

    fn statics(&self) -> Vec<DocPath> {
        match self.at(&["staticDirectories"]).filter(|list| list.as_array().is_some()) {
            Some(list) => list.strings().map(|(folder, _)| self.folder(folder)).collect(),
            None => vec![self.folder("static")],
        }
    }

    fn format(&self) -> Format {
        match self.text_at(&["markdown", "format"]) {
            Some("md") => Format::Plain,
            Some("detect") => Format::Detect,
            _ => Format::Mdx,
        }
    }

    fn comments_are_html(&self) -> bool {
        let is = |keys: &[&str], value| self.at(keys).and_then(Value::as_bool) == Some(value);
        is(&["markdown", "mdx1Compat", "comments"], false)
            || is(&["future", "v4"], true)
            || is(&["future", "v4", "mdx1CompatDisabledByDefault"], true)
    }

    /// Pages whose header holds `mdx: {format: md}`.
    fn plain_pages(&self) -> FxHashSet<DocPath> {
        let is_plain = |page: &&PageText| {
            let header = page.text.strip_prefix("---").and_then(|rest| Some(&rest[..rest.find("\n---")?]));
            header.is_some_and(|header| {
                let value = yaml::parse(header).ok().filter(|_| header.contains("format"));
                let format = value.as_ref().and_then(|(value, _)| value.at(&["mdx", "format"])?.as_str());
                match format {
                    Some("detect") => page.path.extension().eq_ignore_ascii_case("md"),
                    format => format == Some("md"),
                }
            })
        };
        let inside = self.tree.pages.iter().filter(|page| page.path.below(self.path.folder()).is_some());
        inside.filter(is_plain).map(|page| page.path.clone()).collect()
    }

    /// The default language, and the others that the configuration names or that have a folder.
    fn locales(&self) -> (String, Vec<String>) {
        let default = self.text_at(&["i18n", "defaultLocale"]).unwrap_or("en").to_owned();
        let mut locales: Vec<String> = self
            .at(&["i18n", "locales"])
            .into_iter()
            .flat_map(Value::strings)
            .map(|(locale, _)| locale.to_owned())
            .collect();
        let folder = self.translations();
        let translated =
            self.files.paths.iter().filter_map(|path| Some(path.below(folder.as_str())?.split_once('/')?.0));
        locales.extend(translated.map(str::to_owned));
        locales.retain(|locale| *locale != default);
        locales.sort_unstable();
        locales.dedup();
        (default, locales)
    }

    fn translations(&self) -> DocPath {
        self.folder(self.text_at(&["i18n", "path"]).unwrap_or("i18n"))
    }

    fn add_parts(&self, site: &mut Site, plugin: usize, content: &Content<'_>) {
        let (default, others) = self.locales();
        let versions = match content.kind {
            Kind::Docs => self.versions(content),
            _ => vec![Version {
                folder: self.content_folder(content),
                name: "".into(),
                route: "".into(),
                translated: "".into(),
            }],
        };
        for version in versions {
            let first = site.parts.len();
            site.parts.push(self.part(plugin, content, &version, &default, ""));
            site.parts
                .extend(others.iter().map(|locale| self.part(plugin, content, &version, locale, locale)));
            if content.kind == Kind::Docs
                && let Some(sidebars) = self.sidebars(content, &version)
            {
                site.sidebars.entry(sidebars).or_insert(first);
            }
        }
    }

    fn content_folder(&self, content: &Content<'_>) -> DocPath {
        self.folder(content.text_or("path", defaults(content.kind).path))
    }

    fn part(
        &self,
        plugin: usize,
        content: &Content<'_>,
        version: &Version,
        locale: &str,
        prefix: &str,
    ) -> Part {
        let defaults = defaults(content.kind);
        let name = match content.id() {
            "default" => defaults.plugin.to_owned(),
            id => format!("{}-{id}", defaults.plugin),
        };
        let translated = format!("{locale}/{name}/{}", version.translated);
        let translated = DocPath::join(self.translations().as_str(), &translated);
        let route = joined(prefix, content.text_or("routeBasePath", defaults.route));
        let tags = content.text_or("tagsBasePath", "tags");
        let generated: Vec<&str> = match content.kind {
            Kind::Docs => vec![tags, "category"],
            Kind::Pages => vec!["search"],
            Kind::Blog => {
                let archive = content.text_or("archiveBasePath", "archive");
                let authors = content.text_or("authorsBasePath", "authors");
                vec![
                    "",
                    tags,
                    archive,
                    authors,
                    content.text_or("pageBasePath", "page"),
                    "rss.xml",
                    "atom.xml",
                    "feed.json",
                ]
            }
        };
        let parser = content.options.and_then(|options| options.get("numberPrefixParser"));
        Part {
            kind: content.kind,
            plugin,
            version: version.name.clone(),
            folders: vec![translated, version.folder.clone()],
            own_folders: if prefix.is_empty() { 2 } else { 1 },
            locale: prefix.into(),
            route: joined(&route, &version.route).into(),
            include: globs(content, "include", defaults.include),
            exclude: globs(content, "exclude", EXCLUDE),
            number_prefixes: parser.and_then(Value::as_bool) != Some(false),
            generated: generated.into_iter().map(|address| fold(address.trim_matches('/'))).collect(),
        }
    }

    fn versions(&self, content: &Content<'_>) -> Vec<Version> {
        let option = |key: &str| content.options.and_then(|options| options.get(key));
        let is = |key: &str, default: bool| option(key).and_then(Value::as_bool).unwrap_or(default);
        let mut names = Vec::new();
        if !is("disableVersioning", false) {
            let list = self.read(&self.folder(&content.prefixed("versions.json")));
            names.extend(list.iter().flat_map(Value::strings).map(|(name, _)| name.to_owned()));
        }
        if is("includeCurrentVersion", true) && !names.iter().any(|name| name == CURRENT) {
            names.insert(0, CURRENT.to_owned());
        }
        let first = names.iter().find(|name| *name != CURRENT).map_or(CURRENT, |name| name);
        let last = content.text_or("lastVersion", first).to_owned();
        if let Some(only) = option("onlyIncludeVersions").filter(|only| only.as_array().is_some()) {
            names.retain(|name| only.strings().any(|(kept, _)| kept == name));
        }
        let version = |name: String| {
            let is_current = name == CURRENT;
            let route = option("versions").and_then(|versions| versions.at(&[&name, "path"])?.as_str());
            let route = route.unwrap_or(match () {
                () if name == last => "",
                () if is_current => "next",
                () => &name,
            });
            let folder = match is_current {
                true => self.content_folder(content),
                false => self.folder(&format!("{}/version-{name}", content.prefixed("versioned_docs"))),
            };
            let translated = if is_current { CURRENT.to_owned() } else { format!("version-{name}") };
            Version { folder, route: route.into(), translated: translated.into(), name: name.as_str().into() }
        };
        names.into_iter().map(version).collect()
    }

    /// The file of a version's sidebars, where it is one that was read.
    fn sidebars(&self, content: &Content<'_>, version: &Version) -> Option<DocPath> {
        let path = match &*version.name {
            CURRENT => {
                let value = content.options?.get("sidebarPath")?;
                // `require.resolve('./sidebars.js')`
                let written =
                    value.as_str().or_else(|| value.span.of(self.text).split(['\'', '"', '`']).nth(1))?;
                self.folder(written)
            }
            name => self
                .folder(&format!("{}/version-{name}-sidebars.json", content.prefixed("versioned_sidebars"))),
        };
        self.tree.configs.contains_key(&path).then_some(path)
    }

    fn read(&self, path: &DocPath) -> Option<Value> {
        json::parse(self.tree.configs.get(path)?).ok().map(|(value, _)| value)
    }

    /// Where categories have a page of their own that lists their pages.
    fn generated(&self, parts: &[Part]) -> FxHashSet<Box<str>> {
        let mut generated = FxHashSet::default();
        for (path, text) in &self.tree.configs {
            let slugs = sidebar::generated_slugs(path, text);
            let is_category = path.file_stem() == "_category_";
            let parts = parts.iter().filter(|part| {
                part.kind == Kind::Docs
                    && (!is_category || part.inside(path).is_some() || !part.locale.is_empty())
            });
            for part in parts {
                generated.extend(slugs.iter().map(|slug| fold(&joined(&part.route, slug))));
            }
        }
        generated
    }

    fn redirects(&self, options: &Value) -> Vec<Redirect> {
        let entries = options.get("redirects").and_then(Value::as_array).unwrap_or_default();
        let redirect = |entry: &Value| {
            let to = entry.get("to")?;
            let url = to.as_str()?;
            let from = entry.get("from")?.strings();
            let redirects = from.map(|(from, source_span)| Redirect {
                address: Some(from.trim_end_matches('/').to_owned()),
                url: url.to_owned(),
                declared_in: self.path.clone(),
                source_span,
                span: to.span,
                ..Redirect::default()
            });
            Some(redirects.collect::<Vec<_>>())
        };
        entries.iter().filter_map(redirect).flatten().collect()
    }
}

const CURRENT: &str = "current";

/// A version of docs; of other contents there is one without a name.
struct Version {
    name: Box<str>,
    folder: DocPath,
    /// What its addresses begin with, below that of the plugin.
    route: Box<str>,
    /// The folder of its translations, below that of the plugin.
    translated: Box<str>,
}

struct Defaults {
    plugin: &'static str,
    path: &'static str,
    route: &'static str,
    include: &'static [&'static str],
}

fn defaults(kind: Kind) -> Defaults {
    let (plugin, path, route, include) = match kind {
        Kind::Docs => ("docusaurus-plugin-content-docs", "docs", "docs", MARKDOWN),
        Kind::Blog => ("docusaurus-plugin-content-blog", "blog", "blog", MARKDOWN),
        Kind::Pages => {
            ("docusaurus-plugin-content-pages", "src/pages", "", &["**/*.{js,jsx,ts,tsx,md,mdx}"][..])
        }
    };
    Defaults { plugin, path, route, include }
}

const MARKDOWN: &[&str] = &["**/*.{md,mdx}"];
const EXCLUDE: &[&str] =
    &["**/_*.{js,jsx,ts,tsx,md,mdx}", "**/_*/**", "**/*.test.{js,jsx,ts,tsx}", "**/__tests__/**"];

fn globs(content: &Content<'_>, key: &str, default: &[&str]) -> Globs {
    let list = content.options.and_then(|options| options.get(key)).filter(|list| list.as_array().is_some());
    let written = list.map(|list| Globs::whole_path(list.strings().map(|(glob, _)| glob), Case::Sensitive));
    let default = || Globs::whole_path(default.iter().copied(), Case::Sensitive).unwrap_or_default();
    written.and_then(Result::ok).unwrap_or_else(default)
}
