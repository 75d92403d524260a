//! Patterns in the file, globs and regular expressions, with the place of a mistake inside one where it is known.

use regex::{Regex, RegexBuilder};

use super::reader::{Reader, Value};
use super::{Config, Excluded};
use crate::glob::{self, Case, Globs};
use crate::rules::span_of;
use crate::scope::Scope;
use crate::source::Span;
use crate::words::number;

impl Reader<'_> {
    /// Patterns of what is not checked.
    pub(super) fn exclude(&mut self, value: &Value<'_>, config: &mut Config) {
        for (pattern, span) in self.globs("exclude", value) {
            let (folder, place) = (self.folder.clone(), self.place(span));
            config.exclude.push(Excluded { pattern, folder, place });
        }
    }

    /// The pages an override or a contract is for; `None` where there was a fault.
    pub(super) fn files(&mut self, value: &Value<'_>) -> Option<Scope> {
        let patterns = self.globs("files", value);
        if value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
            self.fault(span_of(value), "`files` names none", "write `files = [\"docs/internal/**\"]`");
        }
        let patterns = patterns.iter().map(|(pattern, _)| pattern.as_str());
        match Globs::like_gitignore(patterns, Case::Sensitive) {
            Ok(globs) => Some(Scope::files(self.folder.clone(), globs)),
            Err(fault) => {
                self.fault(span_of(value), format!("`files` {}", fault.message), "use fewer");
                None
            }
        }
    }

    fn globs(&mut self, name: &str, value: &Value<'_>) -> Vec<(String, Span)> {
        let written = self.strings(name, value);
        if !written.is_empty() && written.iter().all(|(pattern, _)| pattern.starts_with('!')) {
            let help = "put a pattern before it that matches more";
            self.fault(span_of(value), format!("`{name}` takes back what no pattern has matched"), help);
        }
        let mut patterns = Vec::new();
        for (pattern, span) in written {
            match glob::check(&pattern) {
                Ok(()) => patterns.push((pattern, span)),
                Err(fault) => self.add(super::ConfigFault {
                    span,
                    message: format!("the glob `{pattern}` {}", fault.message),
                    help: fault.help,
                }),
            }
        }
        patterns
    }

    /// The regular expressions of a list.
    pub(super) fn regexes(&mut self, name: &str, value: &Value<'_>) -> Vec<Regex> {
        let written = self.strings(name, value);
        written.iter().filter_map(|(pattern, span)| self.regex(pattern, *span)).collect()
    }

    fn regex(&mut self, pattern: &str, span: Span) -> Option<Regex> {
        if pattern.is_empty() {
            self.fault(span, "the empty pattern matches everything", "write what the text contains");
            return None;
        }
        self.compiled(pattern, span, Regex::new(pattern))
    }

    /// A regular expression for a whole text.
    pub(super) fn whole_text(&mut self, pattern: &str, span: Span) -> Option<Regex> {
        if pattern.is_empty() {
            self.fault(span, "the empty pattern allows empty texts only", "write `empty = true` instead");
            return None;
        }
        // By itself first: `a)|(b` is none, but would be one between brackets.
        self.compiled(pattern, span, limited(pattern))?;
        // A comment at the end, as `(?x)` allows, would swallow the bracket on the same line.
        let whole = limited(&format!("^(?:{pattern})$")).or_else(|_| limited(&format!("^(?:{pattern}\n)$")));
        self.compiled(pattern, span, whole)
    }

    fn compiled(&mut self, pattern: &str, span: Span, regex: Result<Regex, regex::Error>) -> Option<Regex> {
        let fault = |error| {
            if let regex::Error::CompiledTooBig(limit) = error {
                let limit = number(limit);
                let message = format!(
                    "`{pattern}` is too large a regular expression: it takes more than {limit} bytes"
                );
                self.fault(span, message, "write `+` or `*` instead of large repetitions");
                return;
            }
            let Mistake { message, place } = Mistake::of(&error);
            let span = place.and_then(|place| self.inside(span, pattern, place)).unwrap_or(span);
            let help = "the syntax is that of https://docs.rs/regex; in single quotes `\\` needs no doubling";
            self.fault(span, format!("`{pattern}` is no regular expression: {message}"), help);
        };
        regex.map_err(fault).ok()
    }

    /// The span of some characters of a string's value, where the string is written without escapes.
    fn inside(&self, span: Span, value: &str, (first, count): (usize, usize)) -> Option<Span> {
        let written = span.of(self.text);
        let bare = written.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
        if bare != value {
            return None;
        }
        let byte_of = |at| value.char_indices().nth(at).map_or(value.len(), |(byte, _)| byte);
        let start = span.start as usize + 1;
        Some(Span::new(start + byte_of(first), start + byte_of(first + count)))
    }
}

/// A tree may have thousands of demands. Sixty letters of any script still fit.
fn limited(pattern: &str) -> Result<Regex, regex::Error> {
    const MOST_BYTES: usize = 1 << 22;
    RegexBuilder::new(pattern).size_limit(MOST_BYTES).build()
}

/// What is wrong with a regular expression, and its first character and their number where that is known.
struct Mistake {
    message: String,
    place: Option<(usize, usize)>,
}

impl Mistake {
    /// The error tells the place in its text only: the pattern, then carets below it, both indented by four spaces.
    fn of(error: &regex::Error) -> Mistake {
        let regex::Error::Syntax(text) = error else {
            let message = error.to_string().to_lowercase();
            return Mistake { message: message.trim_end_matches('.').to_owned(), place: None };
        };
        let message = text.lines().last().unwrap_or_default();
        let message = message.strip_prefix("error: ").unwrap_or(message).to_owned();
        let carets = text.lines().nth(2).filter(|line| line.starts_with("    ") && line.contains('^'));
        let place = carets.map(|line| {
            let first = line.chars().take_while(|c| *c == ' ').count() - 4;
            (first, line.chars().filter(|c| *c == '^').count())
        });
        Mistake { message, place }
    }
}
