//! Finds reference definitions, of which the syntax tree keeps nothing.
//!
//! Owns their grammar and which of several wins. They stand where comrak left no block, or at the start of a
//! paragraph.

use std::collections::HashMap;
use std::ops::Range;

use super::container;
use super::markdown::{Block, BlockKind};
use super::target::{self, normalise_label};
use crate::source::{LineIndex, Span};

/// The definitions of a page.
#[derive(Default)]
pub(super) struct Definitions {
    pub(super) list: Vec<Written>,
    by_key: HashMap<Box<str>, u32>,
}

/// A definition as it stands in the source.
pub(super) struct Written {
    pub(super) span: Span,
    pub(super) label: Span,
    pub(super) key: Box<str>,
    pub(super) destination: Span,
}

impl Definitions {
    /// Finds the definitions after `start`; paragraphs that begin with some are shortened to what follows.
    pub(super) fn take(text: &str, lines: &LineIndex, start: usize, blocks: &mut [Block<'_>]) -> Definitions {
        let mut definitions = Definitions::default();
        if memchr::memmem::find(&text.as_bytes()[start..], b"]:").is_some() {
            Search { text, lines, blocks, next: 0, definitions: &mut definitions }.run(lines.line_of(start));
        }
        definitions
    }

    /// The definition that wins for a label.
    pub(super) fn find(&self, label: &str) -> Option<u32> {
        if self.list.is_empty() {
            return None;
        }
        self.by_key.get(normalise_label(label).as_str()).copied()
    }

    fn push(&mut self, written: Written) {
        let index = self.list.len() as u32;
        self.by_key.entry(written.key.clone()).or_insert(index);
        self.list.push(written);
    }
}

struct Search<'s, 'a> {
    text: &'s str,
    lines: &'s LineIndex,
    blocks: &'s mut [Block<'a>],
    /// The first block that may still lie ahead.
    next: usize,
    definitions: &'s mut Definitions,
}

impl Search<'_, '_> {
    fn run(&mut self, first: usize) {
        let mut line = first;
        while line < self.lines.count() {
            let span = self.lines.line_span(self.text, line);
            line = match container::after_marks(span.of(self.text)) {
                Some((at, b'[')) => self.candidate(line, span.start as usize + at),
                _ => line + 1,
            };
        }
    }

    /// Reads the definitions that begin at `open`; returns the line to go on with.
    fn candidate(&mut self, line: usize, open: usize) -> usize {
        while self.blocks.get(self.next).is_some_and(|block| (block.span.end as usize) <= open) {
            self.next += 1;
        }
        let block = self.blocks.get(self.next).map(|block| (block.kind, block.span));
        let (region, inside) = match block {
            Some((kind, span)) if span.start as usize <= open => {
                let holds = matches!(kind, BlockKind::Paragraph | BlockKind::Heading { setext: true, .. });
                if !holds || span.start as usize != open || self.is_before_table() {
                    return self.lines.line_of(span.end as usize) + 1;
                }
                (span, true)
            }
            Some((_, span)) => (Span::new(open, self.gap_end(line, span.start as usize)), false),
            None => (Span::new(open, self.gap_end(line, usize::MAX)), false),
        };
        let end = self.read(region);
        if inside {
            self.blocks[self.next].span.start = (end as u32).min(region.end);
            return self.lines.line_of(region.end as usize) + 1;
        }
        if end == open {
            return self.lines.line_of(region.end as usize) + 1;
        }
        (self.lines.line_of(end.saturating_sub(1)) + 1).max(line + 1)
    }

    /// Whether the next block is a paragraph that became one when its last line turned out to be a table's header:
    /// comrak does not look for definitions in it.
    fn is_before_table(&self) -> bool {
        let [paragraph, table, ..] = &self.blocks[self.next..] else { return false };
        let line = |offset: u32| self.lines.line_of(offset as usize);
        table.kind == BlockKind::Table && line(table.span.start) == line(paragraph.span.end) + 1
    }

    /// Where a paragraph that no block covers ends at the latest.
    fn gap_end(&self, line: usize, next_block: usize) -> usize {
        let mut end = line;
        loop {
            let span = self.lines.line_span(self.text, end + 1);
            let over = end + 1 >= self.lines.count()
                || span.end as usize >= next_block
                || is_blank(span.of(self.text));
            if over {
                return self.lines.line_span(self.text, end).end as usize;
            }
            end += 1;
        }
    }

    /// Reads definitions from the start of `region`; returns where the first thing that is none begins.
    fn read(&mut self, region: Span) -> usize {
        let mut buffer = String::new();
        // The line ending belongs to the paragraph: without one, comrak takes no `<destination>` as its last thing.
        let end = skip_ending(self.text.as_bytes(), region.end as usize);
        let region = Span::new(region.start as usize, end);
        let content = container::content(self.text, region, &mut buffer);
        let base = region.start as usize;
        let mut at = 0;
        while content.as_bytes().get(at) == Some(&b'[') {
            let Some(found) = definition(content, at) else { break };
            let key = normalise_label(&content[found.label.clone()]);
            if !key.is_empty() {
                let place = |place: Range<usize>| Span::new(base + place.start, base + place.end);
                self.definitions.push(Written {
                    span: place(at..found.end),
                    label: place(found.label),
                    key: key.into(),
                    destination: place(found.destination),
                });
            }
            at = skip_indent(content, found.next);
        }
        base + at
    }
}

/// Whether a line ends a paragraph. One that only looks like the beginning of a list item does not.
fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'))
}

fn skip_indent(content: &str, at: usize) -> usize {
    at + content[at..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// What a definition is made of.
struct Parts {
    label: Range<usize>,
    destination: Range<usize>,
    /// The end of destination or title.
    end: usize,
    /// The start of the next line.
    next: usize,
}

/// `[label]: destination "title"` at `at`.
fn definition(content: &str, at: usize) -> Option<Parts> {
    let bytes = content.as_bytes();
    let label = target::label(bytes, at)?;
    let text = content[label.clone()].trim();
    let footnote = text.starts_with('^') && !text.contains([' ', '\t']);
    if text.is_empty() || footnote || bytes.get(label.end + 1) != Some(&b':') {
        return None;
    }
    let start = skip_line_break(bytes, label.end + 2);
    let destination = target::destination(bytes, start)?;
    let after = destination.end;
    let gap = skip_line_break(bytes, after);
    let title = if gap > after { target::title(bytes, gap) } else { None };
    if let Some(end) = title
        && let Some(next) = line_end(bytes, end)
    {
        return Some(Parts { label, destination: destination.place, end, next });
    }
    let next = line_end(bytes, after)?;
    Some(Parts { label, destination: destination.place, end: after, next })
}

fn skip_spaces(bytes: &[u8], at: usize) -> usize {
    at + bytes[at.min(bytes.len())..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Skips spaces and at most one line ending among them.
fn skip_line_break(bytes: &[u8], at: usize) -> usize {
    let spaces = skip_spaces(bytes, at);
    let broken = skip_ending(bytes, spaces);
    if broken > spaces { skip_spaces(bytes, broken) } else { spaces }
}

fn skip_ending(bytes: &[u8], at: usize) -> usize {
    let at = at + usize::from(bytes.get(at) == Some(&b'\r'));
    at + usize::from(bytes.get(at) == Some(&b'\n'))
}

/// The start of the next line if nothing but spaces is left on this one.
fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    let spaces = skip_spaces(bytes, at);
    let next = skip_ending(bytes, spaces);
    (next > spaces || spaces >= bytes.len()).then_some(next)
}
