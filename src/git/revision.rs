//! Revisions: which commit is meant.

use super::Repository;

impl Repository {
    /// The commit of a revision, as users write it; `None` where there is none, as `HEAD` before the first commit.
    #[must_use]
    pub fn commit(&self, revision: &str) -> Option<String> {
        let asked = format!("{revision}^{{commit}}");
        self.ask_line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])
    }

    /// The commit where this branch left the main one; `None` where git does not tell, as in a shallow clone.
    #[must_use]
    pub fn merge_base_with_main(&self) -> Option<String> {
        let main = self.main_branch()?;
        self.ask_line(&["merge-base", &main, "HEAD"])
    }

    /// The main branch: that of the remote `origin`, else the local one of a usual name.
    #[must_use]
    pub fn main_branch(&self) -> Option<String> {
        let of_origin = self.ask_line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
        let usual = ["origin/main", "origin/master", "main", "master"].map(str::to_owned);
        of_origin.into_iter().chain(usual).find(|branch| self.commit(branch).is_some())
    }
}
