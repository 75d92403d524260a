//! Reads what OpenPublishing and docfx are told: docsets, redirects, metadata.
//!
//! The files are dirty in real repositories and are read leniently; what is wrong in them becomes a fault.

use rustc_hash::{FxHashMap, FxHashSet};

use super::docset::{BadPattern, Groups, globs};
use crate::data::{Value, json};
use crate::dialect::PlatformConfig;
use crate::path::DocPath;
use crate::site::{ConfigFault, FileId, Files, Metadata, Project, Redirect, Settings, fold};
use crate::tree::Tree;

/// The file that declares the docsets; it stands at the root of the repository.
pub const PUBLISH_CONFIG: &str = ".openpublishing.publish.config.json";

/// Whether a file of that name is configuration of the platform.
#[must_use]
pub fn is_config(path: &DocPath) -> bool {
    let name = path.file_name();
    name == PUBLISH_CONFIG || name == "docfx.json" || is_redirection_file(name)
}

fn is_redirection_file(name: &str) -> bool {
    name.contains(".openpublishing.redirection") && name.ends_with(".json")
}

/// The redirection files that the publish configuration names.
#[must_use]
pub fn further_configs(tree: &Tree) -> Vec<DocPath> {
    let Some((path, publish)) = publish_config(tree, &mut Vec::new()) else { return Vec::new() };
    redirection_files(&path, &publish)
}

fn redirection_files(config: &DocPath, publish: &Value) -> Vec<DocPath> {
    let files = publish.get("redirection_files").and_then(Value::as_array).unwrap_or_default();
    files.iter().filter_map(Value::as_str).map(|file| DocPath::join(config.folder(), file)).collect()
}

/// Reads the configuration of the whole tree; without a publish configuration there is none.
#[must_use]
pub fn read(tree: &Tree, files: &Files, settings: &Settings) -> PlatformConfig {
    let mut config = PlatformConfig::default();
    let Some((path, publish)) = publish_config(tree, &mut config.faults) else { return config };
    let docsets = Docset::all(tree, &path, &publish, &mut config.faults);
    let declared = declared_redirects(tree, &path, &publish, &mut config.faults);
    for docset in &docsets {
        config.projects.push(docset.project(files, settings, &declared));
    }
    config.redirects =
        declared.into_iter().map(|redirect| with_address(redirect, &docsets, &config.projects)).collect();
    config
}

fn publish_config(tree: &Tree, faults: &mut Vec<ConfigFault>) -> Option<(DocPath, Value)> {
    let mut paths = tree.configs.keys().filter(|path| path.file_name() == PUBLISH_CONFIG);
    let path = paths.by_ref().min_by_key(|path| path.as_str().len())?.clone();
    let publish = read_json(tree, &path, faults)?;
    Some((path, publish))
}

fn read_json(tree: &Tree, path: &DocPath, faults: &mut Vec<ConfigFault>) -> Option<Value> {
    match json::parse(tree.configs.get(path)?) {
        Ok((value, oddities)) => {
            faults.extend(oddities.into_iter().map(|oddity| ConfigFault {
                path: path.clone(),
                span: oddity.span,
                message: format!("{}; the platform reads the file all the same", oddity.message),
                help: None,
                harmless: true,
            }));
            Some(value)
        }
        Err(fault) => {
            faults.push(ConfigFault {
                path: path.clone(),
                span: fault.span,
                message: format!("this file cannot be read: {}", fault.message),
                help: Some(
                    "what it declares is unknown until it is mended, so findings may be wrong".to_owned(),
                ),
                harmless: false,
            });
            None
        }
    }
}

type Published = FxHashMap<FileId, Box<str>>;
type Addresses = FxHashMap<Box<str>, Vec<FileId>>;

struct Docset {
    folder: DocPath,
    groups: Option<Groups>,
    metadata: Metadata,
    breadcrumb: Option<String>,
    foreign_folders: Vec<DocPath>,
}

impl Docset {
    fn all(tree: &Tree, config: &DocPath, publish: &Value, faults: &mut Vec<ConfigFault>) -> Vec<Docset> {
        let docsets = publish.get("docsets_to_publish").and_then(Value::as_array).unwrap_or_default();
        let foreign_folders = foreign_folders(config, publish);
        docsets
            .iter()
            .map(|docset| {
                let folder = docset.get("build_source_folder").and_then(Value::as_str).unwrap_or_default();
                let folder = DocPath::join(config.folder(), &folder.replace('\\', "/"));
                let docfx = DocPath::join(folder.as_str(), "docfx.json");
                let docfx = read_json(tree, &docfx, faults).map(|value| (docfx, value));
                let mut docset = Docset::read(folder, docfx, docset, faults);
                docset.foreign_folders.clone_from(&foreign_folders);
                docset
            })
            .collect()
    }

    fn read(
        folder: DocPath,
        docfx: Option<(DocPath, Value)>,
        docset: &Value,
        faults: &mut Vec<ConfigFault>,
    ) -> Docset {
        let mut read = Docset {
            folder,
            groups: None,
            metadata: Metadata::default(),
            breadcrumb: None,
            foreign_folders: Vec::new(),
        };
        let Some((path, docfx)) = docfx else { return read };
        let Some(build) = docfx.get("build") else { return read };
        let mut bad = Vec::new();
        let mut groups = Groups::read(build, &mut bad);
        groups.has_prebuild =
            docset.get("customized_tasks").is_some_and(|tasks| tasks.get("docset_prebuild").is_some());
        read.groups = Some(groups);
        read.metadata = metadata(build, &mut bad);
        let global = build.get("globalMetadata");
        let breadcrumb = global.and_then(|global| global.get("breadcrumb_path")).and_then(Value::as_str);
        read.breadcrumb = breadcrumb.map(str::to_owned);
        faults.extend(bad.into_iter().map(|BadPattern { span, message }| ConfigFault {
            path: path.clone(),
            span,
            message,
            help: None,
            harmless: false,
        }));
        read
    }

    fn project(&self, files: &Files, settings: &Settings, redirects: &[Redirect]) -> Project {
        let mut project = Project::of_everything(&super::DIALECT, self.folder.clone());
        project.foreign_folders.clone_from(&self.foreign_folders);
        project.metadata = self.metadata.clone();
        if let Some(groups) = &self.groups {
            let (published, addresses) = self.published(files, groups);
            project.published = Some(published);
            project.addresses = addresses;
        }
        let configured = settings.base_path.as_deref().map(|base| base.trim_end_matches('/').to_owned());
        project.base_path = configured
            .or_else(|| self.base_of_breadcrumb(&project.addresses))
            .or_else(|| self.base_of_redirects(redirects));
        project
    }

    fn published(&self, files: &Files, groups: &Groups) -> (Published, Addresses) {
        let mut published = Published::default();
        let mut addresses = Addresses::default();
        for (id, path) in files.paths.iter().enumerate() {
            let Some(address) = path.below(self.folder.as_str()).and_then(|path| groups.address(path)) else {
                continue;
            };
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

/// Where the platform's build puts other repositories.
fn foreign_folders(config: &DocPath, publish: &Value) -> Vec<DocPath> {
    let repositories = publish.get("dependent_repositories").and_then(Value::as_array).unwrap_or_default();
    repositories
        .iter()
        .filter_map(|repository| repository.get("path_to_root").and_then(Value::as_str))
        .map(|path| DocPath::join(config.folder(), &path.replace('\\', "/")))
        .collect()
}

fn metadata(build: &Value, bad: &mut Vec<BadPattern>) -> Metadata {
    let global = build.get("globalMetadata").map_or_else(FxHashSet::default, |global| {
        global.members().iter().map(|member| member.key.value.to_string()).collect()
    });
    let mut by_glob = Vec::new();
    for metadata in build.get("fileMetadata").map(Value::members).unwrap_or_default() {
        let patterns = metadata.value.members().iter().map(|member| (&*member.key.value, member.key.span));
        by_glob.push((metadata.key.value.to_string(), globs(patterns, bad)));
    }
    Metadata { global, by_glob }
}

fn declared_redirects(
    tree: &Tree,
    config: &DocPath,
    publish: &Value,
    faults: &mut Vec<ConfigFault>,
) -> Vec<Redirect> {
    let mut paths: Vec<DocPath> =
        tree.configs.keys().filter(|path| is_redirection_file(path.file_name())).cloned().collect();
    paths.extend(
        redirection_files(config, publish).into_iter().filter(|path| tree.configs.contains_key(path)),
    );
    paths.sort_unstable();
    paths.dedup();
    let mut redirects = Vec::new();
    for path in paths {
        let Some(value) = read_json(tree, &path, faults) else { continue };
        let list = value.get("redirections").and_then(Value::as_array).unwrap_or_default();
        redirects.extend(list.iter().filter_map(|entry| redirect(&path, entry, faults)));
    }
    redirects
}

fn redirect(declared_in: &DocPath, entry: &Value, faults: &mut Vec<ConfigFault>) -> Option<Redirect> {
    let text = |key| entry.get(key).filter(|value| value.as_str().is_some_and(|text| !text.is_empty()));
    let source = text("source_path_from_root").or_else(|| text("source_path"));
    let (Some(source), Some(url)) = (source, text("redirect_url")) else {
        let lacks = if source.is_none() { "source_path" } else { "redirect_url" };
        faults.push(ConfigFault {
            path: declared_in.clone(),
            span: entry.span,
            message: format!("this redirect has no `{lacks}`"),
            help: Some("give it both `source_path` and `redirect_url`, or remove it".to_owned()),
            harmless: false,
        });
        return None;
    };
    let from_root = entry.get("source_path_from_root") == Some(source);
    let folder = if from_root { "" } else { declared_in.folder() };
    let path = source.as_str().unwrap_or_default().replace('\\', "/");
    Some(Redirect {
        source: DocPath::join(folder, &path),
        url: own_host_stripped(url.as_str().unwrap_or_default()).to_owned(),
        is_conditional: entry.get("monikers").is_some(),
        declared_in: declared_in.clone(),
        source_span: source.span,
        span: url.span,
        ..Redirect::default()
    })
}

fn own_host_stripped(url: &str) -> &str {
    ["https://learn.microsoft.com", "https://docs.microsoft.com"]
        .iter()
        .find_map(|host| url.strip_prefix(host).filter(|rest| rest.starts_with('/')))
        .unwrap_or(url)
}

/// Where the former page was published; relative new addresses become rooted ones.
fn with_address(mut redirect: Redirect, docsets: &[Docset], projects: &[Project]) -> Redirect {
    let owner = docsets
        .iter()
        .zip(projects)
        .filter_map(|(docset, project)| {
            Some((docset, project, redirect.source.below(docset.folder.as_str())?))
        })
        .max_by_key(|(docset, _, _)| docset.folder.as_str().len());
    if let Some((docset, project, path)) = owner
        && let (Some(base), Some(groups)) = (&project.base_path, &docset.groups)
    {
        let fallback = || fold(path).trim_end_matches(".md").to_owned();
        let address = groups.content_address(path).unwrap_or_else(fallback);
        redirect.address = Some(format!("{base}/{address}"));
    }
    if let Some(address) = &redirect.address
        && !redirect.url.starts_with('/')
        && !redirect.url.contains("://")
    {
        let folder = address.rfind('/').map_or("", |slash| &address[..slash]);
        redirect.url = format!("/{}", DocPath::join(folder.trim_start_matches('/'), &redirect.url));
    }
    if redirect.address.as_deref().is_some_and(|address| is_same_address(address, redirect.address_led_to()))
    {
        redirect.address = None;
    }
    redirect
}

/// Whether a page kept its address, or became the page of the module's name: another repository publishes it now,
/// and links to the address are right.
fn is_same_address(address: &str, new: &str) -> bool {
    let (address, new) = (fold(address), fold(new));
    let module = address.rsplit('/').next().unwrap_or_default();
    address == new || new.strip_prefix(&*address).and_then(|rest| rest.strip_prefix('/')) == Some(module)
}
