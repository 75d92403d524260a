//! Which tables a contract is about, and which of their columns it names.
//!
//! Owns selection by path, headings and header. Does not know what is demanded of the cells.

use std::cell::OnceCell;

use super::Page;
use crate::contract::{Contract, Selection, Wording, fold};
use crate::facts::Table;
use crate::path::DocPath;

/// A table with a contract that is about it.
#[derive(Clone, Debug)]
pub struct Selected<'s> {
    /// Index into [`Contracts::list`](crate::contract::Contracts::list).
    pub contract_id: usize,
    /// The contract.
    pub contract: &'s Contract,
    /// Index into [`Facts::tables`](crate::facts::Facts::tables).
    pub table_id: u32,
    /// The table.
    pub table: &'s Table,
    /// For each column of the table the one of the contract that it is: index into [`Contract::columns`].
    pub named: Vec<Option<usize>>,
    /// Columns of the table that bear the name of an earlier one: the later, then the earlier.
    pub repeated: Vec<(usize, usize)>,
}

impl Selected<'_> {
    /// The columns of the table that are this one of the contract, from the left.
    pub fn positions(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        let all = self.named.iter().enumerate();
        all.filter(move |(_, named)| **named == Some(column)).map(|(position, _)| position)
    }
}

/// How near a contract comes to selecting a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No page has a path that it is about, or none of these holds a table.
    #[default]
    Nothing,
    /// It is about pages that hold tables.
    Pages,
    /// Tables of these pages stand under its headings.
    Sections,
    /// It selects one.
    Tables,
}

impl<'s> Page<'s> {
    /// The contracts that are about tables of this page, by its path.
    #[must_use]
    pub fn contracts(&self) -> Vec<usize> {
        let path = &self.doc.path;
        let list = self.site.settings.contracts.list.iter().enumerate();
        let concerned = list.filter(|(_, contract)| concerns(&contract.selection, path));
        concerned.map(|(id, _)| id).collect()
    }

    /// The tables that some contracts, which are about this page, select.
    #[must_use]
    pub fn selected(&self, contracts: &[usize]) -> Vec<Selected<'s>> {
        if contracts.is_empty() {
            return Vec::new();
        }
        let mut selected = Vec::new();
        for (table, id) in self.doc.facts.tables.iter().zip(0..) {
            let names = Names::new(self, table);
            for &contract_id in contracts {
                let contract = &self.site.settings.contracts.list[contract_id];
                if names.reach(contract) == Reach::Tables {
                    selected.push(names.selected(contract_id, contract, id));
                }
            }
        }
        selected
    }

    /// Whether a contract is about a table of this page.
    pub(super) fn is_selected(&self, table: &'s Table, contract: &Contract) -> bool {
        concerns(&contract.selection, &self.doc.path)
            && Names::new(self, table).reach(contract) == Reach::Tables
    }

    /// Notes how near each contract comes to selecting a table of this page; those that select one are not asked again.
    pub(super) fn extend_reach(&self, reaches: &mut [Reach]) {
        let contracts = &self.site.settings.contracts.list;
        let path = &self.doc.path;
        let is_open = |id: &usize| reaches[*id] < Reach::Tables && concerns(&contracts[*id].selection, path);
        let open: Vec<usize> = (0..contracts.len()).filter(is_open).collect();
        if open.is_empty() {
            return;
        }
        for table in &self.doc.facts.tables {
            let names = Names::new(self, table);
            for &id in &open {
                reaches[id] = reaches[id].max(names.reach(&contracts[id]));
            }
        }
    }
}

fn concerns(selection: &Selection, path: &DocPath) -> bool {
    selection.files.as_ref().is_none_or(|files| files.matches(path))
}

/// What a table is known by, folded when it is asked for.
struct Names<'s, 'p> {
    page: &'p Page<'s>,
    table: &'s Table,
    header: OnceCell<Vec<String>>,
    headings: OnceCell<Vec<String>>,
}

impl<'s, 'p> Names<'s, 'p> {
    fn new(page: &'p Page<'s>, table: &'s Table) -> Names<'s, 'p> {
        Names { page, table, header: OnceCell::new(), headings: OnceCell::new() }
    }

    fn header(&self) -> &[String] {
        let cells = || self.table.header.cells.iter();
        self.header.get_or_init(|| cells().map(|cell| fold(self.page.cell_text(cell))).collect())
    }

    /// The title of the front matter, which some platforms show as a heading, and the headings above.
    fn headings(&self) -> &[String] {
        self.headings.get_or_init(|| {
            let doc = self.page.doc;
            let title = doc.front_matter_title().map(fold);
            let above = self.page.headings_above(self.table);
            title.into_iter().chain(above.iter().map(|heading| fold(&heading.text(&doc.text)))).collect()
        })
    }

    fn reach(&self, contract: &Contract) -> Reach {
        let Selection { headings, header, .. } = &contract.selection;
        if !headings.is_empty() && !stand_in_order(headings, self.headings()) {
            return Reach::Pages;
        }
        match header.iter().all(|name| self.has_column(contract, name)) {
            true if self.cells_fit(contract) => Reach::Tables,
            _ => Reach::Sections,
        }
    }

    /// Whether most cells of each column that bears no name say what selects the table, and two columns do.
    fn cells_fit(&self, contract: &Contract) -> bool {
        const LEAST_COLUMNS: usize = 2;
        let wanted = &contract.selection.cells;
        if wanted.is_empty() {
            return true;
        }
        let Some(rest) = contract.columns.iter().find(|column| column.name.value.is_any()) else {
            return false;
        };
        let mut fitting = 0;
        for (position, header) in self.header().iter().enumerate() {
            if column_of(contract, header).is_some() {
                continue;
            }
            let cells = self.page.rows(self.table).iter().filter_map(|row| row.cells.get(position));
            let texts = cells.map(|cell| self.page.cell_text(cell)).filter(|text| !text.is_empty());
            let (mut filled, mut fit) = (0, 0);
            for text in texts.filter(|text| !rest.demands.exempts(text)) {
                filled += 1;
                fit += usize::from(rest.demands.parts(text).any(|part| wanted.contains(&fold(part))));
            }
            if fit * 2 < filled {
                return false;
            }
            fitting += usize::from(fit > 0);
        }
        fitting >= LEAST_COLUMNS
    }

    fn has_column(&self, contract: &Contract, name: &Wording) -> bool {
        let mut columns = contract.columns.iter();
        let column = columns.find(|column| column.names().any(|other| other.is_same(name)));
        self.header().iter().any(|text| match column {
            Some(column) => column.is_called(text),
            None => name.matches(text),
        })
    }

    fn selected(&self, contract_id: usize, contract: &'s Contract, table_id: u32) -> Selected<'s> {
        let mut first = vec![None; contract.columns.len()];
        let mut repeated = Vec::new();
        let rest = contract.columns.iter().position(|column| column.name.value.is_any());
        let named = self.header().iter().enumerate().map(|(position, text)| {
            let Some(column) = column_of(contract, text) else { return rest };
            let earlier = *first[column].get_or_insert(position);
            let may_repeat = contract.columns[column].name.value.written.contains('*');
            if earlier == position || may_repeat {
                return Some(column);
            }
            repeated.push((position, earlier));
            None
        });
        let named = named.collect();
        Selected { contract_id, contract, table_id, table: self.table, named, repeated }
    }
}

/// The column that a folded header cell names; none for one that only `*` stands for.
fn column_of(contract: &Contract, text: &str) -> Option<usize> {
    let mut columns = contract.columns.iter();
    columns.position(|column| !column.name.value.is_any() && column.is_called(text))
}

/// Whether all names are found in this order; others may stand between them.
fn stand_in_order(names: &[Wording], texts: &[String]) -> bool {
    let mut texts = texts.iter();
    names.iter().all(|name| texts.any(|text| name.matches(text)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::contract::{Column, Contracts, Demands, Origin, Rows, Voice};
    use crate::glob::{Case, Globs};
    use crate::scope::Scope;
    use crate::site::{Settings, Site};
    use crate::source::{Span, Spanned};
    use crate::tree::{PageText, Tree};

    const TEXT: &str = "---\ntitle: The handbook\n---\n\n# Services\n\n## Mail\n\n### Ports\n\n\
        | **Name** | Artikel: | Name |\n|---|---|---|\n| a | b | c |\n\n\
        ## Web\n\n| Other | |\n|---|---|\n| a | b |\n";

    fn column(name: &str, aliases: &[&str]) -> Column {
        Column {
            name: Spanned { value: Wording::new(name), span: Span::default() },
            aliases: aliases.iter().map(|alias| Wording::new(alias)).collect(),
            required: true,
            demands: Demands::default(),
            voice: Voice::default(),
        }
    }

    fn site(files: &[&str], headings: &[&str], header: &[&str]) -> Site {
        let wordings = |names: &[&str]| names.iter().map(|name| Wording::new(name)).collect();
        let files = Globs::like_gitignore(files.iter().copied(), Case::Sensitive).unwrap();
        let contract = Contract {
            origin: Origin::File(DocPath::new("waypost.toml")),
            span: Span::default(),
            name: "Articles".to_owned(),
            selection: Selection {
                files: Some(Scope::files(DocPath::default(), files)),
                headings: wordings(headings),
                header: wordings(header),
                cells: Vec::new(),
            },
            required: None,
            columns: vec![column("Name", &[]), column("Article", &["Artikel"]), column("*", &[])],
            closed: None,
            ordered: None,
            rows: Rows::default(),
            conditions: Vec::new(),
            voice: Voice::default(),
        };
        let page = DocPath::new("docs/a.md");
        let tree = Tree {
            files: vec![page.clone()],
            pages: vec![PageText { path: page, text: TEXT.into() }],
            ..Tree::default()
        };
        let contracts = Arc::new(Contracts { list: vec![contract] });
        Site::new(tree, Settings { contracts, ..Settings::default() })
    }

    #[test]
    fn by_path_headings_and_header() {
        use Reach::{Nothing, Pages, Sections, Tables};
        type Case<'c> = (&'c [&'c str], &'c [&'c str], &'c [&'c str], Reach);
        let cases: &[Case<'_>] = &[
            (&["docs"], &[], &[], Tables),
            (&["docs", "!a.md"], &[], &[], Nothing),
            (&["*.md"], &["* handbook", "mail"], &["Article"], Tables),
            (&["*.md"], &["services", "ports"], &["Name", "Article"], Tables),
            (&["*.md"], &["ports", "services"], &[], Pages),
            (&["*.md"], &["web"], &["Article"], Sections),
            (&["*.md"], &[], &["Name", "Price"], Sections),
        ];
        for &(files, headings, header, reach) in cases {
            let site = site(files, headings, header);
            assert_eq!(site.reach_of_contracts(), [reach], "{files:?} {headings:?} {header:?}");
            let page = site.views(0).next().unwrap();
            assert_eq!(
                !page.selected(&page.contracts()).is_empty(),
                reach == Tables,
                "{headings:?} {header:?}"
            );
        }
    }

    #[test]
    fn columns_are_named_once() {
        let site = site(&["**"], &[], &[]);
        let page = site.views(0).next().unwrap();
        let selected = page.selected(&page.contracts());
        assert_eq!(selected[0].named, [Some(0), Some(1), None]);
        assert_eq!(selected[0].repeated, [(2, 0)]);
        assert_eq!(selected[1].named, [Some(2), Some(2)]);
        assert_eq!(selected[1].positions(2).collect::<Vec<_>>(), [0, 1]);
    }
}
