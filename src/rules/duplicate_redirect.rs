//! `duplicate-redirect`: a page that is redirected twice.

use rustc_hash::FxHashMap;

use super::redirects;
use super::{Check, Findings, Rule, SiteCheck};
use crate::finding::Level;
use crate::site::{Redirect, Site, fold};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-redirect",
    summary: "a page that is redirected twice",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/duplicate-redirect/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let mut first_of: FxHashMap<Box<str>, &Redirect> = FxHashMap::default();
    for redirect in site.redirects.list.iter().filter(|redirect| !redirect.is_conditional) {
        let source = redirects::shown(redirect);
        if source.is_empty() {
            continue;
        }
        let first = *first_of.entry(fold(source)).or_insert(redirect);
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
