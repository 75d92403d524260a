//! `broken-include`: an include or code sample whose file does not exist, or that includes itself.

use super::links;
use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::dialect::Usage;
use crate::finding::Level;
use crate::site::{Outcome, Page, Why};

pub(super) static RULE: Rule = Rule {
    id: "broken-include",
    summary: "an include or code sample whose file does not exist, or that includes itself",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/broken-include/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.destinations() {
        let what = match checked.resolved.usage {
            Usage::Include => "include",
            Usage::Code => "code sample",
            _ => continue,
        };
        if let Some(message) = message(page, &checked.resolved.outcome, what) {
            findings.report(links::draft(page, checked, message));
        }
    }
    circular(page, findings);
}

fn message(page: &Page<'_>, outcome: &Outcome, what: &str) -> Option<String> {
    match outcome {
        Outcome::Empty | Outcome::ThisPage => Some(format!("this {what} names no file")),
        Outcome::RootedFile => {
            Some(format!("what begins with `/` is an address of the site, but this {what} needs a file"))
        }
        Outcome::Missing(missing) => {
            let path = links::shown(&missing.path);
            Some(match missing.why {
                Why::Redirect(_) => format!("there is no file `{path}` any more: it was moved"),
                Why::Folder => format!("`{path}` is a folder"),
                Why::OutsideRepository => "this leads out of the repository".to_owned(),
                Why::Untracked => links::why_missing(page, missing),
                Why::Backslash => return None,
                _ => format!("there is no file `{path}` to include"),
            })
        }
        _ => None,
    }
}

fn circular(page: &Page<'_>, findings: &mut Findings<'_>) {
    let includes = &page.site.includes;
    for &inclusion in &includes.of[page.id as usize] {
        if includes.is_circular(page.id, inclusion) {
            let link = &page.doc.facts.links[inclusion.link as usize];
            let draft =
                Draft::new(&page.doc.path, link.target.span, "this include leads back to the page itself")
                    .target(page.written(link))
                    .help("break the circle: the platform refuses to build the page");
            findings.report(draft);
        }
    }
}
