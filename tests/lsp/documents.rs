//! Buffers and the disk: what counts when.

use std::fs;

use serde_json::json;

use crate::client::*;

#[test]
fn what_is_broken_elsewhere_is_shown_at_once_and_heals() {
    let folder =
        Folder::new(&[("a.md", "# A\n\n## Lamps\n"), ("sub/b.md", "[x](../a.md#lamps) 🚀 [y](no.md)\n")]);
    let mut client = Client::start(&folder, json!({}), json!({}));
    assert_eq!(client.shown("sub/b.md"), ["0:26 broken-link"]);
    let a = folder.uri("a.md");
    client.open(&a, "# A\n\n## Lamps\n");
    let before = client.published;
    let place = json!({"start": {"line": 2, "character": 3}, "end": {"line": 2, "character": 8}});
    let change = json!({"range": place, "text": "Lights"});
    let document = json!({"uri": a, "version": 2});
    client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
    client.settle();
    assert_eq!(client.shown("sub/b.md"), ["0:12 broken-anchor", "0:26 broken-link"]);
    assert_eq!(client.published, before + 1);
    client.close(&a);
    client.settle();
    assert_eq!(client.shown("sub/b.md"), ["0:26 broken-link"]);
}

#[test]
fn versions_are_those_of_open_documents() {
    let folder = Folder::new(&[("a.md", "[x](no.md)\n")]);
    let mut client = Client::start(&folder, json!({}), json!({}));
    let a = folder.uri("a.md");
    assert!(client.diagnostics[&a].get("version").is_none());
    client.open(&a, "[x](no.md)\n");
    client.replace_all(&a, 7, "more [x](no.md)\n");
    client.settle();
    assert_eq!(client.diagnostics[&a]["version"], 7);
    assert_eq!(client.shown("a.md"), ["0:9 broken-link"]);
    client.replace_all(&a, 3, "");
    client.settle();
    assert_eq!(client.shown("a.md"), [""; 0]);
}

#[test]
fn the_disk_is_looked_at_again() {
    let folder = Folder::new(&[("a.md", "[x](b.md)\n"), ("b.md", "# B\n")]);
    let mut client = Client::start(&folder, json!({}), json!({}));
    assert!(client.counts().is_empty());
    fs::remove_file(folder.0.join("b.md")).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    client.settle();
    assert_eq!(client.shown("a.md"), ["0:4 broken-link"]);
    client.open(&folder.uri("b.md"), "# B\n");
    client.settle();
    assert_eq!(client.shown("a.md"), [""; 0], "a page that has not been saved yet");
}

#[test]
fn a_mistake_in_the_configuration_is_shown_in_it() {
    let folder = Folder::new(&[("a.md", "[x](b.md)\n")]);
    let mut client = Client::start(&folder, json!({}), json!({}));
    folder.write("waypost.toml", "root = true\nnonsense = 1\n");
    client.tell("textDocument/didSave", json!({"textDocument": {"uri": folder.uri("waypost.toml")}}));
    client.settle();
    assert_eq!(client.shown("waypost.toml"), ["1:0 -"]);
    assert_eq!(client.shown("a.md"), ["0:4 broken-link"]);
    assert!(client.others.iter().any(|(method, _)| method == "window/showMessage"));
    folder.write("waypost.toml", "root = true\n[rules]\nbroken-link = 'off'\n");
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    client.settle();
    assert!(client.counts().is_empty(), "{:?}", client.counts());
}

#[test]
fn what_is_no_file_is_no_page() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let mut client = Client::start(&folder, json!({}), json!({}));
    client.open("untitled:Untitled-1", "[x](b.md)\n");
    client.replace_all("untitled:Untitled-1", 2, "[x](c.md)\n");
    client.settle();
    assert!(client.counts().is_empty());
}

#[test]
fn a_file_outside_has_a_tree_of_its_own() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let other = Folder::new(&[("c.md", "[x](b.md)\n")]);
    let mut client = Client::start(&folder, json!({}), json!({}));
    client.open(&other.uri("c.md"), "[x](b.md)\n");
    client.settle();
    assert_eq!(client.counts().len(), 1);
    client.close(&other.uri("c.md"));
    client.settle();
    assert!(client.counts().is_empty());
}

#[test]
fn a_client_that_asks_is_not_told() {
    let folder = Folder::new(&[("a.md", "[x](b.md)\n")]);
    let options = json!({"initializationOptions": {"diagnostics": "pull"}});
    let mut client = Client::start(&folder, json!({"textDocument": {"diagnostic": {}}}), options);
    assert_eq!(client.published, 0);
    let document = json!({"textDocument": {"uri": folder.uri("a.md")}});
    let report = client.ask("textDocument/diagnostic", document).unwrap();
    assert_eq!(report["items"].as_array().unwrap().len(), 1);
    let previous = json!([{"uri": folder.uri("a.md"), "value": report["resultId"]}]);
    let all = client.ask("workspace/diagnostic", json!({"previousResultIds": previous})).unwrap();
    assert_eq!(all["items"][0]["kind"], "unchanged");
    let all = client.ask("workspace/diagnostic", json!({"previousResultIds": []})).unwrap();
    assert_eq!(all["items"][0]["kind"], "full");
    assert_eq!(client.published, 0);
}
