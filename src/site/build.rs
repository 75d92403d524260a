//! Builds a [`Site`] from a [`Tree`]: parse, read the platforms' configuration, decide who judges what, resolve.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::includes::{Includes, Inclusion};
use super::page::Judgement;
use super::project::{Judge, Project, ProjectId, Role};
use super::resolve::{Fragment, Lookup, Outcome, Resolved};
use super::{Doc, DocId, Files, Redirects, Settings, Site};
use crate::dialect::{DIALECTS, Dialect, Usage};
use crate::facts::Link;
use crate::glob::Globs;
use crate::path::DocPath;
use crate::source::LineIndex;
use crate::tree::Tree;

impl Site {
    /// Parses every page and resolves every link of the tree.
    #[must_use]
    pub fn new(tree: Tree, settings: Settings) -> Site {
        let docs: Vec<Doc> = tree
            .pages
            .par_iter()
            .map(|page| {
                let lines = LineIndex::new(&page.text);
                let facts = crate::parse::parse(&page.text, &lines);
                Doc { path: page.path.clone(), text: page.text.clone(), lines, facts }
            })
            .collect();
        let files = Files::new(tree.files.clone());
        let mut site = Site { docs, files, settings, ..Site::default() };
        site.doc_of_file = docs_of_files(&site.files, &site.docs);
        site.anchors = site.docs.iter().map(|_| DIALECTS.iter().map(|_| OnceLock::new()).collect()).collect();
        site.names_own_folder = site.docs.iter().map(|_| OnceLock::new()).collect();
        site.neighbours = site.docs.iter().map(|_| OnceLock::new()).collect();
        site.foreign_ids = site.docs.iter().map(|_| OnceLock::new()).collect();
        site.read_platforms(&tree);
        site.below_git_root = tree.below_git_root.unwrap_or_default();
        site.unreadable = tree.unreadable;
        site.configs = tree
            .configs
            .into_iter()
            .map(|(path, text)| {
                let lines = LineIndex::new(&text);
                (path, (text, lines))
            })
            .collect();
        site.appoint_judges();
        site.judgements = (0..site.docs.len() as DocId).into_par_iter().map(|doc| site.judge(doc)).collect();
        site
    }

    fn read_platforms(&mut self, tree: &Tree) {
        let mut redirects = Vec::new();
        for dialect in DIALECTS {
            let config = (dialect.read_config)(tree, &self.files, &self.settings);
            self.projects.extend(config.projects);
            redirects.extend(config.redirects);
            self.config_faults.extend(config.faults);
        }
        self.redirects = Redirects::new(redirects);
    }

    fn appoint_judges(&mut self) {
        let bench = Bench::new(self);
        let seated: Vec<Vec<ProjectId>> =
            self.docs.par_iter().map(|doc| bench.candidates(&doc.path)).collect();
        self.includes = Includes::new(
            seated.par_iter().enumerate().map(|(doc, projects)| self.inclusions(doc, projects)).collect(),
        );
        let judges = seated
            .par_iter()
            .enumerate()
            .map(|(doc, projects)| {
                let judges: Vec<Judge> = projects
                    .iter()
                    .map(|&project| Judge { project, role: self.role(doc as DocId, project) })
                    .collect();
                bench.without_the_unconcerned(&self.docs[doc].path, judges)
            })
            .collect();
        self.judges = judges;
    }

    fn inclusions(&self, doc: usize, projects: &[ProjectId]) -> Vec<Inclusion> {
        let doc = &self.docs[doc];
        let mut inclusions = Vec::new();
        for (index, link) in doc.facts.links.iter().enumerate() {
            if link.keyword.is_none() {
                continue;
            }
            let included = projects.iter().find_map(|&project| {
                let project = &self.projects[project as usize];
                if (project.dialect.usage)(doc, link) != Usage::Include {
                    return None;
                }
                self.doc_of(self.outcome(doc, project, link, Usage::Include).file()?)
            });
            if let Some(included) = included {
                inclusions.push(Inclusion { doc: included, link: index as u32 });
            }
        }
        inclusions
    }

    fn role(&self, doc: DocId, project: ProjectId) -> Role {
        let path = &self.doc(doc).path;
        let file = self.files.find(path.as_str());
        if file.is_none_or(|file| self.projects[project as usize].publishes(file)) {
            Role::Published
        } else if !self.includes.by[doc as usize].is_empty() || in_includes_folder(path) {
            Role::Include
        } else {
            Role::Unpublished
        }
    }

    fn judge(&self, id: DocId) -> Vec<Judgement> {
        let doc = self.doc(id);
        let by_judge = self.judges(id).iter().map(|judge| {
            let project = &self.projects[judge.project as usize];
            let mut judgement = Judgement::default();
            for (index, link) in doc.facts.links.iter().enumerate() {
                let usage = (project.dialect.usage)(doc, link);
                if usage != Usage::Nothing {
                    let resolved = self.resolve(id, project, link, usage);
                    judgement.add(index as u32, resolved, |file| {
                        project.publishes(file) || self.is_published(file)
                    });
                }
            }
            judgement
        });
        by_judge.collect()
    }

    fn resolve(&self, id: DocId, project: &Project, link: &Link, usage: Usage) -> Resolved {
        let doc = self.doc(id);
        let outcome = self.outcome(doc, project, link, usage);
        let fragment = match usage {
            Usage::Link => self.fragment(id, project, link.target.destination(&doc.text), &outcome),
            _ => Fragment::None,
        };
        Resolved { usage, outcome, fragment }
    }

    /// The pages that a page's links lead to.
    pub(super) fn linked_pages(&self, id: DocId) -> impl Iterator<Item = DocId> {
        let doc = self.doc(id);
        self.judges(id).iter().flat_map(move |judge| {
            let project = &self.projects[judge.project as usize];
            let links = doc.facts.links.iter();
            links.filter_map(move |link| {
                let outcome = self.outcome(doc, project, link, (project.dialect.usage)(doc, link));
                self.doc_of(outcome.file()?)
            })
        })
    }

    fn outcome(&self, doc: &Doc, project: &Project, link: &Link, usage: Usage) -> Outcome {
        let destination = link.target.destination(&doc.text).trim();
        if self.settings.accept.iter().any(|pattern| pattern.is_match(destination)) {
            return Outcome::Skipped("accepted by configuration");
        }
        self.outcome_of(doc, project, destination, usage)
    }

    /// What a destination would lead to, were it written in `doc`.
    #[must_use]
    pub fn outcome_of(&self, doc: &Doc, project: &Project, destination: &str, usage: Usage) -> Outcome {
        let lookup = Lookup {
            files: &self.files,
            redirects: &self.redirects,
            project,
            settings: &self.settings,
            below_git_root: &self.below_git_root,
        };
        (project.dialect.resolve)(&lookup, doc, destination, usage)
    }

    /// What would become of the fragment of a destination in page `id` that leads to `outcome`.
    #[must_use]
    pub fn fragment(&self, id: DocId, project: &Project, destination: &str, outcome: &Outcome) -> Fragment {
        if memchr::memchr2(b'#', b'%', destination.as_bytes()).is_none() {
            return Fragment::None;
        }
        let parts = (project.dialect.split)(destination);
        let Some(fragment) = parts.fragment else { return Fragment::None };
        let name = fragment.split(":~:").next().unwrap_or_default().trim();
        if name.is_empty() {
            return Fragment::None;
        }
        if self.settings.accept_anchors.iter().any(|pattern| pattern.is_match(name)) {
            return Fragment::Found;
        }
        match outcome {
            Outcome::ThisPage => self.fragment_here(id, project.dialect, name),
            Outcome::File(_) | Outcome::Address(_) => self.fragment_in_files(project.dialect, outcome, name),
            _ => Fragment::Unknown,
        }
    }

    /// A fragment of the page itself: an included file is read inside the pages that include it.
    fn fragment_here(&self, id: DocId, dialect: &'static Dialect, name: &str) -> Fragment {
        let own = self.fragment_in(id, dialect, name);
        if own == Fragment::Found {
            return own;
        }
        let readers = self.includes.readers(id);
        if readers.is_empty() {
            return own;
        }
        let mut of_readers = readers.iter().map(|&reader| self.fragment_in(reader, dialect, name));
        of_readers.find(|fragment| *fragment != Fragment::Found).unwrap_or(Fragment::Found)
    }

    fn fragment_in_files(&self, dialect: &'static Dialect, outcome: &Outcome, name: &str) -> Fragment {
        let files = match outcome {
            Outcome::File(found) => std::slice::from_ref(&found.item),
            Outcome::Address(files) => files.as_slice(),
            _ => &[],
        };
        let fragments = files.iter().map(|&file| match self.doc_of(file) {
            Some(doc) => self.fragment_in(doc, dialect, name),
            None => Fragment::Unknown,
        });
        fragments
            .min_by_key(|fragment| match fragment {
                Fragment::Found | Fragment::None => 0,
                Fragment::Unknown => 1,
                Fragment::Miscased(_) => 2,
                Fragment::Missing => 3,
            })
            .unwrap_or(Fragment::Unknown)
    }

    fn fragment_in(&self, doc: DocId, dialect: &'static Dialect, name: &str) -> Fragment {
        let target = self.doc(doc);
        if target.text.trim().is_empty() {
            return Fragment::Unknown;
        }
        let found = |name: &str| self.find_anchor(doc, dialect, name).is_some();
        if found(name)
            || (dialect.makes_anchor)(target, name)
            || (dialect.same_anchor)(name).is_some_and(found)
        {
            return Fragment::Found;
        }
        let name = (dialect.same_anchor)(name).unwrap_or(name);
        let parts = self.includes.closure(doc);
        let other_case = parts
            .iter()
            .find_map(|&part| Some(self.own_anchors(part, dialect).find_other_case(name)?.into()));
        match other_case {
            Some(name) => Fragment::Miscased(name),
            None if self.includes.is_whole(&parts) => Fragment::Missing,
            None => Fragment::Unknown,
        }
    }
}

/// The page of each file; both are sorted.
fn docs_of_files(files: &Files, docs: &[Doc]) -> Vec<Option<DocId>> {
    let mut next = 0;
    let mut doc_of = |path: &DocPath| {
        while docs.get(next).is_some_and(|doc| doc.path < *path) {
            next += 1;
        }
        docs.get(next).is_some_and(|doc| doc.path == *path).then_some(next as DocId)
    };
    files.paths.iter().map(&mut doc_of).collect()
}

fn in_includes_folder(path: &DocPath) -> bool {
    path.folder().split('/').any(|segment| segment.eq_ignore_ascii_case("includes"))
}

/// Who may judge: the projects by dialect, and which dialects the configuration wants.
struct Bench {
    /// Projects that a platform's own configuration declares.
    declared: Vec<(ProjectId, DocPath, &'static Dialect)>,
    /// A project of everything for each dialect, for pages that no declared project has.
    everything: Vec<ProjectId>,
    wanted: Vec<&'static Dialect>,
    overrides: Vec<(Globs, Vec<&'static Dialect>)>,
}

impl Bench {
    fn new(site: &mut Site) -> Bench {
        let declared: Vec<_> = site
            .projects
            .iter()
            .enumerate()
            .map(|(id, project)| (id as ProjectId, project.folder.clone(), project.dialect))
            .collect();
        let everything = DIALECTS
            .iter()
            .map(|dialect| {
                site.projects.push(Project::of_everything(dialect, DocPath::new("")));
                (site.projects.len() - 1) as ProjectId
            })
            .collect();
        Bench {
            declared,
            everything,
            wanted: site.settings.dialects.clone(),
            overrides: site.settings.dialect_overrides.clone(),
        }
    }

    fn overridden(&self, path: &DocPath) -> Option<&[&'static Dialect]> {
        let mut overrides = self.overrides.iter().rev();
        overrides.find(|(files, _)| files.matches(path.as_str())).map(|(_, dialects)| dialects.as_slice())
    }

    fn candidates(&self, path: &DocPath) -> Vec<ProjectId> {
        match self.overridden(path) {
            Some(dialects) => dialects.iter().map(|dialect| self.of_dialect(dialect, path)).collect(),
            None if self.wanted.is_empty() => vec![self.detected(path)],
            None => self.wanted.iter().map(|dialect| self.of_dialect(dialect, path)).collect(),
        }
    }

    fn detected(&self, path: &DocPath) -> ProjectId {
        self.deepest(path, |_| true).unwrap_or_else(|| self.fallback())
    }

    fn of_dialect(&self, dialect: &'static Dialect, path: &DocPath) -> ProjectId {
        if let Some(project) = self.deepest(path, |other| other == dialect) {
            return project;
        }
        let declared_elsewhere = self.declared.iter().any(|(_, _, other)| *other == dialect);
        if declared_elsewhere && self.overridden(path).is_none() {
            return self.fallback();
        }
        let index = DIALECTS.iter().position(|other| *other == dialect).unwrap_or_default();
        self.everything[index]
    }

    fn deepest(&self, path: &DocPath, wanted: impl Fn(&'static Dialect) -> bool) -> Option<ProjectId> {
        self.declared
            .iter()
            .filter(|(_, folder, dialect)| wanted(dialect) && path.below(folder.as_str()).is_some())
            .max_by_key(|(_, folder, _)| folder.as_str().len())
            .map(|(id, _, _)| *id)
    }

    /// Pages that no platform publishes are read in the repository.
    fn fallback(&self) -> ProjectId {
        *self.everything.last().unwrap_or(&0)
    }

    /// Leaves out judges to whom the page is nothing; a page keeps at least one judge.
    fn without_the_unconcerned(&self, path: &DocPath, mut judges: Vec<Judge>) -> Vec<Judge> {
        if self.overridden(path).is_some() {
            return judges;
        }
        judges.retain(|judge| judge.role != Role::Unpublished);
        judges.dedup();
        if judges.is_empty() {
            judges.push(Judge { project: self.fallback(), role: Role::Published });
        }
        judges
    }
}
