//! argv -> command -> exit code. The only place that knows clap, stdout and stderr; one file a subcommand.
//!
//! Owns what the exit codes mean. Does not know how anything is checked.

use std::io::{self, Write};
use std::panic::{self, UnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

pub use crate::open::{Failure, load};
pub use args::{BaselineArgs, CheckArgs, Color, TablesArgs, TablesFormat, TreeArgs};
pub use output::{FormatArg, Output, OutputArgs};
pub use verdict::{FailOn, VerdictArgs};

use args::{Cli, Command};

use crate::open::{Input, Opened, TreeRequest};
use crate::rules::Ruleset;
use crate::walk::Contents;

mod args;
mod baseline;
mod check;
mod config;
mod explain;
mod forge;
mod init;
mod lsp;
mod new_from;
mod output;
mod progress;
mod rules;
mod shell;
mod staged;
mod staged_fix;
mod tables;
mod terminal;
mod verdict;

/// Nothing was found that makes a run fail.
pub const NOTHING_FOUND: u8 = 0;
/// Something was found that does.
pub const SOMETHING_FOUND: u8 = 1;
/// The tree could not be checked.
pub const COULD_NOT_CHECK: u8 = 2;

const BUG: &str = "
error: waypost has a bug and stopped; nothing it printed can be relied on
help: please report it, with the message above, the command and, if you can, the pages";

/// The `waypost` command.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(guarded(parse_and_run))
}

/// Left alone, a panic would exit with a code that scripts may read as findings.
fn guarded(run: impl FnOnce() -> u8 + UnwindSafe) -> u8 {
    panic::catch_unwind(run).unwrap_or_else(|_| {
        say(|stderr| writeln!(stderr, "{BUG}"));
        COULD_NOT_CHECK
    })
}

fn parse_and_run() -> u8 {
    match Cli::try_parse() {
        Ok(cli) => run(&cli.command).unwrap_or_else(|failure| report(&failure)),
        Err(request) => {
            // A closed pipe is not an error.
            let _ = request.print();
            if request.use_stderr() { COULD_NOT_CHECK } else { NOTHING_FOUND }
        }
    }
}

fn run(command: &Command) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    match command {
        Command::Check(args) => {
            drop(out);
            check::run(args)
        }
        Command::Baseline(args) => baseline::run(args, &mut out),
        Command::Tables(args) => {
            drop(out);
            tables::run(args)
        }
        Command::Init(args) => init::run(args, &mut out),
        Command::Rules(_) => rules::run(&mut out),
        Command::Explain(args) => explain::run(args, &mut out),
        Command::Config(args) => config::run(args, &mut out),
        Command::Completions(args) => shell::completions(args, &mut out),
        Command::Lsp(_) => {
            drop(out);
            Ok(lsp::run())
        }
        Command::Man => shell::man(&mut out),
    }
}

/// Opens what is asked for, and prints what the user may not expect of it.
fn open(request: &TreeRequest, tracked: Option<Contents>) -> Result<(Input, Ruleset), Failure> {
    let Opened { input, config, notes, .. } = Input::open(request, tracked)?;
    for note in notes {
        say(|stderr| writeln!(stderr, "note: {note}"));
    }
    Ok((input, config.ruleset))
}

/// Where the user stands.
fn current_folder() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::file("find", Path::new("."), error))
}

/// Prints why waypost stopped. A reader who has seen enough and closed the pipe is no reason to say anything.
fn report(failure: &Failure) -> u8 {
    if failure.is_closed_pipe() {
        return NOTHING_FOUND;
    }
    say(|stderr| failure.write(stderr));
    COULD_NOT_CHECK
}

/// Writes to stderr; where that fails there is nobody left to tell.
fn say(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let _ = write(&mut io::stderr().lock());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_finding() {
        assert_eq!(guarded(|| panic!("on purpose, in a test")), COULD_NOT_CHECK);
        assert_eq!(guarded(|| SOMETHING_FOUND), SOMETHING_FOUND);
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        assert_eq!(report(&Failure::from(io::Error::from(io::ErrorKind::BrokenPipe))), NOTHING_FOUND);
    }
}
