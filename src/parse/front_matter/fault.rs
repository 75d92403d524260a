//! What is wrong with a header, told to whoever writes it: a sentence and the place to look at.
//!
//! Owns the words. Knows the YAML parser's complaints as strings, not the parser.

use crate::source::{Span, Spanned};

/// For a complaint of the YAML parser at a byte of the page.
#[must_use]
pub fn explain(text: &str, header: Span, at: usize, complaint: &str) -> Spanned<String> {
    let here = character(text, header, at);
    let (message, span) = match complaint {
        "mapping values are not allowed in this context" => {
            ("`:` inside a plain value: quote the value".to_owned(), here)
        }
        "simple key expect ':'" | "simple key expected" => {
            let before = text[header.range().start..at].trim_end().len();
            ("this line has no `key:`".to_owned(), line(text, header, header.range().start + before))
        }
        "while parsing a block mapping, did not find expected key" => (
            "neither a `key:` nor part of the value above: check the indentation".to_owned(),
            line(text, header, at),
        ),
        "block sequence entries are not allowed in this context" => {
            ("a list begins on the line after its key; quote the value if it is none".to_owned(), here)
        }
        "invalid trailing content after double-quoted scalar" => {
            ("text after the closing quote: quote the whole value".to_owned(), here)
        }
        "while parsing a quoted scalar, found unknown escape character" => {
            ("no such `\\` escape in double quotes: write `\\\\`, or use single quotes".to_owned(), here)
        }
        "comment intercepting the multiline text" => {
            ("a comment inside a value: quote the value".to_owned(), here)
        }
        "misplaced bracket" => ("a closing bracket that nothing opens: quote the value".to_owned(), here),
        "while parsing node, found unknown anchor" => (unquoted(here.of(text)), here),
        _ if complaint.starts_with("unexpected character") => (unquoted(here.of(text)), here),
        _ if complaint.contains(" quoted scalar") => {
            ("the quote that opens here does not close".to_owned(), here)
        }
        _ if complaint.contains("tab") => match tab(text, header, at) {
            Some(tab) => ("a tab: YAML takes only spaces here".to_owned(), tab),
            None => (format!("this is not YAML: {complaint}"), here),
        },
        _ => (format!("this is not YAML: {complaint}"), here),
    };
    Spanned { value: message, span }
}

/// For a header that is a scalar or a sequence.
#[must_use]
pub fn not_a_mapping(text: &str, header: Span) -> Spanned<String> {
    let written = header.of(text);
    let start = header.range().start + (written.len() - written.trim_start().len());
    let span = Span::new(start, (start + written.trim().len()).max(start));
    Spanned { value: "front matter is not a list of `key: value`".to_owned(), span }
}

fn unquoted(first: &str) -> String {
    format!("a plain value cannot begin with `{first}`: quote the value")
}

fn character(text: &str, header: Span, at: usize) -> Span {
    let length = text[at..header.range().end].chars().next().map_or(0, char::len_utf8);
    Span::new(at, at + length)
}

/// The line at a byte, without surrounding blanks.
fn line(text: &str, header: Span, at: usize) -> Span {
    let before = &text[header.range().start..at];
    let start = before.rfind(['\n', '\r']).map_or(header.range().start, |end| header.range().start + end + 1);
    let rest = &text[start..header.range().end];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let indent = line.len() - line.trim_start().len();
    Span::new(start + indent, start + indent + line.trim().len())
}

/// The first tab from the beginning of the line on.
fn tab(text: &str, header: Span, at: usize) -> Option<Span> {
    let start = text[header.range().start..at]
        .rfind(['\n', '\r'])
        .map_or(header.range().start, |end| header.range().start + end);
    let tab = text[start..header.range().end].find('\t')?;
    Some(Span::new(start + tab, start + tab + 1))
}
