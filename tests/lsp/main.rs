//! The language server over a connection in memory: what clients send, and what they are told.

mod client;
mod documents;
mod state;

use serde_json::{Value, json};

use crate::client::*;

#[test]
fn says_what_it_can_and_leaves_as_asked() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let client =
        Client::start(&folder, json!({"general": {"positionEncodings": ["utf-32", "utf-8"]}}), json!({}));
    assert_eq!(client.capabilities["positionEncoding"], "utf-8");
    assert_eq!(client.capabilities["textDocumentSync"]["change"], 2);
    assert!(client.capabilities.get("diagnosticProvider").is_none());
    assert!(client.capabilities.get("codeLensProvider").is_none());
    assert!(client.leave());
}

#[test]
fn a_client_that_vanishes_is_let_go() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let client = Client::start(&folder, json!({}), json!({}));
    assert!(!client.vanish());
}

#[test]
fn nonsense_is_answered_and_survived() {
    let folder = Folder::new(&[("a.md", "[x](b.md)\n")]);
    let mut client = Client::start(&folder, json!({}), json!({}));
    let code = |reply: Result<Value, i32>| reply.unwrap_err();
    assert_eq!(code(client.ask("textDocument/nothing", json!({}))), -32601);
    assert_eq!(code(client.ask("textDocument/hover", json!({"textDocument": 3}))), -32602);
    assert_eq!(code(client.ask("initialize", json!({}))), -32600);
    client.tell("$/setTrace", json!({"value": "verbose"}));
    client.tell("textDocument/didChange", json!({"textDocument": "?"}));
    client.tell("textDocument/didOpen", json!(null));
    client.settle();
    assert_eq!(client.shown("a.md"), ["0:4 broken-link"]);
    assert!(client.leave());
}

#[test]
fn code_asks_for_less() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let params = json!({"clientInfo": {"name": "Visual Studio Code"}});
    let client = Client::start(&folder, json!({}), params.clone());
    assert!(client.capabilities.get("definitionProvider").is_none());
    assert_eq!(client.capabilities["hoverProvider"], true);
    let mut params = params;
    params["initializationOptions"] = json!({"features": {"definition": true, "hover": false}});
    let client = Client::start(&folder, json!({}), params);
    assert_eq!(client.capabilities["definitionProvider"], true);
    assert!(client.capabilities.get("hoverProvider").is_none());
}
