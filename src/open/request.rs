//! What is asked for: which tree, which pages of it, and who judges them.

use std::path::PathBuf;

/// Which tree, which pages of it, and who judges them; what is left empty is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeRequest {
    /// Where the user stands.
    pub current_folder: PathBuf,
    /// Pages and folders; none for the current folder.
    pub paths: Vec<PathBuf>,
    /// The folder of everything that links may lead to.
    pub root: Option<PathBuf>,
    /// The configuration to use instead of that at the root.
    pub config: Option<PathBuf>,
    /// Whether no configuration is read at all.
    pub isolated: bool,
    /// The dialects that judge every page.
    pub dialects: Vec<String>,
    /// Patterns of pages to leave out, besides those of the configuration.
    pub exclude: Vec<String>,
}
