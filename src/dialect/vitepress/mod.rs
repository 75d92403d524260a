//! VitePress: Markdown that becomes Vue components.
//!
//! Owns what the platform makes of headings and destinations. `config` reads the configuration, `pages` knows which
//! files are pages and `resolve` where a destination leads.

mod config;
mod pages;
mod resolve;
mod rewrites;
mod sidebar;
mod slug;

use super::{Dialect, MadeAnchors, PlatformConfig, Usage, published_as_configured};
use crate::facts::{Embed, Facts, HtmlAttribute, Link, LinkKind};
use crate::finding::Level;
use crate::parse::Flavor;
use crate::site::{Doc, Files, Parts};
use crate::tree::Tree;

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "vitepress",
    title: "VitePress",
    summary: "VitePress 1",
    root_mark: None,
    is_config: config::is_config,
    further_configs: |_| Vec::new(),
    read_config: |tree, files, _| read_config(tree, files),
    flavor: |_, path| Flavor::of(path, &[Embed::Comment, Embed::CodeImport]),
    navigation: |_, _, text| Facts { links: config::navigation(text), ..Facts::default() },
    publish: published_as_configured,
    heading_ids: |_, doc| slug::ids(&doc.facts.headings, &doc.text),
    takes_id: |_| true,
    makes_anchor,
    made_anchors,
    same_anchor: |_| None,
    split: Parts::split_then_decode,
    usage,
    resolve: resolve::resolve,
    includes_are_text: true,
    miscased_anchor: Level::Error,
    levels: &[
        ("case-mismatch", Some(Level::Error)),
        // VitePress stops at either.
        ("out-of-scope-link", Some(Level::Error)),
        ("local-path", Some(Level::Error)),
    ],
    reads_front_matter: true,
    code_protects_pipe: false,
    surplus_cells_add_columns: false,
    ends_table: |line| line.starts_with(":::"),
    text_before_unmakes_table: false,
    text_after_unmakes_table: false,
    table_takes_all_lines: false,
    rooted_is_repository: false,
    tilde_is_project: false,
    publishes_what_is_listed: false,
};

fn read_config(tree: &Tree, files: &Files) -> PlatformConfig {
    let mut platform = PlatformConfig::default();
    let mut last = None;
    for path in tree.configs.keys().filter(|path| config::is_config(path)) {
        let folder = config::site_folder(path);
        if folder == last {
            continue;
        }
        last = folder;
        let config = config::Config::read(tree, path, &mut platform.faults);
        let mut project = pages::Pages::project(config, files);
        project.navigation.push(path.clone());
        platform.projects.push(project);
    }
    platform
}

/// Braces give ids to more than headings, components hold elements that only the browser sees, and the theme has
/// ids of its own.
fn makes_anchor(_: &Doc, name: &str) -> bool {
    matches!(name, "app" | "VPContent" | "top")
}

fn made_anchors(doc: &Doc) -> MadeAnchors {
    let computed = [" :id=", " v-bind:id=", "v-html="].iter().any(|computed| doc.text.contains(computed));
    let any = computed || doc.text.lines().any(is_opaque_component);
    MadeAnchors { any, names: ids_in_braces(&doc.text).map(Box::from).collect(), ..MadeAnchors::default() }
}

/// The ids of attribute lists, `{#id}`.
fn ids_in_braces(text: &str) -> impl Iterator<Item = &str> {
    let before_braces = text.split('}');
    let inside = before_braces.filter_map(|before| Some(before.rsplit('\n').next()?.rsplit_once('{')?.1));
    inside.filter_map(slug::id_of_attributes)
}

/// A component on a line of its own, with nothing of the page in it: what it shows is not known.
fn is_opaque_component(line: &str) -> bool {
    let line = line.trim();
    let Some(tag) = line.strip_prefix('<').filter(|tag| tag.starts_with(|c: char| c.is_ascii_uppercase()))
    else {
        return false;
    };
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    name != "Badge" && (line.ends_with("/>") || line.ends_with(&format!("></{name}>")))
}

fn usage(doc: &Doc, link: &Link) -> Usage {
    match link.kind {
        LinkKind::Embed(Embed::Comment) => Usage::Include,
        LinkKind::Embed(Embed::CodeImport) => Usage::Code,
        LinkKind::Embed(_) | LinkKind::Directive(_) => Usage::Nothing,
        LinkKind::Image => Usage::Image,
        LinkKind::Html(attribute) => html_usage(element(link.span.of(&doc.text)), attribute),
        LinkKind::Inline if leaves_the_site(&doc.text[link.span.end as usize..]) => Usage::Address,
        _ => Usage::Link,
    }
}

/// What Vue's compiler takes for something to bundle; what a component makes of its properties only it knows.
fn html_usage(element: &str, attribute: HtmlAttribute) -> Usage {
    if element.contains('-') || element.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Usage::Nothing;
    }
    match (element, attribute) {
        ("script" | "style", _) => Usage::Nothing,
        ("img" | "video" | "source", HtmlAttribute::Source) => Usage::Image,
        ("image" | "use", HtmlAttribute::Href) => Usage::Image,
        _ => Usage::Address,
    }
}

fn element(tag: &str) -> &str {
    let name = tag.strip_prefix('<').unwrap_or(tag);
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())]
}

/// `[text](destination){target="_self"}`: VitePress leaves it as it is.
fn leaves_the_site(after: &str) -> bool {
    let attributes = after.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    attributes.is_some_and(|(attributes, _)| {
        attributes.split(' ').any(|word| word.starts_with("target=") || word.starts_with("download"))
    })
}
