//! What makes a finding the same finding tomorrow: its rule, its file, and what it is about.
//!
//! Owns what survives that lines shift, paragraphs are wrapped anew and pages move. Messages are no part of it: they are
//! reworded from version to version. Pure; does not know what fingerprints are compared for.

use std::collections::BTreeMap;

use crate::engine::Report;
use crate::facts::{Cell, Link, Row, Table};
use crate::finding::Finding;
use crate::path::DocPath;
use crate::site::{AddressKind, Doc, Outcome, Page, Resolved, Site};
use crate::source::Span;

/// Longer texts differ early, and a list of them is to be read by people.
const MOST_CHARACTERS: usize = 200;

/// Links inside links are few; of a place further behind than this the text is good enough.
const MOST_NESTED: usize = 64;

/// What a finding is about, whichever line it stands on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// The file.
    pub path: DocPath,
    /// The rule's id.
    pub rule: Box<str>,
    /// Of a link what it leads to, relative to the root; else the text; empty where it is the whole file.
    pub about: Box<str>,
}

impl Fingerprint {
    /// The fingerprint of a finding of this site.
    #[must_use]
    pub fn of(finding: &Finding, site: &Site) -> Fingerprint {
        let about = match &finding.about {
            Some(about) => folded(about),
            None => match linked(finding, site) {
                Some(Linked { page, link, resolved }) => destination(&page, link, &resolved),
                None => text(finding, site),
            },
        };
        Fingerprint { path: finding.path.clone(), rule: finding.rule.id.into(), about: about.into() }
    }

    /// Those of all findings of a report, in their order.
    #[must_use]
    pub fn all(report: &Report, site: &Site) -> Vec<Fingerprint> {
        report.findings.iter().map(|finding| Fingerprint::of(finding, site)).collect()
    }

    /// The same with what it is about written as if its file lay in another folder: a relative destination that nobody
    /// touched when the page was moved.
    #[must_use]
    pub fn as_seen_from(&self, path: &DocPath) -> Fingerprint {
        let about = match self.path_and_fragment() {
            Some((target, fragment)) => {
                let written = DocPath::new(target).relative_to(self.path.folder());
                format!("{}{fragment}", DocPath::join(path.folder(), &written)).into()
            }
            None => self.about.clone(),
        };
        Fingerprint { path: path.clone(), rule: self.rule.clone(), about }
    }

    /// What it is about as it is written in its file, if that is a relative destination.
    #[must_use]
    pub fn as_written(&self) -> String {
        match self.path_and_fragment() {
            Some((target, fragment)) => {
                format!("{}{fragment}", DocPath::new(target).relative_to(self.path.folder()))
            }
            None => self.about.to_string(),
        }
    }

    fn path_and_fragment(&self) -> Option<(&str, &str)> {
        let (target, fragment) = self.about.split_at(self.about.find('#').unwrap_or(self.about.len()));
        let is_path = !target.is_empty() && AddressKind::of(target) == AddressKind::Relative;
        is_path.then_some((target, fragment))
    }
}

/// How often each fingerprint is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprints(BTreeMap<Fingerprint, usize>);

impl Fingerprints {
    /// Takes one out; whether there was one.
    pub fn take(&mut self, fingerprint: &Fingerprint) -> bool {
        let Some(count) = self.0.get_mut(fingerprint) else { return false };
        *count -= 1;
        if *count == 0 {
            self.0.remove(fingerprint);
        }
        true
    }

    /// Whether there is one.
    #[must_use]
    pub fn contain(&self, fingerprint: &Fingerprint) -> bool {
        self.0.contains_key(fingerprint)
    }

    /// Adds some that are alike.
    pub fn add(&mut self, fingerprint: Fingerprint, count: usize) {
        if count > 0 {
            *self.0.entry(fingerprint).or_default() += count;
        }
    }

    /// All, sorted, with how often each is there.
    pub fn iter(&self) -> impl Iterator<Item = (&Fingerprint, usize)> {
        self.0.iter().map(|(fingerprint, &count)| (fingerprint, count))
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }
}

impl FromIterator<Fingerprint> for Fingerprints {
    fn from_iter<I: IntoIterator<Item = Fingerprint>>(all: I) -> Fingerprints {
        let mut fingerprints = Fingerprints::default();
        for fingerprint in all {
            fingerprints.add(fingerprint, 1);
        }
        fingerprints
    }
}

/// The link that a finding is about, as the judge sees it who has something to say of it.
pub struct Linked<'s> {
    /// The page.
    pub page: Page<'s>,
    /// The link.
    pub link: &'s Link,
    /// What became of it.
    pub resolved: Resolved,
}

/// The link whose destination holds the finding's span.
#[must_use]
pub fn linked<'s>(finding: &Finding, site: &'s Site) -> Option<Linked<'s>> {
    let id = site.find_doc(&finding.path)?;
    let links = &site.doc(id).facts.links;
    let behind = links.partition_point(|link| link.span.start <= finding.span.start);
    let mut before = links[..behind].iter().rev().take(MOST_NESTED);
    let holds = |link: &&Link| link.target.span.contains(finding.span) && !finding.span.is_empty();
    let link = before.find(holds)?;
    let mut views = site.views(id).map(|page| (page, page.notable(link)));
    let first = views.next()?;
    let (page, resolved) = match first.1 {
        Some(_) => first,
        None => views.find(|(_, resolved)| resolved.is_some()).unwrap_or(first),
    };
    let resolved = resolved.cloned().unwrap_or_else(|| page.resolve(link));
    Some(Linked { page, link, resolved })
}

/// What a link leads to, with its fragment; relative to the root where it lies in the tree, and nothing but the
/// fragment within one page.
fn destination(page: &Page<'_>, link: &Link, resolved: &Resolved) -> String {
    let written = link.target.destination(&page.doc.text).trim();
    let path = |path: &DocPath| if *path == page.doc.path { String::new() } else { path.to_string() };
    let redirects = &page.site.redirects.list;
    let target = match &resolved.outcome {
        Outcome::Missing(missing) => path(&missing.path),
        Outcome::ThisPage => String::new(),
        Outcome::File(found) => path(page.site.files.path(found.item)),
        Outcome::Redirected(id) if !redirects[*id as usize].source.as_str().is_empty() => {
            path(&redirects[*id as usize].source)
        }
        outcome => match outcome.file() {
            Some(file) => path(page.site.files.path(file)),
            None => as_written(page, written),
        },
    };
    let fragment = fragment(page, link);
    match (target.is_empty(), fragment.is_empty()) {
        (true, true) => folded(written),
        (_, true) => folded(&target),
        _ => folded(&format!("{target}#{fragment}")),
    }
}

/// A destination's fragment as the platform understands it.
pub(crate) fn fragment(page: &Page<'_>, link: &Link) -> String {
    let parts = (page.dialect().split)(link.target.destination(&page.doc.text));
    parts.fragment.unwrap_or_default().trim().to_owned()
}

fn as_written(page: &Page<'_>, written: &str) -> String {
    let path = (page.dialect().split)(written).path;
    match AddressKind::of(written) {
        AddressKind::Relative if !path.is_empty() => {
            DocPath::join(page.doc.path.folder(), &path).as_str().to_owned()
        }
        _ => path.into_owned(),
    }
}

/// The text under the finding; of an empty place the line, but for the beginning of a file.
fn text(finding: &Finding, site: &Site) -> String {
    let Some(source) = site.source(&finding.path) else { return String::new() };
    let span = match finding.span {
        span if !span.is_empty() => span,
        span if span.start == 0 => return String::new(),
        span => source.lines.line_span(source.text, source.lines.line_of(span.start as usize)),
    };
    let words = folded(span.of(source.text));
    let doc = site.find_doc(&finding.path).map(|id| site.doc(id));
    match doc.and_then(|doc| column(doc, finding.span)) {
        Some(column) if column != words && !column.is_empty() => folded(&format!("{column}: {words}")),
        _ => words,
    }
}

/// The name of the column in which a place lies.
fn column(doc: &Doc, span: Span) -> Option<String> {
    let tables = &doc.facts.tables;
    let behind = tables.partition_point(|table| table.span.start <= span.start);
    let table: &Table = tables[..behind].last().filter(|table| table.span.contains(span))?;
    let behind = table.rows.partition_point(|row| row.span.start <= span.start);
    let row: &Row = table.rows[..behind].last().filter(|row| row.span.contains(span))?;
    let place = row.cells.iter().position(|cell: &Cell| cell.span.contains(span))?;
    Some(folded(table.header.cells.get(place)?.text.of(&doc.text)))
}

/// The text on one line, as if it were wrapped, indented, quoted and drawn in no particular way.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    let mut left = MOST_CHARACTERS;
    for word in text.split_whitespace().filter(|word| *word != ">") {
        if !folded.is_empty() {
            folded.push(' ');
            left = left.saturating_sub(1);
        }
        let mut dashes = 0;
        for next in word.chars() {
            dashes = if next == '-' { dashes + 1 } else { 0 };
            if dashes > 3 {
                continue;
            }
            if left == 0 {
                return folded.trim_end().to_owned();
            }
            folded.push(next);
            left -= 1;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine;
    use crate::rules::Ruleset;
    use crate::site::Settings;
    use crate::tree::{PageText, Tree};

    fn abouts(pages: &[(&str, &str)]) -> Vec<(String, String, String)> {
        let site = site(pages);
        let report = engine::check(&site, &Ruleset::default(), &|_| true);
        let all = Fingerprint::all(&report, &site).into_iter();
        all.map(|one| (one.path.to_string(), one.rule.into(), one.about.into())).collect()
    }

    fn site(pages: &[(&str, &str)]) -> Site {
        let mut pages = pages.to_vec();
        pages.sort_unstable();
        let files = pages.iter().map(|(path, _)| DocPath::new(path)).collect();
        let page = |(path, text): &(&str, &str)| PageText { path: DocPath::new(path), text: (*text).into() };
        let pages = pages.iter().map(page).collect();
        Site::new(Tree { files, pages, ..Tree::default() }, Settings::default())
    }

    #[test]
    fn lines_wrapping_and_a_move_make_no_other_finding() {
        let about = |path: &str, text: &str| abouts(&[(path, text), ("b/there.md", "# There\n")]);
        let plain = about("a.md", "See [one](b/gone.md) and [two](b/there.md#no).\n");
        assert_eq!(plain[0].2, "b/gone.md");
        assert_eq!(plain[1].2, "b/there.md#no");
        let wrapped = about("a.md", "# New\n\nSee\n[one](b/gone.md) and\n> [two](b/there.md#no).\n");
        assert_eq!(plain, wrapped);
        let moved = about("c/d/a.md", "See [one](../../b/gone.md) and [two](../../b/there.md#no).\n");
        assert_eq!(moved.iter().map(|one| &one.2).collect::<Vec<_>>(), ["b/gone.md", "b/there.md#no"]);
        let own = about("x.md", "[here](#no) [and](x.md#no)\n");
        assert_eq!(own.iter().map(|one| &*one.2).collect::<Vec<_>>(), ["#no", "#no"]);
    }

    #[test]
    fn a_destination_that_nobody_touched_moves_with_its_page() {
        let before =
            Fingerprint { path: DocPath::new("a/x.md"), rule: "r".into(), about: "a/gone.md#b".into() };
        assert_eq!(&*before.as_seen_from(&DocPath::new("c/d/x.md")).about, "c/d/gone.md#b");
        let own = Fingerprint { about: "#b".into(), ..before.clone() };
        assert_eq!(&*own.as_seen_from(&DocPath::new("c/x.md")).about, "#b");
        let far = Fingerprint { about: "https://example.com/a".into(), ..before };
        assert_eq!(&*far.as_seen_from(&DocPath::new("c/x.md")).about, "https://example.com/a");
    }

    #[test]
    fn texts_are_folded_and_not_long() {
        assert_eq!(folded("  a\n  > b\t c |-----|:--| "), "a b c |---|:--|");
        assert_eq!(folded(&"日 ".repeat(500)).chars().count(), 199);
        assert_eq!(folded("\u{a0}"), "");
    }

    #[test]
    fn equal_ones_are_counted() {
        let one = Fingerprint { path: DocPath::new("a"), rule: "r".into(), about: "x".into() };
        let mut all: Fingerprints = [one.clone(), one.clone()].into_iter().collect();
        assert_eq!(all.total(), 2);
        assert!(all.take(&one) && all.take(&one) && !all.take(&one));
        assert_eq!(all, Fingerprints::default());
    }
}
