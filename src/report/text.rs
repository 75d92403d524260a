//! Text for terminals: counts, wrapping, colours, and nothing that could steer the terminal.
//!
//! Knows nothing of findings.

use std::borrow::Cow;
use std::fmt::Write;

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
pub(crate) enum Ink {
    Good,
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
    pub(crate) fn paint<'t>(&self, ink: Ink, text: &'t str) -> Cow<'t, str> {
        if !self.color {
            return Cow::Borrowed(text);
        }
        let code = match ink {
            Ink::Good => "32",
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
    fn wraps_at_blanks_outside_code() {
        assert_eq!(wrap("one two `three four` five", 12, 4, "  "), "one two\n  `three four`\n  five");
    }
}
