//! `rooted-link`: a rooted path to a source file, which the site will not have.

use super::links;
use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Outcome, Page};

pub(super) static RULE: Rule = Rule {
    id: "rooted-link",
    summary: "a rooted path to a source file, which the site will not have",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/rooted-link/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.links() {
        if checked.resolved.outcome == Outcome::RootedFile {
            let path = page.text(checked.link.target.parts(&page.doc.text).path);
            let extension = path.rfind('.').map_or(path, |dot| &path[dot..]);
            let title = page.dialect().title;
            let message = format!(
                "what begins with `/` is an address of the site on {title}, and no address ends in `{extension}`"
            );
            findings.report(links::draft(page, checked, message));
        }
    }
}
