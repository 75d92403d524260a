//! Putting mended contents into the index.

use super::{Entry, Repository};

impl Repository {
    /// Stages a file as it is in the working tree. Whether git did.
    #[must_use]
    pub fn stage(&self, entry: &Entry) -> bool {
        let paths = format!("{}\0", entry.path);
        self.tell(&["update-index", "-z", "--stdin"], paths.into_bytes()).is_some()
    }

    /// Gives an entry another content, whatever the working tree has. Whether git did.
    #[must_use]
    pub fn stage_content(&self, entry: &Entry, content: &str) -> bool {
        let stored = self.tell(&["hash-object", "-w", "--stdin"], content.as_bytes().to_vec());
        let Some(oid) = stored.and_then(|oid| String::from_utf8(oid).ok()) else { return false };
        let mode = if entry.is_executable { "100755" } else { "100644" };
        let line = format!("{mode} {}\t{}\0", oid.trim(), entry.path);
        self.tell(&["update-index", "-z", "--index-info"], line.into_bytes()).is_some()
    }

    /// Whether the index is not the repository's own but one that `git commit PATH` throws away after the commit.
    #[must_use]
    pub fn index_is_temporary(&self) -> bool {
        let index = std::env::var_os("GIT_INDEX_FILE").unwrap_or_default();
        let name = std::path::Path::new(&index).file_name().unwrap_or_default();
        !["", "index", "index.lock"].iter().any(|own| name == *own)
    }
}
