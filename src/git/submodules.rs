//! Submodules: folders of which another repository knows what is in them.

use super::{Repository, fields};
use crate::path::DocPath;

impl Repository {
    /// The submodules that are not checked out, as `.gitmodules` names them, from the root of the working tree.
    #[must_use]
    pub fn absent_submodules(&self) -> Vec<DocPath> {
        const ASKED: [&str; 6] =
            ["config", "--file", ".gitmodules", "-z", "--get-regexp", r"^submodule\..*\.path$"];
        let told = self.ask(&ASKED).unwrap_or_default();
        let told = fields(&told).map(String::from_utf8_lossy);
        let paths = told.filter_map(|told| told.split_once('\n').map(|(_, path)| DocPath::new(path)));
        paths.filter(|path| !self.toplevel.join(path.as_str()).join(".git").exists()).collect()
    }
}
