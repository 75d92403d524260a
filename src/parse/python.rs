//! Python-Markdown as a CommonMark parser can read it.
//!
//! What its usual extensions hold in indented blocks (admonitions, details, tabs, definitions) loses the indentation,
//! and what marks these blocks becomes blanks. Knows the syntax of lines; what stands in them is read elsewhere.

use super::flavor::Prepared;
use crate::source::{LineIndex, Span};

/// How far the content of a block is indented.
const TAB: usize = 4;

/// Blocks deeper inside each other are taken for text.
const DEEPEST: usize = 50;

/// What follows `start`, which is the beginning of a line.
pub(super) fn prepare<'t>(
    text: &'t str,
    lines: &LineIndex,
    start: usize,
    attribute_lists: bool,
) -> Prepared<'t> {
    let mut reader = Reader {
        text,
        attribute_lists,
        copy: None,
        indents: Vec::new(),
        tags: Vec::new(),
        ids: Vec::new(),
        open: Vec::new(),
        elements: Vec::new(),
        fence: None,
        before: [Before::Blank, Before::Blank],
    };
    let first = lines.line_of(start);
    for line in first.. {
        let Some(begin) = lines.start_of(line).filter(|&begin| begin < text.len()) else { break };
        let end = lines.start_of(line + 1).unwrap_or(text.len());
        let end = begin + text[begin..end].trim_end_matches(['\n', '\r']).len();
        let indent = reader.line(begin.max(start), end);
        if indent > 0 {
            reader.indents.resize(line, 0);
            reader.indents.push(indent as u32);
        }
    }
    Prepared {
        text: match reader.copy {
            Some(copy) => String::from_utf8(copy).map_or(text.into(), Into::into),
            None => text.into(),
        },
        indents: reader.indents,
        tags: reader.tags,
        ids: reader.ids,
    }
}

struct Reader<'t> {
    text: &'t str,
    attribute_lists: bool,
    /// The text with blanks, once there are any.
    copy: Option<Vec<u8>>,
    indents: Vec<u32>,
    tags: Vec<Span>,
    ids: Vec<Span>,
    /// For each open block the column where its content begins.
    open: Vec<usize>,
    /// The elements with a `markdown` attribute that are not closed yet.
    elements: Vec<&'t str>,
    fence: Option<Fence>,
    /// What the last line was, and the one before it.
    before: [Before; 2],
}

/// An open code fence.
struct Fence {
    mark: u8,
    length: usize,
    /// Code stands no further left than the fence.
    column: usize,
}

/// What a line is to the next ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Blank, or the end of some block.
    Blank,
    /// Text that may go on.
    Text,
}

impl<'t> Reader<'t> {
    /// Reads the line from `begin` to `end`; returns how many bytes of its indentation are none.
    fn line(&mut self, begin: usize, end: usize) -> usize {
        let line = &self.text[begin..end];
        let written = line.trim_start_matches([' ', '\t']);
        if written.is_empty() {
            self.before = [Before::Blank, self.before[0]];
            return self.outdent(line).min(line.len());
        }
        let column = columns(&line[..line.len() - written.len()]);
        self.fence.take_if(|fence| column < fence.column);
        if self.fence.is_none() {
            while self.open.pop_if(|content| column < *content).is_some() {}
        }
        let indent = self.outdent(line);
        let at = end - written.len();
        if self.fenced(written, column) {
            self.before = [Before::Blank; 2];
            return indent;
        }
        self.block_line(begin, at, end, indent)
    }

    /// How many bytes of indentation belong to the open blocks.
    fn outdent(&self, line: &str) -> usize {
        let wanted = self.open.len() * TAB;
        let mut column = 0;
        for (at, byte) in line.bytes().enumerate() {
            if column >= wanted || !matches!(byte, b' ' | b'\t') {
                return at;
            }
            column = next_column(column, byte);
        }
        line.len()
    }

    /// Whether the line belongs to fenced code.
    fn fenced(&mut self, written: &str, column: usize) -> bool {
        let mark = written.as_bytes()[0];
        let length = written.bytes().take_while(|&byte| byte == mark).count();
        let is_fence = matches!(mark, b'`' | b'~') && length >= 3;
        match &self.fence {
            Some(fence) => {
                let closes = is_fence && mark == fence.mark && length >= fence.length;
                if closes && written[length..].trim().is_empty() {
                    self.fence = None;
                }
                true
            }
            None if is_fence && !written[length..].contains('`') => {
                self.fence = Some(Fence { mark, length, column });
                true
            }
            None => false,
        }
    }

    /// A line that begins at `begin`, its text at `at`.
    fn block_line(&mut self, begin: usize, at: usize, end: usize, indent: usize) -> usize {
        let written = &self.text[at..end];
        let column = columns(&self.text[begin..at]);
        if let Some(title) = block_title(written).filter(|_| self.open.len() < DEEPEST) {
            self.open.push(column + TAB);
            return self.title(at, end, title).map_or(indent, |title| title - begin);
        }
        if let Some(title) = fence_title(written) {
            return self.title(at, end, title).map_or(indent, |title| title - begin);
        }
        if let Some(text) = definition(written).filter(|_| column < (self.open.len() + 1) * TAB) {
            self.blank(at, at + text);
            self.open.push((self.open.len() + 1) * TAB);
            self.before = [Before::Text, self.before[0]];
            return at + text - begin;
        }
        self.markdown_element(at, end);
        self.heading(at, end);
        if self.attribute_lists {
            self.attributes(at, end);
        }
        indent
    }

    /// Blanks the line but for a title with links; says where that begins.
    fn title(&mut self, at: usize, end: usize, title: (usize, usize)) -> Option<usize> {
        self.before = [Before::Blank; 2];
        let (from, to) = (at + title.0, at + title.1);
        if !self.text[from..to].contains(['[', '<']) {
            self.blank(at, end);
            return None;
        }
        self.blank(at, from);
        self.blank(to, end);
        Some(from)
    }

    /// `<div markdown>`: what it holds is Markdown, so the tag must not begin a block of HTML.
    fn markdown_element(&mut self, at: usize, end: usize) {
        let line = &self.text[at..end];
        if let Some(rest) = line.strip_prefix("</") {
            let closes = self.elements.last().is_some_and(|name| {
                rest.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('>'))
            });
            if let (true, Some(close)) = (closes, line.find('>')) {
                self.elements.pop();
                self.blank(at, at + close + 1);
            }
            return;
        }
        let Some(tag) = line.strip_prefix('<') else { return };
        let length = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let Some(close) = tag.find('>').filter(|_| length > 0) else { return };
        if !has_markdown_attribute(&tag[length..close]) {
            return;
        }
        self.tags.push(Span::new(at, at + close + 2));
        self.blank(at, at + close + 2);
        let name = &tag[..length];
        match tag.rfind("</").filter(|&last| tag[last + 2..].starts_with(name)) {
            Some(last) => self.blank(at + 1 + last, end),
            None => self.elements.push(name),
        }
    }

    /// `##Heading` needs no blank; what underlines several lines is no heading.
    fn heading(&mut self, at: usize, end: usize) {
        let line = &self.text[at..end];
        let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
        let underlines =
            !line.starts_with("= ") && line.trim_end().bytes().all(|byte| byte == line.as_bytes()[0]);
        match line.as_bytes()[0] {
            b'#' => {
                // There is no place for a blank but the last `#`: the heading counts one level higher.
                let joined = !matches!(line.as_bytes().get(hashes), None | Some(b' ' | b'\t'));
                if joined && (2..=6).contains(&hashes) {
                    self.blank(at + hashes - 1, at + hashes);
                }
                self.before = [Before::Blank; 2];
            }
            b'=' | b'-' if underlines => {
                if self.before == [Before::Text; 2] {
                    self.blank(at, end);
                }
                self.before = [Before::Blank; 2];
            }
            _ => self.before = [Before::Text, self.before[0]],
        }
    }

    /// `{ #id .class }`: the ids count, and what ends a heading is none of its text.
    fn attributes(&mut self, at: usize, end: usize) {
        let line = &self.text[at..end];
        let mut from = 0;
        while let Some(open) = memchr::memchr(b'{', &line.as_bytes()[from..]).map(|open| from + open) {
            let Some(length) = line[open..].find('}') else { break };
            let inside = &line[open + 1..open + length];
            from = open + 1;
            let after = &line[open + length + 1..];
            if inside.starts_with(['{', '%']) || after.starts_with(['`', '}']) || !gives(&line[..open], after)
            {
                continue;
            }
            from = open + length;
            self.ids.extend(id_in(inside, at + open + 1));
        }
        let is_heading = line.starts_with('#') || self.is_underlined(end);
        if let Some(list) = trailing_list(line).filter(|_| is_heading) {
            self.blank(at + list, end);
        }
    }

    fn is_underlined(&self, end: usize) -> bool {
        let next = self.text[end..].trim_start_matches('\r');
        let next = next.strip_prefix('\n').unwrap_or_default();
        let next = next.split('\n').next().unwrap_or_default().trim();
        let mark = next.bytes().next().filter(|mark| matches!(mark, b'=' | b'-'));
        mark.is_some_and(|mark| next.bytes().all(|byte| byte == mark))
    }

    fn blank(&mut self, from: usize, to: usize) {
        let copy = self.copy.get_or_insert_with(|| self.text.as_bytes().to_vec());
        copy[from..to].fill(b' ');
    }
}

fn columns(blanks: &str) -> usize {
    blanks.bytes().fold(0, next_column)
}

fn next_column(column: usize, byte: u8) -> usize {
    if byte == b'\t' { column / TAB * TAB + TAB } else { column + 1 }
}

/// Where the title of an admonition, of details or of a tab stands, if the line opens one.
fn block_title(line: &str) -> Option<(usize, usize)> {
    let mark = ["!!!", "???", "==="].into_iter().find(|mark| line.starts_with(mark))?;
    let is_tab = mark == "===";
    let rest = &line[mark.len()..];
    let rest = match mark {
        "===" => rest.trim_start_matches(['+', '!']),
        "???" => rest.strip_prefix('+').unwrap_or(rest),
        _ => rest,
    };
    let (words, title) = match rest.find('"') {
        Some(quote) => (&rest[..quote], Some(&rest[quote..])),
        None => (rest, None),
    };
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let has_words = !words.trim().is_empty();
    if !words.chars().all(is_word) || has_words == is_tab || is_tab && title.is_none() {
        return (mark == "???" && !has_words && title.is_some()).then(|| quoted(line)).flatten();
    }
    match title {
        Some(_) => quoted(line),
        None => Some((line.len(), line.len())),
    }
}

/// What stands between the quotes that end a line.
fn quoted(line: &str) -> Option<(usize, usize)> {
    let open = line.find('"')?;
    let end = line.trim_end().strip_suffix('"')?.len();
    (end > open).then_some((open + 1, end))
}

/// `/// name | title` and `///`: where the title stands.
fn fence_title(line: &str) -> Option<(usize, usize)> {
    let rest = line.strip_prefix("///")?.trim_start_matches('/').trim_start();
    let name = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
    let after = rest[name..].trim_start();
    match after.strip_prefix('|') {
        Some(title) if name > 0 => Some((line.len() - title.len(), line.len())),
        None if after.is_empty() => Some((line.len(), line.len())),
        _ => None,
    }
}

/// `:   text` is what a term means; where the text begins.
fn definition(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(':')?;
    let text = rest.trim_start_matches([' ', '\t']);
    (text.len() < rest.len() && !text.is_empty()).then_some(line.len() - text.len())
}

fn has_markdown_attribute(attributes: &str) -> bool {
    attributes.match_indices("markdown").any(|(at, word)| {
        let after = &attributes[at + word.len()..];
        attributes[..at].ends_with(char::is_whitespace)
            && (after.is_empty() || after.starts_with(['=', ' ', '\t', '/']))
            && !["=\"0\"", "='0'", "=0"].iter().any(|off| after.starts_with(off))
    })
}

/// The id in the inside of an attribute list, the last one, which begins at `base`.
fn id_in(inside: &str, base: usize) -> Option<Span> {
    let mut at = base;
    let mut id = None;
    for word in inside.split(' ') {
        let attribute = word.trim_start_matches(':');
        let value = ["#", "id="].into_iter().find_map(|mark| attribute.strip_prefix(mark));
        if let Some(value) = value {
            let end = at + word.len();
            let unquoted = value.trim_start_matches(['"', '\'']);
            let bare = unquoted.trim_end_matches(['"', '\'']);
            let start = end - unquoted.len();
            id = (!bare.is_empty()).then(|| Span::new(start, start + bare.len())).or(id);
        }
        at += word.len() + 1;
    }
    id
}

/// Whether an attribute list between these parts of a line belongs to something: to the element right before it, to
/// the block that it ends on a line of its own, to a heading or a cell.
fn gives(before: &str, after: &str) -> bool {
    const ENDS_OF_ELEMENTS: [char; 10] = [')', ']', '>', '`', '*', '_', '~', '^', '=', '+'];
    if before.ends_with(ENDS_OF_ELEMENTS) || before.trim().is_empty() {
        return true;
    }
    let after = after.trim_start();
    let ends_heading = before.starts_with('#') && after.trim_end_matches('#').is_empty();
    before.ends_with(' ') && (ends_heading || after.is_empty() || after.starts_with('|'))
}

/// Where the attribute list begins that ends a heading.
fn trailing_list(line: &str) -> Option<usize> {
    let text = line.trim_end().trim_end_matches('#').trim_end();
    let body = text.strip_suffix('}')?;
    let base = body.len() - body.trim_start_matches('#').trim_start().len();
    let open = body[base..].match_indices(" {").map(|(at, _)| base + at).find(|at| {
        let inside = body[at + 2..].trim_start_matches(':').trim_start_matches(' ');
        !inside.is_empty() && !inside.starts_with('}')
    })?;
    (!body[open..].contains('}')).then_some(open)
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::parse::{Blocks, Flavor, parse};
    use crate::source::LineIndex;

    const PYTHON: Flavor =
        Flavor { blocks: Blocks::Python { attribute_lists: true }, embeds: &[], code_protects_pipe: true };

    fn facts(text: &str) -> Facts {
        parse(text, &LineIndex::new(text), PYTHON)
    }

    /// The destinations of a page's links, and the texts of its headings.
    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let facts = facts(text);
        let links = facts.links.iter().map(|link| {
            assert!(link.target.is_verified(), "{text:?}: {link:?}");
            link.target.destination(text).to_owned()
        });
        (links.collect(), facts.headings.iter().map(|heading| heading.text(text).into_owned()).collect())
    }

    #[test]
    fn blocks_hold_what_is_indented() {
        for open in
            ["!!! note", "???+ tip \"More\"", "=== \"Tab\"", "??? \"Title\"", "!!! warning inline end"]
        {
            let text = format!(
                "{open}\n\n    # Head\n\n    [a](b.md)\n\n    {open}\n\n        [c](d.md)\n\n[e]\n\n[e]: f\n"
            );
            assert_eq!(
                found(&text),
                (vec!["b.md".into(), "d.md".into(), "f".into()], vec!["Head".into()]),
                "{text}"
            );
        }
        for closed in ["!!! ", "=== Tab", "??? a; b", "!!!note; \"x\""] {
            let text = format!("{closed}\n\n    [a](b.md)\n");
            assert_eq!(found(&text).0, [""; 0], "{text}");
        }
    }

    #[test]
    fn titles_hold_links() {
        let text = "- x\n\n    !!! note \"See [a](b.md)\"\n        [c](d.md)\n\n/// tip | [e](f.md)\n[g](h.md)\n///\n";
        assert_eq!(found(text).0, ["b.md", "d.md", "f.md", "h.md"]);
    }

    #[test]
    fn definitions_and_elements_hold_markdown() {
        let text = "Term\n:   [a](b.md)\n\n    # Head\n\n<div class='x' id='d' markdown>\n## Two\n[c](d.md)\n</div>\n";
        assert_eq!(found(text), (vec!["b.md".into(), "d.md".into()], vec!["Head".into(), "Two".into()]));
        assert_eq!(&*facts(text).ids[0].value, "d");
    }

    #[test]
    fn code_stays_code() {
        let text = "```\n!!! note\n\n    [a](b.md)\n```\n\n!!! note\n\n    ``` x\n    [a](b.md)\n\n    # No\n    ```\n";
        assert_eq!(found(text), (Vec::new(), Vec::new()));
    }

    #[test]
    fn headings_are_lines() {
        let text = "One\nTwo\n===\n\nThree\n---\n\n##Four\n\n## Five { #x .y }\n\nSix {: #z }\n===\n";
        assert_eq!(found(text).1, ["Three", "Four", "Five", "Six"]);
    }

    #[test]
    fn attribute_lists_give_ids() {
        let ids =
            |text: &str| -> Vec<String> { facts(text).ids.iter().map(|id| id.value.to_string()).collect() };
        assert_eq!(
            ids("# A {#a}\n\n[b](c){ #b .x }\n\nText\n{: .y #c }\n\n`d`{id=\"d\"}\n"),
            ["a", "b", "c", "d"]
        );
        assert_eq!(ids("`{ #a }` {{ #b }} {% #c %} x {#d} y \\{#e}\n\n```\n[a](b){#f}\n```\n"), [""; 0]);
    }

    #[test]
    fn the_last_definition_wins() {
        let text = "[a]\n\n[a]: b\n[a]: c\n";
        let facts = facts(text);
        assert_eq!((facts.definitions[0].shadowed_by, facts.definitions[1].shadowed_by), (Some(1), None));
        assert_eq!(facts.references[0].definition, 1);
        assert!(facts.definitions[1].used && !facts.definitions[0].used);
    }

    #[test]
    fn any_text_is_read() {
        let text = "!!! é \"[ü](x\n\t\t# ö {#ß\n:   <div markdown>é\n/// é | <\r\n    ~~~\n</div>\u{a0}{:";
        for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            facts(&text[..end]);
        }
    }
}
