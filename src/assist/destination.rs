//! How a page writes its way to a file: as its author does, and so that it leads there on every platform that judges
//! the page.

use crate::dialect::Usage;
use crate::facts::LinkKind;
use crate::path::DocPath;
use crate::site::{AddressKind, DocId, FileId, Fragment, Outcome, Page, Site, encode};
use crate::tree::is_page_name;

/// Text that very many pages include is right where it is right for so many.
const MOST_READERS: usize = 16;

/// How the destinations of a page are spelled.
pub(super) struct Spelling<'s> {
    /// The page as each of its judges sees it.
    pub(super) views: Vec<Page<'s>>,
    /// The pages in which its destinations count.
    bases: Vec<DocId>,
    /// Whether its author leaves out the extensions of pages.
    drops_extension: bool,
}

impl<'s> Spelling<'s> {
    /// How a page spells destinations; `None` where nobody judges it.
    pub(super) fn of(site: &'s Site, id: DocId) -> Option<Spelling<'s>> {
        let views: Vec<Page<'s>> = site.views(id).collect();
        let page = views.first()?;
        Some(Spelling { bases: bases(page), drops_extension: drops_extension(page), views })
    }

    /// The page as its first judge sees it.
    pub(super) fn page(&self) -> &Page<'s> {
        &self.views[0]
    }

    /// The folder from which relative destinations count.
    pub(super) fn folder(&self) -> &'s str {
        self.page().site.doc(self.bases[0]).path.folder()
    }

    /// A relative destination that leads to a file.
    pub(super) fn destination(&self, file: FileId, usage: Usage) -> Option<String> {
        let path = self.page().site.files.path(file).relative_to(self.folder());
        let (folder, name) = path.rsplit_once('/').map_or(("", &*path), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{}/", encode(folder)) };
        Some(format!("{folder}{}", self.name(&folder, name, file, usage)?))
    }

    /// What to write after `folder`, which ends in `/` or is empty, so that it leads to the file of that name.
    pub(super) fn name(&self, folder: &str, name: &str, file: FileId, usage: Usage) -> Option<String> {
        let name = encode(name);
        let stem = match name.rsplit_once('.') {
            Some((stem, _)) if is_page_name(&name) => Some(stem.to_owned()),
            _ => None,
        };
        let dropped = stem.iter().flat_map(|stem| [stem.clone(), format!("{stem}.html"), format!("{stem}/")]);
        let mut forms: Vec<String> = [name.clone()].into_iter().chain(dropped).collect();
        if self.drops_extension && forms.len() > 1 && usage == Usage::Link {
            forms.swap(0, 1);
        }
        forms.into_iter().find(|form| self.leads_to(&format!("{folder}{form}"), file, usage))
    }

    /// Whether nothing is wrong with a destination that is to lead to a file.
    pub(super) fn leads_to(&self, destination: &str, file: FileId, usage: Usage) -> bool {
        self.everywhere(|page, base| {
            let site = page.site;
            let outcome = site.outcome_of(site.doc(base), page.project, destination, usage);
            let leads = match &outcome {
                Outcome::File(found) => found.item == file && !found.miscased,
                Outcome::Address(files) => files.first() == Some(&file),
                Outcome::ThisPage => site.files.path(file) == &site.doc(base).path,
                _ => false,
            };
            let fits = !usage.is_link() || page.project.publishes(file) || site.is_published(file);
            leads && fits
        })
    }

    /// The page that a destination leads to.
    pub(super) fn page_at(&self, destination: &str, usage: Usage) -> Option<DocId> {
        let site = self.page().site;
        let base = self.bases[0];
        if destination.is_empty() {
            return Some(base);
        }
        self.views.iter().find_map(|page| {
            match site.outcome_of(site.doc(base), page.project, destination, usage) {
                Outcome::ThisPage => Some(base),
                outcome => site.doc_of(outcome.file()?),
            }
        })
    }

    /// Whether a destination with a fragment leads to an anchor that will stay there.
    pub(super) fn has_anchor(&self, destination: &str) -> bool {
        self.everywhere(|page, base| {
            let site = page.site;
            let outcome = site.outcome_of(site.doc(base), page.project, destination, Usage::Link);
            site.fragment(base, page.project, destination, &outcome) == Fragment::Found
        })
    }

    fn everywhere(&self, holds: impl Fn(&Page<'s>, DocId) -> bool) -> bool {
        self.views.iter().all(|page| self.bases.iter().all(|&base| holds(page, base)))
    }
}

/// Where included text becomes its readers' own, its destinations count from them.
fn bases(page: &Page<'_>) -> Vec<DocId> {
    let includes = &page.site.includes;
    if !page.dialect().includes_are_text || includes.by[page.id as usize].is_empty() {
        return vec![page.id];
    }
    let readers = includes.readers(page.id).into_iter();
    let last = readers.filter(|&reader| includes.by[reader as usize].is_empty());
    let mut bases: Vec<DocId> = last.take(MOST_READERS).collect();
    if page.role() == crate::site::Role::Published || bases.is_empty() {
        bases.insert(0, page.id);
    }
    bases
}

/// Whether most links of the page to other pages do without an extension.
fn drops_extension(page: &Page<'_>) -> bool {
    let links = page.doc.facts.links.iter();
    let links = links.filter(|link| matches!(link.kind, LinkKind::Inline | LinkKind::Definition(_)));
    let paths = links.map(|link| link.target.parts(&page.doc.text).path.of(&page.doc.text));
    let paths = paths.filter(|path| {
        !path.is_empty() && matches!(AddressKind::of(path), AddressKind::Relative | AddressKind::Rooted)
    });
    let (mut kept, mut dropped) = (0, 0);
    for path in paths {
        let path = DocPath::new(path.trim_end_matches('/'));
        kept += usize::from(is_page_name(path.file_name()));
        dropped += usize::from(path.extension().is_empty());
    }
    dropped > kept
}
