//! Names of findings that stay when lines move, for those who compare two reports.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::site::Site;

/// A name for each finding of a report, unique in it: made of its fingerprint, and the how manieth of that kind it is.
pub(super) struct Fingerprints {
    seen: HashMap<Fingerprint, usize>,
}

impl Fingerprints {
    pub(super) fn new() -> Fingerprints {
        Fingerprints { seen: HashMap::new() }
    }

    /// The next finding's name, 16 hexadecimal digits; findings come in the order of the report.
    pub(super) fn next(&mut self, finding: &Finding, site: &Site) -> String {
        let fingerprint = Fingerprint::of(finding, site);
        let Fingerprint { path, rule, about } = &fingerprint;
        let kind = [&**rule, path.as_str(), &**about].join("\0");
        let earlier = self.seen.entry(fingerprint).or_default();
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
            let mut names = Fingerprints::new();
            let found = finding("a.md", Level::Error, span_of(text, "two words"), "wrong");
            [names.next(&found, &site), names.next(&found, &site)]
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
