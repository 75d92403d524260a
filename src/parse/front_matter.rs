//! A placeholder for the header between `---` lines, which is written elsewhere.

use crate::facts::FrontMatter;
use crate::source::Span;

/// Where the header stands.
pub(super) struct Header {
    /// What stands between the delimiters.
    pub(super) span: Span,
    /// Where the body begins.
    pub(super) end: usize,
}

/// Finds the header.
pub(super) fn split(text: &str) -> Option<Header> {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut at = bom;
    let mut start = None;
    for line in text[bom..].split_inclusive('\n') {
        let next = at + line.len();
        match start {
            None if line.trim_end() == "---" => start = Some(next),
            None => return None,
            Some(start) if line.trim_end() == "---" => {
                return Some(Header { span: Span::new(start, at), end: next });
            }
            Some(_) => {}
        }
        at = next;
    }
    None
}

/// Reads the header.
pub(super) fn parse(_text: &str, header: &Header) -> FrontMatter {
    FrontMatter { span: header.span, entries: Vec::new(), fault: None }
}
