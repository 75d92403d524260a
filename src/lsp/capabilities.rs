//! What the server tells of itself, and asks the client for once both are ready.

use serde_json::{Value, json};

use super::client::Client;
use super::diagnostics::SOURCE;
use super::outbox::Outbox;

/// What changes on disk besides pages matters too: whatever is linked.
const WATCHED: &str = "**/*";

/// The answer to `initialize`.
#[must_use]
pub fn answer(client: &Client) -> Value {
    const INCREMENTAL: u8 = 2;
    let files = json!({ "filters": [{ "scheme": "file", "pattern": { "glob": WATCHED } }] });
    let mut capabilities = json!({
        "positionEncoding": client.encoding.name(),
        "textDocumentSync": { "openClose": true, "change": INCREMENTAL, "save": true },
        "workspace": {
            "workspaceFolders": { "supported": true, "changeNotifications": true },
            "fileOperations": { "didCreate": files, "didRename": files, "didDelete": files },
        },
    });
    if client.pulls {
        capabilities["diagnosticProvider"] =
            json!({ "identifier": SOURCE, "interFileDependencies": true, "workspaceDiagnostics": true });
    }
    if client.takes_actions {
        let kinds = ["quickfix", "source.fixAll", "refactor.rewrite"];
        capabilities["codeActionProvider"] = json!({ "codeActionKinds": kinds });
    }
    for (feature, provider, what, by_default) in features(client) {
        if client.wants(feature, by_default) {
            capabilities[provider] = what;
        }
    }
    json!({
        "capabilities": capabilities,
        "serverInfo": { "name": SOURCE, "version": env!("CARGO_PKG_VERSION") },
    })
}

/// The features that users can turn on and off: name, capability, what it is set to, whether it is on by default.
fn features(client: &Client) -> [(&'static str, &'static str, Value, bool); 10] {
    let unless_built_in = !client.knows_markdown;
    let triggers = json!({ "triggerCharacters": ["(", "/", "#", "[", "|", ":"] });
    [
        ("hover", "hoverProvider", true.into(), true),
        ("definition", "definitionProvider", true.into(), unless_built_in),
        ("references", "referencesProvider", true.into(), unless_built_in),
        ("documentLinks", "documentLinkProvider", json!({}), unless_built_in),
        ("documentSymbols", "documentSymbolProvider", true.into(), unless_built_in),
        ("workspaceSymbols", "workspaceSymbolProvider", true.into(), unless_built_in),
        ("folding", "foldingRangeProvider", true.into(), unless_built_in),
        ("selectionRanges", "selectionRangeProvider", true.into(), unless_built_in),
        ("completion", "completionProvider", triggers, unless_built_in),
        ("codeLens", "codeLensProvider", json!({}), false),
    ]
}

/// Has the client watch the files, where it can.
pub fn register(client: &Client, outbox: &mut Outbox) {
    if client.watches_files {
        let options = json!({ "watchers": [{ "globPattern": WATCHED }] });
        let method = "workspace/didChangeWatchedFiles";
        let registration = json!({ "id": "waypost-files", "method": method, "registerOptions": options });
        outbox.request("client/registerCapability", json!({ "registrations": [registration] }));
    }
}
