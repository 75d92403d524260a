//! A part of a site: the pages of one plugin in one version and one language.
//!
//! Owns which files are its pages and where its addresses begin; what follows there is in `address`.

use crate::glob::Globs;
use crate::path::DocPath;
use crate::site::fold;

/// The pages of one plugin in one version and one language.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// Links to files work among the parts of one plugin.
    pub(super) plugin: usize,
    /// The version, of docs that have several.
    pub(super) version: Box<str>,
    /// Where files are looked for that links name without `./`: translations first.
    pub(super) folders: Vec<DocPath>,
    /// How many of the folders hold pages of this part; what the others hold is a part of its own.
    pub(super) own_folders: usize,
    /// What the addresses of the language begin with: `fr`, or nothing.
    pub(super) locale: Box<str>,
    /// What its addresses begin with, the language included: `fr/docs/next`.
    pub(super) route: Box<str>,
    pub(super) include: Globs,
    pub(super) exclude: Globs,
    pub(super) number_prefixes: bool,
    /// Where the platform makes pages of its own, below the route.
    pub(super) generated: Vec<Box<str>>,
}

/// What a plugin makes of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Docs,
    Blog,
    Pages,
}

impl Part {
    /// The path of a file in the folder of this part that holds it.
    pub(super) fn inside<'p>(&self, path: &'p DocPath) -> Option<&'p str> {
        self.folders[..self.own_folders].iter().find_map(|folder| path.below(folder.as_str()))
    }

    /// Whether a file, `inside` the part, is one of its pages.
    pub(super) fn is_page(&self, inside: &str) -> bool {
        self.include.matches(inside) && !self.exclude.matches(inside)
    }

    /// Whether the platform itself may make a page at an address.
    pub(super) fn makes(&self, address: &str) -> bool {
        let address = fold(address);
        let Some(below) = crate::path::strip_folder(&address, &fold(&self.route)) else { return false };
        self.generated.iter().any(|generated| match &**generated {
            "" => below.is_empty(),
            generated => crate::path::strip_folder(below, generated).is_some(),
        })
    }
}
