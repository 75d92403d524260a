//! The formats that tables are printed in: one file a format.
//!
//! Owns what they share. No format knows where its bytes go.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{LinkData, TableData};
use crate::path::DocPath;
use crate::report::PathDisplay;
use crate::site::LinkState;

mod csv;
pub(super) mod html;
pub(super) mod json;
mod markdown;

/// The formats that tables can be printed in; `docs/tables.md` describes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For programs: one object.
    #[default]
    Json,
    /// For programs: one object a row, each on a line of its own.
    JsonLines,
    /// For spreadsheets.
    Csv,
    /// For people, in a terminal or on a page.
    Markdown,
    /// For people, in a browser.
    Html,
}

impl Format {
    /// Prints tables; links and headings of the formats for people lead from `base` to the pages.
    ///
    /// # Errors
    /// Where `out` cannot be written, and where the tables do not fit into the format.
    pub fn write(self, tables: &[TableData], base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Json => json::write(tables, out),
            Format::JsonLines => json::write_rows(tables, out),
            Format::Csv => csv::write(tables, out),
            Format::Markdown => markdown::write(tables, base, out),
            Format::Html => html::write(tables, base, out),
        }
    }
}

/// The address of what a link leads to, as seen from `base`; `None` where a reader should not follow it.
pub(super) fn link_address(link: &LinkData, base: &PathDisplay) -> Option<String> {
    let address = match link.state {
        LinkState::Ok | LinkState::Redirected => from_base(link.resolved.as_deref()?, base),
        LinkState::External => Cow::Borrowed(link.target.trim()),
        LinkState::Skipped | LinkState::Broken => return None,
    };
    is_harmless(&address).then(|| encoded(&address))
}

/// The address of a page, as seen from `base`.
pub(super) fn page_address(path: &str, base: &PathDisplay) -> Option<String> {
    let address = base.show(&DocPath::new(path)).replace('%', "%25").replace('#', "%23").replace('?', "%3F");
    is_harmless(&address).then(|| encoded(&address))
}

fn from_base<'r>(resolved: &'r str, base: &PathDisplay) -> Cow<'r, str> {
    let (path, fragment) = resolved.split_at(resolved.find('#').unwrap_or(resolved.len()));
    format!("{}{fragment}", base.show(&DocPath::new(path))).into()
}

/// Nobody should run a page's code by following a link in a report.
fn is_harmless(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
    }
}

/// What would end a destination or an attribute is percent-encoded; what is encoded already stays as it is.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '(' | ')' | '<' | '>' | '[' | ']' | '|' | '\\' | '"' | '\'' | '`' | '*' => {
                encoded.push_str(&format!("%{:02X}", u32::from(character)));
            }
            character if crate::words::steers_terminal(character) || character.is_whitespace() => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    encoded.push_str(&format!("%{byte:02X}"));
                }
            }
            character => encoded.push(character),
        }
    }
    encoded
}

/// Where a table stands, in words: the headings above it, and the phase that its preset knows.
fn breadcrumb(table: &TableData) -> String {
    table.section.join(" › ")
}
