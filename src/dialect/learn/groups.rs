//! The groups of files that docfx publishes, and at which address.
//!
//! Owns the meaning of `content`, `resource`, `files` and `routes`. Paths are relative to the root of the tree and
//! folded, since docfx's globs ignore letter case.

use std::borrow::Cow;

use crate::data::{Kind, Value};
use crate::glob::{Case, Globs};
use crate::path::{DocPath, joined, strip_folder};
use crate::site::fold;
use crate::source::Span;

/// The groups of files that one configuration publishes.
#[derive(Debug, Default)]
pub struct Groups {
    /// The configuration's folder.
    folder: String,
    content: Vec<Group>,
    resources: Vec<Group>,
    /// What paths of pages begin with, and what their addresses begin with instead; the last that fits wins.
    routes: Vec<(String, String)>,
    /// Whether a step before the build makes pages of further Markdown files.
    pub has_prebuild: bool,
}

#[derive(Debug)]
struct Group {
    source: String,
    has_source: bool,
    destination: String,
    files: Globs,
    exclude: Globs,
}

/// A pattern that is none, and where it is written.
pub struct BadPattern {
    /// Where the pattern is written.
    pub span: Span,
    /// What is wrong with it.
    pub message: String,
}

impl Groups {
    /// Reads `build`, the object that holds `content` and `resource`, in a configuration of `folder`.
    #[must_use]
    pub fn read(folder: &DocPath, build: &Value, faults: &mut Vec<BadPattern>) -> Groups {
        let folder = fold(folder.as_str()).into_string();
        Groups {
            content: groups(&folder, build.get("content"), faults),
            resources: groups(&folder, build.get("resource"), faults),
            folder,
            ..Groups::default()
        }
    }

    /// Reads one list of groups alone.
    #[must_use]
    pub fn of_content(folder: &DocPath, list: Option<&Value>, faults: &mut Vec<BadPattern>) -> Groups {
        let folder = fold(folder.as_str()).into_string();
        Groups { content: groups(&folder, list, faults), folder, ..Groups::default() }
    }

    /// Reads a configuration of docfx v3, which may do without groups and publish all its folder.
    #[must_use]
    pub fn read_v3(folder: &DocPath, config: &Value, faults: &mut Vec<BadPattern>) -> Groups {
        let mut read = Groups::read(folder, config, faults);
        if read.content.is_empty() && read.resources.is_empty() {
            read.content.push(group(&read.folder, config, faults));
            read.resources.push(group(&read.folder, config, faults));
        }
        let routes = config.get("routes").map(Value::members).unwrap_or_default();
        read.routes = routes
            .iter()
            .filter_map(|route| {
                Some((fold(&route.key.value).into_string(), folder_named(route.value.as_str()?)))
            })
            .collect();
        read
    }

    /// The address of a published file below the base path; `None` where the file is not published.
    #[must_use]
    pub fn address(&self, path: &DocPath) -> Option<String> {
        let path = &*fold(path.as_str());
        if is_never_published(strip_folder(path, &self.folder).unwrap_or(path)) {
            return None;
        }
        if is_content(path) {
            return self.address_of_folded(path);
        }
        self.resources.iter().find_map(|group| {
            let rest = group.matching(path)?;
            Some(join(&group.destination, rest))
        })
    }

    /// The address a content file has, or would have if it existed.
    #[must_use]
    pub fn content_address(&self, path: &DocPath) -> Option<String> {
        self.address_of_folded(&fold(path.as_str()))
    }

    fn address_of_folded(&self, path: &str) -> Option<String> {
        let written = self.content.iter().find_map(|group| Some((group, group.matching(path)?)));
        if let Some((group, rest)) = written {
            return Some(page_address(&group.destination, &self.routed(rest)));
        }
        let (group, rest) = self.made_before_the_build(path)?;
        Some(page_address(&group.destination, &module_page(rest)))
    }

    fn routed<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let routed = self.routes.iter().rev().find_map(|(source, destination)| match source.as_str() {
            "./" => Some(join(destination, path)),
            folder if folder.ends_with('/') => Some(join(destination, path.strip_prefix(folder)?)),
            file => (file == path).then(|| join(destination, path.rsplit('/').next().unwrap_or_default())),
        });
        routed.map_or(Cow::Borrowed(path), Cow::Owned)
    }

    /// Pages that another tool makes: it turns each Markdown file into a `.yml` beside it, and that one is what
    /// the globs of the content groups match.
    fn made_before_the_build<'p>(&self, path: &'p str) -> Option<(&Group, &'p str)> {
        let in_includes = path.split('/').any(|segment| segment == "includes");
        if !self.has_prebuild || in_includes {
            return None;
        }
        let made = format!("{}.yml", path.strip_suffix(".md")?);
        self.content.iter().filter(|group| group.has_source).find_map(|group| {
            group.matching(&made)?;
            Some((group, strip_folder(path, &group.source)?))
        })
    }
}

/// The page of a module, `module/module.md`, is the index of its folder.
fn module_page(path: &str) -> Cow<'_, str> {
    let page = path.strip_suffix(".md").unwrap_or(path);
    match page.rsplit_once('/') {
        Some((folder, name)) if folder.rsplit('/').next() == Some(name) => {
            format!("{folder}/index.md").into()
        }
        _ => path.into(),
    }
}

impl Group {
    /// The path below the group's source folder, if the group's globs match it.
    fn matching<'p>(&self, path: &'p str) -> Option<&'p str> {
        let rest = strip_folder(path, &self.source)?;
        (self.files.matches(rest) && !self.exclude.matches(rest)).then_some(rest)
    }
}

/// A list of groups; a group alone, a pattern or a list of patterns will do.
fn groups(folder: &str, list: Option<&Value>, faults: &mut Vec<BadPattern>) -> Vec<Group> {
    let Some(list) = list else { return Vec::new() };
    let groups = list.as_array().unwrap_or(std::slice::from_ref(list));
    groups.iter().map(|value| group(folder, value, faults)).collect()
}

fn group(folder: &str, value: &Value, faults: &mut Vec<BadPattern>) -> Group {
    let source = value.get("src").or_else(|| value.get("cwd")).and_then(Value::as_str).map(folder_named);
    let files = match &value.kind {
        Kind::String(_) => globs(value.strings(), faults),
        _ if value.get("files").is_none() => globs([("**", value.span)], faults),
        _ => globs(value.get("files").into_iter().flat_map(Value::strings), faults),
    };
    Group {
        has_source: source.as_ref().is_some_and(|source| !source.is_empty()),
        source: joined(folder, &source.unwrap_or_default()),
        destination: value.get("dest").and_then(Value::as_str).map(folder_named).unwrap_or_default(),
        files,
        exclude: globs(value.get("exclude").into_iter().flat_map(Value::strings), faults),
    }
}

fn folder_named(name: &str) -> String {
    joined("", &fold(&name.replace('\\', "/")))
}

/// The patterns as globs; those that are none are reported and left out.
pub fn globs<'p>(patterns: impl IntoIterator<Item = (&'p str, Span)>, faults: &mut Vec<BadPattern>) -> Globs {
    let mut good = Vec::new();
    for (pattern, span) in patterns {
        let glob = docfx_pattern(pattern);
        match Globs::whole_path([glob.as_str()], Case::Sensitive) {
            Ok(_) => good.push(glob),
            Err(fault) => {
                faults
                    .push(BadPattern { span, message: format!("the pattern `{pattern}` {}", fault.message) });
            }
        }
    }
    Globs::whole_path(good.iter().map(String::as_str), Case::Sensitive).unwrap_or_default()
}

/// docfx writes `**.md` for `**/*.md`, and does not care about letter case.
fn docfx_pattern(pattern: &str) -> String {
    let pattern = fold(&pattern.replace('\\', "/"));
    let segments: Vec<String> = pattern
        .trim_start_matches("./")
        .split('/')
        .map(|segment| match segment.trim_start_matches('*') {
            "" if segment.len() > 1 => "**".to_owned(),
            rest if segment.starts_with("**") => format!("**/*{rest}"),
            _ => segment.to_owned(),
        })
        .collect();
    segments.join("/")
}

fn is_never_published(path: &str) -> bool {
    const BUILD_FOLDERS: [&str; 4] = ["_site", "_localization", "_themes", "_themes.pdf"];
    let first = path.split('/').next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    BUILD_FOLDERS.contains(&first)
        || path.split('/').any(|segment| segment.starts_with('.'))
        || matches!(name, "docfx.json" | "docfx.yml" | "redirections.yml" | "redirections.json")
}

fn is_content(path: &str) -> bool {
    [".md", ".yml", ".json"].iter().any(|extension| path.ends_with(extension))
}

fn page_address(destination: &str, path: &str) -> String {
    let without_extension = path.rfind('.').map_or(path, |dot| &path[..dot]);
    join(destination, without_index(without_extension))
}

/// An address as it is published: the index of a folder is the folder itself.
#[must_use]
pub fn without_index(address: &str) -> &str {
    match address.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => address,
    }
}

fn join(destination: &str, path: &str) -> String {
    match (destination, path) {
        ("", path) => path.to_owned(),
        (destination, "") => destination.to_owned(),
        (destination, path) => format!("{destination}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_docfx_patterns() {
        assert_eq!(docfx_pattern("**.md"), "**/*.md");
        assert_eq!(docfx_pattern("****"), "**");
        assert_eq!(docfx_pattern("Api/**/*.MD"), "api/**/*.md");
        assert_eq!(docfx_pattern("**/includes/**"), "**/includes/**");
    }

    #[test]
    fn addresses_leave_out_extension_and_index() {
        assert_eq!(page_address("", "a/index.md"), "a");
        assert_eq!(page_address("scripting", "index.yml"), "scripting");
        assert_eq!(page_address("scripting", "bread/toc.yml"), "scripting/bread/toc");
        assert_eq!(page_address("", "api/excel.range.md"), "api/excel.range");
        assert_eq!(module_page("a/core/core.md"), "a/core/index.md");
        assert_eq!(module_page("core/get-help.md"), "core/get-help.md");
    }
}
