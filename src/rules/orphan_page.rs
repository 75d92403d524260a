//! `orphan-page`: a published page to which no page and no navigation leads.

use super::{Check, Draft, Findings, Rule, SiteCheck};
use crate::site::{DocId, Role, Site};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "orphan-page",
    summary: "a published page to which no page and no navigation leads",
    level: None,
    page: include_str!("../../fixtures/orphan-page/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let linked = site.linked_files();
    // Beside a site, what only the repository shows is `CONTRIBUTING.md` and the like, which hosts link to.
    let has_sites = site.projects.iter().any(|project| project.published.is_some());
    for (id, doc) in site.docs.iter().enumerate() {
        let is_linked = site.files.find(doc.path.as_str()).is_none_or(|file| linked[file as usize]);
        let published = site.judges(id as DocId).iter().any(|judge| {
            let project = &site.projects[judge.project as usize];
            judge.role == Role::Published && (project.published.is_some() || !has_sites)
        });
        if is_linked || !published || doc.is_navigation || begins_a_folder(doc.path.file_stem()) {
            continue;
        }
        let draft = Draft::new(&doc.path, Span::at(0), "no page and no navigation leads to this page")
            .help("link to it, add it to the navigation, or remove it");
        findings.report(draft);
    }
}

/// Readers reach it by the address of its folder.
fn begins_a_folder(stem: &str) -> bool {
    ["index", "_index", "readme", "summary", "404"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}
