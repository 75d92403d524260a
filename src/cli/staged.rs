//! `check --staged`: which findings are the business of whoever commits.
//!
//! Those in staged pages, for writers mend what they touch; and of the others those that the staged changes have caused,
//! each with its cause.

use std::collections::BTreeSet;

use super::Failure;
use super::before::{Now, compare};
use crate::engine::Report;
use crate::path::DocPath;
use crate::walk::Tracked;

/// Takes findings out of the report that were there before in pages that are not staged, and counts them.
pub(super) fn keep_new(report: &mut Report, now: Now<'_>) -> Result<(), Failure> {
    let Some(staged) = now.input.staged() else {
        return match now.input.tracked().is_some_and(Tracked::has_commits) {
            true => {
                Err(Failure::usage("git does not tell what is staged")
                    .help("`git diff --cached --raw` says why"))
            }
            // Before the first commit everything is new.
            false => Ok(()),
        };
    };
    if staged.is_empty() && !is_commit_under_way() {
        super::say(|stderr| {
            writeln!(stderr, "note: nothing is staged: all that git has in its index is reported")
        });
        return Ok(());
    }
    if report.findings.is_empty() {
        return Ok(());
    }
    let difference = compare(report, now, &staged, "git diff --cached")?;
    let staged: BTreeSet<&DocPath> = staged.iter().filter_map(|change| change.new.as_ref()).collect();
    let all = std::mem::take(&mut report.findings);
    let total = all.len();
    let explained = all.into_iter().zip(difference.causes).filter_map(|(finding, cause)| match cause {
        Some(cause) => Some(cause.explain(finding)),
        None => staged.contains(&finding.path).then_some(finding),
    });
    report.findings = explained.collect();
    report.summary.known = total - report.findings.len();
    Ok(())
}

/// Whether git itself has started us, in a hook: it names the index then. Without one, `pre-commit run --all-files`
/// and people who look at what they have committed want to see more than nothing.
fn is_commit_under_way() -> bool {
    std::env::var_os("GIT_INDEX_FILE").is_some()
}
