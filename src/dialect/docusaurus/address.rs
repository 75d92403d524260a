//! Where pages are published: their addresses, made of their paths and of what their headers say.

use super::part::{Kind, Part};
use super::{DIALECT, Site};
use crate::facts::{FrontMatter, Value};
use crate::path::{DocPath, joined};
use crate::site::{Doc, FileId, Files, Project, Redirect, fold};

/// Finds out what a project publishes, and where.
pub(super) fn publish(project: &mut Project, files: &Files, docs: &[Doc]) -> Vec<Redirect> {
    let Some(mut own) = project.own.take() else { return Vec::new() };
    if let Some(site) = own.downcast_mut::<Site>() {
        publish_site(project, site, files, docs);
    }
    project.own = Some(own);
    Vec::new()
}

fn publish_site(project: &mut Project, site: &mut Site, files: &Files, docs: &[Doc]) {
    let mut published = project.published.take().unwrap_or_default();
    for (id, path) in files.paths.iter().enumerate() {
        let id = id as FileId;
        if path.below(project.folder.as_str()).is_none() {
            continue;
        }
        if let Some(address) = site.statics.iter().find_map(|folder| path.below(folder.as_str())) {
            published.insert(id, address.into());
        } else if !crate::tree::is_page_name(path.file_name()) {
            // Where the platform puts it, only a link to the file knows.
            published.entry(id).or_insert_with(|| path.as_str().into());
        }
        let parts = site.parts.iter().enumerate();
        let mut parts = parts.filter_map(|(index, part)| Some((index, part, part.inside(path)?)));
        let Some((index, part, inside)) = parts.find(|(_, part, inside)| part.is_page(inside)) else {
            continue;
        };
        let header = docs.binary_search_by(|doc| doc.path.cmp(path)).ok().map(|at| Header::of(&docs[at]));
        let header = header.unwrap_or_default();
        let page = Page::new(part, inside, &header);
        let address =
            with_slash(joined(&part.route, &page.slug), page.slug.ends_with('/'), site.trailing_slash);
        if !header.is_true("draft") {
            let at = fold(address.trim_end_matches('/'));
            project.addresses.entry(at).or_default().push(id);
        }
        published.insert(id, address.into());
        if part.kind == Kind::Docs {
            site.ids.insert((index, page.id.into()), id);
        }
    }
    project.published = Some(published);
    debug_assert_eq!(project.dialect, &DIALECT);
}

fn with_slash(address: String, is_folder: bool, always: Option<bool>) -> String {
    if always.unwrap_or(is_folder) && !address.is_empty() { format!("{address}/") } else { address }
}

/// The header of a page.
#[derive(Default)]
struct Header<'d> {
    front_matter: Option<&'d FrontMatter>,
    text: &'d str,
}

impl<'d> Header<'d> {
    fn of(doc: &'d Doc) -> Header<'d> {
        Header { front_matter: doc.facts.front_matter.as_ref(), text: &doc.text }
    }

    fn get(&self, key: &str) -> Option<&'d str> {
        match &self.front_matter?.get(key, self.text)?.value.value {
            Value::Scalar(text) => Some(text.of(self.text)),
            _ => None,
        }
    }

    fn is_true(&self, key: &str) -> bool {
        self.get(key) == Some("true")
    }
}

/// What a page is called.
struct Page {
    /// Its address below its part's route, with a `/` at the end where the platform has one there.
    slug: String,
    /// What sidebars call it.
    id: String,
}

impl Page {
    fn new(part: &Part, inside: &str, header: &Header<'_>) -> Page {
        match part.kind {
            Kind::Docs => doc(part, inside, header),
            Kind::Blog => {
                Page { slug: own_slug(header).unwrap_or_else(|| post_slug(inside)), id: String::new() }
            }
            Kind::Pages => {
                Page { slug: own_slug(header).unwrap_or_else(|| page_slug(inside)), id: String::new() }
            }
        }
    }
}

fn own_slug(header: &Header<'_>) -> Option<String> {
    header.get("slug").map(str::to_owned)
}

fn doc(part: &Part, inside: &str, header: &Header<'_>) -> Page {
    let path = DocPath::new(inside);
    let stem = path.file_stem();
    let strips = part.number_prefixes && header.get("parse_number_prefixes") != Some("false");
    let strip = |name: &str| if strips { without_number(name).to_owned() } else { name.to_owned() };
    let folder = path.folder().split('/').map(strip).collect::<Vec<_>>().join("/");
    let base = header.get("id").map_or_else(|| strip(stem), str::to_owned);
    let slug = match header.get("slug") {
        Some(slug) if slug.starts_with('/') => slug.to_owned(),
        Some(slug) => resolved(slug, &folder),
        None if is_index(stem, path.folder()) => format!("{folder}/"),
        None => resolved(&base, &folder),
    };
    Page { slug, id: joined(&folder, &base) }
}

fn resolved(slug: &str, folder: &str) -> String {
    let end = if slug.ends_with('/') { "/" } else { "" };
    format!("{}{end}", joined(folder, slug))
}

/// `index`, `readme`, or the name of the folder.
fn is_index(stem: &str, folder: &str) -> bool {
    let folder = folder.rsplit('/').next().unwrap_or_default();
    ["index", "readme"].iter().any(|index| stem.eq_ignore_ascii_case(index))
        || !folder.is_empty() && fold(stem) == fold(folder)
}

/// `intro` of `01-intro`; dates and versions such as `2024-01-intro` and `7.0-intro` stay.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == name.len() {
        return name;
    }
    let is_separator = |c: char| matches!(c, '-' | '_' | '.');
    let next = rest.strip_prefix(is_separator);
    if next.is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit())) {
        return name;
    }
    let separated = rest.trim_start().trim_start_matches(is_separator);
    let suffix = separated.trim_start();
    let has_separator = separated.len() < rest.trim_start().len();
    if has_separator && !suffix.is_empty() && !suffix.starts_with(is_separator) { suffix } else { name }
}

/// `2024/01/31/title` of `2024-01-31-title.md`.
fn post_slug(inside: &str) -> String {
    let path = DocPath::new(inside);
    let whole = joined(path.folder(), path.file_stem());
    let bare = whole.strip_suffix("/index").unwrap_or(&whole);
    let mut dates =
        (0..bare.len()).rev().filter_map(|at| Some((at, date_length(bare.as_bytes().get(at..)?)?)));
    match dates.next() {
        Some((at, length)) => {
            let date = bare[at..at + length].replace('-', "/");
            let rest = &bare[at + length..];
            let title = rest.strip_prefix(['-', '/']).unwrap_or(rest);
            format!("{date}/{}{title}", &bare[..at])
        }
        None => bare.to_owned(),
    }
}

/// The length of `2024-01-31` or `2024/1/31`.
fn date_length(bytes: &[u8]) -> Option<usize> {
    let digits = |at: usize, most: usize| {
        bytes.get(at..).unwrap_or_default().iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut at = 4;
    if digits(0, 4) < 4 {
        return None;
    }
    for _ in 0..2 {
        bytes.get(at).filter(|byte| matches!(byte, b'-' | b'/'))?;
        let length = digits(at + 1, 2);
        if length == 0 {
            return None;
        }
        at += 1 + length;
    }
    Some(at)
}

fn page_slug(inside: &str) -> String {
    let path = DocPath::new(inside);
    match path.file_stem().eq_ignore_ascii_case("index") {
        true if path.folder().is_empty() => String::new(),
        true => format!("{}/", path.folder()),
        false => joined(path.folder(), path.file_stem()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_names_are_taken_off() {
        let cases = [
            ("01-intro", "intro"),
            ("003 - intro", "intro"),
            ("1._-intro", "intro"),
            ("2024-01-intro", "2024-01-intro"),
            ("7.0-intro", "7.0-intro"),
            ("01", "01"),
            ("01-", "01-"),
            ("intro", "intro"),
            ("1intro", "1intro"),
        ];
        for (name, expected) in cases {
            assert_eq!(without_number(name), expected);
        }
    }

    #[test]
    fn posts_are_published_by_date() {
        let cases = [
            ("2024-01-31-title.md", "2024/01/31/title"),
            ("2024-01-31/index.md", "2024/01/31/"),
            ("news/2024-1-2-title/index.mdx", "2024/1/2/news/title"),
            ("2024/01/31/title.md", "2024/01/31/title"),
            ("title/index.md", "title"),
            ("title.md", "title"),
        ];
        for (path, expected) in cases {
            assert_eq!(post_slug(path), expected, "{path}");
        }
    }

    #[test]
    fn an_index_has_the_address_of_its_folder() {
        assert!(
            is_index("README", "a/b") && is_index("b", "a/B") && !is_index("a", "a/b") && !is_index("", "")
        );
        assert_eq!(
            (&*page_slug("index.js"), &*page_slug("a/Index.md"), &*page_slug("a/b.tsx")),
            ("", "a/", "a/b")
        );
    }
}
