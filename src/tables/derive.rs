//! A contract that fits the tables there are, to start from.
//!
//! Owns what is inferred and how sure it must be: each demand says in a comment how many cells keep it, and where the
//! others are. Does not know how a contract is read or checked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::{CellData, TableData};
use crate::contract::fold;
use crate::site::LinkState;
use crate::words::{count, number, quoted, visible};

/// A form of table must come back so often to be worth a contract, unless a preset or the user names it.
const LEAST_TABLES: usize = 3;
/// More contracts than these nobody reads.
const MOST_CONTRACTS: usize = 20;
/// More pages than these are named by a pattern.
const MOST_PAGES: usize = 4;
/// More places than these are counted.
const MOST_PLACES: usize = 5;
/// A column says links if so many cells have one.
const LEAST_LINKS: usize = 3;
/// A column has a vocabulary if so many cells say one of so few values.
const LEAST_VALUES: usize = 12;
const MOST_VALUES: usize = 8;

/// Prints contracts for the commonest forms of tables, the commonest first; `is_narrow` says that somebody chose these
/// tables, so that each form counts.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(tables: &[TableData], is_narrow: bool, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups(tables, is_narrow);
    writeln!(out, "# Derived from {}: what most of them keep already.", count(tables.len(), "table"))?;
    writeln!(out, "# Comments say how many cells keep a demand, and where the others are.")?;
    if groups.len() > MOST_CONTRACTS {
        let left_out = number(groups.len() - MOST_CONTRACTS);
        writeln!(out, "# Only the {MOST_CONTRACTS} commonest forms of tables are here, {left_out} are left out;")?;
        writeln!(out, "# `--files`, `--heading` and `--header` say which you mean.")?;
    }
    let mut names = BTreeSet::new();
    for group in groups.iter().take(MOST_CONTRACTS) {
        writeln!(out)?;
        contract(group, &mut names, out)?;
    }
    Ok(())
}

/// Tables of the same columns that the same preset knows.
type Group<'t> = Vec<&'t TableData>;

fn groups(tables: &[TableData], is_narrow: bool) -> Vec<Group<'_>> {
    let mut by_form: BTreeMap<(Option<&str>, Vec<String>), Group<'_>> = BTreeMap::new();
    for table in tables.iter().filter(|table| can_be_named(table)) {
        let form = (table.preset.as_deref(), table.header.iter().map(|name| fold(name)).collect());
        by_form.entry(form).or_default().push(table);
    }
    let is_worth_it =
        |group: &Group<'_>| is_narrow || group.len() >= LEAST_TABLES || group.iter().any(|table| table.preset.is_some());
    let mut groups: Vec<Group<'_>> = by_form.into_values().filter(is_worth_it).collect();
    // The sort is stable: forms that are as common stay in alphabetical order.
    groups.sort_by_key(|group| (group[0].preset.is_none(), std::cmp::Reverse(group.len())));
    groups
}

/// A contract can name the columns only if each has a name of its own, and none says `*`.
fn can_be_named(table: &TableData) -> bool {
    let names: BTreeSet<String> = table.header.iter().map(|name| fold(name)).collect();
    names.len() == table.header.len() && names.iter().all(|name| !name.is_empty() && !name.contains('*'))
}

fn contract(group: &Group<'_>, names: &mut BTreeSet<String>, out: &mut dyn Write) -> io::Result<()> {
    let header = &group[0].header;
    let rows: usize = group.iter().map(|table| table.rows.len()).sum();
    writeln!(out, "# {} with {}", count(group.len(), "table"), count(rows, "row"))?;
    writeln!(out, "[[table]]\nname = {}", quoted(&name(group[0], names)))?;
    writeln!(out, "files = {}", list(files(group)))?;
    writeln!(out, "header = {}", list(header.iter().map(|column| one_line(column))))?;
    for (position, name) in header.iter().enumerate() {
        writeln!(out, "\n[[table.column]]\nname = {}", quoted(&one_line(name)))?;
        let column = Column::of(group, position);
        let unique = column.unique(group, position).filter(|_| position == 0);
        for demand in [column.empty(), column.link(), column.resolves(), column.values(), unique].into_iter().flatten() {
            demand.write(out)?;
        }
    }
    Ok(())
}

/// A name that no other contract has.
fn name(table: &TableData, names: &mut BTreeSet<String>) -> String {
    let what = table.preset.as_deref().unwrap_or("table");
    let columns: Vec<String> = table.header.iter().take(3).map(|column| one_line(column)).collect();
    let plain = format!("{what}: {}", columns.join(", "));
    let numbered = (2..).map(|number| format!("{plain} ({number})"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|name| names.insert(fold(name)));
    free.unwrap_or(plain)
}

/// The pages where they are few, else the folder of all.
fn files(group: &Group<'_>) -> Vec<String> {
    let pages: BTreeSet<&str> = group.iter().map(|table| table.path.as_str()).collect();
    if pages.len() <= MOST_PAGES {
        return pages.into_iter().map(|page| format!("/{}", literal(page))).collect();
    }
    let mut folders = pages.iter().map(|page| page.rsplit_once('/').map_or("", |(folder, _)| folder));
    let first = folders.next().unwrap_or_default();
    let common = folders.fold(first, common_folder);
    match common {
        "" => vec!["**".to_owned()],
        folder => vec![format!("/{}/**", literal(folder))],
    }
}

fn common_folder<'p>(one: &'p str, other: &str) -> &'p str {
    let matching = one.split('/').zip(other.split('/')).take_while(|(one, other)| one == other);
    let length: usize = matching.map(|(part, _)| part.len() + 1).sum();
    &one[..length.saturating_sub(1).min(one.len())]
}

/// A path as a pattern that matches it alone.
fn literal(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for character in path.chars() {
        if matches!(character, '*' | '?' | '[' | ']' | '{' | '}' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// A demand with how well it is kept.
struct Demand {
    toml: String,
    evidence: String,
}

impl Demand {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}\n{}", self.evidence, self.toml)
    }
}

/// The cells of a column in all tables of a group.
struct Column<'t> {
    cells: Vec<Cell<'t>>,
}

struct Cell<'t> {
    table: &'t TableData,
    line: usize,
    data: &'t CellData,
}

impl<'t> Column<'t> {
    fn of(group: &Group<'t>, position: usize) -> Column<'t> {
        let cells = group.iter().flat_map(|table| {
            let rows = table.rows.iter();
            rows.filter_map(move |row| Some(Cell { table, line: row.line, data: row.cells.get(position)? }))
        });
        Column { cells: cells.collect() }
    }

    fn filled(&self) -> impl Iterator<Item = &Cell<'t>> {
        self.cells.iter().filter(|cell| !cell.is_empty())
    }

    fn empty(&self) -> Option<Demand> {
        let empty: Vec<&Cell<'_>> = self.cells.iter().filter(|cell| cell.is_empty()).collect();
        demand("empty = false", self.cells.len(), &empty, "cells")
    }

    fn link(&self) -> Option<Demand> {
        let filled = self.filled().count();
        let without: Vec<&Cell<'_>> = self.filled().filter(|cell| cell.data.links.is_empty()).collect();
        let least = filled - without.len() >= LEAST_LINKS;
        let demand = demand("link = { min = 1, resolves = true }", filled, &without, "cells").filter(|_| least)?;
        let broken: Vec<&Cell<'_>> = self.filled().filter(|cell| cell.is_broken()).collect();
        let evidence = match broken.is_empty() {
            true => demand.evidence,
            false => format!("{}; broken links: {}", demand.evidence, places(&broken)),
        };
        Some(Demand { evidence, ..demand })
    }

    fn values(&self) -> Option<Demand> {
        let mut values: FxHashMap<String, (usize, &str)> = FxHashMap::default();
        let mut filled = 0;
        for cell in self.filled() {
            filled += 1;
            values.entry(fold(&cell.data.text)).or_insert((0, &cell.data.text)).0 += 1;
            if values.len() > MOST_VALUES {
                return None;
            }
        }
        if filled < LEAST_VALUES || values.contains_key("") {
            return None;
        }
        let mut values: Vec<(usize, &str)> = values.into_values().collect();
        values.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
        let list = list(values.iter().map(|(_, value)| one_line(value)));
        let evidence = format!("{} say one of {}", count(filled, "cell"), count(values.len(), "value"));
        Some(Demand { toml: format!("values = {list}"), evidence })
    }

    fn unique(&self, group: &Group<'_>, position: usize) -> Option<Demand> {
        let is_unique = |table: &&TableData| {
            let mut seen = BTreeSet::new();
            let cells = table.rows.iter().filter_map(|row| row.cells.get(position));
            cells.filter(|cell| !cell.text.is_empty()).all(|cell| seen.insert(fold(&cell.text)))
        };
        let proves = |table: &&&TableData| table.rows.len() > 1;
        let holds = group.len() >= LEAST_TABLES && group.iter().all(|table| is_unique(table));
        let proofs = group.iter().filter(proves).count();
        (holds && proofs >= LEAST_TABLES && !self.cells.is_empty()).then(|| Demand {
            toml: "unique = \"table\"".to_owned(),
            evidence: format!("in {} of {}", number(group.len()), count(group.len(), "table")),
        })
    }
}

impl Cell<'_> {
    fn is_empty(&self) -> bool {
        self.data.text.is_empty() && self.data.links.is_empty()
    }

    fn is_broken(&self) -> bool {
        self.data.links.iter().any(|link| link.state == LinkState::Broken)
    }
}
