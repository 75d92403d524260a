//! All that the server knows: documents, trees, and what the client has been told; and how it is brought up to date.
//!
//! Notifications only note what is out of date. [`State::settle`] works it out, once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{Diagnostic, Uri};
use serde_json::Value;

use super::client::Client;
use super::diagnostics::{self, Context};
use super::documents::{Change, Documents};
use super::outbox::{Kind, Outbox};
use super::overlay::{Buffer, Buffers};
use super::page::Page;
use super::publish::{Published, Shown};
use super::roots::Touched;
use super::uri;
use super::workspace_folders::{Folders, canonical};
use crate::open::Failure;
use crate::path::DocPath;

/// All that the server knows.
pub struct State {
    /// Who is served.
    pub client: Client,
    /// The way there.
    pub outbox: Outbox,
    /// Whether the client has said anything since it got our answer to `initialize`.
    pub client_is_ready: bool,
    documents: Documents,
    /// Open files by their canonical paths.
    files: BTreeMap<PathBuf, OpenFile>,
    folders: Folders,
    published: Published,
    /// Files whose text in the editor is another than when it was last looked at.
    edited: BTreeSet<PathBuf>,
    /// Whether what is on disk may have changed.
    disk_changed: bool,
    /// Configuration files whose mistakes are shown.
    faulty: BTreeSet<PathBuf>,
    /// The failure that the user has been shown.
    shown_failure: Option<String>,
}

struct OpenFile {
    uri: Uri,
    was_on_disk: bool,
}

impl State {
    /// A server that has not looked at anything yet.
    #[must_use]
    pub fn new(client: Client, outbox: Outbox) -> State {
        let mut state = State {
            outbox,
            client_is_ready: false,
            documents: Documents::default(),
            files: BTreeMap::new(),
            folders: Folders::default(),
            published: Published::default(),
            edited: BTreeSet::new(),
            disk_changed: true,
            faulty: BTreeSet::new(),
            shown_failure: None,
            client,
        };
        let folders = state.client.folders.clone();
        state.open_folders(&folders);
        state
    }

    /// Serves these folders instead of those before.
    pub fn open_folders(&mut self, folders: &[PathBuf]) {
        for failure in self.folders.open(folders) {
            self.outbox.log(Kind::Error, &words(&failure));
        }
        self.disk_changed = true;
    }

    /// The folders of the workspace.
    #[must_use]
    pub fn folder_names(&self) -> Vec<PathBuf> {
        self.folders.names()
    }

    /// A document was opened.
    pub fn open(&mut self, uri: Uri, version: Option<i32>, text: String) {
        if let Some(file) = uri::file_of(&uri) {
            let file = canonical(&file);
            let was_on_disk = file.is_file();
            self.files.insert(file.clone(), OpenFile { uri: uri.clone(), was_on_disk });
            self.published.say_again(&file);
            self.edited.insert(file);
        }
        self.documents.open(uri, version, text);
        self.disk_changed = true;
    }

    /// A document was changed.
    pub fn change(&mut self, uri: &Uri, version: Option<i32>, changes: Vec<Change>) {
        self.documents.change(uri, version, changes, self.client.encoding);
        self.edited.extend(self.file_of(uri));
    }

    /// A document was closed: what the disk has counts again.
    pub fn close(&mut self, uri: &Uri) {
        if let Some(file) = self.file_of(uri) {
            self.files.remove(&file);
            self.edited.insert(file);
        }
        self.documents.close(uri);
    }

    /// Something happened to files.
    pub fn look_at_disk(&mut self) {
        self.disk_changed = true;
    }

    fn file_of(&self, uri: &Uri) -> Option<PathBuf> {
        let known = self.files.iter().find(|(_, file)| file.uri == *uri).map(|(path, _)| path.clone());
        known.or_else(|| uri::file_of(uri).map(|file| canonical(&file)))
    }

    /// Works out what is out of date, and tells the client what is new.
    pub fn settle(&mut self) {
        let edited = std::mem::take(&mut self.edited);
        let disk_changed = std::mem::take(&mut self.disk_changed);
        if !disk_changed && edited.is_empty() {
            return;
        }
        let before = self.published.revision();
        if disk_changed {
            self.files.iter_mut().for_each(|(path, file)| file.was_on_disk |= path.is_file());
        }
        let opening = self.folders.roots().iter().any(|root| !root.is_read());
        let shows_progress = opening && self.client.progress;
        if shows_progress {
            self.outbox.begin_progress("waypost: reading pages");
        }
        self.update(disk_changed, &edited);
        if self.open_trees_of_documents() {
            self.update(false, &edited);
        }
        if shows_progress {
            self.outbox.end_progress();
        }
        self.forget_unused_trees();
        if disk_changed {
            self.tell_failures();
        }
        if self.client.pulls && self.client.refreshes && self.published.revision() != before {
            self.outbox.request("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Brings each tree up to date.
    fn update(&mut self, disk_changed: bool, edited: &BTreeSet<PathBuf>) {
        for index in 0..self.folders.roots().len() {
            let buffers = self.buffers(index);
            let here = edited.iter().filter_map(|file| self.folders.place_of(file));
            let here: BTreeSet<DocPath> =
                here.filter(|(root, _)| *root == index).map(|(_, path)| path).collect();
            let root = &mut self.folders.roots_mut()[index];
            let touched = match disk_changed || !root.is_read() {
                true => root.read_disk(&buffers, &here),
                false if here.is_empty() => continue,
                false => root.edit(&buffers, &here),
            };
            self.publish(index, touched, here);
        }
    }

    /// What the editor has of a tree.
    fn buffers(&self, index: usize) -> Buffers {
        let buffer = |(file, open): (&PathBuf, &OpenFile)| {
            let (_, path) = self.folders.place_of(file).filter(|(root, _)| *root == index)?;
            let text = self.documents.get(&open.uri)?.text.clone();
            Some((path, Buffer { text, was_on_disk: open.was_on_disk }))
        };
        self.files.iter().filter_map(buffer).collect()
    }

    /// Opens the trees of documents that lie in none; whether there were any.
    fn open_trees_of_documents(&mut self) -> bool {
        let known = self.folders.roots().len();
        for file in self.files.keys() {
            if self.folders.place_of(file).is_none()
                && let Err(failure) = self.folders.open_around(file)
            {
                self.outbox.log(Kind::Error, &words(&failure));
            }
        }
        self.folders.roots().len() > known
    }

    /// Forgets trees of which nothing is open any more, and what was said of them.
    fn forget_unused_trees(&mut self) {
        let files = &self.files;
        self.folders.keep_used(|folders, index| {
            files.keys().any(|file| folders.place_of(file).is_some_and(|(root, _)| root == index))
        });
        let gone: Vec<PathBuf> =
            self.published.files().filter(|file| self.folders.place_of(file).is_none()).cloned().collect();
        for file in gone {
            self.tell(file, Vec::new());
        }
    }

    /// Tells what is new of these files, and of those whose document may have another version.
    fn publish(&mut self, index: usize, touched: Touched, edited: BTreeSet<DocPath>) {
        let root = &self.folders.roots()[index];
        let mut paths = match touched {
            Touched::Paths(paths) => paths,
            Touched::Everything => {
                let here = self.published.files().filter_map(|file| self.folders.place_of(file));
                let here = here.filter(|(root, _)| *root == index).map(|(_, path)| path);
                here.chain(root.paths_with_findings()).collect()
            }
        };
        paths.extend(edited);
        for path in paths {
            let (file, diagnostics) = self.diagnostics(index, &path);
            self.tell(file, diagnostics);
        }
    }

    fn diagnostics(&self, index: usize, path: &DocPath) -> (PathBuf, Vec<Diagnostic>) {
        let root = &self.folders.roots()[index];
        let file = root.on_disk(path);
        let Some(site) = root.site().filter(|_| root.selects(path) || self.files.contains_key(&file)) else {
            return (file, Vec::new());
        };
        let uri = |path: &DocPath| self.uri(&root.on_disk(path));
        let context = Context { client: &self.client, site, uri: &uri };
        let findings = root.findings(path).iter().enumerate();
        (file, findings.map(|(number, finding)| context.diagnostic(number, finding)).collect())
    }

    fn tell(&mut self, file: PathBuf, diagnostics: Vec<Diagnostic>) {
        let Some(uri) = self.uri(&file) else { return };
        let version = self.version(&uri);
        let outbox = (!self.client.pulls).then_some(&self.outbox);
        self.published.tell(file, uri, version, diagnostics, outbox);
    }

    /// As which the client knows a file.
    #[must_use]
    pub fn uri(&self, file: &Path) -> Option<Uri> {
        self.files.get(file).map(|open| open.uri.clone()).or_else(|| self.folders.uri(file))
    }

    /// Mistakes of a configuration are shown in it, and once as a message.
    fn tell_failures(&mut self) {
        let mut by_file: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
        let mut all = String::new();
        for failure in self.folders.roots().iter().filter_map(|root| root.failure.as_ref()) {
            all.push_str(&words(failure));
            add_faults(failure, &self.client, &mut by_file);
        }
        let mended = self.faulty.iter().filter(|file| !by_file.contains_key(*file));
        for file in mended.cloned().collect::<Vec<_>>() {
            if let Some((index, path)) = self.folders.place_of(&file) {
                let (file, diagnostics) = self.diagnostics(index, &path);
                self.tell(file, diagnostics);
            } else {
                self.tell(file, Vec::new());
            }
        }
        self.faulty = by_file.keys().cloned().collect();
        by_file.into_iter().for_each(|(file, diagnostics)| self.tell(file, diagnostics));
        if !all.is_empty() && self.shown_failure.as_ref() != Some(&all) {
            self.outbox.show(Kind::Error, &all);
        }
        self.shown_failure = (!all.is_empty()).then_some(all);
    }

    /// The number of the state in which the editor has a file; `None` where it is not open.
    #[must_use]
    pub fn version(&self, uri: &Uri) -> Option<i32> {
        self.documents.get(uri)?.version
    }

    /// The page or configuration file of a URI.
    #[must_use]
    pub fn page(&self, uri: &Uri) -> Option<Page<'_>> {
        let (index, path) = self.folders.place_of(&self.file_of(uri)?)?;
        let root = &self.folders.roots()[index];
        Some(Page { state: self, root, site: root.site()?, path })
    }

    /// The sites of all trees.
    pub fn trees(&self) -> impl Iterator<Item = Page<'_>> {
        let trees = self.folders.roots().iter();
        trees
            .filter_map(|root| Some(Page { state: self, root, site: root.site()?, path: DocPath::default() }))
    }

    /// What is said of a document.
    #[must_use]
    pub fn shown(&self, uri: &Uri) -> Option<&Shown> {
        self.published.of(&self.file_of(uri)?)
    }

    /// All that is said, and the versions of the documents it is said of.
    pub fn all_shown(&self) -> impl Iterator<Item = (&Shown, Option<i32>)> {
        let shown = self.published.files().filter_map(|file| self.published.of(file));
        shown.map(|shown| (shown, self.version(&shown.uri)))
    }
}

fn add_faults(failure: &Failure, client: &Client, by_file: &mut BTreeMap<PathBuf, Vec<Diagnostic>>) {
    match failure {
        Failure::Config { path, text, faults } => {
            let shown = faults.iter().map(|fault| diagnostics::of_fault(text, fault, client.encoding));
            by_file.entry(path.clone()).or_default().extend(shown);
        }
        Failure::Several(failures) => {
            failures.iter().for_each(|failure| add_faults(failure, client, by_file));
        }
        Failure::Usage { .. } | Failure::File { .. } | Failure::Output(_) => {}
    }
}

fn words(failure: &Failure) -> String {
    let mut text = Vec::new();
    // Memory takes everything.
    let _ = failure.write(&mut text);
    String::from_utf8_lossy(&text).trim_end().to_owned()
}
