//! YAML with byte spans.
//!
//! The only file that names saphyr-parser: it turns its events into entries and its character counts into bytes.
//! Aliases stay what is written; nothing is ever expanded.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::fault;
use crate::data::yaml::Places;
use crate::facts::{Entry, Shown, Value};
use crate::source::{Span, Spanned};

/// Entries, and what is wrong if anything is.
type Reading = (Vec<Entry>, Option<Spanned<String>>);

/// Deeper nesting is a fault: all that walks the values may then recurse.
const DEEPEST: usize = 32;

/// Stands for `%` where the parser would stumble over it; a character nobody writes.
const PERCENT: char = '\u{e000}';

/// Reads a header; the entries before a fault are kept.
#[must_use]
pub fn read(text: &str, header: Span) -> Reading {
    let strict = events(text, header, header.of(text));
    if strict.1.is_none() {
        return strict;
    }
    match tolerable(header.of(text)).map(|yaml| events(text, header, &yaml)) {
        Some(reading) if reading.1.is_none() => reading,
        _ => strict,
    }
}

/// The header as Learn takes it, character for character: a value may begin with `%`, and a tab is a blank unless it
/// indents. `None` if that changes nothing.
fn tolerable(yaml: &str) -> Option<String> {
    if !yaml.contains(['%', '\t']) || yaml.contains(PERCENT) {
        return None;
    }
    let mut indents = true;
    let tolerable = yaml.chars().map(|c| {
        indents = matches!(c, '\n' | '\r') || indents && matches!(c, ' ' | '\t');
        match c {
            '%' => PERCENT,
            '\t' if !indents => ' ',
            c => c,
        }
    });
    Some(tolerable.collect())
}

/// Reads `yaml`, which has the characters of `header` one for one.
fn events(text: &str, header: Span, yaml: &str) -> Reading {
    let places = Places::new(text, header);
    let mut builder = Builder { text, open: Vec::new(), root: None };
    for event in Parser::new_from_str(yaml) {
        let (event, span) = match event {
            Ok((event, span)) => (event, places.span(span)),
            Err(error) => {
                let fault = fault::explain(text, header, places.byte(error.marker().index()), error.info());
                return (builder.entries_before(fault.span), Some(fault));
            }
        };
        match event {
            Event::Scalar(value, style, _, tag) => {
                builder.scalar(value, style == ScalarStyle::Plain && tag.is_none(), span);
            }
            Event::Alias(_) => builder.put(Value::Scalar(Shown::Plain(span)), span),
            Event::SequenceStart(..) => builder.open.push(Open::new(text, span, Children::Items(Vec::new()))),
            Event::MappingStart(..) => {
                builder.open.push(Open::new(text, span, Children::Entries(Vec::new(), None)));
            }
            Event::SequenceEnd | Event::MappingEnd => builder.close(span),
            Event::DocumentStart(_) if builder.root.is_some() => {
                let fault = Spanned { value: "a second YAML document begins here".to_owned(), span };
                return (builder.entries_before(span), Some(fault));
            }
            _ => {}
        }
        if builder.open.len() > DEEPEST {
            let fault = Spanned { value: "nested too deeply".to_owned(), span };
            return (builder.entries_before(span), Some(fault));
        }
    }
    builder.finish(header)
}

/// Puts values together.
struct Builder<'t> {
    text: &'t str,
    /// The collections that are not yet closed, the outermost first.
    open: Vec<Open>,
    root: Option<Spanned<Value>>,
}

/// A collection that is not yet closed.
struct Open {
    span: Span,
    /// The bracket that closes it, if it is written with brackets.
    bracket: Option<char>,
    children: Children,
}

enum Children {
    Items(Vec<Spanned<Value>>),
    Entries(Vec<Entry>, Option<Spanned<Shown>>),
}

impl Builder<'_> {
    fn scalar(&mut self, value: Cow<'_, str>, untyped: bool, span: Span) {
        if untyped && value.is_empty() {
            return self.put(Value::Null, Span::at(self.empty_place(span)));
        }
        // Block scalars take the blank lines and the next line's indentation with them.
        let written = span.of(self.text).trim_end().len();
        let span = Span::new(span.range().start, span.range().start + written);
        match &*value {
            "~" | "null" | "Null" | "NULL" if untyped => self.put(Value::Null, span),
            value if value.contains(PERCENT) && !span.of(self.text).contains(PERCENT) => {
                self.put(Value::Scalar(Shown::new(&value.replace(PERCENT, "%"), span, self.text)), span);
            }
            value => self.put(Value::Scalar(Shown::new(value, span, self.text)), span),
        }
    }

    /// Where a value that is not written would stand: after the colon of its key.
    fn empty_place(&self, span: Span) -> usize {
        let Some(Open { children: Children::Entries(_, Some(key)), .. }) = self.open.last() else {
            return span.range().start;
        };
        let after = &self.text[key.span.range().end..];
        let blanks = after.len() - after.trim_start_matches(' ').len();
        key.span.range().end + if after[blanks..].starts_with(':') { blanks + 1 } else { 0 }
    }

    fn put(&mut self, value: Value, span: Span) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(Spanned { value, span });
            return;
        };
        open.reach(span);
        match &mut open.children {
            Children::Items(items) => items.push(Spanned { value, span }),
            Children::Entries(entries, key) => match key.take() {
                Some(key) => entries.push(Entry { key, value: Spanned { value, span } }),
                None => *key = Some(Spanned { value: key_text(value, span), span }),
            },
        }
    }

    fn close(&mut self, end: Span) {
        let Some(Open { mut span, bracket, children }) = self.open.pop() else { return };
        if let Some(bracket) = bracket {
            let rest = &self.text[end.range().start..];
            let length = rest.find(bracket).map_or(0, |at| at + 1);
            span.end = span.end.max(end.start + length as u32);
        }
        match children {
            Children::Items(items) => self.put(Value::Sequence(items.into()), span),
            Children::Entries(entries, _) => self.put(Value::Mapping(entries.into()), span),
        }
    }

    fn finish(self, header: Span) -> Reading {
        match self.root {
            None => (Vec::new(), None),
            Some(Spanned { value: Value::Mapping(entries), .. }) => (entries.into(), None),
            Some(_) => (Vec::new(), Some(fault::not_a_mapping(self.text, header))),
        }
    }

    /// The top-level entries before a fault, without one that the fault cut short: one that ends on its line.
    fn entries_before(self, fault: Span) -> Vec<Entry> {
        let mut entries = match (self.root, self.open.into_iter().next().map(|open| open.children)) {
            (Some(Spanned { value: Value::Mapping(entries), .. }), _) => entries.into(),
            (_, Some(Children::Entries(entries, _))) => entries,
            _ => Vec::new(),
        };
        let goes_on = |last: &mut Entry| {
            let between = self.text.get(last.value.span.range().end..fault.range().start);
            !between.is_some_and(|between| between.contains(['\n', '\r']))
        };
        entries.pop_if(goes_on);
        entries
    }
}

impl Open {
    fn new(text: &str, span: Span, children: Children) -> Open {
        let bracket = match span.of(text).trim_end().as_bytes().last() {
            Some(b'[') => Some(']'),
            Some(b'{') => Some('}'),
            _ => None,
        };
        Open { span, bracket, children }
    }

    /// Takes a child in. A collection without brackets begins with its first child.
    fn reach(&mut self, child: Span) {
        let first = match &self.children {
            Children::Items(items) => items.is_empty(),
            Children::Entries(entries, key) => entries.is_empty() && key.is_none(),
        };
        if first && self.bracket.is_none() {
            self.span = child;
        }
        self.span.end = self.span.end.max(child.end);
    }
}

/// The text of a key; of a collection, what is written.
fn key_text(key: Value, span: Span) -> Shown {
    match key {
        Value::Scalar(key) => key,
        _ => Shown::Plain(span),
    }
}
