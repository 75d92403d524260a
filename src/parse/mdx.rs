//! MDX as a CommonMark parser can read it: what is JavaScript or JSX becomes blanks, and indentation means nothing
//! outside lists.
//!
//! Owns where Markdown ends and where it goes on. A construct that does not end is left as it is, so that nothing of a
//! broken page is lost.

use super::angle::{self, Unclosed};
use super::flavor::Prepared;
use super::inline::{Backticks, run_length};
use super::outdent;
use super::target::{inline_tail, is_escape};
use super::{container, jsx};
use crate::source::{LineIndex, Span};

pub(super) fn prepare<'t>(text: &'t str, lines: &LineIndex, start: usize) -> Prepared<'t> {
    let mut page = Page::new(text, lines);
    page.read(start);
    let Page { blanked, tags, fences, .. } = page;
    let indents = outdent::indents(text.as_bytes(), &blanked, lines, lines.line_of(start), &fences);
    match String::from_utf8(blanked) {
        Ok(blanked) => Prepared { text: blanked.into(), indents, tags, ids: Vec::new() },
        Err(_) => Prepared::unchanged(text),
    }
}

/// The lines of a code block, from 0, the marks that enclose it included.
pub(super) struct Fence {
    pub(super) first: usize,
    pub(super) last: usize,
}

struct Page<'t> {
    text: &'t str,
    bytes: &'t [u8],
    lines: &'t LineIndex,
    blanked: Vec<u8>,
    tags: Vec<Span>,
    fences: Vec<Fence>,
    unclosed: Unclosed,
    backticks: Backticks,
    /// How many bytes may still be read in vain.
    patience: usize,
}

impl<'t> Page<'t> {
    fn new(text: &'t str, lines: &'t LineIndex) -> Page<'t> {
        Page {
            text,
            bytes: text.as_bytes(),
            lines,
            blanked: text.as_bytes().to_vec(),
            tags: Vec::new(),
            fences: Vec::new(),
            unclosed: Unclosed::default(),
            backticks: Backticks::default(),
            patience: 16 * text.len(),
        }
    }

    fn read(&mut self, start: usize) {
        let mut at = start;
        let mut may_export = true;
        while at < self.bytes.len() {
            let line = self.lines.line_of(at);
            let begins_line = self.lines.start_of(line) == Some(at);
            if jsx::is_blank_line(self.bytes, at) {
                (at, may_export) = (self.end_of_line(line), true);
                continue;
            }
            if begins_line && may_export && is_module_code(&self.text[at..]) {
                at = self.module_code(at);
                continue;
            }
            let mut content = at;
            if begins_line {
                content += container::after_marks(self.line_from(at)).map_or(0, |(offset, _)| offset);
                if let Some(fence) = fence_length(&self.bytes[content..]) {
                    (at, may_export) = (self.fence(line, content, fence), true);
                    continue;
                }
            }
            let heading = is_heading(&self.bytes[content..]);
            let end = if heading { self.end_of_line(line) } else { self.end_of_paragraph(line) };
            may_export = heading;
            at = self.inlines(content, end, heading);
        }
    }

    fn line_from(&self, at: usize) -> &'t str {
        &self.text[at..self.end_of_line(self.lines.line_of(at))]
    }

    /// Where the line after `line` begins.
    fn end_of_line(&self, line: usize) -> usize {
        self.lines.start_of(line + 1).unwrap_or(self.bytes.len())
    }

    /// The end of the lines that a code span or a tag may run through.
    fn end_of_paragraph(&self, line: usize) -> usize {
        let mut line = line + 1;
        while let Some(begin) = self.lines.start_of(line) {
            let rest = &self.bytes[begin..];
            let content = container::after_marks(self.line_from(begin)).map_or(0, |(offset, _)| offset);
            let marked =
                self.bytes[begin..begin + content].iter().any(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
            let rest_of_content = &rest[content..];
            if jsx::is_blank_line(self.bytes, begin + content)
                || marked
                || rest_of_content.starts_with(b"|")
                || is_heading(rest_of_content)
                || fence_length(rest_of_content).is_some()
            {
                return begin;
            }
            line += 1;
        }
        self.bytes.len()
    }

    fn module_code(&mut self, at: usize) -> usize {
        let cut = &self.bytes[at..];
        let end = match self.patiently(cut.len(), || jsx::statement(cut, 0)) {
            Some(length) => at + length,
            None => {
                let blank = |&line: &usize| {
                    self.lines.start_of(line).is_none_or(|begin| jsx::is_blank_line(self.bytes, begin))
                };
                let line = (self.lines.line_of(at)..).find(blank);
                line.and_then(|line| self.lines.start_of(line)).unwrap_or(self.bytes.len())
            }
        };
        self.blank(at, end);
        end.max(at + 1)
    }

    /// Runs a search that may read `length` bytes in vain, unless too much was read in vain already.
    fn patiently<T>(&mut self, length: usize, search: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.patience < length {
            return None;
        }
        let found = search();
        if found.is_none() {
            self.patience -= length;
        }
        found
    }

    /// Passes over a code block; returns where it ends.
    fn fence(&mut self, first: usize, content: usize, (mark, length): (u8, usize)) -> usize {
        let begin = self.lines.start_of(first).unwrap_or(content);
        let before = &self.bytes[begin..content];
        let quotes = before.iter().filter(|&&byte| byte == b'>').count();
        let in_item = before.iter().any(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
        let least_indent = if in_item { content - begin } else { 0 };
        let mut last = first;
        while let Some(begin) = self.lines.start_of(last + 1).filter(|&begin| begin < self.bytes.len()) {
            let line = self.line_from(begin).trim_end();
            let inside = line.trim_start_matches([' ', '\t', '>']);
            let marks = &line[..line.len() - inside.len()];
            let leaves = !inside.is_empty() && marks.len() < least_indent
                || marks.bytes().filter(|&byte| byte == b'>').count() < quotes;
            if leaves {
                break;
            }
            last += 1;
            if inside.len() >= length && inside.bytes().all(|byte| byte == mark) {
                break;
            }
        }
        self.fences.push(Fence { first, last });
        self.end_of_line(last)
    }

    /// Reads the content of a block that ends at `end`; returns where it ended, which may be later.
    fn inlines(&mut self, start: usize, end: usize, heading: bool) -> usize {
        if !heading && is_definition(&self.bytes[start..end]) {
            return self.end_of_line(self.lines.line_of(start));
        }
        self.backticks.clear();
        let mut at = start;
        while at < end {
            let next = match self.bytes[at] {
                b'\\' if is_escape(self.bytes, at) => at + 2,
                b'`' => {
                    let run = run_length(&self.bytes[..end], at);
                    self.backticks.close(&self.bytes[..end], at + run, run).unwrap_or(at + run)
                }
                b']' if self.bytes.get(at + 1) == Some(&b'(') => {
                    inline_tail(&self.bytes[..end], at + 1).map_or(at + 1, |tail| tail.end)
                }
                b'{' => self.expression(at, end, heading),
                b'<' => self.angle(at, end, heading),
                _ => at + 1,
            };
            at = next;
        }
        at
    }

    /// In a heading an expression stays: its text is part of the heading's id.
    fn expression(&mut self, at: usize, end: usize, heading: bool) -> usize {
        let limit = self.limit(at, end, heading);
        let bytes = &self.bytes[..limit];
        match self.patiently(limit - at, || jsx::expression(bytes, at)) {
            Some(after) if heading => after,
            Some(after) => {
                self.blank(at, after);
                self.keep_from_beginning_a_block(at, after);
                after
            }
            None => at + 1,
        }
    }

    fn tag(&mut self, at: usize, limit: usize) -> Option<jsx::Tag> {
        if self.patience == 0 {
            return None;
        }
        let tag = jsx::tag(&self.text[..limit], at, |_| {});
        tag.map_err(|reached| self.patience = self.patience.saturating_sub(reached - at)).ok()
    }

    fn angle(&mut self, at: usize, end: usize, heading: bool) -> usize {
        if self.bytes[at..].starts_with(b"<!--") {
            return match angle::read(self.bytes, at, &mut self.unclosed) {
                Some(angle::Angle::Tag { end }) => end,
                _ => at + 1,
            };
        }
        let Some(tag) = self.tag(at, self.limit(at, end, heading)) else { return at + 1 };
        if tag.has_attributes {
            self.tags.push(Span::new(at, tag.end));
        }
        if self.begins_line(at) && !heading || self.text[at..tag.end].contains('\n') || tag.name.is_empty() {
            self.blank(at, tag.end);
            self.keep_from_beginning_a_block(at, tag.end);
        } else {
            self.reduce(at, &tag);
        }
        tag.end
    }

    /// What begins a line may hold blank lines; what stands in a text may not.
    fn limit(&self, at: usize, end: usize, heading: bool) -> usize {
        if !heading && self.begins_line(at) { self.bytes.len() } else { end }
    }

    /// Whether nothing is left before `at` on its line but blanks and marks.
    fn begins_line(&self, at: usize) -> bool {
        let begin = self.lines.start_of(self.lines.line_of(at)).unwrap_or(at);
        // Nobody indents or tags so much; a long line is not gone through again for each of its tags.
        const FAR: usize = 1000;
        if at - begin > FAR {
            return false;
        }
        let before = std::str::from_utf8(&self.blanked[begin..at]).unwrap_or("x");
        container::after_marks(&format!("{before}x")).is_some_and(|(offset, _)| offset == before.len())
    }

    fn blank(&mut self, start: usize, end: usize) {
        for byte in &mut self.blanked[start..end] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Leaves of a tag what CommonMark takes for one.
    fn reduce(&mut self, at: usize, tag: &jsx::Tag) {
        let last = if self.bytes[tag.end - 2] == b'/' { tag.end - 2 } else { tag.end - 1 };
        for byte in &mut self.blanked[tag.name.clone()] {
            if !byte.is_ascii_alphanumeric() {
                *byte = b'x';
            }
        }
        self.blank(tag.name.end, last.max(tag.name.end));
        if !self.bytes[tag.name.start].is_ascii_alphabetic() {
            self.blanked[tag.name.start] = b'x';
        }
        debug_assert_eq!(self.blanked[at], b'<');
    }

    /// Text after blanks that begin a line must not become a list, a heading or a code block by that.
    fn keep_from_beginning_a_block(&mut self, start: usize, end: usize) {
        let rest = self.text[end..].trim_start_matches([' ', '\t']);
        let is_mark = |first: char| first.is_ascii_digit() || "-+*#>=|:~`".contains(first);
        let goes_on = !rest.is_empty() && !rest.starts_with(['\n', '\r']);
        let begin = self.lines.start_of(self.lines.line_of(start)).unwrap_or(start);
        let after_mark = || self.blanked[begin..start].iter().any(|byte| !matches!(byte, b' ' | b'\t'));
        if goes_on
            && self.blanked[end - 1] == b' '
            && self.begins_line(start)
            && (rest.starts_with(is_mark) || after_mark())
        {
            self.blanked[end - 1] = b'.';
        }
    }
}

fn is_module_code(text: &str) -> bool {
    text.starts_with("import ") || text.starts_with("export ")
}

fn is_heading(content: &[u8]) -> bool {
    let marks = content.iter().take_while(|&&byte| byte == b'#').count();
    (1..=6).contains(&marks) && content.get(marks).is_none_or(u8::is_ascii_whitespace)
}

/// `[label]: …`
fn is_definition(content: &[u8]) -> bool {
    content.first() == Some(&b'[')
        && content
            .iter()
            .position(|&byte| matches!(byte, b']' | b'\n'))
            .is_some_and(|close| content[close..].starts_with(b"]:"))
}

/// The mark and the length of a line of three or more that begins a code block.
fn fence_length(content: &[u8]) -> Option<(u8, usize)> {
    let mark = *content.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = content.iter().take_while(|&&byte| byte == mark).count();
    let mut info = content[length..].iter().take_while(|&&byte| byte != b'\n');
    (length >= 3 && (mark == b'~' || !info.any(|&byte| byte == b'`'))).then_some((mark, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Facts, LinkKind};
    use crate::parse::{Flavor, parse};
    use crate::path::DocPath;

    const NASTY: &str = "---\ntitle: x\n---\nimport A from './a.mdx';\n\nexport const B = ({c}) => (\n  <p>\n\n\
        {c} [no](no)\n  </p>\n);\n\n# One {#one} <Badge t={`}`} />\n\nText {a.b} `{ code` <b>x</b> [one](1.md) \\{ \\<b\n\n\
        <Tabs a='b'\n  c={{d: [1]}}>\n    <Tab>\n\n        Deep [two](2.md) é\n\n        - [three](3.md)\n\n          [four](4.md)\n\n\
        ```js\n      {[no](no)} <b\n        ```\n    </Tab>\n</Tabs>\n\n{/* [no](no) */}\n\n{\n x => <Y>\n\n [no](no)</Y>\n}\n\n\
        > {q} [five](<5 5.md>)\n> <i>i</i> [six](6.md)\n\n| a | b |\n|---|---|\n| {1} | [seven](7.md) |\n\n<a href=\"8.md\" id={'i'}>8</a> \
        <L href={f()} />\r\n\r\n{x}- [nine](9.md)\r\n\r\n[ref]: <ten {.md>\n\n1. a\n   ```\n   {\n2. [eleven](11.md)\n<!-- { [no](no) -->\n";

    fn read(text: &str) -> Facts {
        parse(text, &LineIndex::new(text), Flavor::of(&DocPath::new("a.mdx"), &[]))
    }

    fn destinations(text: &str) -> Vec<String> {
        let facts = read(text);
        facts.links.iter().map(|link| link.target.destination(text).to_owned()).collect()
    }

    #[test]
    fn markdown_is_read_between_code() {
        assert_eq!(
            destinations(NASTY).join(" "),
            "1.md 2.md 3.md 4.md 5 5.md 6.md 7.md 8.md {f()} 9.md ten {.md 11.md"
        );
        let facts = read(NASTY);
        assert_eq!(facts.headings.len(), 1);
        assert_eq!(facts.code_blocks.len(), 2);
        assert_eq!(facts.ids.iter().map(|id| &*id.value).collect::<Vec<_>>(), ["i"]);
        for link in facts.links.iter().filter(|link| link.kind == LinkKind::Inline) {
            assert!(link.target.is_verified(), "{link:?}");
        }
    }

    #[test]
    fn indentation_outside_lists_means_nothing() {
        assert_eq!(destinations("        [a](a.md)\n\n\t\t[b](b.md)\n"), ["a.md", "b.md"]);
        assert_eq!(destinations("<A>\n    - [a](a.md)\n\n      [b](b.md)\n</A>\n"), ["a.md", "b.md"]);
        assert!(read("1. a\n\n   ```\n   [no](no)\n   ```\n").links.is_empty());
    }

    #[test]
    fn what_does_not_end_is_left() {
        for text in [
            "{ [a](a.md)\n",
            "<b c='\n\n[a](a.md)\n",
            "export const a = {\n\n[a](a.md)\n",
            "`{ [a](a.md)\n",
            "a <1 [a](a.md)",
        ] {
            assert_eq!(destinations(text), ["a.md"], "{text}");
        }
    }

    #[test]
    fn text_after_code_begins_no_block() {
        assert!(read("{a} # b\n\n<b>x</b>\n\n{a}# b\n").headings.is_empty());
    }

    #[test]
    fn no_truncation_breaks_it() {
        for end in (0..=NASTY.len()).filter(|&end| NASTY.is_char_boundary(end)) {
            read(&NASTY[..end]);
            read(&NASTY[end..]);
        }
    }

    #[test]
    fn nothing_is_read_again_and_again() {
        for piece in [
            "{",
            "<a b={",
            "<a b='",
            "export {\n\n",
            "{`",
            "<",
            "<a ",
            "`{",
            "{/*",
            "- {\n",
            "<!--",
            "](<",
            "{'\n",
            "<a\n\n",
            "> {\n\n",
            "```\n{",
        ] {
            read(&piece.repeat(20_000));
        }
    }
}
