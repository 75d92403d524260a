//! In which order people put texts: letter case and accents do not matter, and 9 comes before 10.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::contract::fold;

/// A text as it is put in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SortKey(String);

impl SortKey {
    pub fn new(text: &str) -> SortKey {
        let folded = fold(text);
        match folded.is_ascii() {
            true => SortKey(folded),
            false => SortKey(folded.nfkd().filter(|c| !is_combining_mark(*c)).collect()),
        }
    }
}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &SortKey) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &SortKey) -> Ordering {
        let (mut one, mut other) = (&*self.0, &*other.0);
        loop {
            let (run, rest) = next_run(one);
            let (other_run, other_rest) = next_run(other);
            match compare(run, other_run) {
                Ordering::Equal if run.is_empty() => return Ordering::Equal,
                Ordering::Equal => (one, other) = (rest, other_rest),
                unequal => return unequal,
            }
        }
    }
}

/// A number, or what stands before the next one.
fn next_run(text: &str) -> (&str, &str) {
    let starts_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != starts_with_digit).unwrap_or(text.len());
    text.split_at(end)
}

fn compare(one: &str, other: &str) -> Ordering {
    let is_number = |run: &str| run.starts_with(|c: char| c.is_ascii_digit());
    if is_number(one) && is_number(other) {
        let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
        return one.len().cmp(&other.len()).then_with(|| one.cmp(other));
    }
    one.cmp(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_do() {
        let sorted =
            ["", "9 lives", "10 lives", "010 mice", "Ärger", "asset 2", "Asset 10", "asset x", "zebra"];
        for pair in sorted.windows(2) {
            assert!(SortKey::new(pair[0]) < SortKey::new(pair[1]), "{pair:?}");
        }
        assert_eq!(SortKey::new("Release 007").cmp(&SortKey::new("release 7")), Ordering::Equal);
    }
}
