//! What names a destination: links, reference definitions and their uses.
//!
//! Plain data, free of any dialect.

use super::{CellId, HeadingId, Shown};
use crate::source::Span;

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
    pub text: Shown,
    /// The cell it stands in.
    pub cell: Option<CellId>,
    /// The heading it stands in.
    pub heading: Option<HeadingId>,
    /// The keyword of `[!KEYWORD [text](destination)]` around it: few links have one, and there are many links.
    pub keyword: Option<Box<Span>>,
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
    /// `[label]: destination`; the index into [`Facts::definitions`](super::Facts::definitions).
    Definition(u32),
    /// `href`, `src`, `srcset` or `poster` of an element.
    Html(HtmlAttribute),
    /// An attribute of a `:::name` directive; the index into [`Facts::directives`](super::Facts::directives).
    Directive(u32),
    /// Another file's content, or its address, in a syntax of some generator.
    Embed(Embed),
    /// A value of a navigation file.
    Navigation,
}

/// The syntaxes in which generators take in other files. Each means something on some platforms and is text elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embed {
    /// `--8<-- "path:1:2"`, or a line between two `--8<--`
    Scissors,
    /// `{{#include path:1:2}}`
    Mustache,
    /// `<!--@include: path{1,2}#region-->`
    Comment,
    /// `<<< path{1,2}#region`
    CodeImport,
    /// `{{< ref "page" >}}`, `{{% relref "page" %}}`
    Shortcode,
    /// `import Name from './path.mdx'`
    Import,
}

/// The HTML attributes that hold destinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlAttribute {
    /// `href`
    Href,
    /// `src`, `srcset` and `poster`: something the page shows.
    Source,
    /// `href={…}` or `src={…}`: a destination that only running the page's code would show.
    Computed,
}

/// A destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The destination as written, without angle brackets, quotes and title.
    pub span: Span,
    /// What it is, where it is not exactly what the span shows.
    pub decoded: Option<Box<Decoded>>,
}

/// A destination that differs from its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The destination after backslash escapes and entities.
    pub destination: Box<str>,
    /// Where its parts are written.
    pub parts: TargetParts,
    /// Whether the span was verified to hold this destination. Where it was not, the span is the whole link's and
    /// nothing may be fixed.
    pub verified: bool,
}

/// Where the parts of a destination are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetParts {
    /// What stands before `?` and `#`.
    pub path: Span,
    /// What stands after `?` and before `#`.
    pub query: Option<Span>,
    /// What stands after the first `#`.
    pub fragment: Option<Span>,
}

impl Link {
    /// Whether it may stand for another file's content.
    #[must_use]
    pub fn may_include(&self) -> bool {
        self.keyword.is_some() || matches!(self.kind, LinkKind::Embed(_))
    }
}

impl Target {
    /// The destination after backslash escapes and entities.
    #[must_use]
    pub fn destination<'t>(&'t self, text: &'t str) -> &'t str {
        match &self.decoded {
            Some(decoded) => &decoded.destination,
            None => self.span.of(text),
        }
    }

    /// Whether the span holds exactly this destination, so that it may be fixed.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.decoded.as_ref().is_none_or(|decoded| decoded.verified)
    }

    /// Path, query and fragment.
    #[must_use]
    pub fn parts(&self, text: &str) -> TargetParts {
        match &self.decoded {
            Some(decoded) => decoded.parts,
            None => TargetParts::as_written(self.span, text),
        }
    }

    /// The fragment; where there is none, all of the destination.
    #[must_use]
    pub fn fragment_or_all(&self, text: &str) -> Span {
        self.parts(text).fragment.unwrap_or(self.span)
    }
}

impl TargetParts {
    /// Takes the destination at `span` apart, in which nothing is escaped.
    fn as_written(span: Span, text: &str) -> TargetParts {
        let base = span.start as usize;
        let written = span.of(text).as_bytes();
        let hash = memchr::memchr(b'#', written);
        let before_hash = hash.unwrap_or(written.len());
        let mark = memchr::memchr(b'?', &written[..before_hash]);
        TargetParts {
            path: Span::new(base, base + mark.unwrap_or(before_hash)),
            query: mark.map(|mark| Span::new(base + mark + 1, base + before_hash)),
            fragment: hash.map(|hash| Span::new(base + hash + 1, base + written.len())),
        }
    }
}

/// A use of a reference definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// All of it.
    pub span: Span,
    /// Index into [`Facts::definitions`](super::Facts::definitions).
    pub definition: u32,
    /// Whether it is an image.
    pub image: bool,
    /// The text it shows, markup removed.
    pub text: Shown,
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
    /// Index into [`Facts::links`](super::Facts::links) of its destination.
    pub link: u32,
    /// The definition of the same label that wins: the first, on some platforms the last.
    pub shadowed_by: Option<u32>,
    /// Whether anything in the page refers to it.
    pub used: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_small() {
        assert!(size_of::<Link>() <= 80, "a big tree has a million: {} bytes", size_of::<Link>());
    }
}
