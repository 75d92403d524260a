//! The ids of a page's headings and definition list terms in mdBook.

use crate::dialect::MadeAnchors;
use crate::dialect::slug::Numbering;
use crate::facts::{Heading, PieceKind};
use crate::site::Doc;

/// The ids of headings; raw HTML headings have none but those written out.
///
/// Ids that are written in the heading are neither numbered nor counted.
pub fn heading_ids(doc: &Doc, smart_punctuation: bool) -> Vec<Option<String>> {
    let mut numbering = Numbering::default();
    let mut id = |heading: &Heading| match attributes(heading.span.of(&doc.text)) {
        Some(attributes) => id_among(attributes).map_or_else(
            || numbering.number(slug(without_attributes(&text(heading, &doc.text, smart_punctuation)))),
            str::to_owned,
        ),
        None => numbering.number(slug(&text(heading, &doc.text, smart_punctuation))),
    };
    doc.facts.headings.iter().map(|heading| (!heading.html).then(|| id(heading))).collect()
}

/// Whether mdBook makes an anchor of that name in the page: footnotes, and the frame of each page.
pub fn makes_anchor(doc: &Doc, name: &str) -> bool {
    let of_footnote = name.starts_with("footnote-") || name.starts_with("fr-");
    name == "top" || name.starts_with("mdbook-") || of_footnote && doc.facts.footnote_definitions > 0
}

/// Terms of definition lists, which have ids like headings, and what looks like front matter, which it takes for a
/// heading.
pub fn made_anchors(doc: &Doc) -> MadeAnchors {
    let header = doc.facts.front_matter.as_ref().map(|header| header.span.of(&doc.text));
    let headings = terms(&doc.text).chain(header);
    let names = headings.map(|text| slug(&dashes_dropped(text)).into()).collect();
    MadeAnchors { names, numbered: true, ..MadeAnchors::default() }
}

/// The lines before those that begin with `:`, blank lines between them left out.
fn terms(text: &str) -> impl Iterator<Item = &str> {
    let mut before = "";
    text.lines().filter_map(move |line| {
        let content = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let term =
            content.strip_prefix(':').is_some_and(|rest| rest.starts_with([' ', '\t'])).then_some(before);
        if !content.is_empty() {
            before = content;
        }
        term
    })
}

/// Lower case first; then letters, digits, `_` and `-` stay, blanks become `-`, all else goes.
fn slug(text: &str) -> String {
    let keep = |c: char| match c {
        '_' | '-' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    text.trim().to_lowercase().chars().filter_map(keep).collect()
}

/// What mdBook makes the id of: no tags, no images; a line break is a blank.
fn text(heading: &Heading, source: &str, smart_punctuation: bool) -> String {
    let mut text = String::new();
    for (kind, part) in heading.pieces(source) {
        match kind {
            PieceKind::Text if smart_punctuation => text.push_str(&dashes_dropped(part)),
            PieceKind::Text | PieceKind::Code | PieceKind::Autolink | PieceKind::Footnote => {
                text.push_str(part);
            }
            PieceKind::SoftBreak => text.push('\n'),
            PieceKind::Image | PieceKind::Tag => {}
        }
    }
    text
}

/// Two and more `-` become dashes, and no id has a dash.
fn dashes_dropped(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("--") {
        kept.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches('-');
    }
    kept + rest
}

/// What stands between the braces that end a heading, of whatever kind it is.
fn attributes(heading: &str) -> Option<&str> {
    let inside = heading.trim_end_matches(['\n', '\r', ' ', '\t']).strip_suffix('}')?;
    let open = inside.rfind(['{', '}', '<', '>', '\\', '\n', '\r'])?;
    inside[open..].strip_prefix('{')
}

fn id_among(attributes: &str) -> Option<&str> {
    let mut from_last = attributes.split_ascii_whitespace().rev();
    from_last.find_map(|attribute| attribute.strip_prefix('#').filter(|id| !id.is_empty()))
}

fn without_attributes(text: &str) -> &str {
    text.rfind('{').map_or(text, |open| &text[..open])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_at_the_end_are_attributes() {
        assert_eq!(attributes("## a {#b .c}  "), Some("#b .c"));
        assert_eq!(attributes("## a {x} {#b}"), Some("#b"));
        assert_eq!(attributes("## a \\{#b}"), Some("#b"));
        for none in ["## a {#b} c", "## a }", "## {a\\b}", "## {a\n#b}", "}", ""] {
            assert_eq!(attributes(none), None, "{none:?}");
        }
        assert_eq!(id_among("#a .b # #c"), Some("c"));
    }

    #[test]
    fn terms_stand_before_colons() {
        let text = "A\n: x\n\nB **b**\n\n> : y\n:::note\nC\n:z\n";
        assert_eq!(terms(text).collect::<Vec<_>>(), ["A", "B **b**"]);
        let made = MadeAnchors {
            names: ["a".into()].into_iter().collect(),
            numbered: true,
            ..MadeAnchors::default()
        };
        assert!(made.may_have("a-1") && made.may_have("a") && !made.may_have("a-b"));
    }

    #[test]
    fn dashes_are_dropped_and_hyphens_kept() {
        assert_eq!(slug(&dashes_dropped("en -- dash---es, well-known")), "en--dashes-well-known");
        assert_eq!(dashes_dropped("--"), "");
    }
}
