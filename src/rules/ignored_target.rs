//! `ignored-target`: a link to a file that exists here but that git ignores.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Outcome, Page};
use crate::tree::OnDisk;

pub(super) static RULE: Rule = Rule {
    id: "ignored-target",
    summary: "a link to a file that exists here but that git ignores",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/ignored-target/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.destinations() {
        if checked.resolved.outcome == Outcome::OnDisk(OnDisk::Ignored) {
            let message = "this file is on your disk, but git ignores it: nobody else has it";
            let draft = Draft::new(&page.doc.path, checked.link.target.span, message)
                .target(page.written(checked.link))
                .help("take the file out of `.gitignore` and commit it, or link to something else");
            findings.report(draft);
        }
    }
}
