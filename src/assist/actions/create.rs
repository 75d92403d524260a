//! Makes the page that a link leads to and nobody has written yet.

use super::{Action, Request};
use crate::assist::destination::Spelling;
use crate::dialect::Usage;
use crate::facts::{Facts, LinkKind};
use crate::fingerprint::{Linked, linked};
use crate::parse::parse;
use crate::path::DocPath;
use crate::site::{Doc, Outcome, Page, Site, Why};
use crate::source::LineIndex;
use crate::tree::is_page_name;

/// So many pages of a folder tell what its pages have in common.
const MOST_SIBLINGS: usize = 64;

/// Creates the page that a broken link leads to.
pub(super) fn page(request: &Request<'_>, finding: usize) -> Option<Action> {
    let found = &request.findings[finding];
    if found.rule.id != "broken-link" {
        return None;
    }
    let Linked { page, link, resolved } = linked(found, request.site)?;
    let Outcome::Missing(missing) = &resolved.outcome else { return None };
    let path = &missing.path;
    let is_image = link.kind == LinkKind::Image;
    let destination = link.target.destination(&page.doc.text);
    let is_listed = !page.dialect().publishes_what_is_listed || page.doc.is_navigation;
    if missing.why != Why::NoFile || is_image || !is_listed || !may_be_made(request.site, path) {
        return None;
    }
    if !leads_to_siblings(&page, path, destination, resolved.usage) {
        return None;
    }
    let shown = link.text.of(&page.doc.text).trim();
    let title = match shown.is_empty() || matches!(link.kind, LinkKind::Definition(_)) {
        true => words(path.file_stem()),
        false => shown.to_owned(),
    };
    let parts = (page.dialect().split)(destination);
    let fragment = parts.fragment.filter(|fragment| !fragment.trim().is_empty());
    let text = content(request.site, path, &title, fragment.as_deref());
    if fragment.is_some_and(|fragment| !has_anchor(&page, path, &text, &fragment)) {
        return None;
    }
    let title = format!("Create the page `{path}`");
    Some(Action { create: Some((path.clone(), text)), ..Action::quick(finding, title, Vec::new()) })
}

/// Whether a page at a path would be a new one of the tree. A dot in its name may say something, such as its language.
fn may_be_made(site: &Site, path: &DocPath) -> bool {
    let is_plain = |name: char| !name.is_control() && !r#"<>:"|?*\"#.contains(name);
    let is_name = path.levels_above_root() == 0 && path.as_str().chars().all(is_plain);
    is_name
        && is_page_name(path.file_name())
        && !path.file_stem().contains('.')
        && site.files.find_any_case(path.as_str()).is_none()
}

/// Whether a link that is written just so leads to a page beside the new one: then it will lead to that as well. Where
/// there is none, whether the platform publishes all there is.
fn leads_to_siblings(page: &Page<'_>, path: &DocPath, destination: &str, usage: Usage) -> bool {
    let site = page.site;
    let written = destination.split(['#', '?']).next().unwrap_or_default();
    let (folder, name) = written.split_at(written.rfind(['/', '\\']).map_or(0, |slash| slash + 1));
    if name != path.file_name() {
        return false;
    }
    let Some(spelling) = Spelling::of(site, page.id) else { return false };
    let has_own_address = |doc: &&Doc| {
        !["index", "readme", "_index"].iter().any(|name| doc.path.file_stem().eq_ignore_ascii_case(name))
    };
    let mut siblings = siblings(site, path).filter(has_own_address).peekable();
    if siblings.peek().is_none() {
        return page.project.published.is_none();
    }
    siblings.any(|doc| {
        let file = site.files.find(doc.path.as_str());
        file.is_some_and(|file| spelling.leads_to(&format!("{folder}{}", doc.path.file_name()), file, usage))
    })
}

/// The pages of the folder that a path lies in.
fn siblings<'s>(site: &'s Site, path: &'s DocPath) -> impl Iterator<Item = &'s Doc> {
    let folder = path.folder();
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let from = site.docs.partition_point(|doc| doc.path.as_str() < &*prefix);
    let below = site.docs[from..].iter().take_while(move |doc| doc.path.as_str().starts_with(&prefix));
    below.filter(move |doc| doc.path.folder() == folder && !doc.is_navigation).take(MOST_SIBLINGS)
}

/// A heading, below the keys that all pages of the folder have.
fn content(site: &Site, path: &DocPath, title: &str, fragment: Option<&str>) -> String {
    let mut text = header(site, path, title);
    text.push_str(&format!("# {title}\n"));
    if let Some(fragment) = fragment {
        text.push_str(&format!("\n## {}\n", words(fragment)));
    }
    text
}

fn header(site: &Site, path: &DocPath, title: &str) -> String {
    let siblings: Vec<&Doc> = siblings(site, path).collect();
    let keys_of = |doc: &Doc| -> Vec<String> {
        let entries = doc.facts.front_matter.as_ref().map(|header| &*header.entries).unwrap_or_default();
        entries.iter().map(|entry| entry.key.value.of(&doc.text).to_owned()).collect()
    };
    let Some((first, others)) = siblings.split_first() else { return String::new() };
    let mut keys = keys_of(first);
    for other in others {
        let of_other = keys_of(other);
        keys.retain(|key| of_other.contains(key));
    }
    let (mark, sign) = match first.text.trim_start_matches('\u{feff}') {
        text if text.starts_with("---") => ("---", ": "),
        text if text.starts_with("+++") => ("+++", " = "),
        _ => return String::new(),
    };
    if keys.is_empty() {
        return String::new();
    }
    let empty = if mark == "---" { "" } else { "\"\"" };
    let line = |key: &String| match key.as_str() {
        "title" => format!("title{sign}{}\n", quoted(title)),
        key => format!("{}\n", format!("{key}{sign}{empty}").trim_end()),
    };
    format!("{mark}\n{}{mark}\n\n", keys.iter().map(line).collect::<String>())
}

/// A text as both YAML and TOML read it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// What a name or anchor says, as a heading.
fn words(name: &str) -> String {
    crate::words::capitalised(&name.replace(['-', '_'], " "))
}

/// Whether the text of a new page would have an anchor.
fn has_anchor(page: &Page<'_>, path: &DocPath, text: &str, name: &str) -> bool {
    let lines = LineIndex::new(text);
    let flavor = (page.dialect().flavor)(page.project, path);
    let facts: Facts = parse(text, &lines, flavor);
    let doc = Doc {
        path: path.clone(),
        text: text.into(),
        lines,
        flavor,
        facts: facts.into(),
        is_navigation: false,
    };
    let ids = (page.dialect().heading_ids)(page.project, &doc);
    ids.iter().flatten().any(|id| id == name)
}
