//! Names of findings that stay when lines move, for those who compare two reports.

use std::collections::HashMap;

use super::place::Locator;
use crate::finding::Finding;

/// What is under a span may be a whole page.
const LONGEST_SUBJECT: usize = 200;

/// A name for each finding of a report, unique in it: made of the rule, the file, what it is about, and the how manieth of
/// its kind it is.
pub(super) struct Fingerprints {
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    pub(super) fn new() -> Fingerprints {
        Fingerprints { seen: HashMap::new() }
    }

    /// The next finding's name, 16 hexadecimal digits; findings come in the order of the report.
    pub(super) fn next(&mut self, finding: &Finding, locator: &Locator<'_>) -> String {
        let text = locator.text(&finding.path, finding.span).unwrap_or_default();
        let subject = finding.target.as_deref().unwrap_or(text);
        let words: String = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        let subject: String = words.chars().take(LONGEST_SUBJECT).collect();
        let kind = [finding.rule.id, finding.path.as_str(), &subject].join("\0");
        let earlier = self.seen.entry(kind.clone()).or_default();
        let name = format!("{:016x}", fnv1a(format!("{kind}\0{earlier}").as_bytes()));
        *earlier += 1;
        name
    }
}

/// The hash FNV-1a, which is the same in every version and on every machine.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
    use crate::report::fixture::{finding, site, span_of};

    #[test]
    fn names_are_unique_and_survive_other_lines() {
        let names = |text: &str| {
            let site = site(&[("a.md", text)]);
            let locator = Locator::new(&site);
            let mut names = Fingerprints::new();
            let found = finding("a.md", Level::Error, span_of(text, "two words"), "wrong");
            [names.next(&found, &locator), names.next(&found, &locator)]
        };
        let before = names("a two words");
        assert_ne!(before[0], before[1]);
        assert_eq!(before, names("one more line\n\na two words"));
    }

    #[test]
    fn the_hash_is_fnv1a() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
