//! `waypost tables`: read the tree, print its tables as data.

use std::io::{self, BufWriter, Write};

use super::input::Input;
use super::{Failure, NOTHING_FOUND, TablesArgs};

/// Prints tables as data.
pub(super) fn run(args: &TablesArgs) -> Result<u8, Failure> {
    let (input, _) = Input::open(&args.tree)?;
    let site = input.site(input.tree());
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "{} pages", site.docs.len()).map_err(Failure::from)?;
    out.flush().map_err(Failure::from)?;
    Ok(NOTHING_FOUND)
}
