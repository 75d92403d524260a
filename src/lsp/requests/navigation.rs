//! Where something leads, who leads to it, what it is.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Named, OfDocument, OfPlace};
use crate::assist::document_links::{LinkTarget, document_links as links_of};
use crate::assist::{Location, definition as definitions, hover as hovers, references as who};
use crate::lsp::page::Page;
use crate::lsp::state::State;
use crate::site::DocId;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferencesParams {
    text_document: Named,
    position: gen_lsp_types::Position,
    context: ReferencesContext,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferencesContext {
    #[serde(default)]
    include_declaration: bool,
}

/// What is known of what stands there.
pub fn hover(state: &State, params: &OfPlace) -> Value {
    let answer = place(state, params).and_then(|(page, doc, offset)| {
        let hover = hovers::hover(page.site, doc, offset)?;
        let contents = json!({ "kind": "markdown", "value": hover.markdown });
        Some(json!({ "contents": contents, "range": page.range(hover.span) }))
    });
    answer.unwrap_or_default()
}

/// Where what stands there leads.
pub fn definition(state: &State, params: &OfPlace) -> Value {
    let answer = place(state, params).and_then(|(page, doc, offset)| {
        let definition = definitions::definition(page.site, doc, offset)?;
        Some(definition.targets.iter().filter_map(|target| location(&page, target)).collect())
    });
    answer.unwrap_or_default()
}

/// Who leads there.
pub fn references(state: &State, params: &ReferencesParams) -> Value {
    let ReferencesParams { text_document: Named { uri }, position, context } = params;
    let answer = state.page(uri).and_then(|page| {
        let (doc, offset) = (page.doc()?, page.offset(*position)?);
        let references = who::references(page.site, doc, offset, context.include_declaration);
        Some(references.iter().filter_map(|reference| location(&page, reference)).collect())
    });
    answer.unwrap_or_default()
}

/// The links of a page.
pub fn document_links(state: &State, params: &OfDocument) -> Value {
    let answer = state.page(&params.text_document.uri).and_then(|page| {
        let links = links_of(page.site, page.doc()?);
        let link = |link: &crate::assist::document_links::DocumentLink| {
            let target = target(&page, &link.target)?;
            Some(json!({ "range": page.range(link.span), "target": target, "tooltip": link.tooltip }))
        };
        Some(links.iter().filter_map(link).collect())
    });
    answer.unwrap_or_default()
}

/// Lines are counted from 1 in the fragments by which editors open one.
fn target(page: &Page<'_>, target: &LinkTarget) -> Option<String> {
    match target {
        LinkTarget::File(file, line) => {
            let uri = page.uri(&file.path)?;
            Some(line.map_or_else(|| uri.to_string(), |line| format!("{uri}#L{}", line + 1)))
        }
        LinkTarget::Address(address) => Some(address.clone()),
        LinkTarget::Nowhere => None,
    }
}

fn place<'s>(state: &'s State, params: &OfPlace) -> Option<(Page<'s>, DocId, usize)> {
    let page = state.page(&params.text_document.uri)?;
    let (doc, offset) = (page.doc()?, page.offset(params.position)?);
    Some((page, doc, offset))
}

/// A place as the protocol has it.
pub fn location(page: &Page<'_>, location: &Location) -> Option<Value> {
    let uri = page.uri(&location.path)?;
    Some(json!({ "uri": uri, "range": page.range_in(&location.path, location.span) }))
}
