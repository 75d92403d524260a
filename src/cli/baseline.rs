//! `waypost baseline`, and the baseline that `waypost check` honours.
//!
//! Owns where the file lies. What it accepts is decided in [`crate::baseline`].

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{BaselineArgs, TreeArgs};
use super::error::shown;
use super::input::Input;
use super::{Failure, NOTHING_FOUND, config_file};
use crate::baseline::{self, Baseline, Coverage, FILE_NAME};
use crate::config::ConfigFault;
use crate::engine::{self, Report};
use crate::fingerprint::{Fingerprint, Fingerprints};
use crate::fix;
use crate::path::DocPath;
use crate::rules::Ruleset;
use crate::site::Site;
use crate::words::count;

/// A baseline, and where it lies.
pub(super) struct Accepted {
    baseline: Baseline,
    path: DocPath,
    /// Whether an entry that accepts nothing can be told from one of a page that was not checked.
    knows_stale: bool,
}

impl Accepted {
    /// The baseline that is named, else that of the root if there is one.
    pub(super) fn open(
        named: Option<&Path>,
        args: &TreeArgs,
        input: &mut Input,
    ) -> Result<Option<Accepted>, Failure> {
        let file = place(named, input);
        let text: Arc<str> = match input.stored(&file) {
            Some(text) => text,
            None if named.is_none() && !file.is_file() => return Ok(None),
            None => read(&file)?.into(),
        };
        let baseline = parse(&file, &text)?;
        let path = input.seen_from_root(&file.canonicalize().unwrap_or(file));
        input.add_text(path.clone(), text);
        let knows_stale = input.selects_all() && args.exclude.is_empty() && args.dialects.is_empty();
        Ok(Some(Accepted { baseline, path, knows_stale }))
    }

    /// Takes what is accepted out of a report; with a ruleset, entries that accept nothing are reported. What was
    /// accepted.
    pub(super) fn apply(&self, report: &mut Report, site: &Site, stale: Option<&Ruleset>) -> Fingerprints {
        let coverage = self.baseline.apply(report, site);
        if let Some(ruleset) = stale.filter(|_| self.knows_stale) {
            self.baseline.report_stale(&coverage, &self.path, ruleset, report);
        }
        coverage.used
    }
}

/// Writes the baseline.
pub(super) fn run(args: &BaselineArgs, out: &mut dyn Write) -> Result<u8, Failure> {
    let (input, ruleset) = Input::open(&args.tree)?;
    let file = place(args.baseline.as_deref(), &input);
    let (old_text, old) = match file.is_file() {
        true => {
            let text = read(&file)?;
            // What nobody can read can still be written anew.
            let old = parse(&file, &text);
            (Some(text), if args.prune { old? } else { old.unwrap_or_default() })
        }
        false if args.prune => {
            return Err(Failure::usage(format!("there is no baseline {}", shown(&file)))
                .help("`waypost baseline` without `--prune` writes one"));
        }
        false => (None, Baseline::default()),
    };
    let site = input.site(input.tree());
    let report = engine::check(&site, &ruleset, &|path| input.selects(path));
    let coverage = old.cover(&report, &site);
    let mut new = match args.prune {
        true => coverage.used.clone(),
        false => Fingerprint::all(&report, &site).into_iter().collect(),
    };
    keep_others(&old, &input, &coverage, &mut new);
    let text = baseline::write(&new);
    if old_text.is_none() && new.total() == 0 {
        writeln!(out, "nothing was found, so there is nothing to accept")?;
        return Ok(NOTHING_FOUND);
    }
    let action = match old_text.is_some_and(|old| old == text) {
        true => "unchanged",
        false => {
            fix::write_whole(&file, &text).map_err(|error| Failure::file("write", &file, error))?;
            "wrote"
        }
    };
    writeln!(out, "{action} {}: {} accepted", shown(&file), count(new.total(), "finding"))?;
    let mended: usize = coverage.unused.iter().sum::<usize>() - others(&old, &input, &coverage);
    if mended > 0 {
        writeln!(
            out,
            "{} taken out that {} no more",
            count(mended, "finding"),
            if mended == 1 { "is" } else { "are" }
        )?;
    }
    Ok(NOTHING_FOUND)
}

/// Entries of pages that were not checked stay.
fn keep_others(old: &Baseline, input: &Input, coverage: &Coverage, new: &mut Fingerprints) {
    for (entry, &unused) in old.entries.iter().zip(&coverage.unused) {
        if !input.selects(&entry.fingerprint.path) {
            new.add(entry.fingerprint.clone(), unused);
        }
    }
}

fn others(old: &Baseline, input: &Input, coverage: &Coverage) -> usize {
    let entries = old.entries.iter().zip(&coverage.unused);
    let others = entries.filter(|(entry, _)| !input.selects(&entry.fingerprint.path));
    others.map(|(_, unused)| unused).sum()
}

fn place(named: Option<&Path>, input: &Input) -> PathBuf {
    match named {
        Some(named) => input.current_folder().join(named),
        None => input.root().join(FILE_NAME),
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    match file.exists() {
        true => config_file::read(file),
        false => Err(Failure::usage(format!("there is no baseline {}", shown(file)))
            .help("`waypost baseline` writes one")),
    }
}

fn parse(file: &Path, text: &str) -> Result<Baseline, Failure> {
    Baseline::parse(text).map_err(|fault| Failure::Config {
        path: shown(file),
        text: text.to_owned(),
        faults: vec![ConfigFault {
            span: fault.span,
            message: fault.message,
            help: Some(fault.help.to_owned()),
        }],
    })
}
