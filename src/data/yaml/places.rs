//! The way from saphyr's character counts to bytes.

use crate::source::Span;

/// From the parser's characters to bytes of a text.
pub(crate) struct Places {
    start: usize,
    end: usize,
    /// Where each character begins; `None` where a character is a byte.
    bytes: Option<Vec<u32>>,
}

impl Places {
    /// For a parser that is given what stands at `yaml`.
    pub(crate) fn new(text: &str, yaml: Span) -> Places {
        let read = yaml.of(text);
        let table = || read.char_indices().map(|(at, _)| at as u32).collect();
        Places { start: yaml.range().start, end: yaml.range().end, bytes: (!read.is_ascii()).then(table) }
    }

    pub(crate) fn byte(&self, index: usize) -> usize {
        let offset = match &self.bytes {
            None => Some(index),
            Some(bytes) => bytes.get(index).map(|&byte| byte as usize),
        };
        offset.map_or(self.end, |offset| (self.start + offset).min(self.end))
    }

    pub(crate) fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.byte(span.start.index());
        Span::new(start, self.byte(span.end.index()).max(start))
    }
}
