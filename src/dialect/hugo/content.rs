//! The content of a site: which files are pages, by which names others refer to them, and at which addresses they are
//! published.
//!
//! Owns the way from a file and its front matter to names and addresses. Knows nothing of links.

use rustc_hash::{FxHashMap, FxHashSet};

use super::address::{as_linked, extension, normal, parents, permalink};
use super::config::{Config, Mount};
use crate::facts::{Facts, Value};
use crate::path::{DocPath, joined, strip_folder};
use crate::site::{Doc, FileId, Files, Project, Redirect, fold};

/// What is known of a site once its pages are read.
#[derive(Default)]
pub struct Content {
    /// What its configuration says.
    pub config: Config,
    /// Its pages.
    pub places: FxHashMap<FileId, Place>,
    /// Its pages by language and name.
    by_name: FxHashMap<(usize, Box<str>), FileId>,
    /// Its pages by language and the last part of their names.
    by_last: FxHashMap<(usize, Box<str>), Vec<FileId>>,
    /// Lists that Hugo makes without a file.
    lists: FxHashSet<(usize, Box<str>)>,
    /// The folders of all addresses.
    folders: FxHashSet<Box<str>>,
}

/// A page of the site.
#[derive(Debug)]
pub struct Place {
    /// Index of its language.
    pub language: usize,
    /// What others call it: `posts/a` for `content/posts/A.md`.
    pub name: Box<str>,
    /// What it is among the pages.
    pub kind: PlaceKind,
    /// Its address below the base path; `None` where it is not known or the page is not published.
    pub address: Option<Box<str>>,
    /// Whether the page is a draft, or a part of another one.
    pub is_hidden: bool,
}

/// What a page is among the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// `name.md`
    Single,
    /// `index.md`: the folder is the page.
    Leaf,
    /// `_index.md`: the folder is a list of pages.
    Branch,
}

/// The names of formats that Hugo makes pages of.
const FORMATS: [&str; 11] =
    ["md", "mdown", "markdown", "html", "htm", "adoc", "asciidoc", "ad", "org", "rst", "pandoc"];

/// Whether it is the extension of a page.
#[must_use]
pub fn is_page_format(extension: &str) -> bool {
    FORMATS.iter().any(|format| format.eq_ignore_ascii_case(extension))
}

/// Completes the project; returns the aliases that its pages declare.
#[must_use]
pub fn publish(project: &mut Project, files: &Files, docs: &[Doc]) -> Vec<Redirect> {
    let Some(config) = project.own.take().and_then(|own| own.downcast::<Config>().ok()) else {
        return Vec::new();
    };
    let mut content = Content { config: *config, ..Content::default() };
    let mut aliases = Vec::new();
    let bundles = content.bundles(files);
    let mut published = FxHashMap::default();
    for (id, path) in files.paths.iter().enumerate() {
        let id = id as FileId;
        let Some(found) = content.find(path) else { continue };
        if !is_page_format(path.extension()) {
            if found.component != Component::Content {
                published.insert(id, found.path.into());
            }
            continue;
        }
        let doc = docs.binary_search_by(|doc| doc.path.cmp(path)).ok().map(|index| &docs[index]);
        let (language, stem) = content.language(&found, path.file_stem());
        let mut place = Place::new(found.folder(), language, stem);
        let in_bundle = bundles.contains(path.folder()) && place.kind == PlaceKind::Single
            || parents(path.folder()).skip(1).any(|folder| bundles.contains(folder));
        place.is_hidden = in_bundle || doc.is_some_and(|doc| is_hidden(&doc.facts, &doc.text));
        if !in_bundle {
            place.address = content.address(&place, doc, stem);
            content.config.unknown_addresses |= place.address.is_none();
        }
        if let (Some(doc), Some(address), false) = (doc, &place.address, place.is_hidden) {
            aliases.extend(content.aliases(project, doc, &place, address));
        }
        published.insert(id, place.address.as_deref().map(as_linked).unwrap_or_default());
        content.add(id, place);
    }
    content.add_lists();
    content.add_resources(&bundles, files, &mut published);
    for (&id, address) in &published {
        let hidden = content.places.get(&id).is_some_and(|place| place.address.is_none());
        let in_assets = content.config.assets.iter().any(|mount| mount.holds(files.path(id)));
        if !hidden && !in_assets {
            project.addresses.entry(fold(address.trim_end_matches('/'))).or_default().push(id);
            content.folders.extend(parents(address.trim_end_matches('/')).skip(1).map(fold));
        }
    }
    for of_address in project.addresses.values_mut() {
        of_address.sort_unstable();
    }
    project.published = Some(published);
    project.own = Some(Box::new(content));
    aliases
}

/// A file in one of the site's folders.
struct InComponent<'c> {
    mount: &'c Mount,
    component: Component,
    /// Its path as Hugo sees it.
    path: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Component {
    Content,
    Static,
    Assets,
}

impl InComponent<'_> {
    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl Mount {
    fn holds(&self, path: &DocPath) -> bool {
        path.below(self.folder.as_str()).is_some()
    }
}

impl Place {
    fn new(folder: &str, language: usize, stem: &str) -> Place {
        let (kind, name) = match stem {
            "index" => (PlaceKind::Leaf, folder.to_owned()),
            "_index" => (PlaceKind::Branch, folder.to_owned()),
            _ => (PlaceKind::Single, joined(folder, stem)),
        };
        Place { language, name: normal(&name).into(), kind, address: None, is_hidden: false }
    }
}

impl Content {
    /// The folder of the site that a file lies in.
    fn find(&self, path: &DocPath) -> Option<InComponent<'_>> {
        let Config { content, statics, assets, .. } = &self.config;
        let components =
            [(content, Component::Content), (statics, Component::Static), (assets, Component::Assets)];
        let all = components.iter().flat_map(|(mounts, kind)| mounts.iter().map(move |mount| (mount, *kind)));
        let holding = all.filter(|(mount, _)| mount.holds(path));
        let (mount, component) = holding.max_by_key(|(mount, _)| mount.folder.as_str().len())?;
        let path = joined(&mount.target, path.below(mount.folder.as_str())?);
        let is_page = component == Component::Content || !is_page_format(extension(&path));
        is_page.then_some(InComponent { mount, component, path })
    }

    /// Folders that are one page, with all they hold.
    fn bundles<'f>(&self, files: &'f Files) -> FxHashSet<&'f str> {
        let pages = files.paths.iter().filter(|path| {
            let stem = path.file_name().split('.').next().unwrap_or_default();
            stem == "index" && is_page_format(path.extension())
        });
        let in_content = |path: &&DocPath| self.config.content.iter().any(|mount| mount.holds(path));
        pages.filter(in_content).map(DocPath::folder).collect()
    }

    /// The language of a page, and its name without it: `page.fr`.
    fn language<'s>(&self, found: &InComponent<'_>, stem: &'s str) -> (usize, &'s str) {
        let languages = &self.config.languages;
        let named = stem.rsplit_once('.').and_then(|(stem, name)| {
            let index = languages.iter().position(|known| known.name.eq_ignore_ascii_case(name))?;
            Some((index, stem))
        });
        named.unwrap_or((found.mount.language.unwrap_or(0), stem))
    }

    fn add(&mut self, id: FileId, place: Place) {
        if !place.is_hidden || place.kind != PlaceKind::Leaf {
            let last = place.name.rsplit('/').next().unwrap_or_default();
            self.by_name.entry((place.language, place.name.clone())).or_insert(id);
            self.by_last.entry((place.language, last.into())).or_default().push(id);
        }
        self.places.insert(id, place);
    }

    /// The first folder of a page is a list, and so is each taxonomy and each of its terms.
    fn add_lists(&mut self) {
        for place in self.places.values().filter(|place| !place.is_hidden) {
            let first = place.name.split_once('/').map_or("", |(first, _)| first);
            self.lists.insert((place.language, first.into()));
        }
        for language in 0..self.config.languages.len() {
            self.lists.insert((language, "".into()));
            for taxonomy in &self.config.taxonomies {
                self.lists.insert((language, taxonomy.as_str().into()));
            }
        }
    }

    /// The page of that name.
    #[must_use]
    pub fn page(&self, language: usize, name: &str) -> Option<FileId> {
        self.by_name.get(&(language, name.into())).copied()
    }

    /// The pages whose names end so.
    #[must_use]
    pub fn pages_ending(&self, language: usize, last: &str) -> &[FileId] {
        self.by_last.get(&(language, last.into())).map_or(&[], Vec::as_slice)
    }

    /// Whether Hugo makes a list of that name. Which terms front matter has is not looked up.
    #[must_use]
    pub fn is_list(&self, language: usize, name: &str) -> bool {
        let first = name.split('/').next().unwrap_or_default();
        self.lists.contains(&(language, name.into()))
            || self.config.taxonomies.iter().any(|list| list == first)
    }

    /// Whether something is published in the folder of an address.
    #[must_use]
    pub fn has_folder_of(&self, address: &str) -> bool {
        self.folders.contains(&*fold(parents(address).nth(1).unwrap_or_default()))
    }

    /// What lies beside pages is published beside them.
    fn add_resources(
        &self,
        bundles: &FxHashSet<&str>,
        files: &Files,
        published: &mut FxHashMap<FileId, Box<str>>,
    ) {
        let mut addresses: FxHashMap<&str, &str> = FxHashMap::default();
        for (&id, place) in &self.places {
            let folder = files.path(id).folder();
            if let (true, Some(address)) = (bundles.contains(folder), &place.address)
                && (place.kind == PlaceKind::Leaf && place.language == 0 || !addresses.contains_key(folder))
            {
                addresses.insert(folder, address);
            }
        }
        for (id, path) in files.paths.iter().enumerate() {
            let Some(found) = self.find(path).filter(|found| found.component == Component::Content) else {
                continue;
            };
            if is_page_format(path.extension()) {
                continue;
            }
            let bundle = parents(path.folder()).find_map(|folder| Some((folder, addresses.get(folder)?)));
            let address = match bundle {
                Some((folder, address)) => {
                    joined(address.trim_end_matches(".html"), path.below(folder).unwrap_or_default())
                }
                None => format!("{}{}", self.prefix(found.mount.language.unwrap_or(0)), normal(&found.path)),
            };
            published.insert(id as FileId, address.into());
        }
    }

    /// What the addresses of a language begin with.
    fn prefix(&self, language: usize) -> &str {
        self.config.languages.get(language).map_or("", |language| &language.prefix)
    }

    /// Where a page is published; `None` where that is not known.
    fn address(&self, place: &Place, doc: Option<&Doc>, stem: &str) -> Option<Box<str>> {
        let prefix = self.prefix(place.language);
        let front =
            |key| doc.and_then(|doc| scalar(&doc.facts, key, &doc.text)).filter(|value| !value.is_empty());
        if let Some(url) = front("url") {
            let below = url.strip_prefix('/');
            let url = below.map_or_else(|| format!("{prefix}{url}"), str::to_owned);
            return (!url.contains("://") && !url.contains(':')).then(|| url.trim_end_matches('/').into());
        }
        let section = place.name.split_once('/').map_or("", |(section, _)| section);
        let pattern = self.config.permalinks.get(section).filter(|_| place.kind != PlaceKind::Branch);
        let path = match (pattern, front("slug")) {
            (Some(pattern), slug) => permalink(pattern, &place.name, stem, slug, &front)?,
            (None, Some(slug)) if place.kind != PlaceKind::Branch => {
                let folder = place.name.rsplit_once('/').map_or("", |(folder, _)| folder);
                joined(folder, &normal(slug))
            }
            _ => place.name.to_string(),
        };
        let extension = if self.config.ugly && place.kind != PlaceKind::Branch { ".html" } else { "" };
        Some(format!("{prefix}{path}{extension}").trim_end_matches('/').into())
    }

    /// The addresses from which a page's `aliases` lead to it.
    fn aliases(&self, project: &Project, doc: &Doc, place: &Place, address: &str) -> Vec<Redirect> {
        let Some(entry) =
            doc.facts.front_matter.as_ref().and_then(|front_matter| front_matter.get("aliases", &doc.text))
        else {
            return Vec::new();
        };
        let items = match &entry.value.value {
            Value::Sequence(items) => items,
            _ => std::slice::from_ref(&entry.value),
        };
        let base = project.base_path.as_deref().unwrap_or_default();
        let redirect = |alias: &str, span| {
            let alias = match alias.strip_prefix('/') {
                Some(rooted) => joined(self.prefix(place.language).trim_end_matches('/'), rooted),
                None => joined(parents(address).nth(1).unwrap_or_default(), alias),
            };
            let alias = alias.trim_end_matches("index.html").trim_end_matches('/');
            let end = if self.config.ugly && !alias.ends_with(".html") { ".html" } else { "" };
            Redirect {
                address: Some(format!("{base}/{alias}{end}")),
                url: format!("{base}/{}", as_linked(address)),
                declared_in: doc.path.clone(),
                source_span: span,
                span,
                ..Redirect::default()
            }
        };
        let scalars = items.iter().filter_map(|item| match &item.value {
            Value::Scalar(alias) => Some((alias.of(&doc.text), item.span)),
            _ => None,
        });
        scalars.map(|(alias, span)| redirect(alias, span)).collect()
    }
}

fn scalar<'d>(facts: &'d Facts, key: &str, page: &'d str) -> Option<&'d str> {
    match &facts.front_matter.as_ref()?.get(key, page)?.value.value {
        Value::Scalar(shown) => Some(shown.of(page)),
        _ => None,
    }
}

/// A draft, or a page that asks not to be published.
fn is_hidden(facts: &Facts, page: &str) -> bool {
    let build = facts.front_matter.as_ref().and_then(|front_matter| {
        let Value::Mapping(entries) = &front_matter.get("build", page)?.value.value else { return None };
        let render = entries.iter().find(|entry| entry.key.value.of(page) == "render")?;
        match &render.value.value {
            Value::Scalar(shown) => Some(shown.of(page)),
            _ => None,
        }
    });
    ["draft", "headless"].iter().any(|key| scalar(facts, key, page) == Some("true"))
        || matches!(build, Some("never" | "link" | "false"))
}

/// The rest of an address below a language's prefix, and the language.
#[must_use]
pub fn language_of_address<'a>(config: &Config, address: &'a str) -> (usize, &'a str) {
    let prefixed = config.languages.iter().enumerate().filter(|(_, language)| !language.prefix.is_empty());
    let mut found = prefixed.filter_map(|(index, language)| {
        Some((index, strip_folder(address, language.prefix.trim_end_matches('/'))?))
    });
    found.next_back().unwrap_or((0, address))
}
