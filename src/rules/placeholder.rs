//! `placeholder`: a cell, paragraph, list item, heading or header value that only says that something is missing.
//!
//! The vocabulary matches whole blocks only. Measured on 68,715 pages of real documentation: words such as "None",
//! "N/A", "Planned", "Draft" or "placeholder" are legitimate values and never match. Code names a thing and filler
//! text that the page shows as code is a sample: neither is a gap.

use std::cell::LazyCell;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::{Check, Draft, Findings, OptionFault, OptionKind, Options, Rule, RuleOption};
use crate::facts::Value;
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "placeholder",
    summary: "a cell or block that only says that something is missing",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/placeholder/README.md"),
    build,
};

/// Whole texts that are placeholders, without surrounding punctuation, in any letter case: how they begin, in lower
/// case, and a pattern for what follows. Nearly all texts are told by their first two bytes not to be one.
const PHRASES: &[(&[&str], &str)] = &[
    (
        &[
            "article",
            "articles",
            "content",
            "contents",
            "description",
            "descriptions",
            "details",
            "documentation",
            "information",
            "link",
            "links",
            "page",
            "pages",
            "section",
            "sections",
            "topic",
            "topics",
        ],
        r" (is |are )?(in development|under development|under construction|in progress|coming soon|pending|tbd|tba|todo|to be (added|determined|written|provided|documented|supplied)|to come|goes here)",
    ),
    (&["fixme", "tba", "tbd", "todo"], ""),
    (&["to"], r" be (determined|decided|announced|documented|added|written|provided|supplied|completed)"),
    (&["coming"], " soon"),
    (&["more"], " coming soon"),
    (&["under"], " construction"),
    (&["lorem"], " ipsum.*"),
    (&["insert"], r" .{1,40} here"),
    (
        &["add", "enter", "insert"],
        r" (a |the )?(description|text|content|title|summary|example|introduction) here",
    ),
    (&["{{"], r"\s*(fill|add|insert|enter|describe)\b[^}]*\}\}"),
    (
        &["this"],
        r" (page|article|section|topic) is (a stub|a work in progress|under construction|intentionally left blank)",
    ),
];

/// For the first byte of a phrase the set of its second bytes; of each byte the five bits that letter case does not
/// change.
const PAIRS: [u32; 32] = {
    let mut pairs = [0; 32];
    let mut phrase = 0;
    while phrase < PHRASES.len() {
        let beginnings = PHRASES[phrase].0;
        let mut at = 0;
        while at < beginnings.len() {
            let word = beginnings[at].as_bytes();
            pairs[(word[0] & 31) as usize] |= 1 << (word[1] & 31);
            at += 1;
        }
        phrase += 1;
    }
    pairs
};

/// Whether a text may begin as some phrase does. Two bytes tell this of nearly all texts.
fn may_begin_a_phrase(text: &str) -> bool {
    match text.as_bytes() {
        [first, second, ..] => PAIRS[usize::from(first & 31)] & 1 << (second & 31) != 0,
        _ => false,
    }
}

/// How the filler text begins that everybody knows to mean nothing.
const FILLER: &str = "lorem ipsum";

static VOCABULARY: LazyLock<Option<Regex>> = LazyLock::new(|| whole_text(built_in()).ok());

fn built_in() -> impl Iterator<Item = String> {
    PHRASES.iter().map(|(beginnings, rest)| {
        let beginnings: Vec<String> = beginnings.iter().map(|beginning| regex::escape(beginning)).collect();
        format!("(?:{}){rest}", beginnings.join("|"))
    })
}

struct Placeholder {
    /// The built-in vocabulary and that of the options; `None` where the built-in one serves.
    extended: Option<Regex>,
}

static FURTHER_PHRASES: RuleOption = RuleOption {
    name: "phrases",
    summary: "regular expressions for whole texts that are placeholders, besides those built in",
    kind: OptionKind::Regexes,
};

fn build(options: &mut Options<'_>) -> Result<Box<dyn Check>, OptionFault> {
    let further = options.strings(&FURTHER_PHRASES)?.unwrap_or_default();
    for (phrase, span) in &further {
        whole_text([phrase.clone()].into_iter()).map_err(|error| OptionFault {
            span: *span,
            message: format!("this phrase is no regular expression: {}", last_line(&error.to_string())),
            help: Some("a phrase is a regular expression for the whole text of a cell or block".to_owned()),
        })?;
    }
    let phrases = built_in().chain(further.iter().map(|(phrase, _)| phrase.clone()));
    let extended = if further.is_empty() { None } else { whole_text(phrases).ok() };
    Ok(Box::new(Placeholder { extended }))
}

fn last_line(error: &str) -> &str {
    error.lines().last().unwrap_or_default().trim_start_matches("error: ")
}

fn whole_text(phrases: impl Iterator<Item = String>) -> Result<Regex, regex::Error> {
    let alternatives: Vec<String> = phrases.map(|phrase| format!("(?:{phrase})")).collect();
    RegexBuilder::new(&format!("^(?:{})$", alternatives.join("|"))).case_insensitive(true).build()
}

/// Whether a whole text is a placeholder of the built-in vocabulary.
pub(crate) fn is_placeholder(text: &str) -> bool {
    if text.starts_with(|first: char| first.is_ascii_alphanumeric()) && !may_begin_a_phrase(text) {
        return false;
    }
    let text = bare(text);
    may_begin_a_phrase(text) && (matches(VOCABULARY.as_ref(), text) || is_filler(text))
}

fn is_filler(text: &str) -> bool {
    bare(text).get(..FILLER.len()).is_some_and(|start| start.eq_ignore_ascii_case(FILLER))
}

/// Whether the page shows filler text as code: then its readers want to see what becomes of it.
fn shows_filler(page: &Page<'_>) -> bool {
    page.doc.facts.code_blocks.iter().any(|block| page.text(*block).to_ascii_lowercase().contains(FILLER))
}

fn matches(vocabulary: Option<&Regex>, text: &str) -> bool {
    vocabulary.is_some_and(|vocabulary| vocabulary.is_match(text))
}

/// The text without surrounding punctuation.
fn bare(text: &str) -> &str {
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return text;
    }
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '*' | '_' | '.' | '!' | ':' | '…')
    })
}

impl Check for Placeholder {
    fn page(&self, page: &Page<'_>, findings: &mut Findings<'_>) {
        let shows_filler = LazyCell::new(|| shows_filler(page));
        let is_gap = |span: Span, text: &str| {
            self.matches(text) && !is_code(page.text(span)) && !(is_filler(text) && *shows_filler)
        };
        for (what, span, text) in blocks(page) {
            if is_gap(span, text) {
                report(page, what, span, findings);
            }
        }
        let facts = &page.doc.facts;
        for heading in facts.headings.iter().filter(|heading| heading.span.len() <= MOST_HEADING_BYTES) {
            if is_gap(heading.span, &heading.text(&page.doc.text)) {
                report(page, "heading", heading.span, findings);
            }
        }
        for entry in facts.front_matter.iter().flat_map(|front_matter| &front_matter.entries) {
            if let Value::Scalar(text) = &entry.value.value
                && self.matches(text.of(&page.doc.text))
            {
                report(page, "front matter value", entry.value.span, findings);
            }
        }
    }
}

impl Placeholder {
    fn matches(&self, text: &str) -> bool {
        is_placeholder(text) || self.extended.is_some() && matches(self.extended.as_ref(), bare(text))
    }
}

/// Whether the block is a code span, heading marks aside.
pub(super) fn is_code(source: &str) -> bool {
    source.trim_start_matches(['#', ' ', '\t']).starts_with('`')
}

const MOST_HEADING_BYTES: usize = 160;

fn blocks<'p>(page: &Page<'p>) -> impl Iterator<Item = (&'static str, Span, &'p str)> {
    let facts = &page.doc.facts;
    let rows = facts.tables.iter().flat_map(|table| &table.rows);
    let cells = rows.flat_map(|row| &row.cells);
    let cells = cells.map(|cell| ("cell", cell.span, page.cell_text(cell)));
    let paragraphs = facts.short_blocks.iter();
    cells.chain(paragraphs.map(|block| ("paragraph", block.span, block.text.of(&page.doc.text))))
}

fn report(page: &Page<'_>, what: &str, span: Span, findings: &mut Findings<'_>) {
    let message = format!("this {what} holds a placeholder instead of content");
    let draft = Draft::new(&page.doc.path, span, message);
    findings.report(draft.help("write what belongs here, or remove the placeholder"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_texts_match() {
        let placeholders = [
            "Documentation in development",
            "TBD",
            "(coming soon)",
            "Insert introduction here.",
            "{{ Fill Name Description }}",
            "Content is coming soon",
            "_To be determined_",
            "Lorem ipsum dolor sit amet, consectetur.",
        ];
        for text in placeholders {
            assert!(is_placeholder(text), "{text}");
        }
        let texts = [
            "None",
            "N/A",
            "-",
            "Planned",
            "Draft",
            "Placeholder",
            "Add a description",
            "In progress",
            "???",
            "A parameter to be added",
            "Use TODO comments",
            "{{ npx_tabs() }}",
            "Under Construction page",
            "",
        ];
        for text in texts {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
