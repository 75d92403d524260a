//! `unreadable-page`: a page that cannot be read.

use super::{Check, Draft, Findings, Rule, SiteCheck};
use crate::finding::Level;
use crate::site::Site;
use crate::source::Span;
use crate::tree::is_page_name;

pub(super) static RULE: Rule = Rule {
    id: "unreadable-page",
    summary: "a page that cannot be read",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/unreadable-page/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for page in &site.unreadable {
        // A platform's configuration is read like a page, and where a folder cannot be listed that is told here too.
        let what = if is_page_name(page.path.file_name()) { "page" } else { "file" };
        let draft =
            Draft::new(&page.path, Span::at(0), format!("this {what} cannot be read: {}", page.reason));
        findings.report(match &page.help {
            Some(help) => draft.help(help),
            None => draft,
        });
    }
}
