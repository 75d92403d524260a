//! Headings and pages of the whole tree by a part of their names.
//!
//! Owns what fits a query and how well: the letters of the query stand in the name in this order.

use std::borrow::Cow;

use super::{Location, title};
use crate::site::{Doc, DocId, Site};

/// A heading or page that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is called.
    pub name: String,
    /// The page it stands in: its title, else its path; of a page its path.
    pub container: String,
    /// Whether it is a page.
    pub is_page: bool,
    /// Where it is.
    pub location: Location,
}

/// So many are shown.
const MOST: usize = 200;

/// How well a name fits, the best first: how it fits, how far its letters are apart, how long it is.
type Rank = (Fit, u32, u32);

/// How a name fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    All,
    Beginning,
    Word,
    Part,
    Letters,
}

/// The headings and pages whose names fit a query, the best first, at most 200; without a query pages.
#[must_use]
pub fn workspace_symbols(site: &Site, query: &str) -> Vec<Found> {
    let query = Query::new(query);
    let mut found: Vec<(Rank, DocId, Option<u32>)> = Vec::new();
    for (id, doc) in (0..).zip(&site.docs) {
        if let Some(name) = page_name(doc)
            && let Some(rank) = query.rank(&name)
        {
            found.push((rank, id, None));
        }
        let headings = if query.letters.is_empty() { &[][..] } else { &doc.facts.headings };
        let title = title::heading(doc).filter(|_| doc.front_matter_title().is_none());
        for (index, heading) in (0..).zip(headings) {
            if title != Some(index)
                && let Some(rank) = query.rank(&heading.text(&doc.text))
            {
                found.push((rank, id, Some(index)));
            }
        }
    }
    if found.len() > MOST {
        found.select_nth_unstable(MOST);
        found.truncate(MOST);
    }
    found.sort_unstable();
    found.into_iter().map(|(_, doc, heading)| shown(site, doc, heading)).collect()
}

/// What a page is called in its front matter, else in its first heading, else its file's name.
fn page_name(doc: &Doc) -> Option<Cow<'_, str>> {
    if doc.is_navigation {
        return None;
    }
    if let Some(title) = doc.front_matter_title().filter(|title| !title.trim().is_empty()) {
        return Some(title.into());
    }
    let heading = title::heading(doc).map(|heading| doc.facts.headings[heading as usize].text(&doc.text));
    Some(heading.filter(|name| !name.is_empty()).unwrap_or_else(|| doc.path.file_stem().into()))
}

fn shown(site: &Site, id: DocId, heading: Option<u32>) -> Found {
    let doc = site.doc(id);
    let page = page_name(doc).unwrap_or_default();
    let path = doc.path.as_str().to_owned();
    match heading.and_then(|heading| doc.facts.headings.get(heading as usize)) {
        Some(heading) => Found {
            name: heading.text(&doc.text).into_owned(),
            container: if page.is_empty() { path } else { page.into_owned() },
            is_page: false,
            location: Location { path: doc.path.clone(), span: heading.span },
        },
        None => Found {
            name: page.into_owned(),
            container: path,
            is_page: true,
            location: title::location(site, id),
        },
    }
}

struct Query {
    /// In lower case, blanks at its ends left out.
    text: String,
    /// The same without any blanks.
    letters: Vec<char>,
}

impl Query {
    fn new(query: &str) -> Query {
        let text = query.trim().to_lowercase();
        let letters = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        Query { text, letters }
    }

    /// How well a name fits, if it does.
    fn rank(&self, name: &str) -> Option<Rank> {
        let spread = self.spread(name)?;
        let length = name.len() as u32;
        let lower = name.to_lowercase();
        let fit = match lower.find(&self.text) {
            Some(0) if lower.len() == self.text.len() => Fit::All,
            Some(0) => Fit::Beginning,
            Some(_) if self.begins_word(&lower) => Fit::Word,
            Some(_) => Fit::Part,
            None => return Some((Fit::Letters, spread, length)),
        };
        Some((fit, 0, length))
    }

    fn begins_word(&self, lower: &str) -> bool {
        let mut places = lower.match_indices(&self.text);
        places.any(|(at, _)| !lower[..at].ends_with(char::is_alphanumeric))
    }

    /// How far apart the letters stand, where all are there in order.
    fn spread(&self, name: &str) -> Option<u32> {
        let mut wanted = self.letters.iter();
        let Some(mut next) = wanted.next() else { return Some(0) };
        let mut first = None;
        for (at, letter) in name.chars().enumerate() {
            let is_it = match letter.is_ascii() {
                true => letter.to_ascii_lowercase() == *next,
                false => letter.to_lowercase().next() == Some(*next),
            };
            if is_it {
                let first = *first.get_or_insert(at);
                match wanted.next() {
                    Some(letter) => next = letter,
                    None => return Some((at - first + 1 - self.letters.len()) as u32),
                }
            }
        }
        None
    }
}
