//! The first lines of a section, as they are written.

use crate::facts::HeadingId;
use crate::site::Doc;
use crate::source::floor_char_boundary;

/// Where to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Behind the page's title.
    Beginning,
    /// Behind a heading.
    Heading(HeadingId),
    /// With the line that holds an offset.
    Offset(usize),
}

/// So many lines are shown.
const MOST_LINES: usize = 8;
/// And so many bytes.
const MOST_BYTES: usize = 800;

/// The first lines, up to the next heading of the same level or a higher one; empty where nothing is written there.
#[must_use]
pub fn of(doc: &Doc, from: From) -> String {
    if doc.is_navigation {
        return String::new();
    }
    let (start, end) = bounds(doc, from);
    let section = doc.text.get(start..end).unwrap_or_default();
    let mut shown = String::new();
    let mut fence = None;
    for line in section.lines().skip_while(|line| is_skipped(line)).take(MOST_LINES) {
        let left = MOST_BYTES.saturating_sub(shown.len());
        let cut = floor_char_boundary(line, left.min(line.len()));
        shown.push_str(&line[..cut]);
        if cut < line.len() {
            shown.push('…');
            break;
        }
        shown.push('\n');
        fence = after(line, fence);
    }
    let mut shown = shown.trim_end().to_owned();
    if let Some(fence) = fence {
        shown.push('\n');
        shown.push_str(fence);
    }
    shown
}

fn bounds(doc: &Doc, from: From) -> (usize, usize) {
    let headings = &doc.facts.headings;
    let heading = match from {
        From::Heading(heading) => Some(heading as usize),
        From::Beginning => headings.iter().position(|heading| heading.level == 1),
        From::Offset(offset) => {
            let line = doc.lines.line_span(&doc.text, doc.lines.line_of(offset));
            let next = headings.iter().find(|heading| heading.span.range().start > offset);
            return (line.range().start, next.map_or(doc.text.len(), |next| next.span.range().start));
        }
    };
    match heading.and_then(|index| Some((index, headings.get(index)?))) {
        Some((index, heading)) => {
            let next = headings[index + 1..].iter().find(|next| next.level <= heading.level);
            let start = heading.span.range().end;
            let end = next.map_or(doc.text.len(), |next| next.span.range().start);
            (start, end.max(start))
        }
        None => {
            let header = doc.facts.front_matter.as_ref().map(|header| header.span.range().end);
            let behind = header.map(|end| doc.lines.start_of(doc.lines.line_of(end) + 1).unwrap_or(end));
            let start = match (header, behind) {
                (Some(end), Some(behind)) if is_delimiter(doc, end) => behind,
                (Some(end), _) => doc.lines.start_of(doc.lines.line_of(end) + 2).unwrap_or(doc.text.len()),
                (None, _) => 0,
            };
            (start.min(doc.text.len()), doc.text.len())
        }
    }
}

/// Whether the line at an offset closes the front matter.
fn is_delimiter(doc: &Doc, offset: usize) -> bool {
    let line = doc.lines.line_span(&doc.text, doc.lines.line_of(offset)).of(&doc.text).trim();
    line.len() >= 3 && line.bytes().all(|byte| matches!(byte, b'-' | b'+' | b'.'))
}

/// Blank lines, the line under a heading, and comments on one line.
fn is_skipped(line: &str) -> bool {
    let line = line.trim();
    line.bytes().all(|byte| byte == b'=')
        || line.bytes().all(|byte| byte == b'-')
        || line.starts_with("<!--") && line.ends_with("-->")
}

/// The fence that is open after a line.
fn after<'l>(line: &'l str, open: Option<&'l str>) -> Option<&'l str> {
    let line = line.trim_start();
    let mark = line.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
    let length = mark.map_or(0, |mark| line.bytes().take_while(|byte| *byte == mark).count());
    let fence = &line[..length];
    match open {
        None => (length >= 3).then_some(fence),
        Some(open) if fence.starts_with(open) && line[length..].trim().is_empty() => None,
        open => open,
    }
}
