//! Which files of a site are pages and at which addresses they are published.

use rustc_hash::{FxHashMap, FxHashSet};

use super::config::Config;
use crate::path::DocPath;
use crate::site::{FileId, Files, Project, fold};

/// The pages of one site.
#[derive(Debug, Default)]
pub struct Pages {
    /// What the site's configuration says.
    pub config: Config,
    /// Pages that are published elsewhere than they lie: where, below the source folder and without `.md`.
    moved: FxHashMap<FileId, Box<str>>,
    /// What the configuration leaves out; programs of the site's own may show it, so it is judged like a page.
    left_out: FxHashSet<FileId>,
    moved_to: FxHashMap<Box<str>, FileId>,
    routes: Vec<Route>,
}

/// `packages/[name].md`: pages that a program makes.
#[derive(Debug, PartialEq, Eq)]
struct Route {
    before: Box<str>,
    after: Box<str>,
}

impl Route {
    fn of(page: &str) -> Option<Route> {
        let open = page.find('[')?;
        let close = page.rfind(']').filter(|close| *close > open + 1)?;
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | ']' | '/' | '-' | '.');
        page[open..close]
            .chars()
            .all(is_word)
            .then(|| Route { before: page[..open].into(), after: page[close + 1..].into() })
    }

    fn may_make(&self, page: &str) -> bool {
        let between = page.strip_prefix(&*self.before).and_then(|rest| rest.strip_suffix(&*self.after));
        between
            .is_some_and(|between| !between.is_empty() && (!self.before.is_empty() || !between.contains('/')))
    }
}

impl Pages {
    /// The project of a site with its pages.
    #[must_use]
    pub fn project(config: Config, files: &Files) -> Project {
        let mut project = Project::of_everything(&super::DIALECT, config.source.clone());
        project.base_path.clone_from(&config.base);
        project.site_url =
            config.host.as_ref().map(|host| format!("{host}{}", config.base.as_deref().unwrap_or_default()));
        project.unknown_additions = !config.known || config.rewrites.unknown || config.ignored.all;
        project.unknown_anchors = !config.usual_ids;
        let mut pages = Pages { config, ..Pages::default() };
        let mut published = FxHashMap::default();
        for (id, path) in (0..).zip(&files.paths) {
            if let Some(address) = pages.add(id, path) {
                let addressed = fold(&address);
                let addressed = addressed
                    .strip_suffix("index")
                    .filter(|folder| folder.is_empty() || folder.ends_with('/'));
                let addressed =
                    addressed.map_or_else(|| fold(&address), |folder| folder.trim_end_matches('/').into());
                if !pages.left_out.contains(&id) {
                    project.addresses.entry(addressed.clone()).or_default().push(id);
                }
                published.insert(id, addressed);
            }
        }
        project.published = Some(published);
        project.own = Some(Box::new(pages));
        project
    }

    /// Takes note of a file; returns the address at which it is published, if it is.
    fn add(&mut self, id: FileId, path: &DocPath) -> Option<String> {
        if let Some(asset) = path.below(self.config.public.as_str()) {
            return Some(asset.strip_suffix(".html").unwrap_or(asset).to_owned());
        }
        let path = path.below(self.config.source.as_str())?;
        let page = path.strip_suffix(".md").filter(|_| !is_never_page(path))?;
        if self.is_excluded(path) {
            self.left_out.insert(id);
            return Some(page.to_owned());
        }
        if let Some(route) = Route::of(page) {
            self.routes.push(route);
            return Some(page.to_owned());
        }
        let Some(target) = self.config.rewrites.of(path).filter(|target| target != path) else {
            return Some(page.to_owned());
        };
        let target = target.strip_suffix(".md").unwrap_or(&target);
        self.moved.insert(id, target.into());
        self.moved_to.insert(target.into(), id);
        Some(target.to_owned())
    }

    fn is_excluded(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.chain([path]).any(|path| self.config.excluded.matches(path))
    }

    /// Whether a page lies where it is not published.
    #[must_use]
    pub fn is_elsewhere(&self, file: FileId) -> bool {
        self.moved.contains_key(&file) || self.left_out.contains(&file)
    }

    /// The page published at a path below the source folder, which has neither `.md` nor `.html`.
    #[must_use]
    pub fn find(&self, project: &Project, files: &Files, page: &str) -> Option<FileId> {
        if let Some(&moved) = self.moved_to.get(page) {
            return Some(moved);
        }
        let path = DocPath::join(self.config.source.as_str(), &format!("{page}.md"));
        let is_page = |file: &FileId| project.publishes(*file) && !self.is_elsewhere(*file);
        let found = files.find(path.as_str()).filter(is_page).filter(|_| Route::of(page).is_none());
        let asset =
            || files.find(DocPath::join(self.config.public.as_str(), &format!("{page}.html")).as_str());
        found.or_else(asset)
    }

    /// Whether a program may make that page.
    #[must_use]
    pub fn may_be_made(&self, page: &str) -> bool {
        self.routes.iter().any(|route| route.may_make(page))
    }

    /// The folder, below the source folder, from which the links of a page lead.
    #[must_use]
    pub fn folder<'p>(&'p self, file: Option<FileId>, path: &'p DocPath) -> &'p str {
        let moved = file.and_then(|file| self.moved.get(&file));
        let page = moved.map(|moved| &**moved).or_else(|| path.below(self.config.source.as_str()));
        page.and_then(|page| page.rsplit_once('/')).map_or("", |(folder, _)| folder)
    }
}

/// VitePress looks neither into hidden folders nor into these two.
fn is_never_page(path: &str) -> bool {
    path.split('/').any(|segment| segment.starts_with('.') || matches!(segment, "node_modules" | "dist"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dynamic_routes_make_what_lies_beside_them() {
        let route = |page| Route::of(page).expect("a route");
        assert!(route("users/[id]").may_make("users/ann"));
        assert!(route("users/[id]/posts").may_make("users/ann/posts"));
        assert!(!route("users/[id]/posts").may_make("users/ann"));
        assert!(!route("users/[id]").may_make("teams/ann"));
        assert!(route("[lang]").may_make("en") && !route("[lang]").may_make("guide/start"));
        assert_eq!(Route::of("plain"), None);
        assert_eq!(Route::of("a[]"), None);
    }
}
