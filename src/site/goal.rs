//! Where a link comes out: the file, the heading or id in it, and the redirect on the way.
//!
//! Owns the place; whether it is right to lead there is told by [`Outcome`] and [`Fragment`](super::Fragment).

use super::follow::Landing;
use super::resolve::{Outcome, Resolved, Why};
use super::{AnchorPlace, DocId, FileId, Page, RedirectId, Site};
use crate::dialect::{Dialect, Usage};
use crate::facts::Link;

/// Where a link comes out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// The file; none where redirects lead out of the tree.
    pub file: Option<FileId>,
    /// The page, where the file is one.
    pub doc: Option<DocId>,
    /// The heading or id that the fragment names, in the page or in what it includes.
    pub anchor: Option<(DocId, AnchorPlace)>,
    /// The first redirect on the way.
    pub redirect: Option<RedirectId>,
}

impl Site {
    /// Where a link of a page comes out: for the first of its judges for whom it leads to a file, else for the first
    /// for whom it leads anywhere.
    #[must_use]
    pub fn goal(&self, doc: DocId, link: &Link) -> Option<Goal> {
        let mut first = None;
        for page in self.views(doc) {
            if (page.dialect().usage)(page.doc, link) == Usage::Nothing {
                continue;
            }
            match page.goal(link, &page.resolve(link)) {
                Some(goal) if goal.file.is_some() => return Some(goal),
                goal => first = first.or(goal),
            }
        }
        first
    }

    /// The anchor that a fragment means; letter case counts only where two differ in it.
    fn anchor_meant(
        &self,
        doc: DocId,
        dialect: &'static Dialect,
        name: &str,
    ) -> Option<(DocId, AnchorPlace)> {
        let exact = |name: &str| self.find_anchor(doc, dialect, name);
        let in_other_case = || {
            self.includes.closure(doc).into_iter().find_map(|part| {
                let anchors = self.own_anchors(part, dialect);
                Some((part, anchors.find(anchors.find_other_case(name)?)?))
            })
        };
        exact(name).or_else(|| exact((dialect.same_anchor)(name)?)).or_else(in_other_case)
    }
}

impl Page<'_> {
    /// Where a link of the page comes out, given what became of it.
    #[must_use]
    pub fn goal(&self, link: &Link, resolved: &Resolved) -> Option<Goal> {
        let site = self.site;
        let base = resolved.reader.unwrap_or(self.id);
        let destination = link.target.destination(&self.doc.text).trim();
        let mut fragment = (self.dialect().split)(destination).fragment;
        let redirect = match &resolved.outcome {
            Outcome::Redirected(redirect) => Some(*redirect),
            Outcome::Missing(missing) => match missing.why {
                Why::Redirect(redirect) => Some(redirect),
                _ => None,
            },
            _ => None,
        };
        let file = match (&resolved.outcome, redirect) {
            (_, Some(redirect)) => match site.follow(redirect, &site.doc(base).path) {
                Landing::File(file, last) => {
                    let own = (self.dialect().split)(&site.redirects.list[last as usize].url).fragment;
                    fragment = own.or(fragment);
                    file
                }
                Landing::Elsewhere(_) | Landing::Circle => {
                    return Some(Goal { redirect: Some(redirect), ..Goal::default() });
                }
            },
            (Outcome::ThisPage, _) => site.files.find(site.doc(base).path.as_str())?,
            (outcome, _) => outcome.file()?,
        };
        let doc = site.doc_of(file);
        let name = fragment.as_deref().unwrap_or_default();
        let name = name.split(":~:").next().unwrap_or_default().trim();
        let anchor = doc.filter(|_| !name.is_empty()).and_then(|doc| {
            let own = || (resolved.outcome == Outcome::ThisPage).then_some(self.id);
            site.anchor_meant(doc, self.dialect(), name)
                .or_else(|| site.anchor_meant(own()?, self.dialect(), name))
        });
        Some(Goal { file: Some(file), doc, anchor, redirect })
    }
}
