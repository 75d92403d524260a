//! `ragged-row`: a table row with more or fewer cells than the header.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::dialect::Dialect;
use crate::facts::{Row, Table};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;
use crate::words::count;

pub(super) static RULE: Rule = Rule {
    id: "ragged-row",
    summary: "a table row with more or fewer cells than the header",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/ragged-row/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for table in &page.doc.facts.tables {
        let rows = page.rows(table);
        // Rows of another table that begins without an empty line are `glued-table`'s.
        let end = page.next_table(table).unwrap_or(rows.len());
        for row in &rows[..end] {
            // A line without any `|` is a matter of what stands around the table.
            if page.written_cells(row) != table.header.cells.len() && !page.is_text(row) {
                findings.report(draft(page, table, row));
            }
        }
    }
}

fn draft(page: &Page<'_>, table: &Table, row: &Row) -> Draft {
    let columns = table.header.cells.len();
    let written = page.written_cells(row);
    let counts = format!("this row has {} where the header has {columns}", count(written, "cell"));
    let draft = |message: String| {
        let draft = Draft::new(&page.doc.path, row.span, message);
        draft.related(&page.doc.path, table.header.span, "the header")
    };
    let end = row.span.end as usize;
    if written < columns {
        let missing = padding(columns - written, page.is_closed(row));
        let title = "add the missing cells, empty";
        return draft(counts).help("add the missing cells, or a `|` where two cells run together").fix_at(
            Span::at(end),
            title,
            is_whole(page, table, row),
            missing,
        );
    }
    if row.written_outside_code as usize == columns {
        let pipes = row.pipes_in_code.iter().map(|&at| Span { start: at, end: at + 1 });
        return draft(format!("{counts}: a code span does not protect its `|`"))
            .help("write `\\|` inside the code span")
            .fix_all(pipes, "write `\\|` inside the code span", true, "\\|");
    }
    let draft = match page.dialect().surplus_cells_add_columns {
        true => draft(format!("{counts}: the whole table gets columns without a header")),
        false => draft(counts),
    };
    match empty_end(page.text(row.span), written - columns) {
        Some(length) => draft.help("remove the surplus cells, which are empty").fix_at(
            Span::new(end - length, end),
            "remove the empty cells",
            true,
            "",
        ),
        None => draft.help(surplus(page.dialect())),
    }
}

fn surplus(dialect: &Dialect) -> &'static str {
    match dialect.surplus_cells_add_columns {
        true => "give the columns a header, or merge the cells; a `|` that is text is written `\\|`",
        false => "the surplus cells are not shown; a `|` that is text is written `\\|`",
    }
}

/// Whether a row has the outer pipes of the header: without them it may be a piece of a row that was broken in two.
fn is_whole(page: &Page<'_>, table: &Table, row: &Row) -> bool {
    let is_open = |row: &Row| !page.text(row.span).starts_with('|');
    let header = &table.header;
    (is_open(header) || !is_open(row)) && (page.is_closed(row) || !page.is_closed(header))
}

/// What makes a row longer by that many empty cells.
fn padding(cells: usize, closed: bool) -> String {
    " |".repeat(cells + usize::from(!closed))
}

/// How many bytes the last `cells` cells take, if all of them are empty.
fn empty_end(row: &str, cells: usize) -> Option<usize> {
    let mut rest = row;
    for _ in 0..cells {
        rest = rest.strip_suffix('|')?.trim_end();
    }
    let is_escaped = rest.ends_with("\\|");
    (rest.ends_with('|') && !is_escaped).then_some(row.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surplus_cells_go_only_when_empty() {
        for (row, cells, kept) in [
            ("| a | b | |", 1, Some("| a | b |")),
            ("| a | b || |", 2, Some("| a | b |")),
            ("a | b | |", 1, Some("a | b |")),
            ("| a | b | c |", 1, None),
            ("| a | b | c", 1, None),
            ("| a | b \\| |", 1, None),
            ("|", 3, None),
        ] {
            assert_eq!(empty_end(row, cells).map(|end| &row[..row.len() - end]), kept, "{row}");
        }
    }
}
