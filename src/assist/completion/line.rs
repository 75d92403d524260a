//! What is being typed at a place of a line, be the text around it broken or not.
//!
//! Owns where a destination or label begins and ends while nobody has closed it yet. Knows no files and no platforms.

use crate::dialect::Usage;
use crate::facts::Embed;
use crate::site::Doc;
use crate::source::Span;

/// A destination that is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// All of it that is there.
    pub(super) span: Span,
    /// Where the cursor stands in it.
    pub(super) offset: usize,
    /// What the platform will make of it.
    pub(super) usage: Usage,
}

impl Typed {
    /// Where its `#` stands.
    pub(super) fn hash(&self, text: &str) -> Option<usize> {
        Some(self.span.start as usize + self.span.of(text).find('#')?)
    }

    /// The path before the cursor.
    pub(super) fn before<'t>(&self, text: &'t str) -> &'t str {
        Span::new(self.span.start as usize, self.offset).of(text)
    }
}

/// Whether an offset stands in code, where nothing is a link.
pub(super) fn is_code(doc: &Doc, offset: usize) -> bool {
    let blocks = &doc.facts.code_blocks;
    let next = blocks.partition_point(|block| block.start as usize <= offset);
    let is_in = next > 0 && offset < blocks[next - 1].end as usize;
    let (before, _) = around(doc, offset);
    is_in || before.matches('`').count() % 2 == 1
}

/// The text of the line before and after an offset.
fn around(doc: &Doc, offset: usize) -> (&str, &str) {
    let line = doc.lines.line_span(&doc.text, doc.lines.line_of(offset)).range();
    let offset = offset.clamp(line.start, line.end);
    (&doc.text[line.start..offset], &doc.text[offset..line.end])
}

/// What begins a destination, and what ends it.
struct Opener {
    mark: &'static str,
    end: End,
    embed: Option<Embed>,
    usage: Usage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// A blank, or a `)` that none opens.
    Parenthesis,
    /// One of these.
    Any(&'static [char]),
}

const OPENERS: &[Opener] = &[
    Opener::new("](", End::Parenthesis, None, Usage::Link),
    Opener::new("](<", End::Any(&['>', '<']), None, Usage::Link),
    Opener::new("href=\"", End::Any(&['"']), None, Usage::Address),
    Opener::new("href='", End::Any(&['\'']), None, Usage::Address),
    Opener::new("src=\"", End::Any(&['"']), None, Usage::Image),
    Opener::new("src='", End::Any(&['\'']), None, Usage::Image),
    Opener::new("{{#include ", End::Any(&['}', ':', ' ']), Some(Embed::Mustache), Usage::Include),
    Opener::new("--8<-- \"", End::Any(&['"', ':']), Some(Embed::Scissors), Usage::Include),
    Opener::new("<!--@include: ", End::Any(&['{', '-', ' ']), Some(Embed::Comment), Usage::Include),
    Opener::new("<<< ", End::Any(&['{', ' ']), Some(Embed::CodeImport), Usage::Code),
];

impl Opener {
    const fn new(mark: &'static str, end: End, embed: Option<Embed>, usage: Usage) -> Opener {
        Opener { mark, end, embed, usage }
    }

    /// Where a destination begins in the line before the cursor, if it has not ended there.
    fn begins(&self, doc: &Doc, before: &str) -> Option<usize> {
        if self.embed.is_some_and(|embed| !doc.flavor.embeds.contains(&embed)) {
            return None;
        }
        let start = before.rfind(self.mark)? + self.mark.len();
        // That of a longer mark ends there.
        (end(self.end, &before[start..]).is_none()).then_some(start)
    }
}

/// Where a destination ends in a text, if it does.
fn end(end: End, text: &str) -> Option<usize> {
    match end {
        End::Any(marks) => text.find(marks),
        End::Parenthesis => {
            let mut depth = 0_u32;
            text.char_indices().find_map(|(at, next)| {
                match next {
                    '(' => depth += 1,
                    ')' if depth == 0 => return Some(at),
                    ')' => depth -= 1,
                    next if next.is_whitespace() || next == '<' => return Some(at),
                    _ => {}
                }
                None
            })
        }
    }
}

/// The destination that is being typed at an offset.
pub(super) fn destination(doc: &Doc, offset: usize) -> Option<Typed> {
    let (before, after) = around(doc, offset);
    let opened = OPENERS.iter().filter_map(|opener| Some((opener.begins(doc, before)?, opener)));
    let (start, opener) = match opened.max_by_key(|(start, _)| *start) {
        Some((start, opener)) => (start, opener),
        None => (definition(before)?, &OPENERS[0]),
    };
    let usage = match opener.mark.starts_with("](") {
        true => usage(&before[..start - opener.mark.len().min(start)]),
        false => opener.usage,
    };
    // What is not closed may be anything.
    let open = before[start..].matches('(').count() > before[start..].matches(')').count();
    let rest = match end(opener.end, after) {
        Some(end)
            if opener.mark != "](" || after[end..].starts_with(')') || after[end..].starts_with(" \"") =>
        {
            end
        }
        Some(end) if definition(before).is_some() => end,
        None if definition(before).is_some() => after.len(),
        _ => 0,
    };
    let rest = if open { 0 } else { rest };
    let line = offset - before.len();
    Some(Typed { span: Span::new(line + start, offset + rest), offset, usage })
}

/// Where the destination of a definition begins: `[label]: `.
fn definition(before: &str) -> Option<usize> {
    let rest = before.trim_start_matches([' ', '\t', '>']);
    let label = rest.strip_prefix('[')?.split_once("]:")?;
    let destination = label.1.trim_start();
    let is_label = !label.0.contains(['[', ']']) && !label.0.starts_with('^') && !label.0.trim().is_empty();
    (is_label && !destination.contains(char::is_whitespace) && !destination.starts_with('<'))
        .then_some(before.len() - destination.len())
}

/// What a link is by what stands before its destination: `![`, `[!INCLUDE [`, `[!code-name[`.
fn usage(before: &str) -> Usage {
    let Some(open) = before.rfind('[') else { return Usage::Link };
    let head = before[..open].trim_end();
    if head.ends_with('!') && head.len() == open {
        return Usage::Image;
    }
    match head.rfind("[!").map(|keyword| &head[keyword + 2..]) {
        Some(keyword) if keyword.contains([']', ' ', '[']) => Usage::Link,
        Some(keyword) if keyword.eq_ignore_ascii_case("include") => Usage::Include,
        Some(keyword) if keyword.len() > 4 && keyword[..4].eq_ignore_ascii_case("code") => Usage::Code,
        _ => Usage::Link,
    }
}

/// The label that is being typed at an offset: after `[`, without `]` before the cursor.
pub(super) fn label(doc: &Doc, offset: usize) -> Option<Span> {
    let (before, after) = around(doc, offset);
    let start = before.rfind('[')? + 1;
    let typed = &before[start..];
    if typed.contains(']') || typed.starts_with(['^', '!', ' ']) || before[..start - 1].ends_with('\\') {
        return None;
    }
    // Further on it may be the text of a link as well.
    let closed = after.find([']', '[']).filter(|&end| after[end..].starts_with(']'));
    let is_reference = before[..start - 1].ends_with(']');
    let end = match closed {
        Some(end) if is_reference || !after[end + 1..].starts_with(['(', '[', ':']) => end,
        Some(_) => return None,
        None => 0,
    };
    Some(Span::new(offset - typed.len(), offset + end))
}
