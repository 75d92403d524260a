//! Where waypost stands: the root, the configuration file, what is to be checked.
//!
//! Asks the disk what exists, and of configuration files only whether they say `root = true`.
//!
//! The root is `--root`; else, from the folder that holds everything named upwards, but not past the root of the git
//! repository (a clone is judged the same wherever it lies), the topmost folder with a `waypost.toml`, since those below
//! refine it, or the nearest whose `waypost.toml` says `root = true`; else the nearest with a file that marks a platform's root ([`Dialect::root_mark`](crate::dialect::Dialect::root_mark)); else the root of the repository; else that folder itself. `--config`
//! says which configuration holds, not where the root is.

use std::error::Error;
use std::fmt;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use super::list::doc_path;
use crate::config;
use crate::dialect::DIALECTS;
use crate::path::DocPath;
use crate::tree::is_page_name;

/// The root and what is to be checked below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder of everything known, canonical.
    pub root: PathBuf,
    /// The configuration file, if there is one.
    pub config: Option<PathBuf>,
    /// What is to be checked, in the order given; never empty.
    pub named: Vec<Named>,
    /// The root as seen from the root of its git repository, `/`-separated: empty where they are the same.
    /// `None` outside git.
    pub below_git_root: Option<String>,
}

impl Place {
    /// The configuration file as seen from the root, above which it may lie.
    #[must_use]
    pub fn config_path(&self) -> Option<DocPath> {
        Some(self.seen_from_root(self.config.as_deref()?))
    }

    /// A file of ours, given by its canonical path, as seen from the root, above which it may lie.
    #[must_use]
    pub fn seen_from_root(&self, file: &Path) -> DocPath {
        let shared = self.root.ancestors().find(|above| file.starts_with(above));
        let Some(shared) = shared else {
            return DocPath::new(&file.file_name().unwrap_or_default().to_string_lossy());
        };
        let up = self.root.components().count() - shared.components().count();
        let path = doc_path(shared, file);
        DocPath::new(&format!("{}{}", "../".repeat(up), path.as_str()))
    }

    /// The root of the git repository, where there is one.
    pub(super) fn git_root(&self) -> Option<&Path> {
        let levels = self.below_git_root.as_deref()?.split('/').filter(|segment| !segment.is_empty()).count();
        self.root.ancestors().nth(levels)
    }
}

/// A page or folder to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its place in the tree, symbolic links followed; the empty path is the root.
    pub path: DocPath,
    /// As the user wrote it.
    pub given: String,
    /// Whether it is a folder: all pages below it are checked.
    pub is_dir: bool,
    /// The canonical path.
    pub on_disk: PathBuf,
}

/// Why nothing can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFault {
    /// What is wrong.
    pub message: String,
    /// The way out, if there is a common one.
    pub help: Option<String>,
}

impl fmt::Display for PlaceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for PlaceFault {}

/// Decides the root, the configuration file and what is checked. `cwd` is checked if nothing is named, or the root if
/// `cwd` lies outside of it.
///
/// # Errors
/// Something named does not exist, is neither page nor folder, or lies outside the root; `--root` is no folder, or the
/// root cannot be listed; `--config` is no file.
pub fn place(
    cwd: &Path,
    root_flag: Option<&Path>,
    config_flag: Option<&Path>,
    named: &[PathBuf],
) -> Result<Place, PlaceFault> {
    let targets = match named {
        [] => vec![Target::find(cwd, Path::new("."))?],
        _ => named.iter().map(|given| Target::find(cwd, given)).collect::<Result<_, _>>()?,
    };
    let root = match root_flag {
        Some(given) => folder_of_flag(cwd, given)?,
        None => discover_root(&common_folder(&targets)),
    };
    let root_as_given = root_flag.unwrap_or(&root);
    if let Err(error) = fs::read_dir(&root) {
        return Err(fault(format!("the root `{}` cannot be listed: {error}", root_as_given.display())));
    }
    let config = match config_flag {
        Some(given) => Some(config_of_flag(cwd, given)?),
        None => Some(root.join(config::FILE_NAME)).filter(|config| config.is_file()),
    };
    let named = match targets.as_slice() {
        [cwd] if named.is_empty() && !cwd.on_disk.starts_with(&root) => vec![whole(&root, root_as_given)],
        _ => {
            targets.into_iter().map(|target| target.below(&root, root_as_given)).collect::<Result<_, _>>()?
        }
    };
    let below_git_root = git_root(&root).map(|git_root| doc_path(git_root, &root).as_str().to_owned());
    Ok(Place { root, config, named, below_git_root })
}

/// Something named that exists and can be checked.
struct Target {
    given: String,
    on_disk: PathBuf,
    is_dir: bool,
}

impl Target {
    fn find(cwd: &Path, given: &Path) -> Result<Target, PlaceFault> {
        let on_disk = existing(cwd, given)?;
        let given = given.to_string_lossy().into_owned();
        let kind = fs::metadata(&on_disk)
            .map_err(|error| fault(format!("cannot look at `{given}`: {error}")))?
            .file_type();
        if !kind.is_dir() && !kind.is_file() {
            return Err(fault(format!("`{given}` is {}, not a file", special_kind(kind))));
        }
        let name = on_disk.file_name().unwrap_or_default().to_string_lossy();
        if kind.is_file() && !is_page_name(&name) {
            return Err(fault(format!("`{given}` is not a page"))
                .help("pages end in `.md` or `.markdown`; name pages or folders"));
        }
        Ok(Target { given, on_disk, is_dir: kind.is_dir() })
    }

    fn folder(&self) -> &Path {
        match self.is_dir {
            true => &self.on_disk,
            false => self.on_disk.parent().unwrap_or(&self.on_disk),
        }
    }

    fn below(self, root: &Path, root_as_given: &Path) -> Result<Named, PlaceFault> {
        let Target { given, on_disk, is_dir } = self;
        if !on_disk.starts_with(root) {
            let message = format!("`{given}` lies outside the root `{}`", root_as_given.display());
            return Err(fault(message).help("give `--root` a folder that holds it"));
        }
        Ok(Named { path: doc_path(root, &on_disk), given, is_dir, on_disk })
    }
}

fn whole(root: &Path, given: &Path) -> Named {
    Named {
        path: DocPath::new(""),
        given: given.to_string_lossy().into_owned(),
        is_dir: true,
        on_disk: root.to_path_buf(),
    }
}

fn common_folder(targets: &[Target]) -> PathBuf {
    let mut folders = targets.iter().map(Target::folder);
    let first = folders.next().unwrap_or(Path::new("")).to_path_buf();
    folders.fold(first, |common, folder| {
        let shared = common.components().zip(folder.components()).take_while(|(one, other)| one == other);
        shared.map(|(component, _)| component).collect()
    })
}

fn discover_root(folder: &Path) -> PathBuf {
    let git_root = git_root(folder);
    let reach: Vec<&Path> = match git_root {
        Some(git_root) => folder.ancestors().take_while(|above| above.starts_with(git_root)).collect(),
        None => folder.ancestors().collect(),
    };
    let marks: Vec<&str> = DIALECTS.iter().filter_map(|dialect| dialect.root_mark).collect();
    let is_marked = |above: &&Path| marks.iter().any(|mark| above.join(mark).is_file());
    let marked = configured_root(&reach).or_else(|| reach.iter().copied().find(is_marked));
    marked.or(git_root).unwrap_or(folder).to_path_buf()
}

/// Of the folders with a configuration, the nearest first, that which none above it configures.
fn configured_root<'p>(reach: &[&'p Path]) -> Option<&'p Path> {
    let configured: Vec<&Path> =
        reach.iter().copied().filter(|above| above.join(config::FILE_NAME).is_file()).collect();
    let says_so = |folder: &&&Path| {
        let text = fs::read(folder.join(config::FILE_NAME)).unwrap_or_default();
        config::is_root(&String::from_utf8_lossy(&text))
    };
    let (topmost, below) = configured.split_last()?;
    Some(below.iter().find(says_so).unwrap_or(topmost))
}

/// The nearest folder upwards with a `.git`, be it a folder or the file of a worktree or submodule.
pub(super) fn git_root(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

fn folder_of_flag(cwd: &Path, given: &Path) -> Result<PathBuf, PlaceFault> {
    let root = existing(cwd, given)?;
    match root.is_dir() {
        true => Ok(root),
        false => Err(fault(format!("the root `{}` is not a folder", given.display()))),
    }
}

fn config_of_flag(cwd: &Path, given: &Path) -> Result<PathBuf, PlaceFault> {
    let config = existing(cwd, given)?;
    match config.is_file() {
        true => Ok(config),
        false => Err(fault(format!("the configuration `{}` is not a file", given.display()))),
    }
}

fn existing(cwd: &Path, given: &Path) -> Result<PathBuf, PlaceFault> {
    let path = cwd.join(given);
    path.canonicalize().map_err(|error| {
        let given = given.display();
        match error.kind() {
            std::io::ErrorKind::NotFound if path.is_symlink() => {
                fault(format!("`{given}` is a symbolic link to something that does not exist"))
            }
            std::io::ErrorKind::NotFound => fault(format!("`{given}` does not exist")),
            _ => fault(format!("cannot look at `{given}`: {error}")),
        }
    })
}

#[cfg(unix)]
fn special_kind(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        _ if kind.is_fifo() => "a named pipe",
        _ if kind.is_socket() => "a socket",
        _ => "a device",
    }
}

#[cfg(not(unix))]
fn special_kind(_: FileType) -> &'static str {
    "something else"
}

fn fault(message: String) -> PlaceFault {
    PlaceFault { message, help: None }
}

impl PlaceFault {
    fn help(self, help: &str) -> PlaceFault {
        PlaceFault { help: Some(help.to_owned()), ..self }
    }
}
