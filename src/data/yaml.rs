//! YAML with byte spans, the plain scalars typed by the core schema.
//!
//! The only file here that names saphyr-parser: it counts characters, we count bytes. An alias is a scalar's value or
//! unknown, so that nothing is ever expanded; tags are kept for whoever knows them.

mod places;

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

pub(crate) use places::Places;

use super::{BYTE_ORDER_MARK, DEEPEST, Fault, Kind, Member, Oddity, Reading, Value};
use crate::source::{Span, Spanned};

/// A longer text is not copied to where its aliases stand.
const LONGEST_ALIASED: usize = 256;

/// Reads the first document of a text; an empty text is a null.
///
/// # Errors
///
/// Where the text is no YAML.
pub fn parse(text: &str) -> Reading {
    let start = text.len() - text.trim_start_matches(BYTE_ORDER_MARK).len();
    let places = Places::new(text, Span::new(start, text.len()));
    let mut builder = Builder { text, open: Vec::new(), anchored: FxHashMap::default(), root: None };
    let mut oddities = Vec::new();
    for event in Parser::new_from_str(&text[start..]) {
        match event {
            Ok((Event::DocumentStart(_), span)) if builder.root.is_some() => {
                let message = "a second YAML document begins here and is not read";
                oddities.push(Oddity { span: places.span(span), message });
                break;
            }
            Ok((event, span)) => builder.take(event, places.span(span))?,
            Err(error) => {
                let span = Span::at(places.byte(error.marker().index()));
                if builder.root.is_some() {
                    let message = "there is text after the end of the YAML document";
                    oddities.push(Oddity { span, message });
                    break;
                }
                return Err(Fault { span, message: format!("it is not YAML: {}", error.info()) });
            }
        }
    }
    let nothing = || Value { span: Span::at(text.len()), kind: Kind::Null };
    Ok((builder.root.unwrap_or_else(nothing), oddities))
}

/// Puts values together.
struct Builder<'t> {
    text: &'t str,
    /// The collections that are not yet closed, the outermost first.
    open: Vec<Open>,
    /// The scalars that have an anchor, by the parser's numbers.
    anchored: FxHashMap<usize, Value>,
    root: Option<Value>,
}

/// A collection that is not yet closed.
struct Open {
    span: Span,
    /// The bracket that closes it, if it is written with brackets.
    bracket: Option<char>,
    tag: Option<Box<str>>,
    /// Where its tag or anchor begins, or itself.
    start: u32,
    children: Children,
}

enum Children {
    Items(Vec<Value>),
    Members(Vec<Member>, Option<Spanned<Box<str>>>),
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(&text, style, tag.as_deref(), span);
                if anchor != 0 && text.len() <= LONGEST_ALIASED {
                    self.anchored.insert(anchor, value.clone());
                }
                let place = value.span;
                self.put(value, place);
            }
            Event::Alias(anchor) => {
                let unknown = || Value { span, kind: Kind::Unknown };
                let value = self.anchored.get(&anchor).cloned().unwrap_or_else(unknown);
                self.put(value, span);
            }
            Event::SequenceStart(_, tag) => self.open(span, tag, Children::Items(Vec::new())),
            Event::MappingStart(_, tag) => self.open(span, tag, Children::Members(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
        if self.open.len() > DEEPEST {
            return Err(Fault { span, message: "it is nested too deeply".to_owned() });
        }
        Ok(())
    }

    fn scalar(&self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let is_plain = style == ScalarStyle::Plain;
        let place = without_properties(self.text, span);
        let written = place.of(self.text);
        let written = match style {
            ScalarStyle::SingleQuoted => quoted(written, '\''),
            ScalarStyle::DoubleQuoted => quoted(written, '"'),
            _ => written.len(),
        };
        let place = match place.start == span.start && is_plain && text.is_empty() {
            true => Span::at(self.empty_place(span)),
            false => Span::new(place.range().start, place.range().start + written),
        };
        let kind = match tag {
            Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => Kind::String(text.into()),
            // The other tags of the core schema say what their values look like anyway.
            _ if is_plain => plain(text),
            _ => Kind::String(text.into()),
        };
        tagged(tag.and_then(foreign), span.start, Value { span: place, kind })
    }

    /// Where a value that is not written would stand: after the colon of its key.
    fn empty_place(&self, span: Span) -> usize {
        let Some(Open { children: Children::Members(_, Some(key)), .. }) = self.open.last() else {
            return span.range().start;
        };
        let after = &self.text[key.span.range().end..];
        let blanks = after.len() - after.trim_start_matches(' ').len();
        key.span.range().end + if after[blanks..].starts_with(':') { blanks + 1 } else { 0 }
    }

    fn open(&mut self, span: Span, tag: Option<Cow<'_, Tag>>, children: Children) {
        let bracket = match span.of(self.text).trim_end().as_bytes().last() {
            Some(b'[') => Some(']'),
            Some(b'{') => Some('}'),
            _ => None,
        };
        let tag = tag.as_deref().and_then(foreign);
        let start = span.start;
        self.open.push(Open { span: without_properties(self.text, span), bracket, tag, start, children });
    }

    /// Puts a value, which stands at `place`, where it belongs.
    fn put(&mut self, value: Value, place: Span) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(value);
            return;
        };
        open.reach(place);
        match &mut open.children {
            Children::Items(items) => items.push(value),
            Children::Members(members, key) => match key.take() {
                Some(key) if &*key.value == "<<" => {}
                Some(key) => members.push(Member { key, value }),
                None => *key = Some(Spanned { value: key_text(self.text, &value, place), span: place }),
            },
        }
    }

    fn close(&mut self, end: Span) {
        let Some(Open { mut span, bracket, tag, start, children }) = self.open.pop() else { return };
        if let Some(bracket) = bracket {
            let rest = &self.text[end.range().start..];
            let length = rest.find(bracket).map_or(0, |at| at + 1);
            span.end = span.end.max(end.start + length as u32);
        }
        let kind = match children {
            Children::Items(items) => Kind::Array(items),
            Children::Members(members, _) => Kind::Object(members),
        };
        let value = tagged(tag, start, Value { span, kind });
        let place = value.span;
        self.put(value, place);
    }
}

impl Open {
    /// Takes a child in. A collection without brackets begins with its first child.
    fn reach(&mut self, child: Span) {
        let first = match &self.children {
            Children::Items(items) => items.is_empty(),
            Children::Members(members, key) => members.is_empty() && key.is_none(),
        };
        if first && self.bracket.is_none() {
            self.span = child;
        }
        self.span.end = self.span.end.max(child.end);
    }
}

/// The place of a value without its tag and anchor, and without the blanks after it: the parser counts all in.
fn without_properties(text: &str, span: Span) -> Span {
    let written = span.of(text).trim_end();
    let mut rest = written;
    while rest.starts_with(['!', '&']) {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest[word..].trim_start();
    }
    let start = span.range().start + written.len() - rest.len();
    Span::new(start, span.range().start + written.len())
}

/// How long a quoted text is: the parser counts a comment after it in.
fn quoted(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let is_doubled = c == '\'' && quote == c && chars.peek().is_some_and(|&(_, next)| next == c);
        if c == '\\' && quote == '"' || is_doubled {
            chars.next();
        } else if c == quote {
            return at + 1;
        }
    }
    text.len()
}

/// The value with its tag, which begins at `start`.
fn tagged(tag: Option<Box<str>>, start: u32, content: Value) -> Value {
    match tag {
        Some(tag) => {
            Value { span: Span { start, end: content.span.end }, kind: Kind::Tagged(tag, content.into()) }
        }
        None => content,
    }
}

/// The tag as written, if the core schema has none such.
fn foreign(tag: &Tag) -> Option<Box<str>> {
    const CORE: [&str; 7] = ["null", "bool", "int", "float", "str", "seq", "map"];
    match tag.is_yaml_core_schema() {
        true if CORE.contains(&&*tag.suffix) => None,
        true => Some(format!("!!{}", tag.suffix).into()),
        false => Some(format!("{}{}", tag.handle, tag.suffix).into()),
    }
}

/// What a scalar without quotes is.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        text if is_number(text) => Kind::Number(text.into()),
        text => Kind::String(text.into()),
    }
}

fn is_number(text: &str) -> bool {
    let all = |digits: &str, is_digit: fn(&u8) -> bool| {
        !digits.is_empty() && digits.as_bytes().iter().all(is_digit)
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, u8::is_ascii_hexdigit);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |digit| (b'0'..=b'7').contains(digit));
    }
    let magnitude = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(magnitude, ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
        || magnitude.starts_with(|c: char| c.is_ascii_digit() || c == '.') && magnitude.parse::<f64>().is_ok()
}

/// The text of a key; of a collection, what is written.
fn key_text(text: &str, key: &Value, place: Span) -> Box<str> {
    match &key.kind {
        Kind::String(key) | Kind::Number(key) => key.clone(),
        _ => place.of(text).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{scalars_as_written, survives_every_truncation};
    use super::*;

    const MKDOCS: &str = r#"### YamlMime:Nothing
site_name: &name "Café \u00e9"   # ☕
site_url: !ENV SITE_URL
repo_url: !ENV [REPO, 'https://example.com']
use_directory_urls: false
copyright: >-
  © us
  and them

dev_addr: ~
strict:
nav:
  - Home: index.md
  - *name
  - Guide ☕:
    - guide/a b.md
    - 'It''s': "b.md'"
  - {x: [1.50, 0x1F], y: true}
defaults: &defaults
  a: 1
other:
  <<: *defaults
  copy: *defaults
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
      toc_depth: 3-6
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg ''
  - pymdownx.snippets:
      base_path: !relative $docs_dir
      apply: !!python/object/apply:a.b
        kwds: {case: lower}
  - no: !!str 1
"#;

    fn get<'v>(value: &'v Value, path: &[&str]) -> &'v Value {
        path.iter().fold(value, |value, key| match key.parse::<usize>() {
            Ok(at) => &value.as_array().expect("an array")[at],
            Err(_) => value.get(key).unwrap_or_else(|| panic!("no {key}")),
        })
    }

    #[test]
    fn values_know_where_they_are_written() {
        for text in [MKDOCS.to_owned(), MKDOCS.replace('\n', "\r\n"), format!("\u{feff}{MKDOCS}")] {
            let (mkdocs, oddities) = parse(&text).expect("a value");
            assert_eq!(oddities, []);
            let mut scalars = scalars_as_written(&mkdocs, &text);
            assert!(scalars.remove(4).starts_with("© us"));
            assert_eq!(
                scalars[..6],
                ["\"Café \\u00e9\"", "!ENV SITE_URL", "!ENV [REPO, 'https://example.com']", "false", "~", ""]
            );
            assert_eq!(
                scalars[6..14],
                ["index.md", "\"Café \\u00e9\"", "guide/a b.md", "\"b.md'\"", "1.50", "0x1F", "true", "1"]
            );
            assert_eq!(
                scalars[14..18],
                [
                    "*defaults",
                    "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}",
                    "3-6",
                    "!!python/name:material.extensions.emoji.twemoji"
                ]
            );
            assert_eq!(scalars[18], "!!python/name:material.extensions.emoji.to_svg ''");
            assert_eq!(scalars[19], "!relative $docs_dir");
            assert!(scalars[20].starts_with("!!python/object/apply:a.b") && scalars[20].ends_with("lower}"));
            let home = get(&mkdocs, &["nav", "0"]);
            assert_eq!(home.members()[0].key.span.of(&text), "Home");
            assert_eq!(get(&mkdocs, &["nav", "3"]).span.of(&text), "{x: [1.50, 0x1F], y: true}");
        }
    }

    #[test]
    fn values_have_their_kinds() {
        let (mkdocs, _) = parse(MKDOCS).expect("a value");
        assert_eq!(get(&mkdocs, &["nav", "1"]).as_str(), Some("Café é"));
        assert_eq!(get(&mkdocs, &["copyright"]).as_str(), Some("© us and them"));
        assert_eq!(get(&mkdocs, &["use_directory_urls"]).as_bool(), Some(false));
        assert_eq!(get(&mkdocs, &["strict"]).kind, Kind::Null);
        assert_eq!(get(&mkdocs, &["nav", "3", "x", "0"]).kind, Kind::Number("1.50".into()));
        assert_eq!(get(&mkdocs, &["nav", "2", "Guide ☕", "1", "It's"]).as_str(), Some("b.md'"));
        assert_eq!(get(&mkdocs, &["markdown_extensions", "3", "no"]).as_str(), Some("1"));
        assert_eq!(parse("").map(|(value, _)| value.kind), Ok(Kind::Null));
        let (numbers, _) = parse("[+1, -.5, 1e3, .inf, -.INF, .nan, 0o17, '1']").expect("a value");
        assert_eq!(numbers.strings().map(|(text, _)| text).collect::<Vec<_>>(), ["1"]);
        let (words, _) = parse("[1.2.3, 0xg, 0o8, ., e5, inf, nan, -a, +.nan, 1_0, yes]").expect("a value");
        assert_eq!(words.strings().count(), 11);
    }

    #[test]
    fn tags_are_for_who_knows_them() {
        let (mkdocs, _) = parse(MKDOCS).expect("a value");
        let url = get(&mkdocs, &["site_url"]);
        assert!(url.is_unknown() && url.as_str().is_none());
        let (tag, names) = get(&mkdocs, &["repo_url"]).as_tagged().expect("a tag");
        assert_eq!((tag, names.strings().count()), ("!ENV", 2));
        let toc = get(&mkdocs, &["markdown_extensions", "0", "toc"]);
        let (tag, arguments) = get(toc, &["slugify"]).as_tagged().expect("a tag");
        assert_eq!(tag, "!!python/object/apply:pymdownx.slugs.slugify");
        assert_eq!(get(arguments, &["kwds", "case"]).as_str(), Some("lower"));
        let emoji = get(&mkdocs, &["markdown_extensions", "1", "pymdownx.emoji", "emoji_generator"]);
        let (tag, content) = emoji.as_tagged().expect("a tag");
        assert_eq!(tag, "!!python/name:material.extensions.emoji.to_svg");
        assert_eq!(content.as_str(), Some(""));
    }

    #[test]
    fn aliases_are_scalars_or_unknown() {
        let text = "a: &a [1]\nb: *a\nc: &c {d: &d x}\ne: *c\nf: *d\n<<: *c\n*d : y\n";
        let (value, _) = parse(text).expect("a value");
        assert!(get(&value, &["b"]).is_unknown() && get(&value, &["e"]).is_unknown());
        assert_eq!(get(&value, &["f"]).as_str(), Some("x"));
        assert_eq!(get(&value, &["x"]).as_str(), Some("y"));
        assert!(value.get("<<").is_none());
        assert!(parse("a: *b").is_err());
        let bomb: String = (1..40).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)).collect();
        assert!(parse(&format!("a0: &a0 x\n{bomb}")).is_ok());
    }

    #[test]
    fn only_the_first_document_is_read() {
        let odd = |text: &str| -> Vec<String> {
            let (_, oddities) = parse(text).expect("a value");
            oddities.into_iter().map(|oddity| text[oddity.span.range().start..].to_owned()).collect()
        };
        assert_eq!(odd("---\na: é\n---\nb: [\n"), ["---\nb: [\n"]);
        assert_eq!(odd("a: 1\n...\n# the end\n"), [""; 0]);
        assert_eq!(odd("%YAML 1.2\n---\na: 1\n"), [""; 0]);
        assert_eq!(odd("a: 1\n...\n]").len(), 1);
    }

    #[test]
    fn nothing_breaks_it() {
        survives_every_truncation(MKDOCS, parse);
        survives_every_truncation(&format!("\u{feff}{}", MKDOCS.replace('\n', "\r\n")), parse);
        for text in ["[", "{a: ", "- ", "? ", "!a [", "&a [", "[{a: "] {
            assert!(parse(&text.repeat(100_000)).is_err(), "{text}");
        }
        let deep = format!("{}1{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        assert!(parse(&deep).is_ok());
    }
}
