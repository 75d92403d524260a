//! `<!-- waypost-ignore-next-line rule: reason -->` and its siblings.
//!
//! Owns their grammar, which forgives much; what they silence is the engine's business.

use super::directive::hidden_until;
use crate::facts::{Scope, Suppression};
use crate::source::{Span, Spanned};

/// The word all of them begin with.
pub(super) const PREFIX: &str = "waypost-";

/// The suppressions after `start` that do not stand inside code, whose spans are sorted.
pub(super) fn find(text: &str, start: usize, code: &[Span]) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    let mut from = start;
    while let Some(found) = memchr::memmem::find(&text.as_bytes()[from..], b"<!--") {
        let at = from + found;
        let inside = at + 4;
        let blanks = text[inside..].len() - text[inside..].trim_start().len();
        if !text[inside + blanks..].starts_with(PREFIX) || hidden_until(code, at).is_some() {
            from = inside;
            continue;
        }
        let Some(length) = memchr::memmem::find(&text.as_bytes()[inside..], b"-->") else { break };
        let end = inside + length;
        suppressions.push(read(text, Span::new(at, end + 3), inside + blanks + PREFIX.len()..end));
        from = end + 3;
    }
    suppressions
}

fn read(text: &str, span: Span, inside: std::ops::Range<usize>) -> Suppression {
    let body = &text[inside.clone()];
    let word = body.find(|next: char| next.is_whitespace() || next == ':').unwrap_or(body.len());
    let scope = match &body[..word] {
        "ignore-next-line" => Scope::NextLine,
        "ignore-file" => Scope::File,
        "ignore-start" => Scope::Start,
        "ignore-end" => Scope::End,
        other => Scope::Unknown(other.into()),
    };
    let colon = body[word..].find(':').map(|colon| word + colon);
    let rules = rules(text, inside.start + word, inside.start + colon.unwrap_or(body.len()));
    let reason = colon.and_then(|colon| trimmed(text, inside.start + colon + 1, inside.end));
    Suppression { span, scope, rules, reason }
}

fn rules(text: &str, start: usize, end: usize) -> Vec<Spanned<Box<str>>> {
    let mut rules = Vec::new();
    let mut at = start;
    for part in text[start..end].split_inclusive(|next: char| next == ',' || next.is_whitespace()) {
        let rule = part.trim_end_matches(|next: char| next == ',' || next.is_whitespace());
        if !rule.is_empty() {
            rules.push(Spanned { value: rule.into(), span: Span::new(at, at + rule.len()) });
        }
        at += part.len();
    }
    rules
}

/// What stands in `start..end` without blanks around it, if anything.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let content = text[start..end].trim_start();
    let start = end - content.len();
    let length = content.trim_end().len();
    (length > 0).then(|| Span::new(start, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_rules_and_reasons() {
        let text = "<!-- waypost-ignore-next-line a-b, c: not yet: later -->\n\
            <!--waypost-ignore-file-->\n<!-- waypost-ignore-start\n a -->\n<!-- waypost-ignore-end: -->\n\
            <!-- waypost-ignore x -->\n<!-- other -->\n<!-- waypost-open";
        let shown: Vec<_> = find(text, 0, &[])
            .iter()
            .map(|found| {
                let rules: Vec<_> = found.rules.iter().map(|rule| rule.span.of(text)).collect();
                format!(
                    "{:?} {} {:?}",
                    found.scope,
                    rules.join("+"),
                    found.reason.map(|reason| reason.of(text))
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "NextLine a-b+c Some(\"not yet: later\")",
                "File  None",
                "Start a None",
                "End  None",
                "Unknown(\"ignore\") x None",
            ]
        );
    }

    #[test]
    fn code_hides() {
        let text = "`<!-- waypost-ignore-file -->`";
        assert!(find(text, 0, &[Span::new(0, text.len())]).is_empty());
    }
}
