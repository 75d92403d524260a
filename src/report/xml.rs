//! Text of pages in XML 1.0, in which some characters cannot stand at all.

use crate::words::visible;

/// `text` as the value of an attribute or the text of an element; control characters are shown as escapes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_value_and_nothing_is_illegal() {
        assert_eq!(escaped("<a b=\"c\" d='&'>"), "&lt;a b=&quot;c&quot; d=&apos;&amp;&apos;&gt;");
        assert_eq!(escaped("a\0b\u{1b}\n\u{ffff}]]>"), "a\\u{0}b\\u{1b}\\n\u{fffd}]]&gt;");
    }
}
