//! `redirect-source-exists`: a page that is redirected although it is still there.

use super::{Check, Findings, Rule, SiteCheck};
use super::{links, redirects};
use crate::finding::Level;
use crate::site::{FileId, Redirect, Site};

pub(super) static RULE: Rule = Rule {
    id: "redirect-source-exists",
    summary: "a page that is redirected although it is still there",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/redirect-source-exists/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for redirect in &site.redirects.list {
        let Some(file) = page_there(site, redirect) else { continue };
        let path = links::shown(site.files.path(file));
        let message = format!("`{path}` still exists, though readers are redirected from it");
        let draft = redirects::draft_of_source(redirect, message);
        findings.report(draft.help("remove the file, or the redirect: only one of the two can be reached"));
    }
}

/// The published file whose place a redirect takes.
fn page_there(site: &Site, redirect: &Redirect) -> Option<FileId> {
    if redirect.source.as_str().is_empty() {
        let address = redirect.address.as_deref()?;
        return site.projects.iter().find_map(|project| {
            let below = project.below_base_path(address)?;
            project.at_address(below).first().copied()
        });
    }
    let file = site.files.find_any_case(redirect.source.as_str())?.item;
    let is_known = site.projects.iter().any(|project| project.published.is_some());
    (!is_known || site.is_published(file)).then_some(file)
}
