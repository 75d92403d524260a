//! Path patterns: the only file that names `globset`.
//!
//! Owns what a pattern means and what is wrong with one. Matches paths relative to the root; never touches the disk.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A list of patterns; of those that match a path the last decides, and one with a leading `!` says no.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    set: GlobSet,
    /// For each glob of the set, whether its pattern says yes.
    includes: Vec<bool>,
    /// Whether any says no.
    excludes: bool,
}

/// Whether `A` is `a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// It is not.
    Sensitive,
    /// It is.
    Insensitive,
}

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlobFault {
    /// What is wrong, as a clause that follows the pattern: "leads out of the root".
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Globs {
    /// Patterns for the whole path from the root: `docs/*.md` does not match below `docs/a`, `**/*.md` does.
    ///
    /// # Errors
    /// The first pattern that is none.
    pub fn whole_path<'p>(
        patterns: impl IntoIterator<Item = &'p str>,
        case: Case,
    ) -> Result<Globs, GlobFault> {
        let globs = patterns.into_iter().map(|pattern| {
            let (includes, pattern) = sign(pattern);
            (includes, vec![pattern.to_owned()])
        });
        compile(globs, case)
    }

    /// Patterns as in `.gitignore`: one without a `/` inside matches at any depth, and one that names a folder
    /// matches all that is in it.
    ///
    /// # Errors
    /// The first pattern that is none; [`check`] says more.
    pub fn like_gitignore<'p>(
        patterns: impl IntoIterator<Item = &'p str>,
        case: Case,
    ) -> Result<Globs, GlobFault> {
        let globs = patterns.into_iter().map(|pattern| {
            let (includes, pattern) = sign(pattern);
            (includes, gitignore_globs(pattern))
        });
        compile(globs, case)
    }

    /// Whether the patterns say yes to a path.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        match self.excludes {
            false => self.set.is_match(path),
            true => self.set.matches(path).last().is_some_and(|&last| self.includes[last]),
        }
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.includes.is_empty()
    }
}

/// Says what is wrong with a pattern written by a person, to be read as in `.gitignore`.
///
/// # Errors
/// Where it is no pattern, or one that can match nothing.
pub fn check(pattern: &str) -> Result<(), GlobFault> {
    let fault = |message: &str, help: String| {
        Err(GlobFault { message: message.to_owned(), help: Some(help).filter(|help| !help.is_empty()) })
    };
    let (_, positive) = sign(pattern);
    if positive.trim_matches(['/', ' ', '\t']).is_empty() {
        return fault("matches nothing", "name a file, a folder or a glob such as `archive/**`".to_owned());
    }
    if pattern.starts_with('#') {
        return fault("is a comment, as in `.gitignore`", format!("write `\\{pattern}`"));
    }
    if positive.split('/').any(|segment| segment == "..") {
        return fault("leads out of the root", "globs are relative to the root".to_owned());
    }
    if positive.split('/').any(|segment| segment == ".") {
        let plain: Vec<&str> = pattern.split('/').filter(|segment| *segment != ".").collect();
        return fault("matches nothing: no path has a `.` in it", format!("write `{}`", plain.join("/")));
    }
    if separates_with_backslash(pattern) {
        return fault("separates folders with `\\`", format!("write `{}`", pattern.replace('\\', "/")));
    }
    Globs::like_gitignore([pattern], Case::Sensitive).map(|_| ())
}

fn sign(pattern: &str) -> (bool, &str) {
    pattern.strip_prefix('!').map_or((true, pattern), |positive| (false, positive))
}

/// A `\` before a letter or digit escapes nothing that needs it.
fn separates_with_backslash(pattern: &str) -> bool {
    let mut escaped = false;
    pattern.chars().any(|c| {
        let separates = escaped && c.is_alphanumeric();
        escaped = c == '\\' && !escaped;
        separates
    })
}

fn gitignore_globs(pattern: &str) -> Vec<String> {
    let folder_only = pattern.ends_with('/');
    let bare = pattern.trim_end_matches('/');
    let anchored = bare.contains('/');
    let bare = bare.trim_start_matches('/');
    let from_root = if anchored { bare.to_owned() } else { format!("**/{bare}") };
    let inside = format!("{from_root}/**");
    match folder_only {
        true => vec![inside],
        false => vec![from_root, inside],
    }
}

fn compile(patterns: impl Iterator<Item = (bool, Vec<String>)>, case: Case) -> Result<Globs, GlobFault> {
    let mut set = GlobSetBuilder::new();
    let mut includes = Vec::new();
    for (include, globs) in patterns {
        for glob in globs {
            let glob = GlobBuilder::new(&glob)
                .literal_separator(true)
                .backslash_escape(true)
                .case_insensitive(case == Case::Insensitive)
                .build()
                .map_err(|error| fault(&error))?;
            set.add(glob);
            includes.push(include);
        }
    }
    let set = set.build().map_err(|error| fault(&error))?;
    let excludes = includes.contains(&false);
    Ok(Globs { set, includes, excludes })
}

fn fault(error: &globset::Error) -> GlobFault {
    use globset::ErrorKind;
    let (message, help) = match error.kind() {
        ErrorKind::UnclosedClass => ("has a `[` without its `]`", Some("write `\\[` for the bracket itself")),
        ErrorKind::UnclosedAlternates => {
            ("has a `{` without its `}`", Some("write `\\{` for the brace itself"))
        }
        ErrorKind::UnopenedAlternates => {
            ("has a `}` without its `{`", Some("write `\\}` for the brace itself"))
        }
        ErrorKind::DanglingEscape => ("ends with a `\\` that escapes nothing", None),
        ErrorKind::InvalidRange(from, to) => {
            let message = format!("has a range that runs backwards: `{from}-{to}`");
            return GlobFault { message, help: Some(format!("write `{to}-{from}`")) };
        }
        other => return GlobFault { message: format!("is no glob: {other}"), help: None },
    };
    GlobFault { message: message.to_owned(), help: help.map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gitignore(patterns: &[&str], path: &str) -> bool {
        Globs::like_gitignore(patterns.iter().copied(), Case::Sensitive).unwrap().matches(path)
    }

    #[test]
    fn reads_patterns_as_git_does() {
        let matching = [
            ("archive", "archive/a.md"),
            ("archive", "docs/archive/a/b.md"),
            ("archive/", "docs/archive/a.md"),
            ("/archive", "archive/a.md"),
            ("docs/archive", "docs/archive/a.md"),
            ("archive/**", "archive/a/b.md"),
            ("*.draft.md", "docs/a.draft.md"),
            ("docs/**/old.md", "docs/old.md"),
            ("docs/{a,b}.md", "docs/b.md"),
            ("\\[id\\].md", "docs/[id].md"),
            ("README.md", "README.md"),
            ("/drafts/*.md", "drafts/d.md"),
        ];
        for (pattern, path) in matching {
            assert!(gitignore(&[pattern], path), "{pattern} {path}");
        }
        let failing = [
            ("/archive", "docs/archive/a.md"),
            ("docs/archive", "a/docs/archive/a.md"),
            ("archive/", "archive"),
            ("docs/*.md", "docs/a/b.md"),
            ("archive", "archived/a.md"),
            ("/drafts/*.md", "drafts/deep/d.md"),
            ("readme.md", "README.md"),
        ];
        for (pattern, path) in failing {
            assert!(!gitignore(&[pattern], path), "{pattern} {path}");
        }
    }

    #[test]
    fn the_last_match_decides() {
        let patterns = ["docs/**", "!docs/keep/**", "docs/keep/not.md"];
        assert!(gitignore(&patterns, "docs/a.md"));
        assert!(!gitignore(&patterns, "docs/keep/a.md"));
        assert!(gitignore(&patterns, "docs/keep/not.md"));
        assert!(!gitignore(&["!docs"], "docs/a.md"));
        assert!(!gitignore(&[], "docs/a.md"));
    }

    #[test]
    fn matches_whole_paths_in_any_case() {
        let globs = Globs::whole_path(["**/*.md", "!includes/**"], Case::Insensitive).unwrap();
        assert!(globs.matches("A.MD"));
        assert!(globs.matches("docs/a.md"));
        assert!(!globs.matches("Includes/a.md"));
        assert!(!Globs::whole_path(["*.md"], Case::Insensitive).unwrap().matches("docs/a.md"));
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("", "matches nothing"),
            ("!", "matches nothing"),
            ("/", "matches nothing"),
            ("#a", "is a comment, as in `.gitignore`"),
            ("../a", "leads out of the root"),
            ("./a", "matches nothing: no path has a `.` in it"),
            ("docs\\internal", "separates folders with `\\`"),
            ("a[b", "has a `[` without its `]`"),
            ("a{b", "has a `{` without its `}`"),
            ("a}b", "has a `}` without its `{`"),
            ("a\\", "ends with a `\\` that escapes nothing"),
            ("[z-a]", "has a range that runs backwards: `z-a`"),
        ];
        for (pattern, message) in cases {
            assert_eq!(check(pattern).unwrap_err().message, message, "{pattern}");
        }
        for pattern in ["a", "!a", "\\#a", "\\!a", "a\\*b", "**", "*.md", "a/**/b"] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
    }
}
