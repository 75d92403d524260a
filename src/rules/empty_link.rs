//! `empty-link`: a link that leads nowhere.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::LinkKind;
use crate::finding::Level;
use crate::site::{Outcome, Page};

pub(super) static RULE: Rule = Rule {
    id: "empty-link",
    summary: "a link that leads nowhere",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/empty-link/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.links() {
        let what = match checked.link.kind {
            LinkKind::Inline => "link",
            LinkKind::Image => "image",
            // Markdown writes a comment as a definition that nothing uses: `[//]: # (text)`.
            LinkKind::Definition(id) if page.doc.facts.definitions[id as usize].used => "definition",
            _ => continue,
        };
        let message = match checked.resolved.outcome {
            Outcome::Empty => format!("this {what} has no destination"),
            Outcome::ThisPage if page.written(checked.link) == "#" => {
                "`#` leads to the top of the page and nowhere else".to_owned()
            }
            _ => continue,
        };
        let span = checked.link.span;
        let draft = Draft::new(&page.doc.path, span, message)
            .target(page.written(checked.link))
            .help("give it a destination, or remove the brackets");
        findings.report(draft);
    }
}
