//! One page as one platform judges it: what a rule is given.

use super::{Doc, DocId, Project, Resolved, Role, Site};
use crate::dialect::{Dialect, Usage};
use crate::facts::Link;
use crate::source::Span;

/// One page as one platform judges it.
#[derive(Clone, Copy)]
pub struct Page<'s> {
    /// The site.
    pub site: &'s Site,
    /// Which page.
    pub id: DocId,
    /// The page.
    pub doc: &'s Doc,
    /// The project that judges it.
    pub project: &'s Project,
    /// What the page is to that project.
    pub role: Role,
    /// What became of each of its links, in order.
    pub resolved: &'s [Resolved],
}

/// A destination with what became of it.
#[derive(Clone, Copy)]
pub struct Checked<'s> {
    /// The link.
    pub link: &'s Link,
    /// What became of it.
    pub resolved: &'s Resolved,
}

impl<'s> Page<'s> {
    /// The platform.
    #[must_use]
    pub fn dialect(&self) -> &'static Dialect {
        self.project.dialect
    }

    /// The text under a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &'s str {
        span.of(&self.doc.text)
    }

    /// All destinations that are one on this platform.
    pub fn destinations(&self) -> impl Iterator<Item = Checked<'s>> {
        let links = self.doc.facts.links.iter().zip(self.resolved);
        links
            .filter(|(_, resolved)| resolved.usage != Usage::Nothing)
            .map(|(link, resolved)| Checked { link, resolved })
    }

    /// Links and images, without includes and code.
    pub fn links(&self) -> impl Iterator<Item = Checked<'s>> {
        self.destinations().filter(|checked| checked.resolved.usage == Usage::Link)
    }

    /// The destination as written.
    #[must_use]
    pub fn written(&self, link: &Link) -> &'s str {
        self.text(link.target.span)
    }
}
