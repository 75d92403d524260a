//! MkDocs, with Material for MkDocs and the usual plugins.
//!
//! Owns what the platform makes of a page; its configuration is read in `config`, destinations are followed in
//! `resolve`.

mod config;
mod layers;
mod navigation;
mod resolve;
mod slug;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use self::slug::Slugs;
use super::{Dialect, MadeAnchors, Usage, published_as_configured};
use crate::data::{Value, yaml};
use crate::facts::{Embed, Link, LinkKind};
use crate::finding::Level;
use crate::parse::{Blocks, Flavor};
use crate::path::{DocPath, joined};
use crate::site::{Doc, Parts, Project};
use crate::tree::Tree;

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "mkdocs",
    title: "MkDocs",
    summary: "MkDocs, with Material for MkDocs and the usual plugins",
    root_mark: Some("mkdocs.yml"),
    is_config: |path| matches!(path.file_name(), "mkdocs.yml" | "mkdocs.yaml"),
    further_configs,
    read_config: config::read,
    flavor,
    navigation: navigation::read,
    publish: published_as_configured,
    heading_ids: |project, doc| site_of(project).slugs.ids(doc),
    takes_id: |id| !id.name || id.anchor_element,
    makes_anchor,
    made_anchors,
    same_anchor: |_| None,
    split: Parts::split_then_decode,
    usage,
    resolve: resolve::resolve,
    includes_are_text: true,
    miscased_anchor: Level::Error,
    levels: &[("case-mismatch", Some(Level::Error)), ("rooted-link", Some(Level::Warning))],
    reads_front_matter: true,
    code_protects_pipe: true,
    surplus_cells_add_columns: false,
    ends_table: |_| false,
    text_before_unmakes_table: true,
    text_after_unmakes_table: false,
    table_takes_all_lines: true,
    rooted_is_repository: false,
    tilde_is_project: false,
    publishes_what_is_listed: false,
};

/// What the configuration says that only this platform understands.
#[derive(Debug, Default)]
struct Site {
    /// The folder of the docs.
    docs: DocPath,
    slugs: Slugs,
    attribute_lists: bool,
    /// Whether a page's address is a folder.
    directory_urls: bool,
    /// Whether `/` is the folder of the docs.
    rooted_is_docs: bool,
    /// Where snippets are looked for, if the project uses them.
    snippets: Option<Bases>,
    /// The folder whose files the theme adds.
    theme: Option<DocPath>,
    /// The folders whose posts have addresses of their own.
    blogs: Vec<DocPath>,
    /// Whether values of the navigation may mean something to a plugin.
    navigators: bool,
    /// Whether a page may be called otherwise in another language.
    translated: bool,
}

/// Where snippets are looked for.
#[derive(Debug)]
enum Bases {
    Known(Vec<DocPath>),
    Unknown,
}

/// What holds where there is no configuration.
static UNCONFIGURED: LazyLock<Site> = LazyLock::new(|| Site {
    attribute_lists: true,
    directory_urls: true,
    snippets: Some(Bases::Unknown),
    ..Site::default()
});

fn site_of(project: &Project) -> &Site {
    project.own::<Site>().unwrap_or(&UNCONFIGURED)
}

impl Site {
    fn is_in_docs(&self, path: &DocPath) -> bool {
        path.below(self.docs.as_str()).is_some()
    }

    /// Where a file is published that has the path `inside` in the docs' folder.
    fn address(&self, path: &DocPath, inside: &str) -> String {
        if !config::is_page(path) {
            return inside.to_owned();
        }
        let folder = inside.rfind('/').map_or("", |slash| &inside[..slash]);
        if config::is_index(path) {
            return folder.to_owned();
        }
        let end = if self.directory_urls { "" } else { ".html" };
        joined(folder, &format!("{}{end}", path.file_stem()))
    }
}

/// The files that configurations inherit from, and their hooks.
fn further_configs(tree: &Tree) -> Vec<DocPath> {
    let mut further = Vec::new();
    for (path, text) in &tree.configs {
        let is_yaml = ["yml", "yaml"].contains(&path.extension());
        let has_more = text.contains("INHERIT") || text.contains("hooks");
        let Some((config, _)) = yaml::parse(text).ok().filter(|_| is_yaml && has_more) else { continue };
        further.extend(layers::parent(path, &config));
        let hooks = config.get("hooks").into_iter().flat_map(Value::strings);
        further.extend(hooks.map(|(hook, _)| DocPath::join(path.folder(), hook)));
    }
    further
}

fn flavor(project: &Project, path: &DocPath) -> Flavor {
    const SNIPPETS: &[Embed] = &[Embed::Scissors];
    let site = site_of(project);
    let embeds = if site.snippets.is_some() { SNIPPETS } else { &[] };
    let is_snippet = || match &site.snippets {
        Some(Bases::Known(bases)) => {
            bases.iter().any(|base| *base != project.folder && path.below(base.as_str()).is_some())
        }
        _ => false,
    };
    let blocks = match site.is_in_docs(path) || is_snippet() {
        true => Blocks::Python { attribute_lists: site.attribute_lists },
        false => Blocks::CommonMark,
    };
    Flavor { blocks, embeds, ..Flavor::default() }
}

/// Footnotes, what the theme and its extensions make, and what only running a plugin would show.
fn makes_anchor(_: &Doc, name: &str) -> bool {
    let of_a_footnote = name.starts_with("fn:") || name.starts_with("fnref");
    name == "top" || name.starts_with("__") || of_a_footnote
}

fn made_anchors(doc: &Doc) -> MadeAnchors {
    let spellings = |name: &str| [name.into(), format!("+{name}").into()];
    let names = names_in_comments(doc).flat_map(spellings).collect();
    MadeAnchors { any: takes_in_the_unknown(doc), names, endings: slugs_of_tabs(doc), numbered: false }
}

/// Whether a plugin puts in something that may have any anchors: `::: module`, `{% include … %}`, a part of a file.
fn takes_in_the_unknown(doc: &Doc) -> bool {
    let directives = &doc.facts.directives;
    let is_part = |link: &Link| link.kind == LinkKind::Embed(Embed::Scissors) && is_part(doc, link);
    directives.iter().any(|directive| directive.starts_line && !directive.name.is_empty())
        || doc.facts.links.iter().any(is_part)
        || ["{%", "{{"].iter().any(|mark| {
            memchr::memmem::find_iter(doc.text.as_bytes(), mark).any(|at| !is_in_code(doc, at as u32))
        })
}

/// Hooks make anchors of comments that name them: `<!-- setting theme.palette -->`.
fn names_in_comments(doc: &Doc) -> impl Iterator<Item = &str> {
    let comments = doc.text.lines().filter_map(|line| Some(line.split_once("<!--")?.1));
    let is_of_name = |c: char| c.is_alphanumeric() || "._:-".contains(c);
    comments.flat_map(move |comment| comment.split(move |c| !is_of_name(c)))
}

/// Tabs may have anchors made of their labels, headings before them.
fn slugs_of_tabs(doc: &Doc) -> FxHashMap<usize, FxHashSet<Box<str>>> {
    let slugs = Slugs::of_tabs();
    let labels = doc.text.lines().filter_map(|line| line.trim_start().strip_prefix("==="));
    let labels = labels.filter_map(|label| label.split_once('"')?.1.trim_end().strip_suffix('"'));
    let mut by_length: FxHashMap<usize, FxHashSet<Box<str>>> = FxHashMap::default();
    for slug in labels.map(|label| slugs.slug_of(label)).filter(|slug| !slug.is_empty()) {
        by_length.entry(slug.len()).or_default().insert(slug.into());
    }
    by_length
}

fn is_in_code(doc: &Doc, at: u32) -> bool {
    let blocks = &doc.facts.code_blocks;
    let after = blocks.partition_point(|block| block.start <= at);
    after > 0 && at < blocks[after - 1].end
}

fn usage(doc: &Doc, link: &Link) -> Usage {
    match link.kind {
        LinkKind::Embed(Embed::Scissors) if is_part(doc, link) || is_in_code(doc, link.span.start) => {
            Usage::Code
        }
        LinkKind::Embed(Embed::Scissors) => Usage::Include,
        LinkKind::Directive(_) | LinkKind::Embed(_) => Usage::Nothing,
        LinkKind::Image => Usage::Image,
        LinkKind::Html(_) => Usage::Address,
        // `[](){ #id }` is how some write an anchor.
        LinkKind::Inline
            if link.target.span.is_empty() && doc.text[link.span.end as usize..].starts_with('{') =>
        {
            Usage::Nothing
        }
        _ => Usage::Link,
    }
}

/// Whether a snippet is a part of its file: `path:2:5`, `path:section`.
fn is_part(doc: &Doc, link: &Link) -> bool {
    doc.text[link.target.span.end as usize..].starts_with(':')
}
