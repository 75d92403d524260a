//! `inconsistent-title`: a link in a table whose text names another page than the one it leads to.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::contract::fold;
use crate::facts::{Cell, CellId, Row, Table};
use crate::finding::Level;
use crate::site::{CellLink, Doc, DocId, Outcome, Page};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "inconsistent-title",
    summary: "a link in a table whose text names another page, or a page that has two names",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/inconsistent-title/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

/// A link of a table that names the page it leads to.
struct Named<'p> {
    link: CellLink<'p>,
    target: DocId,
    /// Where in the page, as written.
    fragment: &'p str,
    words: Words,
}

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let mut names: FxHashMap<(DocId, &str), Vec<Named<'_>>> = FxHashMap::default();
    for named in named_links(page) {
        if let Some(other) = names_other_page(page, &named) {
            findings.report(wrong_page(page, &named, other));
            continue;
        }
        let known = names.entry((named.target, named.fragment)).or_default();
        if known.len() < MOST_NAMES && known.iter().all(|earlier| differ(&earlier.words, &named.words)) {
            known.push(named);
        }
    }
    for names in names.values().filter(|names| names.len() > 1) {
        let target = page.site.doc(names[0].target);
        let (fitting, strange): (Vec<&Named<'_>>, Vec<&Named<'_>>) =
            names.iter().partition(|named| fits(target, &named.words));
        let Some(usual) = fitting.first().or(strange.first()) else { continue };
        for named in strange.iter().filter(|named| named.link.span != usual.link.span) {
            findings.report(second_name(page, named, usual));
        }
    }
}

/// Of a page with more names than these nobody wants to read each.
const MOST_NAMES: usize = 8;

fn named_links<'p>(page: &Page<'p>) -> Vec<Named<'p>> {
    let mut named = Vec::new();
    for (index, table) in page.doc.facts.tables.iter().enumerate() {
        for (row, cells) in rows(page, table) {
            // Links in sentences have the words that the sentence needs.
            let is_link_cell = |cell: &Cell| cell.has_link && !cell.has_words_outside_links;
            for (column, cell) in cells.cells.iter().enumerate().filter(|(_, cell)| is_link_cell(cell)) {
                let id = CellId { table: index as u32, row, column: column as u32 };
                named.extend(page.cell_links(cell, id).into_iter().filter_map(|link| name(page, link)));
            }
        }
    }
    named
}

/// The header and the rows, by their numbers.
fn rows<'p>(page: &Page<'p>, table: &'p Table) -> impl Iterator<Item = (u32, &'p Row)> {
    (0..).zip(std::iter::once(&table.header).chain(page.rows(table)))
}

fn name<'p>(page: &Page<'p>, link: CellLink<'p>) -> Option<Named<'p>> {
    // A function is no page: one page often describes several.
    if link.is_image || page.text(link.span).contains('`') {
        return None;
    }
    let words = words(link.text);
    if words.len() < FEWEST_WORDS || is_generic(link.text) {
        return None;
    }
    let Outcome::File(found) = page.resolve(link.link).outcome else { return None };
    let target = page.site.doc_of(found.item)?;
    let fragment = link.link.target.parts(&page.doc.text).fragment;
    let fragment = fragment.map(|span| page.text(span)).unwrap_or_default();
    (target != page.id).then_some(Named { link, target, fragment, words })
}

/// Single words are names of things as often as of pages.
const FEWEST_WORDS: usize = 2;

/// A page that is called like the link, which leads to one that is called otherwise. A link to a part of a page may
/// well name the part.
fn names_other_page<'p>(page: &Page<'p>, named: &Named<'_>) -> Option<&'p Doc> {
    let site = page.site;
    if !named.fragment.is_empty() {
        return None;
    }
    let &[other] = site.pages_titled(named.link.text) else { return None };
    if other == named.target || other == page.id {
        return None;
    }
    let is_published =
        site.files.find(site.doc(other).path.as_str()).is_some_and(|file| page.project.publishes(file));
    let target = site.doc(named.target);
    let differs = !target.titles().is_empty() && !fits(target, &named.words);
    (differs && is_published).then(|| site.doc(other))
}

/// Whether a page is called so, or has a part that is.
fn fits(target: &Doc, name: &Words) -> bool {
    let headings = target.facts.headings.iter().map(|heading| heading.text(&target.text).into_owned());
    target.titles().into_iter().chain(headings).any(|title| !differ(&words(&title), name))
}

fn wrong_page(page: &Page<'_>, named: &Named<'_>, other: &Doc) -> Draft {
    let target = page.site.doc(named.target);
    let title = target.titles().into_iter().next().unwrap_or_default();
    let message = format!("the link says `{}` and leads to `{title}`", named.link.text);
    Draft::new(&page.doc.path, named.link.span, message)
        .help(format!("link `{}`, or name the page that is linked", other.path))
        .related(&other.path, title_place(other), "the page of that title")
        .related(&target.path, title_place(target), "the page it leads to")
}

fn second_name(page: &Page<'_>, named: &Named<'_>, usual: &Named<'_>) -> Draft {
    let (name, other) = (named.link.text, usual.link.text);
    let message = format!("the link says `{name}` and leads to the page that another link calls `{other}`");
    Draft::new(&page.doc.path, named.link.span, message)
        .help("link the page that is meant, or give both links one text")
        .related(&page.doc.path, usual.link.span, "the other link")
}

/// Where a page says what it is called.
fn title_place(doc: &Doc) -> Span {
    let heading = doc.facts.headings.iter().find(|heading| heading.level == 1);
    let written = || doc.facts.front_matter.as_ref()?.get("title", &doc.text).map(|entry| entry.value.span);
    heading.map(|heading| heading.span).or_else(written).unwrap_or_default()
}

/// The words that tell one title from another.
type Words = BTreeSet<String>;

fn words(text: &str) -> Words {
    let folded = fold(text);
    let words = folded.split(|next: char| !next.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !SMALL_WORDS.contains(word)).map(str::to_owned).collect()
}

const SMALL_WORDS: &[&str] =
    &["a", "an", "and", "by", "for", "from", "how", "in", "of", "on", "or", "s", "the", "to", "with", "your"];

/// Whether two titles share less than half of the shorter one's words.
fn differ(one: &Words, other: &Words) -> bool {
    let shorter = one.len().min(other.len());
    one.intersection(other).count() * 2 < shorter
}

/// Whether the text could stand on any link.
fn is_generic(text: &str) -> bool {
    let folded = fold(text);
    GENERIC.iter().any(|beginning| {
        folded.strip_prefix(beginning).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

const GENERIC: &[&str] = &[
    "here",
    "click here",
    "link",
    "details",
    "more",
    "read more",
    "learn more",
    "see",
    "see more",
    "this article",
    "this page",
    "this topic",
    "more info",
    "more information",
    "full article",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_clearly() {
        let differ = |one, other| differ(&words(one), &words(other));
        for (one, other) in
            [("Change management", "Berth requests"), ("Plan a visit", "Dredging report 2026")]
        {
            assert!(differ(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("Change management", "Managing a change"),
            ("Work with insights", "Working with insights"),
            ("Berths", "Request a berth: berths and moorings"),
            ("Change Management:", "change management"),
        ] {
            assert!(!differ(one, other), "{one} {other}");
        }
    }

    #[test]
    fn texts_that_any_link_may_have() {
        for text in ["Learn more", "See the details", "this article", "More info: setup", "Click here!"] {
            assert!(is_generic(text), "{text}");
        }
        for text in ["Seeds and trees", "Morello cherries", "Hereditary titles", "Linkage of parts"] {
            assert!(!is_generic(text), "{text}");
        }
    }
}
