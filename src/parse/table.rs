//! Where the cells of a table row stand, how many are written, and what touches the table.
//!
//! Knows pipes, escapes and code spans; what a cell holds is read in [`super::collect`].

use std::ops::Range;

use super::inline::{Backticks, run_length};
use super::markdown::{Block, NextLine};
use super::target::is_escape;
use crate::facts::{HeadingId, Row, Shown, Table};
use crate::source::Span;

/// A table without its rows.
pub(super) fn begin(block: &Block<'_>, text: &str, section: Option<HeadingId>) -> Table {
    let span = block.span;
    let line_ends = memchr::memchr_iter(b'\n', span.of(text).as_bytes()).count();
    let next_line = block.next_line();
    let after = || line_after(text, span.end as usize);
    Table {
        span,
        section,
        header: Row { span, ..Row::default() },
        rows: Vec::with_capacity(line_ends.saturating_sub(1)),
        text_before: block.follows_text().then(|| line_before(text, span.start as usize)),
        text_after: (next_line == NextLine::Text).then(after),
        block_after: (next_line == NextLine::Block).then(after),
    }
}

/// The line before the one that holds `at`, without blanks and quote marks.
fn line_before(text: &str, at: usize) -> Span {
    let end = memchr::memrchr(b'\n', &text.as_bytes()[..at]).unwrap_or_default();
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |before| before + 1);
    written(text, start..end)
}

/// The line after the one that ends at `at`, without blanks and quote marks.
fn line_after(text: &str, at: usize) -> Span {
    let bytes = text.as_bytes();
    let start = memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |end| at + end + 1);
    let end = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |end| start + end);
    written(text, start..end)
}

fn written(text: &str, line: Range<usize>) -> Span {
    let content = text[line.clone()].trim_start_matches([' ', '\t', '>']);
    let start = line.end - content.len();
    Span::new(start, start + content.trim_end().len())
}

/// The cells of a row.
#[derive(Default)]
pub(super) struct Cells {
    /// Whether `|` in a code span is text of the cell.
    pub(super) code_protects_pipe: bool,
    /// Where their content stands in the row, without surrounding blanks.
    pub(super) places: Vec<Range<usize>>,
    /// How many there are if every unescaped pipe separates.
    pub(super) written: u32,
    /// How many there are if a code span protects its pipes.
    pub(super) outside_code: u32,
    /// Where the unescaped pipes inside code spans stand.
    pub(super) pipes_in_code: Vec<usize>,
    /// Where the escaped ones stand.
    escaped_in_code: Vec<usize>,
}

impl Cells {
    /// Takes a row apart, which has no blanks around it.
    pub(super) fn read(&mut self, row: &str) {
        let bytes = row.as_bytes();
        self.pipes_in_code.clear();
        self.escaped_in_code.clear();
        self.split(row);
        self.written = self.places.len() as u32;
        self.outside_code = match memchr::memchr(b'`', bytes) {
            Some(_) => self.count_outside_code(bytes),
            None => self.written,
        };
        if self.code_protects_pipe && !self.pipes_in_code.is_empty() {
            self.split(row);
        }
    }

    /// Finds the cells: pipes separate that are neither escaped nor known to stand in code.
    fn split(&mut self, row: &str) {
        self.places.clear();
        let bytes = row.as_bytes();
        let mut start = usize::from(bytes.first() == Some(&b'|'));
        let mut at = start;
        while let Some(found) = memchr::memchr2(b'|', b'\\', &bytes[at..]) {
            let mark = at + found;
            if self.pipes_in_code.binary_search(&mark).is_ok() {
                at = mark + 1;
            } else if bytes[mark] == b'|' {
                self.places.push(trimmed(row, start..mark));
                start = mark + 1;
                at = start;
            } else {
                at = mark + 1 + usize::from(is_escape(bytes, mark));
            }
        }
        if start < row.len() {
            self.places.push(trimmed(row, start..row.len()));
        }
    }

    fn count_outside_code(&mut self, bytes: &[u8]) -> u32 {
        let mut backticks = Backticks::default();
        let mut count = 0;
        let mut at = usize::from(bytes.first() == Some(&b'|'));
        let mut start = at;
        let mut code_ends = 0;
        while let Some(&byte) = bytes.get(at) {
            let in_code = at < code_ends;
            match byte {
                b'\\' => {
                    if in_code && bytes.get(at + 1) == Some(&b'|') {
                        self.escaped_in_code.push(at + 1);
                    }
                    at += 1 + usize::from(is_escape(bytes, at));
                }
                b'`' if !in_code => {
                    let run = run_length(bytes, at);
                    at += run;
                    code_ends = backticks.close(bytes, at, run).unwrap_or(0);
                }
                b'|' if in_code => {
                    self.pipes_in_code.push(at);
                    at += 1;
                }
                b'|' => {
                    count += 1;
                    at += 1;
                    start = at;
                }
                _ => at += 1,
            }
        }
        count + u32::from(start < bytes.len())
    }
}

/// Where the pipes inside code spans of a text stand, escaped or not, each line taken for a row.
pub(super) fn pipes_in_code(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut pipes = Vec::new();
    let mut cells = Cells::default();
    let mut at = 0;
    while let Some(pipe) = memchr::memchr(b'|', &bytes[at..]) {
        let pipe = at + pipe;
        let start = memchr::memrchr(b'\n', &bytes[at..pipe]).map_or(at, |end| at + end + 1);
        let end = memchr::memchr(b'\n', &bytes[pipe..]).map_or(bytes.len(), |end| pipe + end);
        let line = &bytes[start..end];
        if memchr::memchr(b'`', line).is_some() {
            cells.pipes_in_code.clear();
            cells.escaped_in_code.clear();
            cells.count_outside_code(line);
            let of_line = pipes.len();
            let in_code = cells.pipes_in_code.iter().chain(&cells.escaped_in_code);
            pipes.extend(in_code.map(|pipe| start + pipe));
            pipes[of_line..].sort_unstable();
        }
        at = end;
    }
    pipes
}

fn trimmed(row: &str, place: Range<usize>) -> Range<usize> {
    let blanks = [' ', '\t', '\x0b', '\x0c'];
    let content = row[place.clone()].trim_start_matches(blanks);
    let start = place.end - content.len();
    start..start + content.trim_end_matches(blanks).len()
}

/// The text with blanks folded and trimmed, as what stands at `span` shows it.
pub(super) fn shown(text: &str, span: Span, page: &str) -> Shown {
    let trimmed = text.trim();
    match is_folded(trimmed.as_bytes()) {
        true => Shown::new(trimmed, span, page),
        false => Shown::new(&folded(trimmed), span, page),
    }
}

/// The text with blanks folded and trimmed.
pub(super) fn folded(text: &str) -> Box<str> {
    let trimmed = text.trim();
    if is_folded(trimmed.as_bytes()) {
        return trimmed.into();
    }
    let mut folded = String::with_capacity(trimmed.len());
    for word in trimmed.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.into()
}

/// Whether there are only single spaces between visible ASCII characters.
fn is_folded(bytes: &[u8]) -> bool {
    // Without a way out of the loops these are a few vector instructions.
    let unusual = bytes.iter().fold(0, |any, byte| any | u8::from(*byte < b' ') | u8::from(*byte > b'~'));
    let next = bytes.get(1..).unwrap_or_default();
    let doubled = bytes
        .iter()
        .zip(next)
        .fold(0, |any, (one, next)| any | (u8::from(*one == b' ') & u8::from(*next == b' ')));
    unusual | doubled == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_in_code() {
        for (row, cells, outside_code, pipes) in [
            ("| a | b |", 2, 2, &[][..]),
            ("| `a | b` | or |", 3, 2, &[5]),
            ("| `a \\| b` | or |", 2, 2, &[]),
            ("| ``a ` | \\`` | `|` |", 4, 2, &[8, 17]),
            ("| `a | b | c |", 3, 3, &[]),
            ("`a\\` | b", 2, 2, &[]),
        ] {
            let mut read = Cells::default();
            read.read(row);
            assert_eq!((read.places.len(), read.outside_code), (cells, outside_code), "{row}");
            assert_eq!(read.pipes_in_code, pipes, "{row}");
            read.code_protects_pipe = true;
            read.read(row);
            assert_eq!((read.written as usize, read.places.len() as u32), (cells, outside_code), "{row}");
        }
    }
}
