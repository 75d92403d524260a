//! What stands in a heading.
//!
//! Plain data, free of any dialect.

use std::borrow::Cow;

use super::HeadingId;
use crate::source::Span;

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// All of it; for a setext heading without its underline.
    pub span: Span,
    /// What it holds: what a dialect makes an id of.
    pub content: Content,
    /// The heading it stands under.
    pub parent: Option<HeadingId>,
    /// Whether it is a raw HTML element.
    pub html: bool,
    /// How many inline nodes it holds at its top level; 0 for raw HTML.
    pub inlines: u32,
}

impl Heading {
    /// What the heading holds, in order.
    pub fn pieces<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (PieceKind, &'t str)> {
        let (plain, pieces) = match &self.content {
            Content::Plain(span) => (Some((PieceKind::Text, span.of(text))), &[][..]),
            Content::Pieces(pieces) => (None, &pieces[..]),
        };
        plain.into_iter().chain(pieces.iter().map(|piece| (piece.kind, &*piece.text)))
    }

    /// The heading as a reader sees it, markup removed.
    #[must_use]
    pub fn text<'t>(&'t self, text: &'t str) -> Cow<'t, str> {
        if let Content::Plain(span) = &self.content {
            return span.of(text).trim().into();
        }
        let mut shown = String::new();
        for (kind, part) in self.pieces(text) {
            match kind {
                PieceKind::Text | PieceKind::Code | PieceKind::Autolink => shown.push_str(part),
                PieceKind::SoftBreak => shown.push(' '),
                PieceKind::Image | PieceKind::Tag | PieceKind::Footnote => {}
            }
        }
        shown.trim().to_owned().into()
    }
}

/// What a heading holds: nearly always plain text, and then it needs no copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Exactly the text that the source shows here.
    Plain(Span),
    /// Anything else. Emphasis and links are dissolved into what they hold.
    Pieces(Box<[Piece]>),
}

impl Default for Content {
    fn default() -> Content {
        Content::Pieces(Box::default())
    }
}

/// A part of a heading's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// What it shows, entities and escapes decoded, or as [`PieceKind`] says.
    pub text: Box<str>,
}

/// What a part of a heading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Text.
    Text,
    /// A code span.
    Code,
    /// An image; its alternative text.
    Image,
    /// An autolink; its address.
    Autolink,
    /// A raw HTML tag or comment, as written.
    Tag,
    /// A reference to a defined footnote; its label.
    Footnote,
    /// A line break inside the heading; no text.
    SoftBreak,
}
