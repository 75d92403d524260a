//! Which pages something is for that the configuration of a folder says.
//!
//! Owns what holds where folders refine each other. Does not know what it is that holds.

use std::fmt;

use rustc_hash::FxHashMap;

use crate::glob::Globs;
use crate::path::DocPath;

/// The pages below a folder; some of them where there are patterns, which are relative to the folder.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    folder: DocPath,
    files: Option<Globs>,
}

impl Scope {
    /// All pages below a folder.
    #[must_use]
    pub fn folder(folder: DocPath) -> Scope {
        Scope { folder, files: None }
    }

    /// The pages below a folder that patterns match.
    #[must_use]
    pub fn files(folder: DocPath, files: Globs) -> Scope {
        Scope { folder, files: Some(files) }
    }

    /// Whether a page is meant, by its path from the root.
    #[must_use]
    pub fn matches(&self, path: &DocPath) -> bool {
        path.below(self.folder.as_str()).is_some_and(|below| self.files_match(below))
    }

    fn files_match(&self, below: &str) -> bool {
        self.files.as_ref().is_none_or(|files| files.matches(below))
    }
}

/// Values, each for a scope. To look up a page takes as long as its path is deep, however many folders there are.
#[derive(Clone)]
pub struct ByFolder<T> {
    by_folder: FxHashMap<DocPath, Vec<(Scope, T)>>,
}

impl<T> ByFolder<T> {
    /// Adds a value, which is stronger than those before it of the same folder, and of the folders above.
    pub fn push(&mut self, scope: Scope, value: T) {
        self.by_folder.entry(scope.folder.clone()).or_default().push((scope, value));
    }

    /// What holds for a page, the strongest last.
    #[must_use]
    pub fn at(&self, path: &DocPath) -> Vec<&T> {
        let mut values = Vec::new();
        if self.by_folder.is_empty() {
            return values;
        }
        let path = path.as_str();
        let ends = memchr::memchr_iter(b'/', path.as_bytes());
        for end in std::iter::once(0).chain(ends) {
            let Some(entries) = self.by_folder.get(&path[..end]) else { continue };
            let below = path[end..].trim_start_matches('/');
            values
                .extend(entries.iter().filter(|(scope, _)| scope.files_match(below)).map(|(_, value)| value));
        }
        values
    }

    /// All values, in no order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.by_folder.values().flatten().map(|(_, value)| value)
    }

    /// Other values for the same scopes.
    #[must_use]
    pub fn map<U>(self, to: impl Fn(T) -> U) -> ByFolder<U> {
        let entries = |entries: Vec<(Scope, T)>| {
            entries.into_iter().map(|(scope, value)| (scope, to(value))).collect::<Vec<_>>()
        };
        let by_folder = self.by_folder.into_iter().map(|(folder, of_it)| (folder, entries(of_it)));
        ByFolder { by_folder: by_folder.collect() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_folder.is_empty()
    }
}

impl<T> Default for ByFolder<T> {
    fn default() -> ByFolder<T> {
        ByFolder { by_folder: FxHashMap::default() }
    }
}

impl<T: fmt::Debug> fmt::Debug for ByFolder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.by_folder.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glob::Case;

    fn files(folder: &str, pattern: &str) -> Scope {
        let globs = Globs::like_gitignore([pattern], Case::Sensitive).unwrap();
        Scope::files(DocPath::new(folder), globs)
    }

    #[test]
    fn deeper_folders_are_stronger_and_patterns_are_relative_to_theirs() {
        let mut values = ByFolder::default();
        values.push(Scope::folder(DocPath::new("a/b")), 3);
        values.push(Scope::folder(DocPath::new("a")), 2);
        values.push(files("a", "/x.md"), 4);
        values.push(files("", "*.md"), 1);
        let at = |path| values.at(&DocPath::new(path)).into_iter().copied().collect::<Vec<i32>>();
        assert_eq!(at("a/b/x.md"), [1, 2, 3]);
        assert_eq!(at("a/x.md"), [1, 2, 4]);
        assert_eq!(at("ab/x.md"), [1]);
        assert_eq!(at("ab/x.txt"), Vec::<i32>::new());
        for (scope, path, expected) in [
            (files("a", "/x.md"), "a/x.md", true),
            (files("a", "/x.md"), "x.md", false),
            (files("a[b", "x.md"), "a[b/c/x.md", true),
            (Scope::folder(DocPath::new("a")), "ab/x.md", false),
            (Scope::default(), "x.md", true),
        ] {
            assert_eq!(scope.matches(&DocPath::new(path)), expected, "{scope:?} {path}");
        }
    }
}
