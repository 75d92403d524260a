//! The grammar of JavaScript in MDX, as far as its ends must be found: expressions, statements, JSX tags.
//!
//! Reads bytes from a place on and never looks back; what does not end is nothing. Knows no Markdown.

use std::borrow::Cow;
use std::ops::Range;

use super::target::{self, Syntax};

/// A tag, and where it ends.
pub(super) struct Tag {
    /// Where its name stands; empty for a fragment's.
    pub(super) name: Range<usize>,
    pub(super) end: usize,
    pub(super) has_attributes: bool,
}

/// An attribute with a value.
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    /// Where the value is written, quotes left out, or braces and all.
    pub(super) place: Range<usize>,
    /// What it is; nothing where only running the page would show it.
    pub(super) value: Option<Cow<'t, str>>,
}

/// Where the expression ends whose brace opens at `at`.
pub(super) fn expression(bytes: &[u8], at: usize) -> Option<usize> {
    let mut script = Script { bytes, at: at + 1, open: vec![Open::Bracket] };
    while script.step(b"{", b"}")? {}
    Some(script.at)
}

/// Where the `import` or `export` ends that begins at `at`: at a blank line outside all brackets.
pub(super) fn statement(bytes: &[u8], at: usize) -> Option<usize> {
    let mut script = Script { bytes, at, open: Vec::new() };
    loop {
        let outside = script.open.is_empty();
        if outside
            && (script.at >= bytes.len() || bytes[script.at] == b'\n' && is_blank_line(bytes, script.at + 1))
        {
            return Some(script.at);
        }
        script.step(b"{[(", b"}])")?;
    }
}

/// Whether nothing but blanks stands between `at` and the end of the line.
pub(super) fn is_blank_line(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at.min(bytes.len())..];
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    matches!(rest.get(blanks), None | Some(b'\n'))
}

/// A walk through a script, with what is open at the place reached.
struct Script<'b> {
    bytes: &'b [u8],
    at: usize,
    open: Vec<Open>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Bracket,
    Template,
}

impl Script<'_> {
    /// Takes a step; says whether anything is open after it, and nothing where the text ends.
    fn step(&mut self, opening: &[u8], closing: &[u8]) -> Option<bool> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        if self.open.last() == Some(&Open::Template) {
            self.template(byte);
            return Some(true);
        }
        match byte {
            b'`' => self.open.push(Open::Template),
            b'"' | b'\'' => self.string(byte),
            b'/' => self.comment()?,
            _ if opening.contains(&byte) => self.open.push(Open::Bracket),
            _ if closing.contains(&byte) => drop(self.open.pop()),
            _ => {}
        }
        Some(!self.open.is_empty())
    }

    fn template(&mut self, byte: u8) {
        match byte {
            b'\\' => self.at += 1,
            b'`' => drop(self.open.pop()),
            b'$' if self.bytes.get(self.at) == Some(&b'{') => {
                self.at += 1;
                self.open.push(Open::Bracket);
            }
            _ => {}
        }
    }

    /// A quote that does not close on its line is an apostrophe in the text of an element.
    fn string(&mut self, quote: u8) {
        let mut end = self.at;
        while let Some(&byte) = self.bytes.get(end) {
            match byte {
                b'\n' => return,
                b'\\' => end += 2,
                _ if byte == quote => {
                    self.at = end + 1;
                    return;
                }
                _ => end += 1,
            }
        }
    }

    fn comment(&mut self) -> Option<()> {
        let rest = &self.bytes[self.at..];
        match rest.first() {
            Some(b'*') => self.at += 1 + memchr::memmem::find(&rest[1..], b"*/")? + 2,
            // `https://` is text of an element.
            Some(b'/') if self.at < 2 || self.bytes[self.at - 2] != b':' => {
                self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            }
            _ => {}
        }
        Some(())
    }
}

/// The tag whose `<` stands at `at`; where there is none, up to where it was looked for.
pub(super) fn tag<'t>(text: &'t str, at: usize, mut visit: impl FnMut(Attribute<'t>)) -> Result<Tag, usize> {
    let bytes = text.as_bytes();
    let closing = bytes.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(closing);
    let name = start..start + name_length(&bytes[start.min(bytes.len())..]);
    let mut has_attributes = false;
    let mut next = name.end;
    loop {
        let before = next;
        next = target::skip_blanks(bytes, next);
        match *bytes.get(next).ok_or(next)? {
            b'>' => return Ok(Tag { name, end: next + 1, has_attributes }),
            b'/' if !closing && !name.is_empty() && bytes.get(next + 1) == Some(&b'>') => {
                return Ok(Tag { name, end: next + 2, has_attributes });
            }
            _ if closing || name.is_empty() => return Err(next),
            b'{' => next = expression(bytes, next).ok_or(bytes.len())?,
            _ if before == next && !ends_value(bytes[next - 1]) => return Err(next),
            _ => next = attribute(text, next, &mut visit)?,
        }
        has_attributes = true;
    }
}

/// After a value no blank is needed.
fn ends_value(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'}')
}

/// `Name`, `my-name`, `Name.Member`, `space:name`
fn name_length(bytes: &[u8]) -> usize {
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || *byte >= 0x80;
    let is_name = |byte: &&u8| is_first(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b':');
    match bytes.first() {
        Some(first) if is_first(first) => bytes.iter().take_while(is_name).count(),
        _ => 0,
    }
}

fn attribute<'t>(text: &'t str, at: usize, visit: &mut impl FnMut(Attribute<'t>)) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let length = name_length(&bytes[at..]);
    let name = text.get(at..at + length).filter(|name| !name.is_empty()).ok_or(at)?;
    let equals = target::skip_blanks(bytes, at + length);
    if bytes.get(equals) != Some(&b'=') {
        return Ok(at + length);
    }
    let start = target::skip_blanks(bytes, equals + 1);
    let (place, value, end) = match *bytes.get(start).ok_or(start)? {
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, &bytes[start + 1..]).ok_or(bytes.len())?;
            let place = start + 1..start + 1 + length;
            let value = target::unescape(&text[place.clone()], Syntax::Autolink, false);
            (place.clone(), Some(value), place.end + 1)
        }
        b'{' => {
            let end = expression(bytes, start).ok_or(bytes.len())?;
            match literal(text, start + 1..end - 1) {
                Some(inside) => (inside.clone(), Some(Cow::Borrowed(&text[inside])), end),
                None => (start..end, None, end),
            }
        }
        _ => return Err(start),
    };
    visit(Attribute { name, place, value });
    Ok(end)
}

/// Where the text stands in an expression that is nothing but a string.
fn literal(text: &str, place: Range<usize>) -> Option<Range<usize>> {
    let expression = text.get(place.clone())?;
    let start = place.start + expression.len() - expression.trim_start().len();
    let expression = expression.trim();
    let quote = expression.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let inside = expression.strip_prefix(quote)?.strip_suffix(quote)?;
    let plain = !inside.contains([quote, '\\', '\n', '&']) && !inside.contains("${");
    plain.then(|| start + 1..start + 1 + inside.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_end_where_their_brace_closes() {
        let cases = [
            ("{a}b", 3),
            ("{ {a: 1} } b", 10),
            ("{'}'} b", 5),
            (r#"{"\"}"} b"#, 7),
            ("{`}${ {a: '}'} }`} b", 18),
            ("{/* } */} b", 9),
            ("{a // }\n} b", 9),
            ("{<p>Don't</p>} b", 14),
            ("{<p>https://x</p>} b", 18),
        ];
        for (text, end) in cases {
            assert_eq!(expression(text.as_bytes(), 0), Some(end), "{text}");
        }
        for text in ["{", "{a", "{{}", "{/* }", "{`}", "{`${}"] {
            assert_eq!(expression(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn statements_end_at_a_blank_line_outside_brackets() {
        let cases = [
            ("import a from 'b'\n\nc", 17),
            ("export const a = {\n\n}\n \nc", 21),
            ("export const a = () => (\n\n<p/>\n)", 32),
            ("import 'a'\nimport 'b'", 21),
        ];
        for (text, end) in cases {
            assert_eq!(statement(text.as_bytes(), 0), Some(end), "{text}");
        }
        assert_eq!(statement(b"export const a = {\n\nText", 0), None);
    }

    #[test]
    fn tags_have_attributes() {
        let read = |text: &str| {
            let mut found = Vec::new();
            let tag = tag(text, 0, |attribute| {
                found.push(format!("{}={}", attribute.name, attribute.value.as_deref().unwrap_or("?")));
            });
            (tag.ok().map(|tag| tag.end), found.join(" "))
        };
        let cases = [
            ("<a>", Some(3), ""),
            ("</a >", Some(5), ""),
            ("<></>", Some(2), ""),
            ("<br/>x", Some(5), ""),
            ("<Tabs.Item to='/a' b>x", Some(21), "to=/a"),
            ("<a href={x > 1} id = \"b&amp;c\"/>", Some(32), "href=? id=b&c"),
            ("<a href={'./x'} src={`y`} {...z}>", Some(33), "href=./x src=y"),
            ("<a href={`${x}`}>", Some(17), "href=?"),
            ("<a\n  b='c'\n>", Some(12), "b=c"),
        ];
        for (text, end, attributes) in cases {
            assert_eq!(read(text), (end, attributes.to_owned()), "{text}");
        }
        for text in
            ["<", "<a", "< a>", "<5>", "<a href=b>", "<a b='>", "<a, b>", "</a b>", "<https://a.b>", "<a {>"]
        {
            assert_eq!(read(text).0, None, "{text}");
        }
    }
}
