//! Whether tables keep their contracts: what `broken-contract` finds in one table.
//!
//! One file for each part of a contract. Which tables a contract is about is the site's business.

mod cells;
mod columns;
mod conditions;
mod links;
mod order;
mod rows;
mod voice;
mod words;

pub(super) use voice::voiced;

use super::Findings;
use crate::site::{Page, Selected};
use words::Words;

/// Reports what of its contract a table breaks.
pub(super) fn check(page: &Page<'_>, selected: &Selected<'_>, findings: &mut Findings<'_>) {
    let words = Words::new(*page, selected);
    columns::check(&words, findings);
    cells::check(&words, findings);
    rows::check(&words, findings);
    conditions::check(&words, findings);
}
