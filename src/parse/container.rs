//! The marks of block quotes and lists that stand before a block's lines.
//!
//! They are blanked rather than cut out, so that offsets stay those of the page.

use crate::source::Span;

/// The first byte of a line after blanks, `>`, list and footnote markers, and where it stands.
pub(super) fn after_marks(line: &str) -> Option<(usize, u8)> {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        let &byte = bytes.get(at)?;
        let marker = match byte {
            b' ' | b'\t' | b'>' => 1,
            b'[' => match footnote_marker(&bytes[at..]) {
                Some(length) => length,
                None => return Some((at, byte)),
            },
            0xef if bytes[at..].starts_with("\u{feff}".as_bytes()) => 3,
            b'-' | b'+' | b'*' => 1,
            b'0'..=b'9' => {
                let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if !matches!(bytes.get(at + digits), Some(b'.' | b')')) {
                    return Some((at, byte));
                }
                digits + 1
            }
            _ => return Some((at, byte)),
        };
        let is_list = byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'*');
        if is_list && !matches!(bytes.get(at + marker), Some(b' ' | b'\t')) {
            return Some((at, byte));
        }
        at += marker;
    }
}

/// The length of `[^label]:`.
fn footnote_marker(bytes: &[u8]) -> Option<usize> {
    let label = bytes.strip_prefix(b"[^")?;
    let length = label.iter().position(|byte| matches!(byte, b']' | b' ' | b'\t'))?;
    (length > 0 && label[length..].starts_with(b"]:")).then_some(length + 4)
}

/// The text under `span`, which begins a block, with the quote marks before its second and later lines blanked.
pub(super) fn content<'c>(text: &'c str, span: Span, buffer: &'c mut String) -> &'c str {
    part(text, span, span, buffer)
}

/// The same for a part of the block at `block`.
pub(super) fn part<'c>(text: &'c str, block: Span, part: Span, buffer: &'c mut String) -> &'c str {
    let source = part.of(text);
    if memchr::memchr2(b'\n', b'\r', source.as_bytes()).is_none() {
        return source;
    }
    match depth(&text.as_bytes()[..block.start as usize]) {
        0 => source,
        depth => {
            blank_quotes(source, depth, buffer);
            buffer
        }
    }
}

/// How many quotes a block stands in: as many as the line before it shows.
fn depth(before: &[u8]) -> usize {
    let line = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1);
    before[line..].iter().filter(|&&byte| byte == b'>').count()
}

fn blank_quotes(source: &str, depth: usize, buffer: &mut String) {
    buffer.clear();
    buffer.reserve(source.len());
    let mut first = true;
    for line in source.split_inclusive(['\n', '\r']) {
        let mut rest = line;
        let mut left = if std::mem::take(&mut first) { 0 } else { depth };
        while left > 0 {
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if !rest[blanks..].starts_with('>') {
                break;
            }
            buffer.push_str(&rest[..blanks]);
            buffer.push(' ');
            rest = &rest[blanks + 1..];
            left -= 1;
        }
        buffer.push_str(rest);
    }
}
