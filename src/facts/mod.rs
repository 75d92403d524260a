//! The vocabulary of what stands in a page: links, anchors, headings, tables, definitions, front matter.
//!
//! Plain data with byte spans, in source order, and free of any dialect: what a platform makes of a fact is
//! decided in `dialect/`. Holds no logic beyond looking things up.

mod heading;
mod link;
mod shown;
mod table;

pub use heading::{Content, Heading, Piece, PieceKind};
pub use link::{Decoded, Definition, Embed, HtmlAttribute, Link, LinkKind, Reference, Target, TargetParts};
pub use shown::Shown;
pub use table::{Cell, CellId, DrawnList, ListTag, ListTagKind, Row, Table};

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
    /// `[^label]` with a definition, and these definitions.
    pub footnotes: Vec<Footnote>,
    /// Headings written in Markdown or as raw HTML `<h1>` … `<h6>`.
    pub headings: Vec<Heading>,
    /// `id` and `name` attributes of HTML elements.
    pub ids: Vec<ElementId>,
    /// Pipe tables.
    pub tables: Vec<Table>,
    /// Tags of HTML lists in table cells.
    pub list_tags: Vec<ListTag>,
    /// Lists in table cells that are drawn with line breaks.
    pub drawn_lists: Vec<DrawnList>,
    /// Paragraphs and list items short enough to be a placeholder; table cells and headings are not repeated here.
    pub short_blocks: Vec<ShortBlock>,
    /// Code blocks, fenced or indented.
    pub code_blocks: Vec<Span>,
    /// `:::name attribute="value":::` lines and inline uses.
    pub directives: Vec<Directive>,
    /// What stands between two shortcodes that may or may not show it as Markdown; sorted.
    pub opaque: Vec<Span>,
    /// Whether shortcodes may bring anchors that do not stand in the page.
    pub brings_anchors: bool,
    /// The header, in whichever language.
    pub front_matter: Option<FrontMatter>,
    /// `<!-- waypost-… -->` comments.
    pub suppressions: Vec<Suppression>,
}

/// Index into [`Facts::headings`].
pub type HeadingId = u32;

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

/// `[^label]` or `[^label]: text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// From `[` to `]`.
    pub span: Span,
    /// The label without `^`.
    pub label: Span,
    /// Whether the note itself is written here.
    pub is_definition: bool,
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
