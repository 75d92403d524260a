//! `undefined-footnote`: `[^label]` whose label nothing defines.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;

pub(super) static RULE: Rule = Rule {
    id: "undefined-footnote",
    summary: "`[^label]` whose label nothing defines",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/undefined-footnote/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for footnote in &page.doc.facts.undefined_footnotes {
        let label = page.text(footnote.label);
        let message = format!("nothing defines the footnote `[^{label}]`: readers see the brackets");
        let help = format!("define it: `[^{label}]: text`");
        findings.report(Draft::new(&page.doc.path, footnote.span, message).help(help));
    }
}
