//! waypost checks trees of Markdown documentation: links, anchors, front matter and tables, judged as the platform
//! that publishes the page judges them.
//!
//! The modules in reading order: places ([`source`], [`path`]), what is read ([`tree`], [`walk`]), what stands in a
//! page ([`facts`], [`parse`]), how a platform sees it ([`dialect`]), the whole ([`site`]), what is wrong with it
//! ([`rules`], [`finding`], [`engine`], [`workspace`]), and the doors ([`config`], [`fix`], [`report`], [`cli`]).

#![forbid(unsafe_code)]

pub mod baseline;
pub mod cli;
pub mod config;
pub mod contract;
pub mod data;
pub mod dialect;
pub mod difference;
pub mod engine;
pub mod facts;
pub mod finding;
pub mod fingerprint;
pub mod fix;
pub mod git;
pub mod glob;
pub mod lsp;
pub mod nearest;
pub mod open;
pub mod parse;
pub mod path;
pub mod preset;
pub mod report;
pub mod rules;
pub mod scope;
pub mod site;
pub mod source;
pub mod suppress;
pub mod tables;
pub mod tree;
pub mod walk;
pub mod words;
pub mod workspace;
