//! What a contract says: plain data, each demand with the place where it is written.
//!
//! Holds no logic: who reads it is `config`, who asks whether a table keeps it is `check`.

use std::sync::Arc;

use regex::Regex;

use super::Wording;
use crate::finding::Level;
use crate::path::DocPath;
use crate::scope::Scope;
use crate::source::{Span, Spanned};

/// All contracts, those of the configuration first, then those of presets.
#[derive(Clone, Debug, Default)]
pub struct Contracts {
    /// Each `[[table]]`.
    pub list: Vec<Contract>,
}

impl Contracts {
    /// Adds the contracts of a preset, whose foreign keys are among themselves.
    pub fn append(&mut self, preset: &[Contract]) {
        let before = self.list.len();
        self.list.extend_from_slice(preset);
        for contract in &mut self.list[before..] {
            let columns = contract.columns.iter_mut().map(|column| &mut column.demands);
            let tests = contract
                .conditions
                .iter_mut()
                .flat_map(|condition| [&mut condition.given, &mut condition.then]);
            for demands in columns.chain(tests.map(|test| &mut test.demands)) {
                if let Some(key) = &mut demands.references {
                    key.value.contract += before;
                }
            }
        }
    }
}

/// Where a contract is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file that findings can point into, relative to the root.
    File(DocPath),
    /// A preset that waypost brings along; its name.
    Preset(Arc<str>),
}

/// What is demanded of some tables: one `[[table]]`.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Where it is written: the spans below are places in this file.
    pub origin: Origin,
    /// Its `[[table]]` line.
    pub span: Span,
    /// What findings call it.
    pub name: String,
    /// Which tables.
    pub selection: Selection,
    /// Whether each page of the selection must hold such a table.
    pub required: Option<Span>,
    /// The columns it names, in order.
    pub columns: Vec<Column>,
    /// `other-columns = false`: no column that is not named.
    pub closed: Option<Span>,
    /// `ordered = true`: the columns stand in the order in which they are named.
    pub ordered: Option<Span>,
    /// What is demanded of the rows together.
    pub rows: Rows,
    /// If A then B, within a row.
    pub conditions: Vec<Condition>,
    /// How breaches are worded.
    pub voice: Voice,
}

/// Which tables a contract is about. All that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The pages; `None` for all.
    pub files: Option<Scope>,
    /// Headings above the table, from the outside in; others may stand between them. The title counts as a heading.
    pub headings: Vec<Wording>,
    /// Columns the header must have, by the names and aliases of [`Contract::columns`] where it names them.
    pub header: Vec<Wording>,
    /// Values, folded, that most cells of each column `*` say, of which there must be two; empty for any cells.
    pub cells: Vec<String>,
}

/// The level and words of a breach, where they are not the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// How grave it is.
    pub level: Option<Level>,
    /// What is said instead of the usual message.
    pub message: Option<String>,
}

/// A column: `[[table.column]]`.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name; `*` stands for all columns that no other entry names.
    pub name: Spanned<Wording>,
    /// Other names for it, such as translations.
    pub aliases: Vec<Wording>,
    /// Whether the table must have it.
    pub required: bool,
    /// What its cells must be.
    pub demands: Demands,
    /// How breaches are worded.
    pub voice: Voice,
}

/// What a cell must be.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// `empty`: `false` for something must stand in it, `true` for nothing may.
    pub empty: Option<Spanned<bool>>,
    /// `placeholder = false`: it must not say that its content is still to come.
    pub no_placeholder: Option<Span>,
    /// `not-applicable`: texts that are right whatever else is demanded.
    pub not_applicable: Vec<Wording>,
    /// `separator`: each part of the text is a value of its own.
    pub separator: Option<String>,
    /// `case-sensitive`: whether `A` is another value than `a`; by default it is the same.
    pub case_sensitive: bool,
    /// `values`: one of these.
    pub values: Option<Spanned<Vocabulary>>,
    /// `pattern`: the whole text is of this form.
    pub pattern: Option<Spanned<Regex>>,
    /// `unique`: no other cell says the same.
    pub unique: Option<Spanned<Unique>>,
    /// `references`: a cell of another table says the same.
    pub references: Option<Spanned<ForeignKey>>,
    /// `max-length`, in characters that readers see.
    pub max_length: Option<Spanned<u32>>,
    /// `link`: what its links must be.
    pub link: Option<Spanned<LinkDemand>>,
}

/// The texts that are allowed.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Each value.
    pub terms: Vec<Term>,
    /// What knows more spellings of them than they list.
    pub lexicon: Option<Arc<dyn Lexicon>>,
}

/// Knows the terms of a vocabulary however they are spelled.
pub trait Lexicon: std::fmt::Debug + Send + Sync {
    /// The term that a text names.
    fn term(&self, text: &str) -> Option<&str>;
}

/// A value with its other names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The name to use.
    pub name: String,
    /// Names that are right as well.
    pub aliases: Vec<String>,
}

/// Where no other cell may say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unique {
    /// In the column of the table.
    Table,
    /// In that column of all tables of the contract.
    Tree,
}

/// The values of another contract's column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// Index into [`Contracts::list`].
    pub contract: usize,
    /// Index into [`Contract::columns`] of that contract.
    pub column: usize,
}

/// What a cell's links must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDemand {
    /// At least so many.
    pub min: u32,
    /// At most so many.
    pub max: Option<u32>,
    /// Each of one of these kinds; empty for any.
    pub kinds: Vec<LinkType>,
    /// Whether each must lead somewhere.
    pub resolves: bool,
    /// The folder in which each target must lie, relative to the root; empty for anywhere.
    pub below: String,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkType {
    /// A page of the tree.
    Page,
    /// A heading or id.
    Anchor,
    /// Another site.
    External,
    /// A file that is no page.
    File,
    /// An image that is shown.
    Image,
}

/// What is demanded of the rows together.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// `min-rows`
    pub min: Option<Spanned<u32>>,
    /// `max-rows`
    pub max: Option<Spanned<u32>>,
    /// `sorted-by`: index into [`Contract::columns`].
    pub sorted_by: Option<Spanned<usize>>,
    /// `required-rows`: values that the key column must hold.
    pub required: Vec<Spanned<Term>>,
    /// The column that names the row: index into [`Contract::columns`]; by default the first.
    pub key: usize,
    /// `[[table.count]]`: how many cells of each row say something.
    pub counts: Vec<Count>,
}

/// How many cells of each row say one of some values.
#[derive(Clone, Debug)]
pub struct Count {
    /// Where it is written.
    pub span: Span,
    /// The values; a cell with a separator counts once for each of its parts.
    pub values: Vec<String>,
    /// The columns that count: indices into [`Contract::columns`].
    pub columns: Vec<usize>,
    /// At least so many.
    pub min: u32,
    /// At most so many.
    pub max: Option<u32>,
    /// How breaches are worded.
    pub voice: Voice,
}

/// If a cell is so, another cell of the row must be so: `[[table.when]]`.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Where it is written.
    pub span: Span,
    /// What makes it count.
    pub given: Test,
    /// What must hold then.
    pub then: Test,
    /// How breaches are worded.
    pub voice: Voice,
}

/// A question about one cell of a row.
#[derive(Clone, Debug)]
pub struct Test {
    /// Index into [`Contract::columns`].
    pub column: usize,
    /// What the cell must be.
    pub demands: Demands,
}
