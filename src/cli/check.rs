//! `waypost check`: read the tree, check it, print what was found or write the fixes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};

use super::baseline::Accepted;
use super::input::Input;
use super::{
    CheckArgs, Failure, FormatArg, NOTHING_FOUND, SOMETHING_FOUND, new_from, staged, staged_fix, terminal,
};
use crate::engine::{self, Report};
use crate::finding::Level;
use crate::fix::{self, Change};
use crate::path::DocPath;
use crate::report::{Format, Style};
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
    let (mut input, ruleset) = Input::of(&args.tree, tracked)?;
    let baseline = match args.no_baseline {
        true => None,
        false => Accepted::open(args.baseline.as_deref(), &args.tree, &mut input)?,
    };
    let style = terminal::style(args.color, input.root(), input.current_folder());
    let format = match args.format {
        FormatArg::Pretty => Format::Pretty,
        FormatArg::Concise => Format::Concise,
        FormatArg::Json => Format::Json,
    };
    let mut check = Check {
        input,
        ruleset,
        format,
        baseline,
        only_new: args.staged && !args.all,
        new_from: args.new_from.clone(),
    };
    let tree = check.input.tree();
    let mut out = BufWriter::new(io::stdout().lock());
    let code = match (args.diff, args.fix) {
        (true, _) => check.diff(tree, &style, &mut out),
        (_, true) if args.staged => check.fix_staged(tree, &style, &mut out),
        (_, true) => check.fix(tree, &style, &mut out),
        _ => check.report(tree, &style, &mut out),
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
    format: Format,
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

    fn report(&self, tree: Tree, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let site = self.input.site(tree.clone());
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
        if report.summary.pages == 0 {
            super::say(|stderr| writeln!(stderr, "note: there are no pages to check"));
        }
        self.format.write(&report, &site, style, out).map_err(Failure::from)?;
        let code = exit_code(&report);
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

    fn diff(&self, tree: Tree, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, report) = self.plan(tree);
        let changes = self.of_staged_pages(changes);
        // What is accepted is mended all the same, but no reason to fail.
        fix::diff(&changes, style.color, out).map_err(Failure::from)?;
        Ok(exit_code(&report))
    }

    fn fix(&self, tree: Tree, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, _) = self.plan(tree);
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
        let code = self.report(self.input.tree(), style, out)?;
        Ok(if failed { super::COULD_NOT_CHECK } else { code })
    }

    fn fix_staged(&mut self, tree: Tree, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, _) = self.plan(tree.clone());
        let changes = self.of_staged_pages(changes);
        let failed = match self.input.tracked() {
            Some(tracked) => staged_fix::apply(tracked, self.input.root(), &changes, style),
            None => return self.fix(tree, style, out),
        };
        self.input.refresh();
        let code = self.report(self.input.tree(), style, out)?;
        Ok(if failed { super::COULD_NOT_CHECK } else { code })
    }

    /// Who commits mends what is staged; before the first commit that is everything.
    fn of_staged_pages(&self, mut changes: Vec<Change>) -> Vec<Change> {
        if let Some(staged) = self.input.staged().filter(|_| self.only_new) {
            let staged: BTreeSet<DocPath> = staged.into_iter().filter_map(|change| change.new).collect();
            changes.retain(|change| staged.contains(&change.path));
        }
        changes
    }

    /// All safe fixes, repeated until nothing more can be fixed; and what is left.
    fn plan(&self, mut tree: Tree) -> (Vec<Change>, Report) {
        const MOST_ROUNDS: usize = 10;
        let mut all: BTreeMap<DocPath, Change> = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            let site = self.input.site(tree.clone());
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

fn exit_code(report: &Report) -> u8 {
    if report.count(Level::Error) > 0 { SOMETHING_FOUND } else { NOTHING_FOUND }
}
