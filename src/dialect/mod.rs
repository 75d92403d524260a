//! The platforms that publish pages, one file each.

pub mod slug;

/// The names of all dialects, as configuration and command line write them.
pub const NAMES: &[&str] = &["learn", "github"];
