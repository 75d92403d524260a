//! What destinations lead to: links to files work inside one plugin, all others are addresses of the site.

use std::sync::LazyLock;

use super::part::Part;
use super::{Site, sidebar};
use crate::dialect::Usage;
use crate::path::{DocPath, joined, strip_folder};
use crate::site::{AddressKind, Doc, FileId, Found, Lookup, Outcome, Parts, Why, fold};

pub(super) fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Outcome {
    static UNCONFIGURED: LazyLock<Site> = LazyLock::new(Site::default);
    let site = lookup.project.own().unwrap_or_else(|| &*UNCONFIGURED);
    let query = Query {
        lookup,
        site,
        doc,
        usage,
        part: site.parts.iter().find(|part| part.inside(&doc.path).is_some()),
    };
    match AddressKind::of(destination) {
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External if destination.starts_with("pathname:") => {
            Outcome::Skipped("outside the site's own pages, says pathname://")
        }
        AddressKind::External => Outcome::Skipped("external"),
        _ if destination.is_empty() => Outcome::Empty,
        kind => query.local(destination, kind),
    }
}

/// A destination to be looked up, and all that is known of it.
struct Query<'q, 's> {
    lookup: &'q Lookup<'s>,
    site: &'q Site,
    doc: &'q Doc,
    usage: Usage,
    /// The part of the site that the page stands in.
    part: Option<&'q Part>,
}

impl Query<'_, '_> {
    fn local(&self, destination: &str, kind: AddressKind) -> Outcome {
        let file = destination.rsplit('!').next().unwrap_or(destination);
        let file = if self.usage.is_link() { destination } else { file };
        let parts = Parts::split_then_decode(file);
        let path = &*parts.path;
        let extension = DocPath::new(path).extension().to_ascii_lowercase();
        match self.usage {
            _ if path.is_empty() => Outcome::ThisPage,
            _ if self.doc.is_navigation && kind == AddressKind::Relative => self.page_of_id(path),
            Usage::Include | Usage::Code => self.on_disk(&self.file_path(path)),
            Usage::Image => self.image(path),
            Usage::Address => self.address(path),
            _ if matches!(&*extension, "md" | "mdx") && !path.ends_with('/') => self.page_of_file(path),
            _ if path.starts_with("@site/") => self.on_disk(&self.file_path(path)),
            _ if !matches!(&*extension, "" | "html") => {
                self.asset(path).unwrap_or_else(|| self.address(path))
            }
            _ => self.address(path),
        }
    }

    /// A path as seen from the page's own file, or from the site's folder.
    fn file_path(&self, path: &str) -> DocPath {
        match path.strip_prefix("@site/") {
            Some(path) => DocPath::join(self.lookup.project.folder.as_str(), path),
            None => DocPath::join(self.doc.path.folder(), path),
        }
    }

    fn on_disk(&self, path: &DocPath) -> Outcome {
        if path.levels_above_root() > 0 {
            return self.lookup.above_root(path.clone());
        }
        match self.lookup.files.find_any_case(path.as_str()) {
            Some(found) => Outcome::File(found),
            None => Outcome::missing(path.clone(), Why::NoFile),
        }
    }

    fn image(&self, path: &str) -> Outcome {
        if path.starts_with('/') {
            if self.lookup.project.published.is_none() {
                return Outcome::Skipped("an address of a site without a configuration");
            }
            let first =
                self.site.statics.first().map_or(self.lookup.project.folder.as_str(), DocPath::as_str);
            return self
                .asset(path)
                .unwrap_or_else(|| Outcome::missing(DocPath::join(first, path), Why::NoFile));
        }
        self.on_disk(&self.file_path(path))
    }

    /// A file that is no page: beside the page's file, or in the folders of such files.
    fn asset(&self, path: &str) -> Option<Outcome> {
        let found =
            match path.starts_with('/') {
                true => self.site.statics.iter().find_map(|folder| {
                    self.lookup.files.find_any_case(joined(folder.as_str(), path).as_str())
                }),
                false => self.lookup.files.find_any_case(self.file_path(path).as_str()),
            };
        found.map(Outcome::File)
    }

    /// What an entry of a sidebar leads to.
    fn page_of_id(&self, id: &str) -> Outcome {
        let Some(&part) = self.site.sidebars.get(&self.doc.path) else {
            return Outcome::Skipped("of a plugin");
        };
        let id = sidebar::without_version(id, &self.site.parts[part].version);
        match self.site.ids.get(&(part, id.into())) {
            Some(&item) => Outcome::File(Found { item, miscased: false }),
            None if self.lookup.project.unknown_additions => Outcome::Skipped("perhaps made by a plugin"),
            None => {
                let folder = self.site.parts[part].folders.last().map_or("", DocPath::as_str);
                Outcome::missing(DocPath::join(folder, id), Why::NoFile)
            }
        }
    }

    /// A link to a page's file is a link to the page.
    fn page_of_file(&self, path: &str) -> Outcome {
        let Some(part) = self.part else {
            return match path.starts_with('/') {
                true => Outcome::Skipped("from a folder that is not known"),
                false => self.on_disk(&self.file_path(path)),
            };
        };
        let candidates: Vec<DocPath> =
            self.bases(part, path).iter().map(|base| DocPath::join(base, path)).collect();
        let candidates = if path.starts_with("@site/") { vec![self.file_path(path)] } else { candidates };
        let files = self.lookup.files;
        let pages = || candidates.iter().filter_map(|path| files.find_any_case(path.as_str()));
        let is_source = |found: &Found<FileId>| {
            let part_of = self.part_of(found.item);
            part_of.is_some_and(|other| other.plugin == part.plugin)
                && self.lookup.project.publishes(found.item)
        };
        let exact = pages().find(|found| !found.miscased && is_source(found));
        if let Some(found) = exact.or_else(|| pages().find(is_source)) {
            return Outcome::File(found);
        }
        let Some(first) = candidates.first() else { return Outcome::Skipped("outside the site") };
        match pages().next() {
            Some(found)
                if self.part_of(found.item).is_some() && self.lookup.project.publishes(found.item) =>
            {
                Outcome::missing(files.path(found.item).clone(), Why::OtherPart)
            }
            Some(found) => Outcome::File(found),
            None if first.levels_above_root() > 0 => self.lookup.above_root(first.clone()),
            None => Outcome::missing(first.clone(), Why::NoFile),
        }
    }

    /// The folders in which a link to a file is looked up.
    fn bases<'b>(&'b self, part: &'b Part, path: &str) -> Vec<&'b str> {
        let own = self.doc.path.folder();
        if path.starts_with("./") || path.starts_with("../") {
            return vec![own];
        }
        let site = self.lookup.project.folder.as_str();
        let own = if path.starts_with('/') { None } else { Some(own) };
        own.into_iter().chain(part.folders.iter().map(DocPath::as_str)).chain([site]).collect()
    }

    fn part_of(&self, file: FileId) -> Option<&Part> {
        let path = self.lookup.files.path(file);
        self.site.parts.iter().find(|part| part.inside(path).is_some_and(|inside| part.is_page(inside)))
    }

    /// A path as browsers follow it from the page's own address.
    fn address(&self, path: &str) -> Outcome {
        let project = self.lookup.project;
        if project.published.is_none() {
            return Outcome::Skipped("an address of a site without a configuration");
        }
        let locale = self.part.map_or("", |part| &*part.locale);
        let below = match path.starts_with('/') {
            true => match self.below_base(path) {
                Some(below) => below,
                // Only the platform's own links begin with the base path without being told so.
                None if self.usage == Usage::Address => {
                    let outcome = self.at(&joined(locale, path));
                    return if outcome.file().is_some() {
                        outcome
                    } else {
                        Outcome::Skipped("rooted on other sites")
                    };
                }
                None => joined(locale, path),
            },
            false => {
                let published = project.published.as_ref();
                let file = self.lookup.files.find(self.doc.path.as_str());
                let own = file.and_then(|file| published?.get(&file));
                let Some(own) = own else {
                    return Outcome::Skipped("counts from each page that takes it in");
                };
                let folder = own.rfind('/').map_or("", |slash| &own[..slash]);
                joined(folder, path)
            }
        };
        self.at(&below)
    }

    /// A rooted path below the base path; where that is nothing, a path that begins with the page's language.
    fn below_base(&self, path: &str) -> Option<String> {
        let base = &*self.site.base_path;
        let locale = self.part.map_or("", |part| &*part.locale);
        let with_locale = format!("{base}/{locale}");
        let own = with_locale.trim_end_matches('/');
        if own.is_empty() {
            return Some(joined("", path));
        }
        strip_folder(path, own).map(|rest| joined(locale, rest)).or_else(|| {
            let is_base = !base.is_empty() && self.usage == Usage::Address;
            strip_folder(path, base).filter(|_| is_base).map(|rest| joined("", rest))
        })
    }

    /// What is published at an address below the base path.
    fn at(&self, address: &str) -> Outcome {
        let project = self.lookup.project;
        let untranslated = self.part.and_then(|part| strip_folder(address, &part.locale)).unwrap_or(address);
        for address in [address, untranslated] {
            match project.at_address(address) {
                [] => {}
                [only] => return Outcome::File(Found { item: *only, miscased: false }),
                several => return Outcome::Address(self.lookup.nearest_first(several, self.doc)),
            }
        }
        if self.site.generated.contains(&*fold(address))
            || self.site.parts.iter().any(|part| part.makes(address))
        {
            return Outcome::Skipped("a page that the platform makes");
        }
        if self.usage == Usage::Address
            && let Some(found) = self.asset(&format!("/{address}"))
        {
            return found;
        }
        self.nothing_at(address)
    }

    fn nothing_at(&self, address: &str) -> Outcome {
        let project = self.lookup.project;
        let path = DocPath::join(project.folder.as_str(), address);
        if let Some(redirect) = self.lookup.redirects.at_address(&format!("/{address}")) {
            return Outcome::missing(path, Why::Redirect(redirect));
        }
        if project.unknown_additions && !project.has_pages_beside(address, self.lookup.files) {
            return Outcome::Skipped("perhaps made by a plugin");
        }
        Outcome::missing(DocPath::new(address), Why::Unpublished)
    }
}
