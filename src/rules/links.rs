//! What the rules about destinations have in common: place, help, suggestions and fix of a finding.

use super::Draft;
use crate::facts::{Link, LinkKind};
use crate::finding::Level;
use crate::nearest::enumerate;
use crate::path::DocPath;
use crate::site::{
    AddressKind, Because, Checked, DocId, Fragment, Inclusion, Missing, Outcome, Page, Suggestion, Why,
    suggest, works_everywhere,
};
use crate::source::Span;

/// A finding about a destination, with what to write instead.
#[must_use]
pub fn draft(page: &Page<'_>, checked: Checked<'_>, message: String) -> Draft {
    draft_at(page, checked, checked.link.target.span, message)
}

/// The same with the primary place on a part of the destination.
#[must_use]
pub fn draft_at(page: &Page<'_>, checked: Checked<'_>, span: Span, message: String) -> Draft {
    let target = &checked.link.target;
    let draft = Draft::new(&page.doc.path, span, message).target(page.written(checked.link));
    let draft = match checked.resolved.reader.and_then(|reader| place_of_include(page, reader)) {
        Some((path, span)) => {
            draft.related(path, span, "the page that includes this; the link counts from there")
        }
        None => draft,
    };
    let draft = match page.project {
        // No reader meets what nothing uses.
        _ if is_unused_definition(page, checked.link) => draft.at_most(Level::Info),
        // What is missing may be made by something that nobody here knows.
        project if project.unknown_additions && is_missing(checked) => draft.at_most(Level::Warning),
        // The branch that the address names may differ from what is checked out.
        _ if page.dialect().rooted_is_repository
            && AddressKind::of(page.written(checked.link)) == AddressKind::External =>
        {
            draft.at_most(Level::Warning)
        }
        _ => draft,
    };
    if let Some(path) = untracked(checked) {
        return draft.help(format!("have git track it: `git add {path}`"));
    }
    let suggestions = suggest(page, checked.link, checked.resolved);
    let Some(best) = suggestions.first() else { return draft };
    let help = help(&suggestions);
    let destinations: Vec<String> =
        suggestions.iter().map(|suggestion| suggestion.destination.clone()).collect();
    let draft = draft.help(help).suggestions(destinations);
    if !target.is_verified() || target.span.is_empty() {
        return draft;
    }
    // What is right for one page that includes this may be wrong for the next.
    let sure = best.because.is_sure()
        && checked.resolved.reader.is_none()
        && works_everywhere(page, checked.link, checked.resolved, &best.destination)
        && suggestions.iter().filter(|suggestion| suggestion.because == best.because).count() == 1;
    let title = format!("write `{}`", best.destination);
    draft.fix_at(target.span, title, sure, best.destination.clone())
}

/// Where `reader` takes in the page, directly or with another one.
fn place_of_include<'p>(page: &Page<'p>, reader: DocId) -> Option<(&'p DocPath, Span)> {
    let site = page.site;
    let inclusions = &site.includes.of[reader as usize];
    let leads_here = |inclusion: &&Inclusion| {
        inclusion.doc == page.id || site.includes.closure(inclusion.doc).contains(&page.id)
    };
    let inclusion = inclusions.iter().find(leads_here)?;
    let reader = site.doc(reader);
    Some((&reader.path, reader.facts.links[inclusion.link as usize].span))
}

fn is_unused_definition(page: &Page<'_>, link: &Link) -> bool {
    match link.kind {
        LinkKind::Definition(index) => !page.doc.facts.definitions[index as usize].used,
        _ => false,
    }
}

/// The path of a destination that is there, but only on this disk.
fn untracked(checked: Checked<'_>) -> Option<&DocPath> {
    match &checked.resolved.outcome {
        Outcome::Missing(missing) if missing.why == Why::Untracked => Some(&missing.path),
        _ => None,
    }
}

fn is_missing(checked: Checked<'_>) -> bool {
    matches!(checked.resolved.outcome, Outcome::Missing(_)) || checked.resolved.fragment == Fragment::Missing
}

fn help(suggestions: &[Suggestion]) -> String {
    let all = enumerate(suggestions.iter().map(|suggestion| &*suggestion.destination), "or");
    match (suggestions[0].because, suggestions.len()) {
        (Because::SamePlace | Because::Redirect, 1) => format!("write {all}"),
        (Because::OnlyFileOfThatName, 1) => format!("the only file of that name is {all}"),
        (Because::AnchorMoved, 1) => format!("another page has the anchor: {all}"),
        _ => format!("did you mean {all}?"),
    }
}

/// A destination's fragment as the platform understands it.
#[must_use]
pub fn fragment(page: &Page<'_>, link: &Link) -> String {
    let parts = (page.dialect().split)(link.target.destination(&page.doc.text));
    parts.fragment.unwrap_or_default().trim().to_owned()
}

/// A path of the tree as a reader of the findings knows it: relative to the root.
#[must_use]
pub fn shown(path: &DocPath) -> &str {
    if path.as_str().is_empty() { "." } else { path.as_str() }
}

/// Why a link leads nowhere, whichever rule it is that says so.
#[must_use]
pub fn why_broken(page: &Page<'_>, checked: Checked<'_>) -> String {
    match &checked.resolved.outcome {
        Outcome::Missing(missing) => why_missing(page, missing),
        Outcome::Empty => "it has no destination".to_owned(),
        Outcome::LocalPath => "this path is one of the author's own machine".to_owned(),
        Outcome::RootedFile => {
            format!("what begins with `/` is an address of the site on {}", page.dialect().title)
        }
        Outcome::File(found) if found.miscased => {
            format!("the file is spelled `{}`", shown(page.site.files.path(found.item)))
        }
        Outcome::Folder { miscased: true } => "the folder is spelled with other letter case".to_owned(),
        _ if matches!(checked.resolved.fragment, Fragment::Missing | Fragment::Miscased(_)) => {
            format!("its target has no heading or id `#{}`", fragment(page, checked.link))
        }
        _ => "its target does not have that part".to_owned(),
    }
}

/// Why there is nothing at a destination.
#[must_use]
pub fn why_missing(page: &Page<'_>, missing: &Missing) -> String {
    let path = shown(&missing.path);
    match missing.why {
        Why::NoFile | Why::Backslash => format!("there is no file `{path}`"),
        Why::Untracked => format!("`{path}` is on this disk, but git does not track it: nobody else has it"),
        Why::Folder => format!("`{path}` is a folder: {} needs the file", page.dialect().title),
        Why::FileAsFolder => format!("`{path}` is a file: no `/` may follow its name"),
        Why::OutsideRepository => "this leads out of the repository, which works on no platform".to_owned(),
        Why::NoAddress => {
            "nothing in this tree is published at this address, though pages beside it are".to_owned()
        }
        Why::FromAddress => {
            format!("browsers follow this from the page's own address, and nothing is published at `{path}`")
        }
        Why::OtherAddress => format!("`{path}` is there, but not published at this address"),
        Why::Unpublished => format!("nothing is published at `{path}`"),
        Why::Verbatim => format!(
            "`{path}` is not published under this name, and {} leaves the link as it is written",
            page.dialect().title
        ),
        Why::Ambiguous => "several pages have this name: write a path".to_owned(),
        Why::OtherPart => {
            format!("`{path}` is a page of another part of the site: link to its address, not to its file")
        }
        Why::Redirect(_) => format!("there is no file `{path}` any more: the page was moved"),
    }
}
