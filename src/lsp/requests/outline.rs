//! The parts of a page, and of all pages.

use gen_lsp_types::Position;
use serde::Deserialize;
use serde_json::{Value, json};

use super::navigation::location;
use super::{Named, OfDocument};
use crate::assist::folding::FoldKind;
use crate::assist::symbols::{Symbol, SymbolKind, document_symbols};
use crate::assist::{folding, lens, selection, workspace_symbols as search};
use crate::lsp::page::Page;
use crate::lsp::state::State;

#[derive(Deserialize)]
pub struct QueryParams {
    query: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SelectionParams {
    text_document: Named,
    positions: Vec<Position>,
}

/// The protocol's kinds of symbols, as far as they fit.
mod kind {
    pub const FILE: u8 = 1;
    pub const STRING: u8 = 15;
    pub const ARRAY: u8 = 18;
    pub const KEY: u8 = 20;
}

/// The headings and tables of a page.
pub fn symbols(state: &State, params: &OfDocument) -> Value {
    let answer = state.page(&params.text_document.uri).and_then(|page| {
        let symbols = document_symbols(page.site, page.doc()?);
        Some(symbols.iter().map(|each| symbol(&page, each)).collect())
    });
    answer.unwrap_or_default()
}

fn symbol(page: &Page<'_>, symbol_: &Symbol) -> Value {
    let kind = match symbol_.kind {
        SymbolKind::Title | SymbolKind::Heading(_) => kind::STRING,
        SymbolKind::Table => kind::ARRAY,
        SymbolKind::Entry => kind::KEY,
    };
    json!({
        "name": symbol_.name,
        "kind": kind,
        "range": page.range(symbol_.span),
        "selectionRange": page.range(symbol_.selection),
        "children": symbol_.children.iter().map(|child| symbol(page, child)).collect::<Vec<_>>(),
    })
}

/// Pages and headings of all trees by name.
pub fn workspace_symbols(state: &State, params: &QueryParams) -> Value {
    let of_tree = |page: Page<'_>| {
        let found = search::workspace_symbols(page.site, &params.query);
        let symbol = |found: &search::Found| {
            let kind = if found.is_page { kind::FILE } else { kind::STRING };
            let location = location(&page, &found.location)?;
            Some(json!({
                "name": found.name,
                "kind": kind,
                "containerName": found.container,
                "location": location,
            }))
        };
        found.iter().filter_map(symbol).collect::<Vec<_>>()
    };
    state.trees().flat_map(of_tree).collect()
}

/// What can be folded away.
pub fn folds(state: &State, params: &OfDocument) -> Value {
    let answer = state.page(&params.text_document.uri).and_then(|page| {
        let folds = folding::folds(page.site, page.doc()?);
        let fold = |fold: &folding::Fold| {
            let range = page.range(fold.span);
            let mut folded = json!({ "startLine": range.start.line, "endLine": range.end.line });
            match fold.kind {
                FoldKind::Comment => folded["kind"] = "comment".into(),
                FoldKind::Region => folded["kind"] = "region".into(),
                FoldKind::FrontMatter | FoldKind::Section | FoldKind::Table | FoldKind::Code => {}
            }
            folded
        };
        Some(folds.iter().map(fold).collect())
    });
    answer.unwrap_or_default()
}

/// How a selection grows around places.
pub fn selections(state: &State, params: &SelectionParams) -> Value {
    let answer = state.page(&params.text_document.uri).and_then(|page| {
        let doc = page.doc()?;
        let around = |position: &Position| {
            let spans = selection::selection_ranges(page.site, doc, page.offset(*position)?);
            let nested = spans.iter().rev().fold(Value::Null, |parent, span| {
                let mut step = json!({ "range": page.range(*span) });
                if !parent.is_null() {
                    step["parent"] = parent;
                }
                step
            });
            Some(nested).filter(|nested| !nested.is_null())
        };
        let nothing = |position: &Position| json!({ "range": { "start": position, "end": position } });
        let all = params.positions.iter();
        Some(all.map(|position| around(position).unwrap_or_else(|| nothing(position))).collect())
    });
    answer.unwrap_or_default()
}

/// How many links lead to each heading.
pub fn lenses(state: &State, params: &OfDocument) -> Value {
    let answer = state.page(&params.text_document.uri).and_then(|page| {
        let lenses = lens::lenses(page.site, page.doc()?);
        let lens = |lens: &lens::Lens| {
            // Without a command the editor shows the words only; what it would run differs from editor to editor.
            let command = json!({ "title": lens.title(), "command": "" });
            json!({ "range": page.range(lens.span), "command": command })
        };
        Some(lenses.iter().map(lens).collect())
    });
    answer.unwrap_or_default()
}
