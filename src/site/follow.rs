//! Following redirects: what each leads to at once, and in the end.
//!
//! Owns where an address or file of a redirect lies. Does not know who declares redirects, or who asks.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::files::FileId;
use super::project::{Project, ProjectId};
use super::redirects::RedirectId;
use super::resolve::decode;
use super::{Fragment, Site};
use crate::dialect::Dialect;
use crate::path::DocPath;

/// What a redirect leads to at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A file of the tree.
    File(FileId),
    /// Another redirect.
    Redirect(RedirectId),
    /// Nothing, though it would have to be in this tree.
    Missing,
    /// An address that the tree does not know.
    Elsewhere,
}

/// Where a redirect leads in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// A file of the tree, and the redirect that leads to it.
    File(FileId, RedirectId),
    /// An address where the tree has no file: that of this redirect.
    Elsewhere(RedirectId),
    /// Nowhere: the redirects form a circle, or a chain longer than any browser follows.
    Circle,
}

impl Landing {
    /// The file of the tree, if it is one.
    #[must_use]
    pub fn file(self) -> Option<FileId> {
        match self {
            Landing::File(file, _) => Some(file),
            Landing::Elsewhere(_) | Landing::Circle => None,
        }
    }
}

/// Browsers give up after so many redirects.
const MOST_HOPS: usize = 20;

impl Site {
    /// What a redirect leads to at once; of several versions of a page, to that of the former page.
    #[must_use]
    pub fn step(&self, redirect: RedirectId) -> Step {
        self.step_near(redirect, &self.redirects.list[redirect as usize].source)
    }

    /// Follows redirects from `first` until they reach a file, leave the tree or close a circle; of several versions
    /// of a page to the one that shares most folders with `near`.
    #[must_use]
    pub fn follow(&self, first: RedirectId, near: &DocPath) -> Landing {
        match self.hops(first, near).last() {
            Some((last, Step::File(file))) => Landing::File(file, last),
            Some((last, Step::Missing | Step::Elsewhere)) => Landing::Elsewhere(last),
            Some((_, Step::Redirect(_))) | None => Landing::Circle,
        }
    }

    /// The circles that redirects form; each once, from the redirect that is declared first.
    #[must_use]
    pub fn redirect_circles(&self) -> Vec<Vec<RedirectId>> {
        let mut seen = FxHashSet::default();
        let mut circles = Vec::new();
        for first in 0..self.redirects.list.len() as RedirectId {
            let mut path = Vec::new();
            let mut next = Some(first);
            while let Some(current) = next.filter(|&current| seen.insert(current)) {
                path.push(current);
                next = match self.step(current) {
                    Step::Redirect(next) => Some(next),
                    _ => None,
                };
            }
            if let Some(start) = next.and_then(|next| path.iter().position(|&passed| passed == next)) {
                let mut circle = path.split_off(start);
                let declared_first = (0..circle.len()).min_by_key(|&at| circle[at]).unwrap_or_default();
                circle.rotate_left(declared_first);
                circles.push(circle);
            }
        }
        circles
    }

    /// What becomes of the fragment of a link to a former page: browsers take it along to the new one, unless a
    /// redirect names its own.
    pub(super) fn fragment_taken_along(
        &self,
        redirect: RedirectId,
        near: &DocPath,
        dialect: &'static Dialect,
        name: &str,
    ) -> Fragment {
        let mut landed = None;
        for (hop, step) in self.hops(redirect, near) {
            if self.redirects.list[hop as usize].url.contains('#') {
                return Fragment::Unknown;
            }
            landed = Some(step);
        }
        match landed {
            Some(Step::File(file)) => self.fragment_of_file(file, dialect, name),
            _ => Fragment::Unknown,
        }
    }

    /// What becomes of the fragment that a redirect itself names.
    #[must_use]
    pub fn fragment_of_redirect(&self, redirect: RedirectId) -> Fragment {
        let Step::File(file) = self.step(redirect) else { return Fragment::Unknown };
        let Some((_, fragment)) = self.redirects.list[redirect as usize].url.split_once('#') else {
            return Fragment::None;
        };
        let judge = self.doc_of(file).and_then(|doc| self.judges(doc).first());
        match judge {
            Some(judge) if !fragment.is_empty() => {
                let dialect = self.projects[judge.project as usize].dialect;
                self.fragment_of_file(file, dialect, &decode(fragment))
            }
            _ => Fragment::Unknown,
        }
    }

    fn hops<'s>(
        &'s self,
        first: RedirectId,
        near: &'s DocPath,
    ) -> impl Iterator<Item = (RedirectId, Step)> + 's {
        let hop = move |redirect| (redirect, self.step_near(redirect, near));
        let next = move |&(_, step): &(RedirectId, Step)| match step {
            Step::Redirect(next) => Some(hop(next)),
            _ => None,
        };
        std::iter::successors(Some(hop(first)), next).take(MOST_HOPS)
    }

    fn step_near(&self, redirect: RedirectId, near: &DocPath) -> Step {
        match &self.redirects.list[redirect as usize].leads_to {
            Some(file) => self.step_to_file(file),
            None => self.step_to_address(redirect, near),
        }
    }

    fn step_to_file(&self, path: &DocPath) -> Step {
        let may_be_added =
            |project: &Project| project.unknown_additions && path.below(project.folder.as_str()).is_some();
        match self.files.find(path.as_str()) {
            Some(file) => Step::File(file),
            None if self.projects.iter().any(may_be_added) => Step::Elsewhere,
            None => Step::Missing,
        }
    }

    fn step_to_address(&self, redirect: RedirectId, near: &DocPath) -> Step {
        let own = self.project_of_redirect(redirect);
        let url = decode(self.redirects.list[redirect as usize].address_led_to());
        let places = || {
            (0..).zip(&self.projects).filter_map(|(id, project)| {
                let rooted = project.rooted(&url)?;
                let address = project.below_base_path(rooted)?;
                (has_base_path(project) || own == Some(id)).then_some((project, rooted, address))
            })
        };
        let at = |(project, _, address): (&Project, &str, &str)| {
            let files = project.at_address(address).iter().copied();
            files.max_by_key(|&file| self.files.path(file).folders_shared_with(near))
        };
        if let Some(file) = places().find_map(at) {
            return Step::File(file);
        }
        let rooted = places().next().map_or(&*url, |(_, rooted, _)| rooted);
        let is_distinct = places().any(|(project, ..)| has_base_path(project));
        let next = self.redirects.at_address(rooted);
        match next.filter(|&next| is_distinct || self.project_of_redirect(next) == own) {
            // Servers lead from `/folder` to `/folder/`.
            Some(next) if next == redirect && rooted.ends_with('/') => return Step::Elsewhere,
            Some(next) => return Step::Redirect(next),
            None => {}
        }
        let unknown = places().any(|(project, ..)| project.unknown_additions);
        let misses = places().any(|(project, _, address)| self.is_missing(project, address));
        if misses && !unknown { Step::Missing } else { Step::Elsewhere }
    }

    /// The project in whose folder a redirect is declared.
    #[must_use]
    pub fn project_of_redirect(&self, redirect: RedirectId) -> Option<ProjectId> {
        let declared_in = &self.redirects.list[redirect as usize].declared_in;
        let folders = (0..).zip(self.projects.iter().map(|project| project.folder.as_str()));
        let around = folders.filter(|(_, folder)| declared_in.below(folder).is_some());
        // The deepest; of several with one folder the first.
        around.min_by_key(|(_, folder)| Reverse(folder.len())).map(|(id, _)| id)
    }

    /// Whether nobody but this project could publish what is not there: among its pages, or as the index of a folder
    /// of them. Some builds make that of the page of the folder's name.
    fn is_missing(&self, project: &Project, address: &str) -> bool {
        let folder = address.trim_end_matches('/');
        let below = |page| format!("{folder}/{page}");
        let name = folder.rsplit('/').next().unwrap_or_default();
        let is_beside = |address: &str| project.has_pages_beside(address, &self.files);
        project.at_address(&below(name)).is_empty() && (is_beside(folder) || is_beside(&below("index")))
    }
}

/// Whether the project's addresses can be told from those of other projects of the tree.
fn has_base_path(project: &Project) -> bool {
    project.base_path.as_deref().is_some_and(|base| !base.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::DIALECTS;
    use crate::site::{Files, Redirect, Redirects};

    fn site(files: &[&str], projects: &[(&str, &str)], redirects: Vec<Redirect>) -> Site {
        let files = Files::new(files.iter().map(|file| DocPath::new(file)).collect());
        let projects = projects.iter().map(|(folder, base)| {
            let mut project = Project::of_everything(DIALECTS[0], DocPath::new(folder));
            project.base_path = Some((*base).to_owned());
            for (id, path) in (0..).zip(&files.paths) {
                if let Some(page) = path.below(folder) {
                    project.addresses.insert(page.trim_end_matches(".md").into(), vec![id]);
                }
            }
            project
        });
        let projects = projects.collect();
        Site { files, projects, redirects: Redirects::new(redirects), ..Site::default() }
    }

    fn of_address(declared_in: &str, address: &str, url: &str) -> Redirect {
        let declared_in = DocPath::new(declared_in);
        Redirect {
            address: Some(address.to_owned()),
            url: url.to_owned(),
            declared_in,
            ..Redirect::default()
        }
    }

    fn of_file(source: &str, target: &str) -> Redirect {
        let (source, leads_to) = (DocPath::new(source), Some(DocPath::new(target)));
        Redirect { source, leads_to, ..Redirect::default() }
    }

    #[test]
    fn a_file_is_there_or_missing() {
        let redirects = || vec![of_file("old.md", "mid.md"), of_file("mid.md", "new.md")];
        let mut site = site(&["new.md"], &[("", "")], redirects());
        assert_eq!([site.step(0), site.step(1)], [Step::Missing, Step::File(0)]);
        assert!(site.redirect_circles().is_empty());
        site.projects[0].unknown_additions = true;
        assert_eq!(site.step(0), Step::Elsewhere);
    }

    #[test]
    fn circles_are_told_once() {
        let steps =
            [("/x/in", "/x/b"), ("/x/a", "/x/b"), ("/x/b", "/x/c"), ("/x/c", "/x/a"), ("/x/d", "/x/d")];
        let redirects = steps.map(|(from, to)| of_address("site.toml", from, to));
        let site = site(&["page.md"], &[("", "/x")], redirects.into());
        assert_eq!(site.redirect_circles(), [vec![1, 2, 3], vec![4]]);
        assert_eq!(site.follow(0, &DocPath::default()), Landing::Circle);
    }

    #[test]
    fn sites_that_share_addresses_share_no_redirects() {
        let redirects =
            vec![of_address("one/site.toml", "/a", "/b"), of_address("two/site.toml", "/b", "/a")];
        let site = site(&["one/x.md", "two/y.md"], &[("one", ""), ("two", "")], redirects);
        assert!(site.redirect_circles().is_empty());
        assert_eq!(site.project_of_redirect(1), Some(1));
    }

    #[test]
    fn an_index_may_be_missing_too() {
        let urls = ["/x/guide", "/x/guide/page/", "/x/other/page", "/y/guide/none", "/x/guide/none"];
        let redirects = urls.map(|url| of_address("site.toml", "/x/old", url));
        let site = site(&["guide/page.md"], &[("", "/x")], redirects.into());
        let steps = [0, 1, 2, 3, 4].map(|redirect| site.step(redirect));
        let expected = [Step::Missing, Step::File(0), Step::Elsewhere, Step::Elsewhere, Step::Missing];
        assert_eq!(steps, expected);
    }
}
