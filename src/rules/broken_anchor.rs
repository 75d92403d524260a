//! `broken-anchor`: a fragment that names no heading or id of its target.

use super::links;
use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{AnchorHint, Checked, FileId, Fragment, Outcome, Page, Role, anchor_hint};
use crate::words::count;

pub(super) static RULE: Rule = Rule {
    id: "broken-anchor",
    summary: "a fragment that names no heading or id of its target",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/broken-anchor/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.destinations() {
        if let Fragment::Beyond { lines } = checked.resolved.fragment {
            findings.report(beyond(page, checked, lines));
        }
        if checked.resolved.fragment != Fragment::Missing {
            continue;
        }
        let span = checked.link.target.fragment_or_all(&page.doc.text);
        let place = match target(page, checked) {
            Some(file) => format!("`{}`", links::shown(page.site.files.path(file))),
            None if page.role() == Role::Include => "this include or any page that includes it".to_owned(),
            None => "this page".to_owned(),
        };
        let others = match &checked.resolved.outcome {
            Outcome::Address(files) => format!(" nor in its {}", count(files.len() - 1, "other version")),
            _ => String::new(),
        };
        let message = format!("no heading or id `#{}` in {place}{others}", page.text(span));
        let draft = explained(page, checked, links::draft_at(page, checked, span, message));
        findings.report(match checked.resolved.outcome {
            Outcome::Redirected(id) => {
                let redirect = &page.site.redirects.list[id as usize];
                let remark = "the redirect that leads there";
                draft.at_most(Level::Warning).related(&redirect.declared_in, redirect.span, remark)
            }
            _ => draft,
        });
    }
}

/// The file in which the fragment was looked for; `None` for the page itself.
fn target(page: &Page<'_>, checked: Checked<'_>) -> Option<FileId> {
    match checked.resolved.outcome {
        Outcome::Redirected(id) => page.site.follow(id, &page.doc.path).file(),
        ref outcome => outcome.file(),
    }
}

/// A line that the file does not have.
fn beyond(page: &Page<'_>, checked: Checked<'_>, lines: u32) -> Draft {
    let target = &checked.link.target;
    let file = checked.resolved.outcome.file();
    let path = file.map_or("the file", |file| links::shown(page.site.files.path(file)));
    let message = format!("`{path}` has {}, and this begins after its end", count(lines as usize, "line"));
    Draft::new(&page.doc.path, target.fragment_or_all(&page.doc.text), message)
        .target(page.written(checked.link))
}

/// The finding with the place that explains it.
fn explained(page: &Page<'_>, checked: Checked<'_>, draft: Draft) -> Draft {
    match anchor_hint(page, checked.link, checked.resolved) {
        Some(AnchorHint::Near(doc, span)) => {
            draft.related(&page.site.doc(doc).path, span, "the nearest anchor")
        }
        Some(AnchorHint::Foreign(doc, span)) => {
            draft.related(&page.site.doc(doc).path, span, "the id is given here").help(format!(
                "{} does not know the syntax `{{#id}}` and shows it as text",
                page.dialect().title
            ))
        }
        None => draft,
    }
}
