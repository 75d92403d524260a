//! Other files' content in the syntaxes of generators: `--8<-- "path"`, `{{#include path}}` and the like.
//!
//! Most are read before any Markdown is, in code blocks too; so they are looked for in the text, not in the tree.

use crate::facts::{Embed, Link, LinkKind, Shown};
use crate::parse::shortcode::Shortcodes;
use crate::parse::target::{Syntax, target};
use crate::source::{LineIndex, Span};

/// The places that take in other files, in order.
pub(super) fn find(text: &str, lines: &LineIndex, start: usize, embeds: &[Embed]) -> Vec<Link> {
    let mut found = Vec::new();
    for &embed in embeds {
        match embed {
            Embed::Scissors => scissors(text, lines, start, &mut found),
            Embed::Mustache => mustaches(text, start, &mut found),
            Embed::Comment => comments(text, start, &mut found),
            Embed::CodeImport => code_imports(text, lines, start, &mut found),
            // They are found before any Markdown is.
            Embed::Shortcode => {}
            Embed::Import => imports(text, lines, start, &mut found),
        }
    }
    found
}

/// Whether it is a block of its own, and as such nothing in a code block.
pub(super) fn is_block(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Embed(Embed::CodeImport | Embed::Import))
}

fn embed(text: &str, embed: Embed, span: Span, path: Span) -> Link {
    super::link(
        LinkKind::Embed(embed),
        span,
        target(text, path.range(), Syntax::Raw, false),
        Shown::default(),
    )
}

/// `--8<-- "path"`, with any number of dashes, or bare lines between two such marks; `;` before it escapes it.
fn scissors(text: &str, lines: &LineIndex, start: usize, found: &mut Vec<Link>) {
    let mut in_block = false;
    let mut from = start;
    while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], b"8<").map(|at| from + at) {
        let mark = lines.line_of(at);
        let span = lines.line_span(text, mark);
        from = (span.end as usize).max(at + 2);
        match after_scissors(span.of(text)) {
            Some("") => in_block = !in_block,
            Some(rest) if !in_block => {
                let path = rest.trim_end();
                let begin = span.start as usize + span.of(text).len() - rest.len();
                let quoted = path.len() >= 2
                    && path.starts_with(['"', '\''])
                    && path.as_bytes().first() == path.as_bytes().last();
                if quoted {
                    found.push(snippet(text, span, begin + 1, &path[1..path.len() - 1]));
                }
            }
            _ => continue,
        }
        if in_block {
            from = bare_snippets(text, lines, mark + 1, found);
        }
    }
}

/// What stands after `--8<--` at the beginning of a line, blanks left out.
fn after_scissors(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '\t']).strip_prefix('-')?;
    let rest = rest.trim_start_matches('-').strip_prefix("8<-")?;
    Some(rest.trim_start_matches('-').trim_start_matches([' ', '\t']))
}

/// The paths from `line` to the closing mark; returns where that line begins.
fn bare_snippets(text: &str, lines: &LineIndex, line: usize, found: &mut Vec<Link>) -> usize {
    for line in line.. {
        let Some(begin) = lines.start_of(line) else { break };
        let span = lines.line_span(text, line);
        let path = span.of(text).trim();
        if after_scissors(span.of(text)).is_some() {
            return begin;
        }
        if !path.is_empty() && !path.starts_with(';') {
            let blanks = span.len() - span.of(text).trim_start().len();
            found.push(snippet(text, span, begin + blanks, path));
        }
    }
    text.len()
}

/// `path:1:2` or `path:section`.
fn snippet(text: &str, span: Span, begin: usize, path: &str) -> Link {
    let is_address = path.contains("://");
    let end = path.find(':').filter(|_| !is_address).unwrap_or(path.len());
    embed(text, Embed::Scissors, span, Span::new(begin, begin + end))
}

/// `{{#include path:1:2}}` and its kin; `\` before it hides everything up to the last `}}` of the line.
fn mustaches(text: &str, start: usize, found: &mut Vec<Link>) {
    const NUMBERED: [&str; 2] = ["include", "rustdoc_include"];
    const WHOLE: [&str; 2] = ["playground", "playpen"];
    let mut from = start;
    while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], b"{{").map(|at| from + at) {
        from = at + 1;
        let inside = &text[at + 2..];
        if text[..at].ends_with('\\') && inside.starts_with('#') {
            let line = &inside[..memchr::memchr(b'\n', inside.as_bytes()).unwrap_or(inside.len())];
            if let Some(end) = line.rfind("}}") {
                from = at + 2 + end + 2;
                continue;
            }
        }
        let Some(inside) = inside.trim_start().strip_prefix('#') else { continue };
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let arguments = inside.trim_start_matches(is_word);
        let word = &inside[..inside.len() - arguments.len()];
        if !arguments.starts_with(char::is_whitespace) {
            continue;
        }
        let begin = text.len() - arguments.trim_start().len();
        let Some(end) = memchr::memchr(b'}', &text.as_bytes()[begin..]).map(|end| begin + end) else {
            return;
        };
        from = end;
        if !text[end..].starts_with("}}") {
            continue;
        }
        let path = text[begin..end].split(char::is_whitespace).next().unwrap_or_default();
        let length = match path.find(':').filter(|_| NUMBERED.contains(&word)) {
            Some(colon) => colon,
            None => path.len(),
        };
        if !path.is_empty() && (NUMBERED.contains(&word) || WHOLE.contains(&word)) {
            found.push(embed(
                text,
                Embed::Mustache,
                Span::new(at, end + 2),
                Span::new(begin, begin + length),
            ));
        }
    }
}

/// `<!--@include: path{1,2}#region-->`
fn comments(text: &str, start: usize, found: &mut Vec<Link>) {
    for at in memchr::memmem::find_iter(&text.as_bytes()[start..], b"<!--").map(|at| start + at) {
        let Some(rest) = text[at + 4..].trim_start().strip_prefix("@include:") else { continue };
        let Some(length) = rest.find("-->") else { return };
        let path = rest[..length].trim_start();
        let begin = text.len() - rest.len() + length - path.len();
        let span = Span::new(at, begin + path.len() + 3);
        found.push(embed(text, Embed::Comment, span, Span::new(begin, begin + path_length(path.trim_end()))));
    }
}

/// `<<< path#region{1,2} [title]`, alone on its line.
fn code_imports(text: &str, lines: &LineIndex, start: usize, found: &mut Vec<Link>) {
    for at in memchr::memmem::find_iter(&text.as_bytes()[start..], b"<<<").map(|at| start + at) {
        let span = lines.line_span(text, lines.line_of(at));
        if !text[span.start as usize..at].trim().is_empty() {
            continue;
        }
        let path = text[at + 3..span.end as usize].trim_start();
        let begin = span.end as usize - path.len();
        if !path.is_empty() {
            found.push(embed(text, Embed::CodeImport, span, Span::new(begin, begin + path_length(path))));
        }
    }
}

/// The length of a path before `{lines}`, `#region` and `[title]`.
fn path_length(path: &str) -> usize {
    path.find(|c: char| matches!(c, '{' | '#' | '[') || c.is_whitespace()).unwrap_or(path.len())
}

/// `{{< ref "page" >}}` and `{{% relref path="page" %}}`; a page of another language is not this tree's alone to know.
pub(super) fn references(text: &str, shortcodes: &Shortcodes<'_>) -> Vec<Link> {
    let opened = shortcodes.opened.iter();
    let references = opened.filter(|shortcode| matches!(shortcode.name, "ref" | "relref"));
    references
        .filter(|shortcode| shortcode.named("lang").is_none())
        .filter_map(|shortcode| {
            let path = shortcode.first().or_else(|| shortcode.named("path"))?;
            Some(embed(text, Embed::Shortcode, shortcode.span, path))
        })
        .collect()
}

/// `import Name from './path.mdx'` at the beginning of a line.
fn imports(text: &str, lines: &LineIndex, start: usize, found: &mut Vec<Link>) {
    for at in memchr::memmem::find_iter(&text.as_bytes()[start..], b"import ").map(|at| start + at) {
        let span = lines.line_span(text, lines.line_of(at));
        let line = span.of(text);
        let Some((_, from)) = line.rsplit_once(" from ").filter(|_| span.start as usize == at) else {
            continue;
        };
        let path = from.trim_start();
        let Some(quote) = path.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { continue };
        let begin = span.end as usize - path.len() + 1;
        if let Some(length) = path[1..].find(quote) {
            found.push(embed(text, Embed::Import, span, Span::new(begin, begin + length)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn included(text: &str) -> Vec<String> {
        let links = find(text, &LineIndex::new(text), 0, &[Embed::Mustache]);
        links.iter().map(|link| link.target.destination(text).to_owned()).collect()
    }

    #[test]
    fn mustaches_are_found_as_mdbook_finds_them() {
        let text = "{{#include a.md:1:2}} {{ #rustdoc_include\n b.rs:main }} {{#playground c:d.rs editable}}";
        assert_eq!(included(text), ["a.md", "b.rs", "c:d.rs"]);
        assert_eq!(
            included("{{{#include a.md}}} {{#title x}} {{#include}} {{#include  }} {{include b}}"),
            ["a.md"]
        );
        assert_eq!(included("{{#include a} b}} {{#include c.md}}"), ["c.md"]);
    }

    #[test]
    fn a_backslash_hides_the_rest_of_the_line() {
        let text = "\\{{#include a.md}} and {{#include b.md}} and }}{{#include c.md}\n{{#include d.md}}";
        assert_eq!(included(text), ["d.md"]);
        assert_eq!(included("\\{{#include a.md\n}} {{#include b.md}}"), ["a.md", "b.md"]);
    }

    #[test]
    fn many_open_mustaches_are_read_quickly() {
        assert!(included(&"{{#include a ".repeat(100_000)).is_empty());
        assert!(included(&"{{".repeat(200_000)).is_empty());
    }
}
