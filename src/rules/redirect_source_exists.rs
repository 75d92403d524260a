//! `redirect-source-exists`: a page that is redirected although it is still there.

use super::{Check, Findings, Rule, SiteCheck};
use super::{links, redirects};
use crate::finding::Level;
use crate::site::{FileId, Redirect, RedirectId, Site, Step};

pub(super) static RULE: Rule = Rule {
    id: "redirect-source-exists",
    summary: "a page that is redirected although it is still there",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/redirect-source-exists/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for (id, redirect) in site.redirects.list.iter().enumerate() {
        let id = id as RedirectId;
        let Some(file) = page_there(site, id, redirect) else { continue };
        // A page that says itself where it moved is there to say it.
        if redirect.declared_in == redirect.source {
            continue;
        }
        // The page's own address is no former one.
        if site.step(id) == Step::File(file) {
            continue;
        }
        let path = links::shown(site.files.path(file));
        let message = format!("`{path}` still exists, though readers are redirected from it");
        let draft = redirects::draft_of_source(redirect, message);
        findings.report(draft.help("remove the file, or the redirect: only one of the two can be reached"));
    }
}

/// The published file whose place a redirect takes.
fn page_there(site: &Site, id: RedirectId, redirect: &Redirect) -> Option<FileId> {
    if redirect.source.as_str().is_empty() {
        let project = &site.projects[site.project_of_redirect(id)? as usize];
        let address = project.below_base_path(redirect.address.as_deref()?)?;
        return project.at_address(address).first().copied();
    }
    let file = site.files.find_any_case(redirect.source.as_str())?.item;
    let is_known = site.projects.iter().any(|project| project.published.is_some());
    (!is_known || site.is_published(file)).then_some(file)
}
