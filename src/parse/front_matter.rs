//! The header of a page: where it stands, and the values it holds with their byte spans.
//!
//! Owns the delimiters and the choice of the reader: for YAML [`plain`] for the lines nearly all headers are made of,
//! [`yaml`] for the rest, whose faults are worded in `fault`; for TOML and JSON `tree`. Knows no keys, no rules and no
//! dialects; never fails.

mod fault;
pub mod plain;
mod tree;
pub mod yaml;

use std::collections::HashSet;

use crate::data;
use crate::facts::{Entry, FrontMatter, Shown};
use crate::source::{Span, Spanned};

/// Where the header of a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What stands between the delimiters.
    pub span: Span,
    /// Where the body begins.
    pub end: usize,
    /// The language it is written in.
    pub format: Format,
}

/// The language of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML between `---` lines.
    Yaml,
    /// TOML between `+++` lines.
    Toml,
    /// A JSON object with which the page begins.
    Json,
}

/// Finds the header: from a first line `---` to the next line `---` or `...`, from `+++` to `+++`, or an object.
#[must_use]
pub fn split(text: &str) -> Option<Header> {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (first, start) = line_at(text, begin)?;
    let (format, ends) = match first {
        "---" => (Format::Yaml, ["---", "..."]),
        "+++" => (Format::Toml, ["+++", "+++"]),
        _ => return object(text, begin),
    };
    let mut at = start;
    while let Some((line, next)) = line_at(text, at) {
        if ends.contains(&line) {
            return Some(Header { span: Span::new(start, at), end: next, format });
        }
        at = next;
    }
    None
}

/// `{"key": …}` at the beginning of the page, with nothing behind it on its last line.
fn object(text: &str, begin: usize) -> Option<Header> {
    text[begin..].strip_prefix('{')?.trim_start().strip_prefix('"')?;
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    let last = text.as_bytes()[begin..].iter().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let end = begin + last + 1;
    match line_at(text, end) {
        Some(("", next)) => Some(Header { span: Span::new(begin, end), end: next, format: Format::Json }),
        Some(_) => None,
        None => Some(Header { span: Span::new(begin, end), end, format: Format::Json }),
    }
}

/// The line at `at` without trailing blanks, and where the next one begins.
fn line_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = &text.as_bytes()[at..];
    if rest.is_empty() {
        return None;
    }
    let (length, ending) = match memchr::memchr2(b'\n', b'\r', rest) {
        Some(length) if rest[length..].starts_with(b"\r\n") => (length, 2),
        Some(length) => (length, 1),
        None => (rest.len(), 0),
    };
    Some((text[at..at + length].trim_end_matches([' ', '\t']), at + length + ending))
}

/// Reads the values of a header. What is wrong with it, if anything, is told in [`FrontMatter::fault`].
#[must_use]
pub fn parse(text: &str, header: &Header) -> FrontMatter {
    let (entries, fault) = match header.format {
        Format::Toml => tree::read(text, header.span, data::toml::parse),
        Format::Json => tree::read(text, header.span, data::json::parse),
        Format::Yaml => match plain::read(text, header.span) {
            Some(entries) => (entries, None),
            None => yaml::read(text, header.span),
        },
    };
    let fault = fault.or_else(|| repeated_key(text, &entries).map(|key| repetition(text, key)));
    FrontMatter { span: header.span, entries: entries.into(), fault }
}

/// The first key that an earlier entry has.
fn repeated_key<'e>(text: &str, entries: &'e [Entry]) -> Option<&'e Spanned<Shown>> {
    const FEW: usize = 32;
    let name = |entry: &'e Entry| entry.key.value.of(text);
    if entries.len() <= FEW {
        let repeats = |&at: &usize| entries[..at].iter().any(|entry| name(entry) == name(&entries[at]));
        return (1..entries.len()).find(repeats).map(|at| &entries[at].key);
    }
    let mut seen = HashSet::new();
    entries.iter().find(|entry| !seen.insert(name(entry))).map(|entry| &entry.key)
}

fn repetition(text: &str, key: &Spanned<Shown>) -> Spanned<String> {
    Spanned { value: format!("the key `{}` stands twice", key.value.of(text)), span: key.span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Value;

    fn read(text: &str) -> FrontMatter {
        parse(text, &split(text).expect("a header"))
    }

    fn fault(header: &str) -> (String, String) {
        let text = format!("---\n{header}\n---\n");
        let fault = read(&text).fault.expect("a fault");
        (fault.value, fault.span.of(&text).to_owned())
    }

    fn keys(header: &str) -> Vec<String> {
        let text = format!("---\n{header}\n---\n");
        read(&text).entries.iter().map(|entry| entry.key.value.of(&text).to_owned()).collect()
    }

    /// Entries as `key=value`, each part being what is written under its span.
    fn written(text: &str, entries: &[Entry]) -> Vec<String> {
        let part = |entry: &Entry| format!("{}={}", entry.key.span.of(text), entry.value.span.of(text));
        entries.iter().map(part).collect()
    }

    fn scalar<'t>(text: &'t str, value: &'t Spanned<Value>) -> &'t str {
        let Value::Scalar(shown) = &value.value else { panic!("a scalar") };
        shown.of(text)
    }

    #[test]
    fn headers_end_at_dashes_or_dots() {
        for text in ["---\na: b\n---\nbody", "\u{feff}--- \r\na: b\r\n...\t\r\nbody", "---\ra: b\r---\rbody"]
        {
            let header = split(text).expect("a header");
            assert_eq!(header.span.of(text).trim_end(), "a: b", "{text:?}");
            assert_eq!(&text[header.end..], "body");
        }
        assert_eq!(split("---\n---"), Some(Header { span: Span::new(4, 4), end: 7, format: Format::Yaml }));
        for text in
            ["", "---", "---\na: b\n", "---\na: b\n--- c\n", " ---\n---\n", "\n---\n---\n", "----\n---\n"]
        {
            assert_eq!(split(text), None, "{text:?}");
        }
    }

    #[test]
    fn spans_cover_what_is_written() {
        let text = "---\nä: \"é\"\nlist: [a, 'b' , ]  \nmap: {x: é}\nblock: |\n  é\n  z\n\nnone:\nlast: &x 1\nagain: *x\n---\n";
        let front = read(text);
        assert_eq!(front.fault, None);
        assert_eq!(
            written(text, &front.entries),
            ["ä=\"é\"", "list=[a, 'b' , ]", "map={x: é}", "block=é\n  z", "none=", "last=&x 1", "again=*x"]
        );
        let shown = |at: usize| scalar(text, &front.entries[at].value);
        assert_eq!((shown(0), shown(3), shown(6)), ("é", "é\nz\n", "*x"));
        assert_eq!(front.entries[4].value.value, Value::Null);
        let Value::Sequence(items) = &front.entries[1].value.value else { panic!("a sequence") };
        assert_eq!(items[1].span.of(text), "'b'");
    }

    #[test]
    fn headers_may_be_toml_or_json() {
        let toml = "\u{feff}+++\r\ntitle = \"é\"\r\naliases = ['/a', '/b']\r\ndraft = true\r\n[params]\r\nx = 1\r\n+++\r\nbody";
        let front = read(toml);
        assert_eq!(front.fault, None);
        assert_eq!(written(toml, &front.entries)[..3], ["title=\"é\"", "aliases=['/a', '/b']", "draft=true"]);
        assert_eq!(scalar(toml, &front.entries[0].value), "é");
        assert_eq!(&toml[split(toml).expect("a header").end..], "body");

        let json = "{\n  \"title\": \"}\\\"\",\n  \"a\": {\"b\": []}\n}\n\nbody";
        let front = read(json);
        assert_eq!(written(json, &front.entries), ["\"title\"=\"}\\\"\"", "\"a\"={\"b\": []}"]);
        assert_eq!(scalar(json, &front.entries[0].value), "}\"");

        for text in ["+++\na = 1\n", "{{< x >}}\n", "{#id}\n", "{\"a\": 1} text\n", "{ \"a\": ", "{\"a\"}}\n"]
        {
            assert_eq!(split(text), None, "{text:?}");
        }
        let wrong = "+++\ntitle: x\n+++\n";
        let fault = read(wrong).fault.expect("a fault");
        assert!(wrong.get(fault.span.range()).is_some() && fault.span.start >= 4, "{fault:?}");
    }

    #[test]
    fn faults_stand_where_the_writer_looks() {
        let quote = "`:` inside a plain value: quote the value".to_owned();
        assert_eq!(fault("a: b\ntitle: Fehler – Error: foo\nz: 1"), (quote, ":".to_owned()));
        assert_eq!(fault("a: b\nfoo bar\nz: 1").1, "foo bar");
        assert_eq!(fault("a: b\nfoo bar").1, "foo bar");
        assert_eq!(fault("a: b\n- c").1, "- c");
        assert_eq!(fault("a: \"x\ny: z").1, "\"");
        assert_eq!(fault("a: 'x' y\nb: c").1, "y");
        assert_eq!(fault("a: @x").1, "@");
        assert_eq!(fault("a: *foo*").1, "*");
        assert_eq!(fault("a:\n\t- b").1, "\t");
        assert_eq!(fault("a: b\nc: d\na: e"), ("the key `a` stands twice".to_owned(), "a".to_owned()));
        for header in ["- a\n- b", "foo", "~", "a:b"] {
            assert_eq!(
                fault(header),
                ("front matter is not a list of `key: value`".to_owned(), header.to_owned())
            );
        }
    }

    #[test]
    fn entries_before_a_fault_are_kept() {
        assert_eq!(keys("a: b\nc:\n- d\ntitle: Error: foo\nz: 1"), ["a", "c"]);
        assert_eq!(keys("a: b\nfoo bar\nz: 1"), ["a"]);
        assert_eq!(keys("a: b\na: c\nd: e"), ["a", "a", "d"]);
    }

    #[test]
    fn what_learn_accepts_is_no_fault() {
        let text = "---\naliases:\n  - %\n  - 100 %\ntab:\tx\n---\n";
        let front = read(text);
        assert_eq!(front.fault, None);
        assert_eq!(written(text, &front.entries), ["aliases=%\n  - 100 %", "tab=x"]);
        let Value::Sequence(items) = &front.entries[0].value.value else { panic!("a sequence") };
        assert_eq!(scalar(text, &items[0]), "%");
    }

    #[test]
    fn empty_headers_are_fine() {
        for text in ["---\n---\n", "---\n\n# only a comment\n---\n"] {
            let front = read(text);
            assert_eq!((front.entries.len(), front.fault), (0, None), "{text:?}");
        }
    }

    #[test]
    fn hostile_headers_cost_nothing() {
        let bomb: String = (1..40)
            .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")))
            .collect();
        let many: String = (0..50_000).map(|n| format!("k{n}: v\n")).collect();
        let percent = "- % é\n".repeat(20_000);
        let hostile = [
            format!("a0: &a0 x\n{bomb}"),
            format!("a: {}", "[".repeat(100_000)),
            format!("a: {}", "{".repeat(100_000)),
            format!("a:\n  {}x", "- ".repeat(100_000)),
            format!("a:\n{percent}"),
            "? ".repeat(100_000),
            "a: ".repeat(100_000),
            format!("a: \"{}", "x\n ".repeat(100_000)),
            many,
        ];
        for header in hostile {
            let text = format!("---\n{header}\n---\n");
            let front = read(&text);
            assert!(front.fault.is_none_or(|fault| fault.span.range().end <= text.len()));
        }
    }
}
