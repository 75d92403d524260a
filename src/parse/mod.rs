//! Text to [`Facts`]: all that is known of one page, read once. Never fails.
//!
//! The syntax tree says which blocks there are and what text they show (`markdown`); where things stand is found in
//! the source (`inline`, `target`, `definition`) and believed only where both agree (`reading`).

mod angle;
mod cell_list;
mod collect;
mod container;
mod definition;
mod directive;
mod embed;
mod flavor;
mod footnote;
pub mod front_matter;
mod html;
mod inline;
mod jsx;
mod markdown;
mod mdx;
mod outdent;
mod python;
mod reading;
mod shortcode;
mod suppression;
mod table;
mod target;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use self::flavor::{Blocks, Flavor};

use self::collect::Collector;
use self::definition::Definitions;
use self::shortcode::Shortcodes;
use self::target::Syntax;
use crate::facts::{Definition, ElementId, Embed, Facts, Link, LinkKind, Shown, Target};
use crate::source::{LineIndex, Span};

/// Reads a page in the language it is written in.
#[must_use]
pub fn parse(source: &str, lines: &LineIndex, flavor: Flavor) -> Facts {
    let header = front_matter::split(source);
    let start = header.as_ref().map_or(0, |header| header.end);
    let shortcodes = match flavor.embeds.contains(&Embed::Shortcode) {
        true => shortcode::find(source, start),
        false => Shortcodes::default(),
    };
    let shown = shortcodes.hide(source);
    let prepared = flavor.prepare(&shown, lines, start);
    let text = &*prepared.text;
    let arena = markdown::Arena::new();
    let mut document = markdown::parse(&arena, &prepared, lines, start, flavor.code_protects_pipe);
    let definitions = Definitions::take(text, lines, start, &mut document.blocks);

    let bytes = &text.as_bytes()[start..];
    let directives = memchr::memmem::find(bytes, b":::").is_some();
    // What MDX takes for a comment has become blanks, and may hold one of ours.
    let written = &source.as_bytes()[start..];
    let suppressions = memchr::memmem::find(written, suppression::PREFIX.as_bytes()).is_some();
    let mut collector = Collector::new(text, definitions, directives || suppressions);
    collector.cells.code_protects_pipe = flavor.code_protects_pipe;
    for block in &document.blocks {
        collector.block(block);
    }
    collector.finish();
    for &tag in &prepared.tags {
        collector.tag(source, tag);
    }
    for &id in &prepared.ids {
        collector.id(source, id);
    }
    if !prepared.ids.is_empty() {
        collector.facts.ids.sort_by_key(|id| id.span.start);
    }

    let mut facts = std::mem::take(&mut collector.facts);
    facts.front_matter = header.as_ref().map(|header| front_matter::parse(source, header));
    facts.footnote_definitions = document.footnotes.len();
    facts.footnotes = footnote::defined(text, &collector.footnotes, &document.footnotes);
    facts.undefined_footnotes = footnote::undefined(text, collector.footnotes, &document.footnotes);
    if suppressions {
        facts.suppressions = suppression::find(source, start, &collector.code);
    }
    if directives {
        add_directives(&mut facts, text, lines, start, hidden(collector.code, collector.comments));
    }
    add_definitions(&mut facts, text, collector.definitions);
    if flavor.last_definition_wins() {
        let_last_win(&mut facts);
    }
    let is_code = |link: &Link| {
        let block = facts.code_blocks.partition_point(|block| block.start <= link.span.start);
        block > 0 && link.span.start < facts.code_blocks[block - 1].end
    };
    let mut embeds = embed::find(source, lines, start, flavor.embeds);
    embeds.retain(|link| !embed::is_block(link) || !is_code(link));
    facts.links.extend(embeds);
    facts.links.extend(embed::references(source, &shortcodes));
    facts.ids.extend(shortcodes.attributes.iter().filter_map(|&attributes| {
        let span = shortcode::id_of(attributes, source)?;
        Some(ElementId { value: span.of(source).into(), span, name: false, anchor_element: false })
    }));
    facts.brings_anchors = shortcodes.bring_anchors;
    facts.opaque = shortcodes.opaque;
    sort_links(&mut facts);
    facts.links.shrink_to_fit();
    facts.headings.shrink_to_fit();
    facts
}

/// Everything inside which nothing is a directive, sorted.
fn hidden(code: Vec<Span>, comments: Vec<Span>) -> Vec<Span> {
    let mut hidden = code;
    hidden.extend(comments);
    hidden.sort();
    hidden
}

fn add_directives(facts: &mut Facts, text: &str, lines: &LineIndex, start: usize, hidden: Vec<Span>) {
    facts.directives = directive::find(text, lines, start, &hidden);
    for (index, directive) in facts.directives.iter().enumerate() {
        for (name, value) in &directive.attributes {
            if directive::holds_destination(name) {
                let target = target::target(text, value.range(), Syntax::Raw, false);
                let kind = LinkKind::Directive(index as u32);
                facts.links.push(link(kind, directive.span, target, Shown::default()));
            }
        }
    }
}

fn add_definitions(facts: &mut Facts, text: &str, definitions: Definitions) {
    for (index, written) in definitions.list.iter().enumerate() {
        let index = index as u32;
        let target = target::target(text, written.destination.range(), Syntax::Link, false);
        let label = written.label.of(text);
        let text = Shown::Plain(written.label);
        facts.links.push(link(LinkKind::Definition(index), written.span, target, text));
        facts.definitions.push(Definition {
            span: written.span,
            label: written.label,
            key: written.key.clone(),
            link: 0,
            shadowed_by: definitions.find(label).filter(|&winner| winner != index),
            used: false,
        });
    }
    for reference in &facts.references {
        facts.definitions[reference.definition as usize].used = true;
    }
}

/// Turns around which of several definitions of a label wins.
fn let_last_win(facts: &mut Facts) {
    let mut last: HashMap<Box<str>, u32> = HashMap::new();
    for (definition, index) in facts.definitions.iter().zip(0..) {
        last.insert(definition.key.clone(), index);
    }
    for reference in &mut facts.references {
        let key = &facts.definitions[reference.definition as usize].key;
        reference.definition = last.get(key).copied().unwrap_or(reference.definition);
    }
    for (definition, index) in facts.definitions.iter_mut().zip(0..) {
        definition.used = false;
        definition.shadowed_by = last.get(&definition.key).copied().filter(|&winner| winner != index);
    }
    for reference in &facts.references {
        facts.definitions[reference.definition as usize].used = true;
    }
}

fn link(kind: LinkKind, span: Span, target: Target, text: Shown) -> Link {
    Link { kind, span, target, text, cell: None, heading: None, keyword: None }
}

fn sort_links(facts: &mut Facts) {
    let order = |link: &Link| (link.span.start, link.target.span.start);
    if !facts.links.is_sorted_by_key(order) {
        facts.links.sort_by_key(order);
    }
    for (index, link) in facts.links.iter().enumerate() {
        if let LinkKind::Definition(definition) = link.kind {
            facts.definitions[definition as usize].link = index as u32;
        }
    }
}
