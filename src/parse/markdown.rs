//! The only file that names comrak: a page's syntax tree as a list of blocks, and a block's content as events.
//!
//! Owns the parser's options and the way from its positions to byte offsets. Positions of inline nodes are not
//! handed on: they are hints at best, and [`super::inline`] finds the places itself.

use std::borrow::Cow;

use comrak::Options;
use comrak::nodes::{Node, NodeValue, Sourcepos};

use super::flavor::Prepared;
use super::table;
use crate::source::{LineIndex, Span, floor_char_boundary};

/// What stands on the line after a block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NextLine {
    /// Nothing, code, HTML, or what belongs to another container.
    Apart,
    /// Text.
    Text,
    /// Another block.
    Block,
}

/// Where the syntax tree lives.
pub(super) type Arena<'a> = comrak::Arena<'a>;

/// A page's blocks in source order.
pub(super) struct Document<'a> {
    pub(super) blocks: Vec<Block<'a>>,
    /// The footnotes the page defines: their labels, and where they begin.
    pub(super) footnotes: Vec<(Box<str>, Span)>,
}

/// A block that holds no other blocks, or a table, whose rows and cells follow it.
pub(super) struct Block<'a> {
    pub(super) kind: BlockKind,
    /// From its first byte, container marks before it not included, to the end of its last line.
    pub(super) span: Span,
    node: Node<'a>,
    /// Whether [`PIPE_IN_CODE`] stands for `|`.
    protected: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Paragraph,
    Heading { level: u8, setext: bool },
    Code,
    Html,
    Rule,
    Table,
    Row,
    Cell,
}

/// A step through a block's content, in order.
pub(super) enum Event<'e> {
    Text(&'e str),
    Code(&'e str),
    Break,
    /// A tag or comment, as written.
    Tag(&'e str),
    /// The label of a footnote that is defined.
    Footnote(&'e str),
    /// What follows, up to its `Close`, is inside a link or an image.
    Open {
        image: bool,
        destination: &'e str,
    },
    Close {
        image: bool,
    },
}

/// What comrak is given for a `|` that must not end a cell: a character that no page shows.
const PIPE_IN_CODE: char = '\x1f';

/// Parses what follows `start`, which is the beginning of a line.
pub(super) fn parse<'a>(
    arena: &'a Arena<'a>,
    page: &Prepared<'_>,
    lines: &LineIndex,
    start: usize,
    code_protects_pipe: bool,
) -> Document<'a> {
    let first = lines.line_of(start);
    let text = page.outdented(lines, start, first);
    let protected = if code_protects_pipe { with_protected_pipes(&text) } else { None };
    let root = comrak::parse_document(arena, protected.as_deref().unwrap_or(&text), &options());
    let places = Places { page, lines, first, protected: protected.is_some() };
    let mut document =
        Document { blocks: Vec::with_capacity(16 + page.text.len() / 128), footnotes: Vec::new() };
    let mut next = root.first_child();
    while let Some(node) = next {
        let inside = if document.push(node, &places) { node.first_child() } else { None };
        next = inside.or_else(|| after(node));
    }
    document
}

/// The text with [`PIPE_IN_CODE`] for each `|` in a code span, so that it neither parts cells nor loses a backslash
/// before it; `None` where there is none.
fn with_protected_pipes(text: &str) -> Option<String> {
    let pipes = table::pipes_in_code(text);
    if pipes.is_empty() || text.contains(PIPE_IN_CODE) {
        return None;
    }
    let mut protected = String::with_capacity(text.len());
    let mut from = 0;
    for pipe in pipes {
        protected.push_str(&text[from..pipe]);
        protected.push(PIPE_IN_CODE);
        from = pipe + 1;
    }
    protected.push_str(&text[from..]);
    Some(protected)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.parse.leave_footnote_definitions = true;
    options
}

/// The node after `node` and all it holds.
fn after(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    loop {
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
    }
}

impl<'a> Document<'a> {
    /// Adds the node if it is a block of interest; says whether blocks may stand inside it.
    fn push(&mut self, node: Node<'a>, places: &Places<'_>) -> bool {
        let data = node.data();
        let kind = match &data.value {
            NodeValue::Paragraph => BlockKind::Paragraph,
            NodeValue::Heading(heading) => {
                BlockKind::Heading { level: heading.level, setext: heading.setext }
            }
            NodeValue::CodeBlock(_) => BlockKind::Code,
            NodeValue::HtmlBlock(_) => BlockKind::Html,
            NodeValue::ThematicBreak => BlockKind::Rule,
            NodeValue::Table(_) => BlockKind::Table,
            NodeValue::TableRow(_) => BlockKind::Row,
            NodeValue::TableCell => BlockKind::Cell,
            NodeValue::FootnoteDefinition(definition) => {
                let span = places.span(data.sourcepos, false);
                self.footnotes.push((definition.name.as_str().into(), span));
                return true;
            }
            _ => return true,
        };
        let setext = matches!(kind, BlockKind::Heading { setext: true, .. });
        let span = places.span(data.sourcepos, setext);
        self.blocks.push(Block { kind, span, node, protected: places.protected });
        matches!(kind, BlockKind::Table | BlockKind::Row)
    }
}

impl<'a> Block<'a> {
    /// Walks through the content.
    pub(super) fn events(&self, mut visit: impl FnMut(Event<'_>)) {
        let mut next = self.node.first_child();
        while let Some(node) = next {
            start_event(&node.data().value, self.protected, &mut visit);
            next = node.first_child().or_else(|| self.leave(node, &mut visit));
        }
    }

    /// The node after `node` inside the block.
    fn leave(&self, node: Node<'a>, visit: &mut impl FnMut(Event<'_>)) -> Option<Node<'a>> {
        let mut node = node;
        loop {
            match &node.data().value {
                NodeValue::Link(_) => visit(Event::Close { image: false }),
                NodeValue::Image(_) => visit(Event::Close { image: true }),
                _ => {}
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent().filter(|parent| !parent.same_node(self.node))?;
        }
    }

    /// Whether the line before the block is text of a paragraph beside it.
    pub(super) fn follows_text(&self) -> bool {
        self.node.previous_sibling().is_some_and(|before| {
            matches!(before.data().value, NodeValue::Paragraph)
                && before.data().sourcepos.end.line + 1 == self.node.data().sourcepos.start.line
        })
    }

    /// What begins on the line after the block.
    pub(super) fn next_line(&self) -> NextLine {
        let Some(next) = after(self.node) else { return NextLine::Apart };
        if self.node.data().sourcepos.end.line + 1 != next.data().sourcepos.start.line {
            return NextLine::Apart;
        }
        let beside = self.node.next_sibling().is_some();
        match next.data().value {
            NodeValue::Paragraph => NextLine::Text,
            NodeValue::CodeBlock(_) | NodeValue::HtmlBlock(_) => NextLine::Apart,
            _ if beside => NextLine::Block,
            _ => NextLine::Apart,
        }
    }

    /// How many inline nodes the block holds at its top level.
    pub(super) fn inlines(&self) -> u32 {
        self.node.children().count() as u32
    }
}

fn start_event(value: &NodeValue, protected: bool, visit: &mut impl FnMut(Event<'_>)) {
    match value {
        NodeValue::Text(text) => visit(Event::Text(&with_pipes(text, protected))),
        NodeValue::Code(code) => visit(Event::Code(&with_pipes(&code.literal, protected))),
        NodeValue::SoftBreak | NodeValue::LineBreak => visit(Event::Break),
        NodeValue::HtmlInline(tag) => visit(Event::Tag(&with_pipes(tag, protected))),
        NodeValue::FootnoteReference(footnote) => visit(Event::Footnote(&footnote.name)),
        NodeValue::Link(link) => {
            visit(Event::Open { image: false, destination: &with_pipes(&link.url, protected) });
        }
        NodeValue::Image(link) => {
            visit(Event::Open { image: true, destination: &with_pipes(&link.url, protected) });
        }
        _ => {}
    }
}

/// The text as the page has it.
fn with_pipes(text: &str, protected: bool) -> Cow<'_, str> {
    match protected && text.contains(PIPE_IN_CODE) {
        true => Cow::Owned(text.replace(PIPE_IN_CODE, "|")),
        false => Cow::Borrowed(text),
    }
}

/// Turns comrak's lines and columns into spans.
struct Places<'p> {
    page: &'p Prepared<'p>,
    lines: &'p LineIndex,
    /// The line, from 0, that comrak was told is the first.
    first: usize,
    /// Whether [`PIPE_IN_CODE`] stands for `|`.
    protected: bool,
}

impl Places<'_> {
    fn span(&self, at: Sourcepos, setext: bool) -> Span {
        let line = self.first + at.start.line.saturating_sub(1);
        let underline = usize::from(setext && at.end.line > at.start.line);
        let last = (self.first + at.end.line.saturating_sub(1)).saturating_sub(underline).max(line);
        let start = self.lines.start_of(line).unwrap_or(self.page.text.len()) + self.page.indent(line);
        let end = self.line_end(last).max(start);
        let start = (start + at.start.column.saturating_sub(1)).min(end);
        Span::new(floor_char_boundary(&self.page.text, start), end)
    }

    fn line_end(&self, line: usize) -> usize {
        let bytes = self.page.text.as_bytes();
        let next = self.lines.start_of(line + 1).unwrap_or(bytes.len());
        let end = next - usize::from(next > 0 && bytes[next - 1] == b'\n');
        end - usize::from(end > 0 && bytes[end - 1] == b'\r')
    }
}
