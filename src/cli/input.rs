//! From arguments to a site: the root, its configuration, its tree, and what the disk knows besides.
//!
//! Owns how the flags and the configuration go together. Does not know what is done with the site.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use super::args::TreeArgs;
use super::config_file::load_with;
use super::read::{Source, is_config};
use crate::config;
use crate::dialect::Dialect;
use crate::glob::{Case, Globs};
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::preset::Preset;
use crate::report::PathDisplay;
use crate::rules::Ruleset;
use crate::site::{Settings, Site};
use crate::tree::{OnDisk, Tree};
use crate::walk::{self, Contents, NoBase, Place, TrackedChange};

/// Which tree is read, which pages of it are asked for, and who judges them.
pub(super) struct Input {
    current_folder: PathBuf,
    place: Place,
    source: Source,
    exclude: Globs,
    /// The texts of our own configuration, for findings that point into them.
    texts: Vec<(DocPath, Arc<str>)>,
    settings: Settings,
}

impl Input {
    /// What the arguments and the configuration ask for; and what the latter says of rules.
    pub(super) fn open(args: &TreeArgs) -> Result<(Input, Ruleset), Failure> {
        Input::of(args, None)
    }

    /// The same of what git tracks, with these contents.
    pub(super) fn of(args: &TreeArgs, tracked: Option<Contents>) -> Result<(Input, Ruleset), Failure> {
        let current_folder =
            std::env::current_dir().map_err(|error| Failure::file("find", Path::new("."), error))?;
        let mut place =
            walk::place(&current_folder, args.root.as_deref(), args.config.as_deref(), &args.paths)?;
        let source = match tracked {
            Some(contents) => Source::tracked(&place.root, contents),
            None => Source::Disk,
        };
        place.config = place.config.or_else(|| source.config_at(&place.root));
        let config = load_with(&place, &|file| source.stored(file))?;
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
        Ok((Input { current_folder, place, source, exclude, texts: config.texts, settings }, config.ruleset))
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

    /// The tree as it is now.
    pub(super) fn tree(&self) -> Tree {
        let mut tree = self.source.tree(&self.place, &self.exclude);
        tree.configs.extend(self.texts.iter().cloned());
        tree
    }

    /// The site of a tree.
    pub(super) fn site(&self, tree: Tree) -> Site {
        self.informed(Site::new(tree, self.settings.clone()))
    }

    /// Whether nothing is left out of the tree.
    pub(super) fn selects_all(&self) -> bool {
        self.place.named.iter().any(|named| named.is_dir && named.path.as_str().is_empty())
    }

    /// The text of a file that is not the disk's, where it is the index that counts.
    pub(super) fn stored(&self, file: &Path) -> Option<Arc<str>> {
        self.source.stored(file)
    }

    /// A file of ours, given by its canonical path, as seen from the root.
    pub(super) fn seen_from_root(&self, file: &Path) -> DocPath {
        self.place.seen_from_root(file)
    }

    /// Lets findings point into a file of ours.
    pub(super) fn add_text(&mut self, path: DocPath, text: Arc<str>) {
        self.texts.push((path, text));
    }

    /// The commit with which what git tracks is compared.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn base(&self, revision: Option<&str>) -> Result<String, NoBase> {
        match &self.source {
            Source::Tracked(tracked) => tracked.base(revision),
            Source::Disk => Err(NoBase::NoRepository),
        }
    }

    /// What has changed since a commit, below and around the root.
    pub(super) fn changed_since(&self, commit: &str) -> Option<Vec<TrackedChange>> {
        match &self.source {
            Source::Tracked(tracked) => tracked.changed_since(commit),
            Source::Disk => None,
        }
    }

    /// A page of `before` that git does not have here, so that nothing can be said of it.
    pub(super) fn lacks_before<'c>(
        &self,
        before: &Site,
        changes: &'c [TrackedChange],
    ) -> Option<&'c DocPath> {
        let unreadable: BTreeSet<&DocPath> = before.unreadable.iter().map(|page| &page.path).collect();
        match &self.source {
            Source::Tracked(tracked) if !unreadable.is_empty() => tracked.lacks_before(changes, &unreadable),
            _ => None,
        }
    }

    /// What is staged, below and around the root; `None` where it is not the index that is checked, and before the first
    /// commit.
    pub(super) fn staged(&self) -> Option<Vec<TrackedChange>> {
        match &self.source {
            Source::Tracked(tracked) => tracked.staged(),
            Source::Disk => None,
        }
    }

    /// The site of `now` before `changes`.
    pub(super) fn site_before(&self, now: &Tree, like: &Site, changes: &[TrackedChange]) -> Site {
        let Source::Tracked(tracked) = &self.source else { return Site::default() };
        let before = tracked.undo(now, changes, &self.exclude, &is_config);
        let mut site = Site::new_like(before, self.settings.clone(), like);
        let mut known = self.source.probe(&self.place, &site.unknown_paths());
        let left = changes.iter().filter_map(|change| change.old.as_ref());
        let outside = left.filter(|path| path.levels_above_root() > 0);
        known.extend(outside.map(|path| (path.clone(), OnDisk::OutsideRoot)));
        site.learn_of(&known);
        site.learn_line_counts(&tracked.count_lines_before(changes, &site.files_to_count()));
        site
    }

    /// The site, told what it does not know.
    fn informed(&self, mut site: Site) -> Site {
        site.learn_of(&self.source.probe(&self.place, &site.unknown_paths()));
        site.learn_line_counts(&self.source.count_lines(&self.place.root, &site.files_to_count()));
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
