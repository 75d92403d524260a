//! What can be done about a place.

use std::collections::BTreeMap;

use gen_lsp_types::{Range, Uri};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Named;
use crate::assist::actions::{Action, ActionKind, Request, actions};
use crate::baseline;
use crate::finding::Edit;
use crate::lsp::client::Client;
use crate::lsp::page::Page;
use crate::lsp::state::State;
use crate::path::DocPath;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    text_document: Named,
    range: Range,
    context: Context,
}

#[derive(Deserialize)]
pub struct Context {
    only: Option<Vec<String>>,
}

/// The actions for a range, of the kinds that are asked for.
pub fn answer(state: &State, params: &Params) -> Value {
    let answer = state.page(&params.text_document.uri).and_then(|page| {
        let baseline = page.site.source(&DocPath::new(baseline::FILE_NAME)).map(|source| source.text);
        let range = page.span(params.range)?;
        let findings = page.findings();
        let request = Request { site: page.site, path: &page.path, range, findings, baseline };
        let wanted = |action: &Action| params.context.wants(kind(action.kind));
        let said = state.shown(&params.text_document.uri);
        let all = actions(&request).into_iter().filter(wanted);
        let written = all.filter_map(|action| {
            let mut written = json!({
                "title": action.title,
                "kind": kind(action.kind),
                "isPreferred": action.preferred,
                "edit": edit(&page, &state.client, &action)?,
            });
            if let Some(diagnostic) = action.finding.and_then(|finding| said?.diagnostics.get(finding)) {
                written["diagnostics"] = json!([diagnostic]);
            }
            Some(written)
        });
        Some(written.collect())
    });
    answer.unwrap_or_else(|| json!([]))
}

impl Context {
    /// `source` asks for `source.fixAll` too.
    fn wants(&self, kind: &str) -> bool {
        let covers = |only: &String| {
            only.is_empty()
                || kind
                    .strip_prefix(only.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.only.as_ref().is_none_or(|only| only.iter().any(covers))
    }
}

fn kind(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Quick => "quickfix",
        ActionKind::FixAll => "source.fixAll",
        ActionKind::Refactor => "refactor.rewrite",
    }
}

/// The edits of an action in the form the client takes; `None` where it cannot make them.
fn edit(page: &Page<'_>, client: &Client, action: &Action) -> Option<Value> {
    let mut by_file: BTreeMap<&DocPath, Vec<&Edit>> = BTreeMap::new();
    for edit in &action.edits {
        by_file.entry(&edit.path).or_default().push(edit);
    }
    let mut files: Vec<(Uri, Vec<Value>)> = Vec::new();
    for (path, edits) in by_file {
        let edits = edits.into_iter();
        let edits =
            edits.map(|edit| json!({ "range": page.range_in(path, edit.span), "newText": edit.text }));
        files.push((page.uri(path)?, edits.collect()));
    }
    if action.create.is_some() && !client.creates_files {
        return None;
    }
    if !client.document_changes {
        let changes: serde_json::Map<String, Value> =
            files.into_iter().map(|(uri, edits)| (uri.to_string(), edits.into())).collect();
        return Some(json!({ "changes": changes }));
    }
    let mut changes = Vec::new();
    if let Some((path, text)) = &action.create {
        let uri = page.uri(path)?;
        changes.push(json!({ "kind": "create", "uri": uri, "options": { "ignoreIfExists": true } }));
        let start = Range::default();
        let document = json!({ "uri": uri, "version": null });
        changes.push(json!({ "textDocument": document, "edits": [{ "range": start, "newText": text }] }));
    }
    changes.extend(files.into_iter().map(|(uri, edits)| {
        let document = json!({ "uri": uri, "version": page.version(&uri) });
        json!({ "textDocument": document, "edits": edits })
    }));
    Some(json!({ "documentChanges": changes }))
}
