//! What tables and columns are called, and whom a name means.

use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use toml::de::DeTable;

use super::super::reader::{Reader, Value, key_of, known_here, value_of};
use crate::contract::{ForeignKey, Wording, fold};
use crate::rules::{span_of, strings};
use crate::source::{Span, Spanned};

/// All contracts of a file by their names.
pub(super) struct Names<'v, 'c> {
    pub(super) tables: Vec<Named<'v, 'c>>,
    by_name: FxHashMap<String, Vec<usize>>,
}

/// A `[[table]]` with the names of its columns.
pub(super) struct Named<'v, 'c> {
    pub(super) table: &'v DeTable<'c>,
    pub(super) span: Span,
    pub(super) name: String,
    pub(super) columns: Vec<NamedColumn<'v, 'c>>,
    /// The column `*`.
    pub(super) any: Option<usize>,
    by_name: FxHashMap<String, usize>,
}

/// A `[[table.column]]`.
pub(super) struct NamedColumn<'v, 'c> {
    pub(super) table: &'v DeTable<'c>,
    pub(super) name: Spanned<Wording>,
    pub(super) aliases: Vec<Wording>,
}

/// Where a demand stands, and what it may refer to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'n, 'v> {
    pub(super) names: &'n Names<'v, 'v>,
    /// Index into [`Names::tables`].
    pub(super) table: usize,
    /// Index into [`Named::columns`].
    pub(super) column: Option<usize>,
}

impl<'n, 'v> Scope<'n, 'v> {
    pub(super) fn named(&self) -> &'n Named<'v, 'v> {
        &self.names.tables[self.table]
    }
}

impl Named<'_, '_> {
    /// The column of a name or alias.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&comparable(name)).copied()
    }

    fn column_names(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter();
        let names = columns.flat_map(|column| [&column.name.value].into_iter().chain(&column.aliases));
        names
            .map(|name| name.written.as_str())
            .filter(|name| !name.is_empty() && !Wording::new(name).is_any())
    }
}

/// Folding would take a `*` away.
fn comparable(name: &str) -> String {
    if name.contains('*') { name.trim().to_lowercase() } else { fold(name) }
}

impl Reader<'_> {
    pub(super) fn names<'v>(&mut self, value: &'v Value<'v>) -> Names<'v, 'v> {
        let mut names = Names { tables: Vec::new(), by_name: FxHashMap::default() };
        for (table, span) in self.entries("table", value) {
            let mut named = Named {
                table,
                span,
                name: String::new(),
                columns: Vec::new(),
                any: None,
                by_name: FxHashMap::default(),
            };
            self.column_names(&mut named);
            named.name = self.name_of(&named, names.tables.len());
            names.by_name.entry(fold(&named.name)).or_default().push(names.tables.len());
            names.tables.push(named);
        }
        names
    }

    /// What findings call the contract: without a name its heading, else its first column, else its number.
    fn name_of(&mut self, named: &Named<'_, '_>, index: usize) -> String {
        if let Some(value) = value_of(named.table, "name") {
            return self.text("name", value).unwrap_or_default();
        }
        let heading = value_of(named.table, "heading").map(|value| match value.get_ref().as_str() {
            Some(heading) => Some(heading.to_owned()),
            None => strings("heading", value).ok().and_then(|mut all| all.pop()).map(|(last, _)| last),
        });
        let column = || named.columns.iter().find(|column| !column.name.value.is_any());
        let column = || column().map(|column| column.name.value.written.clone());
        heading.flatten().or_else(column).unwrap_or_else(|| format!("table {}", index + 1))
    }

    fn column_names<'v>(&mut self, named: &mut Named<'v, 'v>) {
        let Some(value) = value_of(named.table, "column") else { return };
        for (table, span) in self.entries("table.column", value) {
            let Some(written) = value_of(table, "name") else {
                let help = "name it as the table's header does, or `\"*\"` for all other columns";
                self.fault(span, "a column without `name`", help);
                continue;
            };
            let Some(name) = self.text("name", written) else { continue };
            // The header of a column of row names is often empty, so `""` is an alias like any other.
            let aliases = value_of(table, "aliases").map(|value| {
                self.not_empty("aliases", value);
                self.strings("aliases", value)
            });
            let aliases = aliases.unwrap_or_default();
            let index = named.columns.len();
            if Wording::new(&name).is_any() {
                named.any = Some(index);
                if let Some(span) = key_of(table, "aliases") {
                    self.fault(span, "`*` stands for any name already", "remove the aliases");
                }
            }
            let name = (name, span_of(written));
            for (name, span) in [&name].into_iter().chain(&aliases) {
                match named.by_name.entry(comparable(name)) {
                    Entry::Vacant(entry) => _ = entry.insert(index),
                    Entry::Occupied(entry) if *entry.get() == index => {}
                    Entry::Occupied(_) => {
                        let message = format!("`{name}` names two columns of this contract");
                        self.fault(*span, message, "keep one of the two");
                    }
                }
            }
            named.columns.push(NamedColumn {
                table,
                name: Spanned { value: Wording::new(&name.0), span: name.1 },
                aliases: aliases.iter().map(|(alias, _)| Wording::new(alias)).collect(),
            });
        }
    }

    /// The one column that the value of `key` names.
    pub(super) fn column(&mut self, key: &str, value: &Value<'_>, named: &Named<'_, '_>) -> Option<usize> {
        let name = self.text(key, value)?;
        self.column_named(key, &name, span_of(value), named)
    }

    pub(super) fn column_named(
        &mut self,
        key: &str,
        name: &str,
        span: Span,
        named: &Named<'_, '_>,
    ) -> Option<usize> {
        if Wording::new(name).is_any() {
            let message = format!("`*` stands for many columns, and `{key}` needs one");
            self.fault(span, message, known_here(named.column_names()));
            return None;
        }
        let found = named.find(name);
        if found.is_none() {
            let help = self.meant(name, named.column_names(), || {
                if named.columns.is_empty() {
                    return format!("add a `[[table.column]]` with `name = \"{name}\"`");
                }
                known_here(named.column_names())
            });
            self.fault(span, format!("unknown column `{name}` in `{}`", named.name), help);
        }
        found
    }

    /// The column of another table in which a value must stand.
    pub(super) fn references(&mut self, value: &Value<'_>, scope: &Scope<'_, '_>) -> Option<ForeignKey> {
        const EXAMPLE: &str = "references = { table = \"Services\", column = \"Name\" }";
        let Some(reference) = value.get_ref().as_table() else {
            self.wrong_kind("references", value, "a table", EXAMPLE);
            return None;
        };
        self.known_keys(reference, "references", &[super::places::REFERENCE]);
        let (Some(table), Some(column)) = (value_of(reference, "table"), value_of(reference, "column"))
        else {
            let help = format!("write `{EXAMPLE}`");
            self.fault(span_of(value), "`references` needs a `table` and a `column`", help);
            return None;
        };
        let contract = self.contract_named(table, scope.names)?;
        let column = self.column("column", column, &scope.names.tables[contract])?;
        if (contract, Some(column)) == (scope.table, scope.column) {
            let help = "name another column, or write `unique = \"table\"` if that was meant";
            self.fault(span_of(value), "this column references itself", help);
        }
        Some(ForeignKey { contract, column })
    }

    fn contract_named(&mut self, value: &Value<'_>, names: &Names<'_, '_>) -> Option<usize> {
        let name = self.text("table", value)?;
        match names.by_name.get(&fold(&name)).map(Vec::as_slice) {
            Some([only]) => return Some(*only),
            Some(_) => {
                let message = format!("more than one `[[table]]` is called `{name}`");
                self.fault(span_of(value), message, "give each a `name` of its own");
            }
            None => {
                let known = || names.tables.iter().map(|named| named.name.as_str());
                let help = self.meant(&name, known(), || known_here(known()));
                self.fault(span_of(value), format!("no `[[table]]` is called `{name}`"), help);
            }
        }
        None
    }
}
