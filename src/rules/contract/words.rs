//! What is said of a cell: a draft for each fault.
//!
//! Owns messages, help and fixes. Does not know how a fault is found.

use std::cell::Cell as Counter;

use super::super::{Draft, links as destinations};
use super::cells::{CellAt, Fault, What};
use super::links::LinkFault;
use crate::contract::{Demands, Vocabulary};
use crate::nearest::{enumerate, nearest};
use crate::site::{Checked, Page, Selected, ValuePlace, Values};
use crate::source::Span;
use crate::words::{count, number};

/// Texts are shown up to here.
const MOST_CHARACTERS: usize = 60;
/// Vocabularies are listed up to here.
const MOST_LISTED: usize = 8;
/// So many names are compared for all that a table says wrongly; beyond, nobody reads the suggestions.
const MOST_COMPARISONS: usize = 20_000;

/// What the findings of one table have in common.
pub(super) struct Words<'s, 'a> {
    pub page: Page<'s>,
    pub selected: &'a Selected<'s>,
    comparisons: Counter<usize>,
}

impl<'s, 'a> Words<'s, 'a> {
    pub fn new(page: Page<'s>, selected: &'a Selected<'s>) -> Words<'s, 'a> {
        Words { page, selected, comparisons: Counter::new(MOST_COMPARISONS) }
    }

    pub fn draft(&self, span: Span, message: impl Into<String>) -> Draft {
        Draft::new(&self.page.doc.path, span, message)
    }

    /// A column as the table calls it.
    pub fn column(&self, position: usize) -> String {
        let header = self.selected.table.header.cells.get(position);
        match header.map(|cell| self.page.cell_text(cell)).unwrap_or_default() {
            "" => format!("column {}", position + 1),
            text => quoted(text),
        }
    }

    /// Whether so many more names may be compared with what was written.
    pub fn may_compare(&self, names: usize) -> bool {
        let left = self.comparisons.get().checked_sub(names);
        self.comparisons.set(left.unwrap_or_default());
        left.is_some()
    }

    /// What is wrong with a cell.
    pub fn of(&self, cell: &CellAt<'s>, fault: &Fault<'s>, demands: &Demands) -> Draft {
        let column = self.column(cell.position);
        let draft = |message: String| self.draft(fault.span, message);
        match &fault.what {
            What::Empty => {
                let exempt = demands.not_applicable.iter().map(|wording| wording.written.as_str());
                let or = match demands.not_applicable.is_empty() {
                    true => String::new(),
                    false => format!(", or {}", enumerate(exempt, "or")),
                };
                draft(format!("{column} is empty{}", self.in_row(cell)))
                    .help(format!("write what belongs there{or}"))
            }
            What::Filled => {
                draft(format!("{column} must be empty{}", self.in_row(cell))).help("empty the cell")
            }
            What::Placeholder(text) => {
                draft(format!("{column} holds a placeholder instead of content: {}", quoted(text)))
                    .help("write what belongs there")
            }
            What::Value(text) => {
                let draft = draft(format!("{} is no value of {column}", quoted(text)));
                match &demands.values {
                    Some(values) => self.with_values(draft, fault.span, text, &values.value),
                    None => draft,
                }
            }
            What::Pattern(text, pattern) => {
                let pattern = pattern.strip_prefix("^(?:").and_then(|pattern| pattern.strip_suffix(")$"));
                let form = quoted(pattern.unwrap_or_default().trim_end());
                draft(format!("{} in {column} is not of the form {form}", quoted(text)))
                    .help("the whole text must be of this form")
            }
            What::Again(text, place) => {
                let first = &self.page.site.doc(place.doc).path;
                draft(format!("{} stands in {column} again: each value may stand there once", quoted(text)))
                    .help("remove one of them, or tell them apart")
                    .related(first, place.span, "it stands here first")
            }
            What::Unknown(text, key) => {
                let values = self.page.site.values_of(*key, demands.case_sensitive);
                self.unknown(draft, text, *key, values, &column)
            }
            What::Long(length, most) => draft(format!(
                "{column} is {} long, and at most {} are allowed",
                count(*length, "character"),
                number(*most as usize)
            ))
            .help("say it shorter"),
            What::Link(link) => self.of_link(cell, fault.span, link, &column),
        }
    }

    /// Names the row, where another cell does.
    fn in_row(&self, cell: &CellAt<'s>) -> String {
        match self.key_text(cell.row).filter(|(position, _)| *position != cell.position) {
            Some((_, text)) => format!(" in the row {}", quoted(text)),
            None => String::new(),
        }
    }

    /// The column that names the rows, and what it says of this one; nothing where it is empty.
    fn key_text(&self, row: usize) -> Option<(usize, &'s str)> {
        let position = self.selected.positions(self.selected.contract.rows.key).next()?;
        let cell = self.selected.table.rows[row].cells.get(position)?;
        Some((position, self.page.cell_text(cell))).filter(|(_, text)| !text.is_empty())
    }

    fn with_values(&self, draft: Draft, span: Span, text: &str, values: &Vocabulary) -> Draft {
        let mut alike = values.terms_like(text);
        if let (Some(only), None) = (alike.next(), alike.next()) {
            let draft = draft.help(format!("write `{only}`")).suggestions(vec![only.to_owned()]);
            let is_plain =
                self.page.text(span) == text && !only.contains(['|', '\\', '`', '*', '_', '<', '[']);
            return match is_plain {
                true => draft.fix_at(span, format!("write `{only}`"), true, only),
                false => draft,
            };
        }
        if self.may_compare(values.names().count())
            && let Some(meant) = nearest(text, values.names())
        {
            return draft.help(format!("did you mean `{meant}`?")).suggestions(vec![meant.to_owned()]);
        }
        let terms = || values.terms.iter().map(|term| term.name.as_str());
        draft.help(match terms().len() {
            ..=MOST_LISTED => format!("write {}", enumerate(terms(), "or")),
            all => format!(
                "{} values are allowed, among them {}",
                number(all),
                enumerate(terms().take(MOST_LISTED), "and")
            ),
        })
    }

    fn unknown(
        &self,
        draft: impl Fn(String) -> Draft,
        text: &str,
        key: (usize, usize),
        values: Option<&Values>,
        column: &str,
    ) -> Draft {
        let other = &self.page.site.settings.contracts.list[key.0];
        let name = &other.columns[key.1].name.value.written;
        let draft = draft(format!(
            "{} in {column} stands nowhere in the column `{name}` of {}",
            quoted(text),
            quoted(&other.name)
        ));
        let Some(values) = values.filter(|values| !values.is_empty()) else {
            return draft.help("that column holds no value, or no table is selected there");
        };
        let near = if self.may_compare(values.len()) { nearest_place(text, values) } else { None };
        match near {
            Some(place) => draft
                .help(format!("did you mean `{}`?", place.text))
                .suggestions(vec![place.text.to_string()])
                .related(&self.page.site.doc(place.doc).path, place.span, "the nearest value"),
            None => draft.help("add it there, or name one that stands there"),
        }
    }

    fn of_link(&self, cell: &CellAt<'s>, span: Span, fault: &LinkFault<'s>, column: &str) -> Draft {
        let draft = |message: String| self.draft(span, message);
        match fault {
            LinkFault::TooFew { noun, found: 0, least: 1 } => {
                draft(format!("{column} holds no {noun}{}", self.in_row(cell)))
                    .help(format!("add the {noun}"))
            }
            LinkFault::TooFew { noun, found, least } => draft(format!(
                "{column} holds {}, and at least {} are demanded",
                count(*found, noun),
                number(*least as usize)
            ))
            .help("add what is missing"),
            LinkFault::TooMany { noun, found, most: 0 } => {
                draft(format!("{column} holds {}, and none may stand there", count(*found, noun)))
                    .help("remove it")
            }
            LinkFault::TooMany { noun, found, most } => draft(format!(
                "{column} holds {}, and at most {} may stand there",
                count(*found, noun),
                number(*most as usize)
            ))
            .help("leave the right ones"),
            LinkFault::Kind { found, allowed } => {
                let allowed: Vec<&str> = allowed.iter().map(|kind| kind.words()).collect();
                draft(format!("this link of {column} leads to {}", found.words()))
                    .help(format!("link to {}", allowed.join(" or ")))
            }
            LinkFault::Elsewhere { target, folder } => {
                draft(format!("this link of {column} leads to `{target}`, which is not below `{folder}`"))
                    .help(format!("link to what is below `{folder}`"))
            }
            LinkFault::OtherSite { folder } => {
                draft(format!("this link of {column} leads to another site, not below `{folder}`"))
                    .help(format!("link to what is below `{folder}`"))
            }
            LinkFault::Broken { link, resolved } => {
                let checked = Checked { link, resolved };
                let reason = destinations::why_broken(&self.page, checked);
                let message = format!("this link of {column} is broken: {reason}");
                let mut draft = destinations::draft_at(&self.page, checked, span, message);
                if span.contains(link.target.span) || link.target.span.contains(span) {
                    return draft;
                }
                // What to write instead goes to another place.
                draft.suggestions.clear();
                draft.related(&self.page.doc.path, link.target.span, "the destination")
            }
        }
    }
}

/// The value that was most likely meant; of several the first.
fn nearest_place<'v>(text: &str, values: &'v Values) -> Option<&'v ValuePlace> {
    let mut places: Vec<&ValuePlace> = values.values().collect();
    places.sort_by_key(|place| (place.doc, place.span));
    let near = nearest(text, places.iter().map(|place| &*place.text))?;
    places.into_iter().find(|place| *place.text == *near)
}

/// A text in backticks, on one line and not too long.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
