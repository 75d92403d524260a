//! Resolution: from a destination as written to what it leads to.
//!
//! Owns the common steps (splitting, percent-decoding, looking up, following redirects). What a platform does
//! differently is in its dialect, which calls these.

use std::borrow::Cow;
use std::cmp::Reverse;

use percent_encoding::percent_decode_str;

use super::files::{FileId, Files, Found};
use super::project::Project;
use super::redirects::{RedirectId, Redirects};
use super::repository::Repository;
use super::{Doc, DocId, Settings};
use crate::dialect::Usage;
use crate::path::DocPath;
use crate::tree::OnDisk;

/// A destination and what became of it, as one dialect sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// What the platform makes of the destination.
    pub usage: Usage,
    /// What it leads to.
    pub outcome: Outcome,
    /// What became of its fragment.
    pub fragment: Fragment,
    /// The page that includes this one and in which the destination counts; `None` for the page itself.
    pub reader: Option<DocId>,
}

impl Resolved {
    /// Whether it simply leads to something published.
    #[must_use]
    pub fn is_right(&self, is_published: impl Fn(FileId) -> bool) -> bool {
        let leads = match &self.outcome {
            Outcome::File(found) => !found.miscased && is_published(found.item),
            Outcome::Address(_) => true,
            Outcome::Folder { miscased } => !miscased,
            Outcome::ThisPage => self.fragment == Fragment::Found,
            _ => false,
        };
        leads && matches!(self.fragment, Fragment::None | Fragment::Found | Fragment::Unknown)
    }

    /// Whether a file is missing that was meant to be there.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self.outcome, Outcome::Missing(_) | Outcome::RootedFile)
    }
}

/// What a destination leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It cannot be judged without a network or another repository; why.
    Skipped(&'static str),
    /// Nothing is written.
    Empty,
    /// A path of the author's own machine.
    LocalPath,
    /// The page itself.
    ThisPage,
    /// A file of the tree.
    File(Found<FileId>),
    /// Several files published at one address, versions of one page; the nearest to the link's page first.
    Address(Vec<FileId>),
    /// A folder of the tree.
    Folder {
        /// Whether letter case had to be ignored.
        miscased: bool,
    },
    /// A former page that redirects.
    Redirected(RedirectId),
    /// A rooted path to a source file, where the platform only knows addresses.
    RootedFile,
    /// Nothing the tree knows, but it is on disk.
    OnDisk(OnDisk),
    /// Nothing.
    Missing(Box<Missing>),
}

/// A destination that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The path that was looked up, relative to the root.
    pub path: DocPath,
    /// Why it is missing.
    pub why: Why,
}

/// Why a destination is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no such file.
    NoFile,
    /// There is such a file on this disk, but nobody else has it: git does not track it.
    Untracked,
    /// It is a folder, and the platform wants a file.
    Folder,
    /// It is a file, and the destination ends in `/`.
    FileAsFolder,
    /// It lies outside the git repository.
    OutsideRepository,
    /// `\` is no separator on this platform; with `/` it leads to a file.
    Backslash,
    /// Nothing is published at this address, although pages of this tree lie beside it.
    NoAddress,
    /// Browsers follow it from the page's own address, and nothing is published there.
    FromAddress,
    /// The file is there, but the platform does not publish it at this address.
    OtherAddress,
    /// Nothing is published at this address, and nobody else can publish there.
    Unpublished,
    /// There is such a file, but the destination reaches readers as it is written, and the file's address is another.
    Verbatim,
    /// Several pages have that name.
    Ambiguous,
    /// It is the file of a page in another part of the site, where only its address leads.
    OtherPart,
    /// A redirect took its place, which this platform does not follow.
    Redirect(RedirectId),
}

/// What became of a fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// There is none, or it needs no target.
    None,
    /// The target has it.
    Found,
    /// The target has it, as long as nobody touches the page.
    Fragile(Fragility),
    /// The target has it in other letter case: as given.
    Miscased(Box<str>),
    /// The target does not have it.
    Missing,
    /// It is a line, counted from 1, of a file that is no page: see [`super::Site::files_to_count`].
    Line(u32),
    /// It is a line, and the target has not so many.
    Beyond {
        /// How many it has.
        lines: u32,
    },
    /// What the target holds is not known.
    Unknown,
}

/// Why a fragment that the target has may soon not lead there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragility {
    /// It ends in a number that depends on the headings before it.
    Numbered,
    /// It holds a character that nobody sees.
    Invisible,
}

/// A destination split into its parts, percent-decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<'d> {
    /// Before `?` and `#`.
    pub path: Cow<'d, str>,
    /// Whether there is a query.
    pub query: bool,
    /// After the first `#`.
    pub fragment: Option<Cow<'d, str>>,
}

impl Parts<'_> {
    /// Splits first, then decodes: what browsers do.
    #[must_use]
    pub fn split_then_decode(destination: &str) -> Parts<'_> {
        let (path, query, fragment) = split(destination);
        Parts { path: decode(path), query, fragment: fragment.map(decode) }
    }

    /// Decodes first, then splits.
    #[must_use]
    pub fn decode_then_split(destination: &str) -> Parts<'_> {
        match decode(destination) {
            Cow::Borrowed(decoded) => {
                let (path, query, fragment) = split(decoded);
                Parts { path: path.into(), query, fragment: fragment.map(Cow::from) }
            }
            Cow::Owned(decoded) => {
                let (path, query, fragment) = split(&decoded);
                Parts {
                    path: path.to_owned().into(),
                    query,
                    fragment: fragment.map(|fragment| fragment.to_owned().into()),
                }
            }
        }
    }
}

fn split(destination: &str) -> (&str, bool, Option<&str>) {
    let (rest, fragment) = match destination.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (destination, None),
    };
    match rest.split_once('?') {
        Some((path, _)) => (path, true, fragment),
        None => (rest, false, fragment),
    }
}

/// Percent-decoded; as it is where that gives no text.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// What kind of address a destination is, before any platform looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// `C:\…`, `\\server\…`, `file:…`
    LocalPath,
    /// It has a scheme or a host.
    External,
    /// It begins with `/` or `\`.
    Rooted,
    /// Anything else.
    Relative,
}

impl AddressKind {
    /// Classifies a destination.
    #[must_use]
    pub fn of(destination: &str) -> AddressKind {
        let bytes = destination.as_bytes();
        let drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
        if drive || destination.starts_with("\\\\") {
            return AddressKind::LocalPath;
        }
        if let Some(scheme) = scheme(destination) {
            let local = scheme.eq_ignore_ascii_case("file");
            return if local { AddressKind::LocalPath } else { AddressKind::External };
        }
        if destination.starts_with("//") {
            return AddressKind::External;
        }
        if destination.starts_with(['/', '\\']) { AddressKind::Rooted } else { AddressKind::Relative }
    }
}

fn scheme(destination: &str) -> Option<&str> {
    let bytes = destination.as_bytes();
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
    let end = bytes.iter().position(|byte| !is_of_scheme(byte))?;
    (bytes[end] == b':' && bytes[0].is_ascii_alphabetic()).then(|| &destination[..end])
}

/// What a dialect may look things up in.
pub struct Lookup<'s> {
    /// All file names.
    pub files: &'s Files,
    /// All redirects.
    pub redirects: &'s Redirects,
    /// The project that judges.
    pub project: &'s Project,
    /// What the configuration says of links.
    pub settings: &'s Settings,
    /// The root as seen from the git root; empty where they are the same or there is no git.
    pub below_git_root: &'s str,
    /// The repository as its readers know it, where git or the configuration tells.
    pub repository: Option<&'s Repository>,
}

impl Lookup<'_> {
    /// How many levels above the root are still inside the git repository.
    #[must_use]
    pub fn levels_to_git_root(&self) -> usize {
        self.below_git_root.split('/').filter(|segment| !segment.is_empty()).count()
    }

    /// A path that leads above the root: it may be on disk, or leave the repository.
    #[must_use]
    pub fn above_root(&self, path: DocPath) -> Outcome {
        let why = if path.levels_above_root() > self.levels_to_git_root() {
            Why::OutsideRepository
        } else {
            Why::NoFile
        };
        Outcome::missing(path, why)
    }

    /// The files of one address, those that share most folders with the page first: a page of one version leads
    /// to the same version of another, a page of none to the newest.
    #[must_use]
    pub fn nearest_first(&self, files: &[FileId], doc: &Doc) -> Vec<FileId> {
        let mut files = files.to_vec();
        files.sort_by_key(|&file| Reverse((self.files.path(file).folders_shared_with(&doc.path), file)));
        files
    }

    /// A rooted address below a mounted prefix, as a path of the tree.
    #[must_use]
    pub fn mounted(&self, rooted: &str) -> Option<DocPath> {
        let mounts = self.settings.mounts.iter();
        let (rest, mount) = mounts
            .filter_map(|mount| {
                let rest = crate::path::strip_folder(rooted, mount.prefix.trim_end_matches('/'))?;
                Some((rest, mount))
            })
            .max_by_key(|(_, mount)| mount.prefix.len())?;
        Some(DocPath::join(mount.folder.as_str(), rest))
    }
}

impl Outcome {
    /// Nothing is there.
    #[must_use]
    pub fn missing(path: DocPath, why: Why) -> Outcome {
        Outcome::Missing(Box::new(Missing { path, why }))
    }

    /// The file the destination leads to; of several versions the nearest.
    #[must_use]
    pub fn file(&self) -> Option<FileId> {
        match self {
            Outcome::File(found) => Some(found.item),
            Outcome::Address(files) => files.first().copied(),
            _ => None,
        }
    }
}
