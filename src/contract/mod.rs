//! Contracts: what `waypost.toml` and presets demand of tables, as plain data.
//!
//! Owns what a demand means. Does not know how it is written (`config`) and how a breach is reported (`rules`).

mod model;
mod reading;
mod wording;

pub use model::{
    Column, Condition, Contract, Contracts, Count, Demands, ForeignKey, Lexicon, LinkDemand, LinkType,
    Origin, Rows, Selection, Term, Test, Unique, Vocabulary, Voice,
};
pub use reading::comparable;
pub use wording::{Wording, fold};
