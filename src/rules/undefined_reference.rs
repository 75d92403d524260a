//! `undefined-reference`: `[text][label]` whose label nothing defines.

use std::cell::LazyCell;
use std::collections::HashMap;

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::nearest::nearest;
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "undefined-reference",
    summary: "`[text][label]` whose label nothing defines",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/undefined-reference/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

/// More labels than can be compared with each other in no time: then none is suggested.
const MOST_COMPARISONS: usize = 100_000;

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    if page.takes_foreign_labels() {
        return;
    }
    let facts = &page.doc.facts;
    let comparable = facts.definitions.len() * facts.undefined_references.len() <= MOST_COMPARISONS;
    let swallowed = LazyCell::new(|| swallowed_definitions(page));
    for reference in &facts.undefined_references {
        let label = page.text(reference.label);
        let message = format!("nothing defines `[{label}]`: readers see the brackets");
        let draft = Draft::new(&page.doc.path, reference.label, message);
        if let Some(&span) = swallowed.get(label) {
            let help = "the line that should define it is read as text: its destination holds a blank, or text stands \
                        directly above it";
            findings.report(draft.help(help).related(&page.doc.path, span, "read as text"));
            continue;
        }
        let definitions = if comparable { &*facts.definitions } else { &[] };
        let labels = definitions.iter().map(|definition| page.text(definition.label));
        let near = nearest(label, labels).filter(|_| !is_number(label));
        findings.report(match near {
            Some(near) => draft.help(format!("did you mean `[{near}]`?")).suggestions(vec![near.to_owned()]),
            None => draft.help(format!("define it: `[{label}]: destination`")),
        });
    }
}

/// Where `[label]: …` stands at the beginning of a line and is no definition all the same, for each label.
fn swallowed_definitions<'p>(page: &Page<'p>) -> HashMap<&'p str, Span> {
    const MOST_BLANKS: usize = 3;
    let text = &*page.doc.text;
    let mut swallowed = HashMap::default();
    let mut next = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_start_matches(' ');
        let blanks = line.len() - written.len();
        let start = next + blanks;
        next += line.len();
        let label = written.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        if let Some((label, _)) = label.filter(|_| blanks <= MOST_BLANKS) {
            swallowed.entry(label).or_insert(Span::new(start, start + label.len() + "[]:".len()));
        }
    }
    swallowed
}

/// Numbers that look alike have nothing in common.
fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}
