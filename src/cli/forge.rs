//! What the environment of a CI job tells: where its files are shown, and where its summary goes.
//!
//! Reads the environment; does not know what is reported.

use std::path::PathBuf;

/// What comes before a path in the address of a file at the commit that is checked.
pub(super) fn source_url() -> Option<String> {
    source_url_of(variable)
}

/// The file that GitHub shows on the page of the job.
pub(super) fn job_summary() -> Option<PathBuf> {
    variable("GITHUB_STEP_SUMMARY").map(PathBuf::from)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn source_url_of(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let github = || {
        let (server, repository) = (variable("GITHUB_SERVER_URL")?, variable("GITHUB_REPOSITORY")?);
        Some(format!("{server}/{repository}/blob/{}/", variable("GITHUB_SHA")?))
    };
    let gitlab = || Some(format!("{}/-/blob/{}/", variable("CI_PROJECT_URL")?, variable("CI_COMMIT_SHA")?));
    github().or_else(gitlab)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_where_files_are_shown() {
        let of = |set: &[(&str, &str)]| {
            source_url_of(|name| {
                set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        let github = [
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_REPOSITORY", "a/b"),
            ("GITHUB_SHA", "1234"),
        ];
        assert_eq!(of(&github).as_deref(), Some("https://github.com/a/b/blob/1234/"));
        assert_eq!(of(&github[..2]), None);
        let gitlab = [("CI_PROJECT_URL", "https://gitlab.com/a/b"), ("CI_COMMIT_SHA", "5678")];
        assert_eq!(of(&gitlab).as_deref(), Some("https://gitlab.com/a/b/-/blob/5678/"));
    }
}
