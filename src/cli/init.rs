//! `waypost init`: writes a commented `waypost.toml` that fits the tree.
//!
//! The text is a pure function of what was detected; only [`run`] touches the disk.

use std::io::Write;
use std::path::Path;

use super::args::InitArgs;
use super::{Failure, NOTHING_FOUND};
use crate::config::FILE_NAME;
use crate::dialect::{self, DIALECTS, Dialect};
use crate::finding::Level;
use crate::fix;
use crate::glob::Globs;
use crate::nearest::enumerate;
use crate::open::{Source, shown};
use crate::path::DocPath;
use crate::rules::{RULES, Rule};
use crate::site::{Files, Settings};
use crate::tree::Tree;
use crate::walk;
use crate::words::{quoted, visible};

/// What is known of the tree that is to be configured.
pub struct Detected {
    /// The platform that publishes it.
    pub dialect: &'static Dialect,
    /// The platform's files at the root that tell so.
    pub told_by: Vec<String>,
    /// The base path of rooted links, if one was inferred.
    pub base_path: Option<String>,
}

/// Writes the file, unless there is one, and names the next step.
pub(super) fn run(args: &InitArgs, out: &mut dyn Write) -> Result<u8, Failure> {
    let root = args.root.as_deref().unwrap_or(Path::new("."));
    let cwd = super::current_folder()?;
    let place = walk::place(&cwd, Some(root), None, &[])?;
    let file = root.join(FILE_NAME);
    if file.symlink_metadata().is_ok() && !args.force {
        return Err(Failure::usage(format!("{} exists already", shown(&file))).help("`--force` replaces it"));
    }
    let detected = Detected::of(&Source::Disk.tree(&place, &Globs::default()));
    fix::write_whole(&file, template(&detected)).map_err(|error| Failure::file("write", &file, error))?;
    writeln!(out, "wrote {} for {}. {}", shown(&file), detected.dialect.title, detected.because())?;
    writeln!(out, "next: waypost check{}", argument(root))?;
    Ok(NOTHING_FOUND)
}

impl Detected {
    /// The first platform that says it publishes something here, else the last.
    fn of(tree: &Tree) -> Detected {
        let files = Files::new(tree.files.clone());
        let fallback = DIALECTS[DIALECTS.len() - 1];
        for dialect in DIALECTS {
            let projects = (dialect.read_config)(tree, &files, &Settings::default()).projects;
            if !projects.is_empty() {
                let base_path = projects
                    .into_iter()
                    .find_map(|project| project.base_path.filter(|base| !base.is_empty()));
                return Detected { dialect, told_by: topmost_configs(tree, dialect), base_path };
            }
        }
        Detected { dialect: fallback, told_by: Vec::new(), base_path: None }
    }

    fn because(&self) -> String {
        const MOST_NAMED: usize = 3;
        match self.told_by.as_slice() {
            [] => "No other platform has left its files here.".to_owned(),
            files => {
                let named = files.iter().take(MOST_NAMED).map(String::as_str);
                format!("Detected by {}.", enumerate(named, "and").replace('`', ""))
            }
        }
    }
}

/// The dialect's configuration files that lie nearest to the root.
fn topmost_configs(tree: &Tree, dialect: &Dialect) -> Vec<String> {
    let configs = || tree.configs.keys().filter(|path| (dialect.is_config)(path));
    let depth = |path: &DocPath| path.as_str().matches('/').count();
    let Some(topmost) = configs().map(depth).min() else { return Vec::new() };
    configs().filter(|path| depth(path) == topmost).map(|path| path.as_str().to_owned()).collect()
}

/// The text of a `waypost.toml` that changes nothing but to write down the dialect.
#[must_use]
pub fn template(detected: &Detected) -> String {
    let names = enumerate(dialect::names(), "or").replace('`', "\"");
    let rules: String = RULES.iter().map(|rule| rule_line(rule, detected.dialect.level(rule))).collect();
    let dialect = quoted(detected.dialect.name);
    let because = detected.because();
    let because = visible(&because);
    let base_path = quoted(detected.base_path.as_deref().unwrap_or("/product"));
    let base_path_source = match detected.base_path {
        Some(_) => "Inferred from the redirections.",
        None => "Needed where it cannot be inferred from redirections.",
    };
    let first_rule = RULES.first().map_or("broken-link", |rule| rule.id);
    format!(
        r##"# How waypost judges this tree. A line that begins with `#` and no blank is the default, or an example
# where there is none. `waypost rules` lists the rules, `waypost explain RULE` prints all about one.

# `true` where a waypost.toml in a folder above has nothing to say here.
#root = false

# Files that this one builds upon: what is said here is stronger.
#extends = "../shared/waypost.toml"

# Who publishes the pages: {names}. {because}
# Two may judge each page: ["learn", "github"].
dialect = {dialect}

# Pages that are not checked: patterns as in .gitignore, relative to this file.
#exclude = []

# Vocabularies for tables, such as the processes of ITIL; each brings its rules along.
#preset = "itil-v3"

# The repository these files are: on GitHub, links to its own address are checked here. `false` leaves them alone.
#repository = "https://github.com/owner/name"

# The level of a rule on all pages: "error", "warning", "info" or "off". A rule with options takes a table:
# {first_rule} = {{ level = "warning", option = … }}
[rules]
{rules}
# What is never reported: regular expressions that match any part, unless anchored with `^` and `$`.
[links]
# Destinations, such as '^https://localhost'.
#accept = []
# Anchors that a generator makes, without their `#`, such as '^generated-'.
#accept-anchors = []

# URL prefixes that are folders of this tree: a rooted link below one is looked up in the folder.
[mounts]
#"/powershell" = "reference"

[learn]
# What rooted links into this tree begin with. {base_path_source}
#base-path = {base_path}

# Other dialects and levels for some pages; the last entry that matches a page wins.
#[[overrides]]
#files = ["docs/internal/**"]
#dialect = {dialect}
#rules = {{ {first_rule} = "warning" }}

# What must stand in tables; see the page on contracts. `waypost tables --derive` writes one to start from.
#[[table]]
#files = ["docs/services.md"]
#column = [{{ name = "Status", values = ["planned", "live", "retired"] }}]
"##
    )
}

fn rule_line(rule: &Rule, level: Option<Level>) -> String {
    let setting = format!("#{} = {}", rule.id, quoted(level.map_or("off", Level::as_str)));
    format!("{setting:36} # {}\n", rule.summary)
}

/// The root as an argument of the next command; none for the current folder.
fn argument(root: &Path) -> String {
    let shown = shown(root);
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    match shown.as_str() {
        "" | "." => String::new(),
        plain if plain.chars().all(is_plain) => format!(" {plain}"),
        other => format!(" '{other}'"),
    }
}

#[cfg(test)]
mod tests;
