//! From the text of a page to its facts.

pub mod front_matter;
