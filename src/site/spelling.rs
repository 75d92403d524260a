//! How authors write paths: what their names tell, and what must be encoded in a destination.
//!
//! Which names are near each other is the business of `near`; what is suggested, that of `suggest`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::files::fold;
use super::{AddressKind, Doc};
use crate::path::DocPath;

/// Names that many folders have: that one carries the name says little.
pub(super) fn is_common_name(stem: &str) -> bool {
    ["index", "readme", "toc", "overview", "introduction", "license"].contains(&&*fold(stem))
}

/// How many folders two paths have in common, from the root.
pub(super) fn shared_folders(one: &DocPath, other: &DocPath) -> usize {
    let other = fold(other.folder());
    fold(one.folder()).split('/').zip(other.split('/')).take_while(|(one, other)| one == other).count()
}

/// What would end a destination or mean something else in it.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'%')
    .add(b'#')
    .add(b'?')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'"')
    .add(b'\\')
    .add(b'|')
    .add(b'[')
    .add(b']')
    .add(b'`');

/// A path or anchor as a destination has it.
pub(super) fn encode(path: &str) -> String {
    // Letters of other scripts stay readable: every platform takes them as they are.
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() {
            let mut buffer = [0; 4];
            encoded.extend(utf8_percent_encode(c.encode_utf8(&mut buffer), RESERVED));
        } else {
            encoded.push(c);
        }
    }
    encoded
}

/// Whether the page's author writes `../folder/page.md` for the pages of its own folder.
pub(super) fn names_own_folder(doc: &Doc) -> bool {
    let folder = DocPath::new(doc.path.folder());
    if folder.as_str().is_empty() {
        return false;
    }
    let prefix = format!("../{}/", folder.file_name());
    let paths = doc.facts.links.iter().map(|link| link.target.path.of(&doc.text));
    let (mut named, mut plain) = (0, 0);
    for path in paths.filter(|path| !path.is_empty() && AddressKind::of(path) == AddressKind::Relative) {
        named += usize::from(path.starts_with(&prefix));
        plain += usize::from(!path.contains('/'));
    }
    named > plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_encoded_where_markdown_needs_it() {
        assert_eq!(encode("a b/(c)#d/日本.md"), "a%20b/%28c%29%23d/日本.md");
    }
}
