//! The values of a site's configuration, whichever files they stand in.
//!
//! Owns the formats, and that keys know no letter case. Knows no meaning but what tells Hugo's files from others'.

use crate::data::{self, Value, json, yaml};
use crate::path::DocPath;
use crate::site::{ConfigFault, Files};
use crate::tree::Tree;

/// The values of a site's configuration, those that count first.
pub struct Source {
    /// The key that a file in `config/_default` is named for, and the file's content.
    values: Vec<(Option<String>, Value)>,
}

impl Source {
    /// Reads the files, of which the first count most; what cannot be read becomes a fault.
    #[must_use]
    pub fn read(tree: &Tree, paths: &[&DocPath], faults: &mut Vec<ConfigFault>) -> Source {
        let mut values = Vec::new();
        for path in paths {
            let Some(text) = tree.configs.get(*path) else { continue };
            let reading = match path.extension() {
                "toml" => data::toml::parse(text),
                "json" => json::parse(text),
                _ => yaml::parse(text),
            };
            match reading {
                Ok((value, _)) => {
                    let whole = matches!(path.file_stem(), "hugo" | "config");
                    values.push(((!whole).then(|| path.file_stem().to_lowercase()), value));
                }
                Err(fault) => faults.push(ConfigFault {
                    path: (*path).clone(),
                    span: fault.span,
                    message: format!("this file cannot be read: {}", fault.message),
                    help: Some("Hugo builds nothing until it is mended".to_owned()),
                    harmless: false,
                }),
            }
        }
        Source { values }
    }

    /// `config.toml` belongs to many programs, `base_url` in it to Zola.
    #[must_use]
    pub fn is_hugo(&self, root: &str, files: &Files) -> bool {
        const OWN: [&str; 6] =
            ["baseurl", "languagecode", "contentdir", "defaultcontentlanguage", "permalinks", "publishdir"];
        let has_content = || files.find_folder(DocPath::join(root, "content").as_str()).is_some();
        let beside_content = || ["theme", "module", "markup"].iter().any(|key| self.at(&[key]).is_some());
        self.at(&["base_url"]).is_none()
            && (OWN.iter().any(|key| self.at(&[key]).is_some()) || beside_content() && has_content())
    }

    /// The value of a path of keys, in the first file that has one.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<&Value> {
        self.values.iter().find_map(|(name, value)| match name {
            None => at(value, keys),
            Some(name) => at(value, keys.strip_prefix(&[name.as_str()])?),
        })
    }

    /// The same, if it is a text.
    #[must_use]
    pub fn str(&self, keys: &[&str]) -> Option<&str> {
        self.at(keys)?.as_str()
    }

    /// The same, if it is a truth value.
    #[must_use]
    pub fn flag(&self, keys: &[&str]) -> Option<bool> {
        self.at(keys)?.as_bool()
    }
}

/// The value of a path of keys, whose letter case does not matter.
#[must_use]
pub fn at<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v Value> {
    keys.iter().try_fold(value, |value, key| {
        let mut members = value.members().iter().rev();
        members.find(|member| member.key.value.eq_ignore_ascii_case(key)).map(|member| &member.value)
    })
}
