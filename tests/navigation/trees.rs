//! Sites to ask: made of a few files, or read from a folder.

use std::collections::BTreeMap;
use std::path::Path;

use waypost::assist::Location;
use waypost::config;
use waypost::dialect::{DIALECTS, Dialect};
use waypost::path::DocPath;
use waypost::site::{DocId, Settings, Site};
use waypost::tree::{PageText, Tree, is_page_name};

/// A site of these files; those that are no pages are configuration. `waypost.toml` is obeyed.
pub fn site(files: &[(&str, &str)]) -> Site {
    let files = files.iter().map(|(path, text)| (DocPath::new(path), (*text).to_owned())).collect();
    site_of(files)
}

fn site_of(files: BTreeMap<DocPath, String>) -> Site {
    let settings = files.get(&DocPath::new("waypost.toml")).map(|text| settings(text)).unwrap_or_default();
    let is_page = |path: &DocPath| is_page_name(path.file_name());
    let pages = files.iter().filter(|(path, _)| is_page(path));
    let pages =
        pages.map(|(path, text)| PageText { path: path.clone(), text: text.as_str().into() }).collect();
    let configs = files.iter().filter(|(path, _)| !is_page(path));
    let configs = configs.map(|(path, text)| (path.clone(), text.as_str().into())).collect();
    Site::new(Tree { files: files.into_keys().collect(), pages, configs, ..Tree::default() }, settings)
}

fn settings(text: &str) -> Settings {
    let Ok(config) = config::parse(text) else { return Settings::default() };
    Settings {
        dialects: config.dialects.iter().filter_map(|name| Dialect::find(name)).collect(),
        mounts: config.mounts,
        base_path: config.base_path,
        contracts: config.contracts.into(),
        presets: config.presets,
        accept: config.accept,
        accept_anchors: config.accept_anchors,
        ..Settings::default()
    }
}

/// The site of a folder. Of what is neither page nor configuration only the names count.
pub fn read(root: &Path) -> Site {
    let mut files: BTreeMap<DocPath, String> = BTreeMap::new();
    for entry in ignore::WalkBuilder::new(root).hidden(false).build().filter_map(Result::ok) {
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let name = DocPath::new(&name);
        if !path.is_file() || name.as_str().starts_with(".git/") {
            continue;
        }
        let is_text = is_page_name(name.file_name())
            || name.as_str() == "waypost.toml"
            || DIALECTS.iter().any(|dialect| (dialect.is_config)(&name));
        let text = if is_text { std::fs::read(path).unwrap_or_default() } else { Vec::new() };
        files.insert(name, String::from_utf8_lossy(&text).into_owned());
    }
    site_of(files)
}

pub fn doc(site: &Site, path: &str) -> DocId {
    site.find_doc(&DocPath::new(path)).unwrap()
}

/// The place of `part` in a page; `‸` in it marks the offset, else it is the beginning.
pub fn at(site: &Site, path: &str, part: &str) -> (DocId, usize) {
    let id = doc(site, path);
    let start = site.doc(id).text.find(&part.replace('‸', "")).unwrap_or_else(|| panic!("no `{part}`"));
    (id, start + part.find('‸').unwrap_or(0))
}

/// `path: text` of places.
pub fn texts(site: &Site, places: &[Location]) -> Vec<String> {
    let text = |place: &Location| {
        let text = site.source(&place.path).map(|source| place.span.of(source.text)).unwrap_or_default();
        format!("{}: {text}", place.path)
    };
    places.iter().map(text).collect()
}
