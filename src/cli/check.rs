//! `waypost check`: read the tree, check it, print what was found or write the fixes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};

use super::before::{self, Now};
use super::output::Outputs;
use super::progress::Progress;
use super::{CheckArgs, Failure, forge, new_from, staged, staged_fix, terminal};
use crate::engine::{self, Report};
use crate::fix::{self, Change};
use crate::open::{Accepted, Input};
use crate::path::DocPath;
use crate::report::{PathDisplay, Style};
use crate::rules::Ruleset;
use crate::site::Site;
use crate::tree::Tree;
use crate::walk::Contents;
use crate::words::{count, visible};

/// Checks pages and prints what is wrong with them.
pub(super) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let outputs = Outputs::of(&args.output)?;
    let tracked = match (args.staged, args.tracked) {
        (true, _) => Some(Contents::Index),
        _ if args.tracked || args.new_from.is_some() => Some(Contents::WorkingTree),
        _ => None,
    };
    let (mut input, ruleset) = super::open(&args.tree.request()?, tracked)?;
    let baseline = before::baseline(args, &mut input)?;
    let mut style = terminal::style(args.color, input.root(), input.current_folder());
    style.run.repository = PathDisplay::from_above(input.below_git_root());
    style.run.source_url = forge::source_url();
    style.run.with_suppressed = args.output.with_suppressed;
    style.run.fail_on = args.verdict.least_level();
    let mut check = Check { args, input, ruleset, outputs, baseline, only_new: args.staged && !args.all };
    let mut out = BufWriter::new(io::stdout().lock());
    let code = match (args.diff, args.fix) {
        (true, _) => check.diff(&style, &mut out),
        (_, true) => check.fix(&style, &mut out),
        _ => check.report(&style, &mut out),
    };
    let code = code?;
    unless_closed(out.flush().map_err(Failure::from))?;
    Ok(code)
}

/// Whoever closes the pipe early has seen enough: what was found is found.
fn unless_closed(written: Result<(), Failure>) -> Result<(), Failure> {
    match written {
        Err(failure) if failure.is_closed_pipe() => Ok(()),
        written => written,
    }
}

/// What is checked, and how.
struct Check<'a> {
    args: &'a CheckArgs,
    input: Input,
    ruleset: Ruleset,
    outputs: Outputs,
    /// What is accepted.
    baseline: Option<Accepted>,
    /// Whether only what is staged and what that breaks is reported.
    only_new: bool,
}

impl Check<'_> {
    fn findings(&self, site: &Site) -> Report {
        engine::check(site, &self.ruleset, &|path| self.input.selects(path))
    }

    fn report(&self, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let progress = Progress::start();
        progress.step("reading pages");
        let tree = self.input.tree();
        progress.step("resolving links");
        let site = self.input.site(tree.clone());
        progress.step("checking");
        let mut report = self.findings(&site);
        progress.step("comparing with what was there before");
        self.keep_new(&mut report, &site, &tree)?;
        drop(progress);
        if report.summary.pages == 0 && report.findings.is_empty() {
            super::say(|stderr| writeln!(stderr, "note: there are no pages to check"));
        }
        let code = self.args.verdict.exit_code(&report);
        let mut style = style.clone();
        style.run.exit_code = code;
        unless_closed(self.outputs.write(&report, &site, &style, out))?;
        // The process ends here: giving every page's memory back takes longer than the system needs.
        std::mem::forget((site, report, tree));
        Ok(code)
    }

    /// Leaves out what is accepted, and what is not asked for since it was there before.
    fn keep_new(&self, report: &mut Report, site: &Site, tree: &Tree) -> Result<(), Failure> {
        if let Some(baseline) = &self.baseline {
            let is_partial = self.only_new || self.args.new_from.is_some();
            baseline.apply(report, site, (!is_partial).then_some(&self.ruleset));
        }
        let now = Now { args: self.args, input: &self.input, ruleset: &self.ruleset, site, tree };
        match &self.args.new_from {
            Some(revision) => new_from::keep_new(report, revision, now),
            None if self.only_new => staged::keep_new(report, now),
            None => Ok(()),
        }
    }

    fn diff(&self, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, report) = self.plan();
        unless_closed(fix::diff(&changes, style.color, out).map_err(Failure::from))?;
        Ok(self.args.verdict.exit_code(&report))
    }

    fn fix(&mut self, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, _) = self.plan();
        let all_done = match self.input.tracked().filter(|tracked| tracked.contents() == Contents::Index) {
            Some(tracked) => staged_fix::apply(tracked, self.input.root(), &changes, style),
            None => self.apply(&changes, style),
        };
        self.input.refresh();
        let code = self.report(style, out)?;
        Ok(if all_done { code } else { super::COULD_NOT_CHECK })
    }

    /// Writes changed pages; whether all could be written.
    fn apply(&self, changes: &[Change], style: &Style) -> bool {
        let mut applied = 0;
        let mut all_done = true;
        for result in fix::apply(self.input.root(), changes) {
            match result {
                Ok(done) => applied += done.fixes,
                Err(failure) => {
                    all_done = false;
                    let path = style.base.show(&failure.path).into_owned();
                    super::say(|stderr| {
                        writeln!(stderr, "error: {} was not changed: {}", visible(&path), failure.reason)
                    });
                }
            }
        }
        super::say(|stderr| writeln!(stderr, "{} applied", count(applied, "fix")));
        all_done
    }

    /// All safe fixes, repeated until nothing more can be fixed; and what is left.
    fn plan(&self) -> (Vec<Change>, Report) {
        const MOST_ROUNDS: usize = 10;
        let progress = Progress::start();
        progress.step("reading pages");
        let mut tree = self.input.tree();
        let mut all: BTreeMap<DocPath, Change> = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            progress.step("resolving links");
            let site = self.input.site(tree.clone());
            progress.step("checking");
            let report = self.findings(&site);
            let changes = fix::plan(&report.findings, &site);
            if changes.is_empty() {
                return (self.of_staged_pages(all), self.without_accepted(report, &site));
            }
            for change in changes {
                tree.change(&change.path, &change.after);
                match all.get_mut(&change.path) {
                    Some(earlier) => earlier.then(change),
                    None => _ = all.insert(change.path.clone(), change),
                }
            }
        }
        let site = self.input.site(tree);
        (self.of_staged_pages(all), self.without_accepted(self.findings(&site), &site))
    }

    /// Who commits mends what is staged; before the first commit that is everything.
    fn of_staged_pages(&self, mut changes: BTreeMap<DocPath, Change>) -> Vec<Change> {
        if let Some(staged) = self.input.staged().filter(|_| self.only_new) {
            let staged: BTreeSet<DocPath> = staged.into_iter().filter_map(|change| change.new).collect();
            changes.retain(|path, _| staged.contains(path));
        }
        changes.into_values().collect()
    }

    /// What is accepted is mended all the same, but no reason to fail.
    fn without_accepted(&self, mut report: Report, site: &Site) -> Report {
        if let Some(baseline) = &self.baseline {
            baseline.apply(&mut report, site, None);
        }
        report
    }
}
