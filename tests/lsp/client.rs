//! A client in the same process, and a folder for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use waypost::lsp::{Goodbye, serve};

/// A folder that goes with its test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("waypost-lsp-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        let folder = Folder(path.canonicalize().unwrap());
        folder.write("waypost.toml", "root = true\ndialect = 'commonmark'\n");
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    pub fn write(&self, name: &str, text: &str) {
        let file = self.0.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn uri(&self, name: &str) -> String {
        uri(&self.0.join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A client of a server that runs in another thread.
pub struct Client {
    connection: Connection,
    server: JoinHandle<Goodbye>,
    folder: PathBuf,
    last_id: i32,
    /// What the server has said it can.
    pub capabilities: Value,
    /// The last diagnostics of each file.
    pub diagnostics: BTreeMap<String, Value>,
    /// All messages besides replies and diagnostics.
    pub others: Vec<(String, Value)>,
    /// How many times diagnostics have come.
    pub published: usize,
}

impl Client {
    /// Starts a server for a folder; `params` are put over the usual ones.
    pub fn start(folder: &Folder, capabilities: Value, params: Value) -> Client {
        let (ours, theirs) = Connection::memory();
        let server = std::thread::spawn(move || serve(theirs));
        let mut client = Client {
            connection: ours,
            server,
            folder: folder.0.clone(),
            last_id: 0,
            capabilities: Value::Null,
            diagnostics: BTreeMap::new(),
            others: Vec::new(),
            published: 0,
        };
        let mut all = json!({"processId": null, "rootUri": uri(&folder.0), "capabilities": capabilities});
        for (name, value) in params.as_object().unwrap() {
            all[name] = value.clone();
        }
        let answer = client.ask("initialize", all).unwrap();
        client.capabilities = answer["capabilities"].clone();
        client.tell("initialized", json!({}));
        client.settle();
        client
    }

    pub fn tell(&self, method: &str, params: Value) {
        let method = method.to_owned();
        self.connection.sender.send(Notification { method, params }.into()).unwrap();
    }

    /// The reply, or the code of the error.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, i32> {
        self.last_id += 1;
        let id = RequestId::from(self.last_id);
        let request = Request { id: id.clone(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).unwrap();
        loop {
            match self.connection.receiver.recv().unwrap() {
                Message::Response(response) => {
                    assert_eq!(response.id, id);
                    return response.response_result.map_err(|error| error.code);
                }
                Message::Notification(Notification { method, params })
                    if method == "textDocument/publishDiagnostics" =>
                {
                    self.published += 1;
                    self.diagnostics.insert(params["uri"].as_str().unwrap().to_owned(), params);
                }
                Message::Notification(Notification { method, params }) => self.others.push((method, params)),
                Message::Request(Request { method, params, .. }) => self.others.push((method, params)),
            }
        }
    }

    /// Waits until everything before has been worked out.
    pub fn settle(&mut self) {
        let _ = self.ask("waypost/nothing", Value::Null);
    }

    /// What a file is shown with: places and codes.
    pub fn shown(&self, name: &str) -> Vec<String> {
        let uri = uri(&self.folder.join(name));
        let Some(params) = self.diagnostics.get(&uri) else { return Vec::new() };
        let diagnostics = params["diagnostics"].as_array().unwrap().iter();
        let shown = diagnostics.map(|diagnostic| {
            let start = &diagnostic["range"]["start"];
            let code = diagnostic["code"].as_str().unwrap_or("-");
            format!("{}:{} {code}", start["line"], start["character"])
        });
        shown.collect()
    }

    /// All that is shown: the number of findings by file.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let counts = self.diagnostics.iter();
        let counts =
            counts.map(|(uri, params)| (uri.clone(), params["diagnostics"].as_array().unwrap().len()));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    pub fn open(&self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub fn replace_all(&self, uri: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "version": version});
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": [{"text": text}]}),
        );
    }

    pub fn close(&self, uri: &str) {
        self.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// Whether the server takes its leave as the protocol wants it.
    pub fn leave(mut self) -> bool {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
        assert_eq!(self.ask("textDocument/hover", json!({})), Err(-32600));
        self.tell("exit", Value::Null);
        self.server.join().unwrap() == Goodbye::Said
    }

    /// Whether it does when the client is just gone.
    pub fn vanish(self) -> bool {
        drop(self.connection);
        self.server.join().unwrap() == Goodbye::Said
    }
}
