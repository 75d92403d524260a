//! What the client has been told of each file, so that only what is new is sent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{Diagnostic, Uri};
use serde_json::json;

use super::outbox::Outbox;

/// The diagnostics that the client shows.
#[derive(Default)]
pub struct Published {
    by_file: BTreeMap<PathBuf, Shown>,
    /// Counts what is new, for clients that ask.
    revision: u64,
}

/// What the client shows of a file.
pub struct Shown {
    /// As which the client knows the file.
    pub uri: Uri,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// What tells this state from others.
    pub revision: u64,
    /// Whether the client may have dropped it.
    is_doubtful: bool,
}

impl Published {
    /// Takes note of what is to be said of a file, and says it where it is new. Without an outbox the client asks.
    pub fn tell(
        &mut self,
        file: PathBuf,
        uri: Uri,
        version: Option<i32>,
        diagnostics: Vec<Diagnostic>,
        outbox: Option<&Outbox>,
    ) {
        let old = self.by_file.get(&file);
        match old {
            None if diagnostics.is_empty() => return,
            Some(old) if old.uri == uri && old.diagnostics == diagnostics && !old.is_doubtful => return,
            _ => {}
        }
        if let Some(outbox) = outbox {
            if let Some(old) = old.filter(|old| old.uri != uri && !old.diagnostics.is_empty()) {
                send(outbox, &old.uri, None, &[]);
            }
            send(outbox, &uri, version, &diagnostics);
        }
        self.revision += 1;
        self.by_file.insert(file, Shown { uri, diagnostics, revision: self.revision, is_doubtful: false });
    }

    /// Has the next word on a file said even if it is the last one: Emacs forgets what it was told of a file before
    /// that was opened.
    pub fn say_again(&mut self, file: &Path) {
        if let Some(shown) = self.by_file.get_mut(file) {
            shown.is_doubtful = true;
        }
    }

    /// The files of which something has been said.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.by_file.keys()
    }

    /// What has been said of a file.
    #[must_use]
    pub fn of(&self, file: &Path) -> Option<&Shown> {
        self.by_file.get(file)
    }

    /// Grows with everything new.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }
}

fn send(outbox: &Outbox, uri: &Uri, version: Option<i32>, diagnostics: &[Diagnostic]) {
    let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
    if let Some(version) = version {
        params["version"] = version.into();
    }
    outbox.notify("textDocument/publishDiagnostics", params);
}
