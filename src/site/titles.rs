//! What pages call themselves, and which pages carry a title.
//!
//! Owns what a title is. Does not know what links say.

use rustc_hash::FxHashMap;

use super::{Doc, DocId, Site};
use crate::contract::fold;
use crate::facts::Value;

/// The pages of each title, folded.
pub(super) type Titles = FxHashMap<String, Vec<DocId>>;

impl Site {
    /// The pages with a title that reads like `text`.
    #[must_use]
    pub fn pages_titled(&self, text: &str) -> &[DocId] {
        let titles = self.titles.get_or_init(|| self.index_titles());
        titles.get(&fold(text)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Takes note of a page's new titles; both are folded.
    pub(super) fn retitle(&mut self, id: DocId, old: &[String], new: &[String]) {
        let Some(titles) = self.titles.get_mut() else { return };
        for title in old {
            if let Some(pages) = titles.get_mut(title) {
                pages.retain(|&page| page != id);
            }
        }
        for title in new {
            let pages = titles.entry(title.clone()).or_default();
            if let Err(place) = pages.binary_search(&id) {
                pages.insert(place, id);
            }
        }
    }

    fn index_titles(&self) -> Titles {
        let mut titles = Titles::default();
        for (id, doc) in (0..).zip(&self.docs) {
            for title in doc.titles() {
                let pages = titles.entry(fold(&title)).or_default();
                if pages.last() != Some(&id) {
                    pages.push(id);
                }
            }
        }
        titles
    }
}

impl Doc {
    /// The title in the front matter, which many platforms show as a heading.
    #[must_use]
    pub fn front_matter_title(&self) -> Option<&str> {
        let entry = self.facts.front_matter.as_ref()?.get("title", &self.text)?;
        match &entry.value.value {
            Value::Scalar(title) => Some(title.of(&self.text)),
            _ => None,
        }
    }

    /// The title in the front matter, and the first heading of level 1.
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        let written = self.front_matter_title().map(str::to_owned);
        let heading = self.facts.headings.iter().find(|heading| heading.level == 1);
        let heading = heading.map(|heading| heading.text(&self.text).into_owned());
        written.into_iter().chain(heading).filter(|title| !title.trim().is_empty()).collect()
    }
}
