//! The ids of VitePress's headings: what `@mdit-vue/shared` makes of their text, and attributes in braces.
//!
//! Sees headings and nothing else of the page.

use crate::dialect::slug::{Numbering, is_shortcode, nfkd};
use crate::facts::{Heading, PieceKind};

/// The ids of a page's headings. Raw HTML headings have none. An id can be empty.
#[must_use]
pub fn ids(headings: &[Heading], text: &str) -> Vec<Option<String>> {
    let mut numbering = Numbering::default();
    let mut id = |heading: &Heading| {
        let (text, id) = text_and_id(heading, text);
        match id {
            Some(id) => {
                numbering.take(&id);
                id
            }
            None => numbering.number(slug(&text)),
        }
    };
    headings.iter().map(|heading| (!heading.html).then(|| id(heading))).collect()
}

/// The id in braces of which `attributes` is the inside: `#id .class key=value`.
pub fn id_of_attributes(attributes: &str) -> Option<&str> {
    let mut words = attributes.split([' ', '\n']);
    words.find_map(|word| {
        let key = word.trim_start_matches(['\t', '/', '>', '"', '\'', ':']);
        let id = key.strip_prefix('#').or_else(|| key.strip_prefix("id=")?.trim_matches('"').into())?;
        (!id.is_empty()).then_some(id)
    })
}

/// The heading's text as its id is made of it, and the id that its braces give.
fn text_and_id(heading: &Heading, source: &str) -> (String, Option<String>) {
    let pieces: Vec<(PieceKind, &str)> = heading.pieces(source).collect();
    let mut written = Written { rest: heading.span.of(source) };
    let mut text = String::new();
    let mut id = None;
    for (index, &(kind, part)) in pieces.iter().enumerate() {
        match kind {
            PieceKind::Text => {
                let part = written.text(part);
                let mut part = part.as_str();
                let after = index.checked_sub(1).map(|before| pieces[before].0);
                if matches!(after, Some(PieceKind::Code | PieceKind::Image)) {
                    part = without_leading_braces(part);
                }
                if index + 1 == pieces.len()
                    && !is_last_brace_escaped(heading.span.of(source))
                    && let Some((before, inside)) = trailing_braces(part)
                {
                    id = id_of_attributes(inside).map(str::to_owned);
                    part = before;
                }
                push_without_emoji(&mut text, part);
            }
            PieceKind::Code | PieceKind::Autolink => {
                written.skip(part);
                text.push_str(part);
            }
            PieceKind::Footnote => text.extend(["^", part]),
            PieceKind::Image | PieceKind::Tag | PieceKind::SoftBreak => {}
        }
    }
    (text, id)
}

/// The text before braces at its end, and what stands in them.
fn trailing_braces(text: &str) -> Option<(&str, &str)> {
    let (before, inside) = text.trim_end().rsplit_once('{')?;
    let inside = inside.strip_suffix('}').filter(|inside| !inside.is_empty() && !inside.contains('}'))?;
    Some((before.strip_suffix(' ').unwrap_or(before), inside))
}

fn is_last_brace_escaped(heading: &str) -> bool {
    heading.rfind('{').is_some_and(|brace| heading[..brace].ends_with('\\'))
}

/// `{.class}` directly after a code span or an image belongs to that.
fn without_leading_braces(text: &str) -> &str {
    let inside = text.strip_prefix('{').filter(|inside| !inside.starts_with('{'));
    inside.and_then(|inside| inside.split_once('}')).map_or(text, |(_, after)| after)
}

fn push_without_emoji(text: &mut String, part: &str) {
    let mut rest = part;
    while let Some((before, after)) = rest.split_once(':') {
        push_without_smileys(text, before);
        match after.split_once(':') {
            Some((name, after)) if is_shortcode(name) => rest = after,
            _ => {
                let length = smiley_length(text, after);
                if length == 0 {
                    text.push(':');
                }
                rest = &after[length..];
            }
        }
    }
    push_without_smileys(text, rest);
}

/// The length of the letters after a colon that make it a smiley.
fn smiley_length(before: &str, after: &str) -> usize {
    const MOUTHS: [&str; 14] =
        ["-D", "-O", "-o", "-P", "-S", "-Z", "'-D", "'D", ",-D", ",D", "D", "O", "P", "o"];
    const SMALL_MOUTHS: [&str; 2] = ["s", "z"];
    if before.ends_with(char::is_alphanumeric) {
        return 0;
    }
    let mouth = MOUTHS.iter().chain(&SMALL_MOUTHS).find(|mouth| {
        after.strip_prefix(**mouth).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    mouth.map_or(0, |mouth| mouth.len())
}

/// Smileys that have letters, but no colon before them.
fn push_without_smileys(text: &mut String, part: &str) {
    const SMILEYS: [&str; 6] = ["8-)", "B-)", "x-)", "X-)", "<3", "</3"];
    if !SMILEYS.iter().any(|smiley| part.contains(smiley)) {
        return text.push_str(part);
    }
    for word in part.split_inclusive(' ') {
        if !SMILEYS.contains(&word.trim_end()) {
            text.push_str(word);
        }
    }
}

/// The heading's source, walked along with the text it shows: an entity counts as it is written, and a single `~` is
/// no markup.
struct Written<'t> {
    rest: &'t str,
}

impl Written<'_> {
    /// The text with entities as the source has them.
    fn text(&mut self, shown: &str) -> String {
        if !self.rest.contains(['&', '~']) {
            return shown.to_owned();
        }
        let mut text = String::with_capacity(shown.len());
        let mut left = shown;
        while let Some(c) = left.chars().next() {
            if self.rest.is_empty() {
                text.push_str(left);
                break;
            }
            let escaped = self.rest.strip_prefix('\\').and_then(|rest| rest.strip_prefix(c));
            let entity = entity(self.rest).filter(|entity| !left.starts_with(entity));
            if let Some(rest) = escaped {
                text.push_str(if c == '&' { "&amp;" } else { &left[..c.len_utf8()] });
                self.rest = rest;
            } else if let Some(entity) = entity {
                text.push_str(entity);
                self.rest = &self.rest[entity.len()..];
            } else if let Some(rest) = self.rest.strip_prefix(c) {
                text.push(c);
                self.rest = rest;
            } else {
                self.skip_markup(&mut text);
                continue;
            }
            left = &left[c.len_utf8()..];
        }
        text
    }

    fn skip_markup(&mut self, text: &mut String) {
        if let Some(rest) = self.rest.strip_prefix("~~") {
            self.rest = rest;
            return;
        }
        let mut markup = self.rest.chars();
        if markup.next() == Some('~') {
            text.push('~');
        }
        self.rest = markup.as_str();
    }

    /// Goes on behind a part that shows what it is.
    fn skip(&mut self, part: &str) {
        if let Some(at) = self.rest.find(part) {
            self.rest = &self.rest[at + part.len()..];
        }
    }
}

/// The entity that a text begins with.
fn entity(text: &str) -> Option<&str> {
    const LONGEST: usize = 34;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text[..end].strip_prefix('&')?;
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name(name.strip_prefix('#').unwrap_or(name)).then_some(&text[..=end])
}

fn slug(text: &str) -> String {
    const COMBINING: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';
    let mut slug = String::with_capacity(text.len() + 1);
    for c in nfkd(text) {
        match c {
            c if COMBINING.contains(&c) || c < ' ' => {}
            c if is_separator(c) => {
                if !slug.is_empty() && !slug.ends_with('-') {
                    slug.push('-');
                }
            }
            c => slug.push(c),
        }
    }
    let mut slug = slug.trim_end_matches('-').to_lowercase();
    if slug.starts_with(|c: char| c.is_ascii_digit()) {
        slug.insert(0, '_');
    }
    slug
}

fn is_separator(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_whitespace() || matches!(c, '\u{feff}' | '“' | '”' | '‘' | '’')
}
