//! What becomes of a link, in words.

use crate::facts::Link;
use crate::rules::why_broken;
use crate::site::{Checked, LinkState, Outcome, Page, Resolved};

/// What becomes of a link, in a few words: `docs/a.md`, `broken: there is no file …`.
#[must_use]
pub fn tooltip(page: &Page<'_>, link: &Link, resolved: &Resolved) -> String {
    match problem(page, link, resolved) {
        Some(problem) => problem,
        None => led_to(page, link, resolved).unwrap_or_else(|| "ok".to_owned()),
    }
}

/// What is to be said of a link that does not simply lead somewhere.
#[must_use]
pub fn problem(page: &Page<'_>, link: &Link, resolved: &Resolved) -> Option<String> {
    match page.state(link, resolved) {
        LinkState::Ok => None,
        LinkState::Broken => Some(format!("broken: {}", why_broken(page, Checked { link, resolved }))),
        LinkState::Redirected => Some(match led_to(page, link, resolved) {
            Some(path) => format!("redirected to {path}"),
            None => format!("redirected to {}", redirected_to(page, resolved)),
        }),
        LinkState::External => Some("not checked: another site".to_owned()),
        LinkState::Skipped => Some(match &resolved.outcome {
            Outcome::Skipped(reason) => format!("not checked: {reason}"),
            Outcome::OnDisk(_) => "not checked: it is on this disk, but not in the tree".to_owned(),
            _ => format!("not checked: {}", why_broken(page, Checked { link, resolved })),
        }),
    }
}

fn led_to(page: &Page<'_>, link: &Link, resolved: &Resolved) -> Option<String> {
    let site = page.site;
    let goal = page.goal(link, resolved)?;
    let path = site.files.path(goal.file?).as_str();
    let heading = goal.anchor.and_then(|(doc, anchor)| {
        let doc = site.doc(doc);
        Some(doc.facts.headings[anchor.heading? as usize].text(&doc.text).into_owned())
    });
    Some(match heading {
        Some(heading) => format!("{path} › {heading}"),
        None => path.to_owned(),
    })
}

fn redirected_to(page: &Page<'_>, resolved: &Resolved) -> String {
    let Outcome::Redirected(redirect) = resolved.outcome else { return "another page".to_owned() };
    page.site.redirects.list[redirect as usize].url.clone()
}
