//! What was found before a change, and what is new since then: for `--staged` and `--new-from`.
//!
//! Both states are judged as `waypost check` judges them: each with the configuration and the baseline that it has.
//! Does not know which of the findings are reported.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckArgs, Failure};
use crate::baseline::FILE_NAME;
use crate::difference::{self, Change, Difference, Version};
use crate::engine::{self, Report};
use crate::open::{Accepted, Input};
use crate::path::DocPath;
use crate::rules::Ruleset;
use crate::site::Site;
use crate::tree::Tree;
use crate::walk::TrackedChange;

/// What was checked, and how.
#[derive(Clone, Copy)]
pub(super) struct Now<'n> {
    pub(super) args: &'n CheckArgs,
    pub(super) input: &'n Input,
    pub(super) ruleset: &'n Ruleset,
    pub(super) site: &'n Site,
    pub(super) tree: &'n Tree,
}

/// The baseline that is honoured.
pub(super) fn baseline(args: &CheckArgs, input: &mut Input) -> Result<Option<Accepted>, Failure> {
    match args.no_baseline {
        true => Ok(None),
        false => Accepted::open(args.baseline.as_deref(), &args.tree.request()?, input),
    }
}

/// Which findings of a report are new since `changes`, and why. `fetch` is the command that has git look at them.
pub(super) fn compare(
    report: &Report,
    now: Now<'_>,
    changes: &[TrackedChange],
    fetch: &str,
) -> Result<Difference, Failure> {
    let (mut input, ruleset) = now.input.before(now.tree, changes);
    let ruleset = ruleset.as_ref().unwrap_or(now.ruleset);
    // What cannot be read accepts nothing.
    let baseline = baseline(now.args, &mut input).unwrap_or_default();
    let asked = former_places(report, changes);
    let is_asked = |path: &DocPath| asked.contains(path);
    let site = input.site_partly(input.tree(), now.site, &is_asked);
    if let Some(page) = input.lacks(&site, changes) {
        let message =
            format!("git does not have `{page}` as it was before, and waypost never opens the network");
        return Err(Failure::usage(message).help(format!("in a partial clone `{fetch}` fetches it")));
    }
    let mut old = engine::check(&site, ruleset, &is_asked);
    let accepted = baseline.map(|baseline| baseline.apply(&mut old, &site, None));
    let difference = difference::compare(
        Version { site: &site, report: &old },
        Version { site: now.site, report },
        &accepted.unwrap_or_default(),
        &besides_baseline(changes),
    );
    // The process ends soon: giving every page's memory back takes longer than the system needs.
    std::mem::forget((site, old));
    Ok(difference)
}

/// The former places of the files that something was found in: of others nothing needs to be compared.
fn former_places<'r>(report: &'r Report, changes: &'r [TrackedChange]) -> BTreeSet<&'r DocPath> {
    let before: BTreeMap<&DocPath, &DocPath> =
        changes.iter().filter_map(|change| Some((change.new.as_ref()?, change.old.as_ref()?))).collect();
    let paths = report.findings.iter().map(|finding| &finding.path);
    paths.map(|path| before.get(path).copied().unwrap_or(path)).collect()
}

/// What the baseline accepts is told apart; the file itself causes nothing.
fn besides_baseline(changes: &[TrackedChange]) -> Vec<Change> {
    let is_baseline = |path: &Option<DocPath>| path.as_ref().is_some_and(|path| path.as_str() == FILE_NAME);
    let others = changes.iter().filter(|change| !is_baseline(&change.old) && !is_baseline(&change.new));
    others.map(|change| Change { old: change.old.clone(), new: change.new.clone() }).collect()
}
