//! What becomes of the fragment of a link: whether the page it leads to has that anchor, and how surely.

use super::anchors::{is_invisible, without_number};
use super::project::Project;
use super::resolve::{Fragility, Fragment, Outcome};
use super::{DocId, FileId, Site};
use crate::dialect::Dialect;

impl Site {
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
            Outcome::Redirected(redirect) => {
                self.fragment_taken_along(*redirect, &self.doc(id).path, project.dialect, name)
            }
            _ => Fragment::Unknown,
        }
    }

    /// A fragment of the page itself: an included file is read inside the pages that include it.
    fn fragment_here(&self, id: DocId, dialect: &'static Dialect, name: &str) -> Fragment {
        let own = self.fragment_in(id, dialect, name);
        if matches!(own, Fragment::Found | Fragment::Fragile(_)) {
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
        let fragments = files.iter().map(|&file| self.fragment_of_file(file, dialect, name));
        fragments
            .min_by_key(|fragment| match fragment {
                Fragment::Found | Fragment::None => 0,
                Fragment::Fragile(_) => 1,
                Fragment::Unknown | Fragment::Line(_) => 2,
                Fragment::Miscased(_) => 3,
                Fragment::Missing | Fragment::Beyond { .. } => 4,
            })
            .unwrap_or(Fragment::Unknown)
    }

    pub(super) fn fragment_of_file(&self, file: FileId, dialect: &'static Dialect, name: &str) -> Fragment {
        self.doc_of(file).map_or(Fragment::Unknown, |doc| self.fragment_in(doc, dialect, name))
    }

    fn fragment_in(&self, doc: DocId, dialect: &'static Dialect, name: &str) -> Fragment {
        let target = self.doc(doc);
        if target.is_navigation || target.text.trim().is_empty() {
            return Fragment::Unknown;
        }
        let found = |name: &str| self.find_anchor(doc, dialect, name).is_some();
        match self.find_anchor(doc, dialect, name) {
            Some((_, place)) if place.numbered => return Fragment::Fragile(Fragility::Numbered),
            Some(_) if name.contains(is_invisible) => return Fragment::Fragile(Fragility::Invisible),
            Some(_) => return Fragment::Found,
            None => {}
        }
        let may_be_made = || self.own_anchors(doc, dialect).made(target, dialect).may_have(name);
        if (dialect.makes_anchor)(target, name)
            || may_be_made()
            || (dialect.same_anchor)(name).is_some_and(found)
        {
            return Fragment::Found;
        }
        let name = (dialect.same_anchor)(name).unwrap_or(name);
        let parts = self.includes.closure(doc);
        // Where text is included, headings are numbered through all of it.
        let has = |base: &str| parts.iter().any(|&part| self.own_anchors(part, dialect).find(base).is_some());
        if dialect.includes_are_text && parts.len() > 1 && without_number(name).is_some_and(has) {
            return Fragment::Fragile(Fragility::Numbered);
        }
        let other_case = parts
            .iter()
            .find_map(|&part| Some(self.own_anchors(part, dialect).find_other_case(name)?.into()));
        match other_case {
            Some(name) => Fragment::Miscased(name),
            None if self.home(doc, dialect).unknown_anchors => Fragment::Unknown,
            None if self.includes.is_whole(&parts) => Fragment::Missing,
            None => Fragment::Unknown,
        }
    }
}
