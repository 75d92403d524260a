//! `invalid-front-matter`: a header that cannot be read, or says a key twice.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;

pub(super) static RULE: Rule = Rule {
    id: "invalid-front-matter",
    summary: "a header that cannot be read, or says a key twice",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/invalid-front-matter/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let Some(front_matter) = &page.doc.facts.front_matter else { return };
    // A template's header can be read once it is filled in.
    let is_template = page.text(front_matter.span).contains("{{");
    if let Some(fault) = front_matter.fault.as_ref().filter(|_| !is_template) {
        let draft = Draft::new(&page.doc.path, fault.span, fault.value.clone());
        findings.report(draft.help("platforms drop such a header, or refuse the page"));
    }
}
