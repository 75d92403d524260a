//! The navigation in `mkdocs.yml`: titles with pages, addresses or further titles.

use crate::data::{Kind, Value, yaml};
use crate::facts::{Decoded, Facts, Link, LinkKind, Shown, Target, TargetParts};
use crate::path::DocPath;
use crate::site::Project;
use crate::source::Span;

/// What stands under `nav`.
#[must_use]
pub fn read(_: &Project, _: &DocPath, text: &str) -> Facts {
    let mut facts = Facts::default();
    if let Ok((config, _)) = yaml::parse(text)
        && let Some(navigation) = config.get("nav")
    {
        collect(navigation, text, &mut facts.links);
    }
    facts
}

fn collect(value: &Value, text: &str, links: &mut Vec<Link>) {
    match &value.kind {
        Kind::String(path) => links.push(link(path, value.span, text)),
        Kind::Array(items) => items.iter().for_each(|item| collect(item, text, links)),
        Kind::Object(members) => members.iter().for_each(|member| collect(&member.value, text, links)),
        _ => {}
    }
}

fn link(path: &str, span: Span, text: &str) -> Link {
    let written = span.of(text);
    let quotes = usize::from(written.starts_with(['"', '\'']) && written.len() >= 2);
    let inside = Span::new(span.start as usize + quotes, span.end as usize - quotes);
    let is_exact = inside.of(text) == path;
    let parts = TargetParts { path: span, query: None, fragment: None };
    let decoded = || Box::new(Decoded { destination: path.into(), parts, verified: false });
    Link {
        kind: LinkKind::Navigation,
        span,
        target: Target { span: if is_exact { inside } else { span }, decoded: (!is_exact).then(decoded) },
        text: Shown::default(),
        cell: None,
        heading: None,
        keyword: None,
    }
}
