//! `check --new-from`: only what is new since a revision, each finding with its cause.

use super::Failure;
use super::before::{Now, compare};
use crate::engine::Report;
use crate::walk::NoBase;

/// Takes findings out of the report that the revision has too, and counts them.
pub(super) fn keep_new(report: &mut Report, revision: &str, now: Now<'_>) -> Result<(), Failure> {
    let revision = Some(revision).filter(|revision| !revision.is_empty());
    let base = now.input.base(revision).map_err(|why| no_base(&why))?;
    let Some(changes) = now.input.changed_since(&base) else {
        return Err(Failure::usage(format!("git does not tell what has changed since {base}")));
    };
    if !report.findings.is_empty() {
        report.summary.known = compare(report, now, &changes, &format!("git diff {base}"))?.keep_new(report);
    }
    Ok(())
}

fn no_base(why: &NoBase) -> Failure {
    const FETCH: &str = "fetch the whole history: `git fetch --unshallow`; in GitHub Actions, actions/checkout with `fetch-depth: 0`";
    match why {
        NoBase::NoRepository => {
            Failure::usage("`--new-from` compares with what git has, and git does not answer here")
                .help("run it inside a repository, with git installed")
        }
        NoBase::NoMainBranch => Failure::usage("there is no main branch to compare with").help(
            "name a revision: `--new-from REV`; or fetch the main branch: `git fetch origin main:main`",
        ),
        NoBase::NoRevision(revision) => Failure::usage(format!("git knows no revision `{revision}`"))
            .help("fetch it; or, if it is a path, write it before `--new-from` or after `--`"),
        NoBase::NothingShared(revision) => {
            Failure::usage(format!("`{revision}` and this branch have no commit in common"))
                .help("name a revision that this branch was made from")
        }
        NoBase::Shallow(why) => {
            let failure = no_base(why);
            match failure {
                Failure::Usage { message, .. } => {
                    Failure::usage(format!("{message}, in a clone without its whole history")).help(FETCH)
                }
                other => other,
            }
        }
    }
}
