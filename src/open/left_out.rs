//! Which pages are left out: by patterns of the configuration and the flags, and those of trees of their own.

use std::collections::BTreeMap;

use super::Failure;
use crate::config::Config;
use crate::glob::{Case, Globs};
use crate::path::DocPath;
use crate::scope::{ByFolder, Scope};
use crate::tree::Tree;

/// What the root and the flags leave out.
pub(super) fn exclude(config: &Config, further: &[String]) -> Result<Globs, Failure> {
    let of_root = config.exclude.iter().filter(|excluded| excluded.folder.as_str().is_empty());
    globs(of_root.map(|excluded| &excluded.pattern).chain(further))
}

/// What folders leave out of themselves.
pub(super) fn left_out(config: &Config, own_trees: &[DocPath]) -> Result<ByFolder<()>, Failure> {
    let mut by_folder: BTreeMap<&DocPath, Vec<&String>> = BTreeMap::new();
    for excluded in config.exclude.iter().filter(|excluded| !excluded.folder.as_str().is_empty()) {
        by_folder.entry(&excluded.folder).or_default().push(&excluded.pattern);
    }
    let mut left_out = ByFolder::default();
    for (folder, patterns) in by_folder {
        left_out.push(Scope::files(folder.clone(), globs(patterns.into_iter())?), ());
    }
    for folder in own_trees {
        left_out.push(Scope::folder(folder.clone()), ());
    }
    Ok(left_out)
}

fn globs<'p>(patterns: impl Iterator<Item = &'p String>) -> Result<Globs, Failure> {
    Globs::like_gitignore(patterns.map(String::as_str), Case::Sensitive)
        .map_err(|fault| Failure::usage(format!("the patterns of `exclude` together: {}", fault.message)))
}

/// Takes these pages out of a tree.
pub(super) fn leave_out(tree: &mut Tree, left_out: &ByFolder<()>) {
    if !left_out.is_empty() {
        tree.pages.retain(|page| left_out.at(&page.path).is_empty());
        tree.unreadable.retain(|page| left_out.at(&page.path).is_empty());
    }
}
