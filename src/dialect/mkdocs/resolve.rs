//! Where destinations lead: to files of the docs, and for browsers to addresses.
//!
//! Owns what MkDocs does with a destination, and what browsers do with what it leaves alone.

use super::{Bases, Site, config, site_of};
use crate::dialect::Usage;
use crate::path::{DocPath, joined, strip_folder};
use crate::site::{AddressKind, Doc, Found, Lookup, Outcome, Parts, Why};

/// What a destination leads to.
pub fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Outcome {
    let query = Query { lookup, site: site_of(lookup.project), doc, usage };
    let kind = AddressKind::of(destination);
    let is_page = doc.is_navigation || query.site.is_in_docs(&doc.path);
    match kind {
        _ if destination.contains("{{") || destination.contains("{%") => Outcome::Skipped("made by a macro"),
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External => Outcome::Skipped("external"),
        _ if destination.is_empty() => Outcome::Empty,
        _ if !usage.is_link() => query.snippet(destination),
        _ if doc.is_navigation => query.navigation(destination, kind),
        _ if !is_page => Outcome::Skipped("counts from the pages that take it in"),
        _ => query.link(destination, kind),
    }
}

/// A destination to be looked up, and all that is known of it.
struct Query<'q, 's> {
    lookup: &'q Lookup<'s>,
    site: &'q Site,
    doc: &'q Doc,
    usage: Usage,
}

impl Query<'_, '_> {
    fn link(&self, destination: &str, kind: AddressKind) -> Outcome {
        let parts = Parts::split_then_decode(destination);
        let outcome = match kind {
            _ if parts.path.is_empty() => Outcome::ThisPage,
            AddressKind::Rooted => self.rooted(&parts.path),
            _ if self.usage == Usage::Address => self.as_browsers_do(&parts.path),
            _ if self.comes_back(&parts.path) => {
                let path = DocPath::join(self.inside_docs(), &parts.path);
                Outcome::missing(path, Why::FromAddress)
            }
            _ => self.file(DocPath::join(self.doc.path.folder(), &parts.path), &parts.path),
        };
        let leads_to_a_page = outcome.file().is_some() || outcome == Outcome::ThisPage;
        match parts.fragment.is_some_and(|fragment| !fragment.is_empty()) && leads_to_a_page {
            true if !self.site.slugs.is_known() => {
                Outcome::Skipped("ids of headings are made by the project's own code")
            }
            _ => outcome,
        }
    }

    /// The page's folder below that of the docs.
    fn inside_docs(&self) -> &str {
        strip_folder(self.doc.path.folder(), self.site.docs.as_str()).unwrap_or_default()
    }

    /// Whether a path leaves the docs' folder and names it to come back: MkDocs does not know its name.
    fn comes_back(&self, path: &str) -> bool {
        joined(self.inside_docs(), path).starts_with("../")
            && self.site.is_in_docs(&DocPath::join(self.doc.path.folder(), path))
    }

    /// A file of the docs, `written` as seen from the page.
    fn file(&self, path: DocPath, written: &str) -> Outcome {
        if path.levels_above_root() > 0 {
            return self.lookup.above_root(path);
        }
        if let Some(found) = self.lookup.files.find_any_case(path.as_str()) {
            return Outcome::File(found);
        }
        // MkDocs leaves alone what does not look like a file.
        let name = written.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        if !name.trim_start_matches('.').contains('.') {
            return self.as_browsers_do(written);
        }
        self.no_file(path)
    }

    fn no_file(&self, path: DocPath) -> Outcome {
        let project = self.lookup.project;
        let with_slashes = path.as_str().replace('\\', "/");
        if with_slashes != path.as_str() && self.lookup.files.find(&with_slashes).is_some() {
            return Outcome::missing(path, Why::Backslash);
        }
        let is_foreign = project.foreign_folders.iter().any(|folder| path.below(folder.as_str()).is_some());
        let inside = path.below(self.site.docs.as_str());
        if is_foreign || inside.is_some_and(|inside| self.is_of_the_theme(inside)) {
            return Outcome::Skipped("made when the site is built");
        }
        if self.site.translated {
            return Outcome::Skipped("in some language");
        }
        match self.lookup.redirects.from(path.as_str()) {
            Some(redirect) => Outcome::missing(path, Why::Redirect(redirect)),
            None => Outcome::missing(path, Why::NoFile),
        }
    }

    fn rooted(&self, path: &str) -> Outcome {
        if let Some(mounted) = self.lookup.mounted(path) {
            return self.file(mounted, path);
        }
        if self.site.rooted_is_docs && self.usage != Usage::Address {
            return self.file(DocPath::join(self.site.docs.as_str(), path), path);
        }
        let project = self.lookup.project;
        let below_base = project.below_base_path(path);
        let file = joined(self.site.docs.as_str(), below_base.unwrap_or(path));
        if config::is_page(&DocPath::new(&file)) && self.lookup.files.find(&file).is_some() {
            return Outcome::RootedFile;
        }
        let Some(address) = below_base else { return Outcome::Skipped("rooted on other sites") };
        match self.at(address) {
            Some(outcome) => outcome,
            None if !project.has_pages_beside(address, self.lookup.files) => {
                Outcome::Skipped("rooted on other sites")
            }
            None => Outcome::missing(DocPath::join(self.site.docs.as_str(), address), Why::NoAddress),
        }
    }

    /// What browsers find at a relative address.
    fn as_browsers_do(&self, path: &str) -> Outcome {
        let site = self.site;
        let inside = self.doc.path.below(site.docs.as_str()).unwrap_or_default();
        let own = site.address(&self.doc.path, inside);
        let is_folder = site.directory_urls || config::is_index(&self.doc.path);
        let folder = if is_folder { &*own } else { own.rfind('/').map_or("", |slash| &own[..slash]) };
        let address = joined(folder, path);
        if address == ".." || address.starts_with("../") {
            return Outcome::Skipped("outside the site");
        }
        let is_post = site.blogs.iter().any(|blog| self.doc.path.below(blog.as_str()).is_some());
        if is_post || site.translated {
            return Outcome::Skipped("the page's address is made when the site is built");
        }
        self.at(&address).unwrap_or_else(|| Outcome::missing(DocPath::new(&address), Why::FromAddress))
    }

    /// What is published at an address; nothing where that is certain.
    fn at(&self, address: &str) -> Option<Outcome> {
        let project = self.lookup.project;
        let published = project.published.as_ref()?;
        let page = match address.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => address,
        };
        let page = page.trim_end_matches('/');
        let others = [format!("{page}.html"), joined(page, "index.html")];
        let pages = std::iter::once(page).chain(others.iter().map(String::as_str));
        let mut files = pages.map(|page| (page, project.at_address(page)));
        if let Some((page, files)) = files.find(|(_, files)| !files.is_empty()) {
            let exact =
                files.iter().find(|file| published.get(file).is_some_and(|address| **address == *page));
            let item = *exact.or(files.first())?;
            return Some(Outcome::File(Found { item, miscased: exact.is_none() }));
        }
        let rooted = format!("{}/{page}", project.base_path.as_deref().unwrap_or_default());
        if let Some(redirect) = self.lookup.redirects.at_address(&rooted) {
            return Some(Outcome::Redirected(redirect));
        }
        let in_docs = joined(self.site.docs.as_str(), page);
        let is_foreign = |folder: &DocPath| strip_folder(&in_docs, folder.as_str()).is_some();
        let unknown = project.unknown_additions
            || self.site.blogs.iter().chain(&project.foreign_folders).any(is_foreign)
            || self.is_of_the_theme(page);
        unknown.then_some(Outcome::Skipped("made when the site is built"))
    }

    /// Whether the theme publishes a file there, or may.
    fn is_of_the_theme(&self, address: &str) -> bool {
        const FOLDERS: [&str; 8] = [
            "assets/external",
            "assets/images/favicon.png",
            "assets/images/social",
            "assets/javascripts",
            "assets/stylesheets",
            "search",
            "tags",
            "webfonts",
        ];
        const FILES: [&str; 5] = ["404.html", "objects.inv", "robots.txt", "sitemap.xml", "sitemap.xml.gz"];
        let of_own_theme = self.site.theme.as_ref().is_some_and(|theme| {
            let files = self.lookup.files;
            // A theme outside the tree may hold anything.
            files.find(&joined(theme.as_str(), address)).is_some()
                || files.find_folder(theme.as_str()).is_none()
        });
        of_own_theme
            || FILES.contains(&address)
            || FOLDERS.iter().any(|folder| strip_folder(address, folder).is_some())
    }

    /// A value of the navigation: a file of the docs, or an address.
    fn navigation(&self, destination: &str, kind: AddressKind) -> Outcome {
        if kind == AddressKind::Rooted {
            return self.rooted(destination);
        }
        let path = DocPath::join(self.site.docs.as_str(), destination);
        if let Some(found) =
            self.lookup.files.find_any_case(path.as_str()).filter(|_| !destination.ends_with('/'))
        {
            return Outcome::File(found);
        }
        let is_pattern = destination.contains(['*', '!', '|']) || !destination.contains('.');
        if self.site.navigators && is_pattern {
            return Outcome::Skipped("a plugin's");
        }
        match self.at(destination) {
            Some(outcome) if !config::is_page(&path) => outcome,
            _ => self.no_file(path),
        }
    }

    /// A file whose lines go into the page.
    fn snippet(&self, destination: &str) -> Outcome {
        let files = self.lookup.files;
        let Some(Bases::Known(bases)) = &self.site.snippets else {
            return Outcome::Skipped("snippets are looked for where only the build knows");
        };
        let root = DocPath::new("");
        let mut paths = bases.iter().chain([&root]).map(|base| DocPath::join(base.as_str(), destination));
        let found = paths.find_map(|path| files.find(path.as_str()));
        match (found, bases.first()) {
            (Some(item), _) => Outcome::File(Found { item, miscased: false }),
            (None, Some(base)) => Outcome::missing(DocPath::join(base.as_str(), destination), Why::NoFile),
            (None, None) => Outcome::Skipped("snippets are looked for where only the build knows"),
        }
    }
}
