//! What sidebars and the site's own menus lead to.

use super::Site;
use crate::data::{Kind, Value, json, script, yaml};
use crate::dialect::navigation::link;
use crate::facts::{Facts, Shown};
use crate::path::DocPath;
use crate::site::Project;
use crate::source::Span;

/// The links in a file of sidebars, or in the menus of the configuration.
pub(super) fn read(project: &Project, path: &DocPath, text: &str) -> Facts {
    let mut menu = Menu { text, facts: Facts::default() };
    let Some(value) = parse(path, text) else { return menu.facts };
    if project.own::<Site>().is_some_and(|site| site.sidebars.contains_key(path)) {
        for sidebar in value.members() {
            menu.sidebar(&sidebar.value);
        }
    } else {
        for place in ["navbar", "footer"] {
            value.at(&["themeConfig", place]).into_iter().for_each(|value| menu.menu(value));
        }
    }
    menu.facts
}

/// The slugs of the pages that list a category's pages.
pub(super) fn generated_slugs(path: &DocPath, text: &str) -> Vec<String> {
    let mut slugs = Vec::new();
    if text.contains("slug") {
        parse(path, text).iter().for_each(|value| collect_slugs(value, &mut slugs));
    }
    slugs
}

fn parse(path: &DocPath, text: &str) -> Option<Value> {
    let reading = match path.extension() {
        "json" => json::parse(text),
        "yml" | "yaml" => yaml::parse(text),
        _ => script::parse(text),
    };
    reading.ok().map(|(value, _)| value)
}

fn collect_slugs(value: &Value, slugs: &mut Vec<String>) {
    let is_generated = value.get("type").and_then(Value::as_str) == Some("generated-index");
    if is_generated {
        slugs.extend(value.get("slug").and_then(Value::as_str).map(str::to_owned));
    }
    let members = value.members().iter().map(|member| &member.value);
    members.chain(value.as_array().unwrap_or_default()).for_each(|value| collect_slugs(value, slugs));
}

struct Menu<'t> {
    text: &'t str,
    facts: Facts,
}

impl Menu<'_> {
    fn sidebar(&mut self, value: &Value) {
        match &value.kind {
            Kind::String(id) => self.link(id, value.span),
            Kind::Array(items) => items.iter().for_each(|item| self.sidebar(item)),
            Kind::Object(_) => match value.get("type").and_then(Value::as_str) {
                Some("doc" | "ref") => self.value_of(value, "id"),
                Some("link") => self.value_of(value, "href"),
                Some("category") => {
                    let link = value.get("link");
                    link.into_iter().for_each(|link| self.value_of(link, "id"));
                    value.get("items").into_iter().for_each(|items| self.sidebar(items));
                }
                Some(_) => {}
                // `{'Category': ['page']}`
                None => value.members().iter().for_each(|member| self.sidebar(&member.value)),
            },
            _ => {}
        }
    }

    fn menu(&mut self, value: &Value) {
        if let Some(to) = value.get("to")
            && to.as_str().is_some_and(|to| to.starts_with('/'))
        {
            self.value_of(value, "to");
        }
        let members = value.members().iter().map(|member| &member.value);
        members.chain(value.as_array().unwrap_or_default()).for_each(|value| self.menu(value));
    }

    fn value_of(&mut self, object: &Value, key: &str) {
        if let Some(value) = object.get(key)
            && let Some(destination) = value.as_str()
        {
            self.link(destination, value.span);
        }
    }

    fn link(&mut self, destination: &str, span: Span) {
        self.facts.links.push(link(destination, span, Shown::default(), self.text));
    }
}

/// A page's id in sidebars of old versions begins with the version.
pub(super) fn without_version<'i>(id: &'i str, version: &str) -> &'i str {
    let rest = id.strip_prefix("version-").and_then(|rest| rest.strip_prefix(version)?.strip_prefix('/'));
    rest.unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_of_generated_pages_are_found() {
        let category = r#"{"label": "X", "link": {"type": "generated-index", "slug": "/all-of-x"}}"#;
        assert_eq!(generated_slugs(&DocPath::new("docs/x/_category_.json"), category), ["/all-of-x"]);
    }

    #[test]
    fn ids_of_old_versions_begin_with_the_version() {
        assert_eq!(without_version("version-1.0/a/b", "1.0"), "a/b");
        assert_eq!(without_version("a/b", "1.0"), "a/b");
    }
}
