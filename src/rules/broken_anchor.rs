//! `broken-anchor`: a fragment that names no heading or id of its target.

use super::links;
use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Fragment, Page, Role};

pub(super) static RULE: Rule = Rule {
    id: "broken-anchor",
    summary: "a fragment that names no heading or id of its target",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/broken-anchor/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.links() {
        if checked.resolved.fragment != Fragment::Missing {
            continue;
        }
        let span = checked.link.target.fragment.unwrap_or(checked.link.target.span);
        let place = match checked.resolved.outcome.file() {
            Some(file) => format!("`{}`", links::shown(page.site.files.path(file))),
            None if page.role == Role::Include => "this include or any page that includes it".to_owned(),
            None => "this page".to_owned(),
        };
        let message = format!("no heading or id `#{}` in {place}", page.text(span));
        findings.report(links::draft_at(page, checked, span, message));
    }
}
