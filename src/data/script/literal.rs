//! The literals of a script as values.
//!
//! Names and spreads are followed to literals that constants have; everything else is unknown and stepped over.

use super::super::{DEEPEST, Kind, Member, Value};
use super::names::Names;
use super::tokens::{Script, Sort};
use crate::source::Spanned;

/// The key of a spread whose members are unknown.
const SPREAD: &str = "...";

/// Reads expressions.
pub struct Reader<'t> {
    script: &'t Script<'t>,
    /// What names stand for; whoever reads binds them first.
    pub names: Names<'t>,
    depth: usize,
}

impl<'t> Reader<'t> {
    /// A reader to whom no name means anything yet.
    pub fn new(script: &'t Script<'t>) -> Reader<'t> {
        Reader { script, names: Names::new(script), depth: 0 }
    }

    /// The value of the expression that begins at a token.
    pub fn value(&mut self, at: usize) -> Value {
        let end = self.script.end(at);
        let unknown = Value { span: self.script.span(at, end), kind: Kind::Unknown };
        if self.depth >= DEEPEST {
            return unknown;
        }
        self.depth += 1;
        let value = self.sum(at, end);
        self.depth -= 1;
        value.unwrap_or(unknown)
    }

    /// One operand, or texts with `+` between them; what TypeScript believes of it does not matter.
    fn sum(&mut self, at: usize, end: usize) -> Option<Value> {
        let (mut value, mut next) = self.operand(at)?;
        while next < end && self.script.word(next) == "+" {
            let (more, after) = self.operand(next + 1)?;
            let (Kind::String(text), Kind::String(more)) = (&value.kind, &more.kind) else { return None };
            value = Value {
                span: self.script.span(at, after),
                kind: Kind::String(format!("{text}{more}").into()),
            };
            next = after;
        }
        (next == end || matches!(self.script.word(next), "as" | "satisfies")).then_some(value)
    }

    /// A value that is no operation, and the token after it.
    fn operand(&mut self, at: usize) -> Option<(Value, usize)> {
        let script = self.script;
        let word = script.word(at);
        let mut next = script.next(at);
        let kind = match (script.sort(at)?, word) {
            (Sort::Text, _) => Kind::String(unescaped(word).into()),
            (Sort::Number, _) => Kind::Number(word.into()),
            (Sort::Sign, "-" | "+") if script.sort(at + 1) == Some(Sort::Number) => {
                next = at + 2;
                Kind::Number(format!("{word}{}", script.word(at + 1)).into())
            }
            (Sort::Word, "true") => Kind::Bool(true),
            (Sort::Word, "false") => Kind::Bool(false),
            (Sort::Word, "null" | "undefined") => Kind::Null,
            (Sort::Word, name) => {
                let mut value = self.named(name)?;
                while script.word(next) == "." {
                    value = value.get(script.word(next + 1))?.clone();
                    next += 2;
                }
                return Some((value, next));
            }
            (Sort::Sign, "[") => Kind::Array(self.items(at)),
            (Sort::Sign, "{") => Kind::Object(self.members(at)),
            (Sort::Sign, "(") if script.end(at + 1) == script.closer(at) => {
                return Some((self.value(at + 1), next));
            }
            _ => return None,
        };
        Some((Value { span: script.span(at, next), kind }, next))
    }

    fn named(&mut self, name: &str) -> Option<Value> {
        let at = self.names.follow(name)?;
        let value = self.value(at);
        (value.kind != Kind::Unknown).then(|| self.names.changed(name, value))
    }

    fn items(&mut self, open: usize) -> Vec<Value> {
        let script = self.script;
        let mut items = Vec::new();
        let mut at = open + 1;
        while at < script.closer(open) {
            let is_spread = script.word(at) == SPREAD;
            let start = at + usize::from(is_spread);
            let end = script.end(start);
            if end > start {
                match self.value(start) {
                    Value { kind: Kind::Array(more), .. } if is_spread => items.extend(more),
                    Value { span, .. } if is_spread => items.push(Value { span, kind: Kind::Unknown }),
                    item => items.push(item),
                }
            }
            at = self.after_separator(start, end);
        }
        items
    }

    fn members(&mut self, open: usize) -> Vec<Member> {
        let script = self.script;
        let mut members = Vec::new();
        let mut at = open + 1;
        while at < script.closer(open) {
            if script.word(at) == SPREAD {
                match self.value(at + 1) {
                    Value { kind: Kind::Object(more), .. } => members.extend(more),
                    value => members.push(Member {
                        key: Spanned { value: SPREAD.into(), span: script.span(at, at + 1) },
                        value: Value { kind: Kind::Unknown, ..value },
                    }),
                }
                at = self.after_separator(at, script.end(at + 1));
            } else {
                let end = script.end(at);
                members.extend(self.member(at, end));
                at = self.after_separator(at, end);
            }
        }
        members
    }

    /// `key: value`, a name that is both, or a method; nothing where the key is computed.
    fn member(&mut self, at: usize, end: usize) -> Option<Member> {
        let script = self.script;
        let is_key = |at| matches!(script.sort(at), Some(Sort::Word | Sort::Text | Sort::Number));
        // Of `async key() {}` and `get key() {}` the first word is no key.
        let at = (at..end).take_while(|&at| is_key(at)).last()?;
        let word = script.word(at);
        let is_text = script.sort(at) == Some(Sort::Text);
        let key = Spanned {
            value: if is_text { unescaped(word).into() } else { word.into() },
            span: script.span(at, at + 1),
        };
        let value = match script.word(at + 1) {
            ":" => self.value(at + 2),
            "(" | "<" => Value { span: script.span(at + 1, end), kind: Kind::Unknown },
            _ if at + 1 == end && !is_text => {
                self.named(word).unwrap_or(Value { span: key.span, kind: Kind::Unknown })
            }
            _ => return None,
        };
        Some(Member { key, value })
    }

    /// The token at which the next element begins.
    fn after_separator(&self, start: usize, end: usize) -> usize {
        match self.script.sort(end) {
            Some(Sort::Sign) => end + 1,
            // A line that ends without a comma.
            _ => end.max(start + 1),
        }
    }
}

/// What a text in quotes means.
fn unescaped(quoted: &str) -> String {
    let body = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        rest = &rest[escape(rest, &mut text)..];
    }
    text.push_str(rest);
    text
}

/// Reads what follows a backslash, and tells how long it is.
fn escape(rest: &str, text: &mut String) -> usize {
    let Some(c) = rest.chars().next() else { return 0 };
    let simple = match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '0' => '\0',
        '\n' => return 1,
        '\r' => return 1 + usize::from(rest[1..].starts_with('\n')),
        'x' | 'u' => match code_unit(rest) {
            Some((unit, length)) => return code_point(unit, length, rest, text),
            None => c,
        },
        c => c,
    };
    text.push(simple);
    c.len_utf8()
}

/// The number of `x41`, `u0041` or `u{41}`, and how long that is.
fn code_unit(rest: &str) -> Option<(u32, usize)> {
    let digits = match rest.as_bytes() {
        [b'x', ..] => 1..3,
        [b'u', b'{', ..] => 2..rest.find('}')?,
        _ => 1..5,
    };
    let after = digits.end + usize::from(digits.start == 2);
    Some((u32::from_str_radix(rest.get(digits)?, 16).ok()?, after))
}

/// Adds a character, which may be written as two surrogates.
fn code_point(unit: u32, length: usize, rest: &str, text: &mut String) -> usize {
    let low = rest[length..].strip_prefix('\\').filter(|low| low.starts_with('u')).and_then(code_unit);
    if let (0xd800..0xdc00, Some((low @ 0xdc00..0xe000, more))) = (unit, low) {
        text.extend(char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)));
        return length + 1 + more;
    }
    text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
    length
}
