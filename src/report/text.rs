//! Text for terminals: counts, wrapping, colours, and nothing that could steer the terminal.
//!
//! Knows nothing of findings.

use std::borrow::Cow;
use std::fmt::Write;

/// `1 error`, `2 errors`, `12,041 errors`.
#[must_use]
pub fn count(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number(count))
}

/// A number with its thousands separated.
#[must_use]
pub fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut separated = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            separated.push(',');
        }
        separated.push(digit);
    }
    separated
}

/// `text` on one line and harmless: control and direction-changing characters are written as escapes.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers_terminal) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if steers_terminal(character) {
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// Whether a terminal obeys the character instead of showing it.
pub(super) fn steers_terminal(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An upper bound of the columns a character takes.
pub(super) fn columns(character: char) -> usize {
    match character {
        '\t' => 4,
        '\0'..='\u{10ff}' => 1,
        _ => 2,
    }
}

/// Breaks `text` at blanks so that no line exceeds `width`, unless a word does; later lines begin with `indent`.
///
/// What stands in backticks stays together: it is there to be copied.
pub(super) fn wrap(text: &str, width: usize, first_column: usize, indent: &str) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut column = first_column;
    for (index, word) in words(text).enumerate() {
        let length: usize = word.chars().map(columns).sum();
        if index > 0 && column + 1 + length > width {
            wrapped.push('\n');
            wrapped.push_str(indent);
            column = indent.len();
        } else if index > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.split(move |character| {
        in_code ^= character == '`';
        character == ' ' && !in_code
    })
}

/// What colours mean here.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Error,
    Warning,
    Info,
    Strong,
    Faint,
    Code,
}

impl From<crate::finding::Level> for Ink {
    fn from(level: crate::finding::Level) -> Ink {
        match level {
            crate::finding::Level::Error => Ink::Error,
            crate::finding::Level::Warning => Ink::Warning,
            crate::finding::Level::Info => Ink::Info,
        }
    }
}

impl super::Style {
    /// `text` in a colour, where colours are wanted.
    pub(super) fn paint<'t>(&self, ink: Ink, text: &'t str) -> Cow<'t, str> {
        if !self.color {
            return Cow::Borrowed(text);
        }
        let code = match ink {
            Ink::Error => "1;31",
            Ink::Warning => "1;33",
            Ink::Info => "1;36",
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Code => "32",
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }

    /// `text` with what stands in backticks coloured.
    pub(super) fn paint_code<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.color {
            return Cow::Borrowed(text);
        }
        let mut painted = String::with_capacity(text.len() + 16);
        for (index, part) in text.split('`').enumerate() {
            match index % 2 {
                0 => painted.push_str(part),
                // Writing to a String cannot fail.
                _ => drop(write!(painted, "`{}`", self.paint(Ink::Code, part))),
            }
        }
        Cow::Owned(painted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        assert_eq!(count(1, "error"), "1 error");
        assert_eq!(count(0, "error"), "0 errors");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(1_234_567), "1,234,567");
    }

    #[test]
    fn control_characters_are_shown_not_obeyed() {
        assert_eq!(visible("a\nb\u{1b}[31m\u{202e}é"), "a\\nb\\u{1b}[31m\\u{202e}é");
        assert!(matches!(visible("日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn wraps_at_blanks_outside_code() {
        assert_eq!(wrap("one two `three four` five", 12, 4, "  "), "one two\n  `three four`\n  five");
    }
}
