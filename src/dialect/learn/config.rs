//! Finds the docsets of a tree: those that OpenPublishing is told to publish, or those of docfx v3 alone.
//!
//! The files are dirty in real repositories and are read leniently; what is wrong in them becomes a fault.

use super::docset::Docset;
use super::groups::globs;
use super::reader::Reader;
use super::redirections;
use crate::data::Value;
use crate::dialect::PlatformConfig;
use crate::path::DocPath;
use crate::site::{Files, Settings};
use crate::tree::Tree;

/// The file that declares the docsets; it stands at the root of the repository.
pub const PUBLISH_CONFIG: &str = ".openpublishing.publish.config.json";

/// The file in which docfx v3 is told where its docsets are.
const DOCSETS: &str = "docsets.yml";

/// Whether a file of that name is configuration of the platform.
#[must_use]
pub fn is_config(path: &DocPath) -> bool {
    let name = path.file_name();
    matches!(name, PUBLISH_CONFIG | DOCSETS | "docfx.json")
        || name == "docfx.yml" && !path.as_str().starts_with('.')
        || redirections::is_file_name(name)
}

/// Whether the platform's own configuration stands above a file.
#[must_use]
pub fn is_above(tree: &Tree, path: &DocPath) -> bool {
    let is_mark = |path: &&DocPath| matches!(path.file_name(), PUBLISH_CONFIG | DOCSETS);
    tree.configs.keys().filter(is_mark).any(|mark| path.below(mark.folder()).is_some())
}

/// The redirection files that the publish configuration names, and what may hold navigation.
#[must_use]
pub fn further_configs(tree: &Tree) -> Vec<DocPath> {
    let mut reader = Reader::new(tree);
    let publish = publish_config(&mut reader);
    let docsets = docsets(&mut reader, publish.as_ref());
    let redirections = publish.iter().flat_map(|(path, publish)| redirections::named(path, publish));
    redirections
        .chain(docsets.iter().flat_map(|docset| docset.navigation_candidates(tree).cloned()))
        .collect()
}

/// Reads the configuration of the whole tree.
#[must_use]
pub fn read(tree: &Tree, files: &Files, settings: &Settings) -> PlatformConfig {
    let mut reader = Reader::new(tree);
    let publish = publish_config(&mut reader);
    let docsets = docsets(&mut reader, publish.as_ref());
    let declared = redirections::declared(&mut reader, publish.as_ref(), &docsets);
    let projects: Vec<_> =
        docsets.iter().map(|docset| docset.project(tree, files, settings, &declared)).collect();
    reader.read_all(&projects);
    let redirects = declared
        .into_iter()
        .map(|redirect| redirections::with_address(redirect, &docsets, &projects))
        .collect();
    PlatformConfig { projects, redirects, faults: reader.faults }
}

fn publish_config(reader: &mut Reader<'_>) -> Option<(DocPath, Value)> {
    let paths = reader.tree.configs.keys().filter(|path| path.file_name() == PUBLISH_CONFIG);
    let path = paths.min_by_key(|path| path.as_str().len())?.clone();
    let publish = reader.value(&path)?;
    Some((path, publish))
}

fn docsets(reader: &mut Reader<'_>, publish: Option<&(DocPath, Value)>) -> Vec<Docset> {
    let Some((path, publish)) = publish else { return v3_docsets(reader) };
    let docsets = publish.get("docsets_to_publish").and_then(Value::as_array).unwrap_or_default();
    docsets
        .iter()
        .map(|declared| {
            let folder = declared.get("build_source_folder").and_then(Value::as_str).unwrap_or_default();
            let mut docset = Docset::read(DocPath::join(path.folder(), &folder.replace('\\', "/")), reader);
            if let Some(groups) = &mut docset.groups {
                groups.has_prebuild = declared.at(&["customized_tasks", "docset_prebuild"]).is_some();
            }
            docset.foreign_folders.extend(foreign_folders(path, publish));
            docset
        })
        .collect()
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

/// Without OpenPublishing: the folders that `docsets.yml` names, and those of each `docfx.yml`.
fn v3_docsets(reader: &mut Reader<'_>) -> Vec<Docset> {
    let tree = reader.tree;
    let named = |name: &'static str| tree.configs.keys().filter(move |path| path.file_name() == name);
    if tree.configs.keys().any(|path| path.file_name() == PUBLISH_CONFIG) {
        return Vec::new();
    }
    let mut folders: Vec<&str> = Vec::new();
    for path in named("docfx.yml") {
        if reader.value(path).is_some_and(|config| is_v3(&config)) {
            folders.push(path.folder());
        }
    }
    for path in named(DOCSETS) {
        let Some(list) = reader.value(path) else { continue };
        let mut bad = Vec::new();
        let docsets = globs(list.get("docsets").into_iter().flat_map(Value::strings), &mut bad);
        reader.report(path, bad);
        let below = named("docfx.json").filter_map(|config| {
            let folder = crate::path::strip_folder(config.folder(), path.folder())?;
            docsets.matches(&crate::site::fold(folder)).then_some(config.folder())
        });
        folders.extend(below);
    }
    folders.sort_unstable();
    folders.dedup();
    folders.into_iter().map(|folder| Docset::read(DocPath::new(folder), reader)).collect()
}

/// Whether a `docfx.yml` is docfx's, and not some build server's.
fn is_v3(config: &Value) -> bool {
    const KEYS: [&str; 11] = [
        "basePath",
        "content",
        "dependencies",
        "exclude",
        "fileMetadata",
        "files",
        "globalMetadata",
        "hostName",
        "resource",
        "routes",
        "siteName",
    ];
    KEYS.iter().any(|key| config.get(key).is_some())
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

    fn addresses(project: &crate::site::Project) -> Vec<&str> {
        let mut addresses: Vec<&str> = project.addresses.keys().map(|address| &**address).collect();
        addresses.sort_unstable();
        addresses
    }

    fn read_all(tree: &Tree) -> PlatformConfig {
        read(tree, &Files::new(tree.files.clone()), &Settings::default())
    }

    #[test]
    fn reads_docfx_v3_alone() {
        let docfx = "files: '**/*.{md,png}'\nexclude: drafts/**\nbasePath: /base/\n\
                     routes: {guide/: help/, one.md: two/}\ndependencies: {samples: 'https://example.org/x'}\n";
        let redirections = "redirections: {old.md: /base/help/start}\nrenames: {former.md: guide/start.md}\n";
        let tree = tree(
            &[("docs/docfx.yml", docfx), ("docs/redirections.yml", redirections)],
            &["docs/guide/start.md", "docs/guide/toc.yml", "docs/one.md", "docs/drafts/x.md", "docs/a.png"],
        );
        let config = read_all(&tree);
        let [project] = &config.projects[..] else { panic!("one docset: {config:?}") };
        assert_eq!(addresses(project), ["a.png", "help/start", "two/one"]);
        assert_eq!(project.base_path.as_deref(), Some("/base"));
        assert_eq!(project.foreign_folders, [DocPath::new("docs/samples")]);
        let redirect = |index: usize| {
            let redirect = &config.redirects[index];
            (redirect.source.as_str(), redirect.address.as_deref(), redirect.url.as_str())
        };
        assert_eq!(redirect(0), ("docs/old.md", Some("/base/old"), "/base/help/start"));
        assert_eq!(redirect(1).0, "docs/former.md");
        assert_eq!(config.faults, []);
    }

    #[test]
    fn a_build_server_may_have_a_docfx_yml() {
        let workflow = "on: push\njobs: {}\n";
        assert!(!is_config(&DocPath::new(".github/workflows/docfx.yml")));
        assert!(read_all(&tree(&[("build/docfx.yml", workflow)], &[])).projects.is_empty());
    }

    #[test]
    fn reads_the_docsets_of_docsets_yml() {
        let docfx = r#"{"files": "**/*.md"}"#;
        let tree = tree(
            &[("docsets.yml", "docsets: [sets/*]\n"), ("sets/a/docfx.json", docfx), ("b/docfx.json", docfx)],
            &["sets/a/x.md", "b/x.md"],
        );
        let folders: Vec<_> = read_all(&tree).projects.iter().map(|project| project.folder.clone()).collect();
        assert_eq!(folders, [DocPath::new("sets/a")]);
        assert!(is_above(&tree, &DocPath::new("b/docfx.json")));
    }

    #[test]
    fn finds_what_may_hold_navigation() {
        let publish =
            r#"{"docsets_to_publish": [{"build_source_folder": "docs"}], "redirection_files": ["r.json"]}"#;
        let docfx = r#"{"build": {"content": [{"files": ["**/*.yml", "**/*.md"], "exclude": ["obj/**"]}]}}"#;
        let tree = tree(
            &[(PUBLISH_CONFIG, publish), ("docs/docfx.json", docfx), ("docs/toc.yml", "- href: a.md\n")],
            &["docs/index.yml", "docs/obj/toc.yml", "ci.yml"],
        );
        let further = further_configs(&tree);
        assert_eq!(further, ["r.json", "docs/index.yml", "docs/toc.yml"].map(DocPath::new));
        assert_eq!(read_all(&tree).projects[0].navigation, [DocPath::new("docs/toc.yml")]);
    }
}
