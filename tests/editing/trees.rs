//! The trees of `fixtures/` in memory, so that they can be changed and checked again without a disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use waypost::baseline::{self, Baseline};
use waypost::config::{self, Config, ConfigFile, Layer, UserPreset};
use waypost::contract::Origin;
use waypost::dialect::{DIALECTS, Dialect};
use waypost::engine;
use waypost::finding::{Edit, Finding};
use waypost::glob::{Case, Globs};
use waypost::path::DocPath;
use waypost::site::{Settings, Site};
use waypost::source::Span;
use waypost::tree::{PageText, Tree, is_page_name};
use waypost::walk;

/// A tree with its configuration, as the command line would check it.
#[derive(Clone)]
pub struct Fixture {
    pub name: String,
    root: PathBuf,
    dialects: Vec<&'static Dialect>,
    pub tree: Tree,
    pub baseline: Option<String>,
}

/// A tree that was checked.
pub struct Checked {
    pub site: Site,
    pub findings: Vec<Finding>,
}

impl Fixture {
    /// Each run of each folder of `fixtures/`.
    pub fn all() -> Vec<Fixture> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let mut folders: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        folders
            .iter()
            .filter(|folder| folder.join("tree").is_dir())
            .flat_map(|folder| Fixture::of(folder))
            .collect()
    }

    fn of(folder: &Path) -> Vec<Fixture> {
        let root = folder.join("tree").canonicalize().unwrap();
        let place = walk::place(&root, Some(&root), None, &[]).unwrap();
        let config_text = fs::read_to_string(root.join(config::FILE_NAME)).unwrap_or_default();
        let excluded = match read_config(&root, &[(DocPath::new(config::FILE_NAME), config_text.into())]) {
            Some(config) => config.exclude.into_iter().map(|excluded| excluded.pattern).collect(),
            None => Vec::new(),
        };
        let exclude = Globs::like_gitignore(excluded.iter().map(String::as_str), Case::Sensitive).unwrap();
        let is_config = |path: &DocPath| {
            path.file_name() == config::FILE_NAME || DIALECTS.iter().any(|dialect| (dialect.is_config)(path))
        };
        let mut tree = walk::tree(&place, &exclude, &is_config);
        let further: Vec<DocPath> =
            DIALECTS.iter().flat_map(|dialect| (dialect.further_configs)(&tree)).collect();
        tree.configs.extend(walk::read(&root, &further));
        // As in a repository of its own.
        tree.below_git_root = Some(String::new());
        tree.repository = None;
        let baseline = fs::read_to_string(root.join(baseline::FILE_NAME)).ok();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let plain = Fixture { name, root, dialects: Vec::new(), tree, baseline };
        let mut fixtures = vec![plain.clone()];
        for dialect in DIALECTS {
            if folder.join(format!("args.{}.txt", dialect.name)).is_file() {
                let name = format!("{} ({})", plain.name, dialect.name);
                fixtures.push(Fixture { name, dialects: vec![dialect], ..plain.clone() });
            }
        }
        fixtures
    }

    /// What is found now; `None` where the configuration cannot be read.
    pub fn check(&self) -> Option<Checked> {
        let (site, config) = self.open()?;
        let mut report = engine::check(&site, &config.ruleset, &|_| true);
        if let Some(baseline) = &self.baseline {
            Baseline::parse(baseline).unwrap().apply(&mut report, &site);
        }
        Some(Checked { site, findings: report.findings })
    }

    /// The same without what is found.
    pub fn site(&self) -> Option<Site> {
        Some(self.open()?.0)
    }

    fn open(&self) -> Option<(Site, Config)> {
        let mut texts: Vec<_> = self.tree.configs.iter().collect();
        texts.retain(|(path, _)| path.file_name() == config::FILE_NAME);
        let texts: Vec<_> = texts.into_iter().map(|(path, text)| (path.clone(), text.clone())).collect();
        let config = read_config(&self.root, &texts)?;
        let mut tree = self.tree.clone();
        tree.configs.extend(config.texts.iter().cloned());
        let mut site = Site::new(tree, self.settings(&config));
        site.learn_of(&walk::probe(&self.root, false, &site.unknown_paths()));
        site.learn_line_counts(&walk::count_lines(&self.root, &site.files_to_count()));
        Some((site, config))
    }

    fn settings(&self, config: &Config) -> Settings {
        let named =
            |names: &[String]| names.iter().filter_map(|name| Dialect::find(name)).collect::<Vec<_>>();
        let flags_win = !self.dialects.is_empty();
        Settings {
            dialects: if flags_win { self.dialects.clone() } else { named(&config.dialects) },
            dialect_overrides: match flags_win {
                true => Default::default(),
                false => config.overrides.clone().map(|entry| named(&entry.dialects)),
            },
            base_path: config.base_path.clone(),
            mounts: config.mounts.clone(),
            repository: config.repository.clone(),
            contracts: Arc::new(config.contracts.clone()),
            presets: config.presets.clone(),
            accept: config.accept.clone(),
            accept_anchors: config.accept_anchors.clone(),
        }
    }

    /// The tree with edits, all of which refer to the texts as they are.
    #[track_caller]
    pub fn edited(&self, edits: &[Edit], create: Option<&(DocPath, String)>) -> Fixture {
        let mut fixture = self.clone();
        let mut by_file: BTreeMap<&DocPath, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            by_file.entry(&edit.path).or_default().push(edit);
        }
        for (path, mut edits) in by_file {
            edits.sort_by_key(|edit| edit.span);
            let mut text = self.text(path).unwrap_or_else(|| panic!("{path} has no text")).to_owned();
            for edit in edits.iter().rev() {
                text.replace_range(edit.span.range(), &edit.text);
            }
            match path.as_str() {
                baseline::FILE_NAME => fixture.baseline = Some(text),
                _ => fixture.tree.change(path, &text),
            }
        }
        if let Some((path, text)) = create {
            fixture.create(path, text);
        }
        fixture
    }

    fn create(&mut self, path: &DocPath, text: &str) {
        assert_eq!(path.levels_above_root(), 0, "{path}");
        if path.as_str() == baseline::FILE_NAME {
            self.baseline = Some(text.to_owned());
            return;
        }
        let at = self.tree.files.binary_search(path).expect_err("the file is there");
        self.tree.files.insert(at, path.clone());
        if is_page_name(path.file_name()) {
            let at = self.tree.pages.partition_point(|page| page.path < *path);
            self.tree.pages.insert(at, PageText { path: path.clone(), text: text.into() });
        } else {
            self.tree.configs.insert(path.clone(), text.into());
        }
    }

    pub fn text(&self, path: &DocPath) -> Option<&str> {
        if path.as_str() == baseline::FILE_NAME {
            return self.baseline.as_deref();
        }
        let page = self.tree.pages.iter().find(|page| page.path == *path).map(|page| &*page.text);
        page.or_else(|| self.tree.configs.get(path).map(|text| &**text))
    }

    /// The tree with something inserted into a page.
    pub fn with_text(&self, path: &DocPath, at: usize, text: &str) -> Fixture {
        let edit = Edit { path: path.clone(), span: Span::at(at), text: text.to_owned() };
        self.edited(&[edit], None)
    }
}

/// What the configuration files say, those of folders after those above them.
fn read_config(root: &Path, texts: &[(DocPath, Arc<str>)]) -> Option<Config> {
    let mut layers: Vec<Layer> = texts
        .iter()
        .filter(|(path, text)| path.folder().is_empty() || !config::is_root(text))
        .map(|(path, text)| Layer {
            folder: DocPath::new(path.folder()),
            files: with_extended(root, path, text),
        })
        .collect();
    layers.sort_by(|one, other| one.folder.cmp(&other.folder));
    config::read(&layers).ok()
}

fn with_extended(root: &Path, path: &DocPath, text: &Arc<str>) -> Vec<ConfigFile> {
    let mut files = Vec::new();
    for extended in config::extended_paths(text) {
        let extended = DocPath::join(path.folder(), &extended.value);
        let text = fs::read_to_string(root.join(extended.as_str())).unwrap();
        files.extend(with_extended(root, &extended, &text.into()));
    }
    let preset = |written: String| {
        let path = DocPath::join(path.folder(), &written);
        let text: Arc<str> = fs::read_to_string(root.join(path.as_str())).ok()?.into();
        let preset = config::parse_preset(&written, &text, &Origin::File(path.clone())).ok()?.into();
        Some(UserPreset { written, path, text, preset })
    };
    let presets = config::preset_paths(text).into_iter().filter_map(|path| preset(path.value)).collect();
    files.push(ConfigFile { path: path.clone(), text: text.clone(), presets });
    files
}
