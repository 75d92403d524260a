//! `backslash-path`: a path with `\` between its folders.

use super::links;
use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Outcome, Page, Why};

pub(super) static RULE: Rule = Rule {
    id: "backslash-path",
    summary: "a path with `\\` between its folders",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/backslash-path/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let platform = page.dialect().title;
    for checked in page.destinations() {
        let destination = checked.link.target.destination(&page.doc.text);
        if !destination.contains('\\') || !(page.dialect().split)(destination).path.contains('\\') {
            continue;
        }
        match &checked.resolved.outcome {
            Outcome::Missing(missing) if missing.why == Why::Backslash => {
                let message = format!("`\\` separates no folders on {platform}");
                findings.report(links::draft(page, checked, message));
            }
            Outcome::File(_) | Outcome::Address(_) | Outcome::Folder { .. } | Outcome::Redirected(_) => {
                let message = format!("`\\` separates folders on {platform}, but not everywhere");
                findings.report(links::draft(page, checked, message).at_most(Level::Info));
            }
            _ => {}
        }
    }
}
