//! From the headings of a page to their ids.
//!
//! Owns the algorithms, one a platform, and the emoji shortcodes (the only file that names `emojis`
//! and `unicode-normalization`). Sees headings
//! and nothing else of the page. The vectors in `tests/slug-cases.json` were made by the platforms' own code.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::facts::{Heading, PieceKind};

/// The ids of a page's headings on Microsoft Learn. Raw HTML headings have none.
///
/// A tab heading (`# [Linux](#tab/linux)`) has its number like any other, although no heading appears.
#[must_use]
pub fn learn(headings: &[Heading], text: &str) -> Vec<Option<String>> {
    let mut numbering = Numbering::default();
    let mut id = |heading: &Heading| {
        let generated = numbering.number(learn_slug(&learn_text(heading, text)));
        explicit_id(heading, text).map_or(generated, str::to_owned)
    };
    headings.iter().map(|heading| (!heading.html).then(|| id(heading))).collect()
}

/// The ids of a page's headings on GitHub, raw HTML headings included. An id can be empty.
///
/// A `Σ` at the end of a word becomes `ς` here; nobody has seen whether GitHub makes it `σ`. Whoever compares
/// should take either.
#[must_use]
pub fn github(headings: &[Heading], text: &str) -> Vec<Option<String>> {
    let mut numbering = Numbering::default();
    headings.iter().map(|heading| Some(numbering.number(github_slug(&github_text(heading, text))))).collect()
}

/// The ids given so far, each with the number to try when it comes again.
#[derive(Default)]
pub(super) struct Numbering(HashMap<String, u32>);

impl Numbering {
    /// Takes note of an id that somebody gave.
    pub(super) fn reserve(&mut self, id: &str) {
        self.0.entry(id.to_owned()).or_insert(1);
    }

    /// `base`, or the first free of `base-1`, `base-2`, …
    pub(super) fn number(&mut self, base: String) -> String {
        let Some(&next) = self.0.get(&base) else {
            self.0.insert(base.clone(), 1);
            return base;
        };
        let free = (next..)
            .map(|number| (number, format!("{base}-{number}")))
            .find(|(_, id)| !self.0.contains_key(id));
        let Some((number, id)) = free else { return base };
        self.0.insert(base, number + 1);
        self.0.insert(id.clone(), 1);
        id
    }

    /// An id that an author gave and that is not numbered.
    pub(super) fn take(&mut self, id: &str) {
        self.0.entry(id.to_owned()).or_insert(1);
    }
}

/// Letters, decimal digits, `-` and `_` stay, spaces become `-`; all else goes, everything outside the Basic
/// Multilingual Plane with it, for Learn looks at UTF-16 code units.
fn learn_slug(text: &str) -> String {
    static DROPPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\p{L}\p{Nd}_\- ]|[\x{10000}-\x{10FFFF}]"));
    let slug = ascii_slug(text)
        .unwrap_or_else(|| DROPPED.replace_all(text, "").chars().map(learn_lowercase).collect());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Lower case, code unit by code unit: `İ`, which would become two, and titlecase letters stay.
fn learn_lowercase(c: char) -> char {
    let mut lowercase = c.to_lowercase();
    match (c, lowercase.next(), lowercase.next()) {
        (' ', ..) => '-',
        (_, Some(lowercase), None) if c.is_uppercase() => lowercase,
        _ => c,
    }
}

/// What Learn makes the id of: no tags, no inline includes, no emoji, no `<xref:…>`.
fn learn_text(heading: &Heading, source: &str) -> String {
    let mut text = String::new();
    for (kind, part) in heading.pieces(source) {
        match kind {
            PieceKind::Text => push_without_shortcodes(&mut text, part),
            PieceKind::Autolink if part.starts_with("xref:") => {}
            PieceKind::Code | PieceKind::Image | PieceKind::Autolink | PieceKind::Footnote => {
                text.push_str(part);
            }
            PieceKind::Tag | PieceKind::SoftBreak => {}
        }
    }
    drop_includes(&mut text);
    text
}

/// An emoji shortcode counts after a blank or at the beginning.
fn push_without_shortcodes(text: &mut String, part: &str) {
    let mut rest = part;
    while let Some((before, after)) = rest.split_once(':') {
        text.push_str(before);
        let name = after.split_once(':').map_or("", |(name, _)| name);
        let begins = text.is_empty() || text.ends_with(char::is_whitespace);
        if begins && is_shortcode(name) {
            rest = &after[name.len() + 1..];
        } else {
            text.push(':');
            rest = after;
        }
    }
    text.push_str(rest);
}

/// Whether `:name:` is an emoji.
pub(super) fn is_shortcode(name: &str) -> bool {
    emojis::get_by_shortcode(name).is_some()
}

/// The text in Unicode's compatibility decomposition.
pub(super) fn nfkd(text: &str) -> impl Iterator<Item = char> {
    text.nfkd()
}

/// Takes `[!INCLUDE [title](path)]` out, of which the text is `[!INCLUDE title]`.
fn drop_includes(text: &mut String) {
    static INCLUDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\[!include[^\]]*\]"));
    if text.contains('[') {
        *text = INCLUDE.replace_all(text, "").into_owned();
    }
}

/// The id of `<a name="id"></a>` or `<a id="id"></a>` at the beginning of a heading: Learn takes it for the
/// heading's own, and the generated one is gone.
fn explicit_id<'h>(heading: &'h Heading, text: &'h str) -> Option<&'h str> {
    static ANCHOR: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^<a +(?:name|id)="([\w \-.]+)" *>$"#));
    let mut pieces = heading.pieces(text);
    match (pieces.next()?, pieces.next()?) {
        ((PieceKind::Tag, open), (PieceKind::Tag, "</a>")) if heading.inlines >= 3 => {
            Some(ANCHOR.captures(open)?.get(1)?.as_str())
        }
        _ => None,
    }
}

/// Lower case first; then word characters and `-` stay, spaces become `-`, all else goes.
pub(super) fn github_slug(text: &str) -> String {
    ascii_slug(text).unwrap_or_else(|| cased_slug(&text.to_lowercase()))
}

/// The same with upper case as it is.
pub(super) fn cased_slug(text: &str) -> String {
    static DROPPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\w\- ]|[\x{200C}\x{200D}]"));
    DROPPED.replace_all(text, "").replace(' ', "-")
}

/// What GitHub makes the id of: the text of the rendered heading.
fn github_text(heading: &Heading, source: &str) -> String {
    let mut text = String::new();
    for (kind, part) in heading.pieces(source) {
        match kind {
            PieceKind::Text | PieceKind::Code | PieceKind::Autolink | PieceKind::Footnote => {
                text.push_str(part);
            }
            PieceKind::Image | PieceKind::Tag | PieceKind::SoftBreak => {}
        }
    }
    text
}

/// The slug of a text in ASCII, of which all platforms here make the same, with no pattern and in one pass.
fn ascii_slug(text: &str) -> Option<String> {
    let keep = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' | 'a'..='z' | '0'..='9' | 'A'..='Z' => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    text.is_ascii().then(|| text.chars().filter_map(keep).collect())
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Content, Piece};
    use crate::source::Span;

    fn heading(pieces: &[Piece]) -> Heading {
        let inlines = pieces.len() as u32;
        Heading {
            level: 2,
            span: Span::default(),
            content: Content::Pieces(pieces.into()),
            parent: None,
            html: false,
            inlines,
        }
    }

    fn text(text: &str) -> Piece {
        Piece { kind: PieceKind::Text, text: text.into() }
    }

    fn tag(tag: &str) -> Piece {
        Piece { kind: PieceKind::Tag, text: tag.into() }
    }

    fn ids(algorithm: fn(&[Heading], &str) -> Vec<Option<String>>, headings: &[Heading]) -> Vec<String> {
        algorithm(headings, "").into_iter().map(|id| id.unwrap_or_else(|| "none".to_owned())).collect()
    }

    fn learn_id(pieces: &[Piece]) -> String {
        ids(learn, &[heading(pieces)]).remove(0)
    }

    #[test]
    fn numbers_are_of_each_id_its_own() {
        let headings = ["echo", "echo", "echo 1", "echo-1", "echo"].map(|name| heading(&[text(name)]));
        let expected = ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"];
        assert_eq!(ids(learn, &headings), expected);
        assert_eq!(ids(github, &headings), expected);
    }

    #[test]
    fn html_headings_count_on_github_only() {
        let html = Heading { html: true, inlines: 0, ..heading(&[text("Foo")]) };
        let headings = [html, heading(&[text("Foo")])];
        assert_eq!(ids(learn, &headings), ["none", "foo"]);
        assert_eq!(ids(github, &headings), ["foo", "foo-1"]);
    }

    #[test]
    fn an_anchor_before_the_heading_is_its_id_on_learn() {
        let anchored = |open: &str, close: &str| learn_id(&[tag(open), tag(close), text("Head")]);
        assert_eq!(anchored(r#"<a name="My id">"#, "</a>"), "My id");
        assert_eq!(anchored(r#"<a  id="x.y-z" >"#, "</a>"), "x.y-z");
        assert_eq!(anchored(r#"<a id="x" />"#, "</a>"), "head");
        assert_eq!(anchored(r#"<a id='x'>"#, "</a>"), "head");
        assert_eq!(anchored(r#"<a class="y" id="x">"#, "</a>"), "head");
        assert_eq!(learn_id(&[tag(r#"<a id="x">"#), tag("</a>")]), "section");
        // The generated id is gone, its number is not.
        let headings =
            [heading(&[tag(r#"<a id="x">"#), tag("</a>"), text("Head")]), heading(&[text("Head")])];
        assert_eq!(ids(learn, &headings), ["x", "head-1"]);
    }

    #[test]
    fn what_learn_replaces_adds_nothing() {
        assert_eq!(learn_id(&[text("[!INCLUDE"), text("] Overview")]), "-overview");
        assert_eq!(learn_id(&[text("[!include title] Overview")]), "-overview");
        assert_eq!(
            learn_id(&[text("About "), Piece { kind: PieceKind::Autolink, text: "xref:a.b".into() }]),
            "about-"
        );
        assert_eq!(
            learn_id(&[text(":rocket: at 10:30:15 :nosuch: x:smile: :+1:")]),
            "-at-103015-nosuch-xsmile-"
        );
        assert_eq!(learn_id(&[Piece { kind: PieceKind::Code, text: ":rocket:".into() }]), "rocket");
    }

    #[test]
    fn thousands_of_equal_headings_are_numbered_quickly() {
        let headings = vec![heading(&[text("Same")]); 50_000];
        assert_eq!(ids(github, &headings).last().map(String::as_str), Some("same-49999"));
    }
}
