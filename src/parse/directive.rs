//! `:::name attribute="value":::`, the block and inline syntax of Microsoft Learn and others.
//!
//! Owns its grammar only; which names mean something is a dialect's business.

use super::container;
use crate::facts::Directive;
use crate::source::{LineIndex, Span};

/// Attributes that hold a destination.
const DESTINATIONS: [&str; 5] = ["source", "src", "href", "link", "lightbox"];

/// Whether the attribute holds a destination.
pub(super) fn holds_destination(attribute: &str) -> bool {
    DESTINATIONS.contains(&attribute)
}

/// The directives after `start` that do not begin inside one of the `hidden` spans, which are sorted.
pub(super) fn find(text: &str, lines: &LineIndex, start: usize, hidden: &[Span]) -> Vec<Directive> {
    let mut directives = Vec::new();
    let mut from = start;
    while let Some(found) = memchr::memmem::find(&text.as_bytes()[from..], b":::") {
        let at = from + found;
        if let Some(end) = hidden_until(hidden, at) {
            from = end;
            continue;
        }
        let directive = read(text, lines, at);
        from = directive.span.end as usize;
        directives.push(directive);
    }
    directives
}

/// The end of the span that hides `at`.
pub(super) fn hidden_until(hidden: &[Span], at: usize) -> Option<usize> {
    let after = hidden.partition_point(|span| span.start as usize <= at);
    let span = hidden.get(after.checked_sub(1)?)?;
    (at < span.end as usize).then_some(span.end as usize)
}

fn read(text: &str, lines: &LineIndex, at: usize) -> Directive {
    let line = lines.line_span(text, lines.line_of(at));
    let before = at - line.start as usize;
    let starts_line = container::after_marks(line.of(text)).is_some_and(|(first, _)| first == before);
    let mut cursor = Cursor { line: &text[at..line.end as usize], at: 0 };
    cursor.skip(|byte| byte == b':');
    cursor.skip(is_blank);
    let name = cursor.word().to_ascii_lowercase().into();
    let mut attributes = Vec::new();
    loop {
        cursor.skip(is_blank);
        let rest = cursor.rest();
        if rest.is_empty() {
            break;
        }
        if rest.starts_with(":::") {
            cursor.skip(|byte| byte == b':');
            break;
        }
        let name = cursor.word().to_ascii_lowercase();
        match cursor.value() {
            Some((start, end)) => attributes.push((name.into(), Span::new(at + start, at + end))),
            None if name.is_empty() => cursor.step(),
            None => {}
        }
    }
    Directive { span: Span::new(at, at + cursor.at), name, attributes, starts_line }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// A place in a line.
struct Cursor<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Cursor<'l> {
    fn rest(&self) -> &'l str {
        &self.line[self.at..]
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        self.at += self.rest().bytes().take_while(|&byte| wanted(byte)).count();
    }

    fn word(&mut self) -> &'l str {
        let start = self.at;
        self.skip(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        &self.line[start..self.at]
    }

    /// `="value"`: where the value stands.
    fn value(&mut self) -> Option<(usize, usize)> {
        let after = self.rest().trim_start_matches([' ', '\t']).strip_prefix('=')?;
        let value = after.trim_start_matches([' ', '\t']);
        let start = self.line.len() - value.len();
        if let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
            let end = value[1..].find(quote).map_or(self.line.len(), |length| start + 1 + length);
            self.at = (end + 1).min(self.line.len());
            return Some((start + 1, end));
        }
        let length = value.find([' ', '\t']).unwrap_or(value.len());
        let length = value[..length].find(":::").unwrap_or(length);
        self.at = start + length;
        Some((start, self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let lines = LineIndex::new(text);
        let show = |directive: &Directive| {
            let attributes: Vec<_> = directive
                .attributes
                .iter()
                .map(|(name, value)| format!("{name}={}", value.of(text)))
                .collect();
            format!("{}|{}|{}", directive.name, attributes.join(","), directive.starts_line)
        };
        find(text, &lines, 0, &[]).iter().map(show).collect()
    }

    #[test]
    fn names_attributes_and_ends() {
        let cases = [
            (":::image source=\"a b.png\" alt-text='x':::", &["image|source=a b.png,alt-text=x|true"][..]),
            ("see :::Image SRC=a.png::: and :::row:::", &["image|src=a.png|false", "row||false"]),
            ("> - ::: moniker range=\">=x\"\n:::\n", &["moniker|range=>=x|true", "||true"]),
            ("::: details More = words \"\n", &["details|more=words|true"]),
            ("::::tip é\n", &["tip||true"]),
            (":::a b=\"open\n:::", &["a|b=open|true", "||true"]),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
