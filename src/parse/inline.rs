//! Finds links, references, autolinks and tags in the source of a paragraph, heading or cell.
//!
//! Owns the order in which brackets, code spans and tags take their bytes; it follows comrak step by step, so that
//! the links found here and those of the syntax tree are the same ones, in the same order.

use std::ops::Range;

use super::angle::{self, Angle, Unclosed};
use super::definition::Definitions;
use super::target::{self, inline_tail, is_escape};
use crate::source::Span;

/// Something found in the source.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) kind: FoundKind,
}

#[derive(Clone, Debug)]
pub(super) enum FoundKind {
    /// `[text](destination)`
    Link { image: bool, destination: Span, content: Span, keyword: Option<Span> },
    /// `[text][label]`, `[label][]` or `[label]`, defined.
    Reference { image: bool, definition: u32, content: Span },
    /// `<https://…>`; what stands between the brackets.
    Autolink { email: bool, destination: Span },
    /// A tag or comment.
    Tag,
    /// A code span.
    Code,
    /// `[text][label]` or `[label][]`, not defined.
    Undefined { label: Span },
    /// `[^label]`, defined or not.
    Footnote { label: Span },
}

impl FoundKind {
    /// Where the text it shows is written.
    pub(super) fn content(&self) -> Span {
        match *self {
            FoundKind::Link { content, .. } | FoundKind::Reference { content, .. } => content,
            FoundKind::Autolink { destination, .. } => destination,
            _ => Span::default(),
        }
    }
}

/// A scanner that is used for block after block.
pub(super) struct Scanner {
    /// Links, references and autolinks of the last block, in the order of where they begin.
    pub(super) links: Vec<Found>,
    /// What else it held.
    pub(super) marks: Vec<Found>,
    brackets: Vec<Bracket>,
    backticks: Backticks,
}

struct Bracket {
    /// Where `[` or `![` stands.
    at: usize,
    /// Where its text begins.
    text: usize,
    image: bool,
    /// Whether another bracket was opened inside.
    holds_bracket: bool,
}

impl Scanner {
    /// A scanner with room for what blocks commonly hold.
    pub(super) fn new() -> Scanner {
        Scanner {
            links: Vec::with_capacity(16),
            marks: Vec::with_capacity(16),
            brackets: Vec::with_capacity(8),
            backticks: Backticks::default(),
        }
    }

    /// Forgets what was found.
    pub(super) fn clear(&mut self) {
        self.links.clear();
        self.marks.clear();
    }

    /// Scans `input`, which stands at `base` in the page.
    pub(super) fn scan(&mut self, input: &str, base: usize, definitions: &Definitions) {
        self.clear();
        self.brackets.clear();
        self.backticks.clear();
        let mut pass = Pass {
            input,
            bytes: input.as_bytes(),
            base,
            definitions,
            scanner: self,
            unclosed: Unclosed::default(),
            no_link_openers: true,
        };
        pass.run();
        // A link inside a link's text or an image's closes first.
        if !self.links.is_sorted_by_key(|found| found.span.start) {
            self.links.sort_by_key(|found| found.span.start);
        }
    }
}

const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let marks = b"\\`<[]!";
    let mut index = 0;
    while index < marks.len() {
        special[marks[index] as usize] = true;
        index += 1;
    }
    special
};

/// One scan of one block.
struct Pass<'p> {
    input: &'p str,
    bytes: &'p [u8],
    base: usize,
    definitions: &'p Definitions,
    scanner: &'p mut Scanner,
    unclosed: Unclosed,
    /// Set when a link closes: no link holds a link.
    no_link_openers: bool,
}

impl Pass<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(&byte) = self.bytes.get(at) {
            if !SPECIAL[byte as usize] {
                at += 1;
                continue;
            }
            at = match byte {
                b'\\' => at + 1 + usize::from(is_escape(self.bytes, at)),
                b'`' => self.code(at),
                b'<' => self.angle(at),
                b'[' => self.open(at, at + 1, false),
                b'!' => match self.bytes.get(at + 1..at + 3) {
                    Some(&[b'[', next]) if next != b'^' => self.open(at, at + 2, true),
                    _ => at + 1,
                },
                _ => self.close(at),
            };
        }
    }

    fn span(&self, place: Range<usize>) -> Span {
        Span::new(self.base + place.start, self.base + place.end)
    }

    fn push(&mut self, place: Range<usize>, kind: FoundKind) {
        let found = Found { span: self.span(place), kind };
        match found.kind {
            FoundKind::Link { .. } | FoundKind::Reference { .. } | FoundKind::Autolink { .. } => {
                self.scanner.links.push(found);
            }
            _ => self.scanner.marks.push(found),
        }
    }

    fn code(&mut self, at: usize) -> usize {
        let run = run_length(self.bytes, at);
        match self.scanner.backticks.close(self.bytes, at + run, run) {
            Some(end) => {
                self.push(at..end, FoundKind::Code);
                end
            }
            None => at + run,
        }
    }

    fn angle(&mut self, at: usize) -> usize {
        match angle::read(self.bytes, at, &mut self.unclosed) {
            Some(Angle::Autolink { email, end }) => {
                let destination = self.span(at + 1..end - 1);
                self.push(at..end, FoundKind::Autolink { email, destination });
                end
            }
            Some(Angle::Tag { end }) => {
                self.push(at..end, FoundKind::Tag);
                end
            }
            None => at + 1,
        }
    }

    fn open(&mut self, at: usize, text: usize, image: bool) -> usize {
        if let Some(outer) = self.scanner.brackets.last_mut() {
            outer.holds_bracket = true;
        }
        self.scanner.brackets.push(Bracket { at, text, image, holds_bracket: false });
        self.no_link_openers &= image;
        text
    }

    /// Decides what the `]` at `at` closes; returns where to go on.
    fn close(&mut self, at: usize) -> usize {
        let after = at + 1;
        let no_link_openers = self.no_link_openers;
        let Some(bracket) = self.scanner.brackets.pop() else { return after };
        if !bracket.image && no_link_openers {
            return after;
        }
        if self.bytes.get(after) == Some(&b'(')
            && let Some(tail) = inline_tail(self.bytes, after)
        {
            let keyword = self.keyword(bracket.at, tail.end);
            let destination = self.span(tail.place);
            let content = self.span(bracket.text..at);
            let image = bracket.image;
            self.push(bracket.at..tail.end, FoundKind::Link { image, destination, content, keyword });
            self.no_link_openers |= !bracket.image;
            return tail.end;
        }
        self.close_reference(bracket, at)
    }

    fn close_reference(&mut self, bracket: Bracket, at: usize) -> usize {
        let after = at + 1;
        let content = bracket.text..at;
        let written = target::label(self.bytes, after);
        let explicit = written.clone().filter(|label| !self.input[label.clone()].trim().is_empty());
        let label = match (&explicit, &written) {
            (Some(label), _) => label.clone(),
            _ if !bracket.holds_bracket => content.clone(),
            _ => return after,
        };
        let end = written.as_ref().map_or(after, |label| label.end + 1);
        if let Some(definition) = self.definitions.find(&self.input[label.clone()]) {
            let content = self.span(content);
            self.push(bracket.at..end, FoundKind::Reference { image: bracket.image, definition, content });
            self.no_link_openers |= !bracket.image;
            return end;
        }
        if !bracket.holds_bracket && self.is_footnote(&content) {
            let label = self.span(content.start + 1..content.end);
            self.push(bracket.at..after, FoundKind::Footnote { label });
        } else if written.is_some() && self.is_reference_like(&bracket, &content, &label, end) {
            let label = self.span(label);
            self.push(bracket.text - 1..end, FoundKind::Undefined { label });
        }
        after
    }

    fn is_footnote(&self, content: &Range<usize>) -> bool {
        let content = &self.bytes[content.clone()];
        content.len() > 1 && content[0] == b'^' && !content.iter().any(|byte| b" \t\r\n`".contains(byte))
    }

    /// Whether brackets without a definition were meant as a reference: not a box, an index, a type or a wiki link.
    fn is_reference_like(
        &self,
        bracket: &Bracket,
        content: &Range<usize>,
        label: &Range<usize>,
        end: usize,
    ) -> bool {
        let text = self.input[content.clone()].trim();
        let glued = bracket.at.checked_sub(1).map(|before| self.bytes[before]);
        let glued = glued.is_some_and(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b'$' | b'[' | b']' | b')' | b'}')
                || byte >= 0x80
        });
        let goes_on = matches!(self.bytes.get(end), Some(b'[' | b'('));
        let box_like = matches!(text, "" | "x" | "X") || text.starts_with(['!', '^']);
        let label = self.input[label.clone()].trim();
        !glued && !goes_on && !box_like && !label.starts_with(['^', '!'])
    }

    /// `KEYWORD` where the link `start..end` stands in `[!KEYWORD [text](destination)]`.
    fn keyword(&self, start: usize, end: usize) -> Option<Span> {
        let outer = self.scanner.brackets.last()?;
        let before = self.bytes.get(outer.text..start)?;
        if outer.image || before.first() != Some(&b'!') || self.bytes.get(end) != Some(&b']') {
            return None;
        }
        let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'_');
        let length = before[1..].iter().take_while(is_word).count();
        let blank = before[1 + length..].iter().all(u8::is_ascii_whitespace);
        (length > 0 && blank).then(|| self.span(outer.text + 1..outer.text + 1 + length))
    }
}

pub(super) fn run_length(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|&&byte| byte == b'`').count()
}

/// Where runs of backticks of each length were last seen, so that no run is looked for twice.
pub(super) struct Backticks {
    last: [usize; LONGEST_RUN + 1],
    seen_all: bool,
    used: bool,
}

const LONGEST_RUN: usize = 80;

impl Default for Backticks {
    fn default() -> Backticks {
        Backticks { last: [0; LONGEST_RUN + 1], seen_all: false, used: false }
    }
}

impl Backticks {
    /// Prepares for another text.
    pub(super) fn clear(&mut self) {
        if self.used {
            *self = Backticks::default();
        }
    }

    /// The end of the code span whose opening run of `run` backticks ends at `from`.
    pub(super) fn close(&mut self, bytes: &[u8], from: usize, run: usize) -> Option<usize> {
        self.used = true;
        if run > LONGEST_RUN || (self.seen_all && self.last[run] <= from) {
            return None;
        }
        let mut at = from;
        while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
            let start = at + found;
            let length = run_length(bytes, start);
            at = start + length;
            if length <= LONGEST_RUN {
                self.last[length] = start;
            }
            if length == run {
                return Some(at);
            }
        }
        self.seen_all = true;
        None
    }
}
