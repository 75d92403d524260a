//! From the headings of a page to their ids, as Hugo's goldmark makes them.
//!
//! Owns the three algorithms that `autoHeadingIDType` chooses from, and the attributes behind a heading. Sees headings
//! and the page's text, nothing of the site.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::dialect::slug::Numbering;
use crate::facts::{Heading, PieceKind};

/// What the configuration says of heading ids.
#[derive(Clone, Copy, Debug)]
pub struct HeadingIds {
    /// Whether headings without an id of their own get one.
    pub auto: bool,
    /// The algorithm.
    pub kind: Kind,
    /// Whether `{#id}` behind a heading counts.
    pub attributes: bool,
    /// Whether `--` becomes a dash.
    pub typographer: bool,
    /// Whether a bare address becomes a link, which adds nothing to the id.
    pub linkify: bool,
}

/// `autoHeadingIDType`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `github`
    GitHub,
    /// `github-ascii`
    GitHubAscii,
    /// `blackfriday`
    Blackfriday,
}

impl Default for HeadingIds {
    fn default() -> HeadingIds {
        HeadingIds { auto: true, kind: Kind::GitHub, attributes: true, typographer: true, linkify: true }
    }
}

impl HeadingIds {
    /// The ids of a page's headings. Raw HTML headings have only what is written in them.
    #[must_use]
    pub fn of(self, headings: &[Heading], text: &str) -> Vec<Option<String>> {
        let mut numbering = Numbering::default();
        headings.iter().map(|heading| self.id(heading, text, &mut numbering)).collect()
    }

    fn id(self, heading: &Heading, text: &str, numbering: &mut Numbering) -> Option<String> {
        if heading.html {
            return None;
        }
        let source = heading.span.of(text);
        let attributes = self.attributes.then(|| Attributes::behind(source)).flatten();
        if let Some(id) = attributes.and_then(|attributes| attributes.id) {
            numbering.reserve(id);
            return Some(id.to_owned());
        }
        let mut shown = self.text(heading, text);
        if attributes.is_some() {
            shown.truncate(shown.rfind('{').unwrap_or(shown.len()));
        }
        let shown = with_numeric_entities(shown, source);
        let shown = shown.trim();
        (self.auto && !shown.is_empty()).then(|| numbering.number(self.slug(shown)))
    }

    /// The last line of the heading without tags, autolinks and footnotes.
    fn text(self, heading: &Heading, source: &str) -> String {
        let mut shown = String::new();
        for (kind, part) in heading.pieces(source) {
            match kind {
                PieceKind::Text => shown.push_str(&self.replaced(part)),
                PieceKind::Code | PieceKind::Image => shown.push_str(part),
                PieceKind::SoftBreak => shown.clear(),
                PieceKind::Autolink | PieceKind::Tag | PieceKind::Footnote => {}
            }
        }
        shown
    }

    /// What goldmark's extensions leave of a text.
    fn replaced(self, part: &str) -> Cow<'_, str> {
        let mut part = Cow::Borrowed(part);
        if self.linkify && (part.contains("://") || part.contains("www.") || part.contains('@')) {
            static BARE: LazyLock<Regex> = LazyLock::new(|| {
                let end = r#"(?:[/#?][-a-zA-Z0-9@:%_+.~#!?&/=();,'">^{}\[\]`]*)?"#;
                let host = r"[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+";
                pattern(&format!(
                    r"(^|[\s*_~(])(?:(?:https?|ftp)://{host}(?::\d+)?{end}|www\.{host}{end}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
                ))
            });
            part = BARE.replace_all(&part, "$1").into_owned().into();
        }
        if self.typographer && part.contains("--") {
            part = part.replace("---", "").replace("--", "").into();
        }
        part
    }

    fn slug(self, text: &str) -> String {
        let slug = match self.kind {
            Kind::GitHub => github(text),
            Kind::GitHubAscii => {
                let unaccented = text.nfd().filter(|c| !is_combining_mark(*c)).nfc();
                github(&unaccented.filter(char::is_ascii).collect::<String>())
            }
            Kind::Blackfriday => blackfriday(text),
        };
        if slug.is_empty() { "heading".to_owned() } else { slug }
    }
}

/// Letters, decimal digits, `-` and `_` stay, spaces become `-`; all else goes.
fn github(text: &str) -> String {
    static DROPPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\p{L}\p{Nd}_\- ]"));
    DROPPED.replace_all(text, "").chars().map(|c| if c == ' ' { '-' } else { lowercase(c) }).collect()
}

/// Letters and numbers stay; each run of anything else between them becomes one `-`.
fn blackfriday(text: &str) -> String {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\p{L}\p{N}]+"));
    OTHERS.replace_all(text, "-").trim_matches('-').chars().map(lowercase).collect()
}

/// Lower case, code point by code point.
fn lowercase(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Hugo decodes the entities that have names, and takes the others as they are written: `&#8212;` is `8212`.
fn with_numeric_entities(shown: String, source: &str) -> String {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| pattern(r"&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});"));
    if !source.contains("&#") {
        return shown;
    }
    let mut written = String::with_capacity(shown.len());
    let mut rest = shown.as_str();
    for entity in ENTITY.captures_iter(source) {
        let code = &entity[1];
        let number = match code.strip_prefix('x') {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => code.parse(),
        };
        let decoded = number.ok().and_then(char::from_u32);
        if let Some((before, after)) = decoded.and_then(|decoded| rest.split_once(decoded)) {
            written.push_str(before);
            written.push_str(code);
            rest = after;
        }
    }
    written.push_str(rest);
    written
}

/// `{#id .class key="value"}` at the end of a heading.
#[derive(Clone, Copy)]
struct Attributes<'t> {
    id: Option<&'t str>,
}

impl Attributes<'_> {
    fn behind(source: &str) -> Option<Attributes<'_>> {
        static LIST: LazyLock<Regex> = LazyLock::new(|| {
            let name = r"[\w:.-]+";
            let value = r#"(?:"[^"]*"|'[^']*'|[^\s"'{},]+)"#;
            pattern(&format!(r"^[\s,]*(?:(?:[#.]{name}|{name}={value})(?:[\s,]+|$))*$"))
        });
        let source = source.trim_end().strip_suffix('}')?;
        let (before, list) = source.rsplit_once('{')?;
        if before.ends_with('\\') || list.contains('\n') || !LIST.is_match(list) {
            return None;
        }
        let mut items = list.split([' ', '\t', ',']).filter(|item| !item.is_empty());
        let id = items.find_map(|item| {
            let value = item.strip_prefix("id=").map(|value| value.trim_matches(['"', '\'']));
            item.strip_prefix('#').or(value)
        });
        Some(Attributes { id })
    }
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Flavor, parse};
    use crate::source::LineIndex;

    fn ids(rules: HeadingIds, page: &str) -> Vec<String> {
        let facts = parse(page, &LineIndex::new(page), Flavor::default());
        rules
            .of(&facts.headings, page)
            .into_iter()
            .map(|id| id.unwrap_or_else(|| "none".to_owned()))
            .collect()
    }

    /// What Hugo 0.168 gave for these lines, in one page.
    #[test]
    fn ids_are_those_of_hugo() {
        let page = "\
## A &eacute; B &amp; C &#39; D &bogus; &frac12; E &#xe9;\n
## A <b>bold</b> x <br/> y <!-- c -->z\n
##   lead <!-- c --> trail  ##\n
## with class {.c}\n
## not {attr}\n
## {#only}\n
## foo {#a} bar\n
## esc \\{#e}\n
## exp\n
## x {#exp}\n
## exp\n
## see https://example.org/a. here\n
## mail a.b@example.com now\n
## www.example.com x\n
## a ---- b ----- c\n
## a `--x` -- y\n
## A {.c #i2}\n
## B {id=i4}\n
## B {id=\"i5\"}\n
## C {}\n
## D {#i7} ##\n
## F {#i.9-x:y}\n";
        let expected = [
            "a-é-b--c-39-d-bogus--e-xe9",
            "a-bold-x--y-z",
            "lead--trail",
            "with-class",
            "not-attr",
            "only",
            "foo-a-bar",
            "esc-e",
            "exp",
            "exp",
            "exp-1",
            "see--here",
            "mail--now",
            "x",
            "a---b--c",
            "a---x--y",
            "i2",
            "i4",
            "i5",
            "c",
            "d-i7",
            "i.9-x:y",
        ];
        assert_eq!(ids(HeadingIds::default(), page), expected);
    }

    #[test]
    fn the_configuration_chooses_the_algorithm() {
        let page = "## Über (1) -- Größe & Maß {#own}\n\n## Über (1) -- Größe & Maß\n\n## Ⅷ\n";
        let of = |kind| ids(HeadingIds { kind, ..HeadingIds::default() }, page);
        assert_eq!(of(Kind::GitHub), ["own", "über-1--größe--maß", "heading"]);
        assert_eq!(of(Kind::GitHubAscii), ["own", "uber-1--groe--ma", "heading"]);
        assert_eq!(of(Kind::Blackfriday), ["own", "über-1-größe-maß", "ⅷ"]);
        let without = HeadingIds { attributes: false, typographer: false, ..HeadingIds::default() };
        assert_eq!(ids(without, page)[0], "über-1----größe--maß-own");
        assert_eq!(ids(HeadingIds { auto: false, ..HeadingIds::default() }, page)[0..2], ["own", "none"]);
    }
}
