//! From the headings of a page to their ids, as Python-Markdown's `toc` extension makes them.
//!
//! Owns the algorithms and their choice by the configuration. The vectors in `tests/slug-cases.json` were made by the
//! platform's own code.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::data::{Kind, Value};
use crate::dialect::slug::is_shortcode;
use crate::facts::{ElementId, Heading, PieceKind};
use crate::site::Doc;
use crate::source::Span;

/// How a project makes ids of headings.
#[derive(Clone, Debug)]
pub struct Slugs {
    function: Function,
    separator: String,
    /// Whether emoji shortcodes become pictures, of which no text is left.
    pub emoji: bool,
}

/// The functions that projects name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    /// Python-Markdown's own: ASCII only.
    Ascii,
    /// Python-Markdown's own for all letters.
    Unicode,
    /// That of PyMdown Extensions.
    PyMdown { case: Case, encoded: bool },
    /// One that only Python knows.
    Unknown,
}

/// What becomes of upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Kept,
    Lower,
    LowerAscii,
    Folded,
}

impl Default for Slugs {
    fn default() -> Slugs {
        Slugs { function: Function::Ascii, separator: "-".to_owned(), emoji: false }
    }
}

impl Slugs {
    /// As the options of `toc` say.
    pub fn of(slugify: Option<&Value>, separator: Option<&str>, emoji: bool) -> Slugs {
        Slugs {
            function: slugify.map_or(Function::Ascii, Function::of),
            separator: separator.unwrap_or("-").to_owned(),
            emoji,
        }
    }

    /// As most projects make the ids of tabs.
    pub fn of_tabs() -> Slugs {
        let function = Function::PyMdown { case: Case::Lower, encoded: false };
        Slugs { function, ..Slugs::default() }
    }

    /// Whether the ids can be known.
    pub fn is_known(&self) -> bool {
        self.function != Function::Unknown
    }

    /// The ids of a page's headings. Raw HTML headings have none but those written there.
    pub fn ids(&self, doc: &Doc) -> Vec<Option<String>> {
        let listed = || doc.facts.ids.iter().filter(|id| is_listed(id, &doc.text));
        let mut given: HashSet<String> = listed().map(|id| id.value.to_string()).collect();
        let mut counters = HashMap::new();
        let mut listed = listed().peekable();
        let headings = doc.facts.headings.iter();
        headings
            .map(|heading| {
                let mut own = None;
                while listed.next_if(|id| id.span.start < heading.span.start).is_some() {}
                while let Some(id) = listed.next_if(|id| id.span.end <= heading.span.end) {
                    own = Some(id).filter(|id| is_of_heading(id, heading, &doc.text)).or(own);
                }
                let slug = || unique(self.slug(heading, &doc.text), &mut given, &mut counters);
                (!heading.html).then(|| own.map_or_else(slug, |id| id.value.to_string()))
            })
            .collect()
    }

    fn slug(&self, heading: &Heading, source: &str) -> String {
        self.slug_of(&self.text(heading, source))
    }

    /// The id of a text.
    pub fn slug_of(&self, text: &str) -> String {
        match self.function {
            Function::Ascii => {
                let ascii: String = text.nfkd().filter(char::is_ascii).collect();
                collapsed(&ascii, &self.separator)
            }
            Function::Unicode => collapsed(text, &self.separator),
            Function::PyMdown { case, encoded } => {
                let slug = pymdown(text, case, &self.separator);
                if encoded { percent_encoded(&slug) } else { slug }
            }
            Function::Unknown => String::new(),
        }
    }

    /// The text of the rendered heading, blanks collapsed.
    fn text(&self, heading: &Heading, source: &str) -> String {
        let mut text = String::new();
        for (kind, part) in heading.pieces(source) {
            match kind {
                PieceKind::Text if self.emoji => push_without_shortcodes(&mut text, part),
                PieceKind::Text | PieceKind::Code | PieceKind::Autolink => text.push_str(part),
                PieceKind::SoftBreak => text.push(' '),
                PieceKind::Image | PieceKind::Tag | PieceKind::Footnote => {}
            }
        }
        // Blanks collapse before entities are decoded.
        let has_entities = heading.span.of(source).contains('&');
        let is_blank = |c: char| c.is_whitespace() && !(has_entities && c == '\u{a0}');
        text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl Function {
    /// The function that a value of the configuration names.
    fn of(value: &Value) -> Function {
        let Some((tag, content)) = value.as_tagged() else {
            return if value.kind == Kind::Null { Function::Ascii } else { Function::Unknown };
        };
        let name = tag.rsplit([':', '!']).next().unwrap_or_default();
        let lower = Function::PyMdown { case: Case::Lower, encoded: false };
        match name {
            "pymdownx.slugs.slugify" => Function::with_keywords(content.get("kwds")),
            "pymdownx.slugs.uslugify" => lower,
            "pymdownx.slugs.uslugify_encoded" => Function::PyMdown { case: Case::Lower, encoded: true },
            "pymdownx.slugs.uslugify_cased" => Function::PyMdown { case: Case::Kept, encoded: false },
            "pymdownx.slugs.uslugify_cased_encoded" => Function::PyMdown { case: Case::Kept, encoded: true },
            "pymdownx.slugs.gfm" => Function::PyMdown { case: Case::LowerAscii, encoded: false },
            "pymdownx.slugs.gfm_encoded" => Function::PyMdown { case: Case::LowerAscii, encoded: true },
            "markdown.extensions.toc.slugify" => Function::Ascii,
            "markdown.extensions.toc.slugify_unicode" => Function::Unicode,
            _ => Function::Unknown,
        }
    }

    fn with_keywords(keywords: Option<&Value>) -> Function {
        let text = |key| keywords.and_then(|keywords| keywords.get(key));
        let case = match text("case").and_then(Value::as_str) {
            Some("lower") => Case::Lower,
            Some("lower-ascii") => Case::LowerAscii,
            Some("fold") => Case::Folded,
            None | Some("none") => Case::Kept,
            Some(_) => return Function::Unknown,
        };
        let composed = text("normalize").is_none_or(|form| form.as_str() == Some("NFC"));
        let encoded = text("percent_encode").and_then(Value::as_bool).unwrap_or(false);
        if composed { Function::PyMdown { case, encoded } } else { Function::Unknown }
    }
}

/// Whether an id comes from an attribute list: `#` stands before it, where HTML has a quote or `=`.
fn is_listed(id: &ElementId, text: &str) -> bool {
    text[..id.span.start as usize].ends_with('#')
}

/// Whether the attribute list that gives an id ends the heading, so that it is not that of something inside.
fn is_of_heading(id: &ElementId, heading: &Heading, text: &str) -> bool {
    let before = Span { start: heading.span.start, end: id.span.start }.of(text);
    let after = Span { start: id.span.end, end: heading.span.end }.of(text);
    let begins = before.rfind('{').is_some_and(|open| before[..open].ends_with(' '));
    begins && after.split_once('}').is_some_and(|(_, rest)| rest.trim_matches([' ', '#']).is_empty())
}

/// `id`, or the first free of `id_1`, `id_2`, …; where it ends in a number already, it is counted on.
fn unique(id: String, given: &mut HashSet<String>, counters: &mut HashMap<String, u64>) -> String {
    if !id.is_empty() && !given.contains(&id) {
        given.insert(id.clone());
        return id;
    }
    let numbered = id.rsplit_once('_').and_then(|(base, number)| {
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        Some((base, number.parse::<u64>().ok().filter(|_| is_number)?))
    });
    let (base, number) = numbered.unwrap_or((&id, 0));
    let key = format!("{base}_{number}");
    let mut next = counters.get(&key).copied().unwrap_or(number).saturating_add(1);
    while given.contains(&format!("{base}_{next}")) && next < u64::MAX {
        next += 1;
    }
    counters.insert(key, next);
    let id = format!("{base}_{next}");
    given.insert(id.clone());
    id
}

/// Word characters and `-` stay, in lower case; runs of blanks and separators become one.
fn collapsed(text: &str, separator: &str) -> String {
    static DROPPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\p{L}\p{N}_\s-]"));
    let kept = DROPPED.replace_all(text, "");
    let mut slug = String::new();
    let mut joined = false;
    for c in kept.trim().to_lowercase().chars() {
        let joins = c.is_whitespace() || separator.contains(c);
        match joins {
            false => slug.push(c),
            true if !joined => slug.push_str(separator),
            true => {}
        }
        joined = joins;
    }
    slug
}

fn pymdown(text: &str, case: Case, separator: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"</?[^>]*>"));
    static DROPPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\p{L}\p{N}_\- ]"));
    let composed: String = text.nfc().collect();
    let untagged = TAG.replace_all(&composed, "");
    let text = untagged.trim();
    let cased = match case {
        Case::Kept => text.to_owned(),
        Case::Lower => text.to_lowercase(),
        Case::LowerAscii => text.to_ascii_lowercase(),
        Case::Folded => text.to_lowercase().replace('ß', "ss").replace('ς', "σ"),
    };
    DROPPED.replace_all(&cased, "").replace(' ', separator)
}

fn percent_encoded(slug: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    slug.bytes().map(encode).collect()
}

/// `:rocket:`, and `:material-rocket:` of an icon set.
fn push_without_shortcodes(text: &mut String, part: &str) {
    const ICONS: [&str; 4] = ["material-", "fontawesome-", "octicons-", "simple-"];
    let mut rest = part;
    while let Some((before, after)) = rest.split_once(':') {
        text.push_str(before);
        let name = after.split_once(':').map_or("", |(name, _)| name);
        if is_shortcode(name) || ICONS.iter().any(|set| name.starts_with(set)) {
            rest = &after[name.len() + 1..];
        } else {
            text.push(':');
            rest = after;
        }
    }
    text.push_str(rest);
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}
