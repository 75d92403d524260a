//! Lists in table cells, which Markdown cannot write: tags of HTML, or marks after line breaks.
//!
//! Knows which tags and marks there are; whether they make sense is for others to say.

use super::html;
use crate::facts::{CellId, DrawnList, Facts, ListTag};
use crate::source::Span;

/// Takes over the tag at `span` in the cell that stands at `place`.
pub(super) fn add_tag(facts: &mut Facts, text: &str, place: Span, span: Span, cell: CellId) {
    let tag = span.of(text);
    if let Some((kind, closing)) = html::list_tag(tag) {
        facts.list_tags.push(ListTag { span, cell, kind, closing });
    } else if html::is_break(tag) {
        add_break(facts, text, place, span, cell);
    }
}

fn add_break(facts: &mut Facts, text: &str, place: Span, span: Span, cell: CellId) {
    let after = span.end as usize;
    let Some(mark) = mark(&text[after..(place.end as usize).max(after)]) else { return };
    match facts.drawn_lists.last_mut().filter(|list| list.cell == cell) {
        Some(list) => list.items += 1,
        None => {
            let items = 1 + u32::from(self::mark(place.of(text)).is_some());
            let span = Span::new(span.start as usize, after + mark.end);
            facts.drawn_lists.push(DrawnList { span, cell, items, numbered: mark.numbered });
        }
    }
}

/// A mark such as `-` that begins a text.
struct Mark {
    end: usize,
    numbered: bool,
}

fn mark(text: &str) -> Option<Mark> {
    let content = after_blanks(text);
    let mark = content.strip_prefix('\\').unwrap_or(content);
    let digits = mark.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => mark.strip_prefix(['-', '*', '+', '•', '·', '–'])?,
        1 | 2 => mark[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let item = after_blanks(rest);
    let is_apart = item.len() < rest.len() || mark.starts_with('•');
    (is_apart && !item.is_empty()).then(|| Mark { end: text.len() - rest.len(), numbered: digits > 0 })
}

fn after_blanks(mut text: &str) -> &str {
    loop {
        let rest = text.trim_start();
        text = rest.strip_prefix("&nbsp;").unwrap_or(rest);
        if text.len() == rest.len() {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_items() {
        for (text, marked) in [
            ("- a", Some("-")),
            (" &nbsp;* a", Some(" &nbsp;*")),
            ("\\- a", Some("\\-")),
            ("•a", Some("•")),
            ("12) a", Some("12)")),
            ("-&nbsp;a", Some("-")),
            ("-5", None),
            ("**b**", None),
            ("2023. a", None),
            ("1.5 a", None),
            ("- ", None),
            ("", None),
        ] {
            assert_eq!(mark(text).map(|mark| &text[..mark.end]), marked, "{text}");
        }
    }
}
