//! Messages over standard input and output, and nothing else there.
//!
//! Both directions are queues without end: a client that does not read must not keep us from reading, or both wait for
//! ever. A message that is no JSON is skipped, since the next one begins where its length says.

use std::io::{self, BufReader, Write};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message};

/// The threads that read and write.
pub struct Threads {
    writer: JoinHandle<()>,
}

/// A connection over standard input and output.
#[must_use]
pub fn stdio() -> (Connection, Threads) {
    let (server, client) = Connection::memory();
    let Connection { sender: incoming, receiver: outgoing } = client;
    // It ends with standard input, for which nobody waits.
    thread::spawn(move || {
        let mut input = BufReader::new(io::stdin());
        loop {
            match Message::read(&mut input) {
                Ok(Some(message)) => {
                    if incoming.send(message).is_err() {
                        break;
                    }
                }
                Ok(None) => break,
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    let _ = writeln!(
                        io::stderr(),
                        "waypost: a message cannot be read: {}",
                        short(&error.to_string())
                    );
                }
                Err(_) => break,
            }
        }
    });
    let writer = thread::spawn(move || {
        let mut output = io::stdout().lock();
        for message in outgoing {
            if message.write(&mut output).is_err() {
                break;
            }
        }
    });
    (server, Threads { writer })
}

impl Threads {
    /// Waits until all is written; the connection must be gone.
    pub fn join(self) {
        let _ = self.writer.join();
    }
}

fn short(text: &str) -> String {
    text.chars().take(300).collect()
}
