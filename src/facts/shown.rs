//! Text that a page shows.
//!
//! Plain data, free of any dialect.

use crate::source::Span;

/// Markup before a text is seldom longer.
const MOST_MARKS: usize = 4;

/// A text that the page shows: nearly always a part of its source, and then it needs no copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Exactly what the source shows here.
    Plain(Span),
    /// Anything else.
    Copy(Box<str>),
}

impl Default for Shown {
    fn default() -> Shown {
        Shown::Plain(Span::default())
    }
}

impl Shown {
    /// The text `shown` by what stands at `span`.
    #[must_use]
    pub fn new(shown: &str, span: Span, page: &str) -> Shown {
        let source = span.of(page).as_bytes();
        let surplus = source.len().saturating_sub(shown.len());
        let is_here = |&before: &usize| source[before..].starts_with(shown.as_bytes());
        match (0..=surplus.min(MOST_MARKS)).find(is_here) {
            Some(before) => {
                let start = span.start as usize + before;
                Shown::Plain(Span::new(start, start + shown.len()))
            }
            None => Shown::Copy(shown.into()),
        }
    }

    /// The text, given the page's source.
    #[must_use]
    pub fn of<'t>(&'t self, page: &'t str) -> &'t str {
        match self {
            Shown::Plain(span) => span.of(page),
            Shown::Copy(copy) => copy,
        }
    }

    /// Where a part of the text stands; `all`, where the text is not as the source has it.
    #[must_use]
    pub fn part(&self, part: &str, text: &str, all: Span) -> Span {
        let offset = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
        match (self, offset) {
            (Shown::Plain(span), Some(offset))
                if text.get(offset..).is_some_and(|rest| rest.starts_with(part)) =>
            {
                let start = span.start as usize + offset;
                Span::new(start, start + part.len())
            }
            _ => all,
        }
    }
}
