//! What is demanded of the links of a cell: how many, of which kind, where they lead.

use crate::contract::{LinkDemand, LinkType};
use crate::facts::{Cell, CellId, Link};
use crate::path::DocPath;
use crate::site::{AddressKind, CellLink, FileId, Fragment, LinkState, Outcome, Page, Resolved};
use crate::source::Span;

/// What is wrong with the links of a cell.
pub(super) enum LinkFault<'s> {
    TooFew { noun: &'static str, found: usize, least: u32 },
    TooMany { noun: &'static str, found: usize, most: u32 },
    Kind { found: LinkType, allowed: Vec<LinkType> },
    Broken { link: &'s Link, resolved: Resolved },
    Elsewhere { target: String, folder: String },
    OtherSite { folder: String },
}

/// Says what of a demand the links of a cell do not keep, and where.
pub(super) fn check<'s>(
    page: &Page<'s>,
    cell: &Cell,
    id: CellId,
    demand: &LinkDemand,
    mut fault: impl FnMut(Span, LinkFault<'s>),
) {
    let mut links = page.cell_links(cell, id);
    links.retain(|link| counts(link, &demand.kinds));
    let found = links.len();
    let noun = if demand.kinds == [LinkType::Image] { "image" } else { "link" };
    if found < demand.min as usize {
        fault(cell.span, LinkFault::TooFew { noun, found, least: demand.min });
    }
    if let Some(most) = demand.max.filter(|&most| found > most as usize) {
        fault(cell.span, LinkFault::TooMany { noun, found, most });
    }
    let asks_where = !demand.kinds.is_empty() || !demand.below.is_empty();
    if !asks_where && !demand.resolves {
        return;
    }
    for link in links {
        let resolved = match asks_where {
            true => page.resolve(link.link),
            false => match page.notable(link.link) {
                Some(resolved) => resolved.clone(),
                None => continue,
            },
        };
        let kind = kind(page, &link, &resolved);
        if let Some(found) = kind.filter(|kind| !demand.kinds.is_empty() && !demand.kinds.contains(kind)) {
            fault(link.span, LinkFault::Kind { found, allowed: demand.kinds.clone() });
            continue;
        }
        if let Some(elsewhere) = elsewhere(page, &resolved, kind, &demand.below) {
            fault(link.span, elsewhere);
        }
        if demand.resolves && page.state(link.link, &resolved) == LinkState::Broken {
            fault(place(page, &link, &resolved), LinkFault::Broken { link: link.link, resolved });
        }
    }
}

/// What is wrong of a broken link: as the rules say that look at all links.
fn place(page: &Page<'_>, link: &CellLink<'_>, resolved: &Resolved) -> Span {
    let target = &link.link.target;
    match &resolved.outcome {
        _ if target.span.is_empty() || !link.span.contains(target.span) => link.span,
        Outcome::Missing(_) | Outcome::RootedFile | Outcome::LocalPath => target.span,
        _ if matches!(resolved.fragment, Fragment::Missing | Fragment::Beyond { .. }) => {
            target.fragment_or_all(&page.doc.text)
        }
        _ => target.span,
    }
}

/// Images are links only where they are asked for; where nothing else is, they are all that counts.
fn counts(link: &CellLink<'_>, kinds: &[LinkType]) -> bool {
    match link.is_image {
        true => kinds.contains(&LinkType::Image),
        false => kinds != [LinkType::Image],
    }
}

/// What a link leads to; nothing where that is not known.
fn kind(page: &Page<'_>, link: &CellLink<'_>, resolved: &Resolved) -> Option<LinkType> {
    if link.is_image {
        return Some(LinkType::Image);
    }
    let of_file = |file: FileId| match page.site.doc_of(file) {
        _ if resolved.fragment != Fragment::None => LinkType::Anchor,
        Some(_) => LinkType::Page,
        None => LinkType::File,
    };
    match &resolved.outcome {
        Outcome::Skipped(_) => is_external(page, link.link).then_some(LinkType::External),
        Outcome::ThisPage if resolved.fragment == Fragment::None => Some(LinkType::Page),
        Outcome::ThisPage => Some(LinkType::Anchor),
        Outcome::File(found) => Some(of_file(found.item)),
        Outcome::Address(files) => files.first().copied().map(of_file),
        Outcome::Redirected(id) => page.site.follow(*id, &page.doc.path).file().map(of_file),
        _ => None,
    }
}

/// Whether a browser leaves the site for it; other schemes may name pages.
fn is_external(page: &Page<'_>, link: &Link) -> bool {
    let destination = link.target.destination(&page.doc.text).trim();
    let begins = |scheme: &str| {
        destination.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    AddressKind::of(destination) == AddressKind::External
        && ["http:", "https:", "//", "mailto:", "tel:"].into_iter().any(begins)
}

/// What leads out of the folder; broken links and those that cannot be judged lead nowhere.
fn elsewhere<'s>(
    page: &Page<'_>,
    resolved: &Resolved,
    kind: Option<LinkType>,
    below: &str,
) -> Option<LinkFault<'s>> {
    if below.is_empty() {
        return None;
    }
    let folder = DocPath::new(below);
    if kind == Some(LinkType::External) {
        return Some(LinkFault::OtherSite { folder: below.to_owned() });
    }
    let file = match &resolved.outcome {
        Outcome::ThisPage => page.site.files.find(page.doc.path.as_str())?,
        Outcome::Redirected(id) => page.site.follow(*id, &page.doc.path).file()?,
        outcome => outcome.file()?,
    };
    let target = page.site.files.path(file);
    match target.below(folder.as_str()) {
        Some(_) => None,
        None => Some(LinkFault::Elsewhere { target: target.to_string(), folder: below.to_owned() }),
    }
}

impl LinkType {
    /// As it stands after "leads to".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            LinkType::Page => "a page",
            LinkType::Anchor => "a part of a page",
            LinkType::External => "another site",
            LinkType::File => "a file that is no page",
            LinkType::Image => "an image",
        }
    }
}
