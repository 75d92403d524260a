//! Diagnostics for clients that ask: of a document, and of everything.

use gen_lsp_types::Uri;
use lsp_server::ResponseError;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::lsp::publish::Shown;
use crate::lsp::state::State;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentParams {
    text_document: Named,
    previous_result_id: Option<String>,
}

#[derive(Deserialize)]
pub struct Named {
    uri: Uri,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceParams {
    #[serde(default)]
    previous_result_ids: Vec<Previous>,
}

#[derive(Deserialize)]
pub struct Previous {
    uri: Uri,
    value: String,
}

/// The diagnostics of a document, or that they are as before.
pub fn document(state: &State, params: &DocumentParams) -> Result<Value, ResponseError> {
    let shown = state.shown(&params.text_document.uri);
    Ok(report(shown, params.previous_result_id.as_deref()))
}

/// Those of all files that have some, or had.
pub fn workspace(state: &State, params: &WorkspaceParams) -> Result<Value, ResponseError> {
    let previous = |uri: &Uri| {
        let previous = params.previous_result_ids.iter().find(|previous| previous.uri == *uri);
        previous.map(|previous| previous.value.as_str())
    };
    let items = state.all_shown().map(|(shown, version)| {
        let mut item = report(Some(shown), previous(&shown.uri));
        item["uri"] = json!(shown.uri);
        item["version"] = json!(version);
        item
    });
    Ok(json!({ "items": items.collect::<Vec<_>>() }))
}

fn report(shown: Option<&Shown>, previous: Option<&str>) -> Value {
    let id = shown.map_or(0, |shown| shown.revision).to_string();
    match previous == Some(id.as_str()) {
        true => json!({ "kind": "unchanged", "resultId": id }),
        false => {
            let items = shown.map_or(&[][..], |shown| &shown.diagnostics);
            json!({ "kind": "full", "resultId": id, "items": items })
        }
    }
}
