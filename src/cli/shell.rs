//! `waypost completions` and `waypost man`: what shells and `man` read about the command line.

use std::io::Write;

use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs};
use super::{Failure, NOTHING_FOUND};

/// Prints a script that completes the command line.
pub(super) fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> Result<u8, Failure> {
    let mut command = Cli::command();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "waypost", &mut script);
    out.write_all(&script)?;
    Ok(NOTHING_FOUND)
}

/// Prints the manual: the page of the command, then those of its subcommands.
pub(super) fn man(out: &mut dyn Write) -> Result<u8, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut pages)?;
    for subcommand in command.get_subcommands() {
        clap_mangen::Man::new(subcommand.clone()).render(&mut pages)?;
    }
    out.write_all(&pages)?;
    Ok(NOTHING_FOUND)
}
