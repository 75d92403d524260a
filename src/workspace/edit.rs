//! After an edit: who is judged and checked again.

use rustc_hash::FxHashSet;

use super::{Changed, Workspace, add_of_site, check_pages, check_site};
use crate::path::DocPath;
use crate::site::{Difference, DocId};

impl Workspace {
    /// Brings all findings up to date after a page was given another text.
    pub(super) fn follow(&mut self, doc: DocId, difference: &Difference) -> Changed {
        self.readers.read_again(&self.site, doc);
        self.readers.search_again(&self.site, doc);
        let concerned = self.readers.concerned(&self.site, doc, difference);
        let mut judged = vec![doc];
        let mut linked = difference.linked;
        for page in concerned.judged.into_iter().filter(|&page| page != doc) {
            if self.site.judge_again(page) {
                self.readers.search_again(&self.site, page);
                linked |= self.site.link_again(page);
                judged.push(page);
            }
        }
        let mut checked = concerned.checked;
        checked.extend(&judged);
        if difference.values {
            checked.extend(self.site.pages_that_compare_values());
        }
        let presets = difference.tables && !self.site.settings.presets.is_empty();
        let (of_site, others) = match linked || presets || difference.reach || concerned.redirects {
            true => self.check_site_again(),
            false => (Vec::new(), Vec::new()),
        };
        checked.extend(of_site);
        let moved: FxHashSet<DocId> = self.readers.pointing_at(doc).chain([doc]).collect();
        let mut changed = self.check_again(checked, &moved);
        changed.paths.extend(others);
        changed.paths.sort_unstable();
        self.ask(&judged, &mut changed);
        changed
    }

    /// Checks some pages again. Of `moved` the places of findings differ, whatever they say.
    pub(super) fn check_again(&mut self, mut checked: FxHashSet<DocId>, moved: &FxHashSet<DocId>) -> Changed {
        if self.site.set_missing(self.readers.missing()) {
            checked.extend(self.readers.searching());
        }
        let checked: Vec<DocId> = checked.into_iter().collect();
        let reports = check_pages(&self.site, &self.ruleset, checked.clone());
        let mut changed = Changed::default();
        for (doc, mut report) in checked.into_iter().zip(reports) {
            let path = &self.site.doc(doc).path;
            if let Some(of_site) = self.of_site.get(path) {
                add_of_site(&mut report.findings, of_site);
            }
            let before = std::mem::replace(&mut self.pages[doc as usize], report);
            let now = &self.pages[doc as usize];
            if before.findings != now.findings || moved.contains(&doc) {
                changed.paths.push(path.clone());
            }
            self.readers.point(&self.site, doc, &before.findings, &now.findings);
        }
        changed.paths.sort_unstable();
        changed
    }

    /// Checks what belongs to no single page; returns the pages and the other files of which it tells something else.
    fn check_site_again(&mut self) -> (Vec<DocId>, Vec<DocPath>) {
        let now = check_site(&self.site, &self.ruleset);
        let before = std::mem::replace(&mut self.of_site, now);
        let paths: FxHashSet<&DocPath> = before.keys().chain(self.of_site.keys()).collect();
        let differing = paths.into_iter().filter(|path| before.get(*path) != self.of_site.get(*path));
        let (mut pages, mut others) = (Vec::new(), Vec::new());
        for path in differing {
            match self.site.find_doc(path) {
                Some(doc) => pages.push(doc),
                None => others.push(path.clone()),
            }
        }
        (pages, others)
    }

    /// Says what of some pages only the disk knows, and nobody has asked it yet.
    fn ask(&mut self, pages: &[DocId], changed: &mut Changed) {
        for &page in pages {
            let asked = &mut self.asked;
            changed.unknown.extend(
                self.site.unknown_paths_of(page).into_iter().filter(|path| asked.insert(path.clone())),
            );
            let files = self.site.files_to_count_of(page).into_iter();
            changed.uncounted.extend(files.filter(|path| asked.insert(path.clone())));
        }
        changed.unknown.sort_unstable();
        changed.uncounted.sort_unstable();
    }
}
