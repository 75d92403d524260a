//! Whatever waypost is given, it says something sensible, soon, and never panics.
//!
//! Every run of the real binary is held to that by [`tree::Tree::run`]; the tests add what is special in each case.

mod config;
mod deep;
#[cfg(unix)]
mod disk;
mod findings;
mod growth;
mod names;
mod text;
mod tree;
