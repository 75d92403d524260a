//! `redirected-link`: a link to a page that was moved and redirects.

use super::links;
use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Outcome, Page};

pub(super) static RULE: Rule = Rule {
    id: "redirected-link",
    summary: "a link to a page that was moved and redirects",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/redirected-link/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.links() {
        let Outcome::Redirected(id) = checked.resolved.outcome else { continue };
        let redirect = &page.site.redirects.list[id as usize];
        let message = format!("this page was moved to `{}`", redirect.url);
        let draft = links::draft(page, checked, message);
        findings.report(draft.related(&redirect.declared_in, redirect.span, "the redirect"));
    }
}
