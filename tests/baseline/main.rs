//! What is new: `check --new-from`, the baseline that `check` honours, and `waypost baseline`; with the real binary and
//! real repositories.

mod file;
mod pull_request;
mod scratch;
