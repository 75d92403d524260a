//! Who reads what: the pages whose findings an edit of another page can change.
//!
//! An index of what each page reads of others, kept up to date page by page, so that an edit looks at nobody else.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::Finding;
use crate::site::{ANY_PAGE, Difference, DocId, Search, Site, Topic};

/// The pages that read of others, by what they read.
#[derive(Debug, Default)]
pub(super) struct Readers {
    /// For each page what it reads, and of which page; sorted.
    reads: Vec<Vec<(Topic, DocId)>>,
    /// The same by topic: the page that reads, and the one that is read; sorted.
    by_topic: FxHashMap<Topic, Vec<(DocId, DocId)>>,
    /// What pages look for that is missing.
    searches: FxHashMap<DocId, Search>,
    /// How many files are missing in all.
    missing: usize,
    /// For each page those with a finding that points into it.
    pointing: FxHashMap<DocId, FxHashSet<DocId>>,
    /// The pages of which redirects name parts.
    by_redirects: FxHashSet<DocId>,
}

/// Who has to look again after an edit.
#[derive(Debug, Default)]
pub(super) struct Concerned {
    /// Those whose links may lead elsewhere.
    pub(super) judged: FxHashSet<DocId>,
    /// Those whose findings may read otherwise.
    pub(super) checked: FxHashSet<DocId>,
    /// Whether redirects may lead elsewhere.
    pub(super) redirects: bool,
}

impl Readers {
    pub(super) fn new(site: &Site) -> Readers {
        let docs = 0..site.docs.len() as DocId;
        let reads: Vec<_> = docs.clone().into_par_iter().map(|doc| site.reads(doc)).collect();
        let mut readers =
            Readers { by_redirects: site.read_by_redirects().into_iter().collect(), ..Readers::default() };
        for (doc, reads) in (0..).zip(&reads) {
            for &(topic, of) in reads {
                readers.by_topic.entry(topic).or_default().push((doc, of));
            }
        }
        readers.reads = reads;
        docs.for_each(|doc| readers.search_again(site, doc));
        readers
    }

    /// Takes note of what a page reads now.
    pub(super) fn read_again(&mut self, site: &Site, doc: DocId) {
        let now = site.reads(doc);
        let before = std::mem::take(&mut self.reads[doc as usize]);
        for &(topic, of) in before.iter().filter(|read| now.binary_search(read).is_err()) {
            let Some(readers) = self.by_topic.get_mut(&topic) else { continue };
            if let Ok(place) = readers.binary_search(&(doc, of)) {
                readers.remove(place);
            }
            if readers.is_empty() {
                self.by_topic.remove(&topic);
            }
        }
        for &(topic, of) in now.iter().filter(|read| before.binary_search(read).is_err()) {
            let readers = self.by_topic.entry(topic).or_default();
            if let Err(place) = readers.binary_search(&(doc, of)) {
                readers.insert(place, (doc, of));
            }
        }
        self.reads[doc as usize] = now;
    }

    /// Takes note of what is missing on a page now.
    pub(super) fn search_again(&mut self, site: &Site, doc: DocId) {
        let search = site.search(doc);
        let missing = search.missing;
        let before = match search.is_empty() {
            true => self.searches.remove(&doc),
            false => self.searches.insert(doc, search),
        };
        self.missing = self.missing + missing - before.map_or(0, |before| before.missing);
    }

    /// How many files are missing in all.
    pub(super) fn missing(&self) -> usize {
        self.missing
    }

    /// The pages that look for a file that is missing.
    pub(super) fn searching(&self) -> impl Iterator<Item = DocId> {
        self.searches.iter().filter(|(_, search)| search.missing > 0).map(|(&doc, _)| doc)
    }

    /// Takes note of where the findings of a page point to.
    pub(super) fn point(&mut self, site: &Site, doc: DocId, before: &[Finding], now: &[Finding]) {
        for other in pointed_at(site, doc, before) {
            if let Some(pointing) = self.pointing.get_mut(&other) {
                pointing.remove(&doc);
            }
        }
        for other in pointed_at(site, doc, now) {
            self.pointing.entry(other).or_default().insert(doc);
        }
    }

    /// The pages with a finding that points into a page.
    pub(super) fn pointing_at(&self, doc: DocId) -> impl Iterator<Item = DocId> {
        self.pointing.get(&doc).into_iter().flatten().copied()
    }

    /// Who has to look again when a page shows something else to others.
    pub(super) fn concerned(&self, site: &Site, doc: DocId, difference: &Difference) -> Concerned {
        let mut concerned = Concerned::default();
        concerned.checked.insert(doc);
        concerned.checked.extend(self.pointing_at(doc));
        if difference.any_anchor || !difference.anchors.is_empty() || difference.suggestions {
            let holders = holders(site, doc);
            self.add_readers_of_anchors(site, &holders, difference, &mut concerned);
            self.add_searches(&holders, difference, &mut concerned);
            concerned.redirects = !self.by_redirects.is_disjoint(&holders);
        }
        if difference.line_count {
            concerned.judged.extend(self.of_page(Topic::lines(doc), doc));
        }
        if difference.headings || !difference.titles.is_empty() {
            concerned.checked.extend(self.of_page(Topic::headings(doc), doc));
            let titled = difference.titles.iter().flat_map(|&title| self.of_page(title, doc));
            concerned.checked.extend(titled);
        }
        if difference.first_heading {
            let path = &site.doc(doc).path;
            let mut searches = self.searches.iter();
            concerned
                .checked
                .extend(searches.by_ref().filter(|(_, it)| it.may_mean(path)).map(|(&doc, _)| doc));
        }
        if difference.neighbours {
            let looks_here =
                |search: &Search| search.anchors.iter().any(|&(_, of)| of == doc || of == ANY_PAGE);
            let searches = self.searches.iter().filter(|(_, search)| looks_here(search));
            concerned.checked.extend(searches.map(|(&doc, _)| doc));
        }
        if difference.style {
            concerned.checked.extend(site.includes.closure(doc));
        }
        concerned
    }

    fn of_page(&self, topic: Topic, doc: DocId) -> impl Iterator<Item = DocId> {
        let readers = self.by_topic.get(&topic).into_iter().flatten();
        readers.filter(move |(_, of)| *of == doc || *of == ANY_PAGE).map(|&(reader, _)| reader)
    }

    fn add_readers_of_anchors(
        &self,
        site: &Site,
        holders: &FxHashSet<DocId>,
        difference: &Difference,
        concerned: &mut Concerned,
    ) {
        let reads_it = |reader: DocId, of: DocId| {
            // A part of pages finds in these what it does not hold itself.
            let in_readers =
                || of == reader && site.includes.readers(reader).iter().any(|page| holders.contains(page));
            of == ANY_PAGE || holders.contains(&of) || in_readers()
        };
        if difference.any_anchor {
            let all = (0..).zip(&self.reads);
            let readers = all.filter(|(reader, reads)| reads.iter().any(|&(_, of)| reads_it(*reader, of)));
            concerned.judged.extend(readers.map(|(reader, _)| reader));
            return;
        }
        for topic in &difference.anchors {
            let readers = self.by_topic.get(topic).into_iter().flatten();
            let readers =
                readers.filter(|&&(reader, of)| !concerned.judged.contains(&reader) && reads_it(reader, of));
            let readers: Vec<DocId> = readers.map(|&(reader, _)| reader).collect();
            concerned.judged.extend(readers);
        }
    }

    /// Those who look for an anchor that may have been there, or may be there now.
    fn add_searches(&self, holders: &FxHashSet<DocId>, difference: &Difference, concerned: &mut Concerned) {
        let looks_here = |&(topic, of): &(Topic, DocId)| {
            of == ANY_PAGE || holders.contains(&of) || difference.anchors.binary_search(&topic).is_ok()
        };
        let searches = self.searches.iter().filter(|(_, search)| search.anchors.iter().any(looks_here));
        concerned.checked.extend(searches.map(|(&doc, _)| doc));
    }
}

/// The pages that hold the anchors of a page: itself and all that include it.
fn holders(site: &Site, doc: DocId) -> FxHashSet<DocId> {
    let mut holders = FxHashSet::from_iter([doc]);
    let mut open = vec![doc];
    while let Some(part) = open.pop() {
        open.extend(site.includes.by[part as usize].iter().filter(|&&reader| holders.insert(reader)));
    }
    holders
}

/// The other pages into which findings of a page point.
fn pointed_at<'f>(site: &'f Site, doc: DocId, findings: &'f [Finding]) -> impl Iterator<Item = DocId> + 'f {
    let places = findings.iter().flat_map(|finding| &finding.related).map(|label| &label.path);
    let others = places.filter(move |path| **path != site.doc(doc).path);
    others.filter_map(|path| site.find_doc(path))
}
