//! `unstable-anchor`: a fragment that leads to its place only until somebody adds a heading, or retypes it.

use super::links;
use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Checked, Fragility, Fragment, Outcome, Page};

pub(super) static RULE: Rule = Rule {
    id: "unstable-anchor",
    summary: "a fragment that leads to its place only until somebody adds a heading, or retypes it",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/unstable-anchor/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.links() {
        let Fragment::Fragile(fragility) = checked.resolved.fragment else { continue };
        let target = &checked.link.target;
        let span = target.fragment_or_all(&page.doc.text);
        let written = page.text(span);
        let (message, help) = match fragility {
            Fragility::Numbered => (
                format!("`#{written}` has its number only because an earlier heading reads the same"),
                "give the heading words or an id of its own: another heading before it changes the number",
            ),
            Fragility::Invisible => (
                format!("`#{written}` holds a character that nobody sees: {}", invisible(page, checked)),
                "take the character out of the heading, or give the heading an id of its own",
            ),
        };
        let draft = Draft::new(&page.doc.path, span, message).target(page.written(checked.link)).help(help);
        findings.report(with_place(page, checked, draft));
    }
}

/// The code points of a fragment that have no shape.
fn invisible(page: &Page<'_>, checked: Checked<'_>) -> String {
    let fragment = fragment(page, checked);
    let hidden = fragment.chars().filter(|c| crate::site::is_invisible(*c));
    let mut names: Vec<String> = hidden.map(|c| format!("U+{:04X}", c as u32)).collect();
    names.dedup();
    names.join(", ")
}

fn with_place(page: &Page<'_>, checked: Checked<'_>, draft: Draft) -> Draft {
    let doc = match &checked.resolved.outcome {
        Outcome::ThisPage => Some(page.id),
        outcome => outcome.file().and_then(|file| page.site.doc_of(file)),
    };
    let place = doc.and_then(|doc| page.site.find_anchor(doc, page.dialect(), &fragment(page, checked)));
    match place {
        Some((doc, place)) => draft.related(&page.site.doc(doc).path, place.span, "the place it leads to"),
        None => draft,
    }
}

fn fragment(page: &Page<'_>, checked: Checked<'_>) -> String {
    links::fragment(page, checked.link)
}
