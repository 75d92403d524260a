//! Hugo: sites of Markdown pages, bundles and static files.
//!
//! Owns what the platform makes of headings and of each kind of destination. Its configuration is read in `config`,
//! pages get their names and addresses in `content`, and `lookup` finds what a destination leads to.

mod address;
mod config;
mod content;
mod lookup;
mod slug;
mod source;

use self::content::Content;
use super::{Dialect, Usage, no_made_anchors, no_navigation};
use crate::facts::{Embed, HtmlAttribute, Link, LinkKind};
use crate::finding::Level;
use crate::parse::Flavor;
use crate::site::{Doc, Parts, Project};

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "hugo",
    title: "Hugo",
    summary: "Hugo: sites of Markdown pages, bundles and static files",
    root_mark: None,
    is_config: config::is_config,
    further_configs: |_| Vec::new(),
    read_config: config::read,
    flavor: |_, path| Flavor::of(path, &[Embed::Shortcode]),
    navigation: no_navigation,
    publish: content::publish,
    heading_ids,
    takes_id: |_| true,
    makes_anchor,
    made_anchors: no_made_anchors,
    same_anchor: |_| None,
    split,
    usage,
    resolve: lookup::resolve,
    includes_are_text: false,
    miscased_anchor: Level::Error,
    levels: &[("case-mismatch", Some(Level::Error))],
    reads_front_matter: true,
    code_protects_pipe: false,
    surplus_cells_add_columns: false,
    ends_table: |line| line.starts_with('{'),
    text_before_unmakes_table: false,
    text_after_unmakes_table: false,
    table_takes_all_lines: false,
    rooted_is_repository: false,
    tilde_is_project: false,
    publishes_what_is_listed: false,
};

fn heading_ids(project: &Project, doc: &Doc) -> Vec<Option<String>> {
    let rules = project.own::<Content>().map(|content| content.config.heading_ids).unwrap_or_default();
    rules.of(&doc.facts.headings, &doc.text)
}

fn makes_anchor(doc: &Doc, name: &str) -> bool {
    let footnote = name.strip_prefix("fn:").or_else(|| name.strip_prefix("fnref:"));
    let is_number = |number: &str| {
        number.parse().is_ok_and(|number| (1..=doc.facts.footnote_definitions).contains(&number))
    };
    name == "top" || doc.facts.brings_anchors || footnote.is_some_and(is_number)
}

/// In `{{< ref "page" >}}#fragment` the shortcode is judged by itself, and the rest with it.
fn split(destination: &str) -> Parts<'_> {
    match lookup::reference(destination) {
        Some((page, rest)) => Parts { path: page.into(), ..Parts::split_then_decode(rest) },
        None => Parts::split_then_decode(destination),
    }
}

fn usage(doc: &Doc, link: &Link) -> Usage {
    if is_opaque(doc, link) {
        return Usage::Nothing;
    }
    match link.kind {
        LinkKind::Embed(Embed::Shortcode) => Usage::Reference,
        LinkKind::Embed(_) | LinkKind::Directive(_) => Usage::Nothing,
        _ if link.target.destination(&doc.text).contains("{{") => {
            let reference = lookup::reference(link.target.destination(&doc.text));
            if reference.is_some_and(|(_, rest)| rest.starts_with('#')) {
                Usage::Reference
            } else {
                Usage::Nothing
            }
        }
        LinkKind::Image => Usage::Image,
        LinkKind::Html(HtmlAttribute::Href | HtmlAttribute::Source) => Usage::Address,
        _ => Usage::Link,
    }
}

/// What stands between shortcodes of the site's own may be anything.
fn is_opaque(doc: &Doc, link: &Link) -> bool {
    let opaque = &doc.facts.opaque;
    let behind = opaque.partition_point(|span| span.start <= link.span.start);
    behind > 0 && opaque[behind - 1].contains(link.span)
}
