//! argv -> command -> exit code. The only place that knows clap, stdout and stderr; one file a subcommand.
//!
//! Owns what the exit codes mean. Does not know how anything is checked.

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use clap::Parser;

pub use args::{CheckArgs, Color, FormatArg};
pub use config_file::load;
pub use error::Failure;

use args::{Cli, Command};

mod args;
mod check;
mod config_file;
mod error;
mod excerpt;
mod explain;
mod init;
mod rules;
mod terminal;

/// Nothing was found at error level.
pub const NOTHING_FOUND: u8 = 0;
/// Something was found at error level.
pub const SOMETHING_FOUND: u8 = 1;
/// The tree could not be checked.
pub const COULD_NOT_CHECK: u8 = 2;

const BUG: &str = "
error: waypost has a bug and stopped; nothing it printed can be relied on
help: please report it, with the message above, the command and, if you can, the pages";

/// The `waypost` command.
#[must_use]
pub fn main() -> ExitCode {
    // Left alone, a panic exits with 101, and with 1 on some platforms: that would read as "something was found".
    let code = panic::catch_unwind(parse_and_run).unwrap_or_else(|_| {
        say(|stderr| writeln!(stderr, "{BUG}"));
        COULD_NOT_CHECK
    });
    ExitCode::from(code)
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
        Command::Init(args) => init::run(args, &mut out),
        Command::Rules(_) => rules::run(&mut out),
        Command::Explain(args) => explain::run(args, &mut out),
    }
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
