//! mdBook 0.5: books of the chapters that `SUMMARY.md` lists.
//!
//! Owns what the platform makes of destinations; its configuration is read in `config`, the list of chapters in
//! `summary`, ids are made in `slug`.

mod config;
mod slug;
mod summary;

use std::borrow::Cow;

use super::{Dialect, Usage, published_as_configured};
use crate::facts::{Embed, HtmlAttribute, Link, LinkKind};
use crate::finding::Level;
use crate::parse::Flavor;
use crate::path::{DocPath, joined};
use crate::site::{AddressKind, Doc, FileId, Found, Lookup, Outcome, Parts, Why};
use config::{Book, address_of_chapter};

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "mdbook",
    title: "mdBook",
    summary: "mdBook: the chapters that SUMMARY.md lists",
    root_mark: None,
    is_config: config::is_config,
    further_configs: config::further_configs,
    read_config: config::read,
    flavor: |_, _| Flavor { embeds: &[Embed::Mustache], ..Flavor::default() },
    navigation: |_, _, text| summary::navigation(text),
    publish: published_as_configured,
    heading_ids: |project, doc| {
        let book = project.own::<Book>();
        slug::heading_ids(doc, book.is_none_or(|book| book.smart_punctuation))
    },
    takes_id: |_| true,
    makes_anchor: slug::makes_anchor,
    made_anchors: slug::made_anchors,
    same_anchor: |_| None,
    split,
    usage,
    resolve,
    includes_are_text: true,
    miscased_anchor: Level::Error,
    levels: &[("case-mismatch", Some(Level::Error)), ("out-of-scope-link", Some(Level::Error))],
    reads_front_matter: false,
    code_protects_pipe: false,
    surplus_cells_add_columns: false,
    ends_table: |_| false,
    text_before_unmakes_table: false,
    text_after_unmakes_table: false,
    table_takes_all_lines: false,
    rooted_is_repository: false,
    tilde_is_project: false,
    publishes_what_is_listed: true,
};

fn usage(doc: &Doc, link: &Link) -> Usage {
    match link.kind {
        LinkKind::Embed(Embed::Mustache) if shows_page(doc, link) => Usage::Include,
        LinkKind::Embed(Embed::Mustache) => Usage::Code,
        LinkKind::Embed(_) | LinkKind::Directive(_) => Usage::Nothing,
        LinkKind::Image => Usage::Image,
        LinkKind::Html(HtmlAttribute::Href) if is_anchor_element(doc, link) => Usage::Link,
        LinkKind::Html(_) => Usage::Address,
        _ => Usage::Link,
    }
}

/// `{{#include …}}` outside code; what stands inside is shown as it is, and `playground` and `rustdoc_include` are code
/// anyway.
fn shows_page(doc: &Doc, link: &Link) -> bool {
    let blocks = &doc.facts.code_blocks;
    let before = blocks.partition_point(|block| block.start <= link.span.start);
    let in_code = before > 0 && link.span.start < blocks[before - 1].end;
    let word = link.span.of(&doc.text).trim_start_matches('{').trim_start();
    !in_code && word.starts_with("#include")
}

/// mdBook rewrites the destinations of `<a>`, of no other element.
fn is_anchor_element(doc: &Doc, link: &Link) -> bool {
    matches!(link.span.of(&doc.text).as_bytes(), [b'<', b'a' | b'A', next, ..] if next.is_ascii_whitespace())
}

/// The address that mdBook writes for a destination: what ends at the last `.md` becomes `.html`, and what follows is
/// lost unless it is a fragment.
fn rewritten(destination: &str) -> Cow<'_, str> {
    let is_external = AddressKind::of(destination) == AddressKind::External;
    match destination.rfind(".md") {
        Some(end) if !destination.starts_with('#') && !is_external => {
            let rest = &destination[end + ".md".len()..];
            let fragment = if rest.starts_with('#') { rest } else { "" };
            format!("{}.html{fragment}", &destination[..end]).into()
        }
        _ => destination.into(),
    }
}

fn split(destination: &str) -> Parts<'_> {
    match rewritten(destination) {
        Cow::Borrowed(unchanged) => Parts::split_then_decode(unchanged),
        Cow::Owned(address) => {
            let Parts { path, query, fragment } = Parts::split_then_decode(&address);
            let owned = |part: Cow<'_, str>| Cow::Owned(part.into_owned());
            Parts { path: owned(path), query, fragment: fragment.map(owned) }
        }
    }
}

fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Outcome {
    if doc.is_navigation {
        return file(lookup, &joined(doc.path.folder(), &summary::location(destination)));
    }
    if !usage.is_link() {
        return match destination {
            "" => Outcome::Empty,
            path => file(lookup, &joined(doc.path.folder(), path)),
        };
    }
    match AddressKind::of(destination) {
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External => Outcome::Skipped("external"),
        _ if destination.is_empty() => Outcome::Empty,
        kind => {
            let parts = match usage {
                Usage::Address => Parts::split_then_decode(destination),
                _ => split(destination),
            };
            let asked = Asked { lookup, doc, destination, fragment: parts.fragment.as_deref() };
            match kind {
                AddressKind::Rooted => asked.rooted(&parts.path),
                _ => asked.relative(&parts.path),
            }
        }
    }
}

/// A file that mdBook reads, wherever it lies.
fn file(lookup: &Lookup<'_>, path: &str) -> Outcome {
    let full = DocPath::new(path);
    if full.levels_above_root() > 0 {
        return lookup.above_root(full);
    }
    match lookup.files.find_any_case(path) {
        Some(found) => Outcome::File(found),
        None if lookup.files.find_folder(path).is_some() => Outcome::missing(full, Why::Folder),
        None => Outcome::missing(full, Why::NoFile),
    }
}

/// A destination that is looked up among the book's addresses.
struct Asked<'l> {
    lookup: &'l Lookup<'l>,
    doc: &'l Doc,
    destination: &'l str,
    fragment: Option<&'l str>,
}

impl Asked<'_> {
    fn rooted(&self, path: &str) -> Outcome {
        let Asked { lookup, .. } = self;
        if let Some(mounted) = lookup.mounted(path) {
            return file(lookup, mounted.as_str());
        }
        let base = lookup.project.base_path.as_deref();
        match lookup.project.below_base_path(path) {
            Some(address) => match self.at(address) {
                Outcome::Missing(_) if base == Some("") => Outcome::Skipped("rooted on other sites"),
                outcome => outcome,
            },
            None if self.names_chapter_from_root(path) => Outcome::RootedFile,
            None => Outcome::Skipped("rooted on other sites"),
        }
    }

    /// Whether `/page.md` was meant to be `page.md` in the book's folder.
    fn names_chapter_from_root(&self, path: &str) -> bool {
        self.destination.contains(".md") && self.published_at(path.trim_start_matches('/')).is_some()
    }

    fn relative(&self, path: &str) -> Outcome {
        let Asked { lookup, doc, .. } = self;
        let own = self.own_address();
        if path.is_empty() {
            return self.moved_anchor(&own).unwrap_or(Outcome::ThisPage);
        }
        let address = joined(DocPath::new(&own).folder(), path);
        if address == ".." || address.starts_with("../") {
            let source = joined(doc.path.folder(), &Parts::split_then_decode(self.destination).path);
            return match lookup.files.find(&source) {
                Some(item) => Outcome::File(Found { item, miscased: false }),
                None => Outcome::Skipped("outside the book"),
            };
        }
        let folder = if path.ends_with('/') { "/" } else { "" };
        self.at(&format!("{address}{folder}"))
    }

    /// Where the page itself is read.
    fn own_address(&self) -> String {
        let Asked { lookup: Lookup { project, files, .. }, doc, .. } = self;
        let published = project.published.as_ref().zip(files.find(doc.path.as_str()));
        match published.and_then(|(published, file)| published.get(&file)) {
            Some(address) => address.to_string(),
            None => address_of_chapter(doc.path.below(project.folder.as_str()).unwrap_or_default(), true),
        }
    }

    /// What is at an address below the book's base path.
    fn at(&self, address: &str) -> Outcome {
        let path = address.trim_end_matches('/');
        let index = joined(path, "index.html");
        let page = if path.len() < address.len() || path.is_empty() { &index } else { path };
        self.moved_anchor(page)
            .or_else(|| self.published_at(page))
            .or_else(|| self.published_at(&index))
            .or_else(|| self.redirected(&self.in_book(&source_of(page))))
            .unwrap_or_else(|| self.unpublished(path, page))
    }

    fn published_at(&self, address: &str) -> Option<Outcome> {
        let Lookup { project, files, .. } = self.lookup;
        let Some(published) = &project.published else { return self.source_at(address) };
        let here = project.at_address(address);
        // The first chapter is also at `index.html`, and what is no `.md` file also where it lies.
        let is_exact = |file: &&FileId| {
            let in_book = files.path(**file).below(project.folder.as_str());
            address == FRONT_PAGE
                || in_book == Some(address)
                || published.get(*file).is_some_and(|own| **own == *address)
        };
        let exact: Vec<FileId> = here.iter().filter(is_exact).copied().collect();
        match (exact.as_slice(), here) {
            ([], []) => None,
            ([], [other_case, ..]) => Some(Outcome::File(Found { item: *other_case, miscased: true })),
            ([only], _) => Some(Outcome::File(Found { item: *only, miscased: false })),
            (several, _) => Some(Outcome::Address(self.lookup.nearest_first(several, self.doc))),
        }
    }

    /// The file of an address where no configuration says which files are chapters.
    fn source_at(&self, address: &str) -> Option<Outcome> {
        let readme = address.strip_suffix(FRONT_PAGE).map(|folder| format!("{folder}README.md"));
        let sources = [Some(address.to_owned()), Some(source_of(address)), readme];
        let found = sources
            .iter()
            .flatten()
            .find_map(|source| self.lookup.files.find_any_case(&self.in_book(source)));
        found.map(Outcome::File)
    }

    /// Why nothing is published at an address; `path` is the address as it was asked for.
    fn unpublished(&self, path: &str, address: &str) -> Outcome {
        let Lookup { project, files, .. } = self.lookup;
        if project.own::<Book>().is_some_and(|book| book.makes(address)) {
            return Outcome::Skipped("made by mdBook");
        }
        if self.published_at(&format!("{path}.html")).is_some() {
            return Outcome::Skipped("found by some servers only");
        }
        let source = self.in_book(&source_of(address));
        match files.find_any_case(&source) {
            // A chapter that is published elsewhere: `README.md` becomes `index.html`.
            Some(found) if !found.miscased && project.publishes(found.item) && source.ends_with(".md") => {
                // The disk has what a chapter is made of; readers do not.
                let why = if source == self.in_book(address) { Why::NoAddress } else { Why::NoFile };
                Outcome::missing(DocPath::new(&self.in_book(address)), why)
            }
            Some(found) => Outcome::File(found),
            None if files.find_folder(&self.in_book(path)).is_some() => {
                Outcome::missing(DocPath::new(&self.in_book(path)), Why::Folder)
            }
            None if self.destination.contains(".md") => Outcome::missing(DocPath::new(&source), Why::NoFile),
            None => Outcome::missing(DocPath::new(&self.in_book(path)), Why::NoFile),
        }
    }

    /// The redirect of a part of a page that was moved.
    fn moved_anchor(&self, address: &str) -> Option<Outcome> {
        let fragment = self.fragment.filter(|fragment| !fragment.is_empty())?;
        self.redirected(&self.in_book(&format!("{}#{fragment}", source_of(address))))
    }

    fn redirected(&self, source: &str) -> Option<Outcome> {
        self.lookup.redirects.from(source).map(Outcome::Redirected)
    }

    fn in_book(&self, path: &str) -> String {
        joined(self.lookup.project.folder.as_str(), path)
    }
}

/// What readers of the book meet first.
const FRONT_PAGE: &str = "index.html";

/// The file that a page is made of, unless `SUMMARY.md` says otherwise.
fn source_of(address: &str) -> String {
    match address.strip_suffix(".html") {
        Some(stem) => format!("{stem}.md"),
        None => address.to_owned(),
    }
}
