//! The repository as its readers know it: which web addresses are files of this tree.

use super::files::fold;

/// The repository that the tree is a clone of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Host, owner and name, folded: `github.com/owner/name`.
    address: Box<str>,
    /// The branches of which the tree may be a copy.
    branches: Vec<String>,
}

/// Which repository the tree is, as far as the configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OwnRepository {
    /// The one that git tells.
    #[default]
    Detected,
    /// None whose addresses are judged.
    Unjudged,
    /// The one at this address.
    At(String),
}

/// The commonest names of main branches, for where git does not tell it.
const MAIN_BRANCHES: [&str; 2] = ["main", "master"];

/// What stands between a repository's address and a branch where the rest is a path.
const VIEWS: [&str; 5] = ["blob/", "tree/", "raw/", "blame/", "edit/"];

impl Repository {
    /// The repository at a web address; without branches, its main one.
    #[must_use]
    pub fn new(address: &str, mut branches: Vec<String>) -> Repository {
        if branches.is_empty() {
            branches = MAIN_BRANCHES.map(str::to_owned).into();
        }
        branches.push("HEAD".to_owned());
        Repository { address: fold(without_scheme(address).unwrap_or(address)), branches }
    }

    /// The path from the repository's root in the address of one of its files, on a branch that the tree is a copy of.
    #[must_use]
    pub fn path_in<'u>(&self, url: &'u str) -> Option<&'u str> {
        let url = without_scheme(url)?;
        let reference = match below(url, &self.address) {
            Some(view) => VIEWS.iter().find_map(|name| view.strip_prefix(name))?,
            None => below(
                url.strip_prefix("raw.githubusercontent.com/")?,
                self.address.strip_prefix("github.com/")?,
            )?,
        };
        let reference = reference.strip_prefix("refs/heads/").unwrap_or(reference);
        let paths = self.branches.iter().filter_map(|branch| {
            let rest = reference.strip_prefix(branch.as_str())?;
            if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
        });
        paths.min_by_key(|path| path.len())
    }
}

fn without_scheme(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    Some(rest.strip_prefix("www.").unwrap_or(rest))
}

/// What follows `head` and a `/`, letter case ignored.
fn below<'u>(url: &'u str, head: &str) -> Option<&'u str> {
    let same = url.get(..head.len())?.eq_ignore_ascii_case(head);
    url[head.len()..].strip_prefix('/').filter(|_| same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_files() {
        let repository = Repository::new("https://GitHub.com/owner/name", Vec::new());
        for (url, path) in [
            ("https://github.com/owner/name/blob/main/docs/a.md", Some("docs/a.md")),
            ("http://www.github.com/Owner/NAME/raw/master/a.png", Some("a.png")),
            ("https://github.com/owner/name/tree/HEAD", Some("")),
            ("https://github.com/owner/name/tree/main/", Some("")),
            ("https://raw.githubusercontent.com/owner/name/main/a.png", Some("a.png")),
            ("https://raw.githubusercontent.com/owner/name/refs/heads/main/a.png", Some("a.png")),
            ("https://github.com/owner/name/blob/v1.0/a.md", None),
            ("https://github.com/owner/name/blob/Main/a.md", None),
            ("https://github.com/owner/name/blob/mainly/a.md", None),
            ("https://github.com/owner/name/issues/1", None),
            ("https://github.com/owner/names/blob/main/a.md", None),
            ("https://github.com/owner/name", None),
            ("https://example.org/owner/name/blob/main/a.md", None),
            ("https://github.com/é", None),
            ("github.com/owner/name/blob/main/a.md", None),
        ] {
            assert_eq!(repository.path_in(url), path, "{url}");
        }
    }

    #[test]
    fn the_longest_branch_counts() {
        let branches = ["new", "new/menu"].map(str::to_owned).into();
        let repository = Repository::new("https://github.com/owner/name", branches);
        let path = |url: &'static str| repository.path_in(url);
        assert_eq!(path("https://github.com/owner/name/blob/new/menu/a.md"), Some("a.md"));
        assert_eq!(path("https://github.com/owner/name/blob/new/a.md"), Some("a.md"));
        assert_eq!(path("https://github.com/owner/name/blob/main/a.md"), None);
    }
}
