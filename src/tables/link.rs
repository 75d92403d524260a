//! A link of a cell as data: what it leads to, and what to write instead.

use super::LinkData;
use crate::path::DocPath;
use crate::site::{AddressKind, CellLink, Landing, LinkState, Outcome, Page, Resolved, suggest};

/// The link, unless the page shows no link there.
pub(super) fn data(page: &Page<'_>, found: &CellLink<'_>) -> Option<LinkData> {
    let link = found.link;
    let resolved = page.resolve(link);
    if found.is_image || !resolved.usage.is_link() {
        return None;
    }
    let destination = link.target.destination(&page.doc.text);
    let state = page.state(link, &resolved);
    let suggestions = match state {
        LinkState::Broken | LinkState::Redirected => suggest(page, link, &resolved),
        LinkState::Ok | LinkState::External | LinkState::Skipped => Vec::new(),
    };
    Some(LinkData {
        text: found.text.to_owned(),
        target: if link.target.is_verified() { page.written(link) } else { destination }.to_owned(),
        resolved: match state {
            LinkState::Ok | LinkState::Redirected => place(page, destination.trim(), &resolved),
            LinkState::External | LinkState::Skipped | LinkState::Broken => None,
        },
        state,
        suggestions: suggestions.into_iter().map(|suggestion| suggestion.destination).collect(),
    })
}

/// Path and fragment of what a destination leads to, where that is in the tree.
fn place(page: &Page<'_>, destination: &str, resolved: &Resolved) -> Option<String> {
    let site = page.site;
    let parts = (page.dialect().split)(destination);
    let reader = &site.doc(resolved.reader.unwrap_or(page.id)).path;
    let mut fragment = parts.fragment.as_deref().unwrap_or_default().trim();
    let path = match &resolved.outcome {
        Outcome::ThisPage => reader.as_str(),
        Outcome::File(_) | Outcome::Address(_) => site.files.path(resolved.outcome.file()?).as_str(),
        Outcome::Folder { .. } => folder(page, reader, &parts.path)?,
        Outcome::Redirected(redirect) => {
            let Landing::File(file, last) = site.follow(*redirect, reader) else { return None };
            if let Some((_, own)) = site.redirects.list[last as usize].url.split_once('#') {
                fragment = own;
            }
            site.files.path(file).as_str()
        }
        _ => return None,
    };
    let path = encoded(path, &['%', '#', '?']);
    Some(match fragment {
        "" => path,
        fragment => format!("{path}#{}", encoded(fragment, &['%'])),
    })
}

/// The folder that a destination names; `None` for one that exists on the site only.
fn folder<'s>(page: &Page<'s>, reader: &DocPath, path: &str) -> Option<&'s str> {
    let from = match AddressKind::of(path) {
        AddressKind::Rooted => "",
        _ => reader.folder(),
    };
    let path = DocPath::join(from, path.trim_matches('/'));
    match path.as_str() {
        "" => Some("."),
        path => Some(page.site.files.find_folder(path)?.item),
    }
}

fn encoded(text: &str, special: &[char]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        match special.contains(&character) {
            true => encoded.push_str(&format!("%{:02X}", u32::from(character))),
            false => encoded.push(character),
        }
    }
    encoded
}
