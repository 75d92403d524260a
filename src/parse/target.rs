//! Where a destination stands in the source, and where its path, query and fragment stand inside it.
//!
//! Owns the grammar of destinations, titles and labels, and the decoding of escapes and entities. Works on plain
//! text; knows neither the syntax tree nor what a destination leads to.

use std::borrow::Cow;
use std::ops::Range;

use super::html;
use crate::facts::{Decoded, Target, TargetParts};
use crate::source::Span;

/// How a destination is written, which decides what is an escape in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Backslash escapes and entities.
    Link,
    /// Entities only.
    Autolink,
    /// Nothing.
    Raw,
}

/// A destination and where what was recognised ends.
pub(super) struct Destination {
    pub(super) place: Range<usize>,
    pub(super) end: usize,
}

/// `(destination "title")`, from its parenthesis at `at`.
pub(super) fn inline_tail(bytes: &[u8], at: usize) -> Option<Destination> {
    let start = skip_blanks(bytes, at + 1);
    let destination = destination(bytes, start)?;
    let gap = skip_blanks(bytes, destination.end);
    let after_title = if gap > destination.end { title(bytes, gap).unwrap_or(gap) } else { gap };
    let end = skip_blanks(bytes, after_title);
    (bytes.get(end) == Some(&b')')).then_some(Destination { place: destination.place, end: end + 1 })
}

/// A destination, in angle brackets or bare.
pub(super) fn destination(bytes: &[u8], at: usize) -> Option<Destination> {
    match bytes.get(at)? {
        b'<' => pointy_destination(bytes, at),
        _ => bare_destination(bytes, at),
    }
}

fn pointy_destination(bytes: &[u8], at: usize) -> Option<Destination> {
    let mut end = at + 1;
    loop {
        match bytes.get(end)? {
            b'>' => break,
            b'\n' | b'\r' | b'<' => return None,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    // comrak asks for something after the bracket.
    (end + 1 < bytes.len()).then_some(Destination { place: at + 1..end, end: end + 1 })
}

fn bare_destination(bytes: &[u8], at: usize) -> Option<Destination> {
    const DEEPEST: usize = 32;
    let mut end = at;
    let mut depth = 0;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if is_escape(bytes, end) => end += 1,
            b'(' if depth == DEEPEST => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            0 => {}
            _ if is_blank(byte) || byte.is_ascii_control() => {
                if end == at {
                    return None;
                }
                break;
            }
            _ => {}
        }
        end += 1;
    }
    (depth == 0).then_some(Destination { place: at..end, end })
}

/// The end of a title that begins at `at`.
///
/// A closing mark after a backslash ends the title only if no other does, as in cmark's grammar.
pub(super) fn title(bytes: &[u8], at: usize) -> Option<usize> {
    let close = match bytes.get(at)? {
        b'(' => b')',
        &quote @ (b'"' | b'\'') => quote,
        _ => return None,
    };
    let mut fallback = None;
    let mut from = at + 1;
    while let Some(found) = memchr::memchr2(close, b'(', &bytes[from..]) {
        let place = from + found;
        let escaped = place > at + 1 && bytes[place - 1] == b'\\';
        if bytes[place] == close {
            if !escaped {
                return Some(place + 1);
            }
            fallback = Some(place + 1);
        } else if close == b')' && !escaped {
            return fallback;
        }
        from = place + 1;
    }
    fallback
}

/// `[label]` at `at`: what stands between the brackets, and where it ends.
pub(super) fn label(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 1000;
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    let mut end = at + 1;
    while end - at <= LONGEST + 1 {
        match bytes.get(end)? {
            b']' => return Some(at + 1..end),
            b'[' => return None,
            b'\\' if is_escape(bytes, end) => end += 2,
            _ => end += 1,
        }
    }
    None
}

/// A label as CommonMark compares it: case folded, blanks collapsed.
pub(super) fn normalise_label(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    if key.is_ascii() {
        key.make_ascii_lowercase();
        return key;
    }
    // Upper case in between is what folds `ẞ` and `ß` to `ss`.
    key.to_lowercase().to_uppercase().to_lowercase()
}

pub(super) fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let blanks = bytes[at.min(bytes.len())..].iter().take_while(|&&byte| is_blank(byte)).count();
    at + blanks
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Whether the backslash at `at` escapes what follows.
pub(super) fn is_escape(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation)
}

/// The destination at `place` of `text`, decoded and taken apart; blanks around it are left out.
pub(super) fn target(text: &str, place: Range<usize>, syntax: Syntax, in_cell: bool) -> Target {
    let raw = &text[place.clone()];
    let trimmed = raw.trim_ascii();
    let blanks = if trimmed.is_empty() { 0 } else { raw.len() - raw.trim_ascii_start().len() };
    let start = place.start + blanks;
    let span = Span::new(start, start + trimmed.len());
    if !may_decode(trimmed, syntax, in_cell) {
        return Target { span, decoded: None };
    }
    let units = decode(trimmed, syntax, in_cell);
    let destination: String = units.iter().map(|unit| unit.value).collect();
    if destination == trimmed {
        return Target { span, decoded: None };
    }
    decoded(span, Decoded { destination: destination.into(), parts: parts(&units, span), verified: true })
}

/// Where path, query and fragment of a decoded destination are written.
fn parts(units: &[Unit], span: Span) -> TargetParts {
    let (base, end) = (span.start as usize, span.len());
    let hash = units.iter().find(|unit| unit.value == '#').map(|unit| &unit.place);
    let before_hash = hash.map_or(end, |hash| hash.start);
    let mark = units.iter().find(|unit| unit.value == '?' && unit.place.start < before_hash);
    let mark = mark.map(|unit| &unit.place);
    TargetParts {
        path: Span::new(base, base + mark.map_or(before_hash, |mark| mark.start)),
        query: mark.map(|mark| Span::new(base + mark.end, base + before_hash)),
        fragment: hash.map(|hash| Span::new(base + hash.end, base + end)),
    }
}

/// The target of a link that could not be found: nothing in it may be touched.
pub(super) fn unverified(span: Span, destination: &str) -> Target {
    let parts = TargetParts { path: span, query: None, fragment: None };
    decoded(span, Decoded { destination: destination.into(), parts, verified: false })
}

fn decoded(span: Span, decoded: Decoded) -> Target {
    Target { span, decoded: Some(Box::new(decoded)) }
}

/// The target of an email address, which leads to `mailto:`.
pub(super) fn email(text: &str, place: Range<usize>, in_cell: bool) -> Target {
    let address = target(text, place, Syntax::Autolink, in_cell);
    let destination = format!("mailto:{}", address.destination(text)).into();
    decoded(address.span, Decoded { destination, parts: address.parts(text), verified: true })
}

/// The text after escapes and entities.
pub(super) fn unescape(raw: &str, syntax: Syntax, in_cell: bool) -> Cow<'_, str> {
    if !may_decode(raw, syntax, in_cell) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(decode(raw, syntax, in_cell).iter().map(|unit| unit.value).collect())
}

fn may_decode(raw: &str, syntax: Syntax, in_cell: bool) -> bool {
    let escapes = syntax == Syntax::Link || in_cell;
    syntax != Syntax::Raw
        && memchr::memchr2(b'&', if escapes { b'\\' } else { b'&' }, raw.as_bytes()).is_some()
}

/// A decoded character and the bytes it was written with.
struct Unit {
    value: char,
    place: Range<usize>,
}

/// Decodes in the order comrak does: a cell's pipes, then entities, then backslashes.
fn decode(raw: &str, syntax: Syntax, in_cell: bool) -> Vec<Unit> {
    let mut units = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(value) = raw[at..].chars().next() {
        let rest = &raw[at..];
        if in_cell && rest.starts_with("\\|") {
            units.push(Unit { value: '|', place: at..at + 2 });
            at += 2;
        } else if let Some((decoded, length)) = (value == '&').then(|| entity(rest)).flatten() {
            units.extend(decoded.chars().map(|value| Unit { value, place: at..at + length }));
            at += length;
        } else {
            units.push(Unit { value, place: at..at + value.len_utf8() });
            at += value.len_utf8();
        }
    }
    if syntax == Syntax::Link { drop_backslashes(units) } else { units }
}

fn drop_backslashes(units: Vec<Unit>) -> Vec<Unit> {
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    let mut escape: Option<Range<usize>> = None;
    for mut unit in units {
        match escape.take() {
            Some(backslash) if unit.value.is_ascii_punctuation() => {
                unit.place.start = backslash.start;
                kept.push(unit);
                continue;
            }
            Some(backslash) => kept.push(Unit { value: '\\', place: backslash }),
            None => {}
        }
        if unit.value == '\\' { escape = Some(unit.place) } else { kept.push(unit) }
    }
    kept.extend(escape.map(|place| Unit { value: '\\', place }));
    kept
}

/// The entity at the start of `text`, decoded, and its length.
fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    const LONGEST: usize = 33;
    let end = memchr::memchr(b';', &text.as_bytes()[..text.len().min(LONGEST)])?;
    let name = &text[1..end];
    let decoded = match name.strip_prefix('#') {
        Some(number) => Cow::Owned(numeric_entity(number)?.to_string()),
        None if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Cow::Owned(html::named_entity(&text[..=end])?)
        }
        None => return None,
    };
    Some((decoded, end + 1))
}

fn numeric_entity(number: &str) -> Option<char> {
    let (digits, radix, longest) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 6),
        None => (number, 10, 7),
    };
    if digits.is_empty() || digits.len() > longest || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok()?;
    let replaced = code == 0 || (0xd800..=0xe000).contains(&code);
    Some(char::from_u32(code).filter(|_| !replaced).unwrap_or('\u{fffd}'))
}
