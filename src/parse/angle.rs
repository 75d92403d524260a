//! What begins with `<` inside a paragraph: autolinks, tags, comments.
//!
//! Owns CommonMark's grammar of raw HTML; what a tag holds is read in [`super::html`].

use super::target::skip_blanks;

/// What stands at a `<`, and where it ends.
pub(super) enum Angle {
    Autolink { email: bool, end: usize },
    Tag { end: usize },
}

/// Kinds of constructs whose end was looked for in vain, so that it is not looked for again and again.
#[derive(Default)]
pub(super) struct Unclosed {
    comment: bool,
    instruction: bool,
    declaration: bool,
    data: bool,
}

/// Reads what begins with the `<` at `at`.
pub(super) fn read(bytes: &[u8], at: usize, unclosed: &mut Unclosed) -> Option<Angle> {
    let next = at + 1;
    if let Some(end) = uri_autolink(bytes, next) {
        return Some(Angle::Autolink { email: false, end });
    }
    if let Some(end) = email_autolink(bytes, next) {
        return Some(Angle::Autolink { email: true, end });
    }
    let end = match bytes.get(next)? {
        b'!' => markup_declaration(bytes, next + 1, unclosed)?,
        b'?' => closed_by(bytes, next + 1, b"?>", &mut unclosed.instruction)?,
        b'/' => closing_tag(bytes, next + 1)?,
        _ => opening_tag(bytes, next)?,
    };
    Some(Angle::Tag { end })
}

fn uri_autolink(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    if !rest.first()?.is_ascii_alphabetic() {
        return None;
    }
    let is_scheme = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-');
    let scheme = rest.iter().take(33).take_while(is_scheme).count();
    if !(2..=32).contains(&scheme) || rest.get(scheme) != Some(&b':') {
        return None;
    }
    let length = rest.iter().position(|&byte| matches!(byte, 1..=b' ' | b'<' | b'>'))?;
    (rest[length] == b'>').then_some(at + length + 1)
}

fn email_autolink(bytes: &[u8], at: usize) -> Option<usize> {
    let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let rest = &bytes[at..];
    let local = rest.iter().take_while(is_local).count();
    if local == 0 || rest.get(local) != Some(&b'@') {
        return None;
    }
    let mut from = local + 1;
    loop {
        let is_host = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
        let length = rest[from..].iter().take_while(is_host).count();
        let part = &rest[from..from + length];
        if !(1..=63).contains(&length) || part[0] == b'-' || part[length - 1] == b'-' {
            return None;
        }
        from += length;
        match rest.get(from)? {
            b'.' => from += 1,
            b'>' => return Some(at + from + 1),
            _ => return None,
        }
    }
}

fn markup_declaration(bytes: &[u8], at: usize, unclosed: &mut Unclosed) -> Option<usize> {
    let rest = &bytes[at..];
    if rest.starts_with(b"--") {
        return comment(bytes, at + 2, unclosed);
    }
    if rest.starts_with(b"[CDATA[") {
        return closed_by(bytes, at + 7, b"]]>", &mut unclosed.data);
    }
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let blank = skip_blanks(bytes, at + letters) > at + letters;
    (letters > 0 && blank).then(|| closed_by(bytes, at + letters, b">", &mut unclosed.declaration))?
}

fn comment(bytes: &[u8], at: usize, unclosed: &mut Unclosed) -> Option<usize> {
    for short in [&b">"[..], b"->"] {
        if bytes[at..].starts_with(short) {
            return Some(at + short.len());
        }
    }
    if unclosed.comment {
        return None;
    }
    let mut from = at;
    while let Some(found) = memchr::memmem::find(&bytes[from..], b"-->") {
        let end = from + found + 3;
        // comrak's grammar takes dashes three at a time, and only two that are left over close.
        let dashes = bytes[at..end - 1].iter().rev().take_while(|&&byte| byte == b'-').count();
        if dashes % 3 == 2 {
            return Some(end);
        }
        from = end;
    }
    unclosed.comment = true;
    None
}

fn closed_by(bytes: &[u8], at: usize, close: &[u8], unclosed: &mut bool) -> Option<usize> {
    if *unclosed {
        return None;
    }
    let found = memchr::memmem::find(&bytes[at..], close);
    *unclosed = found.is_none();
    found.map(|found| at + found + close.len())
}

fn closing_tag(bytes: &[u8], at: usize) -> Option<usize> {
    let end = skip_blanks(bytes, tag_name(bytes, at)?);
    (bytes.get(end) == Some(&b'>')).then_some(end + 1)
}

fn opening_tag(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = tag_name(bytes, at)?;
    loop {
        let next = skip_blanks(bytes, at);
        match bytes.get(next)? {
            b'>' => return Some(next + 1),
            b'/' => return (bytes.get(next + 1) == Some(&b'>')).then_some(next + 2),
            _ if next == at => return None,
            _ => at = attribute(bytes, next)?,
        }
    }
}

fn tag_name(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    rest.first().filter(|byte| byte.is_ascii_alphabetic())?;
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    Some(at + length)
}

fn attribute(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    rest.first().filter(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':'))?;
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.' | b'_' | b'-');
    let name = at + rest.iter().take_while(is_name).count();
    let equals = skip_blanks(bytes, name);
    if bytes.get(equals) != Some(&b'=') {
        return Some(name);
    }
    let value = skip_blanks(bytes, equals + 1);
    match *bytes.get(value)? {
        quote @ (b'"' | b'\'') => Some(value + 2 + memchr::memchr(quote, &bytes[value + 1..])?),
        _ => {
            let is_value = |byte: &&u8| !b" \t\r\n\x0b\x0c\"'=<>`".contains(byte);
            let length = bytes[value..].iter().take_while(is_value).count();
            (length > 0).then_some(value + length)
        }
    }
}
