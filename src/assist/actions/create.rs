//! Makes the page that a link leads to and nobody has written yet.

use super::{Action, Request};
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
    if missing.why != Why::NoFile || is_image || !may_be_made(&page, path) {
        return None;
    }
    let shown = link.text.of(&page.doc.text).trim();
    let title = match shown.is_empty() || matches!(link.kind, LinkKind::Definition(_)) {
        true => words(path.file_stem()),
        false => shown.to_owned(),
    };
    let parts = (page.dialect().split)(link.target.destination(&page.doc.text));
    let fragment = parts.fragment.filter(|fragment| !fragment.trim().is_empty());
    let text = content(request.site, path, &title, fragment.as_deref());
    if fragment.is_some_and(|fragment| !has_anchor(&page, path, &text, &fragment)) {
        return None;
    }
    let title = format!("Create the page `{path}`");
    Some(Action { create: Some((path.clone(), text)), ..request.quick(finding, title, Vec::new()) })
}

/// Whether a page at a path would be one of the tree that the platform publishes: as those beside it are.
fn may_be_made(page: &Page<'_>, path: &DocPath) -> bool {
    let site = page.site;
    let is_plain = |name: char| !name.is_control() && !r#"<>:"|?*\"#.contains(name);
    let is_name = path.levels_above_root() == 0 && path.as_str().chars().all(is_plain);
    if !is_name || !is_page_name(path.file_name()) || site.files.find_any_case(path.as_str()).is_some() {
        return false;
    }
    let Some(published) = &page.project.published else { return true };
    let mut siblings = siblings(site, path).filter_map(|doc| site.files.find(doc.path.as_str()));
    siblings.any(|file| published.contains_key(&file))
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
