//! `fake-list-cell`: a list in a table cell that is drawn with `<br>` and marks.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;
use crate::words::count;

pub(super) static RULE: Rule = Rule {
    id: "fake-list-cell",
    summary: "a list in a table cell that is drawn with `<br>` and marks",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/fake-list-cell/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    // A single mark may be a minus or refer to a note.
    for list in page.doc.facts.drawn_lists.iter().filter(|list| list.items > 1) {
        let drawn = page.text(list.span);
        let element = if list.numbered { "ol" } else { "ul" };
        let message =
            format!("`{drawn}` draws a list of {} that is plain text", count(list.items as usize, "item"));
        let draft = Draft::new(&page.doc.path, list.span, message)
            .help(format!("write `<{element}><li>…</li><li>…</li></{element}>`"));
        findings.report(draft);
    }
}
