//! From arguments to a site: the root, its configuration, its tree, and what the disk knows besides.
//!
//! Owns how the flags and the configuration go together. Does not know what is done with the site.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::TreeArgs;
use super::{Failure, load, read};
use crate::config;
use crate::dialect::Dialect;
use crate::glob::{Case, Globs};
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::preset::Preset;
use crate::report::PathDisplay;
use crate::rules::Ruleset;
use crate::site::{Settings, Site};
use crate::tree::Tree;
use crate::walk::{self, Place};

/// Which tree is read, which pages of it are asked for, and who judges them.
pub(super) struct Input {
    current_folder: PathBuf,
    place: Place,
    exclude: Globs,
    /// The texts of our own configuration, for findings that point into them.
    texts: Vec<(DocPath, Arc<str>)>,
    settings: Settings,
}

impl Input {
    /// What the arguments and the configuration ask for; and what the latter says of rules.
    pub(super) fn open(args: &TreeArgs) -> Result<(Input, Ruleset), Failure> {
        let current_folder =
            std::env::current_dir().map_err(|error| Failure::file("find", Path::new("."), error))?;
        let place = walk::place(&current_folder, args.root.as_deref(), args.config.as_deref(), &args.paths)?;
        let config = load(&place)?;
        let exclude = config.exclude.iter().chain(&args.exclude).map(String::as_str);
        let exclude = Globs::like_gitignore(exclude, Case::Sensitive).map_err(|fault| {
            Failure::usage(format!("the patterns of `exclude` together: {}", fault.message))
        })?;
        let flags_win = !args.dialects.is_empty();
        let dialects = if flags_win { &args.dialects } else { &config.dialects };
        let overrides = config.overrides.into_iter().filter(|_| !flags_win);
        let settings = Settings {
            dialects: dialects_named(dialects),
            dialect_overrides: overrides
                .filter_map(|entry| Some((entry.files, dialects_named(&entry.dialects?))))
                .collect(),
            base_path: config.base_path,
            mounts: config.mounts,
            repository: config.repository,
            contracts: config.contracts.into(),
            presets: config.presets,
            accept: config.accept,
            accept_anchors: config.accept_anchors,
        };
        Ok((Input { current_folder, place, exclude, texts: config.texts, settings }, config.ruleset))
    }

    /// The preset of that name, be it one of the configuration or one that waypost brings along.
    pub(super) fn preset(&self, name: &str) -> Result<Arc<Preset>, Failure> {
        let configured = self.settings.presets.iter().find(|preset| *preset.name == *name);
        let preset = configured.map(Arc::clone).or_else(|| config::built_in_preset(name));
        preset.ok_or_else(|| {
            let mut known: Vec<&str> = config::preset_names().collect();
            known.extend(self.settings.presets.iter().map(|preset| &*preset.name));
            known.sort_unstable();
            known.dedup();
            let way_out = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the presets are {}", enumerate(known.iter().copied(), "and")),
            };
            Failure::usage(format!("unknown preset `{name}`")).help(way_out)
        })
    }

    /// Asks this preset alone what it makes of tables.
    pub(super) fn use_preset(&mut self, preset: Arc<Preset>) {
        self.settings.presets = vec![preset];
    }

    /// The folder of everything known.
    pub(super) fn root(&self) -> &Path {
        &self.place.root
    }

    /// How paths are seen from the root of the repository.
    pub(super) fn repository_paths(&self) -> PathDisplay {
        PathDisplay::from_above(self.place.below_git_root.as_deref().unwrap_or_default())
    }

    /// Where the user stands.
    pub(super) fn current_folder(&self) -> &Path {
        &self.current_folder
    }

    /// The tree as it is on disk now.
    pub(super) fn tree(&self) -> Tree {
        let mut tree = read::tree(&self.place, &self.exclude);
        tree.configs.extend(self.texts.iter().cloned());
        tree
    }

    /// The site of a tree.
    pub(super) fn site(&self, tree: Tree) -> Site {
        let mut site = Site::new(tree, self.settings.clone());
        let on_disk =
            walk::probe(&self.place.root, self.place.below_git_root.is_some(), &site.unknown_paths());
        site.learn_of(&on_disk);
        site.learn_line_counts(&walk::count_lines(&self.place.root, &site.files_to_count()));
        site
    }

    /// Whether a page is asked for.
    pub(super) fn selects(&self, path: &DocPath) -> bool {
        self.place.named.iter().any(|named| match named.is_dir {
            true => path.below(named.path.as_str()).is_some(),
            false => *path == named.path,
        })
    }
}

fn dialects_named(names: &[String]) -> Vec<&'static Dialect> {
    names.iter().filter_map(|name| Dialect::find(name)).collect()
}
