//! `waypost check`.

use super::{CheckArgs, Failure};

/// Checks pages and prints what is wrong with them.
pub(super) fn run(_args: &CheckArgs) -> Result<u8, Failure> {
    Err(Failure::usage("`waypost check` is not built yet"))
}
