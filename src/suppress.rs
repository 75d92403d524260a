//! Suppression comments: which findings they silence, and which of them silence none.
//!
//! Owns the meaning of the comments' scopes. That a comment is well written is `invalid-suppression`'s business.

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
        for suppression in &doc.facts.suppressions {
            let last_line = doc.lines.line_of(suppression.span.end as usize);
            match suppression.scope {
                Scope::File => cover(&mut covers, suppression, (0, usize::MAX)),
                Scope::NextLine => {
                    let next = next_filled_line(doc, last_line + 1);
                    cover(&mut covers, suppression, (next, next));
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

    /// Whether a comment silences a finding of this page; the comment then counts as used.
    pub fn silence(&mut self, doc: &Doc, finding: &Finding) -> bool {
        if self.covers.is_empty() {
            return false;
        }
        let line = doc.lines.line_of(finding.span.start as usize);
        let mut silenced = false;
        for cover in &mut self.covers {
            if *cover.rule.value == *finding.rule.id && (cover.lines.0..=cover.lines.1).contains(&line) {
                cover.used = true;
                silenced = true;
            }
        }
        silenced
    }

    /// What has silenced nothing.
    pub fn unused(&self) -> impl Iterator<Item = Unused<'d>> {
        self.covers.iter().filter(|cover| !cover.used).map(|cover| Unused { rule: cover.rule })
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
