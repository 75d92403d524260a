//! Who the client is and what it can: read once, from the parameters of `initialize`.
//!
//! Takes what it knows and overlooks the rest, so that a capability nobody has thought of costs nothing.

use std::path::PathBuf;

use serde_json::Value;

use super::encoding::Encoding;
use super::uri;

/// What is known of the client.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// What columns count.
    pub encoding: Encoding,
    /// The folders it has opened, as it names them.
    pub folders: Vec<PathBuf>,
    /// Whether it shows other places of a diagnostic.
    pub related_information: bool,
    /// Whether it shows where a code is explained.
    pub code_description: bool,
    /// Whether it can grey out what is of no use.
    pub tags: bool,
    /// Whether it asks for diagnostics instead of being told, because it was set up so.
    pub pulls: bool,
    /// Whether it can be told to ask for diagnostics again.
    pub refreshes: bool,
    /// Whether edits can say which state of a document they are for.
    pub document_changes: bool,
    /// Whether edits can create files.
    pub creates_files: bool,
    /// Whether it takes code actions that are no commands.
    pub takes_actions: bool,
    /// Whether it shows progress that we begin.
    pub progress: bool,
    /// Whether it can watch files for us.
    pub watches_files: bool,
    /// Whether it has the built-in Markdown support of Visual Studio Code.
    pub knows_markdown: bool,
    /// What the user has set.
    pub options: Value,
}

impl Client {
    /// Reads the parameters of `initialize`.
    #[must_use]
    pub fn of(params: &Value) -> Client {
        let capability = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| capability(path).and_then(Value::as_bool).unwrap_or_default();
        let offered = capability("general/positionEncodings").and_then(Value::as_array);
        let operations = capability("workspace/workspaceEdit/resourceOperations").and_then(Value::as_array);
        let options = params.get("initializationOptions").cloned().unwrap_or_default();
        let wants_pull = options.get("diagnostics").and_then(Value::as_str) == Some("pull");
        let name = params.pointer("/clientInfo/name").and_then(Value::as_str).unwrap_or_default();
        Client {
            encoding: Encoding::preferred(offered.into_iter().flatten().filter_map(Value::as_str)),
            folders: folders(params),
            related_information: can("textDocument/publishDiagnostics/relatedInformation"),
            code_description: can("textDocument/publishDiagnostics/codeDescriptionSupport"),
            tags: capability("textDocument/publishDiagnostics/tagSupport")
                .is_some_and(|tags| !tags.is_null()),
            pulls: wants_pull && capability("textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes: can("workspace/diagnostics/refreshSupport"),
            document_changes: can("workspace/workspaceEdit/documentChanges"),
            creates_files: can("workspace/workspaceEdit/documentChanges")
                && operations.into_iter().flatten().any(|operation| operation == "create"),
            takes_actions: capability("textDocument/codeAction/codeActionLiteralSupport")
                .is_some_and(Value::is_object),
            progress: can("window/workDoneProgress"),
            watches_files: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            knows_markdown: name == "Visual Studio Code",
            options,
        }
    }

    /// Whether a feature is wanted: what the user has set, else what is usual.
    #[must_use]
    pub fn wants(&self, feature: &str, by_default: bool) -> bool {
        let features = self.options.get("features");
        features.and_then(|features| features.get(feature)).and_then(Value::as_bool).unwrap_or(by_default)
    }
}

/// The workspace folders; without any the one root of old.
fn folders(params: &Value) -> Vec<PathBuf> {
    let file = |value: &Value| uri::file_of(&value.as_str()?.parse().ok()?);
    if let Some(folders) = params.get("workspaceFolders").and_then(Value::as_array)
        && !folders.is_empty()
    {
        return folders.iter().filter_map(|folder| file(folder.get("uri")?)).collect();
    }
    let of_uri = params.get("rootUri").and_then(file);
    let of_path = || Some(PathBuf::from(params.get("rootPath")?.as_str()?));
    of_uri.or_else(of_path).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_the_newest_way_to_name_folders() {
        let folders = |params: Value| Client::of(&params).folders;
        let one =
            json!({"workspaceFolders": [{"uri": "file:///a%20b", "name": "a"}], "rootUri": "file:///c"});
        let expected = |path: &str| if cfg!(windows) { Vec::new() } else { vec![PathBuf::from(path)] };
        assert_eq!(folders(one), expected("/a b"));
        assert_eq!(folders(json!({"workspaceFolders": null, "rootUri": "file:///c"})), expected("/c"));
        assert_eq!(folders(json!({"rootUri": null, "rootPath": "/d"})), [PathBuf::from("/d")]);
        assert_eq!(folders(json!({})), Vec::<PathBuf>::new());
        assert_eq!(
            folders(json!({"workspaceFolders": [1, {"uri": "::"}], "rootUri": 3})),
            Vec::<PathBuf>::new()
        );
    }

    #[test]
    fn overlooks_what_it_does_not_understand() {
        let client = Client::of(
            &json!({"capabilities": {"general": {"positionEncodings": [8, "utf-32"]}, "window": 3}}),
        );
        assert_eq!(client.encoding, Encoding::Utf32);
        assert!(!client.progress);
    }

    #[test]
    fn pulls_only_where_both_sides_want_it() {
        let client = |capability: Value, option: &str| {
            Client::of(&json!({
                "capabilities": {"textDocument": {"diagnostic": capability}},
                "initializationOptions": {"diagnostics": option},
            }))
        };
        assert!(client(json!({}), "pull").pulls);
        assert!(!client(json!({}), "push").pulls);
        assert!(!client(Value::Null, "pull").pulls);
    }
}
