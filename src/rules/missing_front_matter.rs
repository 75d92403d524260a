//! `missing-front-matter`: a published page without a key that its platform needs.

use super::{Check, Draft, Findings, OptionFault, OptionKind, Options, Rule, RuleOption};
use crate::facts::Value;
use crate::site::{Page, Role};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "missing-front-matter",
    summary: "a published page without a key that its platform needs",
    level: None,
    page: include_str!("../../fixtures/missing-front-matter/README.md"),
    build,
};

struct MissingFrontMatter {
    keys: Vec<String>,
}

const DEFAULT_KEYS: &[&str] = &["title"];

static KEYS: RuleOption = RuleOption {
    name: "keys",
    summary: "keys that each published page needs; a level 1 heading counts as title",
    kind: OptionKind::Strings(DEFAULT_KEYS),
};

fn build(options: &mut Options<'_>) -> Result<Box<dyn Check>, OptionFault> {
    let keys = options.strings(&KEYS)?.map_or_else(
        || DEFAULT_KEYS.iter().map(|key| (*key).to_owned()).collect(),
        |keys| keys.into_iter().map(|(key, _)| key).collect(),
    );
    Ok(Box::new(MissingFrontMatter { keys }))
}

impl Check for MissingFrontMatter {
    fn page(&self, page: &Page<'_>, findings: &mut Findings<'_>) {
        if page.role() != Role::Published || page.doc.text.trim().is_empty() {
            return;
        }
        // Behind a fault any key may be written.
        if page.doc.facts.front_matter.as_ref().is_some_and(|front_matter| front_matter.fault.is_some()) {
            return;
        }
        for key in self.keys.iter().filter(|key| !has(page, key)) {
            let message = format!("this page has no `{key}`");
            let mut help = format!("write `{key}: …` into the header between `---` lines");
            if key == "title" {
                help.push_str(", or begin the page with a `# heading`");
            }
            findings.report(Draft::new(&page.doc.path, place(page), message).about(key).help(help));
        }
    }
}

fn has(page: &Page<'_>, key: &str) -> bool {
    let facts = &page.doc.facts;
    let written = facts.front_matter.as_ref().and_then(|front_matter| front_matter.get(key, &page.doc.text));
    let in_project = page.doc.path.below(page.project.folder.as_str()).unwrap_or_default();
    written.is_some_and(|entry| entry.value.value != Value::Null)
        || page.project.metadata.has(key, in_project)
        || key == "title" && facts.headings.iter().any(|heading| heading.level == 1)
}

/// The header, or the first line of a page without one.
fn place(page: &Page<'_>) -> Span {
    match &page.doc.facts.front_matter {
        Some(front_matter) => Span::at(front_matter.span.start as usize),
        None => page.doc.lines.line_span(&page.doc.text, 0),
    }
}
