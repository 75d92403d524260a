//! `duplicate-redirect`: a page that is redirected twice.

use rustc_hash::FxHashMap;

use super::redirects;
use super::{Check, Findings, Rule, SiteCheck};
use crate::finding::Level;
use crate::site::{Redirect, RedirectId, Site, fold};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-redirect",
    summary: "a page that is redirected twice",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/duplicate-redirect/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let mut first_of: FxHashMap<_, &Redirect> = FxHashMap::default();
    for (id, redirect) in site.redirects.list.iter().enumerate() {
        let source = redirects::shown(redirect);
        if source.is_empty() || redirect.is_conditional {
            continue;
        }
        // Two sites of one tree may have the same addresses, but never the same files.
        let knows_file = !redirect.source.as_str().is_empty();
        let project = site.project_of_redirect(id as RedirectId).filter(|_| !knows_file);
        let first = *first_of.entry((project, fold(source.trim_end_matches('/')))).or_insert(redirect);
        if std::ptr::eq(first, redirect) {
            continue;
        }
        let same = fold(&first.url) == fold(&redirect.url);
        let message = match same {
            true => format!("`{source}` is redirected to the same place already"),
            false => format!("`{source}` is redirected already, to `{}`", first.url),
        };
        let draft = redirects::draft_of_source(redirect, message).help("keep one of the two").related(
            &first.declared_in,
            redirects::place_of_source(first),
            "the other redirect",
        );
        findings.report(if same { draft } else { draft.level(Level::Error) });
    }
}
