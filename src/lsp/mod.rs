//! The language server: what the command line says, in the editor.
//!
//! The only place that knows the protocol. Owns which messages change what; one engine decides what is wrong.
//!
//! One thread: messages are taken in their order, and what they change is worked out once no message waits, or a request
//! asks. Nothing that a client sends ends the server but `exit` and the end of its input.

mod capabilities;
mod client;
mod diagnostics;
mod documents;
mod encoding;
mod outbox;
mod overlay;
mod publish;
mod requests;
mod roots;
mod server;
mod state;
mod transport;
mod uri;
mod workspace_folders;

pub use lsp_server::Connection;
pub use server::{Goodbye, serve};

/// Serves the editor at standard input and output.
#[must_use]
pub fn over_stdio() -> Goodbye {
    let (connection, threads) = transport::stdio();
    let goodbye = serve(connection);
    threads.join();
    goodbye
}
