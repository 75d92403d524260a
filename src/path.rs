//! `DocPath`: a file's place in the tree, the same on every operating system.
//!
//! Owns joining and normalising. Never touches the disk.

use std::fmt;
use std::sync::Arc;

/// A path relative to the root: `/`-separated, without `.`, empty or trailing segments.
///
/// Leading `..` segments stay: such a path names a place above the root. The root itself is the empty path.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocPath(Arc<str>);

impl DocPath {
    /// Normalises `path`, which is already relative to the root.
    #[must_use]
    pub fn new(path: &str) -> DocPath {
        DocPath(joined("", path).into())
    }

    /// The text of the path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last segment.
    #[must_use]
    pub fn file_name(&self) -> &str {
        memchr::memrchr(b'/', self.0.as_bytes()).map_or(&self.0, |slash| &self.0[slash + 1..])
    }

    /// The last segment without its extension.
    #[must_use]
    pub fn file_stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// The extension without its dot, empty if there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        self.file_name()[self.file_stem().len()..].trim_start_matches('.')
    }

    /// The folder that holds the file: empty for the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        memchr::memrchr(b'/', self.0.as_bytes()).map_or("", |slash| &self.0[..slash])
    }

    /// `link` as seen from `folder`; may lead above the root.
    #[must_use]
    pub fn join(folder: &str, link: &str) -> DocPath {
        DocPath(joined(folder, link).into())
    }

    /// How many levels above the root the path leads: 0 inside the root.
    #[must_use]
    pub fn levels_above_root(&self) -> usize {
        self.0.split('/').take_while(|segment| *segment == "..").count()
    }

    /// The rest of the path below `folder`; `None` where it lies elsewhere.
    #[must_use]
    pub fn below<'p>(&'p self, folder: &str) -> Option<&'p str> {
        strip_folder(&self.0, folder)
    }

    /// How many folders, counted from the root, the file shares with another.
    #[must_use]
    pub fn folders_shared_with(&self, other: &DocPath) -> usize {
        let folders = self.folder().split('/').zip(other.folder().split('/'));
        folders.take_while(|(one, other)| !one.is_empty() && one == other).count()
    }

    /// The path to write in a page of `folder` to reach this file.
    #[must_use]
    pub fn relative_to(&self, folder: &str) -> String {
        let mut from: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
        let to: Vec<&str> = self.0.split('/').filter(|s| !s.is_empty()).collect();
        let common = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
        from.drain(..common);
        let mut path = "../".repeat(from.len());
        path.push_str(&to[common..].join("/"));
        if path.is_empty() {
            path.push('.');
        }
        path
    }
}

impl fmt::Display for DocPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DocPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl std::borrow::Borrow<str> for DocPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The rest of `path` below `folder`; `None` where it lies elsewhere.
#[must_use]
pub fn strip_folder<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix('/')
}

/// `link` as seen from `folder`, which is normal already; for lookups that need no [`DocPath`].
#[must_use]
pub fn joined(folder: &str, link: &str) -> String {
    let mut normal = String::with_capacity(folder.len() + 1 + link.len());
    normal.push_str(folder);
    let mut rest = link;
    while !rest.is_empty() {
        let end = memchr::memchr(b'/', rest.as_bytes()).unwrap_or(rest.len());
        add_segment(&mut normal, &rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    normal
}

fn add_segment(normal: &mut String, segment: &str) {
    match segment {
        "" | "." => {}
        ".." if !normal.is_empty() && !leads_up(normal) => {
            normal.truncate(memchr::memrchr(b'/', normal.as_bytes()).unwrap_or(0));
        }
        _ => {
            if !normal.is_empty() {
                normal.push('/');
            }
            normal.push_str(segment);
        }
    }
}

fn leads_up(normal: &str) -> bool {
    normal == ".." || normal.ends_with("/..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_and_normalises() {
        assert_eq!(DocPath::join("a/b", "../c//./d.md").as_str(), "a/c/d.md");
        assert_eq!(DocPath::join("a", "../../x").as_str(), "../x");
        assert_eq!(DocPath::join("", "../../x").levels_above_root(), 2);
        assert_eq!(DocPath::join("a", "b../c").as_str(), "a/b../c");
        assert_eq!(DocPath::join("a..", "../c").as_str(), "c");
    }

    #[test]
    fn writes_relative_paths() {
        let path = DocPath::new("a/b/c.md");
        assert_eq!(path.relative_to("a/b"), "c.md");
        assert_eq!(path.relative_to("a/x/y"), "../../b/c.md");
        assert_eq!(path.relative_to(""), "a/b/c.md");
    }

    #[test]
    fn splits_names() {
        let path = DocPath::new("a/.hidden");
        assert_eq!((path.file_stem(), path.extension()), (".hidden", ""));
        let path = DocPath::new("a/b.tar.gz");
        assert_eq!((path.file_stem(), path.extension()), ("b.tar", "gz"));
    }
}
