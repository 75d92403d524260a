//! The `waypost` command.

use std::process::ExitCode;

/// Millions of small facts are kept until the end: with the system's allocator a check of a large tree costs a tenth more.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    waypost::cli::main()
}
