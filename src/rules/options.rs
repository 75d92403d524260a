//! How a rule reads its options out of the configuration.
//!
//! Owns typed access with errors that name the option. Does not know where the configuration stands.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::Span;

/// The options written for one rule; each is taken once, and what nobody takes is a mistake.
pub struct Options<'c> {
    table: Option<&'c DeTable<'c>>,
    taken: BTreeSet<&'static str>,
}

/// What is wrong with an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionFault {
    /// Where in the configuration.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl<'c> Options<'c> {
    /// The options in a rule's table; `None` where nothing is written.
    #[must_use]
    pub fn new(table: Option<&'c DeTable<'c>>) -> Options<'c> {
        Options { table, taken: BTreeSet::new() }
    }

    /// A list of strings with the place of each.
    ///
    /// # Errors
    /// Where the value is no list of strings.
    pub fn strings(&mut self, name: &'static str) -> Result<Option<Vec<(String, Span)>>, OptionFault> {
        self.take(name).map(|value| strings(name, value)).transpose()
    }

    /// A whole number within bounds.
    ///
    /// # Errors
    /// Where the value is no such number.
    pub fn number(
        &mut self,
        name: &'static str,
        bounds: RangeInclusive<u32>,
    ) -> Result<Option<u32>, OptionFault> {
        self.take(name).map(|value| number(name, value, bounds)).transpose()
    }

    /// The names that were written but that no call above has asked for, with their places.
    #[must_use]
    pub fn untaken(&self) -> Vec<(String, Span)> {
        self.table.map_or_else(Vec::new, |table| {
            table
                .keys()
                .filter(|key| !self.taken.contains(&**key.get_ref()))
                .map(|key| (key.get_ref().to_string(), span_of(key)))
                .collect()
        })
    }

    /// The names that have been asked for: what the rule understands.
    pub fn known(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.taken.iter().copied()
    }

    fn take(&mut self, name: &'static str) -> Option<&'c Spanned<DeValue<'c>>> {
        self.taken.insert(name);
        self.table
            .and_then(|table| table.iter().find(|(key, _)| key.get_ref() == name))
            .map(|(_, value)| value)
    }
}

/// The strings of a list, with the place of each.
pub(crate) fn strings(name: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<(String, Span)>, OptionFault> {
    let wrong = |value: &Spanned<DeValue<'_>>, must: &str| OptionFault {
        span: span_of(value),
        message: format!("`{name}` must {must}, not {}", kind(value.get_ref())),
        help: Some(format!("write `{name} = [\"…\", \"…\"]`")),
    };
    let DeValue::Array(items) = value.get_ref() else {
        return Err(wrong(value, "be a list of strings"));
    };
    let string = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::String(text) => Ok((text.to_string(), span_of(item))),
        _ => Err(wrong(item, "hold strings only")),
    };
    items.iter().map(string).collect()
}

/// A whole number within bounds.
pub(crate) fn number(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    bounds: RangeInclusive<u32>,
) -> Result<u32, OptionFault> {
    let number = match value.get_ref() {
        DeValue::Integer(integer) => u32::from_str_radix(integer.as_str(), integer.radix()).ok(),
        _ => None,
    };
    number.filter(|number| bounds.contains(number)).ok_or_else(|| OptionFault {
        span: span_of(value),
        message: format!("`{name}` must be a whole number from {} to {}", bounds.start(), bounds.end()),
        help: None,
    })
}

/// What a value is, in words.
pub(crate) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Where a key or value is written.
pub(crate) fn span_of<T>(spanned: &Spanned<T>) -> Span {
    let span = spanned.span();
    Span::new(span.start, span.end)
}
