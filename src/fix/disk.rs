//! Writes changes to disk: whole files at once, never outside the root, never over somebody else's work.

use std::fmt;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::Change;
use super::draft::Draft;
use crate::path::DocPath;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The file.
    pub path: DocPath,
    /// How many fixes are in it now.
    pub fixes: usize,
}

/// A file that was left as it is.
#[derive(Debug)]
pub struct Failure {
    /// The file.
    pub path: DocPath,
    /// Why.
    pub reason: Reason,
}

/// Why a file was left as it is.
#[derive(Debug)]
pub enum Reason {
    /// Its text is no longer what was checked.
    Changed,
    /// It lies outside the root, be it through a symbolic link.
    OutsideRoot,
    /// It is a symbolic link itself.
    SymbolicLink,
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// Nobody may write it.
    ReadOnly,
    /// The system refused.
    Io(io::Error),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Changed => f.write_str("it changed after it was checked"),
            Reason::OutsideRoot => f.write_str("it lies outside the root"),
            Reason::SymbolicLink => f.write_str("it is a symbolic link; fix the file it leads to"),
            Reason::NotAFile => f.write_str("it is not a regular file"),
            Reason::ReadOnly => f.write_str("it is read-only"),
            Reason::Io(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Reason {
        Reason::Io(error)
    }
}

/// Writes each change below `root`, or says why not. A file is either written whole or not touched.
#[must_use]
pub fn apply(root: &Path, changes: &[Change]) -> Vec<Result<Applied, Failure>> {
    let write = |change: &Change| match replace(root, change) {
        Ok(()) => Ok(Applied { path: change.path.clone(), fixes: change.fixes }),
        Err(reason) => Err(Failure { path: change.path.clone(), reason }),
    };
    changes.iter().map(write).collect()
}

fn replace(root: &Path, change: &Change) -> Result<(), Reason> {
    let (target, metadata) = locate(root, &change.path)?;
    let draft = Draft::write(&target, change.after.as_bytes(), Some(&metadata))?;
    // Compared as late as possible, so that hardly any time remains for others to write.
    if fs::read(&target)? != change.before.as_bytes() {
        return Err(Reason::Changed);
    }
    Ok(draft.rename_to(&target)?)
}

/// The file to write, once it is certain that it may be written.
fn locate(root: &Path, path: &DocPath) -> Result<(PathBuf, Metadata), Reason> {
    let root = root.canonicalize()?;
    let folder = root.join(path.folder()).canonicalize()?;
    if !folder.starts_with(&root) {
        return Err(Reason::OutsideRoot);
    }
    let target = folder.join(path.file_name());
    let metadata = target.symlink_metadata()?;
    if metadata.is_symlink() {
        Err(Reason::SymbolicLink)
    } else if !metadata.is_file() {
        Err(Reason::NotAFile)
    } else if metadata.permissions().readonly() {
        Err(Reason::ReadOnly)
    } else {
        Ok((target, metadata))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A folder that is removed in the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Folder {
            static COUNT: AtomicUsize = AtomicUsize::new(0);
            let name =
                format!("waypost-fix-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(folder.join("docs")).unwrap();
            Folder(folder)
        }

        fn write(&self, path: &str, text: &str) -> PathBuf {
            let path = self.0.join(path);
            fs::write(&path, text).unwrap();
            path
        }

        fn apply(&self, path: &str) -> Result<Applied, Failure> {
            let change = Change {
                path: DocPath::new(path),
                before: "a\r\nb".into(),
                after: "a\r\nc".into(),
                fixes: 2,
            };
            apply(&self.0.join("docs"), &[change]).remove(0)
        }

        fn leftovers(&self) -> usize {
            let entries = fs::read_dir(self.0.join("docs")).unwrap();
            entries
                .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("tmp"))
                .count()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn writes_bytes_and_keeps_permissions() {
        let folder = Folder::new();
        let file = folder.write("docs/a b#%.md", "a\r\nb");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o754)).unwrap();
        let applied = folder.apply("a b#%.md").unwrap();
        assert_eq!(applied.fixes, 2);
        assert_eq!(fs::read(&file).unwrap(), b"a\r\nc");
        assert_eq!(mode(&file), 0o754);
        assert_eq!(folder.leftovers(), 0);
    }

    #[test]
    fn refuses_a_file_that_changed() {
        let folder = Folder::new();
        let file = folder.write("docs/a.md", "somebody's work");
        assert!(matches!(folder.apply("a.md").unwrap_err().reason, Reason::Changed));
        assert_eq!(fs::read(&file).unwrap(), b"somebody's work");
        assert_eq!(folder.leftovers(), 0);
    }

    #[test]
    fn refuses_what_is_not_a_file_of_the_tree() {
        let folder = Folder::new();
        let outside = folder.write("out.md", "a\r\nb");
        symlink(&outside, folder.0.join("docs/link.md")).unwrap();
        symlink(&folder.0, folder.0.join("docs/up")).unwrap();
        fs::create_dir(folder.0.join("docs/dir.md")).unwrap();
        let reason = |path| folder.apply(path).unwrap_err().reason;
        assert!(matches!(reason("link.md"), Reason::SymbolicLink));
        assert!(matches!(reason("up/out.md"), Reason::OutsideRoot));
        assert!(matches!(reason("../out.md"), Reason::OutsideRoot));
        assert!(matches!(reason("dir.md"), Reason::NotAFile));
        assert!(matches!(reason("gone.md"), Reason::Io(error) if error.kind() == io::ErrorKind::NotFound));
        assert_eq!(fs::read(&outside).unwrap(), b"a\r\nb");
    }

    #[test]
    fn refuses_what_is_read_only() {
        let folder = Folder::new();
        let file = folder.write("docs/a.md", "a\r\nb");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(matches!(folder.apply("a.md").unwrap_err().reason, Reason::ReadOnly));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();

        let docs = folder.0.join("docs");
        fs::set_permissions(&docs, fs::Permissions::from_mode(0o555)).unwrap();
        let result = folder.apply("a.md");
        let text = fs::read(&file).unwrap();
        fs::set_permissions(&docs, fs::Permissions::from_mode(0o755)).unwrap();
        match result {
            // The superuser may write here.
            Ok(_) => assert_eq!(text, b"a\r\nc"),
            Err(failure) => {
                assert!(matches!(failure.reason, Reason::Io(_)));
                assert_eq!(text, b"a\r\nb");
            }
        }
    }
}
