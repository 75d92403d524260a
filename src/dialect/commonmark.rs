//! Plain CommonMark: pages read where they lie, by whatever reads Markdown. Nothing tells that it is wanted but the user.

use super::{
    Dialect, PlatformConfig, Usage, github, no_made_anchors, no_navigation, published_as_configured, slug,
};
use crate::facts::{Link, LinkKind};
use crate::finding::Level;
use crate::parse::Flavor;
use crate::path::DocPath;
use crate::site::{AddressKind, Doc, Lookup, Outcome, Parts};

/// The platform. CommonMark gives headings no ids; those of GitHub are what most readers of Markdown make.
pub static DIALECT: Dialect = Dialect {
    name: "commonmark",
    title: "plain CommonMark",
    summary: "Markdown files as they lie, published by no platform in particular",
    root_mark: None,
    is_config: |_| false,
    further_configs: |_| Vec::new(),
    read_config: |_, _, _| PlatformConfig::default(),
    flavor: |_, path| Flavor::of(path, &[]),
    navigation: no_navigation,
    publish: published_as_configured,
    heading_ids: |_, doc| slug::github(&doc.facts.headings, &doc.text),
    takes_id: |_| true,
    makes_anchor: |_, name| name == "top",
    made_anchors: no_made_anchors,
    same_anchor: |_| None,
    split: Parts::split_then_decode,
    usage,
    resolve,
    includes_are_text: false,
    miscased_anchor: Level::Error,
    levels: &[("case-mismatch", Some(Level::Error))],
    reads_front_matter: true,
    code_protects_pipe: false,
    surplus_cells_add_columns: false,
    ends_table: |_| false,
    text_before_unmakes_table: false,
    text_after_unmakes_table: false,
    table_takes_all_lines: false,
    rooted_is_repository: false,
    tilde_is_project: false,
    publishes_what_is_listed: false,
};

fn usage(_: &Doc, link: &Link) -> Usage {
    match link.kind {
        LinkKind::Directive(_) | LinkKind::Embed(_) => Usage::Nothing,
        _ => Usage::Link,
    }
}

/// From the page it is written in; with `/`, from the root.
fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, _: Usage) -> Outcome {
    let kind = AddressKind::of(destination);
    match kind {
        AddressKind::LocalPath => return Outcome::LocalPath,
        AddressKind::External => return Outcome::Skipped("external"),
        _ if destination.is_empty() => return Outcome::Empty,
        _ => {}
    }
    let path = Parts::split_then_decode(destination).path;
    let full = match kind {
        _ if path.is_empty() => return Outcome::ThisPage,
        AddressKind::Rooted => lookup.mounted(&path).unwrap_or_else(|| DocPath::new(&path)),
        _ => DocPath::join(doc.path.folder(), &path),
    };
    match full.levels_above_root() {
        0 => github::in_tree(lookup, full),
        _ => lookup.above_root(full),
    }
}
