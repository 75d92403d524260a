//! From findings to an exit code.
//!
//! Owns which findings make a run fail. Does not know how they are printed.

use clap::{Args, ValueEnum};

use super::{NOTHING_FOUND, SOMETHING_FOUND};
use crate::engine::Report;
use crate::finding::Level;

/// Which findings make the run fail.
#[derive(Clone, Debug, Default, Args)]
pub struct VerdictArgs {
    /// Least level of a finding that makes the exit code 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    pub fail_on: FailOn,

    /// Exit with 1 if there are more warnings than this, whatever `--fail-on` says
    #[arg(long, value_name = "NUMBER")]
    pub max_warnings: Option<usize>,

    /// Exit with 0 whatever was found; 2 stays 2
    #[arg(long)]
    pub exit_zero: bool,
}

/// The least level that makes the run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    #[default]
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Info,
    /// No finding
    Never,
}

impl VerdictArgs {
    /// The least level that makes the run fail, if one does.
    pub(super) fn least_level(&self) -> Option<Level> {
        match self.fail_on {
            _ if self.exit_zero => None,
            FailOn::Error => Some(Level::Error),
            FailOn::Warning => Some(Level::Warning),
            FailOn::Info => Some(Level::Info),
            FailOn::Never => None,
        }
    }

    /// The exit code of a run that could check everything.
    pub(super) fn exit_code(&self, report: &Report) -> u8 {
        let too_grave = |least| report.findings.iter().any(|finding| finding.level >= least);
        let too_many = self.max_warnings.is_some_and(|most| report.count(Level::Warning) > most);
        let fails = !self.exit_zero && (too_many || self.least_level().is_some_and(too_grave));
        if fails { SOMETHING_FOUND } else { NOTHING_FOUND }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{finding, report};
    use crate::source::Span;

    #[test]
    fn levels_and_counts_decide() {
        let of = |levels: &[Level]| {
            report(levels.iter().map(|&level| finding("a.md", level, Span::at(0), "wrong")).collect())
        };
        let code = |fail_on, max_warnings, exit_zero, levels: &[Level]| {
            VerdictArgs { fail_on, max_warnings, exit_zero }.exit_code(&of(levels))
        };
        use Level::{Error, Info, Warning};
        assert_eq!(code(FailOn::Error, None, false, &[Error, Info]), 1);
        assert_eq!(code(FailOn::Error, None, false, &[Warning, Info]), 0);
        assert_eq!(code(FailOn::Warning, None, false, &[Warning]), 1);
        assert_eq!(code(FailOn::Warning, None, false, &[Info]), 0);
        assert_eq!(code(FailOn::Info, None, false, &[Info]), 1);
        assert_eq!(code(FailOn::Never, None, false, &[Error]), 0);
        assert_eq!(code(FailOn::Never, Some(1), false, &[Warning, Warning]), 1);
        assert_eq!(code(FailOn::Error, Some(1), false, &[Warning]), 0);
        assert_eq!(code(FailOn::Info, Some(0), true, &[Error, Warning]), 0);
        assert_eq!(code(FailOn::Info, Some(0), false, &[]), 0);
    }
}
