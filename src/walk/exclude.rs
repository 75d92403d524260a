//! The globs of `exclude`: gitignore syntax, relative to the root.
//!
//! Never touches the disk.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::path::DocPath;

/// What is wrong with a glob of `exclude`; `None` if it can be used.
#[must_use]
pub fn glob_fault(glob: &str) -> Option<String> {
    match GitignoreBuilder::new("").add_line(None, glob) {
        Ok(_) => None,
        Err(ignore::Error::Glob { err, .. }) => Some(err),
        Err(other) => Some(other.to_string()),
    }
}

/// The globs, compiled.
pub(super) struct Exclude(Option<Gitignore>);

impl Exclude {
    pub(super) fn new(globs: &[String]) -> Exclude {
        let mut builder = GitignoreBuilder::new("");
        for glob in globs.iter().filter(|glob| glob_fault(glob).is_none()) {
            let _ = builder.add_line(None, glob);
        }
        Exclude(builder.build().ok().filter(|globs| !globs.is_empty()))
    }

    pub(super) fn matches(&self, page: &DocPath) -> bool {
        let is_ignored =
            |globs: &Gitignore| globs.matched_path_or_any_parents(page.as_str(), false).is_ignore();
        self.0.as_ref().is_some_and(is_ignored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_gitignore_lines() {
        let globs = ["vendor/", "/drafts/*.md", "!/drafts/kept.md"].map(String::from);
        let exclude = Exclude::new(&globs);
        let excluded = ["vendor/a.md", "docs/vendor/b/c.md", "drafts/d.md"];
        let kept = ["vendored.md", "drafts/kept.md", "docs/drafts/d.md", "drafts/deep/d.md", "vendor"];
        assert!(excluded.iter().all(|path| exclude.matches(&DocPath::new(path))));
        assert!(kept.iter().all(|path| !exclude.matches(&DocPath::new(path))));
    }

    #[test]
    fn a_faulty_glob_is_told_and_excludes_nothing() {
        assert_eq!(glob_fault("docs/**/x"), None);
        assert!(glob_fault("a[z-b]").is_some_and(|fault| fault.contains("invalid range")));
        let exclude = Exclude::new(&["a[z-b]".to_owned(), "b.md".to_owned()]);
        assert!(exclude.matches(&DocPath::new("b.md")) && !exclude.matches(&DocPath::new("a.md")));
    }
}
