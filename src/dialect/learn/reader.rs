//! Reads the platform's files as values, and collects what is wrong with them.

use super::groups::BadPattern;
use crate::data::{self, Value};
use crate::path::DocPath;
use crate::site::{ConfigFault, Project};
use crate::tree::Tree;

/// Reads configuration files of a tree, in JSON or YAML as their names say.
pub struct Reader<'t> {
    /// The tree.
    pub tree: &'t Tree,
    /// What is wrong with the files that were read.
    pub faults: Vec<ConfigFault>,
}

impl<'t> Reader<'t> {
    /// A reader that has read nothing yet.
    #[must_use]
    pub fn new(tree: &'t Tree) -> Reader<'t> {
        Reader { tree, faults: Vec::new() }
    }

    /// What stands in a file; `None` where there is none, or where it cannot be read.
    pub fn value(&mut self, path: &DocPath) -> Option<Value> {
        let text = self.tree.configs.get(path)?;
        let reading = match path.extension() {
            "json" => data::json::parse(text),
            _ => data::yaml::parse(text),
        };
        match reading {
            Ok((value, oddities)) => {
                self.faults.extend(oddities.into_iter().map(|oddity| ConfigFault {
                    path: path.clone(),
                    span: oddity.span,
                    message: format!("{}; the platform reads the file all the same", oddity.message),
                    help: None,
                    harmless: true,
                }));
                Some(value)
            }
            Err(fault) => {
                self.faults.push(ConfigFault {
                    path: path.clone(),
                    span: fault.span,
                    message: format!("this file cannot be read: {}", fault.message),
                    help: Some(
                        "what it declares is unknown until it is mended, so findings may be wrong".to_owned(),
                    ),
                    harmless: false,
                });
                None
            }
        }
    }

    /// Takes note of what is wrong with the projects' navigation.
    pub fn read_all(&mut self, projects: &[Project]) {
        for path in projects.iter().flat_map(|project| &project.navigation) {
            self.value(path);
        }
    }

    /// Takes note of patterns of `path` that are none.
    pub fn report(&mut self, path: &DocPath, patterns: Vec<BadPattern>) {
        self.faults.extend(patterns.into_iter().map(|BadPattern { span, message }| ConfigFault {
            path: path.clone(),
            span,
            message,
            help: None,
            harmless: false,
        }));
    }
}
