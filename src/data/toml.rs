//! TOML with byte spans.
//!
//! The only file here that names the crate `toml`. Dates are texts, since no platform reckons with them.

use toml::Spanned as Placed;
use toml::de::{DeTable, DeValue};

use super::{BYTE_ORDER_MARK, Fault, Kind, Member, Reading, Value};
use crate::source::{Span, Spanned};

/// Reads a text; nothing is ever odd about it.
///
/// # Errors
///
/// Where the text is no TOML.
pub fn parse(text: &str) -> Reading {
    let body = text.trim_start_matches(BYTE_ORDER_MARK);
    let places = Places { text, base: text.len() - body.len() };
    let table = DeTable::parse(body).map_err(|error| Fault {
        span: error.span().map_or(Span::at(text.len()), |range| places.span(range)),
        message: format!("it is not TOML: {}", error.message()),
    })?;
    let kind = places.object(table.get_ref());
    Ok((Value { span: places.span(0..body.len()), kind }, Vec::new()))
}

/// From ranges in the text after the byte order mark to spans.
struct Places<'t> {
    text: &'t str,
    base: usize,
}

impl Places<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn value(&self, value: &Placed<DeValue>) -> Value {
        let span = self.span(value.span());
        let written = || span.of(self.text).into();
        let kind = match value.get_ref() {
            DeValue::String(text) => Kind::String((&**text).into()),
            DeValue::Integer(_) | DeValue::Float(_) => Kind::Number(written()),
            DeValue::Boolean(value) => Kind::Bool(*value),
            DeValue::Datetime(_) => Kind::String(written()),
            DeValue::Array(items) => Kind::Array(items.iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => self.object(table),
        };
        Value { span, kind }
    }

    /// The table's members as they are written: the crate sorts them by name.
    fn object(&self, table: &DeTable) -> Kind {
        let member = |(key, value): (&Placed<toml::de::DeString>, &Placed<DeValue>)| Member {
            key: Spanned { value: (&**key.get_ref()).into(), span: self.span(key.span()) },
            value: self.value(value),
        };
        let mut members: Vec<Member> = table.iter().map(member).collect();
        members.sort_by_key(|member| member.key.span);
        Kind::Object(members)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{scalars_as_written, survives_every_truncation};
    use super::*;

    const BOOK: &str = r#"# mdBook
[book]
title = "Das Büchlein"
authors = ["A", 'B\C']
src = "src" # where
date = 2024-05-01

[output.html]
default-theme = """
two
lines"""
additional-css = []
fold = { enable = true, level = 1_0 }

[[output.html.redirects]]
"/old.html" = "/new.html"
[[output.html.redirects]]
size = 1.5e3
"#;

    #[test]
    fn values_know_where_they_are_written() {
        for text in [BOOK.to_owned(), BOOK.replace('\n', "\r\n"), format!("\u{feff}{BOOK}")] {
            let (book, oddities) = parse(&text).expect("a value");
            assert_eq!(oddities, []);
            let scalars = scalars_as_written(&book, &text);
            assert_eq!(
                scalars[..6],
                ["\"Das Büchlein\"", "\"A\"", "'B\\C'", "\"src\"", "2024-05-01", scalars[5]]
            );
            assert_eq!(scalars[6..], ["true", "1_0", "\"/new.html\"", "1.5e3"]);
            let key = book.at(&["book"]).map(|book| book.members()[0].key.span.of(&text));
            assert_eq!(key, Some("title"));
        }
    }

    #[test]
    fn values_have_their_kinds() {
        let (book, _) = parse(BOOK).expect("a value");
        assert_eq!(book.at(&["book", "title"]).and_then(Value::as_str), Some("Das Büchlein"));
        assert_eq!(book.at(&["book", "date"]).and_then(Value::as_str), Some("2024-05-01"));
        assert_eq!(book.at(&["output", "html", "fold", "enable"]).and_then(Value::as_bool), Some(true));
        let redirects = book.at(&["output", "html", "redirects"]).and_then(Value::as_array);
        assert_eq!(redirects.map(<[Value]>::len), Some(2));
    }

    #[test]
    fn faults_are_faults() {
        let text = "\u{feff}title = \"é\"\nx = \"y\n";
        let fault = parse(text).expect_err("no value");
        assert!(fault.span.start as usize > text.find("x =").expect("x"), "{fault:?}");
        assert!(parse("a = 1\na = 2\n").is_err());
        assert!(parse("").is_ok());
    }

    #[test]
    fn nothing_breaks_it() {
        survives_every_truncation(BOOK, parse);
        for text in ["a = ".to_owned() + &"[".repeat(100_000), "[a".to_owned() + &".a".repeat(100_000)] {
            assert!(parse(&text).is_err());
        }
    }
}
