//! What an editor proposes while somebody types: paths, anchors, labels, keys and values of front matter, cells.
//!
//! Owns what is proposed and in which order, one file a kind. The text is usually broken while it is typed, so what is
//! being typed is read off the line; what there is to propose comes from the facts.

mod anchor;
mod cell;
mod front_matter;
mod label;
mod line;
mod listing;
mod path;

use crate::site::{DocId, Site};
use crate::source::{Span, floor_char_boundary};

/// More than these nobody reads; typing on narrows them down.
const MOST: usize = 200;

/// What is proposed at a place, the likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The proposals.
    pub items: Vec<Completion>,
    /// Whether there are more, so that the question is worth asking again after the next letter.
    pub incomplete: bool,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// What it takes the place of: within one line, and around or at the place that was asked about.
    pub replace: Span,
    /// What else is known of it.
    pub detail: Option<String>,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A folder: the path goes on after it.
    Folder,
    /// A page.
    Page,
    /// Another file.
    File,
    /// An anchor of a page.
    Anchor,
    /// The label of a reference definition.
    Label,
    /// A key of front matter.
    Key,
    /// A value of front matter or of a cell.
    Value,
}

/// What can be typed at an offset of a page.
#[must_use]
pub fn complete(site: &Site, doc: DocId, offset: usize) -> Completions {
    let Some(text) = site.docs.get(doc as usize).map(|doc| &doc.text) else { return Completions::default() };
    if site.doc(doc).is_navigation || offset > text.len() || floor_char_boundary(text, offset) != offset {
        return Completions::default();
    }
    if let Some(place) = front_matter::place(site.doc(doc), offset) {
        return front_matter::complete(site, doc, &place);
    }
    if line::is_code(site.doc(doc), offset) {
        return Completions::default();
    }
    if let Some(typed) = line::destination(site.doc(doc), offset) {
        return match typed.hash(text) {
            Some(hash) if hash < offset => anchor::complete(site, doc, &typed, hash),
            _ => path::complete(site, doc, &typed),
        };
    }
    if let Some(typed) = line::label(site.doc(doc), offset) {
        return label::complete(site.doc(doc), typed);
    }
    cell::complete(site, doc, offset)
}

/// How well a name goes with what is typed; the lower the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It begins like that, letter case ignored.
    Begins,
    /// Its letters are there in that order.
    Holds,
}

/// Names are compared as people type them.
struct Typed(String);

impl Typed {
    fn new(typed: &str) -> Typed {
        Typed(typed.to_lowercase())
    }

    fn fit(&self, name: &str) -> Option<Fit> {
        if self.0.is_empty() {
            return Some(Fit::Begins);
        }
        let begins = name.get(..self.0.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.0));
        if begins || !name.is_ascii() && name.to_lowercase().starts_with(&self.0) {
            return Some(Fit::Begins);
        }
        let mut letters = name.chars().flat_map(char::to_lowercase);
        self.0.chars().all(|typed| letters.any(|letter| letter == typed)).then_some(Fit::Holds)
    }
}

impl Completions {
    /// The first of them, the better fits before the others; `make` is asked for no more than are shown.
    fn of<T>(
        typed: &str,
        all: Vec<T>,
        name: impl Fn(&T) -> &str,
        make: impl Fn(&T) -> Option<Completion>,
    ) -> Completions {
        let typed = Typed::new(typed);
        let fits = all.into_iter().filter_map(|item| Some((typed.fit(name(&item))?, item)));
        let mut fits: Vec<(Fit, T)> = fits.collect();
        fits.sort_by_key(|(fit, _)| *fit);
        let mut made = fits.iter().filter_map(|(_, item)| make(item));
        let items: Vec<Completion> = made.by_ref().take(MOST).collect();
        Completions { incomplete: made.next().is_some(), items }
    }
}

#[cfg(test)]
mod tests;
