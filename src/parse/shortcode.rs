//! Shortcodes: `{{< name arguments >}}` and `{{% name arguments %}}`, which a generator replaces before and after it
//! reads the Markdown.
//!
//! Owns where they begin and end, which belong together, and how they are hidden from the Markdown parser. The names
//! that Hugo itself defines are told from those that only a site or theme knows.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::Span;

/// What a page has of shortcodes.
#[derive(Default)]
pub(super) struct Shortcodes<'t> {
    /// All but closing and escaped ones, in order.
    pub(super) opened: Vec<Shortcode<'t>>,
    /// The shortcodes themselves, which are hidden.
    hidden: Vec<Span>,
    /// What stands between two of them and is no Markdown.
    code: Vec<Span>,
    /// Lines such as `{#id .class}`, which give attributes to the block above them.
    pub(super) attributes: Vec<Span>,
    /// What stands between two shortcodes that may or may not show it as Markdown; sorted, apart from each other.
    pub(super) opaque: Vec<Span>,
    /// Whether one of them may bring anchors that do not stand in the page.
    pub(super) bring_anchors: bool,
}

/// A shortcode, not its content.
pub(super) struct Shortcode<'t> {
    pub(super) span: Span,
    pub(super) name: &'t str,
    /// Names, empty where there is none, and values without their quotes.
    pub(super) arguments: Vec<(&'t str, Span)>,
    /// Whether its content is Markdown of the page: `{{% name %}}`.
    is_markdown: bool,
}

/// Those of Hugo, of which none brings anchors.
const OF_HUGO: &[&str] = &[
    "comment",
    "details",
    "figure",
    "gist",
    "highlight",
    "instagram",
    "qr",
    "ref",
    "relref",
    "tweet",
    "twitter",
    "twitter_simple",
    "vimeo",
    "vimeo_simple",
    "x",
    "youtube",
];

/// Those of Hugo whose content is no Markdown.
const CODE: &[&str] = &["comment", "highlight"];

/// Finds the shortcodes behind `start`.
pub(super) fn find(text: &str, start: usize) -> Shortcodes<'_> {
    let mut found = Shortcodes::default();
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut content = Vec::new();
    let mut from = start;
    while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], b"{{").map(|at| from + at) {
        from = at + 2;
        let closing = match text.as_bytes().get(from) {
            Some(b'<') => ">}}",
            Some(b'%') => "%}}",
            _ => continue,
        };
        let Some(tag) = Tag::read(text, at + 3, closing) else { break };
        from = tag.end;
        let span = Span::new(at, tag.end);
        match tag.kind {
            TagKind::Escaped => continue,
            TagKind::Close => {
                if let Some(opener) = open.get_mut(tag.name).and_then(Vec::pop) {
                    content.push((opener, Span::new(found.opened[opener].span.end as usize, at)));
                }
            }
            TagKind::Open => {
                open.entry(tag.name).or_default().push(found.opened.len());
                let is_markdown = closing == "%}}";
                let Tag { name, arguments, .. } = tag;
                found.opened.push(Shortcode { span, name, arguments, is_markdown });
            }
        }
        found.hidden.push(span);
    }
    found.take_content(content);
    found.attributes = attributes(text, start);
    found
}

/// Lines that hold nothing but `{#id}`, `{.class}` or both.
fn attributes(text: &str, start: usize) -> Vec<Span> {
    let opening = memchr::memmem::find_iter(&text.as_bytes()[start..], b"\n{").map(|at| start + at + 1);
    let lines = opening.filter_map(|at| {
        let length = text[at..].find('\n').unwrap_or(text.len() - at);
        let line = text[at..at + length].trim_end();
        let is_list = (line.starts_with("{#") || line.starts_with("{.")) && line.ends_with('}');
        is_list.then(|| Span::new(at, at + line.len()))
    });
    lines.collect()
}

/// The id that such a line gives.
pub(super) fn id_of(attributes: Span, text: &str) -> Option<Span> {
    let list = attributes.of(text);
    let start = list.find('#')? + 1;
    let end = list[start..].find(|c: char| c.is_whitespace() || c == '}')? + start;
    let base = attributes.start as usize;
    Some(Span::new(base + start, base + end))
}

impl Shortcodes<'_> {
    fn take_content(&mut self, content: Vec<(usize, Span)>) {
        let mut wraps = vec![false; self.opened.len()];
        for (opener, span) in content {
            wraps[opener] = true;
            let shortcode = &self.opened[opener];
            if CODE.contains(&shortcode.name) {
                self.code.push(span);
            } else if !shortcode.is_markdown && !OF_HUGO.contains(&shortcode.name) {
                self.opaque.push(span);
            }
        }
        let mut opened = self.opened.iter().zip(wraps);
        self.bring_anchors = opened.any(|(shortcode, wraps)| shortcode.may_bring_anchors(wraps));
        self.opaque.sort_unstable();
        self.opaque.dedup_by(|inner, outer| outer.contains(*inner));
    }

    /// The text with blanks, or a word where the line holds more, in the place of shortcodes.
    pub(super) fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.hidden.is_empty() && self.attributes.is_empty() {
            return text.into();
        }
        let mut bytes = text.as_bytes().to_vec();
        let mut fill = |span: &Span, filler| {
            for byte in bytes[span.range()].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
                *byte = filler;
            }
        };
        for span in &self.hidden {
            fill(span, if is_alone(text, *span) { b' ' } else { b'x' });
        }
        for span in self.code.iter().chain(&self.attributes) {
            fill(span, b' ');
        }
        String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

fn is_alone(text: &str, span: Span) -> bool {
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let bytes = text.as_bytes();
    let before = bytes[..span.start as usize].iter().rev().find(|byte| !blank(byte));
    let after = bytes[span.end as usize..].iter().find(|byte| !blank(byte));
    let ends_line = |byte: Option<&u8>| matches!(byte, None | Some(b'\n' | b'\r'));
    ends_line(before) && ends_line(after)
}

impl<'t> Shortcode<'t> {
    /// The value of a named argument.
    pub(super) fn named(&self, name: &str) -> Option<Span> {
        self.arguments.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// The first argument without a name.
    pub(super) fn first(&self) -> Option<Span> {
        self.arguments.first().filter(|(name, _)| name.is_empty()).map(|(_, value)| *value)
    }

    /// What takes in a file, or prints one, brings its headings with it; what wraps content may give it an id.
    fn may_bring_anchors(&self, wraps: bool) -> bool {
        let names_id = |name: &str| matches!(name, "" | "id" | "name" | "anchor");
        !OF_HUGO.contains(&self.name) && (!wraps || self.arguments.iter().any(|(name, _)| names_id(name)))
    }
}

/// What stands between `{{<` and `>}}`.
struct Tag<'t> {
    kind: TagKind,
    name: &'t str,
    arguments: Vec<(&'t str, Span)>,
    /// Behind `>}}`.
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Open,
    Close,
    /// `{{</* name */>}}` is shown as `{{< name >}}`.
    Escaped,
}

impl<'t> Tag<'t> {
    /// Reads what follows the opening mark; `None` where nothing closes it.
    fn read(text: &'t str, start: usize, closing: &'static str) -> Option<Tag<'t>> {
        let nothing = |kind, end| Tag { kind, name: "", arguments: Vec::new(), end };
        if text[start..].starts_with("/*") {
            let end = start + text[start..].find("*/")? + 2;
            return Some(nothing(TagKind::Escaped, end));
        }
        let mut words = Words { text, at: start, closing };
        let mut kind = TagKind::Open;
        let mut name = "";
        let mut arguments = Vec::new();
        loop {
            match words.next()? {
                Word::End(end) => return Some(Tag { kind, name, arguments, end }),
                Word::Slash if name.is_empty() => kind = TagKind::Close,
                Word::Slash => {}
                Word::Value(value) if name.is_empty() => name = value.of(text),
                Word::Value(value) => arguments.push(("", value)),
                Word::Named(argument, value) => arguments.push((argument, value)),
            }
        }
    }
}

enum Word<'t> {
    Value(Span),
    Named(&'t str, Span),
    Slash,
    End(usize),
}

struct Words<'t> {
    text: &'t str,
    at: usize,
    closing: &'static str,
}

impl<'t> Words<'t> {
    fn next(&mut self) -> Option<Word<'t>> {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        if rest.starts_with(self.closing) {
            return Some(Word::End(self.at + self.closing.len()));
        }
        match rest.bytes().next()? {
            b'/' => {
                self.at += 1;
                Some(Word::Slash)
            }
            b'"' | b'`' => Some(Word::Value(self.quoted()?)),
            _ => Some(self.bare()?),
        }
    }

    /// The text in quotes; in `"` a backslash escapes.
    fn quoted(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        let quote = bytes[self.at];
        let start = self.at + 1;
        let mut end = start;
        while *bytes.get(end)? != quote {
            end += if bytes[end] == b'\\' && quote == b'"' { 2 } else { 1 };
        }
        self.at = end + 1;
        Some(Span::new(start, end))
    }

    /// What follows `name=`.
    fn named_value(&mut self) -> Option<Span> {
        let rest = &self.text[self.at..];
        if rest.starts_with(['"', '`']) {
            return self.quoted();
        }
        let ends = |(at, c): (usize, char)| c.is_whitespace() || rest[at..].starts_with(self.closing);
        let length = rest.char_indices().find(|&next| ends(next)).map(|(at, _)| at)?;
        let value = Span::new(self.at, self.at + length);
        self.at += length;
        Some(value)
    }

    fn bare(&mut self) -> Option<Word<'t>> {
        let start = self.at;
        let rest = &self.text[start..];
        let ends = |(at, c): (usize, char)| {
            c.is_whitespace() || c == '=' || c == '"' || rest[at..].starts_with(self.closing)
        };
        let length = rest.char_indices().find(|&next| ends(next)).map(|(at, _)| at)?;
        self.at += length;
        if rest[length..].starts_with('=') {
            self.at += 1;
            return Some(Word::Named(&rest[..length], self.named_value()?));
        }
        // A quote in the middle of a word begins the next one.
        Some(Word::Value(Span::new(start, self.at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let named = |shortcode: &Shortcode<'_>| {
            let arguments =
                shortcode.arguments.iter().map(|(name, value)| format!("{name}={}", value.of(text)));
            format!("{}({})", shortcode.name, arguments.collect::<Vec<_>>().join(" "))
        };
        find(text, 0).opened.iter().map(named).collect()
    }

    #[test]
    fn names_and_arguments_are_read() {
        let text = r#"{{< ref "a b.md" >}} {{%relref path=`c` lang="fr"%}} {{< x/y.html 1 >}} {{< fig
            src="a >}} b" />}} {{</* no */>}} {{ .No }} {{< ref a.md>}} {{< p "\"q" >}}"#;
        assert_eq!(
            names(text),
            [
                "ref(=a b.md)",
                "relref(path=c lang=fr)",
                "x/y.html(=1)",
                "fig(src=a >}} b)",
                "ref(=a.md)",
                "p(=\\\"q)"
            ]
        );
    }

    #[test]
    fn they_are_hidden_in_place() {
        let text = "{{< tabs >}}\n[a]({{< ref \"é\" >}}#b)\n{{< highlight go >}}\n## x\n{{< /highlight >}}\n";
        let hidden = find(text, 0).hide(text);
        assert_eq!(hidden.len(), text.len());
        assert!(hidden.contains("[a](xxxxxxxxxxxxxxxx#b)"), "{hidden}");
        assert!(!hidden.contains("tabs") && !hidden.contains("##"), "{hidden}");
    }

    #[test]
    fn what_is_uncertain_is_told() {
        let bring = |text: &str| find(text, 0).bring_anchors;
        assert!(bring("{{% include \"a\" %}}") && bring("{{< tab id=\"x\" >}}{{< /tab >}}"));
        assert!(!bring("{{< ref \"a\" >}}") && !bring("{{% alert title=\"x\" %}}y{{% /alert %}}"));
        let opaque =
            |text: &str| find(text, 0).opaque.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            opaque(
                "{{< a >}}1{{< b >}}2{{< /b >}}{{< /a >}}{{% c %}}3{{% /c %}}{{< details >}}4{{< /details >}}"
            ),
            ["1{{< b >}}2{{< /b >}}"]
        );
    }

    #[test]
    fn hostile_text_costs_nothing() {
        for text in ["{{< ", "{{< a >}}", "{{< /a >}}", "{{< a \"", "{{</*", "{{< a=", "{{% a\\"] {
            let text = text.repeat(50_000);
            let found = find(&text, 0);
            assert_eq!(found.hide(&text).len(), text.len());
        }
    }
}
