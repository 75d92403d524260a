//! `rewrites`: pages published elsewhere than they lie. The patterns are path-to-regexp's.

use regex::{Captures, Regex, RegexBuilder};

use crate::data::{Kind, Value};

/// Where pages are published that do not lie there.
#[derive(Debug, Default)]
pub struct Rewrites {
    rules: Vec<Rule>,
    /// Whether some of it is known only when it runs.
    pub unknown: bool,
}

#[derive(Debug)]
struct Rule {
    from: Regex,
    parameters: Vec<String>,
    to: Vec<Part>,
}

/// A part of a pattern.
#[derive(Debug)]
enum Part {
    Text(String),
    Parameter { name: String, prefix: Option<char>, pattern: Option<String>, modifier: Option<char> },
}

impl Rewrites {
    /// Reads the value of `rewrites`.
    #[must_use]
    pub fn read(value: Option<&Value>) -> Rewrites {
        let Some(value) = value else { return Rewrites::default() };
        let rules = value.members().iter().map(|member| rule(&member.key.value, member.value.as_str()?));
        let read: Vec<Option<Rule>> = rules.collect();
        let unknown = !matches!(value.kind, Kind::Object(_)) || read.iter().any(Option::is_none);
        Rewrites { rules: read.into_iter().flatten().collect(), unknown }
    }

    /// Where a page is published, below the source folder; `None` where it lies.
    #[must_use]
    pub fn of(&self, page: &str) -> Option<String> {
        let (rule, captures) = self.rules.iter().find_map(|rule| Some((rule, rule.from.captures(page)?)))?;
        Some(rule.target(&captures))
    }
}

impl Rule {
    fn target(&self, captures: &Captures<'_>) -> String {
        let mut target = String::new();
        for part in &self.to {
            match part {
                Part::Text(text) => target.push_str(text),
                Part::Parameter { name, prefix, .. } => {
                    let index = self.parameters.iter().position(|parameter| parameter == name);
                    if let Some(value) = index.and_then(|index| captures.get(index + 1)) {
                        target.extend(*prefix);
                        target.push_str(value.as_str());
                    }
                }
            }
        }
        target.trim_start_matches('/').to_owned()
    }
}

fn rule(from: &str, to: &str) -> Option<Rule> {
    let to = parts(&format!("/{to}"))?;
    if from.starts_with('^') {
        let from = Regex::new(from).ok()?;
        let parameters = (1..from.captures_len()).map(|index| (index - 1).to_string()).collect();
        return Some(Rule { from, parameters, to });
    }
    let mut pattern = "^".to_owned();
    let mut parameters = Vec::new();
    for part in parts(from)? {
        match part {
            Part::Text(text) => pattern.push_str(&regex::escape(&text)),
            Part::Parameter { name, prefix, pattern: own, modifier } => {
                let prefix = prefix.map(|prefix| regex::escape(&prefix.to_string())).unwrap_or_default();
                let own = own.unwrap_or_else(|| "[^/#?]+?".to_owned());
                match modifier {
                    Some(modifier @ ('*' | '+')) => {
                        let optional = if modifier == '*' { "?" } else { "" };
                        pattern.push_str(&format!("(?:{prefix}((?:{own})(?:{prefix}(?:{own}))*)){optional}"));
                    }
                    modifier => {
                        pattern.push_str(&format!("(?:{prefix}({own}))"));
                        pattern.extend(modifier);
                    }
                }
                parameters.push(name);
            }
        }
    }
    pattern.push_str("[/#?]?$");
    let from = RegexBuilder::new(&pattern).case_insensitive(true).build().ok()?;
    Some(Rule { from, parameters, to })
}

/// Takes a pattern apart; `None` for what this does not understand, groups in braces among it.
fn parts(pattern: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut unnamed = 0;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if matches!(c, '{' | '}' | '\\' | '*' | '+' | '?') {
            return None;
        }
        if !matches!(c, ':' | '(') {
            text.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let mut name = String::new();
        if let Some(named) = rest.strip_prefix(':') {
            let length = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(named.len());
            (name, rest) = (named[..length].to_owned(), &named[length..]);
            if name.is_empty() {
                return None;
            }
        }
        let mut own = None;
        if let Some(inside) = rest.strip_prefix('(') {
            let length = inside.find(')').filter(|&length| !inside[..length].contains(['(', '\\']))?;
            (own, rest) = (Some(inside[..length].to_owned()), &inside[length + 1..]);
        }
        if name.is_empty() {
            name = unnamed.to_string();
            unnamed += 1;
        }
        let modifier = rest.chars().next().filter(|next| matches!(next, '*' | '+' | '?'));
        rest = &rest[usize::from(modifier.is_some())..];
        let prefix = text.pop_if_prefix();
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        parts.push(Part::Parameter { name, prefix, pattern: own, modifier });
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Some(parts)
}

trait PopIfPrefix {
    /// The last character, where it belongs to the parameter after it.
    fn pop_if_prefix(&mut self) -> Option<char>;
}

impl PopIfPrefix for String {
    fn pop_if_prefix(&mut self) -> Option<char> {
        if self.ends_with(['.', '/']) { self.pop() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::script;

    fn rewritten(rules: &str, page: &str) -> Option<String> {
        let (value, _) = script::parse(&format!("export default {{ rewrites: {rules} }}")).expect("a config");
        let rewrites = Rewrites::read(value.get("rewrites"));
        assert!(!rewrites.unknown, "{rules}");
        rewrites.of(page)
    }

    #[test]
    fn pages_go_where_path_to_regexp_sends_them() {
        let packages = "{ 'packages/:pkg/docs/:page*': ':pkg/:page*', 'old/:x.md': 'new/:x.md' }";
        assert_eq!(rewritten(packages, "packages/a/docs/b/c.md").as_deref(), Some("a/b/c.md"));
        assert_eq!(rewritten(packages, "old/one.md").as_deref(), Some("new/one.md"));
        assert_eq!(rewritten(packages, "old/one/two.md"), None);
        assert_eq!(rewritten("{ 'en/(.*)': '(.*)' }", "en/a/b.md").as_deref(), Some("a/b.md"));
        assert_eq!(rewritten("{ 'README.md': 'index.md' }", "readme.md").as_deref(), Some("index.md"));
        assert_eq!(rewritten("{ '^x/(.+)$': ':0' }", "x/y.md").as_deref(), Some("y.md"));
    }

    #[test]
    fn what_must_be_run_is_unknown() {
        for rules in
            ["(id) => id", "{ 'a/{b}?': 'c' }", "{ 'a/:b(\\\\d+)': 'c' }", "{ a: f() }", "{ ':': 'a' }"]
        {
            let text = format!("export default {{ rewrites: {rules} }}");
            let (value, _) = script::parse(&text).expect("a config");
            assert!(Rewrites::read(value.get("rewrites")).unknown, "{rules}");
        }
    }
}
