//! Destinations that name lines of a file: `script.ps1#L10-L20`, a code sample's `range`.
//!
//! Owns how lines are named, and what becomes of them. How many lines a file has that is no page only the disk knows.

use std::collections::BTreeMap;

use super::resolve::{Fragment, Outcome};
use super::{Doc, DocId, FileId, Files, Judgement, Notable, Site};
use crate::dialect::Usage;
use crate::facts::{Link, LinkKind};
use crate::path::DocPath;

/// The first line that a destination names, counted from 1.
pub(super) fn first_line(doc: &Doc, link: &Link, usage: Usage) -> Option<u32> {
    let destination = link.target.destination(&doc.text);
    let (rest, fragment) = destination.split_once('#').unwrap_or((destination, ""));
    match usage {
        Usage::Code => anchored_line(fragment)
            .or_else(|| {
                ranged_line(rest.split_once('?')?.1.split('&').find_map(|pair| pair.strip_prefix("range="))?)
            })
            .or_else(|| ranged_line(attribute(doc, link, "range")?)),
        usage if usage.is_link() => anchored_line(fragment),
        _ => None,
    }
}

/// `L10`, `L10-L20`, `L10C3-L20C8`.
pub(super) fn anchored_line(fragment: &str) -> Option<u32> {
    let (first, last) = fragment.split_once('-').unwrap_or((fragment, fragment));
    let line = |name: &str| {
        let name = name.strip_prefix('L')?;
        let (line, column) = name.split_once('C').unwrap_or((name, "0"));
        column.parse::<u32>().ok().and(line.parse().ok())
    };
    line(last).and(line(first))
}

/// The last of the first lines of `1-3,5,7-`.
fn ranged_line(ranges: &str) -> Option<u32> {
    ranges
        .split(',')
        .map(|range| range.split('-').next()?.trim().parse().ok())
        .try_fold(0, |last, first| first.map(|first: u32| last.max(first)))
}

fn attribute<'d>(doc: &'d Doc, link: &Link, name: &str) -> Option<&'d str> {
    let LinkKind::Directive(directive) = link.kind else { return None };
    let attributes = &doc.facts.directives[directive as usize].attributes;
    attributes.iter().find(|(other, _)| **other == *name).map(|(_, value)| value.of(&doc.text))
}

impl Site {
    /// What becomes of the lines that a destination names in `file`.
    pub(super) fn lines_of(&self, file: FileId, first: u32) -> Fragment {
        let Some(doc) = self.doc_of(file) else { return Fragment::Line(first) };
        match self.doc(doc).text.lines().count() {
            0 => Fragment::Unknown,
            count => fragment(first, count as u32),
        }
    }

    /// Files whose number of lines decides over a destination, each once: count them, then
    /// [`Site::learn_line_counts`].
    #[must_use]
    pub fn files_to_count(&self) -> Vec<DocPath> {
        self.files_of(self.judgements.iter().flatten())
    }

    /// Those of one page.
    #[must_use]
    pub fn files_to_count_of(&self, id: DocId) -> Vec<DocPath> {
        self.files_of(self.judgements[id as usize].iter())
    }

    fn files_of<'s>(&'s self, judgements: impl Iterator<Item = &'s Judgement>) -> Vec<DocPath> {
        let notable = judgements.flat_map(|judgement| &judgement.notable);
        let named = notable.filter(|notable| matches!(notable.resolved.fragment, Fragment::Line(_)));
        let files = named.filter_map(|notable| notable.resolved.outcome.file());
        super::sorted(files.map(|file| self.files.path(file).clone()))
    }

    /// Takes note of how many lines files have; of those that were asked for and are not here that is not known.
    /// Returns the pages of which that decides over a destination.
    pub fn learn_line_counts(&mut self, counts: &BTreeMap<DocPath, u32>) -> Vec<DocId> {
        let asked = self.files_to_count();
        if asked.is_empty() {
            return Vec::new();
        }
        self.line_counts.extend(asked.into_iter().map(|path| (path.clone(), counts.get(&path).copied())));
        let pages = (0..).zip(&mut self.judgements);
        let decided = pages.filter_map(|(id, judgements)| {
            let learn = |judgement| apply(judgement, &self.files, &self.line_counts);
            judgements
                .iter_mut()
                .map(|judgement| usize::from(learn(judgement)))
                .max()
                .filter(|&any| any > 0)?;
            Some(id)
        });
        decided.collect()
    }
}

/// Applies what is known of lengths of files to the destinations of a page; says whether any is.
pub(super) fn apply(
    judgement: &mut Judgement,
    files: &Files,
    counts: &BTreeMap<DocPath, Option<u32>>,
) -> bool {
    let mut applies = false;
    for Notable { resolved, .. } in &mut judgement.notable {
        let Fragment::Line(first) = resolved.fragment else { continue };
        let Outcome::File(found) = resolved.outcome else { continue };
        let Some(count) = counts.get(files.path(found.item)) else { continue };
        resolved.fragment = count.map_or(Fragment::Unknown, |count| fragment(first, count));
        applies = true;
    }
    applies
}

fn fragment(first: u32, count: u32) -> Fragment {
    if first > count { Fragment::Beyond { lines: count } } else { Fragment::Found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_of_lines() {
        let lines = ["L10", "L10-L20", "L1C2-L3C4", "L10-20", "l10", "L", "Linux", "L-10", "L10-"];
        assert_eq!(
            lines.map(anchored_line),
            [Some(10), Some(10), Some(1), None, None, None, None, None, None]
        );
        let ranges = ["10-20", "1-3,9,7-", "", "a", "5-", "-3"];
        assert_eq!(ranges.map(ranged_line), [Some(10), Some(9), None, None, Some(5), None]);
    }
}
