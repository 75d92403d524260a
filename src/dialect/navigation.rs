//! Links of navigation files: a value of a configuration that readers follow.

use crate::facts::{Decoded, Link, LinkKind, Shown, Target, TargetParts};
use crate::source::Span;

/// A link whose destination is the text that is written at a span, with or without quotes.
pub(super) fn link(destination: &str, written: Span, shown: Shown, text: &str) -> Link {
    Link {
        kind: LinkKind::Navigation,
        span: written,
        target: target(destination, written, text),
        text: shown,
        cell: None,
        heading: None,
        keyword: None,
    }
}

fn target(destination: &str, written: Span, text: &str) -> Target {
    let source = written.of(text);
    let quotes = usize::from(source.len() >= 2 && source.starts_with(['"', '\'', '`']));
    let inside = Span::new(written.range().start + quotes, written.range().end - quotes);
    if inside.of(text) == destination {
        return Target { span: inside, decoded: None };
    }
    let hash = inside.of(text).find('#').map(|hash| inside.range().start + hash + 1);
    let fragment = hash.map(|start| Span::new(start, inside.range().end));
    let parts = TargetParts { path: written, query: None, fragment };
    let decoded = Decoded { destination: destination.into(), parts, verified: false };
    Target { span: written, decoded: Some(Box::new(decoded)) }
}
