//! What can be typed at a place.

use serde_json::{Value, json};

use super::OfPlace;
use crate::assist::completion::{Completion, CompletionKind, complete};
use crate::lsp::page::Page;
use crate::lsp::state::State;

/// The proposals, in the order in which they are made.
pub fn completion(state: &State, params: &OfPlace) -> Value {
    let answer = state.page(&params.text_document.uri).and_then(|page| {
        let completions = complete(page.site, page.doc()?, page.offset(params.position)?);
        let items = completions.items.iter().enumerate();
        let items: Vec<Value> = items.map(|(number, completion)| item(&page, number, completion)).collect();
        Some(json!({ "isIncomplete": completions.incomplete, "items": items }))
    });
    answer.unwrap_or_default()
}

fn item(page: &Page<'_>, number: usize, completion: &Completion) -> Value {
    let replaced = page.path.clone();
    let written = page.site.source(&replaced).map_or("", |source| completion.replace.of(source.text));
    let mut item = json!({
        "label": completion.label,
        "kind": kind(completion.kind),
        "sortText": format!("{number:05}"),
        // Our order and choice, not the client's: it compares with what is replaced.
        "filterText": if written.is_empty() { completion.insert.as_str() } else { written },
        "textEdit": { "range": page.range(completion.replace), "newText": completion.insert },
    });
    if let Some(detail) = &completion.detail {
        item["detail"] = detail.as_str().into();
    }
    item
}

/// The protocol's kinds, as far as they fit.
fn kind(kind: CompletionKind) -> u8 {
    match kind {
        CompletionKind::Folder => 19,
        CompletionKind::Page | CompletionKind::File => 17,
        CompletionKind::Anchor | CompletionKind::Label => 18,
        CompletionKind::Key => 10,
        CompletionKind::Value => 12,
    }
}
