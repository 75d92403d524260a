//! Decides what one excerpt shows: which findings share it, which related places are near enough to stand in it.
//!
//! Knows spans and columns, but not how anything is drawn.

use crate::finding::{Finding, Label, Level};
use crate::report::text::columns;
use crate::site::SourceText;
use crate::source::Span;

/// What one excerpt shows.
pub(super) struct Sketch<'f> {
    /// The findings whose spans are in it.
    pub(super) findings: Vec<&'f Finding>,
    /// The places it points at, sorted; no two overlap.
    pub(super) marks: Vec<Mark<'f>>,
    /// Related places that do not fit in it.
    pub(super) notes: Vec<&'f Label>,
    /// How many related places are not shown at all.
    pub(super) hidden: usize,
    /// Columns there are for the text.
    pub(super) columns: usize,
}

/// A place in an excerpt.
pub(super) struct Mark<'f> {
    /// The bytes in the page, within a few lines.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: MarkKind<'f>,
}

/// What a mark stands for.
pub(super) enum MarkKind<'f> {
    /// The place of findings; the gravest level.
    Finding(Level),
    /// A related place.
    Related(&'f Label),
}

/// A span over more lines than this is shown by its first line.
const MAX_LINES: usize = 4;

/// A related place further away becomes a note.
const NEAR: usize = 3;

/// More related places of one finding are counted only.
const MAX_RELATED: usize = 6;

/// Columns that places sharing an excerpt leave for what stands around them.
const CONTEXT: usize = 16;

/// The narrowest and the widest excerpt that can be read.
const COLUMNS: (usize, usize) = (40, 160);

/// Distributes the findings of one line over as few excerpts as can show them.
pub(super) fn sketches<'f>(
    findings: &'f [Finding],
    source: SourceText<'_>,
    terminal_width: usize,
) -> Vec<Sketch<'f>> {
    let columns = text_columns(findings, source, terminal_width);
    let mut sketches: Vec<Sketch<'f>> = Vec::new();
    for finding in findings {
        let span = shown_part(source, finding.span);
        match sketches.last_mut() {
            Some(last) if last.shows(span) || last.admits(span, source) => last.add(finding, span),
            _ => {
                let mut sketch =
                    Sketch { findings: vec![], marks: vec![], notes: vec![], hidden: 0, columns };
                sketch.add(finding, span);
                sketches.push(sketch);
            }
        }
    }
    for sketch in &mut sketches {
        sketch.add_related(source);
    }
    sketches
}

impl<'f> Sketch<'f> {
    /// The number that tells a finding from the others of the excerpt, where they point at different places.
    pub(super) fn number_of(&self, finding: usize) -> Option<usize> {
        self.place_number(self.findings[finding].span.start)
    }

    /// The number of the place that begins at `start`.
    pub(super) fn place_number(&self, start: u32) -> Option<usize> {
        let is_finding = |mark: &&Mark<'_>| matches!(mark.kind, MarkKind::Finding(_));
        let mut places = self.marks.iter().filter(is_finding);
        if places.clone().count() < 2 {
            return None;
        }
        places.position(|place| place.span.start == start).map(|index| index + 1)
    }

    fn add(&mut self, finding: &'f Finding, span: Span) {
        self.findings.push(finding);
        match self.marks.iter_mut().find(|mark| mark.span == span) {
            Some(Mark { kind: MarkKind::Finding(level), .. }) => *level = finding.level.max(*level),
            _ => self.insert(span, MarkKind::Finding(finding.level)),
        }
    }

    fn add_related(&mut self, source: SourceText<'_>) {
        for finding in self.findings.clone() {
            let (shown, hidden) = finding.related.split_at(finding.related.len().min(MAX_RELATED));
            self.hidden += hidden.len();
            for label in shown {
                let span = shown_part(source, label.span);
                if label.path == finding.path && self.admits(span, source) {
                    self.insert(span, MarkKind::Related(label));
                } else if !self.knows(label) {
                    self.notes.push(label);
                }
            }
        }
    }

    fn knows(&self, label: &Label) -> bool {
        let is_mark = |mark: &Mark<'_>| matches!(mark.kind, MarkKind::Related(known) if known == label);
        self.marks.iter().any(is_mark) || self.notes.contains(&label)
    }

    fn insert(&mut self, span: Span, kind: MarkKind<'f>) {
        let index = self.marks.partition_point(|mark| mark.span <= span);
        self.marks.insert(index, Mark { span, kind });
    }

    fn shows(&self, span: Span) -> bool {
        self.marks.iter().any(|mark| mark.span == span && matches!(mark.kind, MarkKind::Finding(_)))
    }

    /// Whether the place can be shown beside the others: apart from them, near, and in view together with them.
    fn admits(&self, span: Span, source: SourceText<'_>) -> bool {
        let line = |span: Span| source.lines.line_of(span.start as usize);
        let admits_beside = |other: Span| {
            let hull = Span { start: span.start.min(other.start), end: span.end.max(other.end) };
            apart(span, other)
                && line(span).abs_diff(line(other)) <= NEAR
                && (line(span) != line(other) || fits(hull.of(source.text), self.columns - CONTEXT))
        };
        self.marks.iter().all(|mark| admits_beside(mark.span))
    }
}

fn apart(one: Span, other: Span) -> bool {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    first.end <= second.start && first.start < second.start
}

/// The part of a span to show: within the text, and no longer than a few lines.
fn shown_part(source: SourceText<'_>, span: Span) -> Span {
    let start = (span.start as usize).min(source.text.len());
    let end = (span.end as usize).clamp(start, source.text.len());
    let first = source.lines.line_of(start);
    let last = source.lines.line_of(end.saturating_sub(1).max(start));
    if last - first < MAX_LINES {
        return Span::new(start, end);
    }
    let line = source.lines.line_span(source.text, first);
    Span::new(start, (line.end as usize).max(start))
}

/// What the terminal leaves for text beside line numbers, frame and ellipses.
fn text_columns(findings: &[Finding], source: SourceText<'_>, terminal_width: usize) -> usize {
    let line = findings.first().map_or(0, |finding| source.lines.line_of(finding.span.start as usize));
    let gutter = (line + 1 + MAX_LINES).to_string().len() + 4;
    let ellipses = 6;
    terminal_width.saturating_sub(gutter + ellipses).clamp(COLUMNS.0, COLUMNS.1)
}

/// Whether `text` fits in so many columns; reads no further than that.
pub(super) fn fits(text: &str, limit: usize) -> bool {
    let mut taken = 0;
    text.chars().all(|character| {
        taken += columns(character);
        taken <= limit
    })
}
