//! Destinations that name lines of a file: `script.ps1#L10-L20`, a code sample's `range`.
//!
//! Owns how lines are named, and what becomes of them. How many lines a file has that is no page only the disk knows.

use std::collections::BTreeMap;

use super::resolve::{Fragment, Outcome};
use super::{Doc, FileId, Notable, Site};
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
        let notable = self.judgements.iter().flatten().flat_map(|judgement| &judgement.notable);
        let mut paths: Vec<_> = notable
            .filter(|notable| matches!(notable.resolved.fragment, Fragment::Line(_)))
            .filter_map(|notable| Some(self.files.path(notable.resolved.outcome.file()?).clone()))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Takes note of how many lines files have.
    pub fn learn_line_counts(&mut self, counts: &BTreeMap<DocPath, u32>) {
        let judgements = self.judgements.iter_mut().flatten();
        for Notable { resolved, .. } in judgements.flat_map(|judgement| &mut judgement.notable) {
            let Fragment::Line(first) = resolved.fragment else { continue };
            let Outcome::File(found) = resolved.outcome else { continue };
            let count = counts.get(self.files.path(found.item));
            resolved.fragment = count.map_or(Fragment::Unknown, |&count| fragment(first, count));
        }
    }
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
