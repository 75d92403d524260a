//! `csv`: one line a row, for spreadsheets; RFC 4180.
//!
//! Tables differ in their columns, lines of one file may not: the columns of all tables stand side by side.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use crate::contract::fold;
use crate::site::LinkState;
use crate::tables::{CellData, LinkData, RowData, TableData};
use crate::words::visible;

/// Every line has a field for each of them, so that more would make a short table a long file; and spreadsheets end.
const MOST_COLUMNS: usize = 1000;

/// What is said of each row before its cells.
const PLACE: [&str; 5] = ["path", "line", "section", "phase", "process"];
/// What is said of each row after its cells.
const LINKS: [&str; 2] = ["links", "suggestions"];

pub(super) fn write(tables: &[TableData], out: &mut dyn Write) -> io::Result<()> {
    let columns = Columns::of(tables);
    if columns.names.len() > MOST_COLUMNS {
        let message = format!(
            "the tables have {} different columns, and a CSV file takes {MOST_COLUMNS}; ask for fewer tables with \
             --files, --heading or --header, or for another format",
            columns.names.len()
        );
        return Err(io::Error::other(message));
    }
    write_line(out, PLACE.iter().copied().chain(columns.names.iter().map(String::as_str)).chain(LINKS))?;
    for table in tables {
        let places = columns.places(&table.header);
        for row in &table.rows {
            write_row(out, table, row, &places, columns.names.len())?;
        }
    }
    Ok(())
}

fn write_row(
    out: &mut dyn Write,
    table: &TableData,
    row: &RowData,
    places: &[usize],
    columns: usize,
) -> io::Result<()> {
    let mut cells = vec![""; columns];
    for (cell, &place) in row.cells.iter().zip(places) {
        cells[place] = &cell.text;
    }
    let line = row.line.to_string();
    let section = table.section.join(" > ");
    let phase = table.phase.as_deref().unwrap_or_default();
    let process = row.process.as_deref().unwrap_or_default();
    let (links, suggestions) = links(&row.cells);
    let place = [table.path.as_str(), &line, &section, phase, process];
    write_line(out, place.into_iter().chain(cells).chain([&*links, &*suggestions]))
}

/// `ok: target; broken: target`, and what to write instead of those that are not right.
fn links(cells: &[CellData]) -> (String, String) {
    let links = || cells.iter().flat_map(|cell| &cell.links);
    let described: Vec<String> =
        links().map(|link| format!("{}: {}", link.state.as_str(), link.target)).collect();
    let best = |link: &LinkData| match link.state {
        LinkState::Broken => link.suggestions.first().cloned(),
        _ => None,
    };
    let suggestions: Vec<String> = links().filter_map(best).collect();
    (described.join("; "), suggestions.join("; "))
}

fn write_line<'f>(out: &mut dyn Write, fields: impl Iterator<Item = &'f str>) -> io::Result<()> {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        if field.is_empty() {
            continue;
        }
        let field = visible(field);
        match field.contains([',', '"', '\r', '\n']) || field.trim() != &*field {
            true => write!(out, "\"{}\"", field.replace('"', "\"\""))?,
            false => out.write_all(field.as_bytes())?,
        }
    }
    out.write_all(b"\r\n")
}

/// The columns of all tables. Names that people read as the same are one column, but two of one table are two.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    /// By folded name: the columns of the first, second, … column of that name in a table.
    of_name: FxHashMap<String, Vec<usize>>,
}

impl Columns {
    fn of(tables: &[TableData]) -> Columns {
        let mut columns = Columns::default();
        let mut taken: FxHashMap<String, usize> = FxHashMap::default();
        taken.extend(PLACE.into_iter().chain(LINKS).map(|name| (name.to_owned(), 1)));
        for table in tables {
            let mut seen: FxHashMap<String, usize> = FxHashMap::default();
            for name in &table.header {
                let folded = fold(name);
                let nth = seen.entry(folded.clone()).or_default();
                *nth += 1;
                let known = columns.of_name.entry(folded.clone()).or_default();
                if known.len() < *nth {
                    known.push(columns.names.len());
                    columns.names.push(unique(name, &mut taken));
                }
            }
        }
        columns
    }

    /// The columns of a table of that header.
    fn places(&self, header: &[String]) -> Vec<usize> {
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        let place = |name: &String| {
            let folded = fold(name);
            let nth = seen.entry(folded.clone()).or_default();
            *nth += 1;
            self.of_name[&folded][*nth - 1]
        };
        header.iter().map(place).collect()
    }
}

/// The name as shown, with a number where another column has it.
fn unique(name: &str, taken: &mut FxHashMap<String, usize>) -> String {
    let name = if name.is_empty() { "unnamed" } else { name };
    let count = taken.entry(name.to_lowercase()).or_default();
    *count += 1;
    if *count == 1 {
        return name.to_owned();
    }
    unique(&format!("{name} ({count})"), taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::DocPath;

    fn table(header: &[&str], cells: &[&str]) -> TableData {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let cell = |(column, text): (&&str, &&str)| CellData {
            column: (*column).to_owned(),
            text: (*text).to_owned(),
            links: Vec::new(),
        };
        let cells = header.iter().zip(cells).map(cell).collect();
        TableData {
            path: DocPath::new("a.md"),
            line: 1,
            section: Vec::new(),
            preset: None,
            phase: None,
            header: texts(header),
            rows: vec![RowData { line: 3, process: None, cells }],
        }
    }

    fn print(tables: &[TableData]) -> String {
        let mut out = Vec::new();
        write(tables, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_of_all_tables_stand_side_by_side() {
        let tables = [
            table(&["Name", "Value", "Value"], &["a", "b", "c"]),
            table(&["value:", "Path", ""], &["d", "e,\"f\"", " "]),
        ];
        let expected = "\
path,line,section,phase,process,Name,Value,Value (2),Path (2),unnamed,links,suggestions\r
a.md,3,,,,a,b,c,,,,\r
a.md,3,,,,,d,,\"e,\"\"f\"\"\",\" \",,\r
";
        assert_eq!(print(&tables), expected);
    }

    #[test]
    fn too_many_columns_are_no_file() {
        let names: Vec<String> = (0..=MOST_COLUMNS).map(|number| format!("column {number}")).collect();
        let tables: Vec<TableData> = names.iter().map(|name| table(&[name], &["x"])).collect();
        let error = write(&tables, &mut Vec::new()).unwrap_err();
        assert!(error.to_string().starts_with("the tables have 1001 different columns"), "{error}");
    }
}
