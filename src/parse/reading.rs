//! Walks through a block's content: gathers the text it shows and pairs the syntax tree's links with the source's.
//!
//! A link of the tree is believed to be the one found in the source when both have the same destination.

use std::ops::Range;

use super::collect::Collector;
use super::html;
use super::inline::{Found, FoundKind};
use super::markdown::Event;
use super::table;
use super::target::{self, Syntax};
use crate::facts::{Content, LinkKind, Piece, PieceKind, Reference, Shown};
use crate::source::Span;

/// How many links of the source are tried for one of the tree.
const LOOKAHEAD: usize = 8;

/// What is gathered while a block is read.
#[derive(Default)]
pub(super) struct Reading {
    /// All text, that of images included.
    text: String,
    links: Vec<Range<usize>>,
    images: Vec<Range<usize>>,
    link_count: u32,
    /// Whether the block is a heading.
    heading: bool,
    /// What a heading holds: what each piece is, and where its text ends in `piece_text`.
    pieces: Vec<(PieceKind, usize)>,
    piece_text: String,
    open: Vec<Open>,
    /// How many of those are images.
    image_depth: u32,
    /// The first link of the source that is not paired.
    next: usize,
    /// The first tag of the source that no event was paired with lies at or after this mark.
    next_mark: usize,
    scratch: String,
}

/// A link or image whose end was not reached yet.
struct Open {
    entry: Entry,
    start: usize,
    autolink: bool,
    /// Where its text is written; empty where that is not known.
    content: Span,
}

/// Where the text of a link is to go.
#[derive(Clone, Copy)]
enum Entry {
    Link(usize),
    Reference(usize),
}

impl Reading {
    /// With room for what blocks commonly hold.
    pub(super) fn new() -> Reading {
        Reading { text: String::with_capacity(1024), open: Vec::with_capacity(4), ..Reading::default() }
    }

    /// Starts with a new block.
    pub(super) fn begin(&mut self, heading: bool) {
        self.text.clear();
        self.links.clear();
        self.images.clear();
        self.link_count = 0;
        self.open.clear();
        self.image_depth = 0;
        self.next = 0;
        self.next_mark = 0;
        self.heading = heading;
        self.pieces.clear();
        self.piece_text.clear();
    }

    /// The text a reader sees.
    pub(super) fn shown(&mut self) -> &str {
        if self.images.is_empty() {
            return &self.text;
        }
        without(&self.text, &self.images, &mut self.scratch);
        &self.scratch
    }

    /// Whether what a reader sees outside links holds a letter or digit.
    pub(super) fn has_words_outside_links(&mut self) -> bool {
        let mut left_out = self.links.clone();
        left_out.extend(self.images.iter().cloned());
        left_out.sort_by_key(|range| range.start);
        without(&self.text, &left_out, &mut self.scratch);
        self.scratch.contains(char::is_alphanumeric)
    }

    pub(super) fn has_link(&self) -> bool {
        self.link_count > 0
    }

    pub(super) fn has_image(&self) -> bool {
        !self.images.is_empty()
    }

    /// What the heading at `span` holds.
    pub(super) fn content(&self, text: &str, span: Span) -> Content {
        if let [(PieceKind::Text, _)] = self.pieces[..]
            && let Some(before) = span.of(text).trim_end().strip_suffix(&self.piece_text)
        {
            let start = span.start as usize + before.len();
            return Content::Plain(Span::new(start, start + self.piece_text.len()));
        }
        let mut start = 0;
        let piece = |&(kind, end): &(PieceKind, usize)| {
            let text = self.piece_text[start..end].into();
            start = end;
            Piece { kind, text }
        };
        Content::Pieces(self.pieces.iter().map(piece).collect())
    }

    fn text_piece(&mut self, text: &str, code: bool) {
        let autolink = self.open.last().is_some_and(|open| open.autolink);
        let kind = match (code, autolink) {
            (true, _) => PieceKind::Code,
            (_, true) => PieceKind::Autolink,
            _ => PieceKind::Text,
        };
        self.piece(kind, text);
    }

    fn piece(&mut self, kind: PieceKind, text: &str) {
        if !self.heading || self.image_depth > 0 {
            return;
        }
        self.piece_text.push_str(text);
        let end = self.piece_text.len();
        match self.pieces.last_mut() {
            Some((PieceKind::Text, last_end)) if kind == PieceKind::Text => *last_end = end,
            _ => self.pieces.push((kind, end)),
        }
    }
}

impl Collector<'_> {
    /// Takes a step through the content of the block at `block`.
    pub(super) fn event(&mut self, event: Event<'_>, block: Span) {
        match event {
            Event::Text(text) => self.shown(text, false),
            Event::Code(text) => self.shown(text, true),
            Event::Break => {
                self.reading.text.push(' ');
                self.heading_text(" ");
                self.reading.piece(PieceKind::SoftBreak, "");
            }
            Event::Tag(tag) => self.tag_event(tag),
            Event::Footnote(label) => self.reading.piece(PieceKind::Footnote, label),
            Event::Open { image, destination } => self.open_link(image, destination, block),
            Event::Close { image } => self.close_link(image),
        }
    }

    fn shown(&mut self, text: &str, code: bool) {
        self.reading.text.push_str(text);
        self.heading_text(text);
        self.reading.text_piece(text, code);
    }

    fn tag_event(&mut self, tag: &str) {
        let place = self.tag_place();
        if html::separates(tag) {
            self.reading.text.push(' ');
            self.heading_text(" ");
        }
        let heading =
            html::tag_name(tag).and_then(|(name, closing)| Some((html::heading_level(&name)?, closing)));
        match (heading, place) {
            (Some((_, true)), Some(place)) => self.close_heading(place.end as usize),
            (Some((level, false)), Some(place)) => self.open_heading(level, place),
            _ => {}
        }
        self.reading.piece(PieceKind::Tag, tag);
    }

    /// Where the tag of this event stands: the next one of the source.
    fn tag_place(&mut self) -> Option<Span> {
        let from = self.reading.next_mark;
        let is_tag = |mark: &Found| matches!(mark.kind, FoundKind::Tag);
        let at = from + self.scanner.marks.get(from..)?.iter().position(is_tag)?;
        self.reading.next_mark = at + 1;
        Some(self.scanner.marks[at].span)
    }

    fn open_link(&mut self, image: bool, destination: &str, block: Span) {
        let start = self.reading.text.len();
        let open = match self.pair(image, destination) {
            Some(found) => {
                let autolink = matches!(found.kind, FoundKind::Autolink { .. });
                Open { entry: self.push_found(&found), start, autolink, content: found.kind.content() }
            }
            None => {
                let kind = if image { LinkKind::Image } else { LinkKind::Inline };
                let link = self.push_link(kind, block, target::unverified(block, destination));
                Open { entry: Entry::Link(link), start, autolink: false, content: Span::default() }
            }
        };
        let reading = &mut self.reading;
        if image {
            reading.image_depth += 1;
        } else if reading.image_depth == 0 {
            reading.link_count += 1;
        }
        reading.open.push(open);
    }

    fn close_link(&mut self, image: bool) {
        let Some(open) = self.reading.open.pop() else { return };
        let reading = &mut self.reading;
        let text = table::shown(&reading.text[open.start..], open.content, self.text);
        let range = open.start..reading.text.len();
        if image {
            reading.image_depth -= 1;
            reading.piece(PieceKind::Image, text.of(self.text));
            if reading.image_depth == 0 {
                reading.images.push(range);
            }
        } else {
            reading.links.push(range);
        }
        match open.entry {
            Entry::Link(link) => self.facts.links[link].text = text,
            Entry::Reference(reference) => self.facts.references[reference].text = text,
        }
    }

    /// The next link of the source that has this destination; those before it are not the tree's.
    fn pair(&mut self, image: bool, destination: &str) -> Option<Found> {
        let first = self.reading.next;
        let last = self.scanner.links.len().min(first + LOOKAHEAD);
        let matches = |at: &usize| self.leads_to(&self.scanner.links[*at], image, destination);
        let at = (first..last).find(matches)?;
        for skipped in first..at {
            self.unpaired(skipped);
        }
        self.reading.next = at + 1;
        Some(self.scanner.links[at].clone())
    }

    fn leads_to(&self, found: &Found, image: bool, destination: &str) -> bool {
        let in_cell = self.place.cell.is_some();
        let (same_kind, place, syntax) = match &found.kind {
            FoundKind::Link { image: is_image, destination, .. } => {
                (*is_image == image, *destination, Syntax::Link)
            }
            FoundKind::Reference { image: is_image, definition, .. } => {
                (*is_image == image, self.definitions.list[*definition as usize].destination, Syntax::Link)
            }
            FoundKind::Autolink { email: true, destination: place } => {
                let address = destination.strip_prefix("mailto:").unwrap_or_default();
                return !image && target::unescape(place.of(self.text), Syntax::Autolink, in_cell) == address;
            }
            FoundKind::Autolink { destination, .. } => (!image, *destination, Syntax::Autolink),
            _ => return false,
        };
        let raw = place.of(self.text);
        same_kind && (raw == destination || target::unescape(raw, syntax, in_cell).trim() == destination)
    }

    fn push_found(&mut self, found: &Found) -> Entry {
        let in_cell = self.place.cell.is_some();
        match found.kind {
            FoundKind::Link { image, destination, keyword, .. } => {
                let target = target::target(self.text, destination.range(), Syntax::Link, in_cell);
                let kind = if image { LinkKind::Image } else { LinkKind::Inline };
                let link = self.push_link(kind, found.span, target);
                self.facts.links[link].keyword = keyword.map(Box::new);
                Entry::Link(link)
            }
            FoundKind::Reference { image, definition, .. } => {
                let cell = self.place.cell;
                let text = Shown::default();
                self.facts.references.push(Reference { span: found.span, definition, image, text, cell });
                Entry::Reference(self.facts.references.len() - 1)
            }
            FoundKind::Autolink { email, destination } => {
                let place = destination.range();
                let target = match email {
                    true => target::email(self.text, place, in_cell),
                    false => target::target(self.text, place, Syntax::Autolink, in_cell),
                };
                Entry::Link(self.push_link(LinkKind::Autolink, found.span, target))
            }
            _ => {
                let target = target::unverified(found.span, "");
                Entry::Link(self.push_link(LinkKind::Inline, found.span, target))
            }
        }
    }

    /// Takes over what the source holds beyond the tree's last link.
    pub(super) fn finish_links(&mut self) {
        for at in self.reading.next..self.scanner.links.len() {
            self.unpaired(at);
        }
    }

    /// comrak stops resolving references when their destinations add up to more than the page; we do not.
    fn unpaired(&mut self, at: usize) {
        let found = &self.scanner.links[at];
        if let FoundKind::Reference { image, definition, content } = found.kind {
            let text = table::shown(content.of(self.text), content, self.text);
            let (span, cell) = (found.span, self.place.cell);
            self.facts.references.push(Reference { span, definition, image, text, cell });
        }
    }
}

/// Copies `text` without `ranges`, which are sorted by their start.
fn without(text: &str, ranges: &[Range<usize>], copy: &mut String) {
    copy.clear();
    let mut at = 0;
    for range in ranges {
        if range.start > at {
            copy.push_str(&text[at..range.start]);
        }
        at = at.max(range.end);
    }
    copy.push_str(&text[at..]);
}
