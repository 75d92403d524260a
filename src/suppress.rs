//! Suppression comments: which findings they silence, and which of them silence none.
//!
//! Owns the meaning of the comments' scopes. That a comment is well written is `invalid-suppression`'s business.

use std::collections::HashMap;

use crate::facts::{Scope, Suppression};
use crate::finding::Finding;
use crate::site::Doc;
use crate::source::Spanned;

/// A rule named in a suppression comment that silenced nothing.
pub struct Unused<'d> {
    /// The rule as written in the comment.
    pub rule: &'d Spanned<Box<str>>,
}

/// The comments of one page and the lines they cover.
pub struct Suppressions<'d> {
    covers: Vec<Cover<'d>>,
}

struct Cover<'d> {
    rule: &'d Spanned<Box<str>>,
    /// First and last line, from 0.
    lines: (usize, usize),
    used: bool,
}

impl<'d> Suppressions<'d> {
    /// What the comments of `doc` cover.
    #[must_use]
    pub fn of(doc: &'d Doc) -> Suppressions<'d> {
        let mut covers = Vec::new();
        let mut open: Vec<(&Suppression, usize)> = Vec::new();
        let mut next = (usize::MAX, 0);
        for suppression in &doc.facts.suppressions {
            let last_line = doc.lines.line_of(suppression.span.end as usize);
            match suppression.scope {
                Scope::File => cover(&mut covers, suppression, (0, usize::MAX)),
                Scope::NextLine => {
                    if next.0 != last_line {
                        next = (last_line, next_filled_line(doc, last_line + 1));
                    }
                    cover(&mut covers, suppression, (next.1, next.1));
                }
                Scope::Start => open.push((suppression, last_line)),
                Scope::End => {
                    if let Some((start, line)) = open.pop() {
                        cover(&mut covers, start, (line, last_line));
                    }
                }
                Scope::Unknown(_) => {}
            }
        }
        Suppressions { covers }
    }

    /// Takes out the findings of this page that a comment silences; they are sorted. Such a comment counts as used.
    pub fn silence(&mut self, doc: &Doc, findings: &mut Vec<Finding>) -> Vec<Finding> {
        if self.covers.is_empty() {
            return Vec::new();
        }
        let mut by_rule: HashMap<&str, Lines> = HashMap::new();
        for finding in &*findings {
            let line = doc.lines.line_of(finding.span.start as usize);
            by_rule.entry(finding.rule.id).or_default().lines.push(line);
        }
        for lines in by_rule.values_mut() {
            lines.begin = vec![0; lines.lines.len() + 1];
            lines.end = lines.begin.clone();
        }
        for cover in &mut self.covers {
            cover.used = by_rule.get_mut(&*cover.rule.value).is_some_and(|lines| lines.cover(cover.lines));
        }
        let is_covered =
            |finding: &mut Finding| by_rule.get_mut(finding.rule.id).is_some_and(Lines::next_is_covered);
        findings.extract_if(.., is_covered).collect()
    }

    /// What has silenced nothing.
    pub fn unused(&self) -> impl Iterator<Item = Unused<'d>> {
        self.covers.iter().filter(|cover| !cover.used).map(|cover| Unused { rule: cover.rule })
    }
}

/// Where one rule's findings are, and how many comments begin and cease to cover at each of them.
#[derive(Default)]
struct Lines {
    lines: Vec<usize>,
    begin: Vec<usize>,
    end: Vec<usize>,
    /// The finding asked for last, and how many comments cover it.
    at: usize,
    depth: usize,
}

impl Lines {
    /// Covers the findings of some lines; says whether there are any.
    fn cover(&mut self, (first, last): (usize, usize)) -> bool {
        let begin = self.lines.partition_point(|&line| line < first);
        let end = self.lines.partition_point(|&line| line <= last);
        self.begin[begin] += 1;
        self.end[end] += 1;
        begin < end
    }

    fn next_is_covered(&mut self) -> bool {
        self.depth = self.depth + self.begin[self.at] - self.end[self.at];
        self.at += 1;
        self.depth > 0
    }
}

fn cover<'d>(covers: &mut Vec<Cover<'d>>, suppression: &'d Suppression, lines: (usize, usize)) {
    covers.extend(suppression.rules.iter().map(|rule| Cover { rule, lines, used: false }));
}

fn next_filled_line(doc: &Doc, from: usize) -> usize {
    (from..doc.lines.count())
        .find(|&line| !doc.lines.line_span(&doc.text, line).of(&doc.text).trim().is_empty())
        .unwrap_or(from)
}
