//! Microsoft Learn: docfx with OpenPublishing.
//!
//! Owns what the platform makes of headings and destinations; its configuration is read in `config`.

mod config;
mod docset;
pub(super) mod groups;
pub(super) mod navigation;
pub(super) mod reader;
mod redirections;

pub(super) use config::is_above;

use super::{Dialect, Usage, no_made_anchors, published_as_configured, slug};
use crate::facts::{Directive, Heading, HeadingId, Link, LinkKind};
use crate::finding::Level;
use crate::parse::Flavor;
use crate::path::{DocPath, joined, strip_folder};
use crate::site::{AddressKind, Doc, Found, Lookup, Outcome, Parts, Project, Why};

/// The platform.
pub static DIALECT: Dialect = Dialect {
    name: "learn",
    title: "Microsoft Learn",
    summary: "Microsoft Learn: docfx with OpenPublishing",
    root_mark: Some(config::PUBLISH_CONFIG),
    is_config: config::is_config,
    further_configs: config::further_configs,
    read_config: config::read,
    flavor: |_, path| Flavor::of(path, &[]),
    navigation: |_, _, text| navigation::read(text),
    publish: published_as_configured,
    heading_ids,
    takes_id: |_| true,
    makes_anchor,
    made_anchors: no_made_anchors,
    same_anchor: |_| None,
    split: Parts::decode_then_split,
    usage,
    resolve,
    includes_are_text: false,
    miscased_anchor: Level::Error,
    levels: &[("case-mismatch", Some(Level::Info)), ("missing-front-matter", Some(Level::Warning))],
    reads_front_matter: true,
    code_protects_pipe: true,
    surplus_cells_add_columns: true,
    ends_table: is_block_markup,
    text_before_unmakes_table: true,
    text_after_unmakes_table: true,
    table_takes_all_lines: false,
    rooted_is_repository: false,
    tilde_is_project: true,
    publishes_what_is_listed: false,
};

pub(super) fn heading_ids(_: &Project, doc: &Doc) -> Vec<Option<String>> {
    let mut ids = slug::learn(&doc.facts.headings, &doc.text);
    for (heading, _) in tab_links(doc) {
        ids[heading as usize] = None;
    }
    ids
}

/// Tab headings become tabs: they take part in the numbering of ids, but no anchor is left.
fn tab_links(doc: &Doc) -> impl Iterator<Item = (HeadingId, &Link)> {
    doc.facts.links.iter().filter_map(|link| {
        let heading = link.heading?;
        let sole = sole_inline(&doc.facts.headings[heading as usize]);
        (sole && is_tab(link.target.destination(&doc.text))).then_some((heading, link))
    })
}

fn sole_inline(heading: &Heading) -> bool {
    !heading.html && heading.inlines == 1
}

/// `#tab/id` or `#tab/id/condition`, ids joined with `+`.
fn is_tab(destination: &str) -> bool {
    let Some(tab) = destination.strip_prefix("#tab/") else { return false };
    let (ids, condition) = tab.split_once('/').unwrap_or((tab, ""));
    let is_id = |id: &str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    ids.split('+').all(|id| !id.is_empty() && is_id(id)) && is_id(condition)
}

pub(super) fn makes_anchor(doc: &Doc, name: &str) -> bool {
    let of_a_tab = name.starts_with("tabgroup_") || name.starts_with("tabpanel_");
    name == "top" || of_a_tab && tab_links(doc).next().is_some()
}

pub(super) fn usage(doc: &Doc, link: &Link) -> Usage {
    if let Some(keyword) = &link.keyword {
        return keyword_usage(keyword.of(&doc.text));
    }
    match link.kind {
        LinkKind::Directive(index) => directive_usage(&doc.facts.directives[index as usize], link),
        LinkKind::Embed(_) => Usage::Nothing,
        _ if link.heading.is_some_and(|heading| sole_inline(&doc.facts.headings[heading as usize]))
            && is_tab(link.target.destination(&doc.text)) =>
        {
            Usage::Nothing
        }
        _ => Usage::Link,
    }
}

/// Whether a line is a `:::` zone, or `[!KEYWORD …]` and nothing else: to the platform no text.
pub(super) fn is_block_markup(line: &str) -> bool {
    let is_keyword = |line: &str| line.starts_with("[!") && !line.starts_with("[![") && line.ends_with(']');
    line.starts_with(":::") || is_keyword(line) && !line.contains('|')
}

/// What `[!KEYWORD [text](destination)]` is.
fn keyword_usage(keyword: &str) -> Usage {
    let keyword = keyword.to_ascii_lowercase();
    match keyword.split(['-', '+']).next().unwrap_or_default() {
        "include" => Usage::Include,
        "code" | "notebook" => Usage::Code,
        "video" => Usage::Nothing,
        _ => Usage::Link,
    }
}

fn directive_usage(directive: &Directive, link: &Link) -> Usage {
    let attribute = directive.attributes.iter().find(|(_, value)| *value == link.target.span);
    match (&*directive.name, attribute.map(|(name, _)| &**name)) {
        ("image", Some("source" | "lightbox" | "link")) | ("video", Some("source")) => Usage::Link,
        ("code", Some("source")) => Usage::Code,
        _ => Usage::Nothing,
    }
}

fn resolve(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Outcome {
    match AddressKind::of(destination) {
        AddressKind::LocalPath => Outcome::LocalPath,
        AddressKind::External if destination.starts_with("xref:") => Outcome::Skipped("xref"),
        AddressKind::External => {
            own_address(lookup, doc, destination, usage).unwrap_or(Outcome::Skipped("external"))
        }
        AddressKind::Rooted => {
            rooted(lookup, doc, &slashes(&Parts::decode_then_split(destination).path), usage)
        }
        AddressKind::Relative if destination.is_empty() => Outcome::Empty,
        AddressKind::Relative if usage == Usage::Include => {
            relative(lookup, doc, &slashes(destination), usage)
        }
        AddressKind::Relative => {
            let path = Parts::decode_then_split(destination).path;
            match path.trim() {
                "" => Outcome::ThisPage,
                path => relative(lookup, doc, &slashes(path), usage),
            }
        }
    }
}

pub(super) fn slashes(path: &str) -> std::borrow::Cow<'_, str> {
    if path.contains('\\') { path.replace('\\', "/").into() } else { path.into() }
}

/// An absolute address of the site, where the project publishes something there or a redirect leads on.
fn own_address(lookup: &Lookup<'_>, doc: &Doc, destination: &str, usage: Usage) -> Option<Outcome> {
    let path = Parts::decode_then_split(own_host_stripped(destination)?).path;
    lookup.project.below_base_path(&path)?;
    match rooted(lookup, doc, &path, usage) {
        Outcome::Skipped(_) | Outcome::RootedFile => None,
        outcome => Some(outcome),
    }
}

/// The rooted address that an absolute one is, where it is the site's own; a language before it is left out.
fn own_host_stripped(url: &str) -> Option<&str> {
    let hosts = ["https://learn.microsoft.com", "https://docs.microsoft.com"];
    let rooted = hosts.iter().find_map(|host| url.strip_prefix(host))?;
    let language = rooted.strip_prefix('/')?.split('/').next().unwrap_or_default();
    let is_language = matches!(language.as_bytes(), [_, _, b'-', region @ ..] if (2..=7).contains(&region.len()))
        && language.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    Some(if is_language { &rooted[1 + language.len()..] } else { rooted })
}

/// A rooted path is an address of the site, never a path of the repository.
fn rooted(lookup: &Lookup<'_>, doc: &Doc, path: &str, usage: Usage) -> Outcome {
    if let Some(mounted) = lookup.mounted(path) {
        return mounted_file(lookup, mounted, usage);
    }
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("yml") {
        return Outcome::RootedFile;
    }
    let Some(address) = lookup.project.below_base_path(path) else {
        return Outcome::Skipped("rooted on other sites");
    };
    match lookup.project.at_address(groups::without_index(address)) {
        [] => match lookup.redirects.at_address(path) {
            Some(redirect) => Outcome::Redirected(redirect),
            None if !lookup.project.has_pages_beside(address, lookup.files) => {
                Outcome::Skipped("rooted on other sites")
            }
            None => Outcome::missing(DocPath::join(lookup.project.folder.as_str(), address), Why::NoAddress),
        },
        [only] => Outcome::File(Found { item: *only, miscased: false }),
        several => Outcome::Address(lookup.nearest_first(several, doc)),
    }
}

/// An address below a mounted prefix: the file itself, or the page that is published there.
pub(super) fn mounted_file(lookup: &Lookup<'_>, path: DocPath, usage: Usage) -> Outcome {
    let published = ["", ".md", ".yml", "/index.md", "/index.yml"];
    let found = published.iter().find_map(|end| lookup.files.find_any_case(&format!("{path}{end}")));
    match found {
        Some(found) => Outcome::File(Found { item: found.item, miscased: false }),
        None => existing(lookup, path.as_str(), false, usage),
    }
}

fn relative(lookup: &Lookup<'_>, doc: &Doc, path: &str, usage: Usage) -> Outcome {
    let full = match path.strip_prefix("~/") {
        Some(in_docset) => joined(lookup.project.folder.as_str(), in_docset),
        None => joined(doc.path.folder(), path),
    };
    if path.ends_with('/')
        && navigation::is_toc(&doc.path)
        && let Some(toc) = navigation::toc_of(&full, lookup.files)
    {
        return Outcome::File(toc);
    }
    if full == ".." || full.starts_with("../") {
        return lookup.above_root(DocPath::new(&full));
    }
    existing(lookup, &full, path.ends_with('/'), usage)
}

fn existing(lookup: &Lookup<'_>, path: &str, names_folder: bool, usage: Usage) -> Outcome {
    let missing = |why| Outcome::missing(DocPath::new(path), why);
    match lookup.files.find_any_case(path) {
        Some(found) if !names_folder => return Outcome::File(found),
        Some(_) => return missing(Why::FileAsFolder),
        None => {}
    }
    let redirect = lookup.redirects.from(path).filter(|_| !names_folder);
    if let Some(redirect) = redirect {
        return match usage {
            usage if usage.is_link() => Outcome::Redirected(redirect),
            _ => missing(Why::Redirect(redirect)),
        };
    }
    let mut foreign = lookup.project.foreign_folders.iter();
    if foreign.any(|folder| strip_folder(path, folder.as_str()).is_some()) {
        return Outcome::Skipped("in other repositories");
    }
    missing(if lookup.files.find_folder(path).is_some() { Why::Folder } else { Why::NoFile })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_addresses_of_the_site() {
        let url =
            |rest: &str| own_host_stripped(&format!("https://learn.microsoft.com{rest}")).map(str::to_owned);
        assert_eq!(url("/en-us/a/b?c#d").as_deref(), Some("/a/b?c#d"));
        assert_eq!(url("/zh-hans-cn/a").as_deref(), Some("/a"));
        assert_eq!(url("/az-900/a").as_deref(), Some("/az-900/a"));
        assert_eq!(url("/azure/a").as_deref(), Some("/azure/a"));
        assert_eq!(url(".example.org/a"), None);
        assert_eq!(own_host_stripped("https://docs.microsoft.com/a"), Some("/a"));
    }
}
