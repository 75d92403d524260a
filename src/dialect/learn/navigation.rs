//! Navigation as docfx has it: tables of contents, and the pages made of YAML whose values are links.
//!
//! Owns which values are links. Knows nothing of what they lead to.

use crate::data::{Value, yaml};
use crate::dialect::navigation::link;
use crate::facts::{Facts, Link, Shown};
use crate::path::{DocPath, joined};
use crate::site::{FileId, Files, Found};

/// The schemas of YAML whose links are its authors'. What tools generate is theirs.
const SCHEMAS: &[&str] = &["FAQ", "Hub", "Landing", "TableOfContent"];

const DESTINATIONS: &[&str] = &["href", "homepage", "imageSrc", "src", "tocHref", "topicHref", "url"];

/// The names under which a folder's table of contents is looked for.
pub const TOC_NAMES: &[&str] = &["toc.yml", "toc.md", "toc.json"];

/// Whether a file is a table of contents.
#[must_use]
pub fn is_toc(path: &DocPath) -> bool {
    TOC_NAMES.iter().any(|name| path.file_name().eq_ignore_ascii_case(name))
}

/// A folder's table of contents.
#[must_use]
pub fn toc_of(folder: &str, files: &Files) -> Option<Found<FileId>> {
    let found = TOC_NAMES.iter().find_map(|name| files.find_any_case(&joined(folder, name)))?;
    Some(Found { miscased: false, ..found })
}

/// Whether the values of a YAML file are links.
#[must_use]
pub fn is_navigation(path: &DocPath, text: &str) -> bool {
    is_toc(path) || schema(text).is_some_and(|schema| SCHEMAS.contains(&schema))
}

/// `### YamlMime:Hub`, in the first line.
fn schema(text: &str) -> Option<&str> {
    let line = text.trim_start_matches('\u{feff}').lines().next()?;
    let (mark, schema) = line.strip_prefix('#')?.trim_start_matches('#').split_once(':')?;
    (mark.trim() == "YamlMime").then_some(schema.trim())
}

/// The links of a navigation file; of one that is no YAML none.
#[must_use]
pub fn read(text: &str) -> Facts {
    let mut facts = Facts::default();
    if let Ok((value, _)) = yaml::parse(text) {
        collect(&value, text, &mut facts.links);
    }
    facts.links.sort_by_key(|link| link.span.start);
    facts
}

fn collect(value: &Value, text: &str, links: &mut Vec<Link>) {
    for item in value.as_array().unwrap_or_default() {
        collect(item, text, links);
    }
    for member in value.members() {
        let key = &*member.key.value;
        match member.value.as_str() {
            Some(destination) if DESTINATIONS.contains(&key) && !is_name_of_site(key, destination) => {
                links.push(link(destination, member.value.span, shown(value), text));
            }
            _ => collect(&member.value, text, links),
        }
    }
}

/// Whether a rooted value is no page's address: images there are the platform's own, and a breadcrumb's `tocHref` says
/// where the addresses begin to which it belongs.
fn is_name_of_site(key: &str, destination: &str) -> bool {
    matches!(key, "imageSrc" | "tocHref") && destination.starts_with('/') || destination.is_empty()
}

/// What readers see of an entry.
fn shown(entry: &Value) -> Shown {
    let name = ["name", "title", "text"].into_iter().find_map(|key| entry.get(key)?.as_str());
    name.map(|name| Shown::Copy(name.into())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destinations(text: &str) -> Vec<(&str, &str)> {
        let facts = read(text);
        let link = |link: &Link| (link.target.span, link.text.clone());
        let links: Vec<_> = facts.links.iter().map(link).collect();
        links.into_iter().map(|(span, shown)| (span.of(text), name(&shown))).collect()
    }

    fn name(shown: &Shown) -> &'static str {
        match shown.of("") {
            "Start" => "Start",
            "" => "",
            _ => "other",
        }
    }

    #[test]
    fn finds_the_links_of_a_table_of_contents() {
        let toc =
            "items:\n- name: Start\n  href: 'a b.md#x'\n  items:\n  - tocHref: /base/\n    topicHref: sub/\n";
        assert_eq!(destinations(toc), [("a b.md#x", "Start"), ("sub/", "")]);
        assert_eq!(destinations("- href: \"a\\u002emd\"\n"), [("\"a\\u002emd\"", "")]);
        assert_eq!(destinations("- href: [\n"), []);
    }

    #[test]
    fn knows_the_schemas_whose_links_are_their_authors() {
        let page = DocPath::new("a/index.yml");
        assert!(
            is_navigation(&page, "### YamlMime:Landing\n") && is_navigation(&page, "\u{feff}#YamlMime: Hub")
        );
        assert!(
            !is_navigation(&page, "### YamlMime:ManagedReference\n") && !is_navigation(&page, "title: x")
        );
        assert!(is_navigation(&DocPath::new("a/TOC.yml"), ""));
    }
}
