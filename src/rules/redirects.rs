//! What the rules about redirects have in common: a finding's place, and what is written there.

use super::Draft;
use crate::site::{Redirect, Site};
use crate::source::Span;

/// A finding about where a redirect leads.
#[must_use]
pub fn draft(redirect: &Redirect, message: String) -> Draft {
    Draft::new(&redirect.declared_in, redirect.span, message).target(&redirect.url)
}

/// A finding about what a redirect takes the place of.
#[must_use]
pub fn draft_of_source(redirect: &Redirect, message: String) -> Draft {
    Draft::new(&redirect.declared_in, place_of_source(redirect), message)
}

/// Where the former page is written; where it is not, the redirect itself.
#[must_use]
pub fn place_of_source(redirect: &Redirect) -> Span {
    if redirect.source_span.is_empty() { redirect.span } else { redirect.source_span }
}

/// The former page as people know it.
#[must_use]
pub fn shown(redirect: &Redirect) -> &str {
    match redirect.source.as_str() {
        "" => redirect.address.as_deref().unwrap_or_default(),
        source => source,
    }
}

/// Where the new address is written, without quotes; `None` where escapes or wrapped lines make it unsure.
#[must_use]
pub fn unquoted(site: &Site, redirect: &Redirect) -> Option<Span> {
    let written = redirect.span.of(site.source(&redirect.declared_in)?.text);
    let quote = written.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    let quotes = usize::from(quote.is_some_and(|quote| written.len() > 1 && written.ends_with(quote)));
    let inner = &written[quotes..written.len() - quotes];
    let start = redirect.span.start as usize + quotes;
    is_plain(inner).then(|| Span::new(start, start + inner.len()))
}

/// Whether a text means itself in every format and needs no quotes that are not there already.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "/.-_~:#?=&%+,;@!()".contains(c);
    !text.is_empty() && text.chars().all(is_plain)
}
