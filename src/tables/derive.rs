//! A contract that fits the tables there are, to start from.
//!
//! Owns what is inferred and how sure it must be: each demand says in a comment how many cells keep it, and where the
//! others are. Does not know how a contract is read or checked.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::{CellData, Filter, TableData};
use crate::contract::fold;
use crate::site::LinkState;
use crate::words::{count, number, quoted, visible};

/// A form of table must come back so often to be worth a contract, unless a preset knows it or the user asks for it.
const LEAST_TABLES: usize = 3;
/// More contracts than these nobody reads.
const MOST_CONTRACTS: usize = 20;
/// Of more forms than these the commonest are looked at.
const MOST_CANDIDATES: usize = 100;
/// More pages than these are named by their folder.
const MOST_PAGES: usize = 4;
/// More breaks than these are no slips: the demand is only proposed.
const MOST_BREAKS: usize = 5;
/// A column is one of links if so many cells have one.
const LEAST_LINKS: usize = 3;
/// A column has a vocabulary if so many cells say one of so few values, none of them longer than this.
const LEAST_VALUES: usize = 12;
const MOST_VALUES: usize = 8;
const LONGEST_VALUE: usize = 40;

/// Of a hundred cells so many keep a demand that is made …
const KEPT: usize = 90;
/// … and so many one that is proposed in a comment.
const NEARLY_KEPT: usize = 60;

/// Prints contracts for the commonest forms of tables, those of presets first. `filter` has chosen the tables.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(tables: &[TableData], filter: &Filter, out: &mut dyn Write) -> io::Result<()> {
    let tables: Vec<Named<'_>> = tables.iter().map(Named::of).collect();
    let forms = forms(&tables, filter.is_narrow());
    let candidates = forms.iter().take(MOST_CANDIDATES).map(|form| Selection::of(form, &tables));
    let contracts = candidates.filter(|contract| filter.is_narrow() || contract.is_of_its_form());
    let contracts: Vec<Selection<'_, '_>> = contracts.take(MOST_CONTRACTS).collect();
    writeln!(
        out,
        "# Derived from {}. Above each demand stands how many cells",
        count(tables.len(), "table")
    )?;
    writeln!(out, "# keep it, and where the others are. Demands in comments are those that fewer than")?;
    writeln!(out, "# {KEPT} in 100 cells keep, or that more than {MOST_BREAKS} do not.")?;
    if contracts.len() == MOST_CONTRACTS && forms.len() > MOST_CONTRACTS {
        let left_out = count(forms.len() - MOST_CONTRACTS, "form");
        writeln!(
            out,
            "# Here are the {MOST_CONTRACTS} commonest forms of tables; {left_out} left out. `--files`, `--heading`"
        )?;
        writeln!(out, "# and `--header` say which you mean.")?;
    }
    let mut names = BTreeSet::new();
    for selection in &contracts {
        writeln!(out)?;
        contract(selection, filter, &mut names, out)?;
    }
    Ok(())
}

/// A table with the names of its columns as they are compared.
struct Named<'t> {
    table: &'t TableData,
    names: Vec<String>,
}

impl<'t> Named<'t> {
    fn of(table: &'t TableData) -> Named<'t> {
        Named { table, names: table.header.iter().map(|name| fold(name)).collect() }
    }

    /// A contract can name the columns only if each has a name of its own, and none says `*`.
    fn has_plain_names(&self) -> bool {
        let distinct: BTreeSet<&String> = self.names.iter().collect();
        distinct.len() == self.names.len()
            && self.names.iter().all(|name| !name.is_empty() && !name.contains('*'))
    }

    fn has_columns(&self, names: &[String]) -> bool {
        names.len() <= self.names.len() && names.iter().all(|name| self.names.contains(name))
    }
}

/// Tables with the same columns.
type Form<'n, 't> = Vec<&'n Named<'t>>;

/// Those worth a contract, the commonest first.
fn forms<'n, 't>(tables: &'n [Named<'t>], is_narrow: bool) -> Vec<Form<'n, 't>> {
    let mut by_names: BTreeMap<&[String], Form<'n, 't>> = BTreeMap::new();
    for table in tables.iter().filter(|table| table.has_plain_names()) {
        by_names.entry(&table.names).or_default().push(table);
    }
    let is_known = |form: &Form<'_, '_>| form.iter().any(|one| one.table.preset.is_some());
    let is_worth_it = |form: &Form<'_, '_>| is_narrow || form.len() >= LEAST_TABLES || is_known(form);
    let mut forms: Vec<Form<'n, 't>> = by_names.into_values().filter(is_worth_it).collect();
    // The sort is stable: forms that are as common stay in alphabetical order.
    forms.sort_by_key(|form| (!is_known(form), Reverse(form.len())));
    forms
}

/// The tables that a contract for a form selects: also those on its pages that have further columns.
struct Selection<'n, 't> {
    first: &'n Named<'t>,
    pages: Pages<'t>,
    tables: Vec<&'n Named<'t>>,
}

impl<'n, 't> Selection<'n, 't> {
    fn of(form: &Form<'n, 't>, tables: &'n [Named<'t>]) -> Selection<'n, 't> {
        let (first, pages) = (form[0], Pages::of(form));
        let is_selected =
            |one: &&Named<'_>| pages.hold(one.table.path.as_str()) && one.has_columns(&first.names);
        let tables = tables.iter().filter(is_selected).collect();
        Selection { first, pages, tables }
    }

    /// Whether it is not rather a contract for tables of other forms.
    fn is_of_its_form(&self) -> bool {
        let columns = self.first.names.len();
        let of_form = self.tables.iter().filter(|one| one.names.len() == columns).count();
        of_form * 2 >= self.tables.len()
    }
}

fn contract(
    selection: &Selection<'_, '_>,
    filter: &Filter,
    names: &mut BTreeSet<String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Selection { first, pages, tables: selected } = selection;
    let rows = selected.iter().map(|one| one.table.rows.len()).sum();
    writeln!(out, "# {} with {}", count(selected.len(), "table"), count(rows, "row"))?;
    writeln!(out, "[[table]]\nname = {}", quoted(&name(first.table, names)))?;
    writeln!(out, "files = {}", list(pages.patterns().iter().map(String::as_str)))?;
    if !filter.headings.is_empty() {
        writeln!(out, "heading = {}", list(filter.headings.iter().map(|heading| heading.written.as_str())))?;
    }
    writeln!(out, "header = {}", list(first.table.header.iter().map(String::as_str)))?;
    for (index, (written, folded)) in first.table.header.iter().zip(&first.names).enumerate() {
        writeln!(out, "\n[[table.column]]\nname = {}", quoted(written))?;
        let column = Column::of(selected, folded);
        let unique = if index == 0 { column.unique() } else { None };
        let link = column.link();
        // Texts of links and names of rows are no vocabulary, however few there are.
        let values = if link.is_some() || unique.is_some() { None } else { column.values() };
        for demand in [column.empty(), link, values, unique].into_iter().flatten() {
            demand.write(out)?;
        }
    }
    Ok(())
}

/// A name that no other contract has.
fn name(table: &TableData, names: &mut BTreeSet<String>) -> String {
    const MOST_COLUMNS: usize = 3;
    let columns: Vec<&str> = table.header.iter().take(MOST_COLUMNS).map(String::as_str).collect();
    let plain = match &table.preset {
        Some(preset) => format!("{preset}: {}", columns.join(", ")),
        None => columns.join(", "),
    };
    let numbered = (2..).map(|number| format!("{plain} ({number})"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|name| names.insert(fold(name)));
    free.unwrap_or(plain)
}

/// Pages as a contract names them.
enum Pages<'t> {
    /// These.
    Few(BTreeSet<&'t str>),
    /// All below a folder; empty for the root.
    Below(&'t str),
}

impl<'t> Pages<'t> {
    fn of(form: &Form<'_, 't>) -> Pages<'t> {
        let pages: BTreeSet<&str> = form.iter().map(|one| one.table.path.as_str()).collect();
        if pages.len() <= MOST_PAGES {
            return Pages::Few(pages);
        }
        let folders = pages.iter().map(|page| page.rsplit_once('/').map_or("", |(folder, _)| folder));
        Pages::Below(folders.reduce(common_folder).unwrap_or_default())
    }

    fn hold(&self, page: &str) -> bool {
        match self {
            Pages::Few(pages) => pages.contains(page),
            Pages::Below("") => true,
            Pages::Below(folder) => page.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
        }
    }

    fn patterns(&self) -> Vec<String> {
        match self {
            Pages::Few(pages) => pages.iter().map(|page| format!("/{}", literal(page))).collect(),
            Pages::Below("") => vec!["**".to_owned()],
            Pages::Below(folder) => vec![format!("/{}/**", literal(folder))],
        }
    }
}

fn common_folder<'p>(one: &'p str, other: &str) -> &'p str {
    let same = one.split('/').zip(other.split('/')).take_while(|(one, other)| one == other);
    let length: usize = same.map(|(part, _)| part.len() + 1).sum();
    &one[..length.saturating_sub(1)]
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

fn list<'l>(texts: impl Iterator<Item = &'l str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// A demand with how well it is kept.
struct Demand {
    toml: String,
    evidence: String,
    is_made: bool,
}

impl Demand {
    /// The demand, if at least `least` in 100 of `all` cells keep it: made where nearly all do, else proposed.
    fn new(toml: &str, all: usize, breaks: &[&Cell<'_>], least: usize) -> Option<Demand> {
        let kept = all - breaks.len();
        if all == 0 || kept * 100 < all * least {
            return None;
        }
        let evidence = match breaks {
            [] => format!("all {}", count(all, "cell")),
            _ => format!("{} of {}; breaks: {}", number(kept), count(all, "cell"), places(breaks)),
        };
        let is_made = kept * 100 >= all * KEPT && breaks.len() <= MOST_BREAKS;
        Some(Demand { toml: toml.to_owned(), evidence, is_made })
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mark = if self.is_made { "" } else { "#" };
        writeln!(out, "# {}\n{mark}{}", self.evidence, self.toml)
    }
}

fn places(cells: &[&Cell<'_>]) -> String {
    let place = |cell: &&Cell<'_>| format!("{}:{}", visible(cell.path), cell.line);
    let mut places: Vec<String> = cells.iter().take(MOST_BREAKS).map(place).collect();
    match cells.len().saturating_sub(MOST_BREAKS) {
        0 => {}
        more => places.push(format!("and {} more", number(more))),
    }
    places.join(", ")
}

/// The cells of a column in all tables that a contract selects.
struct Column<'t> {
    /// For each table.
    tables: Vec<Vec<Cell<'t>>>,
}

struct Cell<'t> {
    path: &'t str,
    line: usize,
    data: &'t CellData,
}

impl<'t> Column<'t> {
    fn of(selected: &[&Named<'t>], name: &str) -> Column<'t> {
        let cells = |one: &&Named<'t>| -> Option<Vec<Cell<'t>>> {
            let position = one.names.iter().position(|other| other == name)?;
            let (table, path) = (one.table, one.table.path.as_str());
            let cell =
                |row: &'t super::RowData| Some(Cell { path, line: row.line, data: row.cells.get(position)? });
            Some(table.rows.iter().filter_map(cell).collect())
        };
        Column { tables: selected.iter().filter_map(cells).collect() }
    }

    fn cells(&self) -> impl Iterator<Item = &Cell<'t>> {
        self.tables.iter().flatten()
    }

    fn filled(&self) -> impl Iterator<Item = &Cell<'t>> {
        self.cells().filter(|cell| !cell.is_empty())
    }

    fn empty(&self) -> Option<Demand> {
        let empty: Vec<&Cell<'_>> = self.cells().filter(|cell| cell.is_empty()).collect();
        Demand::new("empty = false", self.cells().count(), &empty, KEPT)
    }

    fn link(&self) -> Option<Demand> {
        let filled = self.filled().count();
        let unlinked: Vec<&Cell<'_>> = self.filled().filter(|cell| cell.data.links.is_empty()).collect();
        if filled - unlinked.len() < LEAST_LINKS {
            return None;
        }
        let unresolved: Vec<&Cell<'_>> =
            self.filled().filter(|cell| cell.data.links.is_empty() || cell.is_broken()).collect();
        Demand::new("link = { min = 1, resolves = true }", filled, &unresolved, NEARLY_KEPT)
            .or_else(|| Demand::new("link = true", filled, &unlinked, NEARLY_KEPT))
    }

    fn values(&self) -> Option<Demand> {
        let mut values: FxHashMap<String, (usize, &str)> = FxHashMap::default();
        for cell in self.filled() {
            let text = cell.data.text.as_str();
            let folded = fold(text);
            if folded.is_empty() || text.len() > LONGEST_VALUE {
                return None;
            }
            values.entry(folded).or_insert((0, text)).0 += 1;
            if values.len() > MOST_VALUES {
                return None;
            }
        }
        let mut values: Vec<(usize, &str)> = values.into_values().collect();
        values.sort_unstable_by_key(|(count, text)| (Reverse(*count), *text));
        let filled = values.iter().map(|(count, _)| count).sum();
        let list = list(values.iter().map(|(_, text)| *text));
        if filled < LEAST_VALUES { None } else { Demand::new(&format!("values = {list}"), filled, &[], KEPT) }
    }

    /// Each table is one case: where some repeat a value, the column is no key.
    fn unique(&self) -> Option<Demand> {
        let filled = |table: &Vec<Cell<'_>>| table.iter().filter(|cell| !cell.is_empty()).count();
        let is_unique = |table: &Vec<Cell<'_>>| {
            let values: BTreeSet<String> =
                table.iter().filter(|cell| !cell.is_empty()).map(|cell| fold(&cell.data.text)).collect();
            values.len() == filled(table)
        };
        let proofs = self.tables.iter().filter(|table| filled(table) > 1).count();
        if proofs < LEAST_TABLES || !self.tables.iter().all(is_unique) {
            return None;
        }
        let evidence = format!("in each of {}", count(self.tables.len(), "table"));
        Some(Demand { toml: "unique = \"table\"".to_owned(), evidence, is_made: true })
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
