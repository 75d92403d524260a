//! `check --new-from`: only what is new since a revision, each finding with its cause.

use std::collections::{BTreeMap, BTreeSet};

use super::Failure;
use super::check::Now;
use crate::baseline::FILE_NAME;
use crate::difference::{self, Change, Version};
use crate::engine::{self, Report};
use crate::open::Input;
use crate::path::DocPath;
use crate::rules::Ruleset;
use crate::walk::{NoBase, TrackedChange};

/// Takes findings out of the report that the revision has too, and counts them.
pub(super) fn keep_new(
    report: &mut Report,
    revision: &str,
    input: &Input,
    ruleset: &Ruleset,
    now: Now<'_>,
) -> Result<(), Failure> {
    let revision = Some(revision).filter(|revision| !revision.is_empty());
    let base = input.base(revision).map_err(|why| no_base(&why))?;
    let Some(tracked) = input.changed_since(&base) else {
        return Err(Failure::usage(format!("git does not tell what has changed since {base}")));
    };
    if report.findings.is_empty() {
        return Ok(());
    }
    let before = input.site_before(now.tree, now.site, &tracked);
    if let Some(page) = input.lacks_before(&before, &tracked) {
        let message =
            format!("git does not have `{page}` as it was in {base}, and waypost never opens the network");
        return Err(Failure::usage(message).help(format!("in a partial clone, `git diff {base}` fetches it")));
    }
    let asked = asked_before(report, &tracked);
    let mut old = engine::check(&before, ruleset, &|path| asked.contains(path));
    if let Some(baseline) = now.baseline {
        baseline.apply(&mut old, &before, None);
    }
    let difference = difference::compare(
        Version { site: &before, report: &old },
        Version { site: now.site, report },
        &changes(&tracked),
    );
    report.summary.known = difference.keep_new(report);
    std::mem::forget((before, old));
    Ok(())
}

/// The former places of the files that something was found in: of others nothing needs to be compared.
fn asked_before<'r>(report: &'r Report, changes: &'r [TrackedChange]) -> BTreeSet<&'r DocPath> {
    let before: BTreeMap<&DocPath, &DocPath> =
        changes.iter().filter_map(|change| Some((change.new.as_ref()?, change.old.as_ref()?))).collect();
    report
        .findings
        .iter()
        .map(|finding| before.get(&finding.path).copied().unwrap_or(&finding.path))
        .collect()
}

/// Our own baseline causes no findings.
fn changes(tracked: &[TrackedChange]) -> Vec<Change> {
    let is_ours = |path: &Option<DocPath>| path.as_ref().is_some_and(|path| path.as_str() == FILE_NAME);
    let changes = tracked.iter().filter(|change| !is_ours(&change.old) && !is_ours(&change.new));
    changes.map(|change| Change { old: change.old.clone(), new: change.new.clone() }).collect()
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
