//! `redirect-chain`: a redirect that leads to another redirect.

use super::redirects;
use super::{Check, Draft, Findings, Rule, SiteCheck};
use crate::finding::Level;
use crate::site::{Landing, Redirect, RedirectId, Site, Step};

pub(super) static RULE: Rule = Rule {
    id: "redirect-chain",
    summary: "a redirect that leads to another redirect",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/redirect-chain/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let list = &site.redirects.list;
    for (id, redirect) in list.iter().enumerate() {
        let id = id as RedirectId;
        let Step::Redirect(next) = site.step(id) else { continue };
        let (Landing::File(_, last) | Landing::Elsewhere(last)) = site.follow(id, &redirect.source) else {
            continue;
        };
        let is_missing = site.step(last) == Step::Missing;
        let (next, last) = (&list[next as usize], &list[last as usize]);
        let url = redirect.address_led_to();
        let message = format!("`{url}` redirects again, in the end to `{}`", last.url);
        let draft =
            redirects::draft(redirect, message).related(&next.declared_in, next.span, "the next redirect");
        findings.report(if is_missing { draft } else { fixed(site, redirect, last, draft) });
    }
}

/// The finding with the final address to write, where that means the same in both places.
fn fixed(site: &Site, redirect: &Redirect, last: &Redirect, draft: Draft) -> Draft {
    let keeps_meaning = last.url.starts_with('/') || last.url.contains("://");
    if !keeps_meaning || redirect.url.contains('?') {
        return draft;
    }
    let target = match redirect.url.split_once('#') {
        Some((_, fragment)) if !last.url.contains('#') => format!("{}#{fragment}", last.url),
        _ => last.url.clone(),
    };
    let draft = draft.help(format!("write `{target}`")).suggestions(vec![target.clone()]);
    match redirects::unquoted(site, redirect).filter(|_| redirects::is_plain(&target)) {
        Some(span) => draft.fix_at(span, format!("write `{target}`"), !redirect.moves_identity, target),
        None => draft,
    }
}
