//! Builds a [`Site`] from a [`Tree`]: parse, read the platforms' configuration, decide who judges what, resolve.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::bench::Bench;
use super::includes::{Includes, Inclusion};
use super::lines;
use super::page::Judgement;
use super::project::{Judge, Project, ProjectId, Role};
use super::resolve::{Fragment, Lookup, Outcome, Resolved};
use super::{Doc, DocId, Files, OwnRepository, Redirects, Repository, Settings, Site};
use crate::dialect::{DIALECTS, Usage};
use crate::facts::{HtmlAttribute, Link, LinkKind};
use crate::parse::{Flavor, parse};
use crate::path::DocPath;
use crate::source::LineIndex;
use crate::tree::Tree;

impl Site {
    /// Parses every page and resolves every link of the tree.
    #[must_use]
    pub fn new(tree: Tree, settings: Settings) -> Site {
        Site::built(tree, settings, None)
    }

    /// The same. Pages that `other` has with the very same text are not parsed again: of two versions of a tree the
    /// second costs much less than the first.
    #[must_use]
    pub fn new_like(tree: Tree, settings: Settings, other: &Site) -> Site {
        Site::built(tree, settings, Some(other))
    }

    fn built(tree: Tree, settings: Settings, other: Option<&Site>) -> Site {
        let mut site = Site { files: Files::new(tree.files.clone()), settings, ..Site::default() };
        site.read_platforms(&tree);
        let bench = Bench::new(&mut site);
        let (docs, seated) = site.read_pages(&tree, &bench, other);
        site.docs = docs;
        site.doc_of_file = docs_of_files(&site.files, &site.docs);
        site.names_own_folder = site.docs.iter().map(|_| OnceLock::new()).collect();
        site.neighbours = site.docs.iter().map(|_| OnceLock::new()).collect();
        site.foreign_ids = site.docs.iter().map(|_| OnceLock::new()).collect();
        site.below_git_root = tree.below_git_root.unwrap_or_default();
        site.repository = match &site.settings.repository {
            OwnRepository::Detected => tree.repository,
            OwnRepository::Unjudged => None,
            OwnRepository::At(address) => Some(address.clone()),
        }
        .map(|address| Repository::new(&address, tree.branches));
        site.unreadable = tree.unreadable;
        site.configs = tree
            .configs
            .into_iter()
            .map(|(path, text)| {
                let lines = LineIndex::new(&text);
                (path, (text, lines))
            })
            .collect();
        site.publish();
        site.appoint_judges(&bench, &seated);
        site.candidates = seated;
        site.judgements = (0..site.docs.len() as DocId).into_par_iter().map(|doc| site.judge(doc)).collect();
        site
    }

    fn read_platforms(&mut self, tree: &Tree) {
        for dialect in DIALECTS {
            let config = (dialect.read_config)(tree, &self.files, &self.settings);
            self.projects.extend(config.projects);
            self.redirects.list.extend(config.redirects);
            self.config_faults.extend(config.faults);
        }
    }

    /// All pages and navigation files with what stands in them, and the projects that may judge each.
    fn read_pages(
        &self,
        tree: &Tree,
        bench: &Bench,
        other: Option<&Site>,
    ) -> (Vec<Doc>, Vec<Vec<ProjectId>>) {
        let navigation: BTreeMap<&DocPath, ProjectId> = self
            .projects
            .iter()
            .zip(0..)
            .flat_map(|(project, id)| project.navigation.iter().map(move |path| (path, id)))
            .collect();
        let pages = tree.pages.iter();
        let mut texts: Vec<(&DocPath, &Arc<str>, Option<ProjectId>)> =
            pages.map(|page| (&page.path, &page.text, navigation.get(&page.path).copied())).collect();
        texts.extend(
            navigation
                .iter()
                .filter_map(|(&path, &project)| Some((path, tree.configs.get(path)?, Some(project)))),
        );
        texts.sort_by_key(|(path, ..)| *path);
        texts
            .into_par_iter()
            .map(|(path, text, navigates)| match navigates {
                Some(project) => (self.read_navigation(project, path, text), vec![project]),
                None => {
                    let seated = bench.candidates(path);
                    (Site::read_page(path, text, self.flavor(path, &seated), other), seated)
                }
            })
            .unzip()
    }

    fn read_navigation(&self, project: ProjectId, path: &DocPath, text: &Arc<str>) -> Doc {
        let project = &self.projects[project as usize];
        Doc {
            path: path.clone(),
            text: text.clone(),
            lines: LineIndex::new(text),
            flavor: Flavor::default(),
            facts: Arc::new((project.dialect.navigation)(project, path, text)),
            is_navigation: true,
        }
    }

    pub(super) fn read_page(path: &DocPath, text: &Arc<str>, flavor: Flavor, other: Option<&Site>) -> Doc {
        let same = other.and_then(|other| Some(other.doc(other.find_doc(path)?)));
        let is_same = |doc: &&Doc| Arc::ptr_eq(&doc.text, text) && doc.flavor == flavor && !doc.is_navigation;
        if let Some(same) = same.filter(is_same) {
            return same.clone();
        }
        let lines = LineIndex::new(text);
        let facts = Arc::new(parse(text, &lines, flavor));
        Doc { path: path.clone(), text: text.clone(), lines, flavor, facts, is_navigation: false }
    }

    /// The language of a page: where its judges disagree, the first that is not plain Markdown. The first of them
    /// also says where cells end, as it is the one that is asked for tables.
    fn flavor(&self, path: &DocPath, judges: &[ProjectId]) -> Flavor {
        let flavors = judges.iter().map(|&judge| {
            let project = &self.projects[judge as usize];
            (project.dialect.flavor)(project, path)
        });
        let mut flavors = flavors.filter(|flavor| *flavor != Flavor::default());
        let first = judges.first().map(|&judge| self.projects[judge as usize].dialect);
        let code_protects_pipe = first.is_some_and(|dialect| dialect.code_protects_pipe);
        Flavor { code_protects_pipe, ..flavors.next().unwrap_or_default() }
    }

    /// Completes the projects with what their pages say themselves.
    fn publish(&mut self) {
        let mut redirects = std::mem::take(&mut self.redirects.list);
        for project in &mut self.projects {
            redirects.extend((project.dialect.publish)(project, &self.files, &self.docs));
        }
        self.redirects = Redirects::new(redirects);
    }

    fn appoint_judges(&mut self, bench: &Bench, seated: &[Vec<ProjectId>]) {
        self.includes = Includes::new(
            seated
                .par_iter()
                .enumerate()
                .map(|(doc, projects)| self.inclusions(&self.docs[doc], projects))
                .collect(),
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

    pub(super) fn inclusions(&self, doc: &Doc, projects: &[ProjectId]) -> Vec<Inclusion> {
        let mut inclusions = Vec::new();
        for (index, link) in doc.facts.links.iter().enumerate() {
            if !link.may_include() {
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
        if self.doc(doc).is_navigation {
            return Role::Navigation;
        }
        let file = self.files.find(path.as_str());
        if file.is_none_or(|file| self.projects[project as usize].publishes(file)) {
            Role::Published
        } else if !self.includes.by[doc as usize].is_empty() || in_includes_folder(path) {
            Role::Include
        } else {
            Role::Unpublished
        }
    }

    pub(super) fn judge(&self, id: DocId) -> Vec<Judgement> {
        let doc = self.doc(id);
        let by_judge = self.judges(id).iter().map(|judge| {
            let project = &self.projects[judge.project as usize];
            let mut judgement = Judgement::default();
            for (index, link) in doc.facts.links.iter().enumerate() {
                let usage = (project.dialect.usage)(doc, link);
                if usage != Usage::Nothing {
                    let is_published = |file| project.publishes(file) || self.is_published(file);
                    let resolved = self.resolve(id, *judge, link, usage);
                    let is_right =
                        resolved.is_right(is_published) && !link.target.destination(&doc.text).contains('\\');
                    judgement.add(index as u32, resolved, is_right);
                }
            }
            judgement
        });
        by_judge.collect()
    }

    /// What becomes of a link of page `id`; of text that others include, in the first page where it goes wrong. What
    /// such text includes itself counts from where it is written.
    pub(super) fn resolve(&self, id: DocId, judge: Judge, link: &Link, usage: Usage) -> Resolved {
        let project = &self.projects[judge.project as usize];
        let is_included = !self.includes.by[id as usize].is_empty();
        if !(is_included && project.dialect.includes_are_text && usage.is_link()) {
            return self.resolve_in(id, None, project, link, usage);
        }
        let readers = self.includes.readers(id);
        let in_readers = readers.iter().filter(|&&reader| self.includes.by[reader as usize].is_empty());
        let alone = (judge.role == Role::Published).then_some(None);
        let mut all = alone
            .into_iter()
            .chain(in_readers.copied().map(Some))
            .map(|reader| self.resolve_in(id, reader, project, link, usage));
        let is_published = |file| project.publishes(file) || self.is_published(file);
        let first = all.next();
        let wrong = match &first {
            Some(first) if !first.is_right(is_published) => None,
            _ => all.find(|resolved| !resolved.is_right(is_published)),
        };
        wrong.or(first).unwrap_or_else(|| self.resolve_in(id, None, project, link, usage))
    }

    fn resolve_in(
        &self,
        id: DocId,
        reader: Option<DocId>,
        project: &Project,
        link: &Link,
        usage: Usage,
    ) -> Resolved {
        let doc = self.doc(id);
        // Text is read where it ends up; what goes into it is looked up before, where that is written.
        let base = if usage == Usage::Include { id } else { reader.unwrap_or(id) };
        let destination = link.target.destination(&doc.text);
        let outcome = self.known_or(link, destination, || {
            self.outcome_of(self.doc(base), project, destination.trim(), usage)
        });
        let fragment = match usage.is_link() {
            true => self.fragment(base, project, destination, &outcome),
            false => Fragment::None,
        };
        let fragment = self.lines_named(doc, link, usage, &outcome, fragment);
        Resolved { usage, outcome, fragment, reader }
    }

    /// What becomes of a fragment that is no anchor but may name lines.
    fn lines_named(
        &self,
        doc: &Doc,
        link: &Link,
        usage: Usage,
        outcome: &Outcome,
        fragment: Fragment,
    ) -> Fragment {
        // A page has lines where its source is shown.
        let is_source = || link.target.destination(&doc.text).contains("?plain=1#");
        let may_name_lines = match fragment {
            Fragment::Unknown => true,
            Fragment::Missing => is_source(),
            _ => usage == Usage::Code,
        };
        let file = outcome.file().filter(|_| may_name_lines);
        let lines = file.and_then(|file| Some(self.lines_of(file, lines::first_line(doc, link, usage)?)));
        lines.unwrap_or(fragment)
    }

    pub(super) fn outcome(&self, doc: &Doc, project: &Project, link: &Link, usage: Usage) -> Outcome {
        let destination = link.target.destination(&doc.text).trim();
        self.known_or(link, destination, || self.outcome_of(doc, project, destination, usage))
    }

    fn known_or(&self, link: &Link, destination: &str, outcome: impl FnOnce() -> Outcome) -> Outcome {
        if link.kind == LinkKind::Html(HtmlAttribute::Computed) {
            return Outcome::Skipped("computed by code");
        }
        if self.settings.accept.iter().any(|pattern| pattern.is_match(destination.trim())) {
            return Outcome::Skipped("accepted by configuration");
        }
        outcome()
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
            repository: self.repository.as_ref(),
        };
        (project.dialect.resolve)(&lookup, doc, destination, usage)
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
