//! From arguments to a site: the root, its configuration, its tree, and what the disk knows besides.
//!
//! Owns how the flags and the configuration go together. Does not know what is done with the site.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::config_file::{StoredText, folder_layer, read_layers, root_layer};
use super::left_out::{exclude, leave_out, left_out};
use super::read::Source;
use super::{Failure, TreeRequest};
use crate::config::{self, Config, FILE_NAME, Layer};
use crate::dialect::Dialect;
use crate::glob::Globs;
use crate::nearest::{enumerate, nearest};
use crate::path::DocPath;
use crate::preset::Preset;
use crate::rules::Ruleset;
use crate::scope::ByFolder;
use crate::site::{Settings, Site};
use crate::tree::{OnDisk, Tree, is_page_name};
use crate::walk::{self, Contents, NoBase, Place, Tracked, TrackedChange};
use crate::words::{count, visible};

/// Which tree is read, which pages of it are asked for, and who judges them.
pub struct Input {
    request: TreeRequest,
    place: Place,
    source: Source,
    exclude: Globs,
    /// What folders leave out.
    left_out: ByFolder<()>,
    /// The texts of our own configuration, for findings that point into them.
    texts: Vec<(DocPath, Arc<str>)>,
    settings: Settings,
    /// The tree as it was read to find the configuration in it.
    first_tree: Mutex<Option<Tree>>,
}

impl Input {
    /// What the request and the configuration ask for; of what git tracks where contents are given.
    ///
    /// # Errors
    /// There is no such place, or its configuration cannot be read or has mistakes in it.
    pub fn open(request: &TreeRequest, tracked: Option<Contents>) -> Result<Opened, Failure> {
        let (root, config) = (request.root.as_deref(), request.config.as_deref());
        let place = walk::place(&request.current_folder, root, config, &request.paths)?;
        let (source, notes) = match tracked {
            Some(contents) => Source::tracked(&place.root, contents),
            None => (Source::Disk, Vec::new()),
        };
        let mut opened = Input::at(place, source, request)?;
        opened.notes.splice(0..0, notes);
        Ok(opened)
    }

    /// The same of one source, whose own configuration holds.
    fn at(mut place: Place, source: Source, request: &TreeRequest) -> Result<Opened, Failure> {
        place.config = place.config.filter(|file| !source.is_later(file));
        if request.config.is_none() {
            place.config = place.config.or_else(|| source.config_at(&place.root));
        }
        let stored = |file: &Path| source.stored(file);
        let mut layers = Vec::new();
        if !request.isolated {
            layers.extend(root_layer(&place, &stored)?);
        }
        let mut config = read_layers(&place.root, &layers)?;
        let exclude = exclude(&config, &request.exclude)?;
        let mut tree = source.tree(&place, &exclude);
        let mut folders = Folders::default();
        if !request.isolated {
            folders = Folders::of(&tree, &place, &exclude, &stored)?;
        }
        if !folders.layers.is_empty() {
            layers.append(&mut folders.layers);
            config = read_layers(&place.root, &layers)?;
        }
        let left_out = left_out(&config, &folders.own_trees)?;
        leave_out(&mut tree, &left_out);
        let settings = settings(request, &config);
        let first_tree = Mutex::new(Some(tree));
        let texts = config.texts.clone();
        let request = request.clone();
        let input = Input { request, place, source, exclude, left_out, texts, settings, first_tree };
        let notes = own_trees_note(&folders.own_trees).into_iter().collect();
        Ok(Opened { input, config, own_trees: folders.own_trees, notes })
    }

    /// The preset of that name, be it one of the configuration or one that waypost brings along.
    pub fn preset(&self, name: &str) -> Result<Arc<Preset>, Failure> {
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
    pub fn use_preset(&mut self, preset: Arc<Preset>) {
        self.settings.presets = vec![preset];
    }

    /// The folder of everything known.
    pub fn root(&self) -> &Path {
        &self.place.root
    }

    /// The root as seen from the root of its repository; empty where they are the same.
    pub fn below_git_root(&self) -> &str {
        self.place.below_git_root.as_deref().unwrap_or_default()
    }

    /// Where the user stands.
    pub fn current_folder(&self) -> &Path {
        &self.request.current_folder
    }

    /// The tree as it is now.
    pub fn tree(&self) -> Tree {
        let first = self.first_tree.lock().ok().and_then(|mut first| first.take());
        let mut tree = first.unwrap_or_else(|| self.source.tree(&self.place, &self.exclude));
        leave_out(&mut tree, &self.left_out);
        tree.configs.extend(self.texts.iter().cloned());
        tree
    }

    /// The site of a tree.
    pub fn site(&self, tree: Tree) -> Site {
        self.informed(Site::new(tree, self.settings.clone()))
    }

    /// What is known of paths that are not among the tree's files.
    pub fn probe(&self, paths: &[DocPath]) -> BTreeMap<DocPath, OnDisk> {
        self.source.probe(&self.place, paths)
    }

    /// How many lines files have.
    pub fn count_lines(&self, paths: &[DocPath]) -> BTreeMap<DocPath, u32> {
        self.source.count_lines(&self.place.root, paths)
    }

    /// Whether a page of that name would be checked.
    pub fn takes(&self, path: &DocPath) -> bool {
        is_page_name(path.file_name())
            && !self.exclude.matches(path.as_str())
            && self.left_out.at(path).is_empty()
    }

    /// What git tracks, where that is what is checked.
    pub fn tracked(&self) -> Option<&Tracked> {
        match &self.source {
            Source::Tracked(tracked) => Some(tracked),
            Source::Disk => None,
        }
    }

    /// Whether nothing is left out of the tree.
    pub fn selects_all(&self) -> bool {
        self.place.named.iter().any(|named| named.is_dir && named.path.as_str().is_empty())
    }

    /// The text of a file that is not the disk's, where it is the index that counts.
    pub fn stored(&self, file: &Path) -> Option<Arc<str>> {
        self.source.stored(file)
    }

    /// A file of ours, given by its canonical path, as seen from the root.
    pub fn seen_from_root(&self, file: &Path) -> DocPath {
        self.place.seen_from_root(file)
    }

    /// Lets findings point into a file of ours.
    pub fn add_text(&mut self, path: DocPath, text: Arc<str>) {
        self.texts.push((path, text));
    }

    /// The commit with which what git tracks is compared.
    ///
    /// # Errors
    /// Why there is none.
    pub fn base(&self, revision: Option<&str>) -> Result<String, NoBase> {
        match &self.source {
            Source::Tracked(tracked) => tracked.base(revision),
            Source::Disk => Err(NoBase::NoRepository),
        }
    }

    /// What has changed since a commit, below and around the root.
    pub fn changed_since(&self, commit: &str) -> Option<Vec<TrackedChange>> {
        match &self.source {
            Source::Tracked(tracked) => tracked.changed_since(commit),
            Source::Disk => None,
        }
    }

    /// A page that git does not have here as it was before `changes`, so that nothing can be said of that site.
    pub fn lacks<'c>(&self, before: &Site, changes: &'c [TrackedChange]) -> Option<&'c DocPath> {
        match &self.source {
            Source::Tracked(tracked) if !before.unreadable.is_empty() => tracked.lacks_before(changes),
            _ => None,
        }
    }

    /// Looks at the index again.
    pub fn refresh(&mut self) {
        if let Source::Tracked(tracked) = &self.source {
            (self.source, _) = Source::tracked(&self.place.root, tracked.contents());
        }
    }

    /// What is staged, below and around the root; `None` where it is not the index that is checked, and before the first
    /// commit.
    pub fn staged(&self) -> Option<Vec<TrackedChange>> {
        match &self.source {
            Source::Tracked(tracked) => tracked.staged(),
            Source::Disk => None,
        }
    }

    /// The same before `changes`, as it was judged then: with the configuration that it had. Where that has mistakes,
    /// or none can be told, today's holds; and then there is no ruleset.
    pub fn before(&self, now: &Tree, changes: &[TrackedChange]) -> (Input, Option<Ruleset>) {
        let source = || match &self.source {
            Source::Tracked(tracked) => Source::Tracked(tracked.before(changes, now)),
            Source::Disk => Source::Disk,
        };
        match Input::at(self.place.clone(), source(), &self.request) {
            Ok(Opened { input, config, .. }) => (input, Some(config.ruleset)),
            Err(_) => {
                let input = Input {
                    request: self.request.clone(),
                    place: self.place.clone(),
                    source: source(),
                    exclude: self.exclude.clone(),
                    left_out: self.left_out.clone(),
                    texts: self.texts.clone(),
                    settings: self.settings.clone(),
                    first_tree: Mutex::new(None),
                };
                (input, None)
            }
        }
    }

    /// The site of a tree that has much in common with that of another.
    pub fn site_like(&self, tree: Tree, other: &Site) -> Site {
        self.informed(Site::new_like(tree, self.settings.clone(), other))
    }

    /// The same, of which only pages that `asked` accepts are judged.
    pub fn site_partly(&self, tree: Tree, other: &Site, asked: &(dyn Fn(&DocPath) -> bool + Sync)) -> Site {
        self.informed(Site::new_partly(tree, self.settings.clone(), other, asked))
    }

    /// The site, told what it does not know.
    fn informed(&self, mut site: Site) -> Site {
        site.learn_of(&self.probe(&site.unknown_paths()));
        site.learn_line_counts(&self.count_lines(&site.files_to_count()));
        site
    }

    /// The one page that is asked for; `None` where it is a folder or there are several.
    pub fn page(&self) -> Option<DocPath> {
        match self.place.named.as_slice() {
            [named] if !named.is_dir => Some(named.path.clone()),
            _ => None,
        }
    }

    /// Whether a page is asked for.
    pub fn selects(&self, path: &DocPath) -> bool {
        self.place.named.iter().any(|named| match named.is_dir {
            true => path.below(named.path.as_str()).is_some(),
            false => *path == named.path,
        })
    }
}

/// The input, and what it was made of.
pub struct Opened {
    /// The input.
    pub input: Input,
    /// All that the configuration says.
    pub config: Config,
    /// What the user may not expect, a clause each.
    pub notes: Vec<String>,
    /// Folders below the root that say they are roots.
    pub own_trees: Vec<DocPath>,
}

/// What folders below the root say of themselves.
#[derive(Default)]
struct Folders {
    /// The configuration of those that refine the root's, each after those above it.
    layers: Vec<Layer>,
    own_trees: Vec<DocPath>,
}

impl Folders {
    fn of(tree: &Tree, place: &Place, exclude: &Globs, stored: &StoredText<'_>) -> Result<Folders, Failure> {
        let of_root = place.config_path();
        let refines = |path: &DocPath| {
            path.file_name() == FILE_NAME
                && !path.folder().is_empty()
                && of_root.as_ref() != Some(path)
                && !exclude.matches(path.as_str())
        };
        if let Some(file) = tree.unreadable.iter().find(|file| refines(&file.path)) {
            let failure = Failure::usage(format!("cannot read {}: {}", file.path, file.reason));
            return Err(file.help.iter().fold(failure, Failure::help));
        }
        let mut files: Vec<_> = tree.configs.iter().filter(|(path, _)| refines(path)).collect();
        files.sort_by_key(|(path, _)| path.folder());
        let mut folders = Folders::default();
        for (path, text) in files {
            if folders.own_trees.iter().any(|own: &DocPath| path.below(own.as_str()).is_some()) {
                continue;
            }
            match config::is_root(text) {
                true => folders.own_trees.push(DocPath::new(path.folder())),
                false => folders.layers.push(folder_layer(&place.root, path, text, stored)?),
            }
        }
        Ok(folders)
    }
}

/// Says that there are trees of their own, if there are.
fn own_trees_note(folders: &[DocPath]) -> Option<String> {
    let (first, others) = folders.split_first()?;
    let first = visible(first.as_str());
    Some(match others.len() {
        0 => format!("`{first}` is a tree of its own, which is not checked with this one"),
        more => format!(
            "`{first}` and {} are trees of their own, which are not checked with this one",
            count(more, "other folder")
        ),
    })
}

/// What the configuration says of the site; `--dialect` is stronger.
fn settings(request: &TreeRequest, config: &Config) -> Settings {
    let flags_win = !request.dialects.is_empty();
    let dialects = if flags_win { &request.dialects } else { &config.dialects };
    let overrides = if flags_win { ByFolder::default() } else { config.overrides.clone() };
    Settings {
        dialects: dialects_named(dialects),
        dialect_overrides: overrides.map(|entry| dialects_named(&entry.dialects)),
        base_path: config.base_path.clone(),
        mounts: config.mounts.clone(),
        repository: config.repository.clone(),
        contracts: config.contracts.clone().into(),
        presets: config.presets.clone(),
        accept: config.accept.clone(),
        accept_anchors: config.accept_anchors.clone(),
    }
}

fn dialects_named(names: &[String]) -> Vec<&'static Dialect> {
    names.iter().filter_map(|name| Dialect::find(name)).collect()
}
