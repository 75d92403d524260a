//! `waypost check`: read the tree, check it, print what was found or write the fixes.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use super::baseline::Accepted;
use super::input::Input;
use super::output::Outputs;
use super::progress::Progress;
use super::{CheckArgs, Failure, VerdictArgs, forge, new_from, staged, terminal};
use crate::engine::{self, Report};
use crate::fix::{self, Change};
use crate::path::DocPath;
use crate::report::Style;
use crate::rules::Ruleset;
use crate::site::Site;
use crate::tree::Tree;
use crate::walk::Contents;
use crate::words::{count, visible};

/// Checks pages and prints what is wrong with them.
pub(super) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let tracked = match (args.staged, args.tracked) {
        (true, _) => Some(Contents::Index),
        _ if args.tracked || args.new_from.is_some() => Some(Contents::WorkingTree),
        _ => None,
    };
    let outputs = Outputs::of(&args.output)?;
    let (mut input, ruleset) = Input::of(&args.tree, tracked)?;
    let baseline = match args.no_baseline {
        true => None,
        false => Accepted::open(args.baseline.as_deref(), &args.tree, &mut input)?,
    };
    let mut style = terminal::style(args.color, input.root(), input.current_folder());
    style.run.repository = input.repository_paths();
    style.run.source_url = forge::source_url();
    style.run.fail_on = args.verdict.least_level();
    let progress = Progress::start();
    progress.step("reading pages");
    let check = Check {
        input,
        ruleset,
        outputs,
        verdict: args.verdict.clone(),
        baseline,
        only_new: args.staged && !args.all,
        new_from: args.new_from.clone(),
    };
    let tree = check.input.tree();
    let mut out = BufWriter::new(io::stdout().lock());
    let code = match (args.diff, args.fix) {
        (true, _) => check.diff(tree, progress, &style, &mut out),
        (_, true) => check.fix(tree, progress, &style, &mut out),
        _ => check.report(tree, progress, &style, &mut out),
    };
    code.and_then(|code| {
        out.flush().map_err(Failure::from)?;
        Ok(code)
    })
}

/// What is checked, and how.
struct Check {
    input: Input,
    ruleset: Ruleset,
    outputs: Outputs,
    verdict: VerdictArgs,
    /// Whether only what is staged and what that breaks is reported.
    only_new: bool,
    /// The revision since which findings are new; empty for the main branch.
    new_from: Option<String>,
    /// What is accepted.
    baseline: Option<Accepted>,
}

impl Check {
    fn findings(&self, site: &Site) -> Report {
        engine::check(site, &self.ruleset, &|path| self.input.selects(path))
    }

    fn report(
        &self,
        tree: Tree,
        progress: Progress,
        style: &Style,
        out: &mut dyn Write,
    ) -> Result<u8, Failure> {
        progress.step("resolving links");
        let site = self.input.site(tree.clone());
        progress.step("checking");
        let mut report = self.findings(&site);
        if let Some(baseline) = &self.baseline {
            let is_partial = self.only_new || self.new_from.is_some();
            baseline.apply(&mut report, &site, (!is_partial).then_some(&self.ruleset));
        }
        if let Some(revision) = &self.new_from {
            let now = new_from::Now { site: &site, tree: &tree, baseline: self.baseline.as_ref() };
            new_from::keep_new(&mut report, revision, &self.input, &self.ruleset, now)?;
        } else if self.only_new {
            staged::keep_new(&mut report, &self.input, &self.ruleset, &site, &tree);
        }
        drop(progress);
        if report.summary.pages == 0 {
            super::say(|stderr| writeln!(stderr, "note: there are no pages to check"));
        }
        let code = self.verdict.exit_code(&report);
        let mut style = style.clone();
        style.run.exit_code = code;
        self.outputs.write(&report, &site, &style, out)?;
        // The process ends here: giving every page's memory back takes longer than the system needs.
        std::mem::forget((site, report, tree));
        Ok(code)
    }

    fn without_accepted(&self, mut report: Report, site: &Site) -> Report {
        if let Some(baseline) = &self.baseline {
            baseline.apply(&mut report, site, None);
        }
        report
    }

    fn diff(
        &self,
        tree: Tree,
        progress: Progress,
        style: &Style,
        out: &mut dyn Write,
    ) -> Result<u8, Failure> {
        let (changes, report) = self.plan(tree, &progress);
        drop(progress);
        // What is accepted is mended all the same, but no reason to fail.
        fix::diff(&changes, style.color, out).map_err(Failure::from)?;
        Ok(self.verdict.exit_code(&report))
    }

    fn fix(&self, tree: Tree, progress: Progress, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, _) = self.plan(tree, &progress);
        drop(progress);
        let mut applied = 0;
        let mut failed = false;
        for result in fix::apply(self.input.root(), &changes) {
            match result {
                Ok(done) => applied += done.fixes,
                Err(failure) => {
                    failed = true;
                    let path = style.base.show(&failure.path).into_owned();
                    super::say(|stderr| {
                        writeln!(stderr, "error: {} was not changed: {}", visible(&path), failure.reason)
                    });
                }
            }
        }
        super::say(|stderr| writeln!(stderr, "{} applied", count(applied, "fix")));
        let progress = Progress::start();
        progress.step("reading pages");
        let code = self.report(self.input.tree(), progress, style, out)?;
        Ok(if failed { super::COULD_NOT_CHECK } else { code })
    }

    /// All safe fixes, repeated until nothing more can be fixed; and what is left.
    fn plan(&self, mut tree: Tree, progress: &Progress) -> (Vec<Change>, Report) {
        const MOST_ROUNDS: usize = 10;
        let mut all: BTreeMap<DocPath, Change> = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            progress.step("resolving links");
            let site = self.input.site(tree.clone());
            progress.step("checking");
            let report = self.findings(&site);
            let changes = fix::plan(&report.findings, &site);
            if changes.is_empty() {
                return (all.into_values().collect(), self.without_accepted(report, &site));
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
        (all.into_values().collect(), self.without_accepted(self.findings(&site), &site))
    }
}
