//! Proposes the path of a destination: what lies in the folder that is typed, folders first; and pages anywhere whose
//! name begins like what is typed, the nearest first.

use super::line::Typed;
use super::listing::{Entry, entries};
use super::{Completion, CompletionKind, Completions, MOST};
use crate::assist::destination::Spelling;
use crate::dialect::Usage;
use crate::path::DocPath;
use crate::site::{DocId, FileId, Site, encode};
use crate::source::Span;
use crate::tree::is_page_name;

/// So many letters of a name tell which page is meant.
const NAME: usize = 2;

pub(super) fn complete(site: &Site, doc: DocId, typed: &Typed) -> Completions {
    let Some(spelling) = Spelling::of(site, doc) else { return Completions::default() };
    let text = &*site.doc(doc).text;
    let before = typed.before(text);
    if before.contains(['?', '\\']) || before.contains("://") {
        return Completions::default();
    }
    let path = Path::new(&spelling, typed, text);
    let mut all: Vec<Entry> = match path.folder() {
        Some(folder) => entries(&site.files, &folder),
        None => return path.of_addresses(),
    };
    all.retain(|entry| path.is_wanted(entry));
    let mut here = Completions::of(path.last, all, Entry::name, |entry| path.entry(entry));
    if path.written.is_empty() && path.last.len() >= NAME && typed.usage == Usage::Link {
        path.add_namesakes(&mut here);
    }
    here
}

/// A path that is being typed.
struct Path<'p, 's> {
    spelling: &'p Spelling<'s>,
    usage: Usage,
    /// What stands before the last `/`, with it.
    written: &'p str,
    /// What is typed behind that.
    last: &'p str,
    /// From the last `/` before the cursor to the next one behind it, or the path's end.
    segment: Span,
    /// From the last `/` before the cursor to the path's end.
    rest: Span,
    /// Whether a `/` stands behind the segment.
    goes_on: bool,
}

impl<'p, 's> Path<'p, 's> {
    fn new(spelling: &'p Spelling<'s>, typed: &Typed, text: &'p str) -> Path<'p, 's> {
        let before = typed.before(text);
        let (written, last) = before.split_at(before.rfind('/').map_or(0, |slash| slash + 1));
        let after = Span::new(typed.offset, typed.span.end as usize).of(text);
        let after = &after[..after.find(['#', '?']).unwrap_or(after.len())];
        let start = typed.offset - last.len();
        let segment = after.find('/').unwrap_or(after.len());
        Path {
            spelling,
            usage: typed.usage,
            written,
            last,
            segment: Span::new(start, typed.offset + segment),
            rest: Span::new(start, typed.offset + after.len()),
            goes_on: segment < after.len(),
        }
    }

    /// The folder of the tree that is typed; `None` for an address.
    fn folder(&self) -> Option<DocPath> {
        let page = self.spelling.page();
        let dialect = page.dialect();
        let written = percent_decoded(self.written);
        if let Some(rest) = written.strip_prefix("~/").filter(|_| dialect.tilde_is_project) {
            return Some(DocPath::join(page.project.folder.as_str(), rest));
        }
        let Some(rest) = written.strip_prefix('/') else {
            return Some(DocPath::join(self.spelling.folder(), &written));
        };
        if dialect.rooted_is_repository {
            let path = DocPath::new(rest);
            let below = path.below(&page.site.below_git_root).map(DocPath::new);
            return Some(below.unwrap_or(path));
        }
        let by_address = page.project.published.is_some() && page.project.base_path.is_some();
        (!by_address).then(|| DocPath::join(page.project.folder.as_str(), rest))
    }

    fn is_wanted(&self, entry: &Entry) -> bool {
        let name = entry.name();
        if name.starts_with('.') && !self.last.starts_with('.') {
            return false;
        }
        match (entry, self.usage) {
            (Entry::File(..), Usage::Image) => is_image(name),
            (Entry::File(..), Usage::Include) => is_page_name(name),
            _ => true,
        }
    }

    fn entry(&self, entry: &Entry) -> Option<Completion> {
        match entry {
            Entry::Folder(name) => {
                let slash = if self.goes_on { "" } else { "/" };
                Some(Completion {
                    label: format!("{name}/"),
                    insert: format!("{}{slash}", encode(name)),
                    replace: self.segment,
                    detail: None,
                    kind: CompletionKind::Folder,
                })
            }
            Entry::File(file, name) => {
                let insert = self.spelling.name(self.written, name, *file, self.usage)?;
                Some(Completion { insert, ..self.file(*file, name.clone()) })
            }
        }
    }

    fn file(&self, file: FileId, label: String) -> Completion {
        let site = self.spelling.page().site;
        let title = site.doc_of(file).and_then(|doc| site.doc(doc).titles().into_iter().next());
        let kind = if site.doc_of(file).is_some() { CompletionKind::Page } else { CompletionKind::File };
        Completion { label, insert: String::new(), replace: self.rest, detail: title, kind }
    }

    /// Pages of other folders whose name begins like what is typed.
    fn add_namesakes(&self, here: &mut Completions) {
        let site = self.spelling.page().site;
        let own = DocPath::new(self.spelling.folder());
        let begins = |name: &str| {
            name.get(..self.last.len()).is_some_and(|start| start.eq_ignore_ascii_case(self.last))
        };
        let named = site.docs.iter().filter(|doc| {
            begins(doc.path.file_name()) && doc.path.folder() != own.as_str() && !doc.is_navigation
        });
        let mut named: Vec<&DocPath> = named.map(|doc| &doc.path).collect();
        let steps = |path: &&DocPath| path.relative_to(own.as_str()).matches('/').count();
        named.sort_by_cached_key(|path| (steps(path), path.as_str().to_owned()));
        let mut further = named.into_iter().filter_map(|path| {
            let file = site.files.find(path.as_str())?;
            let insert = self.spelling.destination(file, self.usage)?;
            Some(Completion { insert, ..self.file(file, path.relative_to(own.as_str())) })
        });
        let room = MOST.saturating_sub(here.items.len());
        here.items.extend(further.by_ref().take(room));
        here.incomplete |= further.next().is_some();
    }

    /// Addresses of the site below the one that is typed.
    fn of_addresses(&self) -> Completions {
        let page = self.spelling.page();
        let project = page.project;
        let base = format!("{}/", project.base_path.as_deref().unwrap_or_default());
        if base.len() > self.written.len() {
            let next = base.strip_prefix(self.written).and_then(|rest| rest.split('/').next());
            let folders: Vec<Entry> = next.map(|name| Entry::Folder(name.to_owned())).into_iter().collect();
            return Completions::of(self.last, folders, Entry::name, |entry| self.entry(entry));
        }
        let Some(below) = self.written.strip_prefix(&*base) else { return Completions::default() };
        let (mut folders, mut files) = (Vec::new(), Vec::new());
        for (&file, address) in project.published.iter().flatten() {
            match address.strip_prefix(below).map(|rest| (rest, rest.split_once('/'))) {
                Some((rest, None)) if !rest.is_empty() => files.push((rest, file)),
                Some((_, Some((folder, _)))) => folders.push(folder),
                _ => {}
            }
        }
        folders.sort_unstable();
        folders.dedup();
        files.sort_unstable();
        let folders = folders.into_iter().map(|name| Entry::Folder(name.to_owned()));
        let files = files.into_iter().map(|(name, file)| Entry::File(file, name.to_owned()));
        let mut all: Vec<Entry> = folders.chain(files).collect();
        all.retain(|entry| self.is_wanted(entry));
        Completions::of(self.last, all, Entry::name, |entry| match entry {
            Entry::Folder(_) => self.entry(entry),
            Entry::File(file, name) => {
                let insert = encode(name);
                let leads = self.spelling.leads_to(&format!("{}{insert}", self.written), *file, self.usage);
                leads.then(|| Completion { insert, ..self.file(*file, name.clone()) })
            }
        })
    }
}

fn percent_decoded(path: &str) -> String {
    let parts = crate::site::Parts::split_then_decode(path);
    parts.path.into_owned()
}

fn is_image(name: &str) -> bool {
    const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "apng"];
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    IMAGES.iter().any(|image| extension.eq_ignore_ascii_case(image))
}
