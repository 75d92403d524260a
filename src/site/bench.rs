//! The bench: which projects judge which page.
//!
//! Owns what the configuration wants and what a path says. What a page is to a project is found out in `build`.

use super::Site;
use super::project::{Judge, Project, ProjectId, Role};
use crate::dialect::{DIALECTS, Dialect};
use crate::path::DocPath;
use crate::scope::ByFolder;

/// Who may judge: the projects by dialect, and which dialects the configuration wants.
pub(super) struct Bench {
    /// Projects that a platform's own configuration declares.
    declared: Vec<(ProjectId, DocPath, &'static Dialect)>,
    /// A project of everything for each dialect, for pages that no declared project has.
    everything: Vec<ProjectId>,
    wanted: Vec<&'static Dialect>,
    overrides: ByFolder<Vec<&'static Dialect>>,
}

impl Bench {
    pub(super) fn new(site: &mut Site) -> Bench {
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
            .collect::<Vec<_>>();
        site.everything.clone_from(&everything);
        Bench {
            declared,
            everything,
            wanted: site.settings.dialects.clone(),
            overrides: site.settings.dialect_overrides.clone(),
        }
    }

    fn overridden(&self, path: &DocPath) -> Option<&[&'static Dialect]> {
        self.overrides.at(path).pop().map(Vec::as_slice)
    }

    pub(super) fn candidates(&self, path: &DocPath) -> Vec<ProjectId> {
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
        self.everything[dialect.index()]
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
    pub(super) fn without_the_unconcerned(&self, path: &DocPath, mut judges: Vec<Judge>) -> Vec<Judge> {
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
