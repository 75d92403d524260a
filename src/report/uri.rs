//! Paths as relative references of RFC 3986.
//!
//! Does not know what is found there.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A colon is written as an escape too: in a first segment it would end the name of a scheme.
const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path with everything escaped that means something in an address.
pub(super) fn relative(path: &str) -> String {
    utf8_percent_encode(path, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_all_but_names_and_slashes() {
        assert_eq!(relative("a b/%23#?.md"), "a%20b/%2523%23%3F.md");
        assert_eq!(relative("c:x/\u{65e5}\n.md"), "c%3Ax/%E6%97%A5%0A.md");
    }
}
