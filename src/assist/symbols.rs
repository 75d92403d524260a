//! The outline of a page: its title, headings within headings, tables; of navigation its entries.

use super::sections::sections;
use crate::facts::Table;
use crate::site::{Doc, DocId, Site};
use crate::source::Span;

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called; never blank.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All that belongs to it; what stands under it lies inside.
    pub span: Span,
    /// What to select: a part of `span`.
    pub selection: Span,
    /// What stands under it, in order.
    pub children: Vec<Symbol>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The title in the front matter.
    Title,
    /// A heading of that level.
    Heading(u8),
    /// A table.
    Table,
    /// An entry of a navigation file.
    Entry,
}

/// The outline of a page, in order.
#[must_use]
pub fn document_symbols(site: &Site, doc: DocId) -> Vec<Symbol> {
    let Some(doc) = site.docs.get(doc as usize) else { return Vec::new() };
    if doc.is_navigation {
        return entries(doc);
    }
    let mut symbols: Vec<Symbol> = title(doc).into_iter().collect();
    symbols.extend(outline(doc));
    symbols
}

fn title(doc: &Doc) -> Option<Symbol> {
    let entry = doc.facts.front_matter.as_ref()?.get("title", &doc.text)?;
    let name = named(doc.front_matter_title()?, "title");
    let span = super::place::entry_span(entry);
    Some(Symbol { name, kind: SymbolKind::Title, span, selection: entry.value.span, children: Vec::new() })
}

/// Headings, each with its tables and the headings below it.
fn outline(doc: &Doc) -> Vec<Symbol> {
    let headings = &doc.facts.headings;
    let spans = sections(doc);
    let mut open: Vec<Symbol> = Vec::new();
    let mut outline = Vec::new();
    let mut tables = doc.facts.tables.iter().peekable();
    for (heading, &span) in headings.iter().zip(&spans) {
        while let Some(table) = tables.next_if(|table| table.span.start < span.start) {
            add(table_symbol(doc, table), &mut open, &mut outline);
        }
        while let Some(done) = open.pop_if(|last| last.span.end <= span.start) {
            add(done, &mut open, &mut outline);
        }
        let name = named(&heading.text(&doc.text), &"#".repeat(heading.level.into()));
        let selection = within(heading.span, span);
        let kind = SymbolKind::Heading(heading.level);
        open.push(Symbol { name, kind, span, selection, children: Vec::new() });
    }
    for table in tables {
        add(table_symbol(doc, table), &mut open, &mut outline);
    }
    while let Some(done) = open.pop() {
        add(done, &mut open, &mut outline);
    }
    outline
}

/// Puts an entry under the last that is open and holds its beginning.
fn add(mut symbol: Symbol, open: &mut [Symbol], outline: &mut Vec<Symbol>) {
    match open.iter_mut().rev().find(|parent| symbol.span.start < parent.span.end) {
        Some(parent) => {
            symbol.clip(parent.span);
            parent.children.push(symbol);
        }
        None => outline.push(symbol),
    }
}

impl Symbol {
    /// Headings may stand in tables: what begins inside ends inside.
    fn clip(&mut self, outer: Span) {
        self.span = within(self.span, outer);
        self.selection = within(self.selection, self.span);
    }
}

fn within(span: Span, outer: Span) -> Span {
    let start = span.start.clamp(outer.start, outer.end);
    Span { start, end: span.end.clamp(start, outer.end) }
}

fn table_symbol(doc: &Doc, table: &Table) -> Symbol {
    let header: Vec<&str> = table.header.cells.iter().map(|cell| cell.text.of(&doc.text)).collect();
    let name = named(header.join(" | ").trim_matches([' ', '|']), "table");
    let selection = within(table.header.span, table.span);
    Symbol { name, kind: SymbolKind::Table, span: table.span, selection, children: Vec::new() }
}

fn entries(doc: &Doc) -> Vec<Symbol> {
    let entry = |link: &crate::facts::Link| {
        let destination = link.target.destination(&doc.text);
        let name = named(link.text.of(&doc.text), named(destination, "entry").as_str());
        let selection = within(link.target.span, link.span);
        Symbol { name, kind: SymbolKind::Entry, span: link.span, selection, children: Vec::new() }
    };
    doc.facts.links.iter().map(entry).collect()
}

/// A name on one line; editors refuse those that are blank.
fn named(name: &str, otherwise: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { otherwise.to_owned() } else { name }
}
