//! The page that took another one's place, as redirects tell.

use super::{Because, Suggestion, Written, literal};
use crate::site::{DocId, Landing, Page, RedirectId};

impl Written<'_> {
    /// Where a redirect leads readers of the page.
    fn follow(&self, redirect: RedirectId) -> Landing {
        self.page.site.follow(redirect, &self.doc().path)
    }

    /// The page to which a redirect leads.
    pub(super) fn landing(&self, redirect: RedirectId) -> Option<DocId> {
        self.page.site.doc_of(self.follow(redirect).file()?)
    }

    pub(super) fn for_redirect(&self, redirect: RedirectId) -> Vec<Suggestion> {
        let Page { site, .. } = *self.page;
        let url = |last: RedirectId| &site.redirects.list[last as usize].url;
        match self.follow(redirect) {
            Landing::File(file, last) => {
                let path = self.in_style(site.files.path(file));
                let fragment = url(last).split_once('#').map(|(_, fragment)| fragment);
                self.moved_to(&path, fragment)
            }
            Landing::Elsewhere(last) if !self.page.dialect().rooted_is_repository => {
                let (path, fragment) = match url(last).split_once('#') {
                    Some((path, fragment)) => (path, Some(fragment)),
                    None => (url(last).as_str(), None),
                };
                self.moved_to(path, fragment)
            }
            Landing::Elsewhere(_) | Landing::Circle => Vec::new(),
        }
    }

    /// The new path; where the author wrote no fragment, with that of the redirect, if the place is there.
    fn moved_to(&self, path: &str, fragment: Option<&str>) -> Vec<Suggestion> {
        if let Some(fragment) = fragment
            && !self.has_fragment
        {
            let whole = format!("{path}{}#{fragment}", self.tail_after(path));
            if self.resolves(&whole) {
                return literal(&whole, Because::Redirect);
            }
        }
        self.with_path(path, Because::Redirect)
    }
}
