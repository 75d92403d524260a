//! `waypost lsp`: the language server, for editors.

use super::NOTHING_FOUND;
use crate::lsp::{self, Goodbye};

/// What the protocol asks for where the client leaves without saying so.
const CLIENT_VANISHED: u8 = 1;

/// Speaks with an editor until it says goodbye, or is gone.
pub(super) fn run() -> u8 {
    match lsp::over_stdio() {
        Goodbye::Said => NOTHING_FOUND,
        Goodbye::Missed => CLIENT_VANISHED,
    }
}
