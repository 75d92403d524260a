//! Docusaurus 3 with its classic plugins: docs, blog, pages, redirects.
//!
//! Owns what the platform makes of headings and links; its configuration is read in `config` and `plugins`, which
//! folders hold pages is in `part`, their addresses are made in `address`, destinations are looked up in `resolve`.

mod address;
mod config;
mod part;
mod plugins;
mod resolve;
mod sidebar;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use self::part::Part;
use super::slug::{Numbering, cased_slug, github_slug};
use super::{Dialect, MadeAnchors, Usage};
use crate::facts::{Embed, Heading, HtmlAttribute, Link, LinkKind, PieceKind};
use crate::finding::Level;
use crate::parse::{Blocks, Flavor};
use crate::path::DocPath;
use crate::site::{Doc, FileId, Parts, Project};

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "docusaurus",
    title: "Docusaurus",
    summary: "Docusaurus 3: docs, blog and pages in MDX",
    root_mark: None,
    is_config: config::is_config,
    further_configs: |_| Vec::new(),
    read_config: config::read,
    flavor,
    navigation: sidebar::read,
    publish: address::publish,
    heading_ids,
    takes_id: |_| true,
    makes_anchor,
    made_anchors,
    same_anchor: |_| None,
    split: Parts::split_then_decode,
    usage,
    resolve: resolve::resolve,
    includes_are_text: false,
    miscased_anchor: Level::Error,
    levels: &[("case-mismatch", Some(Level::Error))],
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

/// What the configuration says that only this platform understands.
#[derive(Debug, Default)]
struct Site {
    parts: Vec<Part>,
    /// What all addresses begin with: `/manual`, or nothing.
    base_path: String,
    /// The folders whose files are published as they are.
    statics: Vec<DocPath>,
    format: Format,
    /// Pages whose own header says that they are not MDX.
    plain_pages: FxHashSet<DocPath>,
    maintain_case: bool,
    /// Whether a comment of HTML is HTML in plain Markdown, so that it can hold an id.
    comments_are_html: bool,
    /// Whether pages' addresses end in `/`, where the configuration says so.
    trailing_slash: Option<bool>,
    /// Addresses, folded, of pages that the platform makes itself.
    generated: FxHashSet<Box<str>>,
    /// The parts whose navigation a file is.
    sidebars: FxHashMap<DocPath, usize>,
    /// For each part the pages by their ids.
    ids: FxHashMap<(usize, Box<str>), FileId>,
}

/// What files that end in `.md` hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Mdx,
    Plain,
    Detect,
}

fn flavor(project: &Project, path: &DocPath) -> Flavor {
    let of_name = Flavor::of(path, &[]).blocks;
    let blocks = match project.own::<Site>() {
        Some(site) if site.plain_pages.contains(path) || site.format == Format::Plain => Blocks::CommonMark,
        Some(site) if site.format == Format::Mdx => Blocks::Mdx,
        _ => of_name,
    };
    let embeds: &[Embed] = if blocks == Blocks::Mdx { &[Embed::Import] } else { &[] };
    Flavor { blocks, embeds, ..Flavor::default() }
}

/// A first-level heading has an id that no element gets; its number is taken all the same.
fn heading_ids(project: &Project, doc: &Doc) -> Vec<Option<String>> {
    let site = project.own::<Site>();
    let maintain_case = site.is_some_and(|site| site.maintain_case);
    let is_mdx = flavor(project, &doc.path).blocks == Blocks::Mdx;
    let comment = match is_mdx {
        true => Some(("{/*", "*/}")),
        false => site.filter(|site| site.comments_are_html).map(|_| ("<!--", "-->")),
    };
    let mut numbering = Numbering::default();
    let mut id = |heading: &Heading| {
        let text = slug_text(heading, &doc.text, is_mdx);
        let id = explicit_id(heading, &text, &doc.text, comment).unwrap_or_else(|| {
            numbering.number(if maintain_case { cased_slug(&text) } else { github_slug(&text) })
        });
        (heading.level > 1 && !id.is_empty()).then_some(id)
    };
    doc.facts.headings.iter().map(|heading| if heading.html { None } else { id(heading) }).collect()
}

/// Tags count where a heading of plain Markdown holds nothing else.
fn slug_text(heading: &Heading, source: &str, is_mdx: bool) -> String {
    let only_tags = !is_mdx && heading.pieces(source).all(|(kind, _)| kind == PieceKind::Tag);
    let counts = |kind| match kind {
        PieceKind::Tag => only_tags,
        PieceKind::Footnote | PieceKind::SoftBreak => false,
        _ => true,
    };
    heading.pieces(source).filter(|(kind, _)| counts(*kind)).map(|(_, part)| part).collect()
}

/// `{#id}` or a comment such as `{/* #id */}` at the end of a heading.
fn explicit_id(heading: &Heading, text: &str, source: &str, comment: Option<(&str, &str)>) -> Option<String> {
    let written = heading.span.of(source).trim_end().trim_end_matches('#').trim_end();
    let comment = comment.and_then(|(open, close)| {
        let inside = written.strip_suffix(close)?;
        Some(&inside[inside.rfind(open)? + open.len()..])
    });
    let of_comment = comment.and_then(|comment| comment.split_whitespace().next()?.strip_prefix('#'));
    if let Some(id) = of_comment.filter(|id| !id.is_empty()) {
        return Some(id.to_owned());
    }
    let inside = text.strip_suffix('}')?;
    let id = &inside[inside.rfind("{#")? + 2..];
    (!id.is_empty() && !id.contains('}')).then(|| id.to_owned())
}

/// Footnotes, the page's frame, and whatever components of the site's own make.
fn makes_anchor(_: &Doc, name: &str) -> bool {
    name == "top"
        || name.starts_with("user-content-fn")
        || name.starts_with("__docusaurus")
        || name == "footnote-label"
}

fn made_anchors(doc: &Doc) -> MadeAnchors {
    let any = doc.facts.links.iter().any(|link| brings_in_a_component(doc, link));
    MadeAnchors { any, ..MadeAnchors::default() }
}

fn brings_in_a_component(doc: &Doc, link: &Link) -> bool {
    const WITHOUT_ANCHORS: [&str; 5] = ["@theme/", "@theme-original/", "@docusaurus/", "react", "clsx"];
    let destination = link.target.destination(&doc.text);
    link.kind == LinkKind::Embed(Embed::Import)
        && usage_of_import(destination) == Usage::Nothing
        && !WITHOUT_ANCHORS.iter().any(|known| destination.starts_with(known))
}

fn usage(doc: &Doc, link: &Link) -> Usage {
    match link.kind {
        LinkKind::Embed(Embed::Import) => usage_of_import(link.target.destination(&doc.text)),
        LinkKind::Embed(_) | LinkKind::Directive(_) => Usage::Nothing,
        LinkKind::Image => Usage::Image,
        LinkKind::Definition(index) if is_of_images(doc, index) => Usage::Address,
        LinkKind::Html(attribute) => usage_of_attribute(link.span.of(&doc.text), attribute),
        _ => Usage::Link,
    }
}

/// Images by reference are not looked for among the files.
fn is_of_images(doc: &Doc, definition: u32) -> bool {
    let mut references = doc.facts.references.iter().filter(|reference| reference.definition == definition);
    references.any(|reference| reference.image)
}

/// Markdown becomes part of the page; other files must be there, those of programs wherever their names lead.
fn usage_of_import(path: &str) -> Usage {
    const NOT_PROGRAMS: [&str; 13] =
        ["md", "mdx", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "json", "css", "pdf"];
    let file = path.rsplit('!').next().unwrap_or(path);
    let file = file.split(['?', '#']).next().unwrap_or(file);
    let local = ["./", "../", "@site/"].iter().any(|start| file.starts_with(start));
    let extension = DocPath::new(file).extension().to_ascii_lowercase();
    match &*extension {
        _ if !local => Usage::Nothing,
        "md" | "mdx" if file.len() == path.len() => Usage::Include,
        extension if NOT_PROGRAMS.contains(&extension) => Usage::Code,
        _ => Usage::Nothing,
    }
}

/// What reaches a component is whatever that makes of it, unless it is the platform's own link.
fn usage_of_attribute(tag: &str, attribute: HtmlAttribute) -> Usage {
    let is_component = tag.get(1..).is_some_and(|name| name.starts_with(|first: char| first.is_uppercase()));
    let is_link = tag.strip_prefix("<Link").is_some_and(|rest| rest.starts_with([' ', '\n', '\r', '\t']));
    match attribute {
        HtmlAttribute::Href | HtmlAttribute::Computed if is_link => Usage::Link,
        _ if is_component => Usage::Nothing,
        _ => Usage::Address,
    }
}
