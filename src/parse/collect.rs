//! Turns blocks and what the scanner found in them into facts.
//!
//! Owns the order of things: which heading a table stands under, which cell a link stands in. Grammar is elsewhere.

use super::cell_list;
use super::container;
use super::definition::Definitions;
use super::html::{self, Token};
use super::inline::{FoundKind, Scanner};
use super::jsx;
use super::markdown::{Block, BlockKind};
use super::reading::Reading;
use super::table::{self, Cells, folded, shown};
use super::target::{self, Syntax};
use crate::facts::{
    Cell, CellId, Content, ElementId, Facts, Heading, HeadingId, HtmlAttribute, Link, LinkKind, Piece,
    PieceKind, Row, SHORT_BLOCK_BYTES, ShortBlock, Shown, UndefinedFootnote, UndefinedReference,
};
use crate::source::{Span, floor_char_boundary};

/// Collects the facts of one page, block after block.
pub(super) struct Collector<'t> {
    pub(super) text: &'t str,
    pub(super) facts: Facts,
    pub(super) definitions: Definitions,
    pub(super) scanner: Scanner,
    pub(super) reading: Reading,
    /// Where links stand that are found next.
    pub(super) place: Place,
    /// Whether places that hide directives and suppressions are wanted.
    pub(super) wants_hidden: bool,
    /// Code blocks and code spans.
    pub(super) code: Vec<Span>,
    pub(super) comments: Vec<Span>,
    /// `[^label]`, defined or not.
    pub(super) footnotes: Vec<UndefinedFootnote>,
    outline: Vec<(u8, HeadingId)>,
    open_heading: Option<OpenHeading>,
    pub(super) cells: Cells,
    buffer: String,
}

/// Where in the page a link stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) cell: Option<CellId>,
    pub(super) heading: Option<HeadingId>,
}

/// A raw HTML heading that was opened and not closed yet.
struct OpenHeading {
    id: HeadingId,
    text: String,
}

impl<'t> Collector<'t> {
    pub(super) fn new(text: &'t str, definitions: Definitions, wants_hidden: bool) -> Collector<'t> {
        Collector {
            text,
            facts: Facts::default(),
            definitions,
            scanner: Scanner::new(),
            reading: Reading::new(),
            place: Place::default(),
            wants_hidden,
            code: Vec::new(),
            comments: Vec::new(),
            footnotes: Vec::new(),
            outline: Vec::new(),
            open_heading: None,
            cells: Cells::default(),
            buffer: String::new(),
        }
    }

    /// Reads the next block.
    pub(super) fn block(&mut self, block: &Block<'_>) {
        match block.kind {
            BlockKind::Paragraph => self.paragraph(block),
            BlockKind::Heading { level, .. } => self.heading(block, level),
            BlockKind::Html => self.html_block(block),
            BlockKind::Code => self.code_block(block.span),
            BlockKind::Rule => {}
            BlockKind::Table => self.table(block),
            BlockKind::Row => self.row(block),
            BlockKind::Cell => self.cell(block),
        }
    }

    /// Ends the page.
    pub(super) fn finish(&mut self) {
        self.close_heading(self.text.len());
        self.facts.short_blocks.shrink_to_fit();
    }

    fn code_block(&mut self, span: Span) {
        self.facts.code_blocks.push(span);
        if self.wants_hidden {
            self.code.push(span);
        }
    }

    fn paragraph(&mut self, block: &Block<'_>) {
        let marked = self.scan(block.span);
        let short = block.span.len() <= SHORT_BLOCK_BYTES;
        if !marked && !short && self.open_heading.is_none() {
            return;
        }
        self.read(block, false);
        if short {
            let text = shown(self.reading.shown(), block.span, self.text);
            if !text.of(self.text).is_empty() {
                self.facts.short_blocks.push(ShortBlock { span: block.span, text });
            }
        }
    }

    fn heading(&mut self, block: &Block<'_>, level: u8) {
        self.close_heading(block.span.start as usize);
        let id = self.push_heading(level, block.span, false);
        self.scan(block.span);
        self.place.heading = Some(id);
        self.read(block, true);
        self.place.heading = None;
        let heading = &mut self.facts.headings[id as usize];
        heading.content = self.reading.content(self.text, block.span);
        heading.inlines = block.inlines();
    }

    fn push_heading(&mut self, level: u8, span: Span, html: bool) -> HeadingId {
        while self.outline.pop_if(|(above, _)| *above >= level).is_some() {}
        let parent = self.outline.last().map(|&(_, id)| id);
        let id = self.facts.headings.len() as HeadingId;
        self.outline.push((level, id));
        self.facts.headings.push(Heading {
            level,
            span,
            content: Content::default(),
            parent,
            html,
            inlines: 0,
        });
        id
    }

    fn table(&mut self, block: &Block<'_>) {
        let section = (self.facts.headings.len() as HeadingId).checked_sub(1);
        let table = self.facts.tables.len() as u32;
        self.facts.tables.push(table::begin(block, self.text, section));
        self.place.cell = Some(CellId { table, row: u32::MAX, column: 0 });
    }

    fn row(&mut self, block: &Block<'_>) {
        let start = block.span.start as usize;
        let source = block.span.of(self.text).trim_end_matches([' ', '\t', '\x0b', '\x0c']);
        let span = Span::new(start, start + source.len());
        self.cells.read(source);
        let written = self.cells.written;
        let written_outside_code = self.cells.outside_code;
        let pipes_in_code = self.cells.pipes_in_code.iter().map(|at| (start + at) as u32).collect();
        let Some(at) = &mut self.place.cell else { return };
        let Some(table) = self.facts.tables.last_mut() else { return };
        at.row = at.row.wrapping_add(1);
        at.column = 0;
        let columns = if at.row == 0 { self.cells.places.len() } else { table.header.cells.len() };
        let cells = Vec::with_capacity(columns);
        let row = Row { span, cells, written, written_outside_code, pipes_in_code };
        if at.row == 0 { table.header = row } else { table.rows.push(row) }
    }

    fn cell(&mut self, block: &Block<'_>) {
        let Some(at) = self.place.cell else { return };
        let Some(table) = self.facts.tables.last() else { return };
        let row = table.rows.last().unwrap_or(&table.header).span;
        let span = match self.cells.places.get(at.column as usize) {
            Some(place) => Span::new(row.start as usize + place.start, row.start as usize + place.end),
            None => Span::at(row.end as usize),
        };
        self.scan(span);
        self.read_at(block, span, false);
        let cell = Cell {
            span,
            text: shown(self.reading.shown(), span, self.text),
            has_link: self.reading.has_link(),
            has_image: self.reading.has_image(),
            has_words_outside_links: self.reading.has_words_outside_links(),
        };
        let Some(table) = self.facts.tables.last_mut() else { return };
        table.rows.last_mut().unwrap_or(&mut table.header).cells.push(cell);
        self.place.cell = Some(CellId { column: at.column + 1, ..at });
    }

    /// Looks for links and tags in the block; says whether anything can be there.
    fn scan(&mut self, span: Span) -> bool {
        self.scanner.clear();
        let source = span.of(self.text).as_bytes();
        let marked = memchr::memchr2(b'[', b'<', source).is_some();
        let code = self.wants_hidden && memchr::memchr(b'`', source).is_some();
        if !marked && !code {
            return false;
        }
        let content = container::content(self.text, span, &mut self.buffer);
        self.scanner.scan(content, span.start as usize, &self.definitions);
        marked
    }

    fn read(&mut self, block: &Block<'_>, heading: bool) {
        if !matches!(block.kind, BlockKind::Cell) {
            self.place.cell = None;
        }
        self.read_at(block, block.span, heading);
    }

    /// Reads the content of a block that stands at `span`.
    fn read_at(&mut self, block: &Block<'_>, span: Span, heading: bool) {
        self.reading.begin(heading);
        block.events(|event| self.event(event, span));
        self.finish_links();
        self.marks(span);
    }

    /// Takes over what is neither link nor reference.
    fn marks(&mut self, block: Span) {
        let marks = std::mem::take(&mut self.scanner.marks);
        for mark in &marks {
            match &mark.kind {
                FoundKind::Tag => self.inline_tag(block, mark.span),
                FoundKind::Code if self.wants_hidden => self.code.push(mark.span),
                FoundKind::Undefined { label } => {
                    self.facts
                        .undefined_references
                        .push(UndefinedReference { span: mark.span, label: *label });
                }
                FoundKind::Footnote { label } => {
                    self.footnotes.push(UndefinedFootnote { span: mark.span, label: *label });
                }
                _ => {}
            }
        }
        self.scanner.marks = marks;
    }

    fn inline_tag(&mut self, block: Span, span: Span) {
        let tag = span.of(self.text);
        if tag.starts_with("<!--") {
            return self.comments.push(span);
        }
        if let Some(cell) = self.place.cell {
            cell_list::add_tag(&mut self.facts, self.text, block, span, cell);
        }
        if tag.contains('=') {
            let mut buffer = std::mem::take(&mut self.buffer);
            let content = container::part(self.text, block, span, &mut buffer);
            html::read(content, span.start as usize, |token| self.attribute(&token));
            self.buffer = buffer;
        }
    }

    fn html_block(&mut self, block: &Block<'_>) {
        self.place.cell = None;
        let source = block.span.of(self.text);
        let interesting = source.contains('=') || source.contains("<h") || source.contains("<H");
        if !interesting && !self.wants_hidden && self.open_heading.is_none() {
            return;
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let content = container::content(self.text, block.span, &mut buffer);
        html::read(content, block.span.start as usize, |token| self.html_token(token));
        self.buffer = buffer;
    }

    fn html_token(&mut self, token: Token<'_>) {
        match token {
            Token::Start { name, span } => {
                if let Some(level) = html::heading_level(name) {
                    self.open_heading(level, span);
                }
            }
            Token::End { name, span } => {
                if html::heading_level(name).is_some() {
                    self.close_heading(span.end as usize);
                }
            }
            Token::Text(text) => self.heading_text(text),
            Token::Comment(span) => self.comments.push(span),
            Token::Attribute { .. } => self.attribute(&token),
        }
    }

    pub(super) fn open_heading(&mut self, level: u8, span: Span) {
        self.close_heading(span.start as usize);
        let id = self.push_heading(level, span, true);
        self.open_heading = Some(OpenHeading { id, text: String::new() });
        self.place.heading = Some(id);
    }

    pub(super) fn heading_text(&mut self, text: &str) {
        if let Some(open) = &mut self.open_heading {
            open.text.push_str(text);
        }
    }

    pub(super) fn close_heading(&mut self, end: usize) {
        let Some(open) = self.open_heading.take() else { return };
        let heading = &mut self.facts.headings[open.id as usize];
        let end = floor_char_boundary(self.text, end).max(heading.span.end as usize);
        heading.span = Span::new(heading.span.start as usize, end);
        let text = folded(&open.text);
        if !text.is_empty() {
            heading.content = Content::Pieces([Piece { kind: PieceKind::Text, text }].into());
        }
        self.place.heading = None;
    }

    /// Takes over the attributes of a tag, be it of JSX or of HTML, that the text which is read does not show.
    pub(super) fn tag(&mut self, source: &'t str, span: Span) {
        self.place = Place::default();
        let text = std::mem::replace(&mut self.text, source);
        let mut attributes = Vec::new();
        let tag = jsx::tag(&source[..span.end as usize], span.start as usize, |attribute| {
            attributes.push(attribute);
        });
        match tag {
            Ok(tag) => {
                let element = source.get(tag.name).unwrap_or_default();
                attributes.iter().for_each(|attribute| self.jsx_attribute(element, span, attribute));
            }
            Err(_) => html::read(span.of(source), span.start as usize, |token| self.attribute(&token)),
        }
        self.text = text;
    }

    fn jsx_attribute(&mut self, element: &str, tag: Span, attribute: &jsx::Attribute<'_>) {
        let place = Span::new(attribute.place.start, attribute.place.end);
        let is_component = element.starts_with(|first: char| first.is_uppercase());
        let name = match attribute.name {
            "to" if is_component => "href",
            name => name,
        };
        match &attribute.value {
            Some(value) => self.attribute(&Token::Attribute { element, name, value, place, tag }),
            None if matches!(name, "href" | "src") => {
                let target = target::unverified(tag, place.of(self.text));
                self.push_link(LinkKind::Html(HtmlAttribute::Computed), tag, target);
            }
            None => {}
        }
    }

    /// Takes over an id that no HTML gives.
    pub(super) fn id(&mut self, source: &str, span: Span) {
        let value = span.of(source).into();
        self.facts.ids.push(ElementId { value, span, name: false, anchor_element: false });
    }

    fn attribute(&mut self, token: &Token<'_>) {
        let &Token::Attribute { element, name, value, place, tag } = token else { return };
        match name {
            "id" | "name" if !value.is_empty() => self.facts.ids.push(ElementId {
                value: value.into(),
                span: place,
                name: name == "name",
                anchor_element: element == "a",
            }),
            "href" if !matches!(element, "base" | "link") => {
                self.html_link(HtmlAttribute::Href, tag, place, Some(value));
            }
            "src" | "poster" => self.html_link(HtmlAttribute::Source, tag, place, Some(value)),
            "srcset" => {
                for part in html::source_set(place.of(self.text)) {
                    let start = place.start as usize;
                    let part = Span::new(start + part.start, start + part.end);
                    self.html_link(HtmlAttribute::Source, tag, part, None);
                }
            }
            _ => {}
        }
    }

    /// Adds a link in raw HTML; `value` is what html5gum makes of it, where that can be compared.
    fn html_link(&mut self, attribute: HtmlAttribute, tag: Span, place: Span, value: Option<&str>) {
        let mut target =
            target::target(self.text, place.range(), Syntax::Autolink, self.place.cell.is_some());
        if let Some(value) = value
            && target.destination(self.text) != value.trim()
            && target.destination(self.text).replace("\r\n", "\n") != value.trim()
        {
            target = target::unverified(tag, value);
        }
        let kind = LinkKind::Html(attribute);
        self.push_link(kind, tag, target);
    }

    pub(super) fn push_link(&mut self, kind: LinkKind, span: Span, target: crate::facts::Target) -> usize {
        let Place { cell, heading } = self.place;
        let text = Shown::default();
        self.facts.links.push(Link { kind, span, target, text, cell, heading, keyword: None });
        self.facts.links.len() - 1
    }
}
