//! Where a destination leads on VitePress.
//!
//! Markdown links lead to pages, images go through the bundler, and what raw HTML says reaches the browser.

use std::sync::LazyLock;

use super::pages::Pages;
use crate::dialect::Usage;
use crate::path::{DocPath, joined};
use crate::site::{AddressKind, Doc, FileId, Found, Lookup, Outcome, Parts, Why};

const DEPENDS_ON_CONFIG: Outcome = Outcome::Skipped("depends on what the configuration computes");

/// What a destination leads to.
pub fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Outcome {
    static NO_CONFIG: LazyLock<Pages> = LazyLock::new(Pages::default);
    let pages = lookup.project.own::<Pages>().unwrap_or(&NO_CONFIG);
    let site = Site { lookup, pages, doc };
    match AddressKind::of(destination) {
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External => site.external(destination, usage),
        AddressKind::Rooted | AddressKind::Relative if destination.is_empty() => Outcome::Empty,
        AddressKind::Rooted | AddressKind::Relative => match usage {
            Usage::Include | Usage::Code => site.include(destination, usage),
            _ => {
                let path = Parts::split_then_decode(destination).path;
                match usage {
                    _ if path.is_empty() => Outcome::ThisPage,
                    Usage::Image => site.image(&path),
                    Usage::Link if is_page(&path) => site.page(&path),
                    _ => site.address(&path, usage),
                }
            }
        },
    }
}

/// Whether VitePress takes a path for one of a page.
fn is_page(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    OTHER_EXTENSIONS.binary_search(&&*extension).is_err()
}

struct Site<'l> {
    lookup: &'l Lookup<'l>,
    pages: &'l Pages,
    doc: &'l Doc,
}

impl Site<'_> {
    /// VitePress takes links to the reader's own machine for dead ones.
    fn external(&self, destination: &str, usage: Usage) -> Outcome {
        let is_local = destination.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//localhost:"));
        let ignored = &self.pages.config.ignored;
        match usage {
            Usage::Link if is_local && !ignored.local_hosts && !ignored.matches(destination) => {
                Outcome::LocalPath
            }
            _ => Outcome::Skipped("external"),
        }
    }

    fn include(&self, destination: &str, usage: Usage) -> Outcome {
        let source = self.pages.config.source.as_str();
        let path = match destination.strip_prefix('@') {
            Some(path) => joined(source, path),
            None if usage == Usage::Code && destination.starts_with('/') => {
                return Outcome::LocalPath;
            }
            None => joined(self.doc.path.folder(), destination),
        };
        self.file(path)
    }

    /// A file of the tree, whoever publishes it.
    fn file(&self, path: String) -> Outcome {
        let files = self.lookup.files;
        if path.starts_with("../") || path == ".." {
            return self.lookup.above_root(DocPath::new(&path));
        }
        match files.find_any_case(&path) {
            Some(found) => Outcome::File(found),
            None if files.find_folder(&path).is_some() => Outcome::missing(DocPath::new(&path), Why::Folder),
            None => Outcome::missing(DocPath::new(&path), Why::NoFile),
        }
    }

    /// The bundler takes in any file, and fails where there is none.
    fn image(&self, path: &str) -> Outcome {
        if path.starts_with(['@', '~']) {
            return Outcome::Skipped("an alias of the bundler");
        }
        let config = &self.pages.config;
        let Some(rooted) = path.strip_prefix('/') else {
            return self.bundled(joined(self.doc.path.folder(), path));
        };
        let in_public = joined(config.public.as_str(), rooted);
        let in_source = joined(config.source.as_str(), rooted);
        let exact = [&in_public, &in_source].into_iter().find(|path| self.lookup.files.find(path).is_some());
        match exact {
            None if !config.known => DEPENDS_ON_CONFIG,
            None => self.file(in_public),
            Some(path) => self.bundled(path.clone()),
        }
    }

    /// What the bundler takes in is published, wherever it lies.
    fn bundled(&self, path: String) -> Outcome {
        let outcome = self.file(path.clone());
        match outcome {
            Outcome::File(Found { item, .. }) if self.lookup.project.publishes(item) => outcome,
            Outcome::File(Found { item, miscased: false }) => Outcome::Address(vec![item]),
            Outcome::File(Found { miscased: true, .. }) => Outcome::missing(DocPath::new(&path), Why::NoFile),
            outcome => outcome,
        }
    }

    /// The folder, below the source folder, from which relative links lead.
    fn folder(&self) -> &str {
        match self.doc.is_navigation {
            true => "",
            false => self.pages.folder(self.lookup.files.find(self.doc.path.as_str()), &self.doc.path),
        }
    }

    /// The page at a path below the source folder, which has neither `.md` nor `.html`.
    fn find(&self, page: &str) -> Option<FileId> {
        self.pages.find(self.lookup.project, self.lookup.files, page)
    }

    fn page(&self, path: &str) -> Outcome {
        let name = page_name(path);
        let page = match name.strip_prefix('/') {
            Some(rooted) => rooted.to_owned(),
            None => joined(self.folder(), &name),
        };
        // A browser would find its way, VitePress does not.
        let is_crooked = path.starts_with('/') && has_idle_segments(&page);
        let found = self.find(&page).filter(|_| !is_crooked);
        let beside = || self.find(&format!("{page}/index")).filter(|_| self.doc.is_navigation);
        if let Some(item) = found.or_else(beside) {
            return Outcome::File(Found { item, miscased: false });
        }
        if self.pages.may_be_made(&page) {
            return Outcome::Skipped("a page that the build may make");
        }
        if self.pages.config.rewrites.unknown || !self.pages.config.known {
            return DEPENDS_ON_CONFIG;
        }
        if self.pages.config.ignored.matches(&reported(&name)) {
            return Outcome::Skipped("ignored by the platform's configuration");
        }
        self.missing_page(path, &page, is_crooked)
    }

    /// What is there instead of a page.
    fn missing_page(&self, path: &str, page: &str, is_crooked: bool) -> Outcome {
        let files = self.lookup.files;
        let source = self.pages.config.source.as_str();
        let full = joined(source, &format!("{page}.md"));
        let written = match path.strip_prefix('/') {
            Some(rooted) => joined(source, rooted),
            None => joined(source, &joined(self.folder(), path)),
        };
        let missing = |path: &str, why| Outcome::missing(DocPath::new(path), why);
        if full.starts_with("../") {
            return self.lookup.above_root(DocPath::new(&full));
        }
        if let Some(found) = files.find_any_case(&full) {
            return match is_crooked || self.pages.is_elsewhere(found.item) {
                true => missing(files.path(found.item).as_str(), Why::OtherAddress),
                false => Outcome::File(found),
            };
        }
        let has_extension = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        if let Some(item) = files.find(&written).filter(|_| has_extension && !is_crooked) {
            return Outcome::File(Found { item, miscased: false });
        }
        let slashed = page.replace('\\', "/");
        if slashed != page && self.find(&joined("", &slashed)).is_some() {
            return missing(&written, Why::Backslash);
        }
        let page_before_slash = path.ends_with('/') && self.find(page.trim_end_matches("/index")).is_some();
        if page_before_slash || written.ends_with(".md") && path.ends_with('/') {
            return missing(&written, Why::FileAsFolder);
        }
        if files.find_folder(&written).is_some() {
            return missing(&written, Why::Folder);
        }
        let is_named_by_extension = has_extension && !path.ends_with(".md") && !path.ends_with(".html");
        missing(if is_named_by_extension { &written } else { &full }, Why::NoFile)
    }

    /// What the browser asks the server for.
    fn address(&self, path: &str, usage: Usage) -> Outcome {
        let is_written_as_it_is = usage == Usage::Address;
        let address = match path.strip_prefix('/') {
            None => joined(self.folder(), path),
            Some(rooted) if !is_written_as_it_is => joined("", rooted),
            Some(_) => match self.lookup.project.below_base_path(path) {
                Some(below) => joined("", below),
                None => return Outcome::Skipped("rooted on other sites"),
            },
        };
        let names_folder = path.ends_with('/') || address.is_empty();
        let config = &self.pages.config;
        let asset = joined(config.public.as_str(), &address);
        if let Some(item) = self.lookup.files.find(&asset).or_else(|| self.page_at(&address, names_folder)) {
            return Outcome::File(Found { item, miscased: false });
        }
        let page = address.strip_suffix(".html").unwrap_or(&address);
        if self.pages.may_be_made(page) {
            return Outcome::Skipped("a page that the build may make");
        }
        if config.rewrites.unknown || !config.known {
            return DEPENDS_ON_CONFIG;
        }
        let in_source = match path.starts_with('/') {
            true => joined(config.source.as_str(), &address),
            false => joined(self.doc.path.folder(), path),
        };
        match self.lookup.files.find(&in_source) {
            Some(item) if !self.lookup.project.publishes(item) => {
                Outcome::File(Found { item, miscased: false })
            }
            Some(item) => Outcome::missing(self.lookup.files.path(item).clone(), Why::OtherAddress),
            // Other programs may put files beside those of the site.
            None if is_written_as_it_is || path.starts_with('/') => {
                Outcome::missing(DocPath::new(&asset), Why::NoAddress)
            }
            None => self.file(in_source),
        }
    }

    /// The page that the browser shows at an address; VitePress's own router finds `/folder` for `/folder/` and the
    /// other way round.
    fn page_at(&self, address: &str, names_folder: bool) -> Option<FileId> {
        let page = address.strip_suffix(".html").unwrap_or(address);
        let index = joined(page, "index");
        let order = if names_folder { [&*index, page] } else { [page, &*index] };
        order.into_iter().find_map(|page| self.find(page))
    }
}

/// The page that a path names, without `.md` and `.html`.
fn page_name(path: &str) -> String {
    const INDEX: &str = "index.md";
    let start = path.len().saturating_sub(INDEX.len());
    let is_index = path.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(INDEX))
        && (start == 0 || path[..start].ends_with('/'));
    let name = match is_index {
        true => &path[..start],
        false => path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).unwrap_or(path),
    };
    if name.is_empty() || name.ends_with('/') { format!("{name}index") } else { name.to_owned() }
}

/// A dead link as VitePress writes it.
fn reported(name: &str) -> String {
    if name.starts_with('/') || name.starts_with("./") { name.to_owned() } else { format!("./{name}") }
}

fn has_idle_segments(page: &str) -> bool {
    page.split('/').any(|segment| matches!(segment, "" | "." | ".."))
}

/// What VitePress takes for no page, sorted.
const OTHER_EXTENSIONS: [&str; 83] = [
    "3g2", "3gp", "aac", "ai", "apng", "au", "avif", "bin", "bmp", "cer", "class", "conf", "crl", "css",
    "csv", "dll", "doc", "eps", "epub", "exe", "gif", "gz", "ics", "ief", "jar", "jpe", "jpeg", "jpg", "js",
    "json", "jsonld", "m4a", "man", "mid", "midi", "mjs", "mov", "mp2", "mp3", "mp4", "mpe", "mpeg", "mpg",
    "mpp", "oga", "ogg", "ogv", "ogx", "opus", "otf", "p10", "p7c", "p7m", "p7s", "pdf", "png", "ps", "qt",
    "roff", "rtf", "rtx", "ser", "svg", "t", "tif", "tiff", "tr", "ts", "tsv", "ttf", "txt", "vtt", "wav",
    "weba", "webm", "webp", "woff", "woff2", "xhtml", "xml", "yaml", "yml", "zip",
];
