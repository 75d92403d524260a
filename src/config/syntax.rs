//! Text that is no TOML: the parser's errors in our words.

use super::ConfigFault;
use crate::source::Span;

/// The errors as faults.
///
/// A wrong bracket or quote makes the parser stumble over all that follows: nothing after it is told.
pub(super) fn faults(text: &str, errors: &[toml::de::Error]) -> Vec<ConfigFault> {
    let mut errors: Vec<_> = errors.iter().collect();
    errors.sort_by_key(|error| span(text, error));
    let told = errors.iter().position(|error| !is_local(error)).map_or(errors.len(), |stumble| stumble + 1);
    errors[..told].iter().map(|error| fault(text, error)).collect()
}

const DUPLICATE: &str = "duplicate key";
const UNQUOTED: &str = "string values must be quoted";

/// The commonest slips: how the parser's message begins, what is wrong, and the way out.
const SLIPS: &[(&str, &str, &str)] = &[
    ("missing escaped value", "a lone `\\` in double quotes", "in single quotes `\\` needs no doubling"),
    ("invalid basic string", "a text that does not end", "close it with `\"`"),
    ("invalid literal string", "a text that does not end", "close it with `'`"),
    (
        "missing comma between array elements",
        "a list that does not go on",
        "write `,` between values and `]` at the end",
    ),
    ("unclosed array", "a list that does not end", "close it with `]`"),
    ("unclosed table", "a table name that does not end", "close it with `]`"),
];

fn is_local(error: &toml::de::Error) -> bool {
    error.message() == DUPLICATE || error.message().starts_with(UNQUOTED)
}

fn fault(text: &str, error: &toml::de::Error) -> ConfigFault {
    let span = span(text, error);
    let written = span.of(text);
    let message = error.message();
    let slip = SLIPS.iter().find(|(start, ..)| message.starts_with(start));
    let (message, help) = if message == DUPLICATE {
        (format!("`{written}` is written twice"), Some("keep one of the two".to_owned()))
    } else if message.starts_with(UNQUOTED) {
        ("a text must stand in quotes".to_owned(), quoted(written))
    } else if let Some((_, message, help)) = slip {
        ((*message).to_owned(), Some((*help).to_owned()))
    } else if written == ":" {
        ("`:` after a key".to_owned(), Some("TOML separates key and value with `=`".to_owned()))
    } else {
        (format!("this is no TOML: {message}"), None)
    };
    ConfigFault { span, message, help }
}

/// Word processors make quotes curly.
fn quoted(written: &str) -> Option<String> {
    let bare = written.trim_matches(['“', '”', '„', '‘', '’', '"', '\'']);
    (!bare.is_empty()).then(|| format!("write `\"{bare}\"`"))
}

fn span(text: &str, error: &toml::de::Error) -> Span {
    error.span().map_or(Span::at(text.len()), |span| Span::new(span.start, span.end))
}
