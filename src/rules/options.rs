//! How a rule reads its options out of the configuration.
//!
//! Owns typed access with errors that name the option. Does not know where the configuration stands.

use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::Span;

/// An option of a rule, described where the rule is.
#[derive(Debug)]
pub struct RuleOption {
    /// How it is written.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// What it takes, and what it is where nothing is written.
    pub kind: OptionKind,
}

/// What an option takes.
#[derive(Debug)]
pub enum OptionKind {
    /// A list of texts.
    Strings(&'static [&'static str]),
    /// A list of regular expressions; none where nothing is written.
    Regexes,
    /// A whole number.
    Number {
        /// The least there may be.
        least: u32,
        /// The most there may be.
        most: u32,
        /// What it is where nothing is written.
        default: u32,
    },
}

/// What an option is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A list of texts or of regular expressions.
    Strings(Vec<String>),
    /// A whole number.
    Number(u32),
}

/// An option that a rule has asked for.
#[derive(Clone, Debug)]
pub struct TakenOption {
    /// The option.
    pub option: &'static RuleOption,
    /// What it is.
    pub value: OptionValue,
    /// Which of the tables says so, and where; `None` is the default.
    pub written: Option<(usize, Span)>,
}

/// The options written for one rule; each is taken once, and what nobody takes is a mistake.
pub struct Options<'c> {
    tables: Vec<&'c DeTable<'c>>,
    taken: Vec<TakenOption>,
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
    /// The options in a rule's tables, of which a later one wins, option by option.
    #[must_use]
    pub fn new(tables: Vec<&'c DeTable<'c>>) -> Options<'c> {
        Options { tables, taken: Vec::new() }
    }

    /// A list of strings with the place of each; `None` where nothing is written.
    ///
    /// # Errors
    /// Where the value is no list of strings.
    pub fn strings(
        &mut self,
        option: &'static RuleOption,
    ) -> Result<Option<Vec<(String, Span)>>, OptionFault> {
        let written = self.written(option);
        let texts = written.map(|(_, value)| strings(option.name, value)).transpose()?;
        let default = || match option.kind {
            OptionKind::Strings(texts) => texts.iter().map(|text| (*text).to_owned()).collect(),
            _ => Vec::new(),
        };
        let value =
            texts.as_ref().map_or_else(default, |texts| texts.iter().map(|(text, _)| text.clone()).collect());
        self.take(option, OptionValue::Strings(value), written);
        Ok(texts)
    }

    /// A whole number within the option's bounds.
    ///
    /// # Errors
    /// Where the value is no such number.
    pub fn number(&mut self, option: &'static RuleOption) -> Result<u32, OptionFault> {
        let (bounds, default) = match option.kind {
            OptionKind::Number { least, most, default } => (least..=most, default),
            _ => (0..=u32::MAX, 0),
        };
        let written = self.written(option);
        let number = written.map_or(Ok(default), |(_, value)| number(option.name, value, bounds))?;
        self.take(option, OptionValue::Number(number), written);
        Ok(number)
    }

    /// The names that were written but that no call above has asked for, with their places.
    #[must_use]
    pub fn untaken(&self) -> Vec<(String, Span)> {
        let keys = self.tables.iter().flat_map(|table| table.keys());
        keys.filter(|key| self.known().all(|known| known.name != key.get_ref()))
            .map(|key| (key.get_ref().to_string(), span_of(key)))
            .collect()
    }

    /// The options that have been asked for: what the rule understands.
    pub fn known(&self) -> impl Iterator<Item = &'static RuleOption> + '_ {
        self.taken.iter().map(|taken| taken.option)
    }

    /// What the rule was given.
    #[must_use]
    pub fn taken(self) -> Vec<TakenOption> {
        self.taken
    }

    /// The last table that says something of the option, and what.
    fn written(&self, option: &RuleOption) -> Option<(usize, &'c Spanned<DeValue<'c>>)> {
        let tables = self.tables.iter().enumerate().rev();
        tables
            .filter_map(|(index, table)| {
                let (_, value) = table.iter().find(|(key, _)| key.get_ref() == option.name)?;
                Some((index, value))
            })
            .next()
    }

    fn take(
        &mut self,
        option: &'static RuleOption,
        value: OptionValue,
        written: Option<(usize, &Spanned<DeValue<'_>>)>,
    ) {
        let written = written.map(|(index, value)| (index, span_of(value)));
        self.taken.push(TakenOption { option, value, written });
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
        help: Some(format!("write a number such as `{name} = {}`", bounds.start().max(&1))),
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
