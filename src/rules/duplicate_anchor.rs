//! `duplicate-anchor`: an id that is written twice on a page; links reach the first only.

use rustc_hash::FxHashMap;

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-anchor",
    summary: "an id that is written twice on a page; links reach the first only",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/duplicate-anchor/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let mut first: FxHashMap<&str, Span> = FxHashMap::default();
    for id in page.doc.facts.ids.iter().filter(|id| (page.dialect().takes_id)(id)) {
        let Some(&earlier) = first.get(&*id.value) else {
            first.insert(&id.value, id.span);
            continue;
        };
        if same_tag(page, earlier, id.span) {
            continue;
        }
        let message = format!("the id `{}` is given already: links never arrive here", id.value);
        let draft = Draft::new(&page.doc.path, id.span, message)
            .help("give it another id, or remove it")
            .related(&page.doc.path, earlier, "the place that links reach");
        findings.report(draft);
    }
}

/// `<a id="x" name="x">` gives one id twice, and both are this place.
fn same_tag(page: &Page<'_>, one: Span, other: Span) -> bool {
    let between = Span::new(one.end as usize, other.start.max(one.end) as usize);
    !page.text(between).contains(['<', '>'])
}
