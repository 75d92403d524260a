//! Requests: from the protocol's words to those of the crate and back.

mod actions;
mod navigation;
mod outline;
mod pull;
mod typing;

use gen_lsp_types::{Position, Uri};
use lsp_server::{ErrorCode, ResponseError};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::state::State;

/// Answers a request.
///
/// # Errors
/// There is no such method, its parameters make no sense, or it cannot be answered now.
pub fn answer(state: &State, method: &str, params: Value) -> Result<Value, ResponseError> {
    match method {
        "textDocument/diagnostic" if state.client.pulls => Ok(pull::document(state, &parsed(params)?)),
        "workspace/diagnostic" if state.client.pulls => Ok(pull::workspace(state, &parsed(params)?)),
        "textDocument/codeAction" => Ok(actions::answer(state, &parsed(params)?)),
        "textDocument/hover" => Ok(navigation::hover(state, &parsed(params)?)),
        "textDocument/definition" => Ok(navigation::definition(state, &parsed(params)?)),
        "textDocument/references" => Ok(navigation::references(state, &parsed(params)?)),
        "textDocument/documentLink" => Ok(navigation::document_links(state, &parsed(params)?)),
        "textDocument/documentSymbol" => Ok(outline::symbols(state, &parsed(params)?)),
        "workspace/symbol" => Ok(outline::workspace_symbols(state, &parsed(params)?)),
        "textDocument/foldingRange" => Ok(outline::folds(state, &parsed(params)?)),
        "textDocument/selectionRange" => Ok(outline::selections(state, &parsed(params)?)),
        "textDocument/codeLens" => Ok(outline::lenses(state, &parsed(params)?)),
        "textDocument/completion" => Ok(typing::completion(state, &parsed(params)?)),
        _ => Err(error(ErrorCode::MethodNotFound, format!("`{method}` is not known here"))),
    }
}

/// The parameters of a request or notification.
///
/// # Errors
/// They are not what the method takes.
pub fn parsed<T: DeserializeOwned>(params: Value) -> Result<T, ResponseError> {
    serde_json::from_value(params).map_err(|fault| error(ErrorCode::InvalidParams, fault.to_string()))
}

/// A document that is asked about.
#[derive(Deserialize)]
pub struct Named {
    /// Its URI.
    pub uri: Uri,
}

/// What is asked about a document as a whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfDocument {
    /// The document.
    pub text_document: Named,
}

/// What is asked about a place in a document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfPlace {
    /// The document.
    pub text_document: Named,
    /// The place.
    pub position: Position,
}

/// An error as the protocol has it.
pub fn error(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}
