//! Configuration files as platforms have them: one tree of values with byte spans, whatever the format.
//!
//! One reader a format, each with the same `parse`. Knows no platform and no file name; what a reader puts up with it
//! tells, and what only running a program would show is [`Kind::Unknown`].

use crate::source::{Span, Spanned};

pub mod json;
pub mod script;
pub mod toml;
pub mod yaml;

/// A value and where it is written, a text with its quotes; a value that is used by its name, where that is bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A text, escapes decoded.
    String(Box<str>),
    /// A list.
    Array(Vec<Value>),
    /// An object's members, in order.
    Object(Vec<Member>),
    /// What a tag such as `!ENV` makes of its content: known only to who knows the tag.
    Tagged(Box<str>, Box<Value>),
    /// What only the platform knows, because it runs the file.
    Unknown,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key; its span includes the quotes.
    pub key: Spanned<Box<str>>,
    /// The value.
    pub value: Value,
}

/// Something that the format forbids and the platforms accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub message: &'static str,
}

/// Why a text cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub message: String,
}

/// A value, and what was odd about its text.
pub type Reading = Result<(Value, Vec<Oddity>), Fault>;

/// What stands before the text of a file that some editors save.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Deeper nesting is not followed: all that walks the values may recurse.
const DEEPEST: usize = 100;

impl Value {
    /// The value of an object's key; of a repeated key, the last.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.members().iter().rev().find(|member| &*member.key.value == key).map(|member| &member.value)
    }

    /// The value that a path of keys leads to.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<&Value> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The members of an object; none of anything else.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The items, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The strings of an array, or the string if it is one alone.
    pub fn strings(&self) -> impl Iterator<Item = (&str, Span)> {
        let list = self.as_array().unwrap_or(std::slice::from_ref(self));
        list.iter().filter_map(|item| Some((item.as_str()?, item.span)))
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The tag as written, and what it stands before.
    #[must_use]
    pub fn as_tagged(&self) -> Option<(&str, &Value)> {
        match &self.kind {
            Kind::Tagged(tag, content) => Some((tag, content)),
            _ => None,
        }
    }

    /// Whether only the platform knows what it is. A tagged value is unknown to who does not ask for its tag.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown | Kind::Tagged(..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parsing must neither panic nor leave the text, wherever it ends.
    pub(super) fn survives_every_truncation(text: &str, parse: fn(&str) -> Reading) {
        for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            let text = &text[..end];
            match parse(text) {
                Ok((value, oddities)) => {
                    assert_inside(&value, text);
                    for oddity in oddities {
                        assert!(text.get(oddity.span.range()).is_some(), "{text:?}: {oddity:?}");
                    }
                }
                Err(fault) => assert!(text.get(fault.span.range()).is_some(), "{text:?}: {fault:?}"),
            }
        }
    }

    fn assert_inside(value: &Value, text: &str) {
        assert!(text.get(value.span.range()).is_some(), "{text:?}: {value:?}");
        for member in value.members() {
            assert!(text.get(member.key.span.range()).is_some(), "{text:?}: {member:?}");
            assert_inside(&member.value, text);
        }
        for item in value.as_array().unwrap_or_default() {
            assert_inside(item, text);
        }
    }

    /// The texts, numbers and such below a value, as the file has them.
    pub(super) fn scalars_as_written<'t>(value: &Value, text: &'t str) -> Vec<&'t str> {
        match &value.kind {
            Kind::Array(items) => items.iter().flat_map(|item| scalars_as_written(item, text)).collect(),
            Kind::Object(members) => {
                members.iter().flat_map(|member| scalars_as_written(&member.value, text)).collect()
            }
            _ => vec![value.span.of(text)],
        }
    }

    #[test]
    fn values_are_found_by_path() {
        let (value, _) = json::parse(r#"{"a": {"b": ["x", 1, "y"], "c": "z", "c": "w"}}"#).expect("a value");
        let strings = |keys: &[&str]| -> Vec<String> {
            value.at(keys).into_iter().flat_map(Value::strings).map(|(text, _)| text.to_owned()).collect()
        };
        assert_eq!(strings(&["a", "b"]), ["x", "y"]);
        assert_eq!(strings(&["a", "c"]), ["w"]);
        assert_eq!(strings(&["a", "d"]), [""; 0]);
        assert_eq!(value.at(&[]), Some(&value));
    }
}
