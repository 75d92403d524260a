//! What git's own files say of the repository: where it was cloned from, and which branch this is.
//!
//! Reads four small files and starts no process. Each may be missing or say anything.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the repository was cloned from, and the branches of which the files may be a copy.
#[derive(Debug, Default)]
pub(super) struct Origin {
    pub(super) address: Option<String>,
    pub(super) branches: Vec<String>,
}

/// What git's files say of the repository whose root that folder is.
pub(super) fn origin(git_root: &Path) -> Origin {
    let Some(own) = own_folder(git_root) else { return Origin::default() };
    let shared = named_in(&own, "commondir", "").unwrap_or_else(|| own.clone());
    let address = read(&shared.join("config")).and_then(|config| web_address(url_of_origin(&config)?));
    let checked_out = branch(&own.join("HEAD"), "ref: refs/heads/");
    let main = branch(&shared.join("refs/remotes/origin/HEAD"), "ref: refs/remotes/origin/");
    let main = main.map_or_else(|| vec!["main".to_owned(), "master".to_owned()], |main| vec![main]);
    let mut branches: Vec<String> = checked_out.into_iter().chain(main).collect();
    branches.dedup();
    Origin { address, branches }
}

/// `.git`, or in a worktree or submodule the folder that the file of that name tells.
fn own_folder(git_root: &Path) -> Option<PathBuf> {
    let dot_git = git_root.join(".git");
    if dot_git.is_dir() { Some(dot_git) } else { named_in(git_root, ".git", "gitdir: ") }
}

/// The folder that a file of `folder` names, after a keyword.
fn named_in(folder: &Path, file: &str, keyword: &str) -> Option<PathBuf> {
    let text = read(&folder.join(file))?;
    Some(folder.join(text.strip_prefix(keyword)?.trim_end()))
}

fn branch(head: &Path, keyword: &str) -> Option<String> {
    let text = read(head)?;
    Some(text.strip_prefix(keyword)?.trim_end().to_owned())
}

/// The text of a file of git's; what only pretends to be one, such as a pipe, is not waited for.
fn read(file: &Path) -> Option<String> {
    const LARGEST: u64 = 1 << 20;
    let is_small_file = |found: &fs::Metadata| found.is_file() && found.len() <= LARGEST;
    fs::metadata(file).ok().filter(is_small_file)?;
    fs::read_to_string(file).ok()
}

fn url_of_origin(config: &str) -> Option<&str> {
    let mut of_origin = false;
    let mut url = None;
    for line in config.lines().map(str::trim) {
        if line.starts_with('[') {
            of_origin = line.starts_with("[remote \"origin\"]");
        } else if let Some((key, value)) = line.split_once('=')
            && of_origin
            && key.trim_end().eq_ignore_ascii_case("url")
        {
            url = Some(value.split(" #").next().unwrap_or_default().trim().trim_matches('"'));
        }
    }
    url
}

/// The address that browsers know: of `git@host:owner/name.git` it is `https://host/owner/name`.
fn web_address(url: &str) -> Option<String> {
    let (place, path) = match url.split_once("://") {
        Some((scheme, rest)) => {
            let known = ["https", "http", "ssh", "git", "git+ssh"].contains(&scheme);
            rest.split_once('/').filter(|_| known)?
        }
        None => url.split_once(':').filter(|(place, _)| !place.contains(['/', '\\']))?,
    };
    let host = place.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let path = path.trim_matches('/').trim_end_matches(".git");
    let is_host = host.contains('.') && !path.is_empty();
    is_host.then(|| format!("https://{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_browsers_know() {
        for (url, address) in [
            ("https://github.com/owner/name.git", Some("https://github.com/owner/name")),
            ("https://user:token@github.com/owner/name/", Some("https://github.com/owner/name")),
            ("git@github.com:owner/name.git", Some("https://github.com/owner/name")),
            ("ssh://git@github.com:22/owner/name.git", Some("https://github.com/owner/name")),
            ("git://github.com/owner/name", Some("https://github.com/owner/name")),
            ("../name.git", None),
            ("file:///srv/name.git", None),
            ("C:\\name", None),
            ("gh:owner/name", None),
            ("https://github.com/", None),
            ("", None),
        ] {
            assert_eq!(web_address(url).as_deref(), address, "{url}");
        }
    }

    #[test]
    fn the_remote_named_origin_counts() {
        let config = "[core]\n\turl = a\n[remote \"fork\"]\n\turl = b\n[remote \"origin\"]\n\tfetch = x\n\tURL = c # d\n[branch \"x\"]\n\turl = e\n";
        assert_eq!(url_of_origin(config), Some("c"));
        assert_eq!(url_of_origin("[remote \"origin\"]\nurl"), None);
    }
}
