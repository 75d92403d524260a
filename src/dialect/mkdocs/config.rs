//! Reads what MkDocs is told: `mkdocs.yml`, the files it inherits from, its plugins and Markdown extensions.
//!
//! What only Python knows is put up with: then nothing is certain, and little is said.

use rustc_hash::{FxHashMap, FxHashSet};

use super::layers::{self, Entry, Layers};
use super::slug::Slugs;
use super::{Bases, Site};
use crate::data::Value;
use crate::dialect::PlatformConfig;
use crate::glob::{Case, Globs};
use crate::path::DocPath;
use crate::site::{AddressKind, Files, Project, Redirect, Settings, fold};
use crate::tree::Tree;

/// Plugins that neither add nor move pages.
const HARMLESS: &[&str] = &[
    "audiotag",
    "autorefs",
    "awesome-nav",
    "awesome-pages",
    "blog",
    "callouts",
    "charts",
    "codeinclude",
    "exclude",
    "exclude-search",
    "git-authors",
    "git-committers",
    "git-committers-2",
    "git-revision-date",
    "git-revision-date-localized",
    "git-revision-date-localized-plugin",
    "glightbox",
    "group",
    "include-markdown",
    "info",
    "kroki",
    "literate-nav",
    "llmstxt",
    "macros",
    "markdown-exec",
    "markdownextradata",
    "mermaid2",
    "meta",
    "meta-descriptions",
    "mike",
    "minify",
    "mkdocs-video",
    "mkdocstrings",
    "nav-weight",
    "offline",
    "open-in-new-tab",
    "optimize",
    "panzoom",
    "pdf-export",
    "print-site",
    "privacy",
    "redirects",
    "rss",
    "search",
    "section-index",
    "social",
    "table-reader",
    "tags",
    "termynal",
    "to-pdf",
    "tooltips",
    "typeset",
    "with-pdf",
];

/// Plugins that give values of the navigation a meaning of their own.
const NAVIGATORS: &[&str] = &[
    "awesome-nav",
    "awesome-pages",
    "include_dir_to_nav",
    "literate-nav",
    "monorepo",
    "multirepo",
    "section-index",
];

/// Plugins that find labels which no page defines.
const LABELLERS: &[&str] = &["autorefs", "ezlinks", "mkdocstrings", "roamlinks"];

/// What pages are called.
const PAGES: &[&str] = &["markdown", "md", "mdown", "mkd", "mkdn"];

/// Reads the configuration of the whole tree.
#[must_use]
pub fn read(tree: &Tree, files: &Files, settings: &Settings) -> PlatformConfig {
    let mut config = PlatformConfig::default();
    for path in tree.configs.keys().filter(|path| is_main(tree, path)) {
        let layers = Layers::read(tree, path, &mut config.faults);
        let Some((project, redirects)) = Reader::new(path, &layers, tree).project(files, settings) else {
            continue;
        };
        config.projects.push(project);
        config.redirects.extend(redirects);
    }
    config
}

/// Whether MkDocs would read the file of that name.
fn is_main(tree: &Tree, path: &DocPath) -> bool {
    match path.file_name() {
        "mkdocs.yml" => true,
        "mkdocs.yaml" => !tree.configs.contains_key(&DocPath::join(path.folder(), "mkdocs.yml")),
        _ => false,
    }
}

/// Whether a file is a page.
#[must_use]
pub fn is_page(path: &DocPath) -> bool {
    PAGES.contains(&path.extension())
}

/// Whether a page stands for its folder.
#[must_use]
pub fn is_index(path: &DocPath) -> bool {
    is_page(path) && matches!(path.file_stem(), "index" | "README")
}

struct Reader<'l> {
    path: &'l DocPath,
    layers: &'l Layers,
    tree: &'l Tree,
    plugins: Vec<Entry<'l>>,
    extensions: Vec<Entry<'l>>,
}

impl<'l> Reader<'l> {
    fn new(path: &'l DocPath, layers: &'l Layers, tree: &'l Tree) -> Reader<'l> {
        let mut plugins: Vec<Entry<'l>> = layers.entries("plugins");
        let groups: Vec<&Value> = plugins
            .iter()
            .filter(|plugin| plugin.is("group"))
            .filter_map(|group| group.options?.get("plugins"))
            .collect();
        plugins.extend(groups.into_iter().flat_map(layers::entries));
        Reader { path, layers, tree, plugins, extensions: layers.entries("markdown_extensions") }
    }

    fn project(&self, files: &Files, settings: &Settings) -> Option<(Project, Vec<Redirect>)> {
        let docs = DocPath::join(self.path.folder(), self.text("docs_dir").unwrap_or("docs"));
        if files.find_folder(docs.as_str()).is_none_or(|found| found.miscased) {
            return None;
        }
        let inside = docs.below(self.path.folder()).is_some();
        let folder = if inside { DocPath::new(self.path.folder()) } else { docs.clone() };
        let mut project = Project::of_everything(&super::DIALECT, folder);
        let site = self.site(docs);
        self.publish(&mut project, &site, files);
        project.site_url = self.text("site_url").map(|url| url.trim_end_matches('/').to_owned());
        let configured = settings.base_path.as_deref().map(|base| base.trim_end_matches('/').to_owned());
        project.base_path = configured.or_else(|| Some(path_of(project.site_url.as_deref()?).to_owned()));
        project.navigation.extend(self.layers.holding("nav").cloned());
        project.unknown_additions = self.has_unknown_additions();
        project.foreign_labels = self.has_foreign_labels();
        project.foreign_folders = self.views_of_blogs(&site.docs);
        let redirects = self.redirects(&project, &site);
        project.own = Some(Box::new(site));
        Some((project, redirects))
    }

    fn site(&self, docs: DocPath) -> Site {
        let toc = self.extension("toc");
        let option = |key| toc.and_then(|toc| toc.options)?.get(key);
        let folder = |path: &str| DocPath::join(self.path.folder(), path);
        let has = |names: &[&str]| names.iter().any(|name| self.extension(name).is_some());
        let theme = self.layers.at(&["theme", "custom_dir"]).and_then(Value::as_str);
        let absolute = self.layers.at(&["validation", "links", "absolute_links"]);
        let absolute = absolute.or_else(|| self.layers.at(&["validation", "absolute_links"]));
        Site {
            slugs: Slugs::of(
                option("slugify"),
                option("separator").and_then(Value::as_str),
                has(&["pymdownx.emoji", "materialx.emoji"]),
            ),
            attribute_lists: has(&["attr_list", "extra", "pymdownx.extra"])
                || !self.layers.is_known("markdown_extensions"),
            directory_urls: self.layers.at(&["use_directory_urls"]).and_then(Value::as_bool).unwrap_or(true),
            rooted_is_docs: absolute.and_then(Value::as_str) == Some("relative_to_docs"),
            snippets: self.extension("pymdownx.snippets").map(|snippets| self.bases(snippets.options, &docs)),
            theme: theme.map(folder),
            blogs: self.blogs(&docs),
            navigators: self.plugins.iter().any(|plugin| NAVIGATORS.contains(&plugin.name)),
            translated: self.plugin("i18n").is_some() || self.plugin("static-i18n").is_some(),
            docs,
        }
    }

    /// Where snippets are looked for: MkDocs is run where its configuration stands.
    fn bases(&self, options: Option<&Value>, docs: &DocPath) -> Bases {
        let folder = |path: &str| DocPath::join(self.path.folder(), path);
        let Some(value) = options.and_then(|options| options.get("base_path")) else {
            return Bases::Known(vec![folder("")]);
        };
        let list = value.as_array().unwrap_or(std::slice::from_ref(value));
        let base = |value: &Value| {
            let Some((tag, path)) = value.as_tagged() else { return value.as_str().map(folder) };
            let path = path.as_str().filter(|_| tag.ends_with("relative"))?;
            match path.split_once('/').unwrap_or((path, "")) {
                ("$docs_dir", rest) => Some(DocPath::join(docs.as_str(), rest)),
                ("$config_dir", rest) => Some(folder(rest)),
                _ => None,
            }
        };
        list.iter().map(base).collect::<Option<_>>().map_or(Bases::Unknown, Bases::Known)
    }

    fn publish(&self, project: &mut Project, site: &Site, files: &Files) {
        let excluded = self.excluded();
        let below = |path: &DocPath| path.below(site.docs.as_str()).map(str::to_owned);
        let docs = files.paths.iter().zip(0..).filter_map(|(path, id)| Some((id, path, below(path)?)));
        let docs: Vec<_> = docs.filter(|(_, _, inside)| !excluded.matches(inside)).collect();
        let indexed: FxHashSet<&str> = docs
            .iter()
            .filter(|(_, path, _)| path.file_name() == "index.md")
            .map(|(_, path, _)| path.folder())
            .collect();
        let mut published = FxHashMap::default();
        for (id, path, inside) in &docs {
            let replaced = path.file_name() == "README.md" && indexed.contains(path.folder());
            if !replaced {
                let address = site.address(path, inside).into_boxed_str();
                project.addresses.entry(fold(&address)).or_default().push(*id);
                published.insert(*id, address);
            }
        }
        project.published = Some(published);
    }

    /// The files of the docs' folder that are left out.
    fn excluded(&self) -> Globs {
        const ALWAYS: [&str; 2] = [".*", "/templates/"];
        let lists = ["exclude_docs", "draft_docs"].map(|key| self.text(key).unwrap_or_default());
        let written = lists.iter().flat_map(|list| list.lines()).map(str::trim_end);
        let written = written.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let is_glob = |line: &&str| Globs::like_gitignore([*line], Case::Sensitive).is_ok();
        let patterns = ALWAYS.into_iter().chain(written.filter(is_glob));
        Globs::like_gitignore(patterns, Case::Sensitive).unwrap_or_default()
    }

    fn has_unknown_additions(&self) -> bool {
        let is_known = |plugin: &Entry<'_>| HARMLESS.contains(&plugin.name);
        let hooks = self.layers.at(&["hooks"]);
        !self.layers.is_known("plugins")
            || !self.plugins.iter().all(is_known)
            || hooks.is_some_and(|hooks| !self.are_harmless(hooks))
    }

    /// Whether the hooks leave the list of files alone.
    fn are_harmless(&self, hooks: &Value) -> bool {
        let mut paths = hooks.strings().map(|(path, _)| DocPath::join(self.path.folder(), path));
        paths.all(|path| self.tree.configs.get(&path).is_some_and(|hook| !hook.contains("on_files")))
    }

    fn has_foreign_labels(&self) -> bool {
        let snippets = self.extension("pymdownx.snippets").and_then(|snippets| snippets.options);
        snippets.is_some_and(|options| options.get("auto_append").is_some())
            || self.plugins.iter().any(|plugin| LABELLERS.contains(&plugin.name))
    }

    /// The folders whose posts have addresses of their own.
    fn blogs(&self, docs: &DocPath) -> Vec<DocPath> {
        let blogs = self.plugins.iter().filter(|plugin| plugin.is("blog"));
        blogs
            .map(|blog| {
                let folder = blog.options.and_then(|options| options.get("blog_dir")).and_then(Value::as_str);
                DocPath::join(docs.as_str(), folder.unwrap_or("blog"))
            })
            .collect()
    }

    /// Where the blog plugin adds pages.
    fn views_of_blogs(&self, docs: &DocPath) -> Vec<DocPath> {
        const VIEWS: [&str; 4] = ["archive", "author", "category", "page"];
        let blogs = self.blogs(docs);
        blogs.iter().flat_map(|blog| VIEWS.map(|view| DocPath::join(blog.as_str(), view))).collect()
    }

    fn redirects(&self, project: &Project, site: &Site) -> Vec<Redirect> {
        let maps = self.plugin("redirects").and_then(|plugin| plugin.options?.get("redirect_maps"));
        let declared_in = maps.and_then(|maps| self.layers.file_of(maps)).unwrap_or(self.path);
        let file = |path: &str| DocPath::join(site.docs.as_str(), path);
        let address = |path: &DocPath| {
            let inside = path.below(site.docs.as_str())?;
            Some(format!("{}/{}", project.base_path.as_deref()?, site.address(path, inside)))
        };
        let members = maps.map(Value::members).unwrap_or_default().iter();
        members
            .filter_map(|member| {
                let url = member.value.as_str()?;
                let path = url.split('#').next().unwrap_or_default();
                let is_file = AddressKind::of(path) == AddressKind::Relative && !path.is_empty();
                let source = file(&member.key.value);
                Some(Redirect {
                    address: address(&source),
                    source,
                    url: url.to_owned(),
                    leads_to: is_file.then(|| file(path)),
                    declared_in: declared_in.clone(),
                    source_span: member.key.span,
                    span: member.value.span,
                    ..Redirect::default()
                })
            })
            .collect()
    }

    fn text(&self, key: &str) -> Option<&'l str> {
        self.layers.text(key)
    }

    fn plugin(&self, name: &str) -> Option<&Entry<'l>> {
        self.plugins.iter().find(|plugin| plugin.is(name))
    }

    fn extension(&self, name: &str) -> Option<&Entry<'l>> {
        self.extensions.iter().find(|extension| extension.is(name))
    }
}

/// The path of an address: `/docs` of `https://example.org/docs`.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |slash| &rest[slash..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_tree(configs: &[(&str, &str)], names: &[&str]) -> (PlatformConfig, Files) {
        let mut names: Vec<DocPath> = names.iter().copied().map(DocPath::new).collect();
        names.sort_unstable();
        let configs = configs.iter().map(|(path, text)| (DocPath::new(path), (*text).into())).collect();
        let tree = Tree { files: names.clone(), configs, ..Tree::default() };
        let files = Files::new(names);
        (read(&tree, &files, &Settings::default()), files)
    }

    fn addresses(config: &PlatformConfig) -> Vec<&str> {
        let mut addresses: Vec<_> = config.projects[0].addresses.keys().map(|address| &**address).collect();
        addresses.sort_unstable();
        addresses
    }

    const NAMES: [&str; 7] = [
        "docs/index.md",
        "docs/README.md",
        "docs/a/README.md",
        "docs/a/b.md",
        "docs/a/c.png",
        "docs/.d/e.md",
        "README.md",
    ];

    #[test]
    fn pages_have_addresses() {
        let (config, files) =
            read_tree(&[("mkdocs.yml", "site_name: x\nsite_url: https://a.b/c/\n")], &NAMES);
        assert_eq!(addresses(&config), ["", "a", "a/b", "a/c.png"]);
        let project = &config.projects[0];
        assert_eq!(project.base_path.as_deref(), Some("/c"));
        assert!(!project.publishes(files.find("docs/README.md").unwrap()));
        assert!(!project.publishes(files.find("README.md").unwrap()) && !project.unknown_additions);
        let text = "use_directory_urls: false\nexclude_docs: |\n  # x\n  *.png\n  !.d\n";
        assert_eq!(
            addresses(&read_tree(&[("mkdocs.yml", text)], &NAMES).0),
            ["", ".d/e.html", "a", "a/b.html"]
        );
    }

    #[test]
    fn what_is_inherited_counts() {
        let child = "INHERIT: ../base.yml\ndocs_dir: ../docs\nplugins: {redirects: {redirect_maps: {x.md: a/b.md#c}}}\n";
        let base = "nav: [index.md]\nplugins: {search: {}, autorefs: {}}\nhooks: [h.py]\n";
        let (config, _) = read_tree(&[("site/mkdocs.yml", child), ("base.yml", base)], &NAMES);
        let project = &config.projects[0];
        assert_eq!((project.folder.as_str(), project.navigation[0].as_str()), ("docs", "base.yml"));
        assert!(project.foreign_labels && project.unknown_additions);
        let redirect = &config.redirects[0];
        assert_eq!((redirect.source.as_str(), &*redirect.url), ("docs/x.md", "a/b.md#c"));
        assert_eq!(redirect.leads_to.as_ref().map(DocPath::as_str), Some("docs/a/b.md"));
        assert_eq!(redirect.source_span.of(child), "x.md");
    }

    #[test]
    fn bad_configurations_are_put_up_with() {
        let unknown = |text: &str| read_tree(&[("mkdocs.yml", text)], &NAMES).0.projects[0].unknown_additions;
        assert!(
            unknown("plugins: [gen-files]") && unknown("plugins: !ENV X") && unknown("INHERIT: none.yml")
        );
        assert!(!unknown("plugins: [search, material/blog]") && !unknown("") && !unknown("plugins: []"));
        let (config, _) = read_tree(&[("mkdocs.yml", "nav: [")], &NAMES);
        assert!(config.projects[0].unknown_additions && config.faults.len() == 1);
        for text in [
            "docs_dir: ../..",
            "docs_dir: none",
            "docs_dir: [x]\nnav: 3\nexclude_docs: 1",
            "exclude_docs: '['",
        ] {
            read_tree(&[("mkdocs.yml", text)], &NAMES);
        }
        let own = read_tree(&[("mkdocs.yml", "INHERIT: mkdocs.yml")], &NAMES).0;
        assert_eq!(own.projects.len(), 1);
    }
}
