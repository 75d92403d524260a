//! Footnotes: which marks have a note, and which should have one.

use std::collections::HashSet;

use super::target::normalise_label;
use crate::facts::{Footnote, UndefinedFootnote};
use crate::source::Span;

/// The notes, and the marks that have one; in order.
pub(super) fn defined(
    text: &str,
    written: &[UndefinedFootnote],
    defined: &[(Box<str>, Span)],
) -> Vec<Footnote> {
    if defined.is_empty() {
        return Vec::new();
    }
    let known = keys(defined);
    let marks = written.iter().filter(|mark| known.contains(&normalise_label(mark.label.of(text))));
    let marks = marks.map(|mark| Footnote { span: mark.span, label: mark.label, is_definition: false });
    let notes = defined.iter().filter_map(|(_, span)| note(text, *span));
    let mut footnotes: Vec<Footnote> = marks.chain(notes).collect();
    footnotes.sort_by_key(|footnote| footnote.span);
    footnotes
}

fn note(text: &str, span: Span) -> Option<Footnote> {
    const OPEN: usize = 2;
    let label = span.of(text).strip_prefix("[^")?;
    let label = &label[..label.find(']')?];
    let start = span.range().start + OPEN;
    let label = Span::new(start, start + label.len());
    Some(Footnote { span: Span::new(span.range().start, label.range().end + 1), label, is_definition: true })
}

fn keys(defined: &[(Box<str>, Span)]) -> HashSet<String> {
    defined.iter().map(|(label, _)| normalise_label(label)).collect()
}

/// Brackets such as `[^a-z]` are rather a pattern than a footnote: they count where the page uses footnotes.
pub(super) fn undefined(
    text: &str,
    written: Vec<UndefinedFootnote>,
    defined: &[(Box<str>, Span)],
) -> Vec<UndefinedFootnote> {
    if written.is_empty() {
        return written;
    }
    let known = keys(defined);
    let is_word = |label: &str| label.chars().all(|next| next.is_alphanumeric() || matches!(next, '-' | '_'));
    let is_meant = |label: &str| {
        let number = label.bytes().all(|byte| byte.is_ascii_digit());
        number || (!defined.is_empty() && is_word(label))
    };
    let keep = |footnote: &UndefinedFootnote| {
        let label = footnote.label.of(text);
        is_meant(label) && !known.contains(&normalise_label(label))
    };
    written.into_iter().filter(keep).collect()
}
