//! The only file that names html5gum: tags, attributes and text of raw HTML, with their places.
//!
//! Knows nothing of Markdown; what an attribute means for a page is decided in [`super::collect`].

use std::ops::Range;

use html5gum::{DefaultEmitter, StartTag, Token as Html, Tokenizer};

use crate::facts::ListTagKind;
use crate::source::Span;

/// A piece of HTML.
pub(super) enum Token<'h> {
    Start {
        name: &'h str,
        span: Span,
    },
    /// An attribute with a value, after the `Start` it belongs to.
    Attribute {
        element: &'h str,
        name: &'h str,
        value: &'h str,
        /// Where the value is written, without quotes.
        place: Span,
        tag: Span,
    },
    End {
        name: &'h str,
        span: Span,
    },
    Text(&'h str),
    Comment(Span),
}

/// Reads `html`, which stands at `base` in the page.
pub(super) fn read(html: &str, base: usize, mut visit: impl FnMut(Token<'_>)) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let shift = |start: usize, end: usize| {
        let end = end.min(html.len());
        Span::new(base + start.min(end), base + end)
    };
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Html::StartTag(tag) => {
                let span = shift(tag.span.start, tag.span.end);
                visit(Token::Start { name: as_str(&tag.name), span });
                attributes(html, base, &tag, span, &mut visit);
            }
            Html::EndTag(tag) => {
                visit(Token::End { name: as_str(&tag.name), span: shift(tag.span.start, tag.span.end) });
            }
            Html::String(text) => visit(Token::Text(as_str(&text.value))),
            Html::Comment(comment) => {
                visit(Token::Comment(shift(comment.span.start, comment.span.end)));
            }
            Html::Doctype(_) | Html::Error(_) => {}
        }
    }
}

fn attributes(html: &str, base: usize, tag: &StartTag<usize>, span: Span, visit: &mut impl FnMut(Token<'_>)) {
    for (name, value) in &tag.attributes {
        let Some(place) = value_place(html, value.span.start + name.len()) else { continue };
        visit(Token::Attribute {
            element: as_str(&tag.name),
            name: as_str(name),
            value: as_str(&value.value),
            place: Span::new(base + place.start, base + place.end),
            tag: span,
        });
    }
}

/// Where the value stands of the attribute whose name ends at `at`.
fn value_place(html: &str, at: usize) -> Option<Range<usize>> {
    let rest = html.get(at..)?.trim_start().strip_prefix('=')?.trim_start();
    let start = html.len() - rest.len();
    match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let length = rest[1..].find(quote)?;
            Some(start + 1..start + 1 + length)
        }
        _ => {
            let length = rest.find([' ', '\t', '\n', '\r', '\x0c', '>']).unwrap_or(rest.len());
            Some(start..start + length)
        }
    }
}

/// The characters an entity such as `&amp;` stands for.
pub(super) fn named_entity(entity: &str) -> Option<String> {
    let Ok(token) = Tokenizer::new(entity).find(|token| matches!(token, Ok(Html::String(_))))?;
    let Html::String(text) = token else { return None };
    let text = as_str(&text.value);
    // What is left of the entity tells that only a part of its name, or nothing, was known.
    let known = !text.is_empty() && (!text.ends_with(';') || entity == "&semi;");
    known.then(|| text.to_owned())
}

/// The name of the tag `tag` in lower case, and whether it is an end tag; nothing for comments.
pub(super) fn tag_name(tag: &str) -> Option<(Box<str>, bool)> {
    let inside = tag.strip_prefix('<')?;
    let closing = inside.starts_with('/');
    let name = &inside[usize::from(closing)..];
    let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    (length > 0).then(|| (name[..length].to_ascii_lowercase().into(), closing))
}

/// Which element of a list the tag `tag` begins or, if true, ends.
pub(super) fn list_tag(tag: &str) -> Option<(ListTagKind, bool)> {
    let letter = tag.trim_start_matches(['<', '/']).bytes().next()?;
    if !matches!(letter.to_ascii_lowercase(), b'u' | b'o' | b'l') {
        return None;
    }
    let (name, closing) = tag_name(tag)?;
    let kind = match &*name {
        "ul" => ListTagKind::Unordered,
        "ol" => ListTagKind::Ordered,
        "li" => ListTagKind::Item,
        _ => return None,
    };
    Some((kind, closing))
}

/// Whether a tag is `<br>`.
pub(super) fn is_break(tag: &str) -> bool {
    let name = tag.as_bytes().get(1..3).is_some_and(|name| name.eq_ignore_ascii_case(b"br"));
    name && tag.as_bytes().get(3).is_some_and(|next| !next.is_ascii_alphanumeric() && *next != b'-')
}

/// Whether a tag separates the text before it from the text after it.
pub(super) fn separates(tag: &str) -> bool {
    const FLOWING: [&str; 26] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
    ];
    tag_name(tag).is_some_and(|(name, _)| !FLOWING.contains(&&*name))
}

/// The level of `h1` … `h6`.
pub(super) fn heading_level(element: &str) -> Option<u8> {
    match element.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// The places of the addresses in a `srcset` value.
pub(super) fn source_set(value: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    loop {
        let rest = value[at..].trim_start_matches(|next: char| next.is_ascii_whitespace() || next == ',');
        if rest.is_empty() {
            return places;
        }
        let start = value.len() - rest.len();
        let length = rest.find(|next: char| next.is_ascii_whitespace()).unwrap_or(rest.len());
        let address = rest[..length].trim_end_matches(',');
        places.push(start..start + address.len());
        at = start + length;
        if address.len() == length {
            at = value[at..].find(',').map_or(value.len(), |comma| at + comma + 1);
        }
    }
}

/// html5gum hands back what it was given, and that was a `str`.
fn as_str(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
