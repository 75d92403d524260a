//! JSON as the platforms' configuration files have it: with comments, trailing commas, a byte order mark, and rubbish
//! after the end of the value.
//!
//! The only file that names jsonc-parser. Knows no platform and no file; what it puts up with it tells.

use jsonc_parser::ast::{ObjectProp, ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::{Token, TokenAndRange};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, ParseResult, parse_to_ast};

use crate::source::{Span, Spanned};

/// A value and where it is written; a string with its quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// Where it is written.
    pub span: Span,
    /// The value.
    pub value: JsonValue,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonValue {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, escapes decoded.
    String(Box<str>),
    /// An array.
    Array(Vec<Json>),
    /// An object's members, in order.
    Object(Vec<Member>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key; its span includes the quotes.
    pub key: Spanned<Box<str>>,
    /// The value.
    pub value: Json,
}

/// Something that strict JSON forbids and the platforms accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub message: &'static str,
}

/// Why a text is no JSON at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonFault {
    /// Where.
    pub span: Span,
    /// What.
    pub message: String,
}

impl Json {
    /// The value of an object's key; of a repeated key, the last.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.members().iter().rev().find(|member| &*member.key.value == key).map(|member| &member.value)
    }

    /// The members of an object; none of anything else.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.value {
            JsonValue::Object(members) => members,
            _ => &[],
        }
    }

    /// The items, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json]> {
        match &self.value {
            JsonValue::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            JsonValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            JsonValue::Bool(value) => Some(value),
            _ => None,
        }
    }
}

/// Reads the first value of a text, and what was odd about it.
///
/// # Errors
///
/// Where the text does not begin with a whole JSON value.
pub fn parse(text: &str) -> Result<(Json, Vec<Oddity>), JsonFault> {
    let body = text.trim_start_matches('\u{feff}');
    let places = Places { base: text.len() - body.len() };
    let mut oddities = Vec::new();
    let parsed = match ast(body) {
        Ok(parsed) => parsed,
        Err(error) => {
            let rest = error.range().start;
            // If a whole value stands before the fault, the fault is in what follows the value.
            let parsed =
                body.get(..rest).and_then(|value| ast(value).ok()).filter(|parsed| parsed.value.is_some());
            let parsed = parsed.ok_or_else(|| places.fault(&error))?;
            let rest = Range { start: rest, end: body.trim_end().len().max(rest) };
            oddities.push(Oddity {
                span: places.span(rest),
                message: "there is text after the end of the JSON value",
            });
            parsed
        }
    };
    let Some(value) = &parsed.value else {
        return Err(JsonFault { span: Span::at(text.len()), message: "holds no JSON value".to_owned() });
    };
    oddities.extend(places.trailing_commas(parsed.tokens.as_deref().unwrap_or_default()));
    oddities.sort_by_key(|oddity| oddity.span);
    Ok((places.json(value), oddities))
}

fn ast(text: &str) -> Result<ParseResult<'_>, ParseError> {
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: true };
    parse_to_ast(text, &collect, &ParseOptions { allow_missing_commas: false, ..ParseOptions::default() })
}

/// From ranges in the text after the byte order mark to spans.
struct Places {
    base: usize,
}

impl Places {
    fn span(&self, range: Range) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn fault(&self, error: &ParseError) -> JsonFault {
        JsonFault {
            span: self.span(error.range()),
            message: format!("it is not JSON: {}", error.kind().to_string().to_lowercase()),
        }
    }

    fn trailing_commas(&self, tokens: &[TokenAndRange]) -> impl Iterator<Item = Oddity> {
        let trailing = tokens.windows(2).filter(|pair| {
            matches!(
                (&pair[0].token, &pair[1].token),
                (Token::Comma, Token::CloseBrace | Token::CloseBracket)
            )
        });
        trailing
            .map(|pair| Oddity { span: self.span(pair[0].range), message: "a comma after the last element" })
    }

    fn json(&self, value: &Value) -> Json {
        let json = match value {
            Value::NullKeyword(_) => JsonValue::Null,
            Value::BooleanLit(literal) => JsonValue::Bool(literal.value),
            Value::NumberLit(literal) => JsonValue::Number(literal.value.into()),
            Value::StringLit(literal) => JsonValue::String((&*literal.value).into()),
            Value::Array(array) => {
                JsonValue::Array(array.elements.iter().map(|item| self.json(item)).collect())
            }
            Value::Object(object) => {
                JsonValue::Object(object.properties.iter().map(|prop| self.member(prop)).collect())
            }
        };
        Json { span: self.span(value.range()), value: json }
    }

    fn member(&self, prop: &ObjectProp) -> Member {
        let (key, range) = match &prop.name {
            ObjectPropName::String(name) => (&*name.value, name.range),
            ObjectPropName::Word(name) => (name.value, name.range),
        };
        Member { key: Spanned { value: key.into(), span: self.span(range) }, value: self.json(&prop.value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd(text: &str) -> Vec<(&'static str, &str)> {
        let (_, oddities) = parse(text).expect("a value");
        oddities.into_iter().map(|oddity| (oddity.message, oddity.span.of(text))).collect()
    }

    fn fault(text: &str) -> &str {
        parse(text).expect_err("no value").span.of(text)
    }

    #[test]
    fn values_know_where_they_are_written() {
        let text = "\u{feff}{\"é\": [1.50, \"a\\n\", {\"b\": true}], // note\n \"n\": null, \"é2\": false /* \" */ }\n";
        let (json, oddities) = parse(text).expect("a value");
        assert_eq!(oddities, []);
        let items = json.get("é").and_then(Json::as_array).expect("an array");
        let written: Vec<_> = items.iter().map(|item| item.span.of(text)).collect();
        assert_eq!(written, ["1.50", "\"a\\n\"", "{\"b\": true}"]);
        assert_eq!(items[1].as_str(), Some("a\n"));
        assert_eq!(items[2].get("b").and_then(Json::as_bool), Some(true));
        assert_eq!(json.members()[1].key.span.of(text), "\"n\"");
        assert_eq!(json.get("x"), None);
        assert_eq!(
            parse("{\"a\": 1, \"a\": 2}").expect("a value").0.get("a").map(|a| a.span.start),
            Some(14)
        );
    }

    #[test]
    fn dirt_is_told() {
        const TRAILING: &str = "there is text after the end of the JSON value";
        const COMMA: &str = "a comma after the last element";
        assert_eq!(odd("{\"a\": [1, 2, ], }"), [(COMMA, ","), (COMMA, ",")]);
        assert_eq!(odd("{}\n}\n"), [(TRAILING, "}")]);
        assert_eq!(odd("{\"a\": [1,]} } é \"x\n"), [(COMMA, ","), (TRAILING, "} é \"x")]);
        for rest in ["{}", "@é", "'x", "/* x", "\"\\q\"", "1.", "x"] {
            assert_eq!(odd(&format!("[1] {rest}")), [(TRAILING, rest)]);
        }
        assert_eq!(odd("{} // done\n/* really */\n"), []);
    }

    #[test]
    fn faults_are_faults() {
        assert_eq!(fault("{\"a\": 1 \"b\": 2}"), "");
        assert_eq!(fault("{\"a\" 1}"), "1");
        assert_eq!(fault("\u{feff}[1, é]"), "é");
        assert_eq!(fault(""), "");
        assert_eq!(fault("// nothing"), "");
        assert!(parse("{\"a\": [").is_err());
    }

    #[test]
    fn depth_is_limited() {
        for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000), format!("[1]{}", "[".repeat(100_000))] {
            let _ = parse(&text);
        }
        let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));
        assert!(parse(&deep).is_ok());
    }
}
