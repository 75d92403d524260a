//! A docset: what one folder publishes, at which addresses, with which metadata.
//!
//! Owns the reading of `docfx.json` and `docfx.yml`, and what of a docset its project must know.

use rustc_hash::{FxHashMap, FxHashSet};

use super::groups::{BadPattern, Groups, globs};
use super::navigation;
use super::reader::Reader;
use crate::data::Value;
use crate::path::DocPath;
use crate::site::{FileId, Files, Metadata, Project, Redirect, Settings, fold};
use crate::tree::Tree;

/// What a docset's own configuration says.
pub struct Docset {
    /// Its folder.
    pub folder: DocPath,
    /// What it publishes; `None` where there is no configuration that says.
    pub groups: Option<Groups>,
    /// Where the platform's build puts other repositories.
    pub foreign_folders: Vec<DocPath>,
    metadata: Metadata,
    breadcrumb: Option<String>,
    base_path: Option<String>,
}

type Published = FxHashMap<FileId, Box<str>>;
type Addresses = FxHashMap<Box<str>, Vec<FileId>>;

impl Docset {
    /// Reads the configuration in `folder`, if there is one.
    pub fn read(folder: DocPath, reader: &mut Reader<'_>) -> Docset {
        let names = ["docfx.json", "docfx.yml"].map(|name| DocPath::join(folder.as_str(), name));
        let mut docset = Docset {
            folder,
            groups: None,
            foreign_folders: Vec::new(),
            metadata: Metadata::default(),
            breadcrumb: None,
            base_path: None,
        };
        let config = names.into_iter().find_map(|path| Some((reader.value(&path)?, path)));
        if let Some((config, path)) = config {
            docset.take(&config, &path, reader);
        }
        docset
    }

    fn take(&mut self, config: &Value, path: &DocPath, reader: &mut Reader<'_>) {
        let mut bad = Vec::new();
        let (groups, said) = match config.get("build") {
            Some(build) => (Groups::read(&self.folder, build, &mut bad), build),
            None if config.members().is_empty() && path.extension() == "json" => return,
            None => (Groups::read_v3(&self.folder, config, &mut bad), config),
        };
        self.groups = Some(groups);
        self.metadata = metadata(said, &mut bad);
        self.breadcrumb = text(said.at(&["globalMetadata", "breadcrumb_path"]));
        self.base_path = text(said.get("basePath"));
        let dependencies = said.get("dependencies").map(Value::members).unwrap_or_default();
        let mounts = dependencies.iter().map(|mount| DocPath::join(self.folder.as_str(), &mount.key.value));
        self.foreign_folders = mounts.collect();
        reader.report(path, bad);
    }

    /// The files that may hold navigation, as far as their names tell.
    pub fn navigation_candidates<'t>(&'t self, tree: &'t Tree) -> impl Iterator<Item = &'t DocPath> {
        let has_name = |path: &&DocPath| path.extension().eq_ignore_ascii_case("yml");
        tree.files.iter().filter(has_name).filter(|path| self.publishes(path))
    }

    fn publishes(&self, path: &DocPath) -> bool {
        let groups = self.groups.as_ref();
        path.below(self.folder.as_str()).is_some()
            && groups.is_some_and(|groups| groups.address(path).is_some())
    }

    /// The project that publishes the docset.
    pub fn project(
        &self,
        tree: &Tree,
        files: &Files,
        settings: &Settings,
        redirects: &[Redirect],
    ) -> Project {
        let mut project = Project::of_everything(&super::DIALECT, self.folder.clone());
        project.foreign_folders.clone_from(&self.foreign_folders);
        project.metadata = self.metadata.clone();
        if let Some(groups) = &self.groups {
            let (published, addresses) = self.published(files, groups);
            project.published = Some(published);
            project.addresses = addresses;
        }
        let is_navigation = |path: &&DocPath| {
            tree.configs.get(*path).is_some_and(|text| navigation::is_navigation(path, text))
        };
        project.navigation = self.navigation_candidates(tree).filter(is_navigation).cloned().collect();
        project.base_path = settings
            .base_path
            .as_ref()
            .or(self.base_path.as_ref())
            .map(|base| base.trim_end_matches('/').to_owned())
            .or_else(|| self.base_of_breadcrumb(&project.addresses))
            .or_else(|| self.base_of_redirects(redirects));
        project
    }

    fn published(&self, files: &Files, groups: &Groups) -> (Published, Addresses) {
        let mut published = Published::default();
        let mut addresses = Addresses::default();
        for (id, path) in files.paths.iter().enumerate() {
            if path.below(self.folder.as_str()).is_none() {
                continue;
            }
            let Some(address) = groups.address(path) else { continue };
            let address = address.into_boxed_str();
            published.insert(id as FileId, address.clone());
            addresses.entry(address).or_default().push(id as FileId);
        }
        (published, addresses)
    }

    /// `/base/scripting/bread/toc.json` is the breadcrumb file, published at `scripting/bread/toc`.
    fn base_of_breadcrumb(&self, addresses: &Addresses) -> Option<String> {
        let breadcrumb = fold(self.breadcrumb.as_deref()?.strip_suffix(".json")?);
        let mut address = breadcrumb.strip_prefix('/')?;
        while let Some((_, rest)) = address.split_once('/') {
            address = rest;
            if addresses.contains_key(address) {
                return Some(breadcrumb[..breadcrumb.len() - address.len() - 1].to_owned());
            }
        }
        None
    }

    /// The commonest first segment of where redirects lead.
    fn base_of_redirects(&self, redirects: &[Redirect]) -> Option<String> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for redirect in
            redirects.iter().filter(|redirect| redirect.source.below(self.folder.as_str()).is_some())
        {
            if let Some(path) = redirect.url.strip_prefix('/') {
                *counts.entry(path.split('/').next().unwrap_or_default()).or_default() += 1;
            }
        }
        let commonest = counts.into_iter().max_by_key(|(segment, count)| (*count, *segment))?;
        Some(format!("/{}", commonest.0))
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}

fn metadata(config: &Value, bad: &mut Vec<BadPattern>) -> Metadata {
    let global = config.get("globalMetadata").map_or_else(FxHashSet::default, |global| {
        global.members().iter().map(|member| member.key.value.to_string()).collect()
    });
    let mut by_glob = Vec::new();
    for metadata in config.get("fileMetadata").map(Value::members).unwrap_or_default() {
        let patterns = metadata.value.members().iter().map(|member| (&*member.key.value, member.key.span));
        by_glob.push((metadata.key.value.to_string(), globs(patterns, bad)));
    }
    // A table of contents is no page, and has no title.
    by_glob.push(("title".to_owned(), globs([("**/toc.md", config.span)], bad)));
    Metadata { global, by_glob }
}
