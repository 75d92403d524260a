//! Text that is no TOML: the parser's errors in our words.

use std::collections::BTreeSet;

use super::ConfigFault;
use crate::source::{LineIndex, Span};

/// The errors as faults, one a line: what follows on the same line is mostly an echo of the first.
pub(super) fn faults(text: &str, errors: &[toml::de::Error]) -> Vec<ConfigFault> {
    let lines = LineIndex::new(text);
    let mut seen = BTreeSet::new();
    let mut faults: Vec<ConfigFault> = errors.iter().map(|error| fault(text, error)).collect();
    faults.sort_by_key(|fault| fault.span);
    faults.retain(|fault| seen.insert(lines.line_of(fault.span.start as usize)));
    faults
}

fn fault(text: &str, error: &toml::de::Error) -> ConfigFault {
    let span = error.span().map_or(Span::at(text.len()), |span| Span::new(span.start, span.end));
    let written = span.of(text);
    let (message, help) = match error.message() {
        "duplicate key" => (format!("`{written}` is written twice"), Some("keep one of the two".to_owned())),
        unquoted if unquoted.starts_with("string values must be quoted") => {
            let help = (!written.is_empty()).then(|| format!("write `\"{written}\"`"));
            ("a text must stand in quotes".to_owned(), help)
        }
        other => (format!("this is no TOML: {other}"), None),
    };
    ConfigFault { span, message, help }
}
