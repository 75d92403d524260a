//! What of a page can be folded away.

use super::sections::sections;
use crate::facts::Scope;
use crate::site::{Doc, DocId, Site};
use crate::source::Span;

/// Several lines of which only the first need be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// From what stays to the end of the last line that is not blank.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// The front matter.
    FrontMatter,
    /// A heading and what stands under it.
    Section,
    /// A table.
    Table,
    /// A code block.
    Code,
    /// A comment.
    Comment,
    /// From `waypost-ignore-start` to `waypost-ignore-end`.
    Region,
}

/// The parts of a page that can be folded, in order; each has several lines.
#[must_use]
pub fn folds(site: &Site, doc: DocId) -> Vec<Fold> {
    let Some(doc) = site.docs.get(doc as usize) else { return Vec::new() };
    let facts = &doc.facts;
    let fold = |kind: FoldKind| move |span: Span| Fold { span, kind };
    let front_matter = facts.front_matter.as_ref().map(|front_matter| front_matter.span);
    let mut folds: Vec<Fold> = front_matter.into_iter().map(fold(FoldKind::FrontMatter)).collect();
    folds.extend(sections(doc).into_iter().map(fold(FoldKind::Section)));
    folds.extend(facts.tables.iter().map(|table| table.span).map(fold(FoldKind::Table)));
    folds.extend(facts.code_blocks.iter().copied().map(fold(FoldKind::Code)));
    folds.extend(comments(doc).into_iter().map(fold(FoldKind::Comment)));
    folds.extend(regions(doc).into_iter().map(fold(FoldKind::Region)));
    for fold in &mut folds {
        fold.span = without_blank_end(fold.span, &doc.text);
    }
    folds.retain(|fold| has_lines(doc, fold.span));
    folds.sort_unstable();
    folds
}

fn without_blank_end(span: Span, text: &str) -> Span {
    let content = span.of(text).trim_end().len();
    Span::new(span.range().start, span.range().start + content)
}

fn has_lines(doc: &Doc, span: Span) -> bool {
    !span.is_empty() && doc.lines.line_of(span.range().start) < doc.lines.line_of(span.range().end)
}

/// Comments that begin a line: those make a block of their own.
fn comments(doc: &Doc) -> Vec<Span> {
    const OPEN: &str = "<!--";
    const CLOSE: &str = "-->";
    let text = &*doc.text;
    if doc.is_navigation {
        return Vec::new();
    }
    let mut comments = Vec::new();
    let mut from = doc.facts.front_matter.as_ref().map_or(0, |front_matter| front_matter.span.range().end);
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(OPEN)).map(|at| from + at) {
        from = at + OPEN.len();
        let line = doc.lines.start_of(doc.lines.line_of(at)).unwrap_or_default();
        let begins_line = text[line..at].trim().is_empty();
        if !begins_line || is_in_code(doc, at) {
            continue;
        }
        let Some(end) = text[from..].find(CLOSE) else { break };
        from += end + CLOSE.len();
        comments.push(Span::new(at, from));
    }
    comments
}

fn is_in_code(doc: &Doc, offset: usize) -> bool {
    let blocks = &doc.facts.code_blocks;
    let before = blocks.partition_point(|block| block.range().start <= offset);
    before > 0 && offset < blocks[before - 1].range().end
}

/// What suppression comments enclose; the innermost pairs first.
fn regions(doc: &Doc) -> Vec<Span> {
    let mut open = Vec::new();
    let mut regions = Vec::new();
    for suppression in &doc.facts.suppressions {
        match suppression.scope {
            Scope::Start => open.push(suppression.span.range().start),
            Scope::End => {
                let end = suppression.span.range().end;
                regions.extend(open.pop().map(|start| Span::new(start, end)));
            }
            Scope::NextLine | Scope::File | Scope::Unknown(_) => {}
        }
    }
    regions
}
