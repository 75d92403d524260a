//! Sites and findings for the tests of the formats.

use std::sync::Arc;

use crate::engine::{Report, Summary};
use crate::finding::{Finding, Fix, Label, Level};
use crate::path::DocPath;
use crate::rules::RULES;
use crate::site::{Doc, Site};
use crate::source::{LineIndex, Span};

/// A site of pages; sorted by path as a real one.
pub(crate) fn site(pages: &[(&str, &str)]) -> Site {
    let doc = |&(path, text): &(&str, &str)| Doc {
        path: DocPath::new(path),
        text: Arc::from(text),
        lines: LineIndex::new(text),
        flavor: Default::default(),
        facts: Default::default(),
        is_navigation: false,
    };
    let mut docs: Vec<Doc> = pages.iter().map(doc).collect();
    docs.sort_by(|a, b| a.path.cmp(&b.path));
    let mut site = Site::default();
    site.docs = docs;
    site
}

/// A finding of the first rule.
pub(crate) fn finding(path: &str, level: Level, span: Span, message: &str) -> Finding {
    Finding {
        rule: RULES[0],
        level,
        path: DocPath::new(path),
        span,
        message: message.to_owned(),
        about: None,
        help: None,
        target: None,
        suggestions: Vec::new(),
        related: Vec::<Label>::new(),
        fix: None::<Fix>,
    }
}

/// The span of the first `needle` in `text`.
pub(crate) fn span_of(text: &str, needle: &str) -> Span {
    let start = text.find(needle).unwrap();
    Span::new(start, start + needle.len())
}

/// A report over a site of one page.
pub(crate) fn report(findings: Vec<Finding>) -> Report {
    let summary = Summary { pages: 1, links: findings.len(), ..Default::default() };
    Report { findings, summary, ..Default::default() }
}
