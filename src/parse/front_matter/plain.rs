//! The lines that nearly all headers are made of, read without a YAML parser.
//!
//! Owns a strict subset of YAML in which a line means the same whatever stands around it: `key: value`, `key:` with
//! `- value` lines below, comments, blank lines. At anything else the whole header is left to [`super::yaml`], which
//! reads this subset to the same entries; `tests/front_matter.rs` compares the two.

use crate::facts::{Entry, Shown, Value};
use crate::source::{Span, Spanned};

/// The entries of a header, or `None` if one of its lines is not of the subset.
#[must_use]
pub fn read(text: &str, header: Span) -> Option<Vec<Entry>> {
    let mut reader = Reader { text, entries: Vec::with_capacity(8), items: Vec::new(), indent: 0 };
    let mut start = header.range().start;
    // The empty line that this makes of `\r\n` is a blank line like any other.
    for length in memchr::memchr2_iter(b'\n', b'\r', header.of(text).as_bytes()) {
        let end = header.range().start + length;
        reader.line(start, end)?;
        start = end + 1;
    }
    reader.line(start, header.range().end)?;
    reader.end_list();
    Some(reader.entries)
}

struct Reader<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    /// What the last entry's list holds, until it is complete.
    items: Vec<Spanned<Value>>,
    /// How far the items of the last entry's list are indented.
    indent: usize,
}

impl Reader<'_> {
    fn line(&mut self, start: usize, end: usize) -> Option<()> {
        let line = self.text[start..end].trim_end_matches(' ');
        let end = start + line.len();
        let indent = line.bytes().take_while(|&byte| byte == b' ').count();
        match &line.as_bytes()[indent..] {
            [] => Some(()),
            [b'-', b' ', ..] => self.item(start + indent + 1, end, indent),
            [b'#', comment @ ..] if indent == 0 => {
                comment.iter().all(|&byte| is_ordinary(byte)).then_some(())
            }
            _ if indent == 0 => self.entry(start, end),
            _ => None,
        }
    }

    fn entry(&mut self, start: usize, end: usize) -> Option<()> {
        let colon = start + key_length(&self.text.as_bytes()[start..end])?;
        let span = Span::new(start, colon);
        let key = Spanned { value: Shown::Plain(span), span };
        let value = match colon + 1 {
            after if after == end => Spanned { value: Value::Null, span: Span::at(end) },
            after => scalar(self.text, after, end)?,
        };
        self.end_list();
        self.entries.push(Entry { key, value });
        Some(())
    }

    fn item(&mut self, start: usize, end: usize, indent: usize) -> Option<()> {
        let item = scalar(self.text, start, end)?;
        let list = &mut self.entries.last_mut()?.value;
        if self.items.is_empty() {
            if list.value != Value::Null || !list.span.is_empty() {
                return None;
            }
            self.indent = indent;
            list.span.start = item.span.start;
        } else if self.indent != indent {
            return None;
        }
        list.span.end = item.span.end;
        self.items.push(item);
        Some(())
    }

    fn end_list(&mut self) {
        if let Some(list) = self.entries.last_mut()
            && !self.items.is_empty()
        {
            list.value.value = Value::Sequence(self.items.drain(..).collect());
        }
    }
}

/// Where the `:` stands that ends the key of a line.
fn key_length(line: &[u8]) -> Option<usize> {
    const LONGEST: usize = 200;
    if !matches!(line.first(), Some(b'A'..=b'Z' | b'a'..=b'z' | b'_')) {
        return None;
    }
    for (at, byte) in line.iter().enumerate().take(LONGEST) {
        match byte {
            b':' if matches!(line.get(at + 1), None | Some(b' ')) => {
                return (line[at - 1] != b' ').then_some(at);
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b':' | b' ' => {}
            _ => return None,
        }
    }
    None
}

/// The scalar after the blanks at `start`.
fn scalar(text: &str, start: usize, end: usize) -> Option<Spanned<Value>> {
    let raw = text[start..end].trim_start_matches(' ');
    let span = Span::new(end - raw.len(), end);
    let value = match raw.as_bytes() {
        [quote @ (b'"' | b'\''), inner @ .., last] if last == quote && is_literal(inner, *quote) => {
            Value::Scalar(Shown::new(&raw[1..raw.len() - 1], span, text))
        }
        b"~" | b"null" | b"Null" | b"NULL" => Value::Null,
        [first, ..] if begins_plain(*first) && is_plain(raw.as_bytes()) => Value::Scalar(Shown::Plain(span)),
        _ => return None,
    };
    Some(Spanned { value, span })
}

/// Whether what stands between quotes means itself.
fn is_literal(inner: &[u8], quote: u8) -> bool {
    inner.iter().all(|&byte| is_ordinary(byte) && byte != quote && byte != b'\\')
}

fn begins_plain(byte: u8) -> bool {
    !matches!(
        byte,
        b'-' | b'?'
            | b':'
            | b','
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'#'
            | b'&'
            | b'*'
            | b'!'
            | b'|'
            | b'>'
            | b'\''
            | b'"'
            | b'%'
            | b'@'
            | b'`'
            | b'~'
    )
}

fn is_plain(raw: &[u8]) -> bool {
    // Without a way out of the loops these are a few vector instructions.
    let unusual = raw.iter().fold(0, |any, byte| any | u8::from(!is_ordinary(*byte)));
    let next = raw.get(1..).unwrap_or_default();
    let means_more = raw.iter().zip(next).fold(0, |any, (one, next)| {
        let value = u8::from(*one == b':') & u8::from(*next == b' ');
        let comment = u8::from(*one == b' ') & u8::from(*next == b'#');
        any | value | comment
    });
    unusual | means_more == 0 && raw.last() != Some(&b':')
}

/// Neither a control character nor the first byte of a byte order mark.
fn is_ordinary(byte: u8) -> bool {
    byte >= b' ' && byte != 0x7f && byte != 0xef
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;

    fn is_of_the_subset(header: &str) -> bool {
        let all = Span::new(0, header.len());
        let Some(entries) = read(header, all) else { return false };
        assert_eq!((entries, None), yaml::read(header, all), "{header:?}");
        true
    }

    #[test]
    fn plain_lines_read_as_yaml_does() {
        for header in [
            "",
            "title: A b\nms.date: 06/08/2017\r\nms:assetid: x\rDownload Help Link: https://a.b/c#d\n",
            "list:\n- a\n- 'b: c'\n\n# note\n- \"d\"\nnested:\n  - x y\nnone:\nnull: ~\nempty: ''\n",
            "title:   spaced   \n   \na: (b)#c\nd: e:f [g] {h}, i\n",
            "a: null\nb: nullable\nc: .5\nd: <e>\nf: it's 5 % – ok\n",
            "a:\n# c\nb: d",
        ] {
            assert!(is_of_the_subset(header), "{header:?}");
        }
    }

    #[test]
    fn everything_else_is_left_to_yaml() {
        for header in [
            "a: b\n  c",
            "a: b: c",
            "a: b:",
            "a: b # c",
            "a: [b]",
            "a: |\n  b",
            "a: \"b\\n\"",
            "a: 'b''c'",
            "a: 'b' c",
            "a:\n  b: c",
            "a:\n- b: c",
            "a:\n- b\n  - c",
            "a:\n - b\n- c",
            "a: b\n- c",
            "a:\tb",
            "a: %b",
            "a: *b",
            "a:b",
            "a : b",
            "- a",
            "a: \"",
            "a:\n-",
            "a: ~\n- b",
            "a: \u{feff}",
            " a: b",
            "a: - b",
            "a:\n- - b",
            "...",
            "a: b\n%c",
        ] {
            assert!(!is_of_the_subset(header), "{header:?}");
        }
    }
}
