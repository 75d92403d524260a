//! `waypost check`: read the tree, check it, print what was found or write the fixes.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use super::{CheckArgs, Failure, FormatArg, NOTHING_FOUND, SOMETHING_FOUND, load, read, terminal};
use crate::config::Config;
use crate::dialect::Dialect;
use crate::engine::{self, Report};
use crate::finding::Level;
use crate::fix::{self, Change};
use crate::glob::{Case, Globs};
use crate::path::DocPath;
use crate::report::{Format, Style};
use crate::rules::Ruleset;
use crate::site::{Settings, Site};
use crate::tree::Tree;
use crate::walk::{self, Place};
use crate::words::{count, visible};

/// Checks pages and prints what is wrong with them.
pub(super) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let cwd = std::env::current_dir().map_err(|error| Failure::file("find", Path::new("."), error))?;
    let place = walk::place(&cwd, args.root.as_deref(), args.config.as_deref(), &args.paths)?;
    let config = load(&place)?;
    let style = terminal::style(args.color, &place.root, &cwd);
    let check = Check::new(args, &place, config)?;
    let tree = check.tree();
    let mut out = BufWriter::new(io::stdout().lock());
    let code = match (args.diff, args.fix) {
        (true, _) => check.diff(tree, &style, &mut out),
        (_, true) => check.fix(tree, &style, &mut out),
        _ => check.report(tree, &style, &mut out),
    };
    code.and_then(|code| {
        out.flush().map_err(Failure::from)?;
        Ok(code)
    })
}

/// What is checked, and how.
struct Check<'c> {
    place: &'c Place,
    exclude: Globs,
    /// The texts of our own configuration, for findings that point into them.
    texts: Vec<(DocPath, Arc<str>)>,
    settings: Settings,
    ruleset: Ruleset,
    format: Format,
}

impl<'c> Check<'c> {
    fn new(args: &CheckArgs, place: &'c Place, config: Config) -> Result<Check<'c>, Failure> {
        let exclude = config.exclude.iter().chain(&args.exclude).map(String::as_str);
        let exclude = Globs::like_gitignore(exclude, Case::Sensitive).map_err(|fault| {
            Failure::usage(format!("the patterns of `exclude` together: {}", fault.message))
        })?;
        let flags_win = !args.dialects.is_empty();
        let dialects = if flags_win { &args.dialects } else { &config.dialects };
        let overrides = config.overrides.into_iter().filter(|_| !flags_win);
        let settings = Settings {
            dialects: dialects_named(dialects),
            dialect_overrides: overrides
                .filter_map(|entry| Some((entry.files, dialects_named(&entry.dialects?))))
                .collect(),
            base_path: config.base_path,
            mounts: config.mounts,
            repository: config.repository,
            contracts: config.contracts.into(),
            presets: config.presets,
            accept: config.accept,
            accept_anchors: config.accept_anchors,
        };
        let format = match args.format {
            FormatArg::Pretty => Format::Pretty,
            FormatArg::Concise => Format::Concise,
            FormatArg::Json => Format::Json,
        };
        Ok(Check { place, exclude, texts: config.texts, settings, ruleset: config.ruleset, format })
    }

    fn tree(&self) -> Tree {
        let mut tree = read::tree(self.place, &self.exclude);
        tree.configs.extend(self.texts.iter().cloned());
        tree
    }

    fn site(&self, tree: Tree) -> Site {
        let mut site = Site::new(tree, self.settings.clone());
        let on_disk =
            walk::probe(&self.place.root, self.place.below_git_root.is_some(), &site.unknown_paths());
        site.learn_of(&on_disk);
        site.learn_line_counts(&walk::count_lines(&self.place.root, &site.files_to_count()));
        site
    }

    fn findings(&self, site: &Site) -> Report {
        engine::check(site, &self.ruleset, &|path| self.selects(path))
    }

    fn selects(&self, path: &DocPath) -> bool {
        self.place.named.iter().any(|named| match named.is_dir {
            true => path.below(named.path.as_str()).is_some(),
            false => *path == named.path,
        })
    }

    fn report(&self, tree: Tree, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let site = self.site(tree);
        let report = self.findings(&site);
        if report.summary.pages == 0 {
            super::say(|stderr| writeln!(stderr, "note: there are no pages to check"));
        }
        self.format.write(&report, &site, style, out).map_err(Failure::from)?;
        let code = exit_code(&report);
        // The process ends here: giving every page's memory back takes longer than the system needs.
        std::mem::forget((site, report));
        Ok(code)
    }

    fn diff(&self, tree: Tree, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, report) = self.plan(tree);
        fix::diff(&changes, style.color, out).map_err(Failure::from)?;
        Ok(exit_code(&report))
    }

    fn fix(&self, tree: Tree, style: &Style, out: &mut dyn Write) -> Result<u8, Failure> {
        let (changes, _) = self.plan(tree);
        let mut applied = 0;
        let mut failed = false;
        for result in fix::apply(&self.place.root, &changes) {
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
        let code = self.report(self.tree(), style, out)?;
        Ok(if failed { super::COULD_NOT_CHECK } else { code })
    }

    /// All safe fixes, repeated until nothing more can be fixed; and what is left.
    fn plan(&self, mut tree: Tree) -> (Vec<Change>, Report) {
        const MOST_ROUNDS: usize = 10;
        let mut all: BTreeMap<DocPath, Change> = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            let site = self.site(tree.clone());
            let report = self.findings(&site);
            let changes = fix::plan(&report.findings, &site);
            if changes.is_empty() {
                return (all.into_values().collect(), report);
            }
            for change in changes {
                tree.change(&change.path, &change.after);
                match all.get_mut(&change.path) {
                    Some(earlier) => earlier.then(change),
                    None => _ = all.insert(change.path.clone(), change),
                }
            }
        }
        let report = self.findings(&self.site(tree));
        (all.into_values().collect(), report)
    }
}

fn dialects_named(names: &[String]) -> Vec<&'static Dialect> {
    names.iter().filter_map(|name| Dialect::find(name)).collect()
}

fn exit_code(report: &Report) -> u8 {
    if report.count(Level::Error) > 0 { SOMETHING_FOUND } else { NOTHING_FOUND }
}
