//! The loop: messages in, messages out.
//!
//! Owns the life of the server, and that nothing which goes wrong with one message ends it.

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use gen_lsp_types::Uri;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, ResponseError};
use serde::Deserialize;
use serde_json::Value;

use super::client::Client;
use super::documents::Change;
use super::outbox::{Kind, Outbox};
use super::requests::{self, error, parsed};
use super::state::State;
use super::{capabilities, uri};

/// How a client has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goodbye {
    /// With `shutdown`.
    Said,
    /// Without.
    Missed,
}

/// Serves a client until it leaves.
#[must_use]
pub fn serve(connection: Connection) -> Goodbye {
    let Connection { sender, receiver } = connection;
    // A client that is gone is noticed where its messages end.
    let outbox = Outbox::new(move |message| _ = sender.send(message));
    let mut server = Server { phase: Phase::New(Some(outbox)), waiting: VecDeque::new() };
    loop {
        let next = match server.waiting.pop_front() {
            Some(message) => Some(message),
            None => receiver.try_recv().ok().or_else(|| {
                server.settle();
                receiver.recv().ok()
            }),
        };
        let Some(message) = next else { return server.goodbye() };
        server.waiting.extend(receiver.try_iter());
        if matches!(&message, Message::Notification(notification) if notification.method == "exit") {
            return server.goodbye();
        }
        server.take(message);
    }
}

enum Phase {
    /// Before `initialize`.
    New(Option<Outbox>),
    Serving(Box<State>),
    /// After `shutdown`.
    Done(Outbox),
}

struct Server {
    phase: Phase,
    /// What has come and is not done yet.
    waiting: VecDeque<Message>,
}

impl Server {
    fn goodbye(&self) -> Goodbye {
        if matches!(self.phase, Phase::Done(_)) { Goodbye::Said } else { Goodbye::Missed }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.answer(request),
            Message::Notification(notification) => self.note(notification),
            Message::Response(_) => {}
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let result = match &mut self.phase {
            Phase::New(outbox) if method == "initialize" => {
                let Some(outbox) = outbox.take() else { return };
                let client = Client::of(&params);
                let answer = capabilities::answer(&client);
                outbox.reply(id, Ok(answer));
                self.phase = Phase::Serving(Box::new(State::new(client, outbox)));
                return;
            }
            Phase::New(_) => Err(error(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            Phase::Done(_) => Err(error(ErrorCode::InvalidRequest, "`shutdown` was the last request")),
            Phase::Serving(_) if method == "initialize" => {
                Err(error(ErrorCode::InvalidRequest, "this is the second `initialize`"))
            }
            Phase::Serving(_) if method == "shutdown" => Ok(Value::Null),
            Phase::Serving(_) if is_cancelled(&self.waiting, &id) => {
                Err(error(ErrorCode::RequestCanceled, "cancelled before it began"))
            }
            Phase::Serving(state) => guarded(&method, || {
                state.settle();
                requests::answer(state, &method, params)
            }),
        };
        let is_over = method == "shutdown" && result.is_ok();
        self.outbox().into_iter().for_each(|outbox| outbox.reply(id.clone(), result.clone()));
        if is_over {
            self.shut_down();
        }
    }

    fn outbox(&self) -> Option<&Outbox> {
        match &self.phase {
            Phase::New(outbox) => outbox.as_ref(),
            Phase::Serving(state) => Some(&state.outbox),
            Phase::Done(outbox) => Some(outbox),
        }
    }

    fn shut_down(&mut self) {
        if let Phase::Serving(state) = std::mem::replace(&mut self.phase, Phase::New(None)) {
            self.phase = Phase::Done(state.outbox);
        }
    }

    fn note(&mut self, notification: Notification) {
        let Phase::Serving(state) = &mut self.phase else { return };
        let Notification { method, params } = notification;
        state.client_is_ready |= !method.starts_with("$/");
        if let Err(fault) = guarded(&method, || note(state, &method, params)) {
            state.outbox.log(Kind::Error, &format!("`{method}`: {}", fault.message));
        }
    }

    fn settle(&mut self) {
        let Phase::Serving(state) = &mut self.phase else { return };
        if !state.client_is_ready {
            return;
        }
        let settled = guarded("diagnostics", || {
            state.settle();
            Ok(())
        });
        if let Err(fault) = settled {
            state.outbox.log(Kind::Error, &fault.message);
        }
    }
}

/// Whether a client has lost interest in a request that has not begun.
fn is_cancelled(waiting: &VecDeque<Message>, id: &RequestId) -> bool {
    waiting.iter().any(|message| match message {
        Message::Notification(notification) if notification.method == "$/cancelRequest" => {
            let cancelled = notification.params.get("id").cloned().map(serde_json::from_value);
            cancelled.and_then(Result::ok).as_ref() == Some(id)
        }
        _ => false,
    })
}

/// A panic is a bug, and an error reply: the next message may go well.
fn guarded<T>(what: &str, run: impl FnOnce() -> Result<T, ResponseError>) -> Result<T, ResponseError> {
    let bug =
        || error(ErrorCode::InternalError, format!("waypost has a bug: `{what}` failed; please report it"));
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(bug()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentParams<D, C = ()> {
    text_document: D,
    #[serde(default = "Vec::new")]
    content_changes: Vec<C>,
}

#[derive(Deserialize)]
struct Opened {
    uri: Uri,
    version: Option<i32>,
    text: String,
}

#[derive(Deserialize)]
struct Named {
    uri: Uri,
    version: Option<i32>,
}

#[derive(Deserialize)]
struct FoldersParams {
    event: FoldersEvent,
}

#[derive(Deserialize)]
struct FoldersEvent {
    #[serde(default)]
    added: Vec<Named>,
    #[serde(default)]
    removed: Vec<Named>,
}

/// Takes note of a notification; what nobody knows is noise.
fn note(state: &mut State, method: &str, params: Value) -> Result<(), ResponseError> {
    match method {
        "initialized" => capabilities::register(&state.client, &mut state.outbox),
        "textDocument/didOpen" => {
            let Opened { uri, version, text } = parsed::<DocumentParams<Opened>>(params)?.text_document;
            state.open(uri, version, text);
        }
        "textDocument/didChange" => {
            let params: DocumentParams<Named, Change> = parsed(params)?;
            let Named { uri, version } = params.text_document;
            state.change(&uri, version, params.content_changes);
        }
        "textDocument/didClose" => {
            let Named { uri, .. } = parsed::<DocumentParams<Named>>(params)?.text_document;
            state.close(&uri);
        }
        "workspace/didChangeWorkspaceFolders" => {
            let FoldersEvent { added, removed } = parsed::<FoldersParams>(params)?.event;
            change_folders(state, &added, &removed);
        }
        "textDocument/didSave"
        | "workspace/didChangeWatchedFiles"
        | "workspace/didChangeConfiguration"
        | "workspace/didCreateFiles"
        | "workspace/didRenameFiles"
        | "workspace/didDeleteFiles" => state.look_at_disk(),
        _ => {}
    }
    Ok(())
}

fn change_folders(state: &mut State, added: &[Named], removed: &[Named]) {
    let files =
        |named: &[Named]| named.iter().filter_map(|folder| uri::file_of(&folder.uri)).collect::<Vec<_>>();
    let removed: BTreeSet<PathBuf> = files(removed).into_iter().collect();
    let mut folders = state.folder_names();
    folders.retain(|folder| !removed.contains(folder));
    folders.extend(files(added));
    state.open_folders(&folders);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_reply() {
        let failed: Result<(), _> = guarded("test", || panic!("on purpose, in a test"));
        assert_eq!(failed.unwrap_err().code, ErrorCode::InternalError as i32);
    }
}
