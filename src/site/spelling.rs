//! How authors write destinations: their habits, and what must be encoded.
//!
//! Which names are near each other is the business of `near`; what is suggested, that of `suggest`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{AddressKind, Doc};
use crate::path::DocPath;

/// Whether the page's author writes `../folder/page.md` for the pages of its own folder.
pub(super) fn names_own_folder(doc: &Doc) -> bool {
    let folder = DocPath::new(doc.path.folder());
    if folder.as_str().is_empty() {
        return false;
    }
    let prefix = format!("../{}/", folder.file_name());
    let paths = doc.facts.links.iter().map(|link| link.target.parts(&doc.text).path.of(&doc.text));
    let (mut named, mut plain) = (0, 0);
    for path in paths.filter(|path| !path.is_empty() && AddressKind::of(path) == AddressKind::Relative) {
        named += usize::from(path.starts_with(&prefix));
        plain += usize::from(!path.contains('/'));
    }
    named > plain
}

/// What would end a destination or mean something else in it.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'%')
    .add(b'#')
    .add(b'?')
    .add(b'<')
    .add(b'>')
    .add(b'"')
    .add(b'\\')
    .add(b'|')
    .add(b'[')
    .add(b']')
    .add(b'`');

/// The same for a path whose parentheses would not pair up.
const RESERVED_AND_PARENTHESES: &AsciiSet = &RESERVED.add(b'(').add(b')');

/// A path or anchor as it is written in a destination.
#[must_use]
pub fn encode(path: &str) -> String {
    let depths = path.chars().scan(0, |depth, c| {
        *depth += i32::from(c == '(') - i32::from(c == ')');
        Some(*depth)
    });
    let pair_up = depths.clone().all(|depth| depth >= 0) && depths.last().unwrap_or(0) == 0;
    let reserved = if pair_up { RESERVED } else { RESERVED_AND_PARENTHESES };
    let may_hold_entity = path.contains(';');
    // Letters of other scripts stay readable: every platform takes them as they are.
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        if c == '&' && may_hold_entity {
            encoded.push_str("%26");
        } else if c.is_ascii() {
            let mut buffer = [0; 4];
            encoded.extend(utf8_percent_encode(c.encode_utf8(&mut buffer), reserved));
        } else {
            encoded.push(c);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_encoded_where_markdown_needs_it() {
        assert_eq!(encode("a b/(c)#d/日本.md"), "a%20b/(c)%23d/日本.md");
        assert_eq!(encode("a)(.md"), "a%29%28.md");
        assert_eq!([encode("a&b.md"), encode("a&amp;b.md")], ["a&b.md", "a%26amp;b.md"]);
    }
}
