//! How a rule reads its options out of the configuration.
//!
//! Owns typed access with errors that name the option. Does not know where the configuration stands.

use std::collections::BTreeSet;

use crate::source::Span;

/// The options written for one rule; each is taken once, and what nobody takes is a mistake.
pub struct Options<'c> {
    table: Option<&'c toml::de::DeTable<'c>>,
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
    pub fn new(table: Option<&'c toml::de::DeTable<'c>>) -> Options<'c> {
        Options { table, taken: BTreeSet::new() }
    }

    /// A list of strings with the place of each.
    ///
    /// # Errors
    /// Where the value is no list of strings.
    pub fn strings(&mut self, name: &'static str) -> Result<Option<Vec<(String, Span)>>, OptionFault> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let wrong = |span: std::ops::Range<usize>| OptionFault {
            span: Span::new(span.start, span.end),
            message: format!("`{name}` is a list of strings"),
            help: Some(format!("write `{name} = [\"…\", \"…\"]`")),
        };
        let toml::de::DeValue::Array(items) = value.get_ref() else {
            return Err(wrong(value.span()));
        };
        items
            .iter()
            .map(|item| match item.get_ref() {
                toml::de::DeValue::String(text) => {
                    let span = item.span();
                    Ok((text.to_string(), Span::new(span.start, span.end)))
                }
                _ => Err(wrong(item.span())),
            })
            .collect::<Result<Vec<_>, _>>()
            .map(Some)
    }

    /// A whole number within bounds.
    ///
    /// # Errors
    /// Where the value is no such number.
    pub fn number(
        &mut self,
        name: &'static str,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Result<Option<u32>, OptionFault> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let number = match value.get_ref() {
            toml::de::DeValue::Integer(integer) => {
                u32::from_str_radix(integer.as_str(), integer.radix()).ok()
            }
            _ => None,
        };
        match number.filter(|number| bounds.contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(OptionFault {
                span: Span::new(value.span().start, value.span().end),
                message: format!("`{name}` is a whole number from {} to {}", bounds.start(), bounds.end()),
                help: None,
            }),
        }
    }

    /// The names that were written but that no call above has asked for, with their places.
    #[must_use]
    pub fn untaken(&self) -> Vec<(String, Span)> {
        self.table.map_or_else(Vec::new, |table| {
            table
                .iter()
                .filter(|(key, _)| !self.taken.contains(&**key.get_ref()))
                .map(|(key, _)| (key.get_ref().to_string(), Span::new(key.span().start, key.span().end)))
                .collect()
        })
    }

    /// The names that have been asked for: what the rule understands.
    #[must_use]
    pub fn known(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.taken.iter().copied()
    }

    fn take(&mut self, name: &'static str) -> Option<&'c toml::Spanned<toml::de::DeValue<'c>>> {
        self.taken.insert(name);
        self.table
            .and_then(|table| table.iter().find(|(key, _)| key.get_ref() == name))
            .map(|(_, value)| value)
    }
}
