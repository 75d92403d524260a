//! Reads what Hugo is told: where the sites are, which folders they are made of, how addresses are formed.
//!
//! Hugo's keys know no letter case. What `config/_default` and the file at the site's root say is one configuration; of
//! the environments only `production` counts, for it is what readers get.

use std::collections::BTreeMap;

use super::slug::{HeadingIds, Kind};
use super::source::{Source, at};
use crate::data::Value;
use crate::dialect::PlatformConfig;
use crate::path::DocPath;
use crate::site::{Files, Project, Settings};
use crate::tree::Tree;

/// What a site's configuration says.
#[derive(Debug, Default)]
pub struct Config {
    /// Its languages; the first is the default one.
    pub languages: Vec<Language>,
    /// The folders that are its content.
    pub content: Vec<Mount>,
    /// The folders whose files are published as they are.
    pub statics: Vec<Mount>,
    /// The folders whose files pages may ask for.
    pub assets: Vec<Mount>,
    /// How Markdown's links are shown.
    pub links: Hook,
    /// How Markdown's images are shown.
    pub images: Hook,
    /// Whether pages are published as `page.html`.
    pub ugly: bool,
    /// The pattern of the pages' addresses by section.
    pub permalinks: BTreeMap<String, String>,
    /// Whether addresses are formed in ways that are not understood here.
    pub unknown_addresses: bool,
    /// Singular names of the lists that front matter makes: `tags`.
    pub taxonomies: Vec<String>,
    /// Whether raw HTML reaches the reader.
    pub raw_html: bool,
    /// How headings get their ids.
    pub heading_ids: HeadingIds,
}

/// A language of the site.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Its key, folded: `pt-br`.
    pub name: String,
    /// What its addresses begin with; empty, or with a final `/`.
    pub prefix: String,
}

/// A folder of the tree, and where Hugo sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The folder.
    pub folder: DocPath,
    /// Its place below the component.
    pub target: String,
    /// Index of the language of its pages, where they name none.
    pub language: Option<usize>,
}

/// How a site shows links or images of Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hook {
    /// As they are written.
    #[default]
    None,
    /// A template looks for pages and resources first.
    Lookup,
    /// A theme decides that is not in the tree.
    Unknown,
}

/// Whether a file may be configuration of Hugo.
#[must_use]
pub fn is_config(path: &DocPath) -> bool {
    let is_format = ["toml", "yaml", "yml", "json"].contains(&path.extension());
    is_format && (matches!(path.file_stem(), "hugo" | "config") || environment(path).is_some())
}

/// The site's root and the environment, of a file in `config/ENVIRONMENT`.
fn environment(path: &DocPath) -> Option<(&str, &str)> {
    let (parent, environment) = path.folder().rsplit_once('/')?;
    let root = if parent == "config" { "" } else { parent.strip_suffix("/config")? };
    ["_default", "production"].contains(&environment).then_some((root, environment))
}

/// Reads the configuration of all sites of the tree.
#[must_use]
pub fn read(tree: &Tree, files: &Files, settings: &Settings) -> PlatformConfig {
    let mut config = PlatformConfig::default();
    let mut sites: BTreeMap<&str, Vec<&DocPath>> = BTreeMap::new();
    for path in tree.configs.keys().filter(|path| is_config(path)) {
        let root = environment(path).map_or(path.folder(), |(root, _)| root);
        if !is_component_of_theme(root) {
            sites.entry(root).or_default().push(path);
        }
    }
    for (root, mut paths) in sites {
        // What is said first wins.
        paths.sort_by_key(|path| match environment(path) {
            Some((_, "production")) => 0,
            Some(_) => 1,
            None => 2,
        });
        let mut faults = Vec::new();
        let source = Source::read(tree, &paths, &mut faults);
        let named = paths.iter().any(|path| path.file_stem() == "hugo");
        if named || source.is_hugo(root, files) {
            config.projects.push(source.project(root, files, settings));
            config.faults.extend(faults);
        }
    }
    config
}

/// A theme in the tree is no site, but the site that comes with it as an example is.
fn is_component_of_theme(root: &str) -> bool {
    let parent = root.rsplit_once('/').map_or("", |(parent, _)| parent);
    parent == "themes" || parent.ends_with("/themes") || root.split('/').any(|folder| folder == "_vendor")
}

impl Source {
    fn project(&self, root: &str, files: &Files, settings: &Settings) -> Project {
        let languages = self.languages();
        let themes = self.themes(root, files);
        let mut config = Config {
            content: self.mounts("content", root, &languages, self.content_folders(&languages)),
            statics: self.mounts("static", root, &languages, self.folders("staticdir", "static")),
            assets: self.mounts("assets", root, &languages, self.folders("assetdir", "assets")),
            languages,
            ugly: self.flag(&["uglyurls"]).unwrap_or(false),
            taxonomies: self.taxonomies(),
            raw_html: self.flag(&["markup", "goldmark", "renderer", "unsafe"]).unwrap_or(false),
            heading_ids: self.heading_ids(),
            ..Config::default()
        };
        for theme in &themes.present {
            config.statics.push(Mount::new(theme, "static"));
            config.assets.push(Mount::new(theme, "assets"));
            config.content.push(Mount::new(theme, "content"));
        }
        config.permalinks = self.permalinks(&mut config.unknown_addresses);
        let multihost = self.at(&["languages"]).is_some_and(|all| {
            all.members().iter().any(|language| at(&language.value, &["baseurl"]).is_some())
        });
        config.unknown_addresses |= multihost;
        config.links = self.hook("link", root, &themes, &config, files);
        config.images = self.hook("image", root, &themes, &config, files);

        let folder = config.content.iter().fold(root, |folder, mount| common(folder, mount.folder.as_str()));
        let mut project = Project::of_everything(&super::DIALECT, DocPath::new(folder));
        project.unknown_additions = themes.absent;
        let url = self.str(&["baseurl"]).filter(|url| url.contains("//"));
        project.site_url = url.map(|url| url.trim_end_matches('/').to_owned());
        let configured = settings.base_path.as_deref().map(|base| base.trim_end_matches('/').to_owned());
        project.base_path = configured.or_else(|| Some(self.base_path()));
        project.own = Some(Box::new(config));
        project
    }

    fn base_path(&self) -> String {
        let url = self.str(&["baseurl"]).unwrap_or_default();
        let after_host = match url.split_once("//") {
            Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
            None => url,
        };
        let base = after_host.trim_matches('/');
        if base.is_empty() { String::new() } else { format!("/{base}") }
    }

    /// The default language first.
    fn languages(&self) -> Vec<Language> {
        let default = self.str(&["defaultcontentlanguage"]).unwrap_or("en").to_lowercase();
        let in_folder = self.flag(&["defaultcontentlanguageinsubdir"]).unwrap_or(false);
        let prefix = if in_folder { format!("{default}/") } else { String::new() };
        let mut languages = vec![Language { name: default, prefix }];
        for member in self.at(&["languages"]).into_iter().flat_map(Value::members) {
            let name = member.key.value.to_lowercase();
            if languages[0].name != name {
                languages.push(Language { prefix: format!("{name}/"), name });
            }
        }
        languages
    }

    /// Content folders and the language of each.
    fn content_folders(&self, languages: &[Language]) -> Vec<(String, Option<usize>)> {
        let own = |(index, language): (usize, &Language)| {
            let folder = self.str(&["languages", &language.name, "contentdir"])?;
            Some((folder.to_owned(), Some(index)))
        };
        let mut folders: Vec<_> = languages.iter().enumerate().filter_map(own).collect();
        if folders.len() < languages.len() {
            folders.push((self.str(&["contentdir"]).unwrap_or("content").to_owned(), None));
        }
        folders
    }

    fn folders(&self, key: &str, default: &str) -> Vec<(String, Option<usize>)> {
        match self.at(&[key]) {
            Some(value) => value.strings().map(|(folder, _)| (folder.to_owned(), None)).collect(),
            None => vec![(default.to_owned(), None)],
        }
    }

    /// The folders of a component: those that `module.mounts` names, else the usual ones.
    fn mounts(
        &self,
        component: &str,
        root: &str,
        languages: &[Language],
        usual: Vec<(String, Option<usize>)>,
    ) -> Vec<Mount> {
        let mounts = self.at(&["module", "mounts"]).and_then(Value::as_array).unwrap_or_default();
        let mounted = mounts.iter().filter_map(|mount| {
            let target = DocPath::new(at(mount, &["target"])?.as_str()?);
            let folder = DocPath::join(root, at(mount, &["source"])?.as_str()?);
            let language = at(mount, &["lang"]).and_then(Value::as_str).map(str::to_lowercase);
            let language = languages.iter().position(|known| Some(&known.name) == language.as_ref());
            Some(Mount { folder, target: target.below(component)?.to_owned(), language })
        });
        let mounted: Vec<Mount> = mounted.collect();
        if !mounted.is_empty() {
            return mounted;
        }
        let usual = usual.into_iter().map(|(folder, language)| Mount {
            folder: DocPath::join(root, &folder),
            target: String::new(),
            language,
        });
        usual.collect()
    }

    fn taxonomies(&self) -> Vec<String> {
        match self.at(&["taxonomies"]) {
            Some(all) => {
                all.members().iter().filter_map(|one| one.value.as_str()).map(str::to_lowercase).collect()
            }
            None => vec!["tags".to_owned(), "categories".to_owned()],
        }
    }

    /// Patterns for pages; those for lists of pages are not understood.
    fn permalinks(&self, unknown: &mut bool) -> BTreeMap<String, String> {
        let mut patterns = BTreeMap::new();
        let Some(permalinks) = self.at(&["permalinks"]) else { return patterns };
        *unknown |= permalinks.as_array().is_some() || permalinks.is_unknown();
        for member in permalinks.members() {
            match (&*member.key.value, member.value.as_str()) {
                (section, Some(pattern)) => {
                    patterns.insert(section.to_lowercase(), pattern.to_owned());
                }
                ("page", None) => patterns.extend(member.value.members().iter().filter_map(|member| {
                    Some((member.key.value.to_lowercase(), member.value.as_str()?.to_owned()))
                })),
                _ => *unknown = true,
            }
        }
        patterns
    }

    fn heading_ids(&self) -> HeadingIds {
        let parser = |keys: &[&str]| self.at(&[&["markup", "goldmark", "parser"], keys].concat());
        let extension = |keys: &[&str]| self.at(&[&["markup", "goldmark", "extensions"], keys].concat());
        let is_on = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or(true);
        let typographer = extension(&["typographer"]);
        let disabled = extension(&["typographer", "disable"]).and_then(Value::as_bool) == Some(true);
        HeadingIds {
            auto: is_on(parser(&["autoheadingid"])),
            kind: match parser(&["autoheadingidtype"]).and_then(Value::as_str) {
                Some("github-ascii") => Kind::GitHubAscii,
                Some("blackfriday") => Kind::Blackfriday,
                _ => Kind::GitHub,
            },
            attributes: is_on(parser(&["attribute", "title"])),
            typographer: is_on(typographer) && !disabled,
            linkify: is_on(extension(&["linkify"])),
        }
    }

    fn hook(&self, kind: &str, root: &str, themes: &Themes, config: &Config, files: &Files) -> Hook {
        let name = format!("render-{kind}.html");
        let roots = || std::iter::once(root).chain(themes.present.iter().map(DocPath::as_str));
        let is_hook = |path: &DocPath| {
            let folder = path.folder();
            let in_layouts = |root| path.below(root).is_some_and(|path| path.starts_with("layouts/"));
            folder.ends_with("/_markup") && roots().any(in_layouts)
        };
        let embedded = self.str(&["markup", "goldmark", "renderhooks", kind, "useembedded"]);
        let multilingual = config.languages.len() > 1 && !config.unknown_addresses;
        match embedded.unwrap_or("auto") {
            "always" | "fallback" => Hook::Lookup,
            _ if files.named(&name).iter().any(|&file| is_hook(files.path(file))) => Hook::Lookup,
            "auto" if multilingual => Hook::Lookup,
            _ if themes.absent => Hook::Unknown,
            _ => Hook::None,
        }
    }

    /// The themes and modules that the site is made of.
    fn themes(&self, root: &str, files: &Files) -> Themes {
        let folder = DocPath::join(root, self.str(&["themesdir"]).unwrap_or("themes"));
        let mut themes = Themes::default();
        let named = self.at(&["theme"]).into_iter().flat_map(Value::strings).map(|(name, _)| name);
        let imports = self.at(&["module", "imports"]).and_then(Value::as_array).unwrap_or_default();
        let imported = imports.iter().map(|import| at(import, &["path"]).and_then(Value::as_str));
        for name in named.map(Some).chain(imported) {
            let theme = name.map(|name| DocPath::join(folder.as_str(), name));
            match theme.filter(|theme| files.find_folder(theme.as_str()).is_some()) {
                Some(theme) => themes.present.push(theme),
                None => themes.absent = true,
            }
        }
        themes
    }
}

/// What else a site is made of.
#[derive(Default)]
struct Themes {
    /// Folders of the tree.
    present: Vec<DocPath>,
    /// Whether there are others.
    absent: bool,
}

impl Mount {
    fn new(theme: &DocPath, component: &str) -> Mount {
        Mount { folder: DocPath::join(theme.as_str(), component), target: String::new(), language: None }
    }
}

/// The deepest folder that holds both.
fn common<'f>(one: &'f str, other: &str) -> &'f str {
    let mut folder = one;
    while !(other == folder || crate::path::strip_folder(other, folder).is_some()) {
        folder = folder.rfind('/').map_or("", |slash| &folder[..slash]);
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(configs: &[(&str, &str)], files: &[&str]) -> PlatformConfig {
        let mut paths: Vec<DocPath> =
            configs.iter().map(|(path, _)| *path).chain(files.iter().copied()).map(DocPath::new).collect();
        paths.sort();
        let configs = configs.iter().map(|(path, text)| (DocPath::new(path), (*text).into())).collect();
        let tree = Tree { files: paths.clone(), configs, ..Tree::default() };
        super::read(&tree, &Files::new(paths), &Settings::default())
    }

    fn own(project: &Project) -> &Config {
        project.own::<Config>().expect("a configuration")
    }

    #[test]
    fn a_site_is_where_its_configuration_is() {
        let read = read(
            &[
                ("config.toml", "base_url = 'https://zola.example'\n[markdown]\n"),
                ("a/config.toml", "BaseURL = 'https://example.org/a/'\n"),
                ("a/themes/t/config.toml", "baseURL = 'x'\n"),
                ("b/config/_default/hugo.yaml", "contentDir: ../pages\n"),
                ("b/config/_default/markup.yaml", "goldmark: {parser: {autoHeadingIDType: blackfriday}}\n"),
                ("c/config.json", "{\"theme\": 1}"),
                ("d/hugo.toml", "a = \n"),
            ],
            &["content/x.md"],
        );
        let folders: Vec<&str> = read.projects.iter().map(|project| project.folder.as_str()).collect();
        assert_eq!(folders, ["a", "", "d"]);
        let bases: Vec<_> = read.projects.iter().map(|project| project.base_path.as_deref()).collect();
        assert_eq!(bases, [Some("/a"), Some(""), Some("")]);
        assert_eq!(own(&read.projects[1]).heading_ids.kind, Kind::Blackfriday);
        assert_eq!(own(&read.projects[1]).content[0].folder.as_str(), "pages");
        assert_eq!(read.faults.len(), 1);
    }

    #[test]
    fn hooks_are_found_or_unknown() {
        let hook = |config: &str, files: &[&str]| {
            let read = read(&[("hugo.toml", config)], files);
            own(&read.projects[0]).links
        };
        assert_eq!(hook("", &[]), Hook::None);
        assert_eq!(hook("theme = 'x'", &[]), Hook::Unknown);
        assert_eq!(hook("theme = 'x'", &["themes/x/layouts/a.html"]), Hook::None);
        assert_eq!(
            hook("theme = 'x'", &["themes/x/layouts/_default/_markup/render-link.html"]),
            Hook::Lookup
        );
        assert_eq!(hook("", &["layouts/_markup/render-link.html"]), Hook::Lookup);
        assert_eq!(hook("[module]\n[[module.imports]]\npath = 'github.com/a/b'", &[]), Hook::Unknown);
        assert_eq!(hook("[languages.en]\n[languages.fr]", &[]), Hook::Lookup);
        assert_eq!(
            hook("[markup.goldmark.renderHooks.link]\nuseEmbedded = 'never'\n[languages.fr]", &[]),
            Hook::None
        );
    }

    #[test]
    fn languages_and_mounts_are_read() {
        let config = "defaultContentLanguage = 'de'\n[languages.en]\ncontentDir = 'en'\n[languages.de]\n\
            [[module.mounts]]\nsource = 'files'\ntarget = 'static/f'\n[permalinks]\nposts = '/:year/:slug/'\n\
            [permalinks.section]\nposts = '/x/'\n";
        let read = read(&[("hugo.toml", config)], &[]);
        let own = own(&read.projects[0]);
        let languages: Vec<_> = own.languages.iter().map(|one| (&*one.name, &*one.prefix)).collect();
        assert_eq!(languages, [("de", ""), ("en", "en/")]);
        assert_eq!((own.statics[0].folder.as_str(), &*own.statics[0].target), ("files", "f"));
        assert_eq!(own.content.len(), 2);
        assert_eq!(own.permalinks["posts"], "/:year/:slug/");
        assert!(own.unknown_addresses);
    }
}
