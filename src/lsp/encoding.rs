//! Positions as editors count them: lines and columns from 0, in the units that both sides agreed on.
//!
//! Owns the arithmetic and what becomes of positions that do not exist. Knows no document and no message.

use gen_lsp_types::{Position, Range};

use crate::source::{LineIndex, Span, floor_char_boundary};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what every client knows.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The encoding to use of those a client offers: bytes cost nothing, UTF-16 is what clients are tested with.
    #[must_use]
    pub fn preferred<'o>(offered: impl IntoIterator<Item = &'o str>) -> Encoding {
        let offered: Vec<Encoding> = offered.into_iter().filter_map(Encoding::named).collect();
        let order = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
        order.into_iter().find(|encoding| offered.contains(encoding)).unwrap_or_default()
    }

    fn named(name: &str) -> Option<Encoding> {
        [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]
            .into_iter()
            .find(|encoding| encoding.name() == name)
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    /// The byte at a position. A line or column past the end means the end; one inside a character its beginning.
    #[must_use]
    pub fn offset(self, text: &str, lines: &LineIndex, position: Position) -> usize {
        let line = position.line as usize;
        if line >= lines.count() {
            return text.len();
        }
        let span = lines.line_span(text, line);
        let column = position.character as usize;
        span.start as usize + self.bytes_before(span.of(text), column)
    }

    /// How many bytes of a line lie before a column.
    fn bytes_before(self, line: &str, column: usize) -> usize {
        if self == Encoding::Utf8 {
            return floor_char_boundary(line, column);
        }
        let mut units = 0;
        for (offset, character) in line.char_indices() {
            units += self.units(character);
            if units > column {
                return offset;
            }
        }
        line.len()
    }

    /// The position of a byte.
    #[must_use]
    pub fn position(self, text: &str, lines: &LineIndex, offset: usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = lines.line_of(offset);
        let before = &text[lines.start_of(line).unwrap_or(offset)..offset];
        let column = match self {
            Encoding::Utf8 => before.len(),
            _ if before.is_ascii() => before.len(),
            _ => before.chars().map(|character| self.units(character)).sum(),
        };
        Position { line: line as u32, character: column as u32 }
    }

    /// The range of a span.
    #[must_use]
    pub fn range(self, text: &str, lines: &LineIndex, span: Span) -> Range {
        Range {
            start: self.position(text, lines, span.start as usize),
            end: self.position(text, lines, span.end as usize),
        }
    }

    /// The bytes of a range; one that ends before it begins is empty.
    #[must_use]
    pub fn span(self, text: &str, lines: &LineIndex, range: Range) -> Span {
        let start = self.offset(text, lines, range.start);
        let end = self.offset(text, lines, range.end);
        Span::new(start, end.max(start))
    }

    fn units(self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn prefers_bytes() {
        assert_eq!(Encoding::preferred(["utf-32", "utf-8", "utf-16"]), Encoding::Utf8);
        assert_eq!(Encoding::preferred(["utf-32", "utf-16"]), Encoding::Utf16);
        assert_eq!(Encoding::preferred(["utf-32", "utf-7"]), Encoding::Utf32);
        assert_eq!(Encoding::preferred([]), Encoding::Utf16);
    }

    #[test]
    fn there_and_back_in_every_encoding() {
        let text = "a\r\n🚀é日b\rx\n\n👩‍🚀 end";
        let lines = LineIndex::new(text);
        for encoding in ALL {
            for (offset, character) in
                text.char_indices().filter(|(_, character)| !"\r\n".contains(*character))
            {
                let position = encoding.position(text, &lines, offset);
                assert_eq!(encoding.offset(text, &lines, position), offset, "{encoding:?} {character:?}");
            }
        }
        let at = text.find('b').unwrap();
        let columns = ALL.map(|encoding| encoding.position(text, &lines, at).character);
        assert_eq!(columns, [9, 4, 3]);
    }

    #[test]
    fn what_does_not_exist_is_the_nearest_that_does() {
        let text = "ab\r\n🚀c";
        let lines = LineIndex::new(text);
        for encoding in ALL {
            let offset = |line, character| encoding.offset(text, &lines, Position { line, character });
            assert_eq!(offset(0, 99), 2);
            assert_eq!(offset(9, 0), text.len());
            assert_eq!(offset(u32::MAX, u32::MAX), text.len());
            let range = Range { start: Position { line: 1, character: 0 }, end: Position::default() };
            assert_eq!(encoding.span(text, &lines, range), Span::at(4));
        }
        assert_eq!(Encoding::Utf16.offset(text, &lines, Position { line: 1, character: 1 }), 4);
        assert_eq!(Encoding::Utf8.offset(text, &lines, Position { line: 1, character: 3 }), 4);
    }
}
