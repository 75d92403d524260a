//! Why a finding is new: what of the change it goes back to.
//!
//! Looks first at what the link led to before, then at the page, then at what else the page is made of. What cannot be
//! told is not guessed.

use rustc_hash::FxHashMap;

use super::Changes;
use super::heading::{self, PageOf};
use crate::facts::HeadingId;
use crate::finding::{Finding, Label};
use crate::fingerprint::{self, Fingerprint, Fingerprints, Linked};
use crate::path::DocPath;
use crate::site::{DocId, Fragment, Outcome, Page, Resolved, Site};
use crate::source::Span;

/// Why a finding is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Its own file was written or changed.
    OwnFile,
    /// Its own page lay elsewhere, from where the link was right.
    OwnPageMoved(DocPath),
    /// The link's target was deleted.
    TargetDeleted(DocPath),
    /// The link's target lies elsewhere now.
    TargetMoved {
        /// Where it was.
        from: DocPath,
        /// Where it is.
        to: DocPath,
    },
    /// The link's target lost an anchor.
    AnchorGone {
        /// The page that had it, where it is now.
        page: DocPath,
        /// What it was.
        gone: Gone,
    },
    /// A redirect of the link's target was taken out.
    RedirectGone {
        /// The former page or address.
        source: String,
        /// The file that declared it, if it is still there.
        declared_in: Option<DocPath>,
    },
    /// A file that the page includes was changed.
    Included(DocPath),
    /// Another file that has to do with the finding was changed.
    Related(DocPath),
    /// A page that led here does so no longer.
    Unlinked(DocPath),
    /// It was in the baseline.
    NotAccepted,
    /// Configuration was changed.
    Config(DocPath),
    /// Something else, which is not known.
    Unknown,
}

/// What an anchor was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    /// A heading that is worded otherwise now.
    Reworded {
        /// Its text before.
        from: String,
        /// Its anchor now.
        anchor: String,
        /// Where it stands now.
        span: Span,
    },
    /// A heading, by its text.
    Heading(String),
    /// An `id` or `name`.
    Id,
}

impl Cause {
    /// The finding with its cause in its message, and a place in the file that caused it.
    #[must_use]
    pub fn explain(&self, mut finding: Finding) -> Finding {
        if let Some(clause) = self.clause() {
            finding.message = format!("{}; {clause}", finding.message);
        }
        let label = self.label().filter(|label| label.path != finding.path);
        let known = |label: &Label| {
            finding.related.iter().any(|other| other.path == label.path && other.span == label.span)
        };
        if let Some(label) = label.filter(|label| !known(label)) {
            finding.related.push(label);
        }
        finding
    }

    /// `this change deleted …`; nothing where it is plain to see.
    #[must_use]
    pub fn clause(&self) -> Option<String> {
        Some(match self {
            Cause::OwnFile | Cause::Unknown => return None,
            Cause::OwnPageMoved(from) => format!("this change moved the page here from `{from}`"),
            Cause::TargetDeleted(path) => format!("this change deleted `{path}`"),
            Cause::TargetMoved { from, to } => format!("this change renamed `{from}` to `{to}`"),
            Cause::AnchorGone { page, gone } => match gone {
                Gone::Reworded { from, anchor, .. } => {
                    format!(
                        "this change reworded the heading \u{201c}{from}\u{201d}, which is `#{anchor}` now"
                    )
                }
                Gone::Heading(text) => {
                    format!("this change took the heading \u{201c}{text}\u{201d} out of `{page}`")
                }
                Gone::Id => format!("this change took the id out of `{page}`"),
            },
            Cause::RedirectGone { source, .. } => {
                format!("this change took out the redirect from `{source}`")
            }
            Cause::Included(path) => format!("this change touched `{path}`, which the page includes"),
            Cause::Related(path) => format!("this change touched `{path}`"),
            Cause::Unlinked(path) => format!("this change took out the link in `{path}`"),
            Cause::NotAccepted => "this change took it out of the baseline".to_owned(),
            Cause::Config(path) => format!("this change touched `{path}`"),
        })
    }

    fn label(&self) -> Option<Label> {
        let top =
            |path: &DocPath, message: String| Some(Label { path: path.clone(), span: Span::at(0), message });
        match self {
            Cause::TargetMoved { from, to } => top(to, format!("this was `{from}`")),
            Cause::AnchorGone { page, gone } => match gone {
                Gone::Reworded { from, span, .. } => Some(Label {
                    path: page.clone(),
                    span: *span,
                    message: format!("this was \u{201c}{from}\u{201d}"),
                }),
                Gone::Heading(_) | Gone::Id => top(page, "the anchor was in this file".to_owned()),
            },
            Cause::RedirectGone { declared_in: Some(path), .. } => {
                top(path, "the redirect was in this file".to_owned())
            }
            Cause::Included(path) | Cause::Related(path) | Cause::Config(path) | Cause::Unlinked(path) => {
                top(path, "changed".to_owned())
            }
            _ => None,
        }
    }
}

/// Finds causes; remembers what many findings ask for.
pub(super) struct Causes<'c> {
    base: &'c Site,
    now: &'c Site,
    accepted: &'c Fingerprints,
    changes: &'c Changes,
    /// The links of the page that was asked about last, by destination.
    links: Option<(DocId, FxHashMap<&'c str, usize>)>,
    anchors: FxHashMap<(DocId, String), Option<Cause>>,
    /// For each file of the earlier version that a changed page no longer leads to: that page.
    unlinked: Option<FxHashMap<&'c DocPath, &'c DocPath>>,
}

impl<'c> Causes<'c> {
    pub(super) fn new(
        base: &'c Site,
        now: &'c Site,
        accepted: &'c Fingerprints,
        changes: &'c Changes,
    ) -> Causes<'c> {
        Causes { base, now, accepted, changes, links: None, anchors: FxHashMap::default(), unlinked: None }
    }

    /// Why a finding is new.
    pub(super) fn find(&mut self, finding: &Finding) -> Cause {
        if let Some(linked) = fingerprint::linked(finding, self.now) {
            let cause = self.of_link(&linked);
            if let Some(cause) = cause {
                return cause;
            }
        }
        if self.changes.touch(&finding.path) {
            return Cause::OwnFile;
        }
        let cause = self.included(&finding.path).map(Cause::Included);
        let cause = cause.or_else(|| self.related(finding).map(Cause::Related));
        let cause = cause.or_else(|| self.unlinked(&finding.path).map(Cause::Unlinked));
        let cause = cause.or_else(|| self.was_accepted(finding).then_some(Cause::NotAccepted));
        cause.or_else(|| self.config().map(Cause::Config)).unwrap_or(Cause::Unknown)
    }

    fn of_link(&mut self, linked: &Linked<'_>) -> Option<Cause> {
        let Some((page, before)) = self.before(linked) else {
            return self.of_new_link(&linked.resolved);
        };
        let base = self.base;
        let target = match &before.outcome {
            Outcome::Redirected(id) => {
                let redirect = &base.redirects.list[*id as usize];
                let is_same = |other: &crate::site::Redirect| {
                    other.source == redirect.source && other.address == redirect.address
                };
                if !matches!(linked.resolved.outcome, Outcome::Redirected(_))
                    && !self.now.redirects.list.iter().any(is_same)
                {
                    return Some(self.redirect_gone(redirect));
                }
                base.follow(*id, &page.doc.path).file()
            }
            Outcome::Folder { .. } => return self.of_new_link(&linked.resolved),
            outcome => outcome.file(),
        };
        let path = target.map(|file| base.files.path(file));
        if let Some(cause) = path.and_then(|path| self.of_target(path)) {
            return Some(cause);
        }
        if linked.resolved.fragment == Fragment::Missing && before.fragment != Fragment::Missing {
            let own = || before.reader.unwrap_or(page.id);
            let doc = target.map_or_else(|| Some(own()), |file| base.doc_of(file))?;
            let name = fingerprint::fragment(&linked.page, linked.link);
            if let Some(cause) = self.of_anchor(doc, &linked.page, name) {
                return Some(cause);
            }
        }
        let was_elsewhere = page.doc.path != linked.page.doc.path;
        let leads_elsewhere = was_elsewhere && path.is_some_and(|path| linked_file(linked) != Some(path));
        leads_elsewhere.then(|| Cause::OwnPageMoved(page.doc.path.clone()))
    }

    /// What the same link of the same page was before.
    fn before(&mut self, linked: &Linked<'_>) -> Option<(Page<'c>, Resolved)> {
        let base = self.base;
        let id = base.find_doc(self.changes.before(&linked.page.doc.path)?)?;
        let doc = base.doc(id);
        if self.links.as_ref().is_none_or(|(other, _)| *other != id) {
            let links = doc.facts.links.iter().enumerate();
            let by_destination = links.map(|(index, link)| (link.target.destination(&doc.text), index));
            self.links = Some((id, by_destination.collect()));
        }
        let (_, by_destination) = self.links.as_ref()?;
        let written = linked.link.target.destination(&linked.page.doc.text);
        let link = &doc.facts.links[*by_destination.get(written)?];
        let mut views = base.views(id);
        let page = views.find(|view| view.dialect() == linked.page.dialect())?;
        Some((page, page.resolve(link)))
    }

    /// A link that was not there before may still lead to what the change took away.
    fn of_new_link(&self, resolved: &Resolved) -> Option<Cause> {
        let Outcome::Missing(missing) = &resolved.outcome else { return None };
        let cause = self.of_target(&missing.path);
        cause.or_else(|| self.of_target(self.changes.left_folder(&missing.path)?))
    }

    fn of_target(&self, path: &DocPath) -> Option<Cause> {
        if let Some(to) = self.changes.moved(path) {
            return Some(Cause::TargetMoved { from: path.clone(), to: to.clone() });
        }
        self.changes.is_deleted(path).then(|| Cause::TargetDeleted(path.clone()))
    }

    fn redirect_gone(&self, redirect: &crate::site::Redirect) -> Cause {
        let source = match redirect.source.as_str() {
            "" => redirect.address.clone().unwrap_or_default(),
            source => source.to_owned(),
        };
        let declared_in = self.changes.now(&redirect.declared_in);
        let is_there = self.now.source(declared_in).is_some();
        Cause::RedirectGone { source, declared_in: is_there.then(|| declared_in.clone()) }
    }

    /// What became of an anchor that page `doc` had.
    fn of_anchor(&mut self, doc: DocId, page: &Page<'_>, name: String) -> Option<Cause> {
        let key = (doc, name);
        if let Some(known) = self.anchors.get(&key) {
            return known.clone();
        }
        let cause = self.anchor_gone(doc, page, &key.1);
        self.anchors.insert(key, cause.clone());
        cause
    }

    fn anchor_gone(&self, doc: DocId, page: &Page<'_>, name: &str) -> Option<Cause> {
        let dialect = page.dialect();
        let (holder, place) = self.base.find_anchor(doc, dialect, name)?;
        let was = &self.base.doc(holder).path;
        if self.changes.is_deleted(was) {
            return Some(Cause::TargetDeleted(was.clone()));
        }
        let path = self.changes.now(was);
        let holder_now = self.now.find_doc(path)?;
        if self.now.own_anchors(holder_now, dialect).find(name).is_some() {
            // The page that took the file in does so no longer.
            let reader = self.changes.now(&self.base.doc(doc).path);
            return self.changes.touch(reader).then(|| Cause::Related(reader.clone()));
        }
        let gone =
            place.heading.map_or(Gone::Id, |heading| self.heading_gone(holder, heading, holder_now, page));
        Some(Cause::AnchorGone { page: path.clone(), gone })
    }

    fn heading_gone(&self, doc: DocId, heading: HeadingId, doc_now: DocId, page: &Page<'_>) -> Gone {
        let text = &self.base.doc(doc).text;
        let from = self.base.doc(doc).facts.headings[heading as usize].text(text).into_owned();
        let base = PageOf { site: self.base, doc };
        let now = PageOf { site: self.now, doc: doc_now };
        match heading::successor(base, heading as usize, now, page.dialect()) {
            Some(next) => Gone::Reworded { from, anchor: next.anchor, span: next.span },
            None => Gone::Heading(from),
        }
    }

    fn included(&self, path: &DocPath) -> Option<DocPath> {
        let parts = |site: &Site, path: &DocPath| -> Vec<DocPath> {
            let parts = site.find_doc(path).map(|id| site.includes.closure(id)).unwrap_or_default();
            parts.into_iter().map(|part| site.doc(part).path.clone()).collect()
        };
        let is_changed = |part: &DocPath| part != path && self.changes.touch(part);
        let now = parts(self.now, path).into_iter().find(is_changed);
        now.or_else(|| {
            let before = parts(self.base, self.changes.before(path)?);
            before
                .into_iter()
                .find(|part| self.changes.is_deleted(part) || self.changes.moved(part).is_some())
        })
    }

    fn related(&self, finding: &Finding) -> Option<DocPath> {
        let mut others = finding.related.iter().map(|label| &label.path);
        others.find(|path| self.changes.touch(path)).cloned()
    }

    fn unlinked(&mut self, path: &DocPath) -> Option<DocPath> {
        let (base, now, changes) = (self.base, self.now, self.changes);
        let unlinked = self.unlinked.get_or_insert_with(|| {
            let mut unlinked = FxHashMap::default();
            for old in changes.by_old.keys() {
                let Some(id) = base.find_doc(old) else { continue };
                let place = changes.now(old);
                let still: Vec<&DocPath> = match now.find_doc(place).filter(|_| !changes.is_deleted(old)) {
                    Some(id) => {
                        now.files_linked_from(id).into_iter().map(|file| now.files.path(file)).collect()
                    }
                    None => Vec::new(),
                };
                for file in base.files_linked_from(id) {
                    let file = base.files.path(file);
                    if still.binary_search(&changes.now(file)).is_err() {
                        unlinked.entry(file).or_insert(place);
                    }
                }
            }
            unlinked
        });
        unlinked.get(changes.before(path)?).map(|place| (*place).clone())
    }

    fn was_accepted(&self, finding: &Finding) -> bool {
        self.accepted.contain(&Fingerprint::of(finding, self.now))
    }

    /// Configuration that was changed: what the reports may point into, and is no page.
    fn config(&self) -> Option<DocPath> {
        let is_config = |site: &Site, path: &DocPath| {
            site.source(path).is_some() && site.find_doc(path).is_none_or(|id| site.doc(id).is_navigation)
        };
        let now = self.changes.by_new.keys().find(|path| is_config(self.now, path));
        now.or_else(|| self.changes.by_old.keys().find(|path| is_config(self.base, path))).cloned()
    }
}

fn linked_file<'l>(linked: &Linked<'l>) -> Option<&'l DocPath> {
    let file = linked.resolved.outcome.file()?;
    Some(linked.page.site.files.path(file))
}
