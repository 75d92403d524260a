//! One tree the editor works in: the disk below its root with the open buffers laid over it, checked.
//!
//! Owns what is read again when the disk, the configuration or a buffer changes. Knows no protocol.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::overlay::{self, Buffers};
use crate::engine::Report;
use crate::finding::Finding;
use crate::open::{Accepted, Failure, Input, Opened, TreeRequest};
use crate::path::DocPath;
use crate::site::Site;
use crate::tree::Tree;
use crate::walk;
use crate::workspace::{Changed, Workspace};

/// A tree, and why it is open.
pub struct Root {
    /// The folder of everything known, canonical.
    pub path: PathBuf,
    request: TreeRequest,
    checked: Option<Checked>,
    /// Why the tree, or its configuration as it is now, could not be read.
    pub failure: Option<Failure>,
}

/// What is known of a tree that could be read at least once.
struct Checked {
    input: Input,
    own_trees: Vec<DocPath>,
    accepted: Option<Accepted>,
    /// The tree as the disk has it.
    disk: Tree,
    workspace: Workspace,
    /// The findings that no baseline accepts, by path; only where there is a baseline.
    not_accepted: Option<BTreeMap<DocPath, Vec<Finding>>>,
}

/// The files about which there may be something else to say.
pub enum Touched {
    /// These.
    Paths(BTreeSet<DocPath>),
    /// All.
    Everything,
}

impl Touched {
    /// Nothing has changed.
    #[must_use]
    pub fn nothing() -> Touched {
        Touched::Paths(BTreeSet::new())
    }
}

impl Root {
    /// The tree that folders lie in, or all of them together make up; `None` where there is no such place.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(folders: &[PathBuf]) -> Result<Root, Failure> {
        let current_folder = folders.first().cloned().unwrap_or_default();
        let place = walk::place(&current_folder, None, None, folders)?;
        let request = TreeRequest { current_folder, paths: folders.to_vec(), ..TreeRequest::default() };
        Ok(Root { path: place.root, request, checked: None, failure: None })
    }

    /// Whether a file of that canonical path belongs here, and not to a tree of its own further below.
    #[must_use]
    pub fn place_of(&self, file: &Path) -> Option<DocPath> {
        let below = file.strip_prefix(&self.path).ok()?;
        let path = DocPath::new(&below.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"));
        let own_trees = self.checked.iter().flat_map(|checked| &checked.own_trees);
        let is_elsewhere = own_trees.into_iter().any(|own| path.below(own.as_str()).is_some());
        (!is_elsewhere).then_some(path)
    }

    /// The canonical path of a file of the tree.
    #[must_use]
    pub fn on_disk(&self, path: &DocPath) -> PathBuf {
        path.as_str().split('/').fold(self.path.clone(), |folder, segment| folder.join(segment))
    }

    /// Whether it has been read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.checked.is_some() || self.failure.is_some()
    }

    /// Reads configuration and tree again. Where that fails the last that could be read goes on.
    pub fn read_disk(&mut self, buffers: &Buffers, edited: &BTreeSet<DocPath>) -> Touched {
        match self.read(buffers, edited) {
            Ok(touched) => {
                self.failure = None;
                touched
            }
            Err(failure) => {
                self.failure = Some(failure);
                Touched::nothing()
            }
        }
    }

    fn read(&mut self, buffers: &Buffers, edited: &BTreeSet<DocPath>) -> Result<Touched, Failure> {
        let Opened { mut input, config, own_trees, .. } = Input::open(&self.request, None)?;
        let accepted = Accepted::open(None, &self.request, &mut input)?;
        let disk = input.tree();
        if let Some(old) = &mut self.checked
            && let Some(touched) = old.follow(&disk, buffers, edited)
        {
            return Ok(old.accepting(touched));
        }
        let tree = overlay::laid_over(&disk, buffers, &|path| input.takes(path));
        let site = match &self.checked {
            Some(old) => input.site_like(tree, old.workspace.site()),
            None => input.site(tree),
        };
        let workspace = Workspace::new(site, config.ruleset);
        let mut checked = Checked { input, own_trees, accepted, disk, workspace, not_accepted: None };
        checked.apply_baseline();
        self.checked = Some(checked);
        Ok(Touched::Everything)
    }

    /// Takes note of what buffers hold now: `edited` are those whose text is another; `came_or_went` says that some
    /// were opened or closed.
    pub fn edit(&mut self, buffers: &Buffers, edited: &BTreeSet<DocPath>) -> Touched {
        let Some(checked) = &mut self.checked else { return Touched::nothing() };
        let touched = checked.edit(buffers, edited).unwrap_or_else(|| checked.rebuild(buffers));
        checked.accepting(touched)
    }

    /// The paths of which there is something to say.
    #[must_use]
    pub fn paths_with_findings(&self) -> BTreeSet<DocPath> {
        let Some(checked) = &self.checked else { return BTreeSet::new() };
        match &checked.not_accepted {
            Some(findings) => findings.keys().cloned().collect(),
            None => checked.workspace.paths_with_findings().cloned().collect(),
        }
    }

    /// What is to be said of a file.
    #[must_use]
    pub fn findings(&self, path: &DocPath) -> &[Finding] {
        let Some(checked) = &self.checked else { return &[] };
        match &checked.not_accepted {
            Some(findings) => findings.get(path).map_or(&[], Vec::as_slice),
            None => checked.workspace.findings(path),
        }
    }

    /// Whether a file lies in what the editor has opened as a folder.
    #[must_use]
    pub fn selects(&self, path: &DocPath) -> bool {
        self.checked.as_ref().is_some_and(|checked| checked.input.selects(path))
    }

    /// The site, buffers included.
    #[must_use]
    pub fn site(&self) -> Option<&Site> {
        self.checked.as_ref().map(|checked| checked.workspace.site())
    }
}

impl Checked {
    /// Takes note of what the disk has now, where nothing but texts of pages is another; `None` where more is.
    fn follow(&mut self, disk: &Tree, buffers: &Buffers, edited: &BTreeSet<DocPath>) -> Option<Touched> {
        if !self.disk.differs_in_texts_only(disk) || !self.still_knows_the_disk() {
            return None;
        }
        let mut changed = edited.clone();
        for (old, new) in self.disk.pages.iter_mut().zip(&disk.pages) {
            if old.text != new.text {
                old.text = new.text.clone();
                changed.insert(old.path.clone());
            }
        }
        self.edit(buffers, &changed)
    }

    /// Whether the disk would say the same of all that was asked besides the tree.
    fn still_knows_the_disk(&self) -> bool {
        let site = self.workspace.site();
        let (known, line_counts) = (site.known_on_disk(), site.known_line_counts());
        let mut asked = site.unknown_paths();
        asked.extend(known.keys().cloned());
        let counted: Vec<DocPath> = line_counts.keys().cloned().collect();
        let counts = self.input.count_lines(&counted);
        self.input.probe(&asked) == *known
            && line_counts.iter().all(|(path, count)| counts.get(path).copied() == *count)
    }

    /// Leaves out what the baseline accepts.
    fn accepting(&mut self, touched: Touched) -> Touched {
        self.apply_baseline();
        match self.not_accepted {
            Some(_) => Touched::Everything,
            None => touched,
        }
    }

    /// Page by page; `None` where that cannot be.
    fn edit(&mut self, buffers: &Buffers, edited: &BTreeSet<DocPath>) -> Option<Touched> {
        let mut touched = BTreeSet::new();
        for path in edited {
            if !self.concerns(buffers, path) {
                continue;
            }
            let text = self.text(buffers, path)?;
            let doc = self.workspace.site().find_doc(path)?;
            if *self.workspace.site().doc(doc).text == *text {
                continue;
            }
            let changed = self.workspace.edit(path, text).ok()?;
            self.note(changed, &mut touched);
        }
        Some(Touched::Paths(touched))
    }

    /// Whether the tree has that file, or would have it.
    fn concerns(&self, buffers: &Buffers, path: &DocPath) -> bool {
        let takes = |path: &DocPath| self.input.takes(path);
        self.workspace.site().find_doc(path).is_some()
            || self.disk.configs.contains_key(path)
            || buffers.get(path).is_some_and(|buffer| overlay::counts(&self.disk, path, buffer, &takes))
    }

    /// The text that counts of a page that was there before.
    fn text(&self, buffers: &Buffers, path: &DocPath) -> Option<Arc<str>> {
        if let Some(buffer) = buffers.get(path) {
            return Some(buffer.text.clone());
        }
        let page = self.disk.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
        Some(self.disk.pages[page].text.clone())
    }

    /// Asks the disk what an edit has brought up.
    fn note(&mut self, changed: Changed, touched: &mut BTreeSet<DocPath>) {
        touched.extend(changed.paths);
        if !changed.unknown.is_empty() || !changed.uncounted.is_empty() {
            let on_disk = self.input.probe(&changed.unknown);
            let line_counts = self.input.count_lines(&changed.uncounted);
            touched.extend(self.workspace.learn(&on_disk, &line_counts).paths);
        }
    }

    fn rebuild(&mut self, buffers: &Buffers) -> Touched {
        let tree = overlay::laid_over(&self.disk, buffers, &|path| self.input.takes(path));
        let site = self.input.site_like(tree, self.workspace.site());
        Touched::Paths(self.workspace.replace(site).paths.into_iter().collect())
    }

    fn apply_baseline(&mut self) {
        let Some(accepted) = &self.accepted else { return };
        let mut report: Report = self.workspace.report();
        report.findings.retain(|finding| self.input.selects(&finding.path));
        accepted.apply(&mut report, self.workspace.site(), Some(self.workspace.ruleset()));
        let mut by_path: BTreeMap<DocPath, Vec<Finding>> = BTreeMap::new();
        for finding in report.findings {
            by_path.entry(finding.path.clone()).or_default().push(finding);
        }
        self.not_accepted = Some(by_path);
    }
}
