//! What a destination leads to on a Hugo site.
//!
//! Owns the three ways to read one: as the name of a page, through a template that looks for pages first, and as an
//! address that reaches the browser as it is written.

use super::address::{is_file, normal};
use super::config::Hook;
use super::content::{Content, Place, PlaceKind, is_page_format, language_of_address};
use crate::dialect::Usage;
use crate::path::{DocPath, joined};
use crate::site::{AddressKind, Doc, FileId, Found, Lookup, Outcome, Parts, Why, fold};

/// What a destination leads to.
#[must_use]
pub fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Outcome {
    let written = reference(destination);
    let path = match written {
        Some((page, _)) => page.split(['#', '?']).next().unwrap_or_default().into(),
        None => Parts::split_then_decode(destination).path,
    };
    let Some(on) = Desk::new(lookup, doc) else {
        return Outcome::Skipped("in no Hugo site");
    };
    match AddressKind::of(written.map_or(destination, |(page, _)| page)) {
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External => Outcome::Skipped("external"),
        _ if destination.is_empty() => Outcome::Empty,
        _ if path.is_empty() => Outcome::ThisPage,
        // The shortcode itself is reported.
        _ if written.is_some() => match on.reference(&path) {
            Outcome::Missing(_) => Outcome::Skipped("a page that is not there"),
            outcome => outcome,
        },
        _ => match usage {
            Usage::Reference => on.reference(&path),
            Usage::Address if !on.content.config.raw_html => on.in_raw_html(&path),
            Usage::Address => on.address(&path),
            Usage::Image => on.through(on.content.config.images, &path),
            _ => on.through(on.content.config.links, &path),
        },
    }
}

/// The page that `{{< ref "page" >}}` names, and what follows the shortcode.
#[must_use]
pub fn reference(destination: &str) -> Option<(&str, &str)> {
    let inside = destination.strip_prefix("{{<").or_else(|| destination.strip_prefix("{{%"))?;
    let (inside, rest) = inside.split_once("}}")?;
    let inside = inside.trim_start();
    let arguments = inside.strip_prefix("relref").or_else(|| inside.strip_prefix("ref"))?;
    let page = arguments.trim_end_matches(['>', '%', ' ']).trim_start();
    let page = page.strip_prefix("path=").unwrap_or(page);
    let quote = page.chars().next().filter(|first| matches!(first, '"' | '`'));
    let page = quote.map_or(Some(page), |quote| page[1..].split(quote).next())?;
    (!page.contains(char::is_whitespace) || quote.is_some()).then_some((page, rest))
}

/// One page's way to look things up.
struct Desk<'l> {
    lookup: &'l Lookup<'l>,
    content: &'l Content,
    doc: &'l Doc,
    /// The page's own place; none for what is no page of the site.
    place: Option<&'l Place>,
}

impl<'l> Desk<'l> {
    fn new(lookup: &'l Lookup<'l>, doc: &'l Doc) -> Option<Desk<'l>> {
        let content = lookup.project.own::<Content>()?;
        let place = lookup.files.find(doc.path.as_str()).and_then(|file| content.places.get(&file));
        Some(Desk { lookup, content, doc, place })
    }

    fn language(&self) -> usize {
        self.place.map_or(0, |place| place.language)
    }

    /// `ref` and `relref`: a path from the content's root or the page, else the last part of a name.
    fn reference(&self, path: &str) -> Outcome {
        if let Some(outcome) = self.page(path) {
            return outcome;
        }
        if !path.contains('/') {
            let last = normal(without_format(path));
            match self.content.pages_ending(self.language(), &last) {
                [only] => return self.file(*only),
                [] => {}
                several => {
                    let visible =
                        |file: &&FileId| self.content.places.get(file).is_some_and(|place| !place.is_hidden);
                    let mut visible = several.iter().filter(visible);
                    return match (visible.next(), visible.next()) {
                        (Some(_), Some(_)) => self.missing(path, Why::Ambiguous),
                        (Some(only), None) => self.file(*only),
                        (None, _) => self.file(several[0]),
                    };
                }
            }
        }
        if path.contains('/')
            && self.content.config.taxonomies.iter().any(|list| path.contains(list.as_str()))
        {
            return Outcome::Skipped("terms of front matter");
        }
        self.missing(path, self.why_missing())
    }

    /// What a template that looks for pages and resources leads to; where it finds none the address stays.
    fn through(&self, hook: Hook, path: &str) -> Outcome {
        if hook == Hook::None {
            return self.address(path);
        }
        let plain = path.strip_prefix("./").unwrap_or(path);
        if let Some(found) = self.page(plain).or_else(|| self.resource(plain)) {
            return found;
        }
        match self.address(path) {
            Outcome::Missing(missing) if hook == Hook::Unknown => {
                Outcome::missing(missing.path, Why::NoAddress)
            }
            Outcome::Missing(_) | Outcome::Skipped(_) if hook == Hook::Lookup && names_source(path) => {
                self.missing(path, self.why_missing())
            }
            outcome => outcome,
        }
    }

    /// What is not in the tree may come from elsewhere, where there is an elsewhere.
    fn why_missing(&self) -> Why {
        if self.lookup.project.unknown_additions { Why::NoAddress } else { Why::NoFile }
    }

    /// A page as Hugo finds it: from the page, then from the content's root; letter case does not matter.
    fn page(&self, path: &str) -> Option<Outcome> {
        let has_extension = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        if !path.starts_with('/') {
            let climbs = has_extension && path.starts_with("../");
            if let Some(found) = self.named(&joined_inside(self.base_name(climbs), path)) {
                return Some(found);
            }
            if has_extension
                && let Some(file) = self.lookup.files.find(&joined(self.doc.path.folder(), path))
                && self.content.places.get(&file).is_some_and(|place| place.language == self.language())
            {
                return Some(self.file(file));
            }
            if path.starts_with('.') {
                return None;
            }
        }
        self.named(&joined_inside("", path))
    }

    /// The name that relative ones are below.
    fn base_name(&self, climbs: bool) -> &str {
        let Some(place) = self.place else { return "" };
        match place.kind {
            PlaceKind::Branch => &place.name,
            PlaceKind::Leaf if climbs => &place.name,
            PlaceKind::Leaf | PlaceKind::Single => parent(&place.name),
        }
    }

    fn named(&self, path: &str) -> Option<Outcome> {
        let path = without_format(path);
        let (path, language) = self.without_language(path);
        let name =
            normal(path.strip_suffix("/_index").or_else(|| path.strip_suffix("/index")).unwrap_or(path));
        let name = if matches!(&*name, "index" | "_index") { "" } else { &*name };
        if let Some(file) = self.content.page(language, name) {
            return Some(self.file(file));
        }
        self.content.is_list(language, name).then_some(Outcome::Folder { miscased: false })
    }

    /// `page.fr` is called `page`; the site's language decides which of them is meant.
    fn without_language<'p>(&self, path: &'p str) -> (&'p str, usize) {
        let languages = &self.content.config.languages;
        let named = path
            .rsplit_once('.')
            .filter(|(_, end)| languages.iter().any(|language| language.name.eq_ignore_ascii_case(end)));
        (named.map_or(path, |(path, _)| path), self.language())
    }

    fn file(&self, file: FileId) -> Outcome {
        let is_hidden = |file| self.content.places.get(&file).is_some_and(|place| place.is_hidden);
        if is_hidden(file) && !self.place.is_some_and(|place| place.is_hidden) {
            return Outcome::missing(self.lookup.files.path(file).clone(), Why::NoAddress);
        }
        Outcome::File(Found { item: file, miscased: false })
    }

    /// A file of the page's bundle, or of `assets`.
    fn resource(&self, path: &str) -> Option<Outcome> {
        let in_bundle = || {
            let bundle = self.place.is_some_and(|place| place.kind != PlaceKind::Single);
            (bundle && !path.starts_with('/')).then(|| joined(self.doc.path.folder(), path))
        };
        let assets = &self.content.config.assets;
        let in_assets = assets.iter().map(|mount| joined(mount.folder.as_str(), path));
        let found =
            in_bundle().into_iter().chain(in_assets).find_map(|path| self.lookup.files.find(&path))?;
        Some(self.file(found))
    }

    /// Raw HTML that is left out leads nowhere, and nobody sees it.
    fn in_raw_html(&self, path: &str) -> Outcome {
        match self.address(path) {
            Outcome::Missing(_) => Outcome::Skipped("raw HTML is left out"),
            outcome => outcome,
        }
    }

    /// What the browser makes of a destination.
    fn address(&self, path: &str) -> Outcome {
        if let Some(rooted) = path.strip_prefix('/') {
            if let Some(mounted) = self.lookup.mounted(path)
                && let Some(found) = self.lookup.files.find_any_case(mounted.as_str())
            {
                return Outcome::File(found);
            }
            return match self.lookup.project.below_base_path(&format!("/{rooted}")) {
                Some(address) => self.at(address).unwrap_or_else(|| self.nothing_at(address, path)),
                None => Outcome::Skipped("rooted on other sites"),
            };
        }
        let Some(own) = self.place.and_then(|place| place.address.as_deref()) else {
            return Outcome::Skipped("on a page whose address is not known");
        };
        let folder = if is_file(own) { parent(own) } else { own };
        let address = joined(folder, path);
        if address == ".." || address.starts_with("../") {
            return Outcome::Skipped("rooted on other sites");
        }
        if let Some(found) = self.at(&address) {
            return found;
        }
        if self.content.config.unknown_addresses {
            return Outcome::Skipped("addresses of a form that is not known");
        }
        self.missing(path, self.why_missing())
    }

    /// What is published at an address below the base path.
    fn at(&self, address: &str) -> Option<Outcome> {
        let address = address.trim_end_matches('/');
        let address = match address.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
            _ => address,
        };
        if let Some(&file) = self.lookup.project.at_address(address).first() {
            let published = self.lookup.project.published.as_ref().and_then(|all| all.get(&file));
            let miscased = published
                .is_some_and(|published| **published != *address && fold(published) == fold(address));
            return Some(match self.file(file) {
                Outcome::File(_) => Outcome::File(Found { item: file, miscased }),
                other => other,
            });
        }
        let base = self.lookup.project.base_path.as_deref().unwrap_or_default();
        if let Some(redirect) = self.lookup.redirects.at_address(&format!("{base}/{address}")) {
            return Some(Outcome::Redirected(redirect));
        }
        let (language, below) = language_of_address(&self.content.config, address);
        self.content.is_list(language, below).then_some(Outcome::Folder { miscased: false })
    }

    /// Hugo, its themes and whoever serves the site add addresses of their own.
    fn nothing_at(&self, address: &str, path: &str) -> Outcome {
        let name = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let is_made = name.starts_with("index.") || matches!(name, "sitemap.xml" | "robots.txt" | "404.html");
        let is_page_of_list = address.trim_end_matches('/').rsplit('/').nth(1) == Some("page");
        let beside = self.content.has_folder_of(address.trim_end_matches('/'));
        let is_page = !name.contains('.') || name.ends_with(".html");
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if is_made || is_page_of_list || !beside || self.content.config.unknown_addresses {
            return Outcome::Skipped("not among the site's own pages");
        }
        if self.lookup.project.unknown_additions {
            return match is_page {
                true => self.missing(path, Why::NoAddress),
                false => Outcome::Skipped("a file that a theme may bring"),
            };
        }
        match is_page_format(extension) && !is_page {
            true if self.page(path).is_some() => Outcome::RootedFile,
            true => self.missing(path, Why::NoFile),
            false => Outcome::missing(self.in_project(address), Why::Unpublished),
        }
    }

    fn in_project(&self, address: &str) -> DocPath {
        DocPath::join(self.lookup.project.folder.as_str(), address)
    }

    /// Nothing is there: as a path of the tree, for whoever looks for it.
    fn missing(&self, path: &str, why: Why) -> Outcome {
        let path = match path.strip_prefix('/') {
            Some(rooted) => {
                let mounts = &self.content.config.content;
                let language = self.language();
                let own = mounts.iter().find(|mount| mount.language == Some(language)).or(mounts.first());
                DocPath::join(own.map_or("", |mount| mount.folder.as_str()), rooted)
            }
            None => DocPath::join(self.doc.path.folder(), path),
        };
        match self.lookup.files.find(path.as_str()) {
            Some(_) if why == Why::NoFile => Outcome::missing(path, Why::Verbatim),
            _ => Outcome::missing(path, why),
        }
    }
}

/// Whether it can only be meant for a page's source: no address ends so.
fn names_source(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| is_page_format(end) && !is_file(path))
}

fn without_format(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    match path.rsplit_once('.') {
        Some((stem, extension)) if is_page_format(extension) => stem,
        _ => path,
    }
}

fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}

/// `path` as seen from `base`; nothing leads above the root.
fn joined_inside(base: &str, path: &str) -> String {
    let joined = joined(base, path);
    let mut inside = joined.as_str();
    while let Some(rest) = inside.strip_prefix("..") {
        inside = rest.trim_start_matches('/');
    }
    inside.to_owned()
}
