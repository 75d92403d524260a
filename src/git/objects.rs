//! The contents of files, as git has stored them.

use super::{Repository, output};

/// The name of a content.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid(Box<str>);

/// A content, or `None` where git does not have it here, as in a partial clone.
pub type Blob = Option<Vec<u8>>;

impl Oid {
    /// As git writes it.
    #[must_use]
    pub fn new(hexadecimal: &str) -> Oid {
        Oid(hexadecimal.into())
    }

    /// Whether this stands for nothing: git writes zeros for what is not there, or not stored.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0.bytes().all(|digit| digit == b'0')
    }

    pub(super) fn is_empty_blob(&self) -> bool {
        let empty = [
            "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
            "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
        ];
        empty.contains(&&*self.0)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Repository {
    /// The contents of that name, in that order. Nothing is fetched.
    #[must_use]
    pub fn blobs(&self, oids: &[&Oid]) -> Vec<Blob> {
        if oids.is_empty() {
            return Vec::new();
        }
        let asked: String = oids.iter().flat_map(|oid| [oid.as_str(), "\n"]).collect();
        // A version of git that does not know GIT_NO_LAZY_FETCH dies of the first it may not fetch.
        let answer = output(self.git().args(["cat-file", "--batch"]), Some(asked.into_bytes()));
        let mut answer = Answer(answer.as_ref().map_or(&[], |(_, printed)| printed));
        oids.iter().map(|_| answer.next_blob()).collect()
    }
}

/// What is left of an answer of `git cat-file --batch`: `OID blob SIZE\nCONTENT\n` or `OID missing\n`.
struct Answer<'a>(&'a [u8]);

impl Answer<'_> {
    fn next_blob(&mut self) -> Blob {
        let end = memchr::memchr(b'\n', self.0)?;
        let (head, rest) = (&self.0[..end], &self.0[end + 1..]);
        self.0 = rest;
        let mut words = std::str::from_utf8(head).ok()?.split(' ').skip(1);
        let is_blob = words.next()? == "blob";
        let size: usize = words.next()?.parse().ok()?;
        let content = rest.get(..size)?.to_vec();
        self.0 = rest.get(size + 1..).unwrap_or_default();
        is_blob.then_some(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_contents_and_gaps() {
        let mut answer = Answer(b"aa blob 3\na\nb\nbb missing\ncc blob 0\n\ndd commit 1\nx\nee blob 9\ncut");
        let blobs: Vec<Blob> = (0..6).map(|_| answer.next_blob()).collect();
        let text = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(blobs, [text("a\nb"), None, text(""), None, None, None]);
    }
}
