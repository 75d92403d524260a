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
    json!({
        "capabilities": capabilities,
        "serverInfo": { "name": SOURCE, "version": env!("CARGO_PKG_VERSION") },
    })
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
