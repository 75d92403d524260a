//! `broken-link`: a link or image whose destination does not exist.

use super::links;
use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Outcome, Page, Why};

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    summary: "a link or image whose destination does not exist",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/broken-link/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.links() {
        let Outcome::Missing(missing) = &checked.resolved.outcome else { continue };
        if missing.why == Why::Backslash {
            continue;
        }
        let draft = links::draft(page, checked, links::why_missing(page, missing));
        findings.report(match missing.why {
            Why::NoAddress => draft.at_most(Level::Info),
            Why::FromAddress => draft.at_most(Level::Warning),
            Why::Redirect(id) => {
                let redirect = &page.site.redirects.list[id as usize];
                let remark = format!("this redirects it to `{}`", redirect.url);
                draft.related(&redirect.declared_in, redirect.span, remark)
            }
            _ => draft,
        });
    }
}
