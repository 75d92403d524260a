//! `local-path`: a path of the author's own machine.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Outcome, Page};

pub(super) static RULE: Rule = Rule {
    id: "local-path",
    summary: "a path of the author's own machine",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/local-path/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.destinations() {
        if checked.resolved.outcome == Outcome::LocalPath {
            let message = "this is a path of one machine: no reader has it";
            let draft = Draft::new(&page.doc.path, checked.link.target.span, message)
                .target(page.written(checked.link))
                .help("put the file into the repository and link to it by a relative path");
            findings.report(draft);
        }
    }
}
