//! Turns the title of a page, alone in a cell of a table, into a link to the page.

use super::{Action, ActionKind, Request};
use crate::assist::destination::Spelling;
use crate::dialect::Usage;
use crate::facts::{Cell, Shown};
use crate::finding::Edit;
use crate::site::{DocId, Page};

/// Cells of the range whose whole text is the title of one page.
pub(super) fn in_range(request: &Request<'_>) -> Vec<Action> {
    let site = request.site;
    let Some(id) = site.find_doc(request.path) else { return Vec::new() };
    let Some(page) = site.views(id).next() else { return Vec::new() };
    let range = request.range;
    let tables = page.doc.facts.tables.iter();
    let near = tables.filter(|table| table.span.start <= range.end && range.start <= table.span.end);
    let rows = near.flat_map(|table| page.rows(table));
    let rows = rows.filter(|row| row.span.start <= range.end && range.start <= row.span.end);
    let cells = rows.flat_map(|row| &row.cells);
    let cells = cells.filter(|cell| cell.span.start <= range.end && range.start <= cell.span.end);
    cells.filter_map(|cell| link(request, &page, cell)).collect()
}

fn link(request: &Request<'_>, page: &Page<'_>, cell: &Cell) -> Option<Action> {
    let text = page.cell_text(cell);
    // Markup around the title would end up inside the link or be torn apart.
    let is_plain = matches!(cell.text, Shown::Plain(span) if span == cell.span);
    if !is_plain || text.is_empty() || cell.has_link || cell.has_image || text.contains(['[', ']']) {
        return None;
    }
    let target = only_page_titled(page, text)?;
    let file = page.site.files.find(page.site.doc(target).path.as_str())?;
    let destination = Spelling::of(page.site, page.id)?.destination(file, Usage::Link)?;
    let edit =
        Edit { path: page.doc.path.clone(), span: cell.span, text: format!("[{text}]({destination})") };
    let is_about_cell = |finding: &crate::finding::Finding| {
        finding.span == cell.span && matches!(finding.rule.id, "unlinked-cell" | "broken-contract")
    };
    let finding = request.findings.iter().position(is_about_cell);
    let title = format!("Link to `{}`", page.site.doc(target).path);
    let action = Action::quick(finding.unwrap_or_default(), title, vec![edit]);
    let kind = if finding.is_some() { ActionKind::Quick } else { ActionKind::Refactor };
    Some(Action { finding, kind, preferred: finding.is_some(), ..action })
}

/// The page that is called so, if it is the only one and not the page itself.
fn only_page_titled(page: &Page<'_>, text: &str) -> Option<DocId> {
    match page.site.pages_titled(text) {
        [only] if *only != page.id && !page.site.doc(*only).is_navigation => Some(*only),
        _ => None,
    }
}
