//! What became of a heading whose anchor is no more.

use crate::dialect::Dialect;
use crate::site::{DocId, Site};
use crate::source::Span;

use rustc_hash::FxHashSet;

/// The anchor of the heading that stands where another stood, and where that is.
pub(super) struct Successor {
    pub(super) anchor: String,
    pub(super) span: Span,
}

/// A page of a version of the tree.
#[derive(Clone, Copy)]
pub(super) struct PageOf<'s> {
    pub(super) site: &'s Site,
    pub(super) doc: DocId,
}

/// The heading that took the place of heading `index`: between the same neighbours that are still there, where as many
/// new headings stand as were lost.
pub(super) fn successor(
    base: PageOf<'_>,
    index: usize,
    now: PageOf<'_>,
    dialect: &'static Dialect,
) -> Option<Successor> {
    let before = ids(base, dialect);
    let after = ids(now, dialect);
    let kept_before: FxHashSet<&str> = before.iter().flatten().map(String::as_str).collect();
    let kept_after: FxHashSet<&str> = after.iter().flatten().map(String::as_str).collect();
    let stays = |id: &Option<String>| id.as_deref().is_some_and(|id| kept_after.contains(id));
    let is_old = |id: &Option<String>| id.as_deref().is_some_and(|id| kept_before.contains(id));
    let lost_from = before[..index].iter().rposition(stays).map_or(0, |at| at + 1);
    let lost_to = before[index..].iter().position(stays).map_or(before.len(), |at| index + at);
    let place = |id: &Option<String>| after.iter().position(|other| other == id);
    let from = match lost_from.checked_sub(1) {
        Some(above) => place(&before[above])? + 1,
        None => 0,
    };
    let to = match before.get(lost_to) {
        Some(below) => place(below)?,
        None => after.len(),
    };
    let new: Vec<usize> = (from..to).filter(|&at| !is_old(&after[at])).collect();
    if new.len() != lost_to - lost_from {
        return None;
    }
    let at = *new.get(index - lost_from)?;
    let heading = &now.site.doc(now.doc).facts.headings[at];
    Some(Successor { anchor: after[at].clone()?, span: heading.span })
}

fn ids(page: PageOf<'_>, dialect: &'static Dialect) -> Vec<Option<String>> {
    let doc = page.site.doc(page.doc);
    let mut views = page.site.views(page.doc);
    let project = views.find(|view| view.dialect() == dialect).map(|view| view.project);
    project.map(|project| (dialect.heading_ids)(project, doc)).unwrap_or_default()
}
