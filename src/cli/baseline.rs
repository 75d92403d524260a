//! `waypost baseline`, and the baseline that `waypost check` honours.
//!
//! Owns where the file lies. What it accepts is decided in [`crate::baseline`].

use std::io::Write;

use super::args::BaselineArgs;
use super::{Failure, NOTHING_FOUND};
use crate::baseline::{self, Baseline, Coverage};
use crate::engine;
use crate::fingerprint::{Fingerprint, Fingerprints};
use crate::fix;
use crate::open::accepted::{parse, place, read};
use crate::open::{Input, shown};
use crate::words::count;

/// Writes the baseline.
pub(super) fn run(args: &BaselineArgs, out: &mut dyn Write) -> Result<u8, Failure> {
    let (input, ruleset) = super::open(&args.tree.request()?, None)?;
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
