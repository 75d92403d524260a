//! `undefined-reference`: `[text][label]` whose label nothing defines.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::nearest::nearest;
use crate::site::Page;

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
    let facts = &page.doc.facts;
    let comparable = facts.definitions.len() * facts.undefined_references.len() <= MOST_COMPARISONS;
    for reference in &facts.undefined_references {
        let label = page.text(reference.label);
        let message = format!("nothing defines `[{label}]`: readers see the brackets");
        let draft = Draft::new(&page.doc.path, reference.label, message);
        let definitions = facts.definitions.iter().filter(|_| comparable && !is_number(label));
        let labels = definitions.map(|definition| page.text(definition.label));
        findings.report(match nearest(label, labels) {
            Some(near) => draft.help(format!("did you mean `[{near}]`?")).suggestions(vec![near.to_owned()]),
            None => draft.help(format!("define it: `[{label}]: destination`")),
        });
    }
}

/// Numbers that look alike have nothing in common.
fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}
