//! Files that are written whole or not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file of our own, be there one already or not.
///
/// # Errors
/// Where the system refuses, and where a folder or device stands there; then nothing has changed.
pub fn write_whole(target: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    if fs::metadata(target).is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    Draft::write(target, text.as_ref(), None)?.rename_to(target)
}

/// The new file beside the old one; removed unless it takes its place.
pub(super) struct Draft {
    path: PathBuf,
    renamed: bool,
}

impl Draft {
    /// Writes the new file; owner and permissions are those of `like`.
    pub(super) fn write(target: &Path, text: &[u8], like: Option<&Metadata>) -> io::Result<Draft> {
        let (mut file, draft) = Draft::create(target)?;
        file.write_all(text)?;
        if let Some(like) = like {
            keep_owner(&draft.path, like);
            file.set_permissions(like.permissions())?;
        }
        Ok(draft)
    }

    /// A name of its own, which no other process has taken.
    fn create(target: &Path) -> io::Result<(File, Draft)> {
        let mut attempt = 0;
        loop {
            let name = format!(".waypost-{}-{attempt}.tmp", std::process::id());
            let path = target.with_file_name(name);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((file, Draft { path, renamed: false })),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Puts it in the old one's place.
    pub(super) fn rename_to(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.renamed {
            // Nothing better can be done where even this is refused.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Root in a container would otherwise take the files of the one who mounted them. Others may not give files away,
/// and need not: what they write is theirs.
#[cfg(unix)]
fn keep_owner(path: &Path, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let _ = chown(path, Some(like.uid()), Some(like.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _like: &Metadata) {}
