//! `waypost init`: writes a commented `waypost.toml` that fits the tree.
//!
//! The text is a pure function of what was detected; only [`run`] touches the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::InitArgs;
use super::error::{shown, visible};
use super::{Failure, NOTHING_FOUND};
use crate::config::FILE_NAME;
use crate::dialect;
use crate::finding::Level;
use crate::nearest::enumerate;
use crate::rules::{RULES, Rule};

/// The file that every tree published on Microsoft Learn has at its root.
const LEARN_MARK: &str = ".openpublishing.publish.config.json";

/// What is known of the tree that is to be configured.
pub struct Detected<'d> {
    /// The dialect's name.
    pub dialect: &'d str,
    /// How it was detected, as a sentence.
    pub because: &'d str,
    /// The redirection files, relative to the root.
    pub redirections: &'d [String],
    /// The base path of rooted links, if one was inferred.
    pub base_path: Option<&'d str>,
    /// A rule's level in this dialect; `None` is off.
    pub level: fn(&Rule) -> Option<Level>,
}

/// Writes the file, unless there is one, and names the next step.
pub(super) fn run(args: &InitArgs, out: &mut dyn Write) -> Result<u8, Failure> {
    let root = args.root.as_deref().unwrap_or(Path::new("."));
    let file = root.join(FILE_NAME);
    if !root.is_dir() {
        return Err(Failure::usage(format!("there is no folder {}", root.display())));
    }
    if file.symlink_metadata().is_ok() && !args.force {
        let message = format!("{} exists already", shown(&file));
        return Err(Failure::usage(message).help("`--force` replaces it"));
    }
    let is_learn = root.join(LEARN_MARK).is_file();
    let redirections = redirection_files(root);
    let detected = Detected {
        dialect: if is_learn { "learn" } else { "github" },
        because: if is_learn {
            "The tree has a .openpublishing.publish.config.json."
        } else {
            "Nothing in the tree tells of another."
        },
        redirections: &redirections,
        base_path: None,
        level: |rule| rule.level,
    };
    write_atomically(&file, &template(&detected)).map_err(|error| Failure::file("write", &file, error))?;
    writeln!(out, "wrote {} for the dialect `{}`: {}", shown(&file), detected.dialect, detected.because)?;
    writeln!(out, "next: waypost check{}", argument(root))?;
    Ok(NOTHING_FOUND)
}

/// The text of a `waypost.toml` that changes nothing but to write down the dialect.
#[must_use]
pub fn template(detected: &Detected<'_>) -> String {
    let names = enumerate(dialect::names(), "or").replace('`', "\"");
    let rules: String = RULES.iter().map(|rule| rule_line(rule, (detected.level)(rule))).collect();
    let dialect = quoted(detected.dialect);
    let because = visible(detected.because);
    let base_path = quoted(detected.base_path.unwrap_or("/product"));
    let base_path_source = visible(&base_path_source(detected));
    let first_rule = RULES.first().map_or("broken-link", |rule| rule.id);
    format!(
        r##"# How waypost judges this tree. A line that begins with `#` and no blank is the default, or an example
# where there is none. `waypost rules` lists the rules, `waypost explain RULE` prints all about one.

# Who publishes the pages: {names}. {because}
# Two may judge each page: ["learn", "github"].
dialect = {dialect}

# Pages that are not checked: patterns as in .gitignore, relative to this file.
#exclude = []

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
"##
    )
}

fn rule_line(rule: &Rule, level: Option<Level>) -> String {
    let setting = format!("#{} = {}", rule.id, quoted(level.map_or("off", Level::as_str)));
    format!("{setting:36} # {}\n", rule.summary)
}

fn base_path_source(detected: &Detected<'_>) -> String {
    match (detected.base_path, detected.redirections) {
        (_, []) => "Needed where no redirection file tells it.".to_owned(),
        (Some(_), files) => format!("Inferred from {}.", named(files)),
        (None, files) => format!("Inferred from {} where that tells it.", named(files)),
    }
}

fn named(files: &[String]) -> String {
    enumerate(files.iter().map(String::as_str), "and").replace('`', "")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn redirection_files(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.starts_with(".openpublishing.redirection") && name.ends_with(".json"));
    names.sort();
    names
}

/// Writes a whole file or none.
fn write_atomically(file: &Path, text: &str) -> io::Result<()> {
    let temporary = temporary_beside(file);
    let written = File::create_new(&temporary)
        .and_then(|mut new| new.write_all(text.as_bytes()).and_then(|()| new.sync_all()))
        .and_then(|()| fs::rename(&temporary, file));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn temporary_beside(file: &Path) -> PathBuf {
    file.with_file_name(format!(".{FILE_NAME}.{}.tmp", std::process::id()))
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
