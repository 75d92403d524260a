//! How Hugo writes names and addresses.
//!
//! Owns the spelling only: which page has which address is found out in `content`.

use crate::path::joined;

/// An address as Hugo writes it: with a final `/`, unless it is a file's.
#[must_use]
pub fn as_linked(address: &str) -> Box<str> {
    let slash = if address.is_empty() || is_file(address) { "" } else { "/" };
    format!("{address}{slash}").into()
}

/// Whether an address ends in a file's name.
#[must_use]
pub fn is_file(address: &str) -> bool {
    matches!(extension(address), "html" | "htm" | "xml" | "json" | "txt")
}

/// A path or name as Hugo compares it: small letters, `-` for blanks, without most of what is no letter.
#[must_use]
pub fn normal(path: &str) -> String {
    let keep = |c: &char| c.is_alphanumeric() || is_mark(*c) || "./\\_#+~-@%".contains(*c);
    let dashes = path.trim().chars().map(|c| if c.is_whitespace() { '-' } else { c });
    dashes.filter(keep).collect::<String>().to_lowercase()
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A pattern such as `/:year/:slug/` filled in; `None` where it asks for what is not known here.
#[must_use]
pub fn permalink<'d>(
    pattern: &str,
    name: &str,
    stem: &str,
    slug: Option<&str>,
    front: &impl Fn(&'static str) -> Option<&'d str>,
) -> Option<String> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let last = name.rsplit('/').next().unwrap_or_default();
    let date = || front("date").filter(|date| date.len() >= 10 && date.is_ascii());
    let mut address = String::new();
    let mut parts = pattern.split(':');
    address.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        let (token, rest) = part.split_at(end);
        let value = match token {
            "slug" => normal(slug.or_else(|| front("title"))?),
            "title" => normal(front("title")?),
            "slugorcontentbasename" | "slugorfilename" => slug.map_or_else(|| last.to_owned(), normal),
            "contentbasename" => last.to_owned(),
            "filename" => normal(stem),
            "section" => folder.split('/').next().unwrap_or_default().to_owned(),
            "sections" if !rest.starts_with('[') => folder.to_owned(),
            "year" => date()?[..4].to_owned(),
            "month" => date()?[5..7].to_owned(),
            "day" => date()?[8..10].to_owned(),
            _ => return None,
        };
        address.push_str(&value.replace('/', if token == "sections" { "/" } else { "-" }));
        address.push_str(rest);
    }
    Some(joined("", &address))
}

/// The extension of a path, empty if there is none.
#[must_use]
pub fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// A path and the folders above it, the nearest first; the last is the empty one.
pub fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        (!path.is_empty()).then(|| path.rfind('/').map_or("", |slash| &path[..slash]))
    })
}
