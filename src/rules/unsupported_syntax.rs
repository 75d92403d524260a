//! `unsupported-syntax`: an id or a header in a syntax that the platform shows as text.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::Heading;
use crate::finding::Level;
use crate::site::{Page, Role};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "unsupported-syntax",
    summary: "an id or a header in a syntax that the platform shows as text",
    level: Some(Level::Info),
    page: include_str!("../../fixtures/unsupported-syntax/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    header(page, findings);
    let written: Vec<_> = page
        .doc
        .facts
        .headings
        .iter()
        .enumerate()
        .filter_map(|(index, heading)| Some((index, written_id(page, heading)?)))
        .collect();
    if written.is_empty() {
        return;
    }
    let ids = (page.dialect().heading_ids)(page.project, page.doc);
    for (index, (braces, id)) in written {
        // Platforms differ in whether a `.` ends the id.
        let is_made = |made: &str| made == id || Some(made) == id.split('.').next();
        let made = ids.get(index).and_then(Option::as_deref);
        let Some(made) = made.filter(|made| !is_made(made)) else { continue };
        let title = page.dialect().title;
        let message = format!("{title} shows `{}` as text: the heading's id is `{made}`", page.text(braces));
        let help = format!("put `<a id=\"{id}\"></a>` on a line of its own before the heading");
        findings.report(Draft::new(&page.doc.path, braces, message).help(help));
    }
}

fn header(page: &Page<'_>, findings: &mut Findings<'_>) {
    let Some(header) = page.doc.facts.front_matter.as_ref() else { return };
    if page.role() == Role::Published && !page.dialect().reads_front_matter {
        let message = format!("{} shows this header as text", page.dialect().title);
        let draft = Draft::new(&page.doc.path, header.span, message);
        findings.report(draft.help("remove the header, or put it into a comment: `<!-- … -->`"));
    }
}

/// `{#id}`, `{ #id .class }` or `{: #id }` at the end of a heading, and the id.
fn written_id<'p>(page: &Page<'p>, heading: &Heading) -> Option<(Span, &'p str)> {
    let source = page.text(heading.span);
    let written = source.trim_end_matches(['#', ' ', '\t']);
    let inside = written.strip_suffix('}')?;
    let open = inside.rfind('{')?;
    let escaped_or_code = inside[..open].ends_with(['\\', '`', '{']);
    let attributes = inside[open + 1..].trim_start_matches(':').trim();
    let id = attributes.strip_prefix('#')?.split(' ').next()?;
    let is_id =
        !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'));
    if escaped_or_code || heading.html || !is_id {
        return None;
    }
    let start = heading.span.start as usize;
    Some((Span::new(start + open, start + written.len()), id))
}
