//! Draws an excerpt: the only file that names miette.
//!
//! miette gets a text that is already short and harmless, with all places in it, and draws lines and labels; it never
//! sees the page, since its own sources read a file from the start for each finding and it is quadratic in labels.

use std::error::Error;
use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::excerpt::Excerpt;
use super::sketch::{Mark, MarkKind, Sketch};
use crate::finding::{Label, Level};
use crate::report::Style;
use crate::report::text::columns;
use crate::site::SourceText;
use crate::words::visible;

/// A drawn excerpt whose frame is still open at the bottom.
pub(super) struct Drawing<'f> {
    /// The lines.
    pub(super) text: String,
    /// The column of the frame's left edge.
    pub(super) indent: usize,
    /// Related places whose remark had no room.
    pub(super) unlabelled: Vec<&'f Label>,
}

/// Draws a sketch under the title `location`.
pub(super) fn draw<'f>(
    sketch: &Sketch<'f>,
    source: SourceText<'_>,
    location: &str,
    style: &Style,
) -> Drawing<'f> {
    let spans: Vec<_> = sketch.marks.iter().map(|mark| mark.span).collect();
    let excerpt = Excerpt::around(source, &spans, sketch.columns, style.unicode);
    let indent = (excerpt.first_line + excerpt.lines()).to_string().len() + 2;

    let mut unlabelled = Vec::new();
    let mut labels = Vec::new();
    for mark in &sketch.marks {
        let (start, end) = excerpt.place_of(mark.span, source);
        let room = style.width.saturating_sub(indent + 6 + excerpt.columns_before(start.midpoint(end)));
        labels.push(LabeledSpan::new(label_text(mark, sketch, room, &mut unlabelled), start, end - start));
    }
    let frame = Frame { excerpt, title: location.to_owned(), labels };
    let mut text = String::new();
    // Writing to a String fails only if miette asks for a place outside the excerpt; what is drawn so far remains.
    let _ = handler(sketch, style).render_report(&mut text, &frame);
    Drawing { text: without_header_and_bottom(&text), indent, unlabelled }
}

/// What stands at a mark: the finding's number, or the remark if it fits.
fn label_text<'f>(
    mark: &Mark<'f>,
    sketch: &Sketch<'f>,
    room: usize,
    unlabelled: &mut Vec<&'f Label>,
) -> Option<String> {
    match mark.kind {
        MarkKind::Finding(_) => sketch.place_number(mark.span.start).map(|number| format!("({number})")),
        MarkKind::Related(label) => {
            let remark = visible(&label.message);
            if remark.chars().map(columns).sum::<usize>() <= room {
                return Some(remark.into_owned());
            }
            unlabelled.push(label);
            None
        }
    }
}

fn handler(sketch: &Sketch<'_>, style: &Style) -> GraphicalReportHandler {
    let characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles: theme_styles(sketch, style) })
        .with_width(style.width)
        .with_context_lines(0)
        .with_wrap_lines(false)
        .with_links(false)
        .without_primary_span_start()
        .without_syntax_highlighting()
}

/// Colours for marks in their order, by level.
fn theme_styles(sketch: &Sketch<'_>, style: &Style) -> ThemeStyles {
    if !style.color {
        return ThemeStyles::none();
    }
    let ansi = ThemeStyles::ansi();
    let highlight = |mark: &Mark<'_>| match mark.kind {
        MarkKind::Finding(Level::Error) => ansi.error.bold(),
        MarkKind::Finding(Level::Warning) => ansi.warning.bold(),
        MarkKind::Finding(Level::Info) => ansi.advice.bold(),
        MarkKind::Related(_) => ansi.help,
    };
    ThemeStyles { highlights: sketch.marks.iter().map(highlight).collect(), link: ansi.help, ..ansi }
}

/// miette begins with an empty line where a message would be, and ends with the lower edge.
fn without_header_and_bottom(drawn: &str) -> String {
    let drawn = drawn.trim_matches('\n');
    let end = drawn.rfind('\n').unwrap_or(0);
    drawn[..end].split('\n').flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// An excerpt as miette wants it: without message, since the header is written by `pretty`.
struct Frame {
    excerpt: Excerpt,
    title: String,
    labels: Vec<LabeledSpan>,
}

impl SourceCode for Frame {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &self.excerpt.text;
        Ok(Box::new(MietteSpanContents::new_named(
            self.title.clone(),
            text.as_bytes(),
            (0, text.len()).into(),
            self.excerpt.first_line,
            0,
            self.excerpt.lines(),
        )))
    }
}

impl Diagnostic for Frame {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl Error for Frame {}

impl fmt::Display for Frame {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}
