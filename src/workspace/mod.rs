//! A checked tree that can be edited page by page: what an editor holds.
//!
//! Owns the findings of every page, and which of them an edit can change. After any edits they are what
//! [`engine::check`] finds in a site made from scratch. Knows no editor and no disk.

mod edit;
mod readers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::{self, PageReport, Report, Summary};
use crate::finding::Finding;
use crate::path::DocPath;
use crate::rules::Ruleset;
use crate::site::{DocId, Site};
use crate::tree::OnDisk;
use readers::Readers;

/// A site, and what is wrong with each of its pages.
#[derive(Debug)]
pub struct Workspace {
    site: Site,
    ruleset: Ruleset,
    /// For each page what a check of it came to, with what the whole site tells of it.
    pages: Vec<PageReport>,
    /// What only the whole site tells, by the file it is told of.
    of_site: FxHashMap<DocPath, Vec<Finding>>,
    readers: Readers,
    /// The paths that the disk has been asked about, and the files whose lines were counted.
    asked: FxHashSet<DocPath>,
}

/// What an edit has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The files whose findings, or the places in them, may differ now; sorted.
    pub paths: Vec<DocPath>,
    /// Paths that nobody has asked the disk about yet: see [`Workspace::learn`].
    pub unknown: Vec<DocPath>,
    /// Files whose lines nobody has counted yet: see [`Workspace::learn`].
    pub uncounted: Vec<DocPath>,
}

/// An edit whose reach is not tracked: of front matter, of what is included, of navigation.
///
/// The workspace is as it was. Make a site of the whole tree with [`Site::new_like`], which parses only what differs,
/// and hand it to [`Workspace::replace`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebuild;

impl Workspace {
    /// Checks a site, which has been told what the disk knows.
    #[must_use]
    pub fn new(site: Site, ruleset: Ruleset) -> Workspace {
        let pages = check_pages(&site, &ruleset, 0..site.docs.len() as DocId);
        let readers = Readers::new(&site);
        let asked = site.unknown_paths().into_iter().chain(site.files_to_count()).collect();
        let of_site = check_site(&site, &ruleset);
        let mut workspace = Workspace { site, ruleset, pages, of_site, readers, asked };
        for path in workspace.of_site.keys() {
            let Some(doc) = workspace.site.find_doc(path) else { continue };
            let page = &mut workspace.pages[doc as usize].findings;
            add_of_site(page, &workspace.of_site[path]);
        }
        for (doc, page) in (0..).zip(&workspace.pages) {
            workspace.readers.point(&workspace.site, doc, &[], &page.findings);
        }
        workspace
    }

    /// Gives a page another text.
    ///
    /// # Errors
    ///
    /// Where the reach of the change is not tracked, and nothing has been changed.
    pub fn edit(&mut self, path: &DocPath, text: Arc<str>) -> Result<Changed, Rebuild> {
        let doc = self.site.find_doc(path).ok_or(Rebuild)?;
        if self.site.doc(doc).text == text {
            return Ok(Changed::default());
        }
        let difference = self.site.edit_page(doc, text).ok_or(Rebuild)?;
        Ok(self.follow(doc, &difference))
    }

    /// Takes note of what the disk knows of unknown paths, and how many lines files have.
    pub fn learn(
        &mut self,
        on_disk: &BTreeMap<DocPath, OnDisk>,
        line_counts: &BTreeMap<DocPath, u32>,
    ) -> Changed {
        let mut learnt = self.site.learn_of(on_disk);
        learnt.extend(self.site.learn_line_counts(line_counts));
        learnt.iter().for_each(|&doc| self.readers.search_again(&self.site, doc));
        self.check_again(learnt.into_iter().collect(), &FxHashSet::default())
    }

    /// Takes another site in place of this one.
    pub fn replace(&mut self, site: Site) -> Changed {
        let ruleset = std::mem::take(&mut self.ruleset);
        let old = std::mem::replace(self, Workspace::new(site, ruleset));
        let paths: BTreeSet<&DocPath> = old.paths_with_findings().chain(self.paths_with_findings()).collect();
        let paths = paths.into_iter().filter(|path| self.tells_otherwise(&old, path)).cloned().collect();
        Changed { paths, ..Changed::default() }
    }

    /// The site as it is now.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The rules that are checked.
    #[must_use]
    pub fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// What is wrong with a page or configuration file, in the order of a report.
    #[must_use]
    pub fn findings(&self, path: &DocPath) -> &[Finding] {
        match self.site.find_doc(path) {
            Some(doc) => &self.pages[doc as usize].findings,
            None => self.of_site.get(path).map_or(&[], Vec::as_slice),
        }
    }

    /// The files with which something is wrong; sorted.
    pub fn paths_with_findings(&self) -> impl Iterator<Item = &DocPath> {
        let pages = self.site.docs.iter().zip(&self.pages);
        let pages = pages.filter(|(_, page)| !page.findings.is_empty()).map(|(doc, _)| &doc.path);
        let others = self.of_site.keys().filter(|path| self.site.find_doc(path).is_none());
        pages.chain(others).collect::<BTreeSet<_>>().into_iter()
    }

    /// What was looked at.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        self.pages.iter().for_each(|page| summary.add(&page.summary));
        summary
    }

    /// Everything, as [`engine::check`] reports it.
    #[must_use]
    pub fn report(&self) -> Report {
        let findings = self.paths_with_findings().flat_map(|path| self.findings(path)).cloned().collect();
        Report { findings, summary: self.summary(), ..Report::default() }
    }

    /// Whether the findings of a file, or the texts they point into, differ from those of another workspace.
    fn tells_otherwise(&self, other: &Workspace, path: &DocPath) -> bool {
        let text = |workspace: &Workspace, path: &DocPath| {
            workspace.site.source(path).map(|source| source.text.as_ptr())
        };
        let findings = self.findings(path);
        let mut places = findings.iter().flat_map(|finding| &finding.related).map(|label| &label.path);
        findings != other.findings(path)
            || text(self, path) != text(other, path)
            || places.any(|place| text(self, place) != text(other, place))
    }
}

fn check_pages(
    site: &Site,
    ruleset: &Ruleset,
    docs: impl IntoParallelIterator<Item = DocId, Iter: IndexedParallelIterator>,
) -> Vec<PageReport> {
    site.prepare();
    docs.into_par_iter().map(|doc| engine::check_page(site, ruleset, doc)).collect()
}

/// What only the whole site tells, by the file it is told of.
fn check_site(site: &Site, ruleset: &Ruleset) -> FxHashMap<DocPath, Vec<Finding>> {
    let mut of_site: FxHashMap<DocPath, Vec<Finding>> = FxHashMap::default();
    for finding in engine::check_site(site, ruleset) {
        of_site.entry(finding.path.clone()).or_default().push(finding);
    }
    of_site.values_mut().for_each(engine::sort);
    of_site
}

/// Adds to the findings of a page what the whole site tells of it; the engine looks at that first.
fn add_of_site(page: &mut Vec<Finding>, of_site: &[Finding]) {
    page.splice(..0, of_site.iter().cloned());
    engine::sort(page);
}
