//! The vocabulary of what stands in a page: links, anchors, headings, tables, definitions, front matter.
//!
//! Plain data with byte spans, in source order, and free of any dialect: what a platform makes of a fact is
//! decided in `dialect/`. Holds no logic beyond looking things up.

mod shown;
mod table;

use std::borrow::Cow;

pub use shown::Shown;
pub use table::{Cell, CellId, Row, Table};

use crate::source::{Span, Spanned};

/// All that is known of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Everything that names a destination, reference definitions included; uses of definitions are in `references`.
    pub links: Vec<Link>,
    /// Uses of reference definitions: `[text][label]`, `[label][]`, `[label]`.
    pub references: Vec<Reference>,
    /// Reference definitions, used or not; the first of a label wins.
    pub definitions: Vec<Definition>,
    /// `[text][label]` and `[label][]` without a definition.
    pub undefined_references: Vec<UndefinedReference>,
    /// `[^label]` without a definition.
    pub undefined_footnotes: Vec<UndefinedFootnote>,
    /// How many footnotes the page defines.
    pub footnote_definitions: usize,
    /// Headings written in Markdown or as raw HTML `<h1>` … `<h6>`.
    pub headings: Vec<Heading>,
    /// `id` and `name` attributes of HTML elements.
    pub ids: Vec<ElementId>,
    /// Pipe tables.
    pub tables: Vec<Table>,
    /// Paragraphs and list items short enough to be a placeholder; table cells and headings are not repeated here.
    pub short_blocks: Vec<ShortBlock>,
    /// Code blocks, fenced or indented.
    pub code_blocks: Vec<Span>,
    /// `:::name attribute="value":::` lines and inline uses.
    pub directives: Vec<Directive>,
    /// The header between `---` lines.
    pub front_matter: Option<FrontMatter>,
    /// `<!-- waypost-… -->` comments.
    pub suppressions: Vec<Suppression>,
}

/// Index into [`Facts::headings`].
pub type HeadingId = u32;

/// Something that names a destination.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// All of it: from `[` to `)`, the tag, or the definition.
    pub span: Span,
    /// Its destination.
    pub target: Target,
    /// The text it shows, markup removed; the alternative text of an image, the label of a definition.
    pub text: Box<str>,
    /// The cell it stands in.
    pub cell: Option<CellId>,
    /// The heading it stands in.
    pub heading: Option<HeadingId>,
    /// The keyword of `[!KEYWORD [text](destination)]` around it.
    pub keyword: Option<Span>,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`
    Inline,
    /// `![text](destination)`
    Image,
    /// `<https://…>`
    Autolink,
    /// `[label]: destination`; the index into [`Facts::definitions`].
    Definition(u32),
    /// `href`, `src`, `srcset` or `poster` of an HTML element.
    Html(HtmlAttribute),
    /// An attribute of a `:::name` directive; the index into [`Facts::directives`].
    Directive(u32),
}

/// The HTML attributes that hold destinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlAttribute {
    /// `href`
    Href,
    /// `src`, `srcset` and `poster`: something the page shows.
    Source,
}

/// A destination and its parts, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The destination as written, without angle brackets, quotes and title.
    pub span: Span,
    /// What stands before `?` and `#`.
    pub path: Span,
    /// What stands after `?` and before `#`.
    pub query: Option<Span>,
    /// What stands after the first `#`.
    pub fragment: Option<Span>,
    /// The destination after backslash escapes and entities, where these make a difference.
    pub unescaped: Option<Box<str>>,
    /// Whether the span was verified to hold exactly this destination. Where it was not, the span is the whole
    /// link's and nothing may be fixed.
    pub verified: bool,
}

impl Target {
    /// The destination after backslash escapes and entities.
    #[must_use]
    pub fn destination<'t>(&'t self, text: &'t str) -> &'t str {
        match &self.unescaped {
            Some(unescaped) => unescaped,
            None => self.span.of(text),
        }
    }
}

/// A use of a reference definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// All of it.
    pub span: Span,
    /// Index into [`Facts::definitions`].
    pub definition: u32,
    /// Whether it is an image.
    pub image: bool,
    /// The text it shows, markup removed.
    pub text: Box<str>,
    /// The cell it stands in.
    pub cell: Option<CellId>,
}

/// `[label]: destination "title"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// From `[` to the end of destination or title.
    pub span: Span,
    /// The label as written, without brackets.
    pub label: Span,
    /// The label as CommonMark compares it.
    pub key: Box<str>,
    /// Index into [`Facts::links`] of its destination.
    pub link: u32,
    /// The earlier definition of the same label, which wins.
    pub shadowed_by: Option<u32>,
    /// Whether anything in the page refers to it.
    pub used: bool,
}

/// `[text][label]` or `[label][]` that nothing defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndefinedReference {
    /// From the first `[` to the last `]`.
    pub span: Span,
    /// The label that is not defined.
    pub label: Span,
}

/// `[^label]` that nothing defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndefinedFootnote {
    /// From `[` to `]`.
    pub span: Span,
    /// The label without `^`.
    pub label: Span,
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// All of it; for a setext heading without its underline.
    pub span: Span,
    /// What it holds, in order: what a dialect makes an id of.
    pub pieces: Vec<Piece>,
    /// The heading it stands under.
    pub parent: Option<HeadingId>,
    /// Whether it is a raw HTML element.
    pub html: bool,
    /// How many inline nodes it holds at its top level; 0 for raw HTML.
    pub inlines: u32,
}

impl Heading {
    /// The heading as a reader sees it, markup removed.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        if let [Piece::Text(text)] = self.pieces.as_slice() {
            return text.trim().into();
        }
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(part) | Piece::Code(part) | Piece::Autolink(part) => text.push_str(part),
                Piece::SoftBreak => text.push(' '),
                Piece::Image(_) | Piece::Tag(_) | Piece::Footnote(_) => {}
            }
        }
        text.trim().to_owned().into()
    }
}

/// A part of a heading's content. Emphasis and links are dissolved into what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text with entities and escapes decoded.
    Text(Box<str>),
    /// A code span's content.
    Code(Box<str>),
    /// An image's alternative text.
    Image(Box<str>),
    /// An autolink's address.
    Autolink(Box<str>),
    /// A raw HTML tag or comment, as written.
    Tag(Box<str>),
    /// A reference to a defined footnote; its label.
    Footnote(Box<str>),
    /// A line break inside the heading.
    SoftBreak,
}

/// An `id` or `name` attribute of an HTML element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementId {
    /// The value, entities decoded.
    pub value: Box<str>,
    /// Where the value is written.
    pub span: Span,
    /// Whether the attribute is `name`.
    pub name: bool,
    /// Whether the element is `<a>`.
    pub anchor_element: bool,
}

/// A paragraph or list item that is short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortBlock {
    /// The block.
    pub span: Span,
    /// Its text, markup removed.
    pub text: Shown,
}

/// Blocks with more source bytes than this are not in [`Facts::short_blocks`].
pub const SHORT_BLOCK_BYTES: usize = 160;

/// `:::name attribute="value"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// From the first colon to the end of the line or the closing `:::`.
    pub span: Span,
    /// The name in lower case, empty for a bare `:::`.
    pub name: Box<str>,
    /// Its attributes: names in lower case, values without quotes.
    pub attributes: Vec<(Box<str>, Span)>,
    /// Whether nothing but blanks and container marks stands before it on its line.
    pub starts_line: bool,
}

/// The header of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// What stands between the delimiters.
    pub span: Span,
    /// Top-level keys and values, in order.
    pub entries: Box<[Entry]>,
    /// What is wrong with it, if anything; the entries before the fault are kept.
    pub fault: Option<Spanned<String>>,
}

impl FrontMatter {
    /// The value of a top-level key.
    #[must_use]
    pub fn get(&self, key: &str, page: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.value.of(page) == key)
    }
}

/// A key and its value in front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<Shown>,
    /// The value.
    pub value: Spanned<Value>,
}

/// A front matter value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar, as text.
    Scalar(Shown),
    /// A sequence.
    Sequence(Box<[Spanned<Value>]>),
    /// A mapping.
    Mapping(Box<[Entry]>),
}

/// A `<!-- waypost-… -->` comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The whole comment.
    pub span: Span,
    /// What it covers.
    pub scope: Scope,
    /// The rules it names, as written.
    pub rules: Vec<Spanned<Box<str>>>,
    /// Why, as written after the colon.
    pub reason: Option<Span>,
}

/// What a suppression comment covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `waypost-ignore-next-line`
    NextLine,
    /// `waypost-ignore-file`
    File,
    /// `waypost-ignore-start`
    Start,
    /// `waypost-ignore-end`
    End,
    /// Another word after `waypost-`; as written.
    Unknown(Box<str>),
}
