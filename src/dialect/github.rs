//! GitHub: pages as the repository's readers see them.

use super::{Dialect, PlatformConfig, Usage, no_made_anchors, no_navigation, published_as_configured, slug};
use crate::facts::{Link, LinkKind};
use crate::finding::Level;
use crate::parse::Flavor;
use crate::path::{DocPath, strip_folder};
use crate::site::{AddressKind, Doc, Lookup, Outcome, Parts, Why};

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "github",
    title: "GitHub",
    summary: "pages as GitHub shows them in the repository",
    root_mark: None,
    is_config: |_| false,
    further_configs: |_| Vec::new(),
    read_config: |_, _, _| PlatformConfig::default(),
    flavor: |_, path| Flavor::of(path, &[]),
    navigation: no_navigation,
    publish: published_as_configured,
    heading_ids: |_, doc| slug::github(&doc.facts.headings, &doc.text),
    takes_id: |_| true,
    makes_anchor,
    made_anchors: no_made_anchors,
    same_anchor: |name| name.strip_prefix("user-content-"),
    split: Parts::split_then_decode,
    usage,
    resolve,
    includes_are_text: false,
    miscased_anchor: Level::Warning,
    levels: &[("case-mismatch", Some(Level::Error))],
    reads_front_matter: true,
    code_protects_pipe: false,
    surplus_cells_add_columns: false,
    ends_table: |_| false,
    text_before_unmakes_table: false,
    text_after_unmakes_table: false,
    table_takes_all_lines: false,
    rooted_is_repository: true,
    tilde_is_project: false,
    publishes_what_is_listed: false,
};

/// Footnotes end in a number that only GitHub knows.
fn makes_anchor(doc: &Doc, name: &str) -> bool {
    let of_footnote = |name: &str| name.starts_with("fn-") || name.starts_with("fnref-");
    name.eq_ignore_ascii_case("top")
        || matches!(name, "readme" | "readme-ov-file")
        || name.strip_prefix("user-content-").is_some_and(of_footnote)
        || of_footnote(name) && doc.facts.footnote_definitions > 0
}

fn usage(_: &Doc, link: &Link) -> Usage {
    match link.kind {
        LinkKind::Directive(_) | LinkKind::Embed(_) => Usage::Nothing,
        _ => Usage::Link,
    }
}

fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, _: Usage) -> Outcome {
    match AddressKind::of(destination) {
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External => {
            let url = Parts::split_then_decode(destination).path;
            match lookup.repository.and_then(|repository| repository.path_in(&url)) {
                Some(path) => look_up(lookup, in_repository(lookup, path)),
                None => Outcome::Skipped("external"),
            }
        }
        AddressKind::Rooted | AddressKind::Relative if destination.is_empty() => Outcome::Empty,
        kind => {
            let path = Parts::split_then_decode(destination).path;
            match path.strip_prefix('/') {
                _ if path.is_empty() => Outcome::ThisPage,
                Some(from_root) if kind == AddressKind::Rooted => match lookup.mounted(&path) {
                    Some(mounted) => look_up(lookup, mounted),
                    None => look_up(lookup, in_repository(lookup, from_root)),
                },
                _ => look_up(lookup, DocPath::join(doc.path.folder(), &path)),
            }
        }
    }
}

/// A path from the root of the repository, as a path from the root of the tree.
fn in_repository(lookup: &Lookup<'_>, path: &str) -> DocPath {
    let path = DocPath::new(path);
    match strip_folder(path.as_str(), lookup.below_git_root) {
        Some(inside) => DocPath::new(inside),
        None => DocPath::join("", &format!("{}{path}", "../".repeat(lookup.levels_to_git_root()))),
    }
}

fn look_up(lookup: &Lookup<'_>, path: DocPath) -> Outcome {
    if path.levels_above_root() > 0 {
        return if is_repository_page(lookup, &path) {
            Outcome::Skipped("on GitHub's own pages")
        } else {
            lookup.above_root(path)
        };
    }
    in_tree(lookup, path)
}

/// What stands at a path below the root, where each file and folder is what its name says.
pub(super) fn in_tree(lookup: &Lookup<'_>, path: DocPath) -> Outcome {
    if let Some(found) = lookup.files.find_any_case(path.as_str()) {
        return Outcome::File(found);
    }
    if let Some(folder) = lookup.files.find_folder(path.as_str()) {
        return Outcome::Folder { miscased: folder.miscased };
    }
    if path.as_str().contains('\\') {
        let with_slashes = DocPath::new(&path.as_str().replace('\\', "/"));
        if lookup.files.find_any_case(with_slashes.as_str()).is_some() {
            return Outcome::missing(path, Why::Backslash);
        }
    }
    match lookup.redirects.from(path.as_str()) {
        Some(redirect) => Outcome::missing(path, Why::Redirect(redirect)),
        None => Outcome::missing(path, Why::NoFile),
    }
}

/// `../../issues` in a page at the repository's root is `/owner/repository/issues` on the site: a file's address
/// begins with `/owner/repository/blob/branch/`.
fn is_repository_page(lookup: &Lookup<'_>, path: &DocPath) -> bool {
    let above_repository = path.levels_above_root().checked_sub(lookup.levels_to_git_root());
    let page = path.as_str().split('/').find(|segment| *segment != "..").unwrap_or_default();
    above_repository == Some(2) && REPOSITORY_PAGES.contains(&page)
}

const REPOSITORY_PAGES: &[&str] = &[
    "actions",
    "archive",
    "blame",
    "blob",
    "branches",
    "commit",
    "commits",
    "compare",
    "contributors",
    "deployments",
    "discussions",
    "edit",
    "forks",
    "graphs",
    "issues",
    "labels",
    "milestone",
    "milestones",
    "network",
    "new",
    "packages",
    "projects",
    "pull",
    "pulls",
    "pulse",
    "raw",
    "releases",
    "security",
    "settings",
    "stargazers",
    "tags",
    "tree",
    "watchers",
    "wiki",
];
