//! Reads the tree: its pages, and what the platforms' own configuration and ours name.

use crate::config::FILE_NAME;
use crate::dialect::DIALECTS;
use crate::glob::Globs;
use crate::path::DocPath;
use crate::tree::Tree;
use crate::walk::{self, Place};

/// Everything below the root; pages that `exclude` matches by name only.
pub(super) fn tree(place: &Place, exclude: &Globs) -> Tree {
    let is_config = |path: &DocPath| {
        path.file_name() == FILE_NAME || DIALECTS.iter().any(|dialect| (dialect.is_config)(path))
    };
    let mut tree = walk::tree(place, exclude, &is_config);
    let mut further: Vec<DocPath> =
        DIALECTS.iter().flat_map(|dialect| (dialect.further_configs)(&tree)).collect();
    further.retain(|path| !tree.configs.contains_key(path));
    tree.configs.extend(walk::read(&place.root, &further));
    tree
}
