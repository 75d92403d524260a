//! Cuts the lines around some places out of a page, short and harmless enough to be drawn.
//!
//! Reads only what it shows: a line of 30 MB costs no more than a short one. Knows no findings.

use crate::report::text::columns;
use crate::site::SourceText;
use crate::source::{Span, floor_char_boundary};
use crate::words::{changes_width, steers_terminal};

/// A few lines of a page, cut to a width.
pub(super) struct Excerpt {
    /// The text to draw; every line ends in `\n`.
    pub(super) text: String,
    /// The line of the page it begins with, from 0.
    pub(super) first_line: usize,
    rows: Vec<Row>,
    /// For each character shown: where it is in the page, and in `text`.
    places: Vec<(usize, usize)>,
}

/// A line of an excerpt.
struct Row {
    /// The bytes of the page it shows.
    visible: Span,
    /// Where it begins in `text`.
    start: usize,
}

impl Excerpt {
    /// The lines that hold `spans`, each cut to `width` columns around the spans in it.
    pub(super) fn around(source: SourceText<'_>, spans: &[Span], width: usize, unicode: bool) -> Excerpt {
        let line = |offset: u32| source.lines.line_of(offset as usize);
        let last_byte = |span: &Span| span.end.saturating_sub(1).max(span.start);
        let first_line = spans.iter().map(|span| line(span.start)).min().unwrap_or(0);
        let last_line = spans.iter().map(|span| line(last_byte(span))).max().unwrap_or(0);
        let mut excerpt = Excerpt { text: String::new(), first_line, rows: Vec::new(), places: Vec::new() };
        for line in first_line..=last_line {
            let content = source.lines.line_span(source.text, line);
            let visible = window(source.text, content, focus(content, spans), width);
            excerpt.push_row(source.text, content, visible, unicode);
        }
        excerpt
    }

    /// How many lines it has.
    pub(super) fn lines(&self) -> usize {
        self.rows.len()
    }

    /// Where in `text` a span of the page is drawn.
    pub(super) fn place_of(&self, span: Span, source: SourceText<'_>) -> (usize, usize) {
        let last_byte = span.end.saturating_sub(1).max(span.start);
        let start_row = self.row_of(span.start, source);
        let end_row = self.row_of(last_byte, source);
        let start = span.start.clamp(start_row.visible.start, start_row.visible.end) as usize;
        let end = span.end.clamp(end_row.visible.start, end_row.visible.end) as usize;
        let after_start = self.places.partition_point(|&(page, _)| page <= start);
        let before_end = self.places.partition_point(|&(page, _)| page < end);
        let start = self.places[after_start.saturating_sub(1)].1;
        let end = self.places[before_end.min(self.places.len() - 1)].1;
        (start, end.max(start))
    }

    /// Columns left of `offset` on its line of `text`.
    pub(super) fn columns_before(&self, offset: usize) -> usize {
        let row = self.rows.partition_point(|row| row.start <= offset).saturating_sub(1);
        let start = self.rows[row].start;
        let before = self.text[start..].char_indices().take_while(|(index, _)| start + index < offset);
        before.map(|(_, character)| columns(character)).sum()
    }

    fn row_of(&self, offset: u32, source: SourceText<'_>) -> &Row {
        let line = source.lines.line_of(offset as usize);
        &self.rows[line.saturating_sub(self.first_line).min(self.rows.len() - 1)]
    }

    fn push_row(&mut self, text: &str, content: Span, visible: Span, unicode: bool) {
        let ellipsis = if unicode { "…" } else { "..." };
        self.rows.push(Row { visible, start: self.text.len() });
        if content.start < visible.start {
            self.text.push_str(ellipsis);
        }
        for (index, character) in visible.of(text).char_indices() {
            self.places.push((visible.start as usize + index, self.text.len()));
            if !changes_width(character) {
                self.text.push(harmless(character, unicode));
            }
        }
        self.places.push((visible.end as usize, self.text.len()));
        if visible.end < content.end {
            self.text.push_str(ellipsis);
        }
        self.text.push('\n');
    }
}

/// What of a line must be in view.
fn focus(content: Span, spans: &[Span]) -> Span {
    let within = spans.iter().filter(|span| span.start <= content.end && content.start <= span.end);
    let clipped = within.map(|span| (span.start.max(content.start), span.end.min(content.end)));
    let hull =
        clipped.reduce(|(start, end), (other_start, other_end)| (start.min(other_start), end.max(other_end)));
    let (start, end) = hull.unwrap_or((content.start, content.start));
    Span { start, end: end.max(start) }
}

/// The part of a line to show: all of it, or `width` columns around the focus, most of them before it: that is where a
/// link's text stands.
fn window(text: &str, content: Span, focus: Span, width: usize) -> Span {
    let line_start = content.start as usize;
    let line_end = content.end as usize;
    if advance(text, line_start, line_end, width).0 == line_end {
        return content;
    }
    let focus_start = floor_char_boundary(text, focus.start as usize);
    let (focus_end, spare) = advance(text, focus_start, focus.end as usize, width);
    let (start, left) = retreat(text, line_start, focus_start, spare * 3 / 4);
    let (end, left) = advance(text, focus_end, line_end, spare - spare * 3 / 4 + left);
    let (start, _) = retreat(text, line_start, start, left);
    let start = if start == line_start { start } else { word_start(text, start, focus_start) };
    let end = if end == line_end { end } else { word_end(text, focus_end, end) };
    Span::new(start, end)
}

/// A cut through a word moves to the word's edge, if that is no further than this.
const LONGEST_WORD: usize = 16;

fn word_start(text: &str, start: usize, limit: usize) -> usize {
    let blank = text[start..limit].char_indices().take(LONGEST_WORD).find(|(_, character)| *character == ' ');
    blank.map_or(start, |(index, _)| start + index + 1)
}

fn word_end(text: &str, limit: usize, end: usize) -> usize {
    let blank =
        text[limit..end].char_indices().rev().take(LONGEST_WORD).find(|(_, character)| *character == ' ');
    blank.map_or(end, |(index, _)| limit + index)
}

/// How far `width` columns reach from `start`, at most to `limit`, and how many are left.
fn advance(text: &str, start: usize, limit: usize, width: usize) -> (usize, usize) {
    let mut end = start;
    let mut left = width;
    for character in text[start..].chars() {
        if end >= limit || columns(character) > left {
            break;
        }
        end += character.len_utf8();
        left -= columns(character);
    }
    (end, left)
}

/// How far `width` columns reach back from `end`, at most to `limit`, and how many are left.
fn retreat(text: &str, limit: usize, end: usize, width: usize) -> (usize, usize) {
    let mut start = end;
    let mut left = width;
    for character in text[..end].chars().rev() {
        if start <= limit || columns(character) > left {
            break;
        }
        start -= character.len_utf8();
        left -= columns(character);
    }
    (start, left)
}

/// The character, or a picture of it where the terminal would obey instead of showing it.
fn harmless(character: char, unicode: bool) -> char {
    match character {
        '\t' => character,
        '\0'..='\u{1f}' if unicode => char::from_u32(0x2400 + character as u32).unwrap_or('?'),
        _ if steers_terminal(character) && unicode => '\u{fffd}',
        _ if steers_terminal(character) => '?',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::LineIndex;

    fn excerpt(text: &str, span: Span, width: usize) -> (String, String) {
        let lines = LineIndex::new(text);
        let source = SourceText { text, lines: &lines };
        let excerpt = Excerpt::around(source, &[span], width, true);
        let (start, end) = excerpt.place_of(span, source);
        (excerpt.text[start..end].to_owned(), excerpt.text)
    }

    fn cut(text: &str, needle: &str, width: usize) -> (String, String) {
        let start = text.find(needle).unwrap();
        excerpt(text, Span::new(start, start + needle.len()), width)
    }

    #[test]
    fn short_lines_are_whole() {
        assert_eq!(cut("one\r\ntwo x\rthree", "x", 40), ("x".into(), "two x\n".into()));
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{}HERE{}", "a".repeat(500), "é".repeat(500));
        let (under, text) = cut(&text, "HERE", 10);
        assert_eq!((under.as_str(), text.as_str()), ("HERE", "…aaaaHEREéé…\n"));
    }

    #[test]
    fn room_that_one_side_does_not_need_goes_to_the_other() {
        let text = format!("abHERE{}", "c".repeat(500));
        assert_eq!(cut(&text, "HERE", 10).1, "abHEREcccc…\n");
        let text = format!("{}HEREab", "c".repeat(500));
        assert_eq!(cut(&text, "HERE", 10).1, "…ccccHEREab\n");
    }

    #[test]
    fn a_place_longer_than_the_width_is_shown_from_its_start() {
        let text = format!("ab {}", "c".repeat(500));
        let (under, text) = cut(&text, &"c".repeat(500), 10);
        assert_eq!((under.as_str(), text.as_str()), ("cccccccccc", "…cccccccccc…\n"));
    }

    #[test]
    fn a_place_over_lines_keeps_its_lines() {
        assert_eq!(cut("a [x\ny](z) b", "[x\ny]", 40), ("[x\ny]".into(), "a [x\ny](z) b\n".into()));
    }

    #[test]
    fn control_characters_become_pictures() {
        assert_eq!(cut("a\u{1b}[2Jx\u{202e}", "x", 40).1, "a␛[2Jx\u{fffd}\n");
    }

    #[test]
    fn emoji_stand_alone() {
        let text = "| \u{26a0}\u{fe0f} | \u{1f469}\u{1f3fd}\u{200d}\u{1f4bb} x |";
        let shown = "| \u{26a0} | \u{1f469}\u{1f4bb} x |\n";
        assert_eq!(cut(text, "x", 40), ("x".into(), shown.into()));
        let emoji = "\u{1f469}\u{1f3fd}\u{200d}\u{1f4bb}";
        assert_eq!(cut(text, emoji, 40), ("\u{1f469}\u{1f4bb}".into(), shown.into()));
    }

    #[test]
    fn any_place_can_be_cut() {
        for text in ["", "\n", "é\r\n\r日\u{200b}本", "x"] {
            for start in 0..=text.len() {
                for end in start..=text.len() + 1 {
                    let _ = excerpt(text, Span::new(start, end.min(text.len())), 40);
                }
            }
        }
    }
}
