//! `out-of-scope-link`: a link from a published page to a file that nothing publishes.

use super::links;
use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Outcome, Page, Role};

pub(super) static RULE: Rule = Rule {
    id: "out-of-scope-link",
    summary: "a link from a published page to a file that nothing publishes",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/out-of-scope-link/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    if page.role() != Role::Published || page.project.published.is_none() {
        return;
    }
    for checked in page.links() {
        let Outcome::File(found) = checked.resolved.outcome else { continue };
        if page.site.is_published(found.item) {
            continue;
        }
        let path = links::shown(page.site.files.path(found.item));
        let message = format!("`{path}` exists, but nothing publishes it: readers will not find it");
        let draft = Draft::new(&page.doc.path, checked.link.target.span, message)
            .target(page.written(checked.link))
            .help("add the file to the published content, or link to something that is published");
        findings.report(draft);
    }
}
