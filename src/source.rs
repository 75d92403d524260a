//! Places in a text: byte spans, and the line index that turns them into lines and columns.
//!
//! Owns the arithmetic between bytes and columns. Knows nothing of Markdown, files or findings.

use std::ops::Range;

/// A half-open range of bytes in one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// The empty span at `offset`.
    #[must_use]
    pub fn at(offset: usize) -> Span {
        Span::new(offset, offset)
    }

    /// As a range, for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span.
    ///
    /// Empty where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// A place as people read it: line and column, both from 1, the column in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line number, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
}

/// Where the lines of a text begin. `\n`, `\r\n` and a lone `\r` end a line, as in CommonMark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Box<[u32]>,
}

impl LineIndex {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        if memchr::memchr(b'\r', bytes).is_none() {
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|end| end as u32 + 1));
        } else {
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
            let ends = ends.filter(|&end| !bytes[end..].starts_with(b"\r\n"));
            starts.extend(ends.map(|end| end as u32 + 1));
        }
        LineIndex { starts: starts.into() }
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that holds the byte at `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset) - 1
    }

    /// The byte at which a line, counted from 0, begins; the end of the last where there is no such line.
    #[must_use]
    pub fn start_of(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|&start| start as usize)
    }

    /// The bytes of a line, counted from 0, without its line ending.
    #[must_use]
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let start = self.start_of(line).unwrap_or(text.len());
        let next = self.start_of(line + 1).unwrap_or(text.len());
        let content = text[start..next].trim_end_matches(['\n', '\r']);
        Span::new(start, start + content.len())
    }

    /// Line and column of a byte offset. Reads the offset's own line only.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = floor_char_boundary(text, offset);
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        LineColumn { line: line + 1, column: text[start..offset].chars().count() + 1 }
    }
}

/// The nearest character boundary at or before `offset`.
#[must_use]
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_ending_counts_once() {
        let text = "a\r\nb\rc\nd";
        let lines = LineIndex::new(text);
        let starts: Vec<_> = (0..lines.count()).map(|line| lines.line_span(text, line).of(text)).collect();
        assert_eq!(starts, ["a", "b", "c", "d"]);
    }

    #[test]
    fn columns_are_code_points() {
        let text = "x\n🚀é日b";
        let lines = LineIndex::new(text);
        let at = text.find('b').unwrap();
        assert_eq!(lines.line_column(text, at), LineColumn { line: 2, column: 4 });
    }
}
