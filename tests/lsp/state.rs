//! The law: whatever has happened, what is shown is what the command line says of the same state.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::*;

const NAMES: [&str; 4] = ["a.md", "b.md", "sub/c.md", "sub/d.md"];
const TEXTS: [&str; 6] = [
    "# One\n\n[x](b.md#two) [y](sub/c.md)\n",
    "# Two\n\n## Three 日🚀\n\n[z](../a.md#one)\n",
    "# Three\n\n[x](./d.md#one) [y](c.md#three)\n\n[u]: a.md\n",
    "---\ntitle: T\n---\n\n# One\n\n| a | b |\n|---|---|\n| 1 |\n",
    "",
    "# Two\r\n\r\n# Two\r\n\r\n[x](b.md#two-1)\r\n",
];

#[derive(Clone, Debug)]
enum Step {
    Open(usize),
    Edit(usize, usize),
    Close(usize),
    Write(usize, usize),
    Remove(usize),
    Save(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let (name, text) = (0..NAMES.len(), 0..TEXTS.len());
    prop_oneof![
        name.clone().prop_map(Step::Open),
        (name.clone(), text.clone()).prop_map(|(name, text)| Step::Edit(name, text)),
        (name.clone(), text.clone()).prop_map(|(name, text)| Step::Edit(name, text)),
        name.clone().prop_map(Step::Close),
        (name.clone(), text).prop_map(|(name, text)| Step::Write(name, text)),
        name.clone().prop_map(Step::Remove),
        name.prop_map(Step::Save),
    ]
}

/// What `waypost check` says of a folder: the places and rules of each file.
fn checked(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO_BIN_EXE_waypost"))
        .args(["check", "--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut by_file: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let (path, rule) = (finding["path"].as_str().unwrap(), finding["rule"].as_str().unwrap());
        let message = finding["message"].as_str().unwrap();
        by_file.entry(path.to_owned()).or_default().push(format!("{rule}: {message}"));
    }
    by_file.values_mut().for_each(|all| all.sort());
    by_file
}

/// What a client shows, as [`checked`] has it.
fn shown(client: &Client, folder: &Folder) -> BTreeMap<String, Vec<String>> {
    let mut by_file = BTreeMap::new();
    for (uri, params) in &client.diagnostics {
        let path = uri.strip_prefix(&folder.uri("")).unwrap().to_owned();
        let diagnostics = params["diagnostics"].as_array().unwrap().iter();
        let mut all: Vec<String> = diagnostics
            .map(|diagnostic| {
                let message = diagnostic["message"].as_str().unwrap();
                let message = message.split("\nhelp: ").next().unwrap();
                format!("{}: {message}", diagnostic["code"].as_str().unwrap())
            })
            .collect();
        all.sort();
        if !all.is_empty() {
            by_file.insert(path, all);
        }
    }
    by_file
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_what_the_command_line_says(steps in proptest::collection::vec(step(), 1..14)) {
        let folder = Folder::new(&[("a.md", TEXTS[0]), ("b.md", TEXTS[1]), ("sub/c.md", TEXTS[2])]);
        let mut client = Client::start(&folder, json!({}), json!({}));
        let mut open: BTreeMap<usize, (String, i32)> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Open(name) if !open.contains_key(&name) => {
                    let Ok(text) = fs::read_to_string(folder.0.join(NAMES[name])) else { continue };
                    client.open(&folder.uri(NAMES[name]), &text);
                    open.insert(name, (text, 1));
                }
                Step::Edit(name, text) if open.contains_key(&name) => {
                    let (known, version) = open.get_mut(&name).unwrap();
                    (*known, *version) = (TEXTS[text].to_owned(), *version + 1);
                    client.replace_all(&folder.uri(NAMES[name]), *version, TEXTS[text]);
                }
                Step::Close(name) if open.remove(&name).is_some() => client.close(&folder.uri(NAMES[name])),
                Step::Save(name) if open.contains_key(&name) => {
                    folder.write(NAMES[name], &open[&name].0);
                    let uri = folder.uri(NAMES[name]);
                    client.tell("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
                }
                Step::Write(name, text) => {
                    folder.write(NAMES[name], TEXTS[text]);
                    client.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
                }
                Step::Remove(name) => {
                    let _ = fs::remove_file(folder.0.join(NAMES[name]));
                    client.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
                }
                _ => {}
            }
            client.settle();
        }
        // The same state on a disk: buffers over the files that are there.
        let state = Folder::new(&[]);
        for (number, name) in NAMES.iter().enumerate() {
            let Ok(text) = fs::read_to_string(folder.0.join(name)) else { continue };
            state.write(name, open.get(&number).map_or(&text, |(text, _)| text));
        }
        prop_assert_eq!(shown(&client, &folder), checked(&state.0));
    }
}
