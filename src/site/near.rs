//! How near a name is to another: what an author may have meant by a path or an anchor that does not exist.
//!
//! A wrong guess costs more than none, so a slip is few letters and no digit, and names that many pages have count
//! for little. Knows nothing of links or pages.

use super::files::{fold, same_folded};
use crate::path::DocPath;

/// Names that many folders have: that one carries the name says little.
pub(super) fn is_common_name(stem: &str) -> bool {
    const COMMON: [&str; 6] = ["index", "readme", "toc", "overview", "introduction", "license"];
    COMMON.iter().any(|name| same_folded(name, stem))
}

pub(super) fn is_html(path: &DocPath) -> bool {
    ["html", "htm"].contains(&path.extension())
}

/// Headings that many pages have: that one carries the name says little.
pub(super) fn is_common_anchor(name: &str) -> bool {
    const SHORTEST: usize = 8;
    const COMMON: &[&str] = &[
        "advanced-settings",
        "configuration",
        "description",
        "examples",
        "introduction",
        "limitations",
        "long-description",
        "next-steps",
        "overview",
        "parameters",
        "prerequisites",
        "properties",
        "related-links",
        "requirements",
        "return-value",
        "see-also",
        "short-description",
        "troubleshooting",
    ];
    name.len() < SHORTEST || COMMON.contains(&&*fold(name))
}

pub(super) fn first_folders_shared(one: &DocPath, other: &DocPath) -> usize {
    shared(one.folder().split('/'), other.folder().split('/'))
}

pub(super) fn last_folders_shared(one: &DocPath, other: &DocPath) -> usize {
    shared(one.folder().rsplit('/'), other.folder().rsplit('/'))
}

fn shared<'s>(one: impl Iterator<Item = &'s str>, other: impl Iterator<Item = &'s str>) -> usize {
    one.zip(other).take_while(|(one, other)| !one.is_empty() && same_folded(one, other)).count()
}

/// The candidates nearest of all; more than two are a guess, and then there is none.
pub(super) fn best<T, R: Ord>(mut candidates: Vec<T>, distance: impl Fn(&T) -> R) -> Vec<T> {
    const MOST_TIED: usize = 2;
    if let Some(nearest) = candidates.iter().map(&distance).min() {
        candidates.retain(|candidate| distance(candidate) == nearest);
    }
    if candidates.len() > MOST_TIED {
        candidates.clear();
    }
    candidates
}

/// What is left of an anchor without separators, case and what some platforms drop (`½`).
#[must_use]
pub fn essence(anchor: &str) -> String {
    anchor.chars().filter(|c| c.is_alphabetic() || c.is_ascii_digit()).flat_map(char::to_lowercase).collect()
}

/// From this distance on an anchor is no slip, but says it in other words.
pub(super) const OTHER_WORDS: usize = 10;

/// How far apart two anchors are: first slips, then those that say almost the same in words.
pub(super) fn anchor_distance(wanted: &str, name: &str) -> Option<usize> {
    const FEWEST: usize = 3;
    let (folded_wanted, folded_name) = (fold(wanted), fold(name));
    if let Some(distance) = slip(&folded_wanted, &folded_name) {
        return Some(distance);
    }
    let (wanted, name) = (words(&folded_wanted), words(&folded_name));
    let mut rest = name.clone();
    let mut common = 0;
    for word in &wanted {
        if let Some(at) = rest.iter().position(|other| other == word) {
            rest.swap_remove(at);
            common += 1;
        }
    }
    let all = wanted.len() + name.len();
    let alike = common >= FEWEST && 8 * common >= 3 * all;
    let contained = common > 1 && common == wanted.len();
    (alike || contained).then(|| OTHER_WORDS + all - 2 * common)
}

/// The words of an anchor that say something, without the `s` of the plural.
fn words(anchor: &str) -> Vec<&str> {
    const SMALL: &[&str] = &[
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with",
    ];
    let words = anchor.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !SMALL.contains(word));
    words.map(|word| word.strip_suffix('s').filter(|word| word.len() > 2).unwrap_or(word)).collect()
}

/// How far apart two folded file names are; `None` where one would not be mistaken for the other.
pub(super) fn name_distance(wanted: &str, name: &str) -> Option<usize> {
    let (wanted_stem, wanted_extension) = wanted.rsplit_once('.').unwrap_or((wanted, ""));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if extension != wanted_extension {
        return None;
    }
    slip(wanted_stem, stem).or_else(|| Some(10 + containment(wanted_stem, stem)?))
}

/// How many letters two folded names differ in, where that may be a slip of the pen: few, and none of them a digit.
pub(super) fn slip(wanted: &str, name: &str) -> Option<usize> {
    const MOST_LETTERS: usize = 2;
    const LONGEST: usize = 256;
    let bound = (wanted.len().max(name.len()) / 8).clamp(1, MOST_LETTERS);
    if wanted.len().min(name.len()) < 4
        || wanted.len().abs_diff(name.len()) > bound
        || wanted.len() > LONGEST
        || letters_apart(wanted, name) > 2 * bound
    {
        return None;
    }
    let digits = |name: &'_ str| name.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    if digits(wanted) != digits(name) {
        return None;
    }
    let distance = strsim::osa_distance(wanted, name);
    (distance <= bound).then_some(distance)
}

/// One name is several whole words at the beginning (1) or the end (2) of the other, or somewhere in it (3).
fn containment(one: &str, other: &str) -> Option<usize> {
    const SHORTEST: usize = 8;
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() < SHORTEST || !short.contains(|c: char| !c.is_alphanumeric()) {
        return None;
    }
    let at = long.find(short)?;
    let is_word_end = |rest: &str| rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
    let begins_word = at == 0 || long[..at].ends_with(|c: char| !c.is_alphanumeric());
    // `Excel.Range.Font` is a part of `Excel.Range`, and no other name for it.
    let is_member = at == 0 && long[short.len()..].starts_with('.');
    if !begins_word || is_member || !is_word_end(&long[at + short.len()..]) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_slips_and_parts() {
        assert_eq!(name_distance("instal.md", "install.md"), Some(1));
        assert!(name_distance("reassign-device-profile.md", "mmd-api-reassign-device-profile.md").is_some());
        assert_eq!(name_distance("a.md", "b.png"), None);
        assert_eq!(name_distance("updates.md", "reports.md"), None);
        assert_eq!(name_distance("overview.md", "overview-of-devices.md"), None);
        assert_eq!(name_distance("excel.range.md", "excel.range.font.md"), None);
        assert!(name_distance("excel.range.md", "excel.range(object).md").is_some());
        assert_eq!(name_distance("chapter-04.md", "chapter-05.md"), None);
    }

    #[test]
    fn near_anchors_share_their_words() {
        let near = |wanted, name| anchor_distance(wanted, name).is_some();
        assert!(near("creating-ordered-dictionaries", "creating-hashtables-and-ordered-dictionaries"));
        assert!(near("device-wipe-with-factory-reset", "reset-devices-with-a-factory-reset"));
        assert!(near("passing-arguments-to-native", "passing-arguments-to-native-commands"));
        assert!(near("instaling", "installing"));
        assert!(!near("feedback", "custom-site-feedback"));
        assert!(near("binary-archives", "install-from-binary-archives"));
        assert!(!near("navigation-path", "navigation-tabs"));
        assert!(!near("section-1", "section-2"));
    }
}
