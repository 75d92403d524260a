//! Revisions: which commit is meant.

use super::Repository;

/// Why there is nothing to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBase {
    /// Git does not answer.
    NoRepository,
    /// None of the usual names is a branch here.
    NoMainBranch,
    /// There is no such revision.
    NoRevision(String),
    /// The revision and this branch have no commit in common.
    NothingShared(String),
    /// One of these, in a clone that does not have the whole history.
    Shallow(Box<NoBase>),
}

impl Repository {
    /// The commit of a revision, as users write it; `None` where there is none, as `HEAD` before the first commit.
    #[must_use]
    pub fn commit(&self, revision: &str) -> Option<String> {
        let asked = format!("{revision}^{{commit}}");
        self.ask_line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])
    }

    /// The commit where this branch left a revision, without one the main branch.
    ///
    /// # Errors
    /// Why there is none.
    pub fn base(&self, revision: Option<&str>) -> Result<String, NoBase> {
        let revision = match revision {
            Some(given) => given.to_owned(),
            None => self.main_branch().ok_or_else(|| self.or_shallow(NoBase::NoMainBranch))?,
        };
        let commit =
            self.commit(&revision).ok_or_else(|| self.or_shallow(NoBase::NoRevision(revision.clone())))?;
        let base = self.ask_line(&["merge-base", &commit, "HEAD"]);
        base.ok_or_else(|| self.or_shallow(NoBase::NothingShared(revision)))
    }

    /// What is missing may be what a shallow clone has left out.
    fn or_shallow(&self, why: NoBase) -> NoBase {
        let is_shallow = self.ask_line(&["rev-parse", "--is-shallow-repository"]);
        if is_shallow.as_deref() == Some("true") { NoBase::Shallow(Box::new(why)) } else { why }
    }

    /// The main branch: that of the remote `origin`, else the local one of a usual name.
    #[must_use]
    pub fn main_branch(&self) -> Option<String> {
        let of_origin = self.ask_line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
        let usual = ["origin/main", "origin/master", "main", "master"].map(str::to_owned);
        of_origin.into_iter().chain(usual).find(|branch| self.commit(branch).is_some())
    }
}
