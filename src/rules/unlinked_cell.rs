//! `unlinked-cell`: a cell without a link in a column of links.

use super::placeholder;
use super::{Check, Draft, Findings, OptionFault, OptionKind, Options, Rule, RuleOption};
use crate::facts::{Cell, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::words::count;

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

/// Words in a column's name under which readers expect a link.
const DEFAULT_HEADERS: &[&str] = &[
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

static HEADERS: RuleOption = RuleOption {
    name: "headers",
    summary: "words in a column's name under which readers expect links",
    kind: OptionKind::Strings(DEFAULT_HEADERS),
};
static MIN_CELLS: RuleOption = RuleOption {
    name: "min-cells",
    summary: "least number of filled cells",
    kind: OptionKind::Number { least: 1, most: 1000, default: 3 },
};
static MIN_PERCENT: RuleOption = RuleOption {
    name: "min-percent",
    summary: "least share of cells that hold a link",
    kind: OptionKind::Number { least: 1, most: 100, default: 60 },
};

fn build(options: &mut Options<'_>) -> Result<Box<dyn Check>, OptionFault> {
    let headers = options.strings(&HEADERS)?.map_or_else(
        || DEFAULT_HEADERS.iter().map(|header| (*header).to_owned()).collect(),
        |headers| headers.into_iter().map(|(header, _)| header.to_lowercase()).collect(),
    );
    let min_cells = options.number(&MIN_CELLS)?;
    let min_percent = options.number(&MIN_PERCENT)?;
    Ok(Box::new(UnlinkedCell { headers, min_cells, min_percent }))
}

impl Check for UnlinkedCell {
    fn page(&self, page: &Page<'_>, findings: &mut Findings<'_>) {
        for table in &page.doc.facts.tables {
            for column in 0..table.header.cells.len() {
                self.check_column(page, table, column, findings);
            }
        }
    }
}

impl UnlinkedCell {
    fn names_links(&self, header: &str) -> bool {
        let header = header.to_lowercase();
        self.headers.iter().any(|name| holds_word(&header, name))
    }

    fn check_column(&self, page: &Page<'_>, table: &Table, column: usize, findings: &mut Findings<'_>) {
        let cells = || table.rows.iter().filter_map(|row| row.cells.get(column));
        if !cells().any(is_link_cell) {
            return;
        }
        let filled: Vec<&Cell> = cells()
            .filter(|cell| !page.cell_text(cell).is_empty() || cell.has_link || cell.has_image)
            .collect();
        let pure = filled.iter().filter(|cell| is_link_cell(cell)).count();
        if filled.len() < self.min_cells as usize || pure * 100 < filled.len() * self.min_percent as usize {
            return;
        }
        let header = &table.header.cells[column];
        if !self.names_links(page.cell_text(header)) {
            return;
        }
        let linked = filled.iter().filter(|cell| cell.has_link).count();
        for cell in filled.iter().filter(|cell| !cell.has_link && !cell.has_image) {
            if placeholder::is_placeholder(page.cell_text(cell)) || is_value(page.cell_text(cell)) {
                continue;
            }
            let message = format!(
                "no link in this cell, while {linked} of the {} of this column hold one",
                count(filled.len(), "cell")
            );
            let draft = Draft::new(&page.doc.path, cell.span, message)
                .help("link the page that the cell names, or leave the cell empty")
                .related(&page.doc.path, header.span, "the column");
            findings.report(draft);
        }
    }
}

/// Whether a text holds a word, also in the plural; both in lower case.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, _)| {
        let before = &text[..start];
        let after = &text[start + word.len()..];
        let after = after.strip_prefix('s').unwrap_or(after);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

/// A cell that holds nothing but links, list marks and punctuation.
fn is_link_cell(cell: &Cell) -> bool {
    cell.has_link && !cell.has_words_outside_links
}

/// Whether a text says that there is no page, or why, instead of naming one.
fn is_value(text: &str) -> bool {
    let text = text.trim_end_matches('.').to_lowercase();
    let first = text.split(|next: char| !next.is_alphanumeric()).next().unwrap_or_default();
    !text.contains(char::is_alphanumeric)
        || VALUES.contains(&&*text)
        || matches!(first, "reserved" | "deprecated" | "obsolete")
        || text.starts_with("not applicable")
        || text.starts_with("not available")
}

const VALUES: &[&str] = &["none", "n/a", "na", "nil", "null", "unknown", "x", "not supported", "yes", "no"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_header() {
        for header in ["article", "new or changed article", "articles:", "see also", "docs/articles"] {
            assert!(["article", "see"].iter().any(|word| holds_word(header, word)), "{header}");
        }
        for header in ["particle", "seen", "articled", "seeds", ""] {
            assert!(!["article", "see"].iter().any(|word| holds_word(header, word)), "{header}");
        }
    }

    #[test]
    fn values_name_no_page() {
        for text in
            ["—", "-", "None", "N/A", "Reserved for future use", "Not applicable.", "Deprecated in 7.2"]
        {
            assert!(is_value(text), "{text}");
        }
        for text in ["Work with insights", "Nonessential services", "No-code apps", "What's new"] {
            assert!(!is_value(text), "{text}");
        }
    }
}
