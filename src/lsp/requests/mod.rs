//! Requests: from the protocol's words to those of the crate and back.

mod pull;

use lsp_server::{ErrorCode, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::state::State;

/// Answers a request.
///
/// # Errors
/// There is no such method, its parameters make no sense, or it cannot be answered now.
pub fn answer(state: &State, method: &str, params: Value) -> Result<Value, ResponseError> {
    match method {
        "textDocument/diagnostic" if state.client.pulls => pull::document(state, &parsed(params)?),
        "workspace/diagnostic" if state.client.pulls => pull::workspace(state, &parsed(params)?),
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

/// An error as the protocol has it.
pub fn error(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}
