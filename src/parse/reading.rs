//! Walks through a block's content: gathers the text it shows and pairs the syntax tree's links with the source's.
//!
//! A link of the tree is believed to be the one found in the source when both have the same destination.

use std::ops::Range;

use super::collect::Collector;
use super::html;
use super::inline::{Found, FoundKind};
use super::markdown::Event;
use super::table::folded;
use super::target::{self, Syntax};
use crate::facts::{LinkKind, Piece, Reference, Target};
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
    pieces: Option<Vec<Piece>>,
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
        self.pieces = heading.then(|| Vec::with_capacity(1));
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

    /// The pieces, if the block is a heading.
    pub(super) fn take_pieces(&mut self) -> Vec<Piece> {
        self.pieces.take().unwrap_or_default()
    }

    fn text_piece(&mut self, text: &str, code: bool) {
        let autolink = self.open.last().is_some_and(|open| open.autolink);
        let Some(pieces) = &mut self.pieces else { return };
        if self.image_depth > 0 {
            return;
        }
        match (pieces.last_mut(), code, autolink) {
            (_, true, _) => pieces.push(Piece::Code(text.into())),
            (_, _, true) => pieces.push(Piece::Autolink(text.into())),
            (Some(Piece::Text(last)), ..) => *last = format!("{last}{text}").into(),
            _ => pieces.push(Piece::Text(text.into())),
        }
    }

    fn piece(&mut self, piece: impl FnOnce() -> Piece) {
        if let Some(pieces) = &mut self.pieces
            && self.image_depth == 0
        {
            pieces.push(piece());
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
                self.reading.piece(|| Piece::SoftBreak);
            }
            Event::Tag(tag) => self.tag_event(tag),
            Event::Footnote(label) => self.reading.piece(|| Piece::Footnote(label.into())),
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
        self.reading.piece(|| Piece::Tag(tag.into()));
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
        let (entry, autolink) = match self.pair(image, destination) {
            Some(found) => (self.push_found(&found), matches!(found.kind, FoundKind::Autolink { .. })),
            None => {
                let kind = if image { LinkKind::Image } else { LinkKind::Inline };
                (Entry::Link(self.push_link(kind, block, target::unverified(block, destination))), false)
            }
        };
        let reading = &mut self.reading;
        if image {
            reading.image_depth += 1;
        } else if reading.image_depth == 0 {
            reading.link_count += 1;
        }
        reading.open.push(Open { entry, start, autolink });
    }

    fn close_link(&mut self, image: bool) {
        let Some(open) = self.reading.open.pop() else { return };
        let reading = &mut self.reading;
        let text = folded(&reading.text[open.start..]);
        let range = open.start..reading.text.len();
        if image {
            reading.image_depth -= 1;
            reading.piece(|| Piece::Image(text.clone()));
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
            FoundKind::Link { image, destination, keyword } => {
                let target = target::target(self.text, destination.range(), Syntax::Link, in_cell);
                let kind = if image { LinkKind::Image } else { LinkKind::Inline };
                let link = self.push_link(kind, found.span, target);
                self.facts.links[link].keyword = keyword;
                Entry::Link(link)
            }
            FoundKind::Reference { image, definition, .. } => {
                let cell = self.place.cell;
                let text = Box::default();
                self.facts.references.push(Reference { span: found.span, definition, image, text, cell });
                Entry::Reference(self.facts.references.len() - 1)
            }
            FoundKind::Autolink { email, destination } => {
                let mut target = target::target(self.text, destination.range(), Syntax::Autolink, in_cell);
                if email {
                    target = with_scheme(target, self.text);
                }
                Entry::Link(self.push_link(LinkKind::Autolink, found.span, target))
            }
            _ => Entry::Link(self.push_link(LinkKind::Inline, found.span, Target::default())),
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
            let (span, text, cell) = (found.span, folded(content.of(self.text)), self.place.cell);
            self.facts.references.push(Reference { span, definition, image, text, cell });
        }
    }
}

/// An email address leads to `mailto:`.
fn with_scheme(target: Target, text: &str) -> Target {
    let address = target.destination(text);
    Target { unescaped: Some(format!("mailto:{address}").into()), ..target }
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
