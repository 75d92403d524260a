//! The documents that are open in the editor: their texts, versions and changes.
//!
//! Owns how changes are applied. Knows neither the disk nor where a document belongs.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{Range, Uri};
use serde::Deserialize;

use super::encoding::Encoding;
use crate::source::LineIndex;

/// A document as the editor has it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The number of its state, which the editor gives.
    pub version: Option<i32>,
    /// Its text.
    pub text: Arc<str>,
}

/// A change: of a range, or of everything.
#[derive(Debug, Deserialize)]
pub struct Change {
    /// The range that is replaced; the whole document without one.
    pub range: Option<Range>,
    /// What stands there now.
    pub text: String,
}

/// All open documents.
#[derive(Debug, Default)]
pub struct Documents {
    open: BTreeMap<Uri, Document>,
}

impl Documents {
    /// Opens a document, or opens it again.
    pub fn open(&mut self, uri: Uri, version: Option<i32>, text: String) {
        self.open.insert(uri, Document { version, text: text.into() });
    }

    /// Applies changes, one after the other; of a document that is not open only one of everything can be.
    pub fn change(&mut self, uri: &Uri, version: Option<i32>, changes: Vec<Change>, encoding: Encoding) {
        let known = self.open.get(uri);
        if known.is_none() && changes.iter().all(|change| change.range.is_some()) {
            return;
        }
        let text = known.map(|document| document.text.to_string()).unwrap_or_default();
        let text = changes.into_iter().fold(text, |text, change| changed(text, change, encoding));
        self.open.insert(uri.clone(), Document { version, text: text.into() });
    }

    /// Closes a document.
    pub fn close(&mut self, uri: &Uri) {
        self.open.remove(uri);
    }

    /// An open document.
    #[must_use]
    pub fn get(&self, uri: &Uri) -> Option<&Document> {
        self.open.get(uri)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&Uri, &Document)> {
        self.open.iter()
    }
}

fn changed(mut text: String, change: Change, encoding: Encoding) -> String {
    let Some(range) = change.range else { return change.text };
    let span = encoding.span(&text, &LineIndex::new(&text), range);
    text.replace_range(span.range(), &change.text);
    text
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::Position;
    use proptest::prelude::*;

    use super::*;

    fn replace(start: (u32, u32), end: (u32, u32), text: &str) -> Change {
        let at = |(line, character)| Position { line, character };
        Change { range: Some(Range { start: at(start), end: at(end) }), text: text.to_owned() }
    }

    fn after(text: &str, changes: Vec<Change>, encoding: Encoding) -> String {
        let uri = Uri::parse("untitled:a").unwrap();
        let mut documents = Documents::default();
        documents.open(uri.clone(), Some(1), text.to_owned());
        documents.change(&uri, Some(2), changes, encoding);
        documents.get(&uri).unwrap().text.to_string()
    }

    #[test]
    fn applies_changes_one_after_the_other() {
        let changes = || vec![replace((0, 0), (0, 0), "new\n"), replace((1, 2), (1, 3), "X")];
        assert_eq!(after("a🚀b", changes(), Encoding::Utf32), "new\na🚀X");
        let changes = || vec![replace((0, 3), (0, 4), "X")];
        assert_eq!(after("a🚀b", changes(), Encoding::Utf16), "a🚀X");
        assert_eq!(after("日b", changes(), Encoding::Utf8), "日X");
        assert_eq!(after("a\rb\r\nc", vec![replace((1, 0), (2, 0), "")], Encoding::Utf16), "a\rc");
    }

    #[test]
    fn a_document_that_was_never_opened() {
        let uri = Uri::parse("untitled:a").unwrap();
        let mut documents = Documents::default();
        documents.change(&uri, None, vec![replace((0, 0), (0, 0), "x")], Encoding::Utf16);
        assert!(documents.get(&uri).is_none());
        documents.change(&uri, None, vec![Change { range: None, text: "all".to_owned() }], Encoding::Utf16);
        assert_eq!(&*documents.get(&uri).unwrap().text, "all");
    }

    proptest! {
        #[test]
        fn no_range_is_a_panic(
            text in "[a🚀日\r\n]{0,12}",
            positions in proptest::array::uniform4(0u32..9),
            insert in "[é\r\n]{0,3}",
        ) {
            let [a, b, c, d] = positions;
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let _ = after(&text, vec![replace((a, b), (c, d), &insert)], encoding);
            }
        }
    }
}
