//! Silences a finding: a suppression comment where the page stays what it is.
//!
//! Which place that is depends on what stands around it, so several are tried: a comment is only offered after the page
//! was read with it, has the same parts as before, and the finding is silenced.

use std::sync::Arc;

use super::{Action, Request, edited};
use crate::facts::{Facts, Scope, Suppression};
use crate::finding::{Edit, Finding};
use crate::parse::{Blocks, parse};
use crate::site::Doc;
use crate::source::{LineIndex, Span};
use crate::suppress::Suppressions;

/// Stands where the writer is to say why.
pub const REASON: &str = "say why";

/// Comments about comments help nobody; what is found of the whole site, no comment of a page silences; and of a table
/// and the text it is glued to a comment makes two.
const NEVER: &[&str] = &[
    "duplicate-redirect",
    "glued-table",
    "invalid-suppression",
    "itil-coverage",
    "orphan-asset",
    "orphan-page",
    "redirect-chain",
    "redirect-loop",
    "redirect-source-exists",
    "redirect-target-missing",
    "unreadable-page",
    "unused-suppression",
];

/// Silences a finding of a page.
pub(super) fn comment(request: &Request<'_>, finding: usize) -> Option<Action> {
    let found = &request.findings[finding];
    let doc = request.site.doc(request.site.find_doc(&found.path)?);
    if doc.is_navigation || NEVER.contains(&found.rule.id) {
        return None;
    }
    let page = Silenced { doc, finding: found };
    let edits = page.candidates().into_iter().find(|edits| page.is_silenced_by(edits))?;
    let title = format!("Silence this `{}` with a comment", found.rule.id);
    Some(Action { to_type: Some(REASON), ..Action::quick(finding, title, edits) })
}

/// A page of which a finding is silenced.
struct Silenced<'s> {
    doc: &'s Doc,
    finding: &'s Finding,
}

impl Silenced<'_> {
    /// Where comments may stand, the best place first.
    fn candidates(&self) -> Vec<Vec<Edit>> {
        let facts = &self.doc.facts;
        let at = self.finding.span.start;
        if facts.front_matter.as_ref().is_some_and(|header| at <= header.span.end) {
            return self.below_header().into_iter().collect();
        }
        let line = self.doc.lines.line_of(at as usize);
        if self.is_about_page() {
            return vec![self.on_top()];
        }
        let around = facts.tables.iter().find(|table| table.span.start <= at && at < table.span.end);
        if let Some(table) = around.filter(|table| at > table.header.span.end) {
            return vec![self.around(table.span)];
        }
        if let Some(end) = self.comment_before(line) {
            return vec![self.insert(end, format!(" {}", self.written("ignore-next-line")))];
        }
        let above = self.above(line);
        match self.text_before(line) {
            Some(end) => {
                vec![self.insert(end, format!(" {}", self.written("ignore-next-line"))), above]
            }
            None => vec![above],
        }
    }

    /// Whether the finding stands at the first line for want of a better place: it would move along to the comment's.
    fn is_about_page(&self) -> bool {
        let span = self.finding.span;
        span.start == 0 && (span.is_empty() || span == self.doc.lines.line_span(&self.doc.text, 0))
    }

    /// For the whole page, before all else.
    fn on_top(&self) -> Vec<Edit> {
        let start = if self.doc.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        self.insert(start, format!("{}{1}{1}", self.written("ignore-file"), self.newline()))
    }

    /// Front matter holds no comments of ours: below it one for the whole page.
    fn below_header(&self) -> Option<Vec<Edit>> {
        let header = self.doc.facts.front_matter.as_ref()?.span;
        let lines = (self.doc.lines.line_of(header.end as usize)..self.doc.lines.count())
            .map(|line| self.doc.lines.line_span(&self.doc.text, line));
        let mut ends =
            lines.filter(|line| matches!(line.of(&self.doc.text).trim_end(), "---" | "+++" | "..." | "}"));
        let end = ends.next()?.end as usize;
        Some(self.insert(end, format!("{0}{0}{1}", self.newline(), self.written("ignore-file"))))
    }

    /// On a line of its own directly above.
    fn above(&self, line: usize) -> Vec<Edit> {
        let start = self.doc.lines.start_of(line).unwrap_or_default();
        let prefix = self.prefix(line);
        let comment = self.written("ignore-next-line");
        let between = self.blank_line(prefix);
        self.insert(start, format!("{prefix}{comment}{}{between}", self.newline()))
    }

    /// Before and after a block that may hold none.
    fn around(&self, block: Span) -> Vec<Edit> {
        let first = self.doc.lines.line_of(block.start as usize);
        let last = self.doc.lines.line_of(block.end.saturating_sub(1) as usize);
        let prefix = self.prefix(first);
        let start = self.doc.lines.start_of(first).unwrap_or_default();
        let end = self.doc.lines.line_span(&self.doc.text, last).end as usize;
        let newline = self.newline();
        let blank = format!("{}{newline}", prefix.trim_end());
        let mut edits =
            self.insert(start, format!("{prefix}{}{newline}{blank}", self.written("ignore-start")));
        edits.extend(self.insert(end, format!("{newline}{blank}{prefix}{}", self.written("ignore-end"))));
        edits
    }

    /// The end of a comment about this very line: a second one goes beside it, since between the two it would be the
    /// line that the first is about.
    fn comment_before(&self, line: usize) -> Option<usize> {
        let (doc, lines) = (self.doc, &self.doc.lines);
        let mut comments = doc.facts.suppressions.iter();
        let is_before = |comment: &&Suppression| {
            comment.scope == Scope::NextLine && lines.line_of(comment.span.end as usize) < line
        };
        let before = comments.rfind(is_before)?;
        let end = lines.line_of(before.span.end as usize);
        let is_blank = |line| lines.line_span(&doc.text, line).of(&doc.text).trim().is_empty();
        (end + 1..line).all(is_blank).then(|| {
            let rest = lines.line_span(&doc.text, end);
            let rest = &doc.text[before.span.end as usize..rest.end as usize];
            // What MDX has around it.
            let closing =
                if rest.trim_start().starts_with("*/}") { rest.find('}').map_or(0, |at| at + 1) } else { 0 };
            before.span.end as usize + closing
        })
    }

    /// Where the text of the line before ends, if that is text which goes on in this line or a list's next item.
    fn text_before(&self, line: usize) -> Option<usize> {
        let before = self.doc.lines.line_span(&self.doc.text, line.checked_sub(1)?);
        let text = before.of(&self.doc.text);
        let is_heading = self
            .doc
            .facts
            .headings
            .iter()
            .any(|heading| heading.span.contains(before) || before.contains(heading.span));
        let written = text.trim_end();
        // What follows the last `|` of a row is one more cell.
        if written.contains('|') {
            return None;
        }
        let is_text = !written.trim_start_matches([' ', '\t', '>']).is_empty();
        (is_text && !is_heading && !written.ends_with('\\')).then_some(before.start as usize + written.len())
    }

    /// What stands before the text of a line: blanks and marks of quotes.
    fn prefix(&self, line: usize) -> &str {
        let text = self.doc.lines.line_span(&self.doc.text, line).of(&self.doc.text);
        &text[..text.len() - text.trim_start_matches([' ', '\t', '>']).len()]
    }

    /// Markdown knows where a comment ends; elsewhere an empty line says so.
    fn blank_line(&self, prefix: &str) -> String {
        match self.doc.flavor.blocks {
            Blocks::CommonMark => String::new(),
            Blocks::Mdx | Blocks::Python { .. } => format!("{}{}", prefix.trim_end(), self.newline()),
        }
    }

    fn written(&self, word: &str) -> String {
        let comment = match word {
            "ignore-end" => format!("<!-- waypost-{word} -->"),
            _ => format!("<!-- waypost-{word} {}: {REASON} -->", self.finding.rule.id),
        };
        if self.doc.flavor.blocks == Blocks::Mdx { format!("{{/* {comment} */}}") } else { comment }
    }

    fn newline(&self) -> &'static str {
        if self.doc.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn insert(&self, at: usize, text: String) -> Vec<Edit> {
        vec![Edit { path: self.doc.path.clone(), span: Span::at(at), text }]
    }

    fn is_silenced_by(&self, edits: &[Edit]) -> bool {
        let text = edited(&self.doc.text, edits);
        let lines = LineIndex::new(&text);
        let facts = Arc::new(parse(&text, &lines, self.doc.flavor));
        if shape(&facts, &text) != shape(&self.doc.facts, &self.doc.text) {
            return false;
        }
        let after = Doc { text: text.into(), lines, facts, ..self.doc.clone() };
        let mut finding = self.finding.clone();
        let before = edits.iter().filter(|edit| edit.span.start <= finding.span.start);
        let shift = before.map(|edit| edit.text.len()).sum::<usize>() as u32;
        finding.span = Span { start: finding.span.start + shift, end: finding.span.end + shift };
        let mut found = vec![finding];
        Suppressions::of(&after).silence(&after, &mut found);
        found.is_empty()
    }
}

/// What must be the same with a comment as without.
fn shape<'t>(facts: &'t Facts, text: &'t str) -> impl PartialEq + use<'t> {
    let headings: Vec<_> = facts.headings.iter().map(|heading| (heading.level, heading.text(text))).collect();
    let tables: Vec<_> =
        facts.tables.iter().map(|table| (table.header.cells.len(), table.rows.len())).collect();
    let counts = [
        facts.links.len(),
        facts.references.len(),
        facts.definitions.len(),
        facts.undefined_references.len(),
        facts.undefined_footnotes.len(),
        facts.footnote_definitions,
        facts.ids.len(),
        facts.code_blocks.len(),
        facts.directives.len(),
    ];
    (headings, tables, counts)
}
