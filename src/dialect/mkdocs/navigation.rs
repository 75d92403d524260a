//! The navigation in `mkdocs.yml`: titles with pages, addresses or further titles.

use crate::data::{Kind, Value, yaml};
use crate::dialect::navigation::link;
use crate::facts::{Facts, Link, Shown};
use crate::path::DocPath;
use crate::site::Project;

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
        Kind::String(path) => links.push(link(path, value.span, Shown::default(), text)),
        Kind::Array(items) => items.iter().for_each(|item| collect(item, text, links)),
        Kind::Object(members) => members.iter().for_each(|member| collect(&member.value, text, links)),
        _ => {}
    }
}
