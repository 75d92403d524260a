//! The baseline that a check honours: where it lies, and what it takes out of a report.
//!
//! What it accepts is decided in [`crate::baseline`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::shown;
use super::{Failure, Input, TreeRequest, config_file};
use crate::baseline::{Baseline, FILE_NAME};
use crate::config::ConfigFault;
use crate::engine::Report;
use crate::path::DocPath;
use crate::rules::Ruleset;
use crate::site::Site;

/// A baseline, and where it lies.
pub struct Accepted {
    baseline: Baseline,
    path: DocPath,
    /// Whether an entry that accepts nothing can be told from one of a page that was not checked.
    knows_stale: bool,
}

impl Accepted {
    /// The baseline that is named, else that of the root if there is one.
    pub fn open(
        named: Option<&Path>,
        request: &TreeRequest,
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
        let knows_stale = input.selects_all() && request.exclude.is_empty() && request.dialects.is_empty();
        Ok(Some(Accepted { baseline, path, knows_stale }))
    }

    /// Takes what is accepted out of a report; with a ruleset, entries that accept nothing are reported.
    pub fn apply(&self, report: &mut Report, site: &Site, stale: Option<&Ruleset>) {
        let coverage = self.baseline.apply(report, site);
        if let Some(ruleset) = stale.filter(|_| self.knows_stale) {
            self.baseline.report_stale(&coverage, &self.path, ruleset, report);
        }
    }
}

/// Where the baseline lies that is named, else that of the root.
pub(crate) fn place(named: Option<&Path>, input: &Input) -> PathBuf {
    match named {
        Some(named) => input.current_folder().join(named),
        None => input.root().join(FILE_NAME),
    }
}

/// The text of a baseline that must be there.
pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    match file.exists() {
        true => config_file::read(file),
        false => Err(Failure::usage(format!("there is no baseline {}", shown(file)))
            .help("`waypost baseline` writes one")),
    }
}

/// What a baseline says.
pub(crate) fn parse(file: &Path, text: &str) -> Result<Baseline, Failure> {
    Baseline::parse(text).map_err(|fault| Failure::Config {
        path: file.to_owned(),
        text: text.to_owned(),
        faults: vec![ConfigFault {
            span: fault.span,
            message: fault.message,
            help: Some(fault.help.to_owned()),
        }],
    })
}
