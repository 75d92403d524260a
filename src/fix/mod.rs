//! Mends what can be mended: chooses fixes, shows them as a patch, writes them to disk.
//!
//! `plan` is pure and `patch` only prints; `disk` and `draft` are the only parts that touch files. Applying until nothing changes
//! is the caller's loop, since it takes a new check between two rounds.

use std::sync::Arc;

use crate::path::DocPath;

pub use disk::{Applied, Failure, Reason, apply};
pub use draft::write_whole;
pub use patch::diff;
pub use plan::{plan, plan_edits};

mod disk;
mod draft;
mod patch;
mod plan;

/// A file's text before and after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: DocPath,
    /// The text that was checked.
    pub before: Arc<str>,
    /// The text with the fixes.
    pub after: String,
    /// How many fixes there are; one that edits several files counts in the file of its first edit.
    pub fixes: usize,
}

impl Change {
    /// A further round of fixes of the same page.
    pub fn then(&mut self, later: Change) {
        self.after = later.after;
        self.fixes += later.fixes;
    }
}
