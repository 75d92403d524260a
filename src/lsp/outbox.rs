//! What is sent to the client besides replies: notifications, and requests whose answers nobody needs.

use lsp_server::{Message, Notification, Request, RequestId, Response, ResponseError};
use serde_json::{Value, json};

/// How a message is shown.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Something is wrong that the user must mend.
    Error = 1,
    /// Something the user may want to know.
    Info = 3,
}

/// The way to the client.
pub struct Outbox {
    send: Box<dyn Fn(Message) + Send>,
    requests: u32,
}

impl Outbox {
    /// An outbox that hands messages on; a client that is gone is noticed by its silence.
    pub fn new(send: impl Fn(Message) + Send + 'static) -> Outbox {
        Outbox { send: Box::new(send), requests: 0 }
    }

    /// Answers a request.
    pub fn reply(&self, id: RequestId, result: Result<Value, ResponseError>) {
        (self.send)(Response { id, response_result: result }.into());
    }

    /// Tells the client something.
    pub fn notify(&self, method: &str, params: Value) {
        (self.send)(Notification { method: method.to_owned(), params }.into());
    }

    /// Asks the client for something; what it answers does not matter.
    pub fn request(&mut self, method: &str, params: Value) {
        self.requests += 1;
        let id = RequestId::from(format!("waypost-{}", self.requests));
        (self.send)(Request { id, method: method.to_owned(), params }.into());
    }

    /// Writes to the client's log.
    pub fn log(&self, kind: Kind, message: &str) {
        self.notify("window/logMessage", json!({ "type": kind as u8, "message": message }));
    }

    /// Shows the user a message.
    pub fn show(&self, kind: Kind, message: &str) {
        self.notify("window/showMessage", json!({ "type": kind as u8, "message": message }));
    }
}
