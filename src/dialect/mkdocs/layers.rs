//! One configuration out of `mkdocs.yml` and the files it inherits from.
//!
//! Owns how files are merged: an object's members one by one, anything else as a whole. Knows no key's meaning but
//! that of `INHERIT`.

use crate::data::{Kind, Value, yaml};
use crate::path::DocPath;
use crate::site::ConfigFault;
use crate::tree::Tree;

/// Nobody inherits through more files.
const MOST: usize = 20;

/// The files of one configuration, the one that inherits first.
#[derive(Default)]
pub struct Layers {
    files: Vec<(DocPath, Value)>,
    /// Whether all files could be read.
    complete: bool,
}

/// A plugin or an extension.
#[derive(Clone, Copy)]
pub struct Entry<'l> {
    /// Its name, without what names the package that everybody knows.
    pub name: &'l str,
    /// What it is told.
    pub options: Option<&'l Value>,
}

impl Entry<'_> {
    /// Whether it is the one of that name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }
}

/// The file that a configuration inherits from.
#[must_use]
pub fn parent(path: &DocPath, config: &Value) -> Option<DocPath> {
    let parent = config.get("INHERIT")?.as_str()?;
    Some(DocPath::join(path.folder(), parent))
}

impl Layers {
    /// Reads a file and those it inherits from.
    #[must_use]
    pub fn read(tree: &Tree, path: &DocPath, faults: &mut Vec<ConfigFault>) -> Layers {
        let mut layers = Layers { files: Vec::new(), complete: true };
        let mut next = Some(path.clone());
        while let Some(path) = next.filter(|_| layers.files.len() < MOST) {
            let value = tree.configs.get(&path).map(|text| yaml::parse(text));
            next = match value {
                Some(Ok((value, _))) => {
                    let parent = parent(&path, &value);
                    layers.complete &= parent.is_some() || value.get("INHERIT").is_none();
                    layers.files.push((path, value));
                    parent
                }
                Some(Err(fault)) => {
                    layers.complete = false;
                    faults.push(ConfigFault {
                        path,
                        span: fault.span,
                        message: format!("this file cannot be read: {}", fault.message),
                        help: Some(
                            "what it declares is unknown until it is mended, so findings may be wrong"
                                .to_owned(),
                        ),
                        harmless: false,
                    });
                    None
                }
                None => {
                    layers.complete = false;
                    None
                }
            };
        }
        layers
    }

    /// The value that a path of keys leads to.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<&Value> {
        self.files.iter().find_map(|(_, value)| value.at(keys))
    }

    /// A text; of `!ENV [NAME, text]` the text that holds where the environment says nothing.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        let value = self.at(&[key])?;
        match value.as_tagged() {
            Some((tag, content)) if tag.ends_with("ENV") => content.as_array()?.last()?.as_str(),
            Some(_) => None,
            None => value.as_str(),
        }
    }

    /// The file whose value of a key counts.
    #[must_use]
    pub fn holding(&self, key: &str) -> Option<&DocPath> {
        self.files.iter().find(|(_, value)| value.get(key).is_some()).map(|(path, _)| path)
    }

    /// The file that holds this very value.
    #[must_use]
    pub fn file_of(&self, value: &Value) -> Option<&DocPath> {
        let holds = |file: &Value| holds(file, value);
        self.files.iter().find(|(_, file)| holds(file)).map(|(path, _)| path)
    }

    /// Whether all that is said of a key could be read.
    #[must_use]
    pub fn is_known(&self, key: &str) -> bool {
        let list = |value: &Value| value.as_array().unwrap_or_default().iter().all(|item| !item.is_unknown());
        let values = || self.files.iter().filter_map(|(_, value)| value.get(key));
        self.complete && values().all(|value| !value.is_unknown() && list(value))
    }

    /// The plugins or extensions of a list, or of an object, to which inherited ones are added.
    #[must_use]
    pub fn entries(&self, key: &str) -> Vec<Entry<'_>> {
        let mut all: Vec<Entry<'_>> = Vec::new();
        for value in self.files.iter().filter_map(|(_, value)| value.get(key)) {
            all.extend(entries(value));
            if !matches!(value.kind, Kind::Object(_)) {
                break;
            }
        }
        all
    }
}

/// The plugins or extensions of one value.
#[must_use]
pub fn entries(value: &Value) -> Vec<Entry<'_>> {
    let mut all = Vec::new();
    add(value, &mut all);
    for item in value.as_array().unwrap_or_default() {
        match item.as_str() {
            Some(name) => all.push(Entry { name: bare(name), options: None }),
            None => add(item, &mut all),
        }
    }
    all
}

fn add<'l>(object: &'l Value, all: &mut Vec<Entry<'l>>) {
    let members = object.members().iter();
    all.extend(members.map(|member| Entry { name: bare(&member.key.value), options: Some(&member.value) }));
}

fn bare(name: &str) -> &str {
    ["material/", "markdown.extensions."]
        .into_iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
}

fn holds(file: &Value, value: &Value) -> bool {
    std::ptr::eq(file, value)
        || file.members().iter().any(|member| holds(&member.value, value))
        || file.as_array().unwrap_or_default().iter().any(|item| holds(item, value))
}
