//! Whatever stands in a cell, each format gives it back.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;
use waypost::path::DocPath;
use waypost::report::PathDisplay;
use waypost::site::{LinkState, Settings, Site};
use waypost::tables::{self, CellData, Filter, Format, LinkData, RowData, TableData};
use waypost::tree::{PageText, Tree};
use waypost::words::visible;

/// Texts that mean something in at least one of the formats.
const WORDS: &[&str] = &[
    "word",
    "two words",
    "|",
    "\\",
    "\\|",
    "`",
    "``",
    "`a|b`",
    "*",
    "**b**",
    "_",
    "snake_case",
    "_i_",
    "[a](b.md)",
    "![a](b.png)",
    "<script>alert(1)</script>",
    "<br>",
    "<!-- c -->",
    "&amp;",
    "&#65;",
    "&",
    "\"",
    "'",
    ",",
    ";",
    "=1+1",
    "~~s~~",
    "~",
    "[^1]",
    "[x]",
    "https://example.org/a_b",
    "www.example.org",
    "a@example.org",
    "---",
    ":-:",
    "# h",
    "1.",
    "日本語",
    "👩‍👩‍👧",
    "مرحبا",
    "e\u{301}",
    "\u{202e}rtl",
    "\u{7}",
    "\u{1b}[31m",
    "\u{9b}",
    "$x$",
    "{{ x }}",
    ":tada:",
    "!",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..4)
        .prop_flat_map(|words| (Just(words), prop::sample::select(&["", " "][..])))
        .prop_map(|(words, between)| words.join(between))
}

const STATES: &[LinkState] =
    &[LinkState::Ok, LinkState::Redirected, LinkState::External, LinkState::Skipped, LinkState::Broken];

fn link() -> impl Strategy<Value = LinkData> {
    (
        text(),
        text(),
        prop::option::of(text()),
        prop::sample::select(STATES),
        prop::collection::vec(text(), 0..2),
    )
        .prop_map(|(text, target, resolved, state, suggestions)| LinkData {
            text,
            target,
            resolved,
            state,
            suggestions,
        })
}

fn table(links: usize) -> impl Strategy<Value = TableData> {
    let row =
        move |columns| prop::collection::vec((text(), prop::collection::vec(link(), 0..=links)), columns);
    prop::collection::vec(text(), 1..4)
        .prop_flat_map(move |header| {
            let rows = prop::collection::vec((1..1000usize, row(header.len())), 0..4);
            (Just(header), rows, prop::collection::vec(text(), 0..3), prop::option::of(text()))
        })
        .prop_map(|(header, rows, section, phase)| TableData {
            path: DocPath::new("docs/a.md"),
            line: 3,
            section,
            preset: phase.clone().map(Arc::from),
            phase: phase.clone(),
            rows: rows
                .into_iter()
                .map(|(line, cells)| RowData {
                    line,
                    process: phase.clone(),
                    cells: cells
                        .into_iter()
                        .zip(&header)
                        .map(|((text, links), column)| CellData { column: column.clone(), text, links })
                        .collect(),
                })
                .collect(),
            header,
        })
}

fn print(format: Format, tables: &[TableData]) -> String {
    let mut out = Vec::new();
    format.write(tables, &PathDisplay::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The tables of a page of that text.
fn read(text: &str) -> Vec<TableData> {
    let path = DocPath::new("page.md");
    let pages = vec![PageText { path: path.clone(), text: text.into() }];
    let tree = Tree { files: vec![path], pages, ..Tree::default() };
    tables::collect(&Site::new(tree, Settings::default()), &Filter::default(), &|_| true)
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// The records of a CSV file, read as RFC 4180 says.
fn records(csv: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut characters = csv.chars().peekable();
    let mut quoted = false;
    while let Some(character) = characters.next() {
        let record = records.last_mut().unwrap();
        match (character, quoted) {
            ('"', true) if characters.next_if_eq(&'"').is_some() => record.last_mut().unwrap().push('"'),
            ('"', _) => quoted = !quoted,
            (',', false) => record.push(String::new()),
            ('\r', false) => {}
            ('\n', false) => records.push(vec![String::new()]),
            (other, _) => record.last_mut().unwrap().push(other),
        }
    }
    records.pop();
    records
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn json_says_everything(tables in prop::collection::vec(table(2), 0..3)) {
        let value: Value = serde_json::from_str(&print(Format::Json, &tables)).unwrap();
        let printed = value["tables"].as_array().unwrap();
        prop_assert_eq!(printed.len(), tables.len());
        for (value, table) in printed.iter().zip(&tables) {
            prop_assert_eq!(texts(&value["section"]), table.section.iter().collect::<Vec<_>>());
            prop_assert_eq!(texts(&value["header"]), table.header.iter().collect::<Vec<_>>());
            prop_assert_eq!(value["phase"].as_str(), table.phase.as_deref());
            for (value, row) in value["rows"].as_array().unwrap().iter().zip(&table.rows) {
                for (value, cell) in value["cells"].as_array().unwrap().iter().zip(&row.cells) {
                    prop_assert_eq!(&value["text"], &*cell.text);
                    prop_assert_eq!(&value["column"], &*cell.column);
                    for (value, link) in value["links"].as_array().unwrap().iter().zip(&cell.links) {
                        prop_assert_eq!(&value["target"], &*link.target);
                        prop_assert_eq!(value["resolved"].as_str(), link.resolved.as_deref());
                        prop_assert_eq!(&value["state"], link.state.as_str());
                    }
                }
            }
        }
    }

    #[test]
    fn markdown_is_read_as_it_was_meant(table in table(0)) {
        let printed = print(Format::Markdown, std::slice::from_ref(&table));
        let read = read(&printed);
        prop_assert_eq!(read.len(), 1, "{}", printed);
        let shown = |text: &String| visible(text).into_owned();
        prop_assert_eq!(&read[0].header, &table.header.iter().map(shown).collect::<Vec<_>>(), "{}", printed);
        for (read, row) in read[0].rows.iter().zip(&table.rows) {
            let cells = |row: &RowData| row.cells.iter().map(|cell| shown(&cell.text)).collect::<Vec<_>>();
            prop_assert_eq!(cells(read), cells(row), "{}", printed);
        }
        prop_assert_eq!(read[0].rows.len(), table.rows.len());
    }

    #[test]
    fn links_in_markdown_harm_nothing(table in table(2)) {
        let printed = print(Format::Markdown, std::slice::from_ref(&table));
        let read = read(&printed);
        prop_assert_eq!(read.len(), 1, "{}", printed);
        prop_assert_eq!(read[0].rows.len(), table.rows.len());
        prop_assert_eq!(read[0].header.len(), table.header.len());
        let columns = |table: &TableData| table.rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>();
        prop_assert_eq!(columns(&read[0]), columns(&table));
    }

    #[test]
    fn csv_has_a_field_for_each_column(tables in prop::collection::vec(table(1), 0..3)) {
        let printed = print(Format::Csv, &tables);
        let records = records(&printed);
        let rows: Vec<&RowData> = tables.iter().flat_map(|table| &table.rows).collect();
        prop_assert_eq!(records.len(), rows.len() + 1, "{}", printed);
        for (record, row) in records[1..].iter().zip(rows) {
            prop_assert_eq!(record.len(), records[0].len());
            for cell in &row.cells {
                prop_assert!(record.contains(&visible(&cell.text).into_owned()), "{:?} {}", cell, printed);
            }
        }
        let names: std::collections::BTreeSet<&String> = records[0].iter().collect();
        prop_assert_eq!(names.len(), records[0].len());
    }

    #[test]
    fn html_holds_no_markup_of_pages(tables in prop::collection::vec(table(2), 0..3)) {
        let printed = print(Format::Html, &tables);
        prop_assert!(!printed.contains("<script"));
        prop_assert!(!printed.contains("<!--"));
        prop_assert!(!printed.to_lowercase().contains("href=\"javascript"));
        let quotes = printed.lines().filter(|line| line.matches('"').count() % 2 == 1).count();
        prop_assert_eq!(quotes, 0);
    }
}
