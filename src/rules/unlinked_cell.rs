//! `unlinked-cell`: a cell without a link in a column of links.

use super::placeholder;
use super::{Check, Draft, Findings, OptionFault, Options, Rule};
use crate::facts::{Cell, Table};
use crate::finding::Level;
use crate::site::Page;

pub(super) static RULE: Rule = Rule {
    id: "unlinked-cell",
    summary: "a cell without a link in a column of links",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/unlinked-cell/README.md"),
    build,
};

struct UnlinkedCell {
    headers: Vec<String>,
    min_cells: u32,
    min_percent: u32,
}

/// Column names under which readers expect a link.
const HEADERS: &[&str] = &[
    "documentation",
    "docs",
    "doc",
    "article",
    "link",
    "reference",
    "see",
    "more info",
    "details",
    "guide",
    "resource",
    "url",
    "learn more",
];

fn build(options: &mut Options<'_>) -> Result<Box<dyn Check>, OptionFault> {
    let headers = options.strings("headers")?.map_or_else(
        || HEADERS.iter().map(|header| (*header).to_owned()).collect(),
        |headers| headers.into_iter().map(|(header, _)| header.to_lowercase()).collect(),
    );
    let min_cells = options.number("min-cells", 1..=1000)?.unwrap_or(3);
    let min_percent = options.number("min-percent", 1..=100)?.unwrap_or(60);
    Ok(Box::new(UnlinkedCell { headers, min_cells, min_percent }))
}

impl Check for UnlinkedCell {
    fn page(&self, page: &Page<'_>, findings: &mut Findings<'_>) {
        for table in &page.doc.facts.tables {
            for (column, header) in table.header.cells.iter().enumerate() {
                if self.names_links(&header.text) {
                    self.check_column(page, table, column, findings);
                }
            }
        }
    }
}

impl UnlinkedCell {
    fn names_links(&self, header: &str) -> bool {
        let header = header.trim_end_matches(':').trim().to_lowercase();
        self.headers.iter().any(|name| header == *name || header.strip_suffix('s') == Some(name))
    }

    fn check_column(&self, page: &Page<'_>, table: &Table, column: usize, findings: &mut Findings<'_>) {
        let filled: Vec<&Cell> = table
            .rows
            .iter()
            .filter_map(|row| row.cells.get(column))
            .filter(|cell| !cell.text.is_empty() || cell.links > 0 || cell.images > 0)
            .collect();
        let linked = filled.iter().filter(|cell| is_link_cell(cell)).count();
        if filled.len() < self.min_cells as usize || linked * 100 < filled.len() * self.min_percent as usize {
            return;
        }
        let header = &table.header.cells[column];
        for cell in filled.iter().filter(|cell| cell.links == 0 && cell.images == 0) {
            if placeholder::is_placeholder(&cell.text) {
                continue;
            }
            let message =
                format!("no link in this cell: {linked} of {} cells of the column hold one", filled.len());
            let draft = Draft::new(&page.doc.path, cell.span, message)
                .help("link the page that the cell names, or leave the cell empty")
                .related(&page.doc.path, header.span, "the column");
            findings.report(draft);
        }
    }
}

/// A cell that holds nothing but links, list marks and punctuation.
fn is_link_cell(cell: &Cell) -> bool {
    cell.links > 0 && !cell.text_outside_links.contains(char::is_alphanumeric)
}
