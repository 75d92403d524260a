//! Redirects: which former pages lead where.
//!
//! Plain data, whichever platform declares it. Following one to a file of the tree is `resolve`'s business.

use rustc_hash::FxHashMap;

use super::files::fold;
use crate::path::DocPath;
use crate::source::Span;

/// Index into [`Redirects::list`].
pub type RedirectId = u32;

/// A former page and where its address leads now.
///
/// Fields that a platform has no use for are left out: `Redirect { url, …, ..Redirect::default() }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redirect {
    /// The former page, as a file of the tree; empty where the platform knows its address only.
    pub source: DocPath,
    /// The rooted address at which it was published; `None` where the base path is unknown.
    pub address: Option<String>,
    /// The new address as declared: rooted, relative or absolute. Of a file, its path and fragment as written.
    pub url: String,
    /// The file it leads to, where the platform wants a file instead of an address.
    pub leads_to: Option<DocPath>,
    /// Whether it holds for some versions of the site only, so that its source may have others.
    pub is_conditional: bool,
    /// The file that declares it.
    pub declared_in: DocPath,
    /// Where in that file the former page is written; empty where nothing is.
    pub source_span: Span,
    /// Where in that file the new address is written.
    pub span: Span,
}

impl Redirect {
    /// The new address without query and fragment.
    #[must_use]
    pub fn address_led_to(&self) -> &str {
        self.url.split(['#', '?']).next().unwrap_or_default()
    }
}

/// All redirects of the tree; the first of a source wins.
#[derive(Debug, Default)]
pub struct Redirects {
    /// In the order of their declaration.
    pub list: Vec<Redirect>,
    by_source: FxHashMap<Box<str>, RedirectId>,
    by_address: FxHashMap<Box<str>, RedirectId>,
}

impl Redirects {
    /// Indexes `list`.
    #[must_use]
    pub fn new(list: Vec<Redirect>) -> Redirects {
        let mut by_source = FxHashMap::default();
        let mut by_address = FxHashMap::default();
        for (id, redirect) in list.iter().enumerate() {
            if !redirect.source.as_str().is_empty() {
                by_source.entry(fold(redirect.source.as_str())).or_insert(id as RedirectId);
            }
            if let Some(address) = &redirect.address {
                by_address.entry(fold(address)).or_insert(id as RedirectId);
            }
        }
        Redirects { list, by_source, by_address }
    }

    /// The redirect of a former page, letter case ignored.
    #[must_use]
    pub fn from(&self, source: &str) -> Option<RedirectId> {
        if self.list.is_empty() {
            return None;
        }
        self.by_source.get(&*fold(source)).copied()
    }

    /// The redirect of the page that was published at a rooted address.
    #[must_use]
    pub fn at_address(&self, rooted: &str) -> Option<RedirectId> {
        self.by_address.get(&*fold(rooted.trim_end_matches('/'))).copied()
    }
}
