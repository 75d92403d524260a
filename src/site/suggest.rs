//! Did you mean …: what an author most likely wanted to write instead of a destination that leads nowhere.
//!
//! Every suggestion is written in the author's style and verified to resolve on the page's platform.

use std::cmp::Reverse;

use super::files::FileId;
use super::page::Page;
use super::redirects::RedirectId;
use super::resolve::{Fragment, Landing, Outcome, Resolved, Why, follow};
use super::spelling::{encode, is_common_name, shared_folders};
use super::{AddressKind, DocId, Site};
use crate::dialect::Usage;
use crate::facts::Link;
use crate::path::DocPath;

/// A destination to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole destination, ready to paste.
    pub destination: String,
    /// Why it is likely.
    pub because: Because,
}

/// Why a suggestion is likely; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// It is the same path or anchor, written as the platform wants it.
    SamePlace,
    /// The page was moved there, says a redirect.
    Redirect,
    /// It is the only file of that name.
    OnlyFileOfThatName,
    /// It is a file of that name.
    FileOfThatName,
    /// The anchor stands in that page now.
    AnchorMoved,
    /// It is spelled almost like that.
    NearSpelling,
}

impl Because {
    /// Whether one such suggestion may be applied unseen.
    #[must_use]
    pub fn is_sure(self) -> bool {
        self <= Because::OnlyFileOfThatName
    }
}

const MOST: usize = 3;

/// What to write instead of a link's destination, best first.
#[must_use]
pub fn suggest(page: &Page<'_>, link: &Link, resolved: &Resolved) -> Vec<Suggestion> {
    let written = Written::new(page, link, resolved.usage);
    let mut suggestions = match &resolved.outcome {
        Outcome::Missing(missing) => written.for_missing(&missing.path, missing.why),
        Outcome::RootedFile => written.for_rooted_file(),
        Outcome::Redirected(redirect) => written.for_redirect(*redirect),
        Outcome::File(found) if found.miscased => written.for_file(found.item, Because::SamePlace),
        Outcome::Folder { miscased: true } => written.for_folder(),
        Outcome::File(_) | Outcome::Address(_) | Outcome::ThisPage => written.for_anchor(resolved),
        _ => Vec::new(),
    };
    let mut seen = Vec::new();
    suggestions.retain(|suggestion| {
        let new = !seen.contains(&suggestion.destination);
        seen.push(suggestion.destination.clone());
        new && suggestion.destination != written.raw && written.resolves(&suggestion.destination)
    });
    suggestions.sort_by_key(|suggestion| suggestion.because);
    suggestions.truncate(MOST);
    suggestions
}

/// A destination as its author wrote it.
struct Written<'s> {
    page: &'s Page<'s>,
    link: &'s Link,
    usage: Usage,
    raw: &'s str,
    raw_path: &'s str,
    /// Query and fragment, as written.
    tail: &'s str,
}

impl<'s> Written<'s> {
    fn new(page: &'s Page<'s>, link: &'s Link, usage: Usage) -> Written<'s> {
        let raw = page.written(link);
        let raw_path = page.text(link.target.path);
        Written { page, link, usage, raw, raw_path, tail: raw.get(raw_path.len()..).unwrap_or_default() }
    }

    fn resolves(&self, destination: &str) -> bool {
        let Page { site, project, doc, .. } = *self.page;
        let outcome = site.outcome_of(doc, project, destination, self.usage);
        let leads = match &outcome {
            Outcome::File(found) => !found.miscased,
            Outcome::Folder { miscased } => !miscased,
            Outcome::Address(_) | Outcome::ThisPage => true,
            Outcome::Skipped(_) => AddressKind::of(destination) != AddressKind::Relative,
            _ => false,
        };
        let fragment = site.fragment(self.page.id, project, destination, &outcome);
        leads && !matches!(fragment, Fragment::Missing | Fragment::Miscased(_))
    }

    fn for_missing(&self, path: &DocPath, why: Why) -> Vec<Suggestion> {
        match why {
            // The redirect leads to a page, and a page is no part of another.
            Why::Redirect(_) if self.usage != Usage::Link => self.same_name(path),
            Why::Redirect(redirect) => self.for_redirect(redirect),
            Why::FileAsFolder => self.with_path(self.raw_path.trim_end_matches('/'), Because::SamePlace),
            Why::Backslash => self.with_path(&self.raw_path.replace('\\', "/"), Because::SamePlace),
            Why::NoFile | Why::Folder => {
                let mut suggestions = self.other_ends(path);
                suggestions.extend(self.same_name(path));
                if suggestions.is_empty() {
                    suggestions = self.near_names(path);
                }
                suggestions
            }
            Why::NoAddress => self.near_addresses(path),
            Why::OutsideRepository => self.same_name(path),
        }
    }

    /// `page` for `page.md`, `folder` for its index, `page.html` for `page.md`.
    fn other_ends(&self, path: &DocPath) -> Vec<Suggestion> {
        let files = &self.page.site.files;
        let stem = ["html", "htm"].contains(&path.extension()).then(|| join(path.folder(), path.file_stem()));
        let ends = ["", ".md", ".yml", "/index.md", "/README.md", "/index.yml"];
        let bases = [Some(path.as_str().to_owned()), stem];
        let candidates = bases.iter().flatten().flat_map(|base| ends.map(|end| format!("{base}{end}")));
        candidates
            .filter_map(|candidate| files.find_any_case(candidate.trim_start_matches('/')))
            .flat_map(|found| self.for_file(found.item, Because::SamePlace))
            .take(1)
            .collect()
    }

    fn for_rooted_file(&self) -> Vec<Suggestion> {
        let site = self.page.site;
        let in_docset = DocPath::join(self.page.project.folder.as_str(), self.raw_path);
        if let Some(found) = site.files.find_any_case(in_docset.as_str()) {
            return self.for_file(found.item, Because::SamePlace);
        }
        if let Some(redirect) = site.redirects.from(in_docset.as_str()) {
            return match follow(redirect, &site.redirects, &site.projects) {
                Landing::File(file) => self.for_file(file, Because::Redirect),
                Landing::Elsewhere | Landing::Circle => self.for_redirect(redirect),
            };
        }
        let mut suggestions = self.same_name(&in_docset);
        if suggestions.is_empty() {
            suggestions = self.near_names(&in_docset);
        }
        suggestions
    }

    fn for_redirect(&self, redirect: RedirectId) -> Vec<Suggestion> {
        let site = self.page.site;
        let url = &site.redirects.list[redirect as usize].url;
        let rooted =
            AddressKind::of(self.raw) == AddressKind::Rooted && !self.page.dialect().rooted_is_repository;
        match follow(redirect, &site.redirects, &site.projects) {
            Landing::File(file) if !rooted => self.for_file(file, Because::Redirect),
            Landing::File(file) => self
                .address_of(file)
                .map_or_else(Vec::new, |address| self.with_path(&address, Because::Redirect)),
            Landing::Elsewhere if !self.page.dialect().rooted_is_repository => {
                literal(url, Because::Redirect)
            }
            Landing::Elsewhere | Landing::Circle => Vec::new(),
        }
    }

    fn address_of(&self, file: FileId) -> Option<String> {
        let mut projects = self.page.site.projects.iter();
        projects.find_map(|project| {
            let base = project.base_path.as_deref()?;
            let address = project.published.as_ref()?.get(&file)?;
            Some(format!("{base}/{address}").trim_end_matches('/').to_owned())
        })
    }

    fn same_name(&self, path: &DocPath) -> Vec<Suggestion> {
        let site = self.page.site;
        let all = site.files.named(path.file_name());
        let mut files = self.around(all, path).to_vec();
        let are_all = files.len() == all.len();
        files.retain(|&file| self.is_plausible(file));
        let because = match files.as_slice() {
            [_] if are_all && !is_common_name(path.file_stem()) => Because::OnlyFileOfThatName,
            _ => Because::FileOfThatName,
        };
        files.sort_by_cached_key(|&file| {
            let candidate = site.files.path(file);
            (Reverse(shared_folders(candidate, path)), candidate.as_str().len(), file)
        });
        files.into_iter().take(MOST).flat_map(|file| self.for_file(file, because)).collect()
    }

    /// Of many files those next to `path` in alphabetical order: they share most folders with it.
    fn around<'f>(&self, files: &'f [FileId], path: &DocPath) -> &'f [FileId] {
        const NEIGHBOURS: usize = 32;
        let at = files.partition_point(|&file| self.page.site.files.path(file) < path);
        &files[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(files.len())]
    }

    /// Spelled almost alike, or one name a part of the other; the same folder is nearer than another.
    fn near_names(&self, path: &DocPath) -> Vec<Suggestion> {
        let site = self.page.site;
        let mut near = Vec::new();
        for (distance, name) in site.files.near(path.file_name()) {
            let files = self.around(site.files.named(name), path).iter();
            near.extend(files.filter(|&&file| self.is_plausible(file)).map(|&file| (distance, file)));
        }
        near.sort_by_cached_key(|&(distance, file)| {
            let candidate = site.files.path(file);
            let elsewhere = candidate.folder() != path.folder();
            (elsewhere, distance, Reverse(shared_folders(candidate, path)), file)
        });
        let nearest = near.into_iter().take(MOST);
        nearest.flat_map(|(_, file)| self.for_file(file, Because::NearSpelling)).collect()
    }

    fn near_addresses(&self, path: &DocPath) -> Vec<Suggestion> {
        let project = self.page.project;
        let Some(base) = &project.base_path else { return Vec::new() };
        let mut near = project.near_addresses(path.below(project.folder.as_str()).unwrap_or_default());
        near.sort_unstable();
        near.into_iter()
            .take(MOST)
            .flat_map(|(_, address)| self.with_path(&format!("{base}/{address}"), Because::NearSpelling))
            .collect()
    }

    fn is_plausible(&self, file: FileId) -> bool {
        let Page { site, project, doc, .. } = *self.page;
        let path = site.files.path(file);
        *path != doc.path && (project.publishes(file) || self.usage != Usage::Link)
    }

    fn for_folder(&self) -> Vec<Suggestion> {
        let path = DocPath::join(self.page.doc.path.folder(), self.raw_path);
        let folder = self.page.site.files.find_folder(path.as_str());
        folder.map_or_else(Vec::new, |folder| self.path_to(&DocPath::new(folder.item), Because::SamePlace))
    }

    fn for_file(&self, file: FileId, because: Because) -> Vec<Suggestion> {
        self.path_to(self.page.site.files.path(file), because)
    }

    fn path_to(&self, path: &DocPath, because: Because) -> Vec<Suggestion> {
        self.with_path(&self.in_style(path), because)
    }

    /// The path from here to a file in the style of what the author wrote.
    fn in_style(&self, path: &DocPath) -> String {
        let Page { site, project, doc, .. } = *self.page;
        let dialect = project.dialect;
        if let (true, Some(rest)) =
            (dialect.tilde_is_project && self.raw_path.starts_with("~/"), path.below(project.folder.as_str()))
        {
            return format!("~/{}", encode(rest));
        }
        if dialect.rooted_is_repository && self.raw_path.starts_with('/') {
            return format!("/{}", encode(&join(&site.below_git_root, path.as_str())));
        }
        let relative = encode(&path.relative_to(doc.path.folder()));
        if path.folder() == doc.path.folder() && site.names_own_folder(self.page.id) {
            let own = DocPath::new(doc.path.folder());
            return format!("../{}/{relative}", encode(own.file_name()));
        }
        let dotted = self.raw_path.starts_with("./") && !relative.starts_with("../");
        if dotted { format!("./{relative}") } else { relative }
    }

    /// The destination with another path. Where the fragment does not stand there, the nearest one does.
    fn with_path(&self, path: &str, because: Because) -> Vec<Suggestion> {
        let whole = format!("{path}{}", self.tail);
        if self.link.target.fragment.is_none() || self.resolves(&whole) {
            return literal(&whole, because);
        }
        let Page { site, project, doc, .. } = *self.page;
        let outcome = site.outcome_of(doc, project, path, self.usage);
        let target = outcome.file().and_then(|file| site.doc_of(file));
        let anchors = target.map(|target| self.near_anchors(target)).unwrap_or_default();
        anchors.first().map_or_else(Vec::new, |&(ref anchor, near)| {
            literal(&format!("{path}#{}", encode(anchor)), because.max(near))
        })
    }

    fn for_anchor(&self, resolved: &Resolved) -> Vec<Suggestion> {
        let Page { site, id, .. } = *self.page;
        let head = &self.raw[..self.raw.find('#').map_or(self.raw.len(), |hash| hash + 1)];
        let with_anchor = |anchor: &str, because| literal(&format!("{head}{}", encode(anchor)), because);
        if let Fragment::Miscased(anchor) = &resolved.fragment {
            return with_anchor(anchor, Because::SamePlace);
        }
        let target = match &resolved.outcome {
            Outcome::ThisPage => Some(id),
            outcome => outcome.file().and_then(|file| site.doc_of(file)),
        };
        let Some(target) = target else { return Vec::new() };
        let near = self.near_anchors(target);
        if let Some((anchor, Because::SamePlace)) = near.first() {
            return with_anchor(anchor, Because::SamePlace);
        }
        let mut suggestions = self.moved_anchor(target);
        suggestions.extend(near.iter().flat_map(|(anchor, because)| with_anchor(anchor, *because)));
        suggestions
    }

    fn fragment(&self) -> String {
        let destination = self.link.target.destination(&self.page.doc.text);
        let parts = (self.page.dialect().split)(destination);
        parts.fragment.unwrap_or_default().trim().to_owned()
    }

    /// Anchors of a page that are spelled almost like the link's fragment.
    fn near_anchors(&self, target: DocId) -> Vec<(String, Because)> {
        const MOST_PARTS: usize = 16;
        let Page { site, .. } = *self.page;
        let wanted = self.fragment();
        let mut near = Vec::new();
        for part in site.includes.closure(target).into_iter().take(MOST_PARTS) {
            let anchors = site.own_anchors(part, self.page.dialect());
            for (distance, name) in anchors.near(&wanted) {
                near.extend(anchors.find(name).map(|place| (distance, place.span, name.to_owned())));
            }
        }
        near.sort_unstable();
        let only = near.iter().filter(|(distance, ..)| *distance == 0).count() == 1;
        near.into_iter()
            .take(MOST)
            .map(|(distance, _, name)| {
                let same = distance == 0 && only;
                (name, if same { Because::SamePlace } else { Because::NearSpelling })
            })
            .collect()
    }

    /// The anchor in another page: one that the target links to, or one of its folder.
    fn moved_anchor(&self, target: DocId) -> Vec<Suggestion> {
        let Page { site, .. } = *self.page;
        let wanted = self.fragment();
        let mut holders = site.neighbours(target).to_vec();
        holders.retain(|&doc| {
            doc != target && site.own_anchors(doc, self.page.dialect()).find(&wanted).is_some()
        });
        match holders.as_slice() {
            [only] => {
                let path = self.in_style(&site.doc(*only).path);
                literal(&format!("{path}#{}", encode(&wanted)), Because::AnchorMoved)
            }
            _ => Vec::new(),
        }
    }
}

/// The pages that a page links to, and those beside it; not too many.
pub(super) fn neighbours(site: &Site, target: DocId) -> Vec<DocId> {
    const MOST_NEIGHBOURS: usize = 200;
    let linked = site.linked_pages(target);
    let folder = site.doc(target).path.folder();
    let folder_start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let first = site.docs.partition_point(|doc| doc.path.as_str() < folder_start.as_str()) as DocId;
    let beside =
        (first..site.docs.len() as DocId).take_while(|&doc| site.doc(doc).path.below(folder).is_some());
    let mut neighbours: Vec<DocId> = linked.chain(beside).take(MOST_NEIGHBOURS).collect();
    neighbours.sort_unstable();
    neighbours.dedup();
    neighbours
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn literal(destination: &str, because: Because) -> Vec<Suggestion> {
    vec![Suggestion { destination: destination.to_owned(), because }]
}
