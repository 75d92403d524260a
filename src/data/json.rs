//! JSON as the platforms have it: with comments, trailing commas, a byte order mark, and rubbish
//! after the end of the value.
//!
//! The only file that names jsonc-parser. Knows no platform and no file; what it puts up with it tells.

use jsonc_parser::ast::{self, ObjectProp, ObjectPropName};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::{Token, TokenAndRange};
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, ParseResult, parse_to_ast};

use super::{BYTE_ORDER_MARK, Fault, Kind, Member, Oddity, Reading, Value};
use crate::source::{Span, Spanned};

/// Reads the first value of a text, and what was odd about it.
///
/// # Errors
///
/// Where the text does not begin with a whole JSON value.
pub fn parse(text: &str) -> Reading {
    let body = text.trim_start_matches(BYTE_ORDER_MARK);
    let places = Places { base: text.len() - body.len() };
    let mut oddities = Vec::new();
    let parsed = match syntax_tree(body) {
        Ok(parsed) => parsed,
        Err(error) => {
            let rest = error.range().start;
            // If a whole value stands before the fault, the fault is in what follows the value.
            let parsed = body
                .get(..rest)
                .and_then(|value| syntax_tree(value).ok())
                .filter(|parsed| parsed.value.is_some());
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
        return Err(Fault { span: Span::at(text.len()), message: "holds no JSON value".to_owned() });
    };
    oddities.extend(places.trailing_commas(parsed.tokens.as_deref().unwrap_or_default()));
    oddities.sort_by_key(|oddity| oddity.span);
    Ok((places.value(value), oddities))
}

fn syntax_tree(text: &str) -> Result<ParseResult<'_>, ParseError> {
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

    fn fault(&self, error: &ParseError) -> Fault {
        Fault {
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

    fn value(&self, value: &ast::Value) -> Value {
        let kind = match value {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(literal) => Kind::Bool(literal.value),
            ast::Value::NumberLit(literal) => Kind::Number(literal.value.into()),
            ast::Value::StringLit(literal) => Kind::String((&*literal.value).into()),
            ast::Value::Array(array) => {
                Kind::Array(array.elements.iter().map(|item| self.value(item)).collect())
            }
            ast::Value::Object(object) => {
                Kind::Object(object.properties.iter().map(|prop| self.member(prop)).collect())
            }
        };
        Value { span: self.span(value.range()), kind }
    }

    fn member(&self, prop: &ObjectProp) -> Member {
        let (key, range) = match &prop.name {
            ObjectPropName::String(name) => (&*name.value, name.range),
            ObjectPropName::Word(name) => (name.value, name.range),
        };
        Member { key: Spanned { value: key.into(), span: self.span(range) }, value: self.value(&prop.value) }
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
        let (value, oddities) = parse(text).expect("a value");
        assert_eq!(oddities, []);
        let items = value.get("é").and_then(Value::as_array).expect("an array");
        let written: Vec<_> = items.iter().map(|item| item.span.of(text)).collect();
        assert_eq!(written, ["1.50", "\"a\\n\"", "{\"b\": true}"]);
        assert_eq!(items[1].as_str(), Some("a\n"));
        assert_eq!(items[2].get("b").and_then(Value::as_bool), Some(true));
        assert_eq!(value.members()[1].key.span.of(text), "\"n\"");
        assert_eq!(value.get("x"), None);
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
