//! Did you mean …: what an author most likely wanted to write instead of a destination that leads nowhere.
//!
//! Every suggestion is written in the author's style and verified to resolve on the page's platform.

mod anchor;
mod moved;
mod name;

use super::files::FileId;
use super::near::is_html;
use super::page::Page;
use super::resolve::{Fragment, Outcome, Resolved, Why};
use super::spelling::encode;
use super::{AddressKind, Doc, DocId};
use crate::dialect::Usage;
use crate::facts::Link;
use crate::path::DocPath;

pub use anchor::{AnchorHint, anchor_hint};
pub(super) use anchor::{ForeignIds, foreign_ids, neighbours};

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
    let written = Written::new(page, link, resolved);
    let mut suggestions = match &resolved.outcome {
        _ if written.raw_path.contains('\\') && written.resolves(&written.with_slashes()) => {
            literal(&written.with_slashes(), Because::SamePlace)
        }
        Outcome::Missing(missing) => written.for_missing(&missing.path, missing.why),
        Outcome::RootedFile => written.for_rooted_file(),
        Outcome::Redirected(redirect) => written.for_redirect(*redirect),
        Outcome::File(found) if found.miscased => written.for_file(found.item, Because::SamePlace),
        Outcome::Folder { miscased: true } => written.for_folder(),
        Outcome::File(_) | Outcome::Address(_) | Outcome::ThisPage
            if matches!(resolved.fragment, Fragment::Missing | Fragment::Miscased(_)) =>
        {
            written.for_anchor(resolved)
        }
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

/// Whether a destination leads somewhere on every platform that judges the page.
#[must_use]
pub fn works_everywhere(page: &Page<'_>, link: &Link, resolved: &Resolved, destination: &str) -> bool {
    page.site.views(page.id).all(|view| Written::new(&view, link, resolved).resolves(destination))
}

/// A destination as its author wrote it.
struct Written<'s> {
    page: &'s Page<'s>,
    /// The page in which the destination counts.
    base: DocId,
    link: &'s Link,
    usage: Usage,
    raw: &'s str,
    raw_path: &'s str,
    /// Query and fragment, as written.
    tail: &'s str,
    has_fragment: bool,
    /// Whether the author writes addresses of the site.
    as_address: bool,
}

impl<'s> Written<'s> {
    fn new(page: &'s Page<'s>, link: &'s Link, resolved: &Resolved) -> Written<'s> {
        let raw = page.written(link);
        let parts = link.target.parts(&page.doc.text);
        let raw_path = page.text(parts.path);
        let as_address = AddressKind::of(raw) == AddressKind::Rooted
            && !page.dialect().rooted_is_repository
            && resolved.outcome != Outcome::RootedFile;
        let tail = raw.get(raw_path.len()..).unwrap_or_default();
        let has_fragment = parts.fragment.is_some();
        let base = resolved.reader.unwrap_or(page.id);
        Written { page, base, link, usage: resolved.usage, raw, raw_path, tail, has_fragment, as_address }
    }

    /// The page in which the destination counts.
    fn doc(&self) -> &'s Doc {
        self.page.site.doc(self.base)
    }

    fn resolves(&self, destination: &str) -> bool {
        let Page { site, project, .. } = *self.page;
        let outcome = site.outcome_of(self.doc(), project, destination, self.usage);
        let leads = match &outcome {
            Outcome::File(found) => !found.miscased,
            Outcome::Folder { miscased } => !miscased,
            Outcome::Address(_) | Outcome::ThisPage => true,
            Outcome::Skipped(_) => AddressKind::of(destination) != AddressKind::Relative,
            _ => false,
        };
        let fragment = site.fragment(self.base, project, destination, &outcome);
        leads && !matches!(fragment, Fragment::Missing | Fragment::Miscased(_))
    }

    /// The destination with `/` for each `\`.
    fn with_slashes(&self) -> String {
        format!("{}{}", self.raw_path.replace('\\', "/"), self.tail)
    }

    fn for_missing(&self, path: &DocPath, why: Why) -> Vec<Suggestion> {
        match why {
            // The redirect leads to a page, and a page is no part of another.
            Why::Redirect(_) if !self.usage.is_link() => self.same_name(path),
            Why::Redirect(redirect) => self.for_redirect(redirect),
            Why::FileAsFolder => self.with_path(self.raw_path.trim_end_matches('/'), Because::SamePlace),
            Why::NoFile | Why::Folder | Why::Backslash => {
                let mut suggestions = self.other_ends(path);
                suggestions.extend(self.same_name(path));
                if suggestions.is_empty() {
                    suggestions = self.near_names(path);
                }
                suggestions
            }
            Why::NoAddress | Why::Unpublished => self.near_addresses(path),
            Why::FromAddress => self.other_ends(&DocPath::join(self.doc().path.folder(), self.raw_path)),
            Why::OutsideRepository | Why::OtherAddress | Why::Ambiguous => self.same_name(path),
            Why::Verbatim | Why::Untracked => Vec::new(),
            Why::OtherPart => self.address_at(path),
        }
    }

    /// `page` for `page.md`, `folder` for its index, `page.html` for `page.md`.
    fn other_ends(&self, path: &DocPath) -> Vec<Suggestion> {
        let files = &self.page.site.files;
        // Authors who write `page.html` may have a generator that wants it so.
        let stem = is_html(path).then(|| (join(path.folder(), path.file_stem()), Because::FileOfThatName));
        let ends = ["", ".md", ".yml", "/index.md", "/README.md", "/index.yml"];
        let bases = [Some((path.as_str().to_owned(), Because::SamePlace)), stem];
        let candidates = bases
            .iter()
            .flatten()
            .flat_map(|(base, because)| ends.map(|end| (format!("{base}{end}"), *because)));
        candidates
            .filter_map(|(candidate, because)| {
                Some((files.find_any_case(candidate.trim_start_matches('/'))?, because))
            })
            .flat_map(|(found, because)| self.for_file(found.item, because))
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
            return self.for_redirect(redirect);
        }
        let mut suggestions = self.same_name(&in_docset);
        if suggestions.is_empty() {
            suggestions = self.near_names(&in_docset);
        }
        suggestions
    }

    /// Query and fragment as written; a path that brings its own query keeps that.
    fn tail_after(&self, path: &str) -> &'s str {
        match self.tail.find('#') {
            Some(hash) if path.contains('?') => &self.tail[hash..],
            None if path.contains('?') => "",
            _ => self.tail,
        }
    }

    fn address_of(&self, file: FileId) -> Option<String> {
        self.page.site.projects.iter().find_map(|project| project.address_of(file))
    }

    fn address_at(&self, path: &DocPath) -> Vec<Suggestion> {
        let file = self.page.site.files.find(path.as_str());
        let address = file.and_then(|file| self.address_of(file));
        address.into_iter().flat_map(|address| self.with_path(&address, Because::SamePlace)).collect()
    }

    fn for_folder(&self) -> Vec<Suggestion> {
        let path = DocPath::join(self.doc().path.folder(), self.raw_path);
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
        let Page { site, project, .. } = *self.page;
        let doc = self.doc();
        if let Some(inside) = site.repository.as_ref().and_then(|own| own.path_in(self.raw_path)) {
            let branch = &self.raw_path[..self.raw_path.len() - inside.len()];
            return format!("{branch}{}", encode(&join(&site.below_git_root, path.as_str())));
        }
        if self.as_address
            && let Some(address) = site.files.find(path.as_str()).and_then(|file| self.address_of(file))
        {
            return address;
        }
        let dialect = project.dialect;
        if let (true, Some(rest)) =
            (dialect.tilde_is_project && self.raw_path.starts_with("~/"), path.below(project.folder.as_str()))
        {
            return format!("~/{}", encode(rest));
        }
        if dialect.rooted_is_repository && self.raw_path.starts_with('/') {
            return format!("/{}", encode(&join(&site.below_git_root, path.as_str())));
        }
        let relative = self.as_index(path, encode(&path.relative_to(doc.path.folder())));
        if path.folder() == doc.path.folder() && site.names_own_folder(self.base) {
            let own = DocPath::new(doc.path.folder());
            return format!("../{}/{relative}", encode(own.file_name()));
        }
        let dotted = self.raw_path.starts_with("./") && !relative.starts_with("../");
        if dotted { format!("./{relative}") } else { relative }
    }

    /// `index.md` for a `README.md` that is only known by that name.
    fn as_index(&self, path: &DocPath, relative: String) -> String {
        let is_readme = path.file_stem().eq_ignore_ascii_case("readme");
        let index = || format!("{}index.md", &relative[..relative.rfind('/').map_or(0, |slash| slash + 1)]);
        if is_readme && !self.resolves(&relative) && self.resolves(&index()) { index() } else { relative }
    }

    /// The destination with another path. Where the fragment does not stand there, the nearest one does.
    fn with_path(&self, path: &str, because: Because) -> Vec<Suggestion> {
        let whole = format!("{path}{}", self.tail_after(path));
        if !self.has_fragment || self.resolves(&whole) {
            return literal(&whole, because);
        }
        let Page { site, project, .. } = *self.page;
        let outcome = site.outcome_of(self.doc(), project, path, self.usage);
        let target = outcome.file().and_then(|file| site.doc_of(file));
        let anchors = target.map(|target| self.near_anchors(target)).unwrap_or_default();
        anchors.first().map_or_else(Vec::new, |near| {
            literal(&format!("{path}#{}", encode(&near.name)), because.max(near.because))
        })
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn literal(destination: &str, because: Because) -> Vec<Suggestion> {
    vec![Suggestion { destination: destination.to_owned(), because }]
}
