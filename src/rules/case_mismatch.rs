//! `case-mismatch`: a path or anchor that is right but for the case of its letters.

use super::links;
use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Checked, Fragment, Outcome, Page};

pub(super) static RULE: Rule = Rule {
    id: "case-mismatch",
    summary: "a path or anchor that is right but for the case of its letters",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/case-mismatch/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.destinations() {
        path_case(page, checked, findings);
        anchor_case(page, checked, findings);
    }
}

fn path_case(page: &Page<'_>, checked: Checked<'_>, findings: &mut Findings<'_>) {
    let message = match &checked.resolved.outcome {
        Outcome::File(found) if found.miscased => {
            format!("the file is spelled `{}`", links::shown(page.site.files.path(found.item)))
        }
        Outcome::Folder { miscased: true } => {
            "the folder is spelled in other upper and lower case".to_owned()
        }
        _ => return,
    };
    findings.report(links::draft(page, checked, message));
}

fn anchor_case(page: &Page<'_>, checked: Checked<'_>, findings: &mut Findings<'_>) {
    let Fragment::Miscased(anchor) = &checked.resolved.fragment else { return };
    let span = checked.link.target.fragment_or_all(&page.doc.text);
    let message = format!("the anchor is spelled `#{anchor}`");
    let draft = links::draft_at(page, checked, span, message).level(page.dialect().miscased_anchor);
    findings.report(match checked.resolved.outcome {
        Outcome::Redirected(_) => draft.at_most(Level::Warning),
        _ => draft,
    });
}
