//! From what is asked for to a site: the root, its configuration, its tree, and what the disk knows besides.
//!
//! The same for the command line and for editors. Owns how flags, configuration and baseline go together, and the words
//! for what stands in the way. Does not know what is done with the site, nor where notes are printed.

pub use accepted::Accepted;
pub use config_file::load;
pub use error::Failure;
pub use input::{Input, Opened};
pub use read::Source;
pub use request::TreeRequest;

pub(crate) use error::shown;

pub(crate) mod accepted;
mod config_file;
mod error;
mod excerpt;
mod input;
mod left_out;
mod read;
mod request;
