//! Headers in TOML and JSON: [`crate::data`] reads them, and here they become entries.
//!
//! Knows where in the page the header begins; nothing of any key.

use crate::data::{Fault, Kind, Member, Reading, Value as Data};
use crate::facts::{Entry, Shown, Value};
use crate::source::{Span, Spanned};

/// Reads a header with the reader of its format. A header that is no whole text of that format has no entries.
#[must_use]
pub fn read(text: &str, span: Span, parse: fn(&str) -> Reading) -> (Vec<Entry>, Option<Spanned<String>>) {
    let places = Places { page: text, base: span.start as usize };
    match parse(span.of(text)) {
        Ok((value, _)) => (places.entries(value.members()), None),
        Err(Fault { span, message }) => {
            (Vec::new(), Some(Spanned { value: message, span: places.span(span) }))
        }
    }
}

/// From spans in the header to spans in the page.
struct Places<'t> {
    page: &'t str,
    base: usize,
}

impl Places<'_> {
    fn span(&self, span: Span) -> Span {
        Span::new(self.base + span.start as usize, self.base + span.end as usize)
    }

    fn entries(&self, members: &[Member]) -> Vec<Entry> {
        members.iter().map(|member| self.entry(member)).collect()
    }

    fn entry(&self, Member { key, value }: &Member) -> Entry {
        let span = self.span(key.span);
        let key = Spanned { value: Shown::new(&key.value, span, self.page), span };
        Entry { key, value: self.value(value) }
    }

    fn value(&self, data: &Data) -> Spanned<Value> {
        let span = self.span(data.span);
        let value = match &data.kind {
            Kind::Null | Kind::Unknown | Kind::Tagged(..) => Value::Null,
            Kind::Bool(_) | Kind::Number(_) => Value::Scalar(Shown::Plain(span)),
            Kind::String(text) => Value::Scalar(Shown::new(text, span, self.page)),
            Kind::Array(items) => Value::Sequence(items.iter().map(|item| self.value(item)).collect()),
            Kind::Object(members) => Value::Mapping(self.entries(members).into()),
        };
        Spanned { value, span }
    }
}
