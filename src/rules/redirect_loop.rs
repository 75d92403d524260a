//! `redirect-loop`: redirects that lead round in a circle.

use super::redirects;
use super::{Check, Findings, Rule, SiteCheck};
use crate::finding::Level;
use crate::site::Site;

pub(super) static RULE: Rule = Rule {
    id: "redirect-loop",
    summary: "redirects that lead round in a circle",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/redirect-loop/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for circle in site.redirect_circles() {
        let mut circle = circle.iter().map(|&redirect| &site.redirects.list[redirect as usize]);
        let Some(first) = circle.next() else { continue };
        let source = redirects::shown(first);
        let message = match circle.len() {
            0 => format!("`{source}` is redirected to itself"),
            _ => format!("`{source}` is redirected in a circle and never reached"),
        };
        let draft =
            redirects::draft(first, message).help("say where the page is now, or remove the redirect");
        findings.report(circle.fold(draft, |draft, redirect| {
            let remark = format!("`{}` is redirected on here", redirects::shown(redirect));
            draft.related(&redirect.declared_in, redirect.span, remark)
        }));
    }
}
