//! One line of a text and carets below what is wrong in it.

use unicode_width::UnicodeWidthChar;

use crate::source::{LineIndex, Span};
use crate::words::changes_width;

/// How much of a line is shown before, under and after the carets, in characters.
const BEFORE: usize = 60;
const MARKED: usize = 60;
const AFTER: usize = 40;

/// A line of text, or a window of it, and the carets to print below.
pub(super) struct Excerpt {
    pub(super) line: String,
    pub(super) carets: String,
}

impl Excerpt {
    /// The first line of what `span` covers.
    pub(super) fn new(text: &str, lines: &LineIndex, span: Span) -> Excerpt {
        let line = lines.line_span(text, lines.line_of(span.start as usize));
        let start = span.start.clamp(line.start, line.end);
        let end = span.end.clamp(start, line.end);
        let part = |start: u32, end: u32| Span { start, end }.of(text);

        let before = last(part(line.start, start), BEFORE);
        let marked = first(part(start, end), MARKED);
        let after = if marked.ends_with('…') { String::new() } else { first(part(end, line.end), AFTER) };
        Excerpt {
            carets: format!("{}{}", " ".repeat(width(&before)), "^".repeat(width(&marked).max(1))),
            line: format!("{before}{marked}{after}").trim_end().to_owned(),
        }
    }
}

fn first(text: &str, most: usize) -> String {
    let mut shown = cells(text.chars().take(most));
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

fn last(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(most - 1) else {
        return cells(text.chars());
    };
    let ellipsis = if cut == 0 { "" } else { "…" };
    format!("{ellipsis}{}", cells(text[cut..].chars()))
}

/// Characters as every terminal shows them alike.
fn cells(characters: impl Iterator<Item = char>) -> String {
    let mut shown = String::new();
    for character in characters {
        match character {
            '\t' => shown.push_str("    "),
            '\u{feff}' => {}
            joiner if changes_width(joiner) => {}
            control if control.is_control() => shown.push('\u{fffd}'),
            other => shown.push(other),
        }
    }
    shown
}

/// How many columns it takes.
fn width(shown: &str) -> usize {
    shown.chars().filter_map(UnicodeWidthChar::width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, start: usize, end: usize) -> (String, String) {
        let Excerpt { line, carets } = Excerpt::new(text, &LineIndex::new(text), Span::new(start, end));
        (line, carets)
    }

    #[test]
    fn marks_tabs_and_other_characters() {
        assert_eq!(excerpt("\tä = x\r\n", 6, 7), ("    ä = x".into(), "        ^".into()));
        assert_eq!(excerpt("a\u{1b}b", 2, 3), ("a\u{fffd}b".into(), "  ^".into()));
        assert_eq!(excerpt("\u{feff}ab", 3, 4), ("ab".into(), "^".into()));
    }

    #[test]
    fn carets_stand_below_wide_and_narrow_characters() {
        assert_eq!(excerpt("名前 = 値段", 9, 15), ("名前 = 値段".into(), "       ^^^^".into()));
        assert_eq!(excerpt("e\u{301}\u{3b1} = x", 8, 9), ("e\u{301}\u{3b1} = x".into(), "     ^".into()));
        assert_eq!(
            excerpt("\u{1f680}\u{26a0}\u{fe0f} x", 11, 12),
            ("\u{1f680}\u{26a0} x".into(), "    ^".into())
        );
        assert_eq!(excerpt("\u{301}", 0, 2), ("\u{301}".into(), "^".into()));
    }

    #[test]
    fn marks_empty_places_and_first_lines() {
        assert_eq!(excerpt("a =\n", 3, 3), ("a =".into(), "   ^".into()));
        assert_eq!(excerpt("a\n", 2, 2), (String::new(), "^".into()));
        assert_eq!(excerpt("", 0, 0), (String::new(), "^".into()));
        assert_eq!(excerpt("a = '''\nx'''", 4, 12), ("a = '''".into(), "    ^^^".into()));
    }

    #[test]
    fn shows_a_window_of_long_lines() {
        let text = format!("{}{}{}", "a".repeat(100_000), "é".repeat(100), "b".repeat(100_000));
        let (line, carets) = excerpt(&text, 100_000, 100_200);
        assert_eq!(line, format!("…{}{}…", "a".repeat(60), "é".repeat(60)));
        assert_eq!(carets, format!("{}{}", " ".repeat(61), "^".repeat(61)));
        let (line, _) = excerpt(&text, 100_000, 100_002);
        assert_eq!(line, format!("…{}{}…", "a".repeat(60), "é".repeat(41)));
    }
}
