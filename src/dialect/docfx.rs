//! docfx v2: static sites built from `docfx.json`, without OpenPublishing.
//!
//! Owns what differs from Microsoft Learn, with which it shares headings, includes, groups and tables of contents:
//! where the site will stand is not known, pages may come from outside the configuration's folder and may be
//! redirects, and what a tool makes of source code is not there before the build.

use super::learn::{self, groups::Groups, navigation, reader::Reader};
use super::{Dialect, PlatformConfig, Usage, no_made_anchors};
use crate::data::Value;
use crate::facts;
use crate::finding::Level;
use crate::parse::Flavor;
use crate::path::{DocPath, joined, strip_folder};
use crate::site::{
    AddressKind, Doc, FileId, Files, Found, Lookup, Outcome, Parts, Project, Redirect, Settings, Why,
};
use crate::tree::Tree;

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "docfx",
    title: "docfx",
    summary: "docfx v2: static sites built from `docfx.json`",
    root_mark: None,
    is_config: |path| path.file_name() == CONFIG,
    further_configs,
    read_config,
    flavor: |_, path| Flavor::of(path, &[]),
    navigation: |_, _, text| navigation::read(text),
    publish,
    heading_ids: learn::heading_ids,
    takes_id: |_| true,
    makes_anchor: |doc, name| IDS_OF_TEMPLATES.contains(&name) || learn::makes_anchor(doc, name),
    made_anchors: no_made_anchors,
    same_anchor: |_| None,
    split: Parts::split_then_decode,
    usage: learn::usage,
    resolve,
    includes_are_text: false,
    miscased_anchor: Level::Error,
    levels: &[("rooted-link", Some(Level::Warning))],
    reads_front_matter: true,
    code_protects_pipe: true,
    surplus_cells_add_columns: true,
    ends_table: learn::is_block_markup,
    text_before_unmakes_table: true,
    text_after_unmakes_table: true,
    table_takes_all_lines: false,
    rooted_is_repository: false,
    tilde_is_project: false,
    publishes_what_is_listed: false,
};

const CONFIG: &str = "docfx.json";

/// The ids that each page has from docfx's own templates.
const IDS_OF_TEMPLATES: &[&str] = &[
    "affix",
    "autocollapse",
    "breadcrumb",
    "logo",
    "navbar",
    "navpanel",
    "nextArticle",
    "search",
    "search-query",
    "search-results",
    "sidetoggle",
    "toc",
    "tocOffcanvas",
    "wrapper",
];

/// What a `docfx.json` says of a build.
struct Build {
    /// Its folder, from where `~/` counts.
    folder: DocPath,
    groups: Groups,
    /// What is written over pages made from source code, and is no page itself.
    overwrite: Groups,
    /// Where the site is written to.
    output: DocPath,
    /// Where pages are made from source code.
    made: Vec<DocPath>,
}

/// The folder of a project's `docfx.json`.
struct ConfigFolder(DocPath);

impl Build {
    /// Every build of the tree that is not OpenPublishing's.
    fn all(reader: &mut Reader<'_>) -> Vec<Build> {
        let tree = reader.tree;
        let configs = tree.configs.keys().filter(|path| path.file_name() == CONFIG);
        configs
            .filter(|path| !learn::is_above(tree, path))
            .filter_map(|path| {
                let config = reader.value(path)?;
                let mut bad = Vec::new();
                let build = Build::read(DocPath::new(path.folder()), &config, &mut bad);
                reader.report(path, bad);
                build
            })
            .collect()
    }

    fn read(folder: DocPath, config: &Value, bad: &mut Vec<learn::groups::BadPattern>) -> Option<Build> {
        let build = config.get("build")?;
        let named = |value: &Value, keys: [&str; 2], default: &str| {
            let name = keys.into_iter().find_map(|key| value.get(key)?.as_str()).unwrap_or(default);
            DocPath::join(folder.as_str(), &name.replace('\\', "/"))
        };
        let sources = config.get("metadata").and_then(Value::as_array).unwrap_or_default();
        Some(Build {
            groups: Groups::read(&folder, build, bad),
            overwrite: Groups::of_content(&folder, build.get("overwrite"), bad),
            output: named(build, ["output", "dest"], "_site"),
            made: sources.iter().map(|source| named(source, ["output", "dest"], "api")).collect(),
            folder,
        })
    }

    fn address(&self, path: &DocPath) -> Option<String> {
        let is_output = path.below(self.output.as_str()).is_some() && self.output != self.folder;
        if is_output { None } else { self.groups.address(path) }
    }

    fn navigation_candidates<'t>(&'t self, tree: &'t Tree) -> impl Iterator<Item = &'t DocPath> {
        let is_toc =
            |path: &&DocPath| navigation::is_toc(path) && path.extension().eq_ignore_ascii_case("yml");
        tree.files.iter().filter(is_toc).filter(|path| self.address(path).is_some())
    }

    fn project(&self, tree: &Tree, files: &Files, settings: &Settings) -> Project {
        let mut project = Project::of_everything(&DIALECT, self.folder.clone());
        let mut published = rustc_hash::FxHashMap::default();
        for (path, id) in files.paths.iter().zip(0..) {
            if let Some(address) = self.address(path) {
                let address = address.into_boxed_str();
                project.addresses.entry(address.clone()).or_default().push(id);
                published.insert(id, address);
            } else if self.overwrite.address(path).is_some() {
                published.insert(id, Box::default());
            } else {
                continue;
            }
            project.folder = folder_of_both(&project.folder, path);
        }
        project.published = Some(published);
        project.foreign_folders.clone_from(&self.made);
        project.navigation = self
            .navigation_candidates(tree)
            .filter(|path| tree.configs.contains_key(*path))
            .cloned()
            .collect();
        let base_path = settings.base_path.as_deref().unwrap_or_default();
        project.base_path = Some(base_path.trim_end_matches('/').to_owned());
        project.own = Some(Box::new(ConfigFolder(self.folder.clone())));
        project
    }
}

/// The deepest folder that holds both.
fn folder_of_both(folder: &DocPath, path: &DocPath) -> DocPath {
    let mut folder = folder.as_str();
    while path.below(folder).is_none() {
        folder = folder.rfind('/').map_or("", |slash| &folder[..slash]);
    }
    DocPath::new(folder)
}

fn further_configs(tree: &Tree) -> Vec<DocPath> {
    let builds = Build::all(&mut Reader::new(tree));
    builds.iter().flat_map(|build| build.navigation_candidates(tree).cloned()).collect()
}

fn read_config(tree: &Tree, files: &Files, settings: &Settings) -> PlatformConfig {
    let mut reader = Reader::new(tree);
    let builds = Build::all(&mut reader);
    let projects: Vec<_> = builds.iter().map(|build| build.project(tree, files, settings)).collect();
    reader.read_all(&projects);
    PlatformConfig { projects, redirects: Vec::new(), faults: reader.faults }
}

/// A page with `redirect_url` in its header is a redirect.
fn publish(project: &mut Project, files: &Files, docs: &[Doc]) -> Vec<Redirect> {
    let redirect = |doc: &Doc| {
        let value = &doc.facts.front_matter.as_ref()?.get("redirect_url", &doc.text)?.value;
        let facts::Value::Scalar(url) = &value.value else { return None };
        let address = project.published.as_ref()?.get(&files.find(doc.path.as_str())?)?;
        Some(Redirect {
            source: doc.path.clone(),
            address: Some(format!("/{address}")),
            url: address_led_to(project, files, doc, url.of(&doc.text)),
            declared_in: doc.path.clone(),
            span: value.span,
            ..Redirect::default()
        })
    };
    docs.iter().filter_map(redirect).collect()
}

/// The rooted address of the page that a relative `redirect_url` leads to; any other as it is written.
fn address_led_to(project: &Project, files: &Files, doc: &Doc, url: &str) -> String {
    let (path, tail) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let page = match AddressKind::of(url) {
        AddressKind::Relative => page_at(project, files, &joined(doc.path.folder(), path)),
        _ => None,
    };
    let address = page.and_then(|page| project.published.as_ref()?.get(&page.item));
    address.map_or_else(|| url.to_owned(), |address| format!("/{address}{tail}"))
}

/// The page whose output stands at a path, `.html` and all.
fn page_at(project: &Project, files: &Files, path: &str) -> Option<Found<FileId>> {
    let stem = path.strip_suffix(".html")?;
    let found =
        ["md", "yml"].iter().find_map(|extension| files.find_any_case(&format!("{stem}.{extension}")))?;
    project.publishes(found.item).then_some(found)
}

fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Outcome {
    match AddressKind::of(destination) {
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External if destination.starts_with("xref:") => Outcome::Skipped("xref"),
        AddressKind::External => Outcome::Skipped("external"),
        AddressKind::Relative if destination.is_empty() => Outcome::Empty,
        AddressKind::Relative if usage == Usage::Include => {
            relative(lookup, doc, &learn::slashes(destination))
        }
        kind => {
            let path = Parts::split_then_decode(destination).path;
            match learn::slashes(path.trim()) {
                path if path.is_empty() => Outcome::ThisPage,
                path if kind == AddressKind::Rooted => rooted(lookup, doc, &path, usage),
                path => relative(lookup, doc, &path),
            }
        }
    }
}

/// docfx leaves rooted destinations as they are: they count from the root of the host, and what else stands there
/// nobody knows.
fn rooted(lookup: &Lookup<'_>, doc: &Doc, path: &str, usage: Usage) -> Outcome {
    const UNKNOWN: Outcome = Outcome::Skipped("rooted on the host");
    if let Some(mounted) = lookup.mounted(path) {
        return learn::mounted_file(lookup, mounted, usage);
    }
    if path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("md")) {
        return Outcome::RootedFile;
    }
    let Some(address) = lookup.project.below_base_path(path) else { return UNKNOWN };
    let address = learn::groups::without_index(address.trim_end_matches(".html"));
    if let Some(redirect) = lookup.redirects.at_address(&format!("/{address}")) {
        return Outcome::Redirected(redirect);
    }
    match lookup.project.at_address(address) {
        [] => UNKNOWN,
        [only] => Outcome::File(Found { item: *only, miscased: false }),
        several => Outcome::Address(lookup.nearest_first(several, doc)),
    }
}

fn relative(lookup: &Lookup<'_>, doc: &Doc, path: &str) -> Outcome {
    let Lookup { project, files, .. } = *lookup;
    let folder = project.own().map_or(&project.folder, |ConfigFolder(folder)| folder);
    let full = match path.strip_prefix("~/") {
        Some(in_folder) => joined(folder.as_str(), in_folder),
        None => joined(doc.path.folder(), path),
    };
    if full == ".." || full.starts_with("../") {
        return lookup.above_root(DocPath::new(&full));
    }
    let names_folder = path.ends_with('/');
    if !names_folder && let Some(redirect) = lookup.redirects.from(&full) {
        return Outcome::Redirected(redirect);
    }
    match files.find_any_case(&full) {
        Some(found) if !names_folder => return Outcome::File(found),
        Some(_) => return Outcome::missing(DocPath::new(&full), Why::FileAsFolder),
        None => {}
    }
    if project.foreign_folders.iter().any(|made| strip_folder(&full, made.as_str()).is_some()) {
        return Outcome::Skipped("made by the build");
    }
    if let Some(found) = page_at(project, files, &full) {
        return Outcome::File(found);
    }
    match files.find_folder(&full) {
        None => Outcome::missing(DocPath::new(&full), Why::NoFile),
        Some(_) if navigation::is_toc(&doc.path) => match navigation::toc_of(&full, files) {
            Some(toc) => Outcome::File(toc),
            None => Outcome::missing(DocPath::new(&full), Why::Folder),
        },
        Some(found) if page_at(project, files, &joined(&full, "index.html")).is_some() => {
            Outcome::Folder { miscased: found.miscased }
        }
        Some(_) => Outcome::missing(DocPath::new(&full), Why::Folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(configs: &[(&str, &str)], others: &[&str]) -> Tree {
        let mut files: Vec<DocPath> =
            configs.iter().map(|(path, _)| *path).chain(others.iter().copied()).map(DocPath::new).collect();
        files.sort_unstable();
        let configs = configs.iter().map(|(path, text)| (DocPath::new(path), (*text).into())).collect();
        Tree { files, configs, ..Tree::default() }
    }

    fn read(tree: &Tree) -> PlatformConfig {
        read_config(tree, &Files::new(tree.files.clone()), &Settings::default())
    }

    #[test]
    fn pages_may_come_from_outside() {
        let docfx = r#"{"metadata": [{"src": "../src", "dest": "obj/api"}, {"src": "x"}], "build": {
            "content": [{"files": "**.md"}, {"src": "../Shared", "dest": "s", "files": ["**.md", "!**/x.md"]}],
            "resource": ["images/**"], "overwrite": "apidoc/*.md", "dest": "out"}}"#;
        let tree = tree(
            &[("docs/docfx.json", docfx), ("docs/toc.yml", "- href: [\n")],
            &["docs/index.md", "docs/out/a.md", "docs/images/a.png", "Shared/a.md", "Shared/x.md", "b.md"],
        );
        let config = read(&tree);
        let [project] = &config.projects[..] else { panic!("one build: {config:?}") };
        let mut addresses: Vec<&str> = project.addresses.keys().map(|address| &**address).collect();
        addresses.sort_unstable();
        assert_eq!(addresses, ["", "images/a.png", "s/a"]);
        assert_eq!(project.folder, DocPath::new(""));
        assert_eq!(project.foreign_folders, ["docs/obj/api", "docs/api"].map(DocPath::new));
    }

    #[test]
    fn what_is_published_otherwise_is_left_alone() {
        let docfx = r#"{"build": {"content": "**.md"}}"#;
        let publish = ("docs/.openpublishing.publish.config.json", "{}");
        assert_eq!(read(&tree(&[("docs/a/docfx.json", docfx), publish], &[])).projects.len(), 0);
        assert_eq!(read(&tree(&[("a/docfx.json", docfx), publish], &[])).projects.len(), 1);
        assert_eq!(read(&tree(&[("docfx.json", r#"{"metadata": []}"#)], &[])).projects.len(), 0);
    }

    #[test]
    fn a_table_of_contents_that_is_no_yaml_is_a_fault() {
        let docfx = r#"{"build": {"content": "**.{md,yml}"}}"#;
        let config = read(&tree(&[("docfx.json", docfx), ("toc.yml", "- href: [\n")], &[]));
        assert_eq!(config.faults.len(), 1, "{:?}", config.faults);
        assert_eq!(config.projects[0].navigation, [DocPath::new("toc.yml")]);
    }
}
