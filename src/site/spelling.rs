//! How near two names are, and how authors write them in destinations.
//!
//! Whether a near name is there, and leads anywhere, is the business of `suggest`.

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

/// What is left of an anchor without separators and case.
pub(super) fn essence(anchor: &str) -> String {
    anchor.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How far apart two folded file names or anchors are; `None` where one would not be mistaken for the other.
pub(super) fn name_distance(wanted: &str, name: &str) -> Option<usize> {
    let (wanted_stem, wanted_extension) = wanted.rsplit_once('.').unwrap_or((wanted, ""));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if let Some(distance) = containment(wanted_stem, stem).filter(|_| extension == wanted_extension) {
        return Some(distance);
    }
    let bound = (wanted_stem.len().max(stem.len()) / 5).max(1);
    if wanted.len().abs_diff(name.len()) > bound || letters_apart(wanted, name) > 2 * bound {
        return None;
    }
    let distance = strsim::osa_distance(wanted, name);
    (distance <= bound).then_some(distance)
}

/// One name is whole words at the beginning (1) or the end (2) of the other, or somewhere in it (3).
fn containment(one: &str, other: &str) -> Option<usize> {
    const SHORTEST: usize = 8;
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() < SHORTEST {
        return None;
    }
    let at = long.find(short)?;
    let is_word_end = |rest: &str| rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
    let begins_word = at == 0 || long[..at].ends_with(|c: char| !c.is_alphanumeric());
    if !begins_word || !is_word_end(&long[at + short.len()..]) {
        return None;
    }
    Some(if at == 0 {
        1
    } else if at + short.len() == long.len() {
        2
    } else {
        3
    })
}

/// How many letters occur in one name only: a cheap lower bound of the distance.
fn letters_apart(one: &str, other: &str) -> usize {
    let letters = |name: &str| name.bytes().fold(0u64, |set, byte| set | 1 << (byte & 63));
    (letters(one) ^ letters(other)).count_ones() as usize
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
    fn near_names_are_slips_and_parts() {
        assert_eq!(name_distance("instal.md", "install.md"), Some(1));
        assert!(name_distance("reassign-device-profile.md", "mmd-api-reassign-device-profile.md").is_some());
        assert_eq!(name_distance("a.md", "b.png"), None);
        assert_eq!(name_distance("updates.md", "reports.md"), None);
    }

    #[test]
    fn destinations_are_encoded_where_markdown_needs_it() {
        assert_eq!(encode("a b/(c)#d/日本.md"), "a%20b/%28c%29%23d/日本.md");
    }
}
