//! placeholder until the real one lands
#![allow(missing_docs)]
use std::io::{self, Write};
use std::path::Path;
use crate::{finding::Finding, path::DocPath, report::PathDisplay, site::Site};
pub struct Change { pub path: DocPath, pub after: String }
impl Change { pub fn then(&mut self, later: Change) { self.after = later.after; } }
pub fn plan(_: &[Finding], _: &Site) -> Vec<Change> { Vec::new() }
pub fn apply(_: &Path, _: &[Change]) -> Vec<String> { Vec::new() }
pub fn diff(_: &[Change], _: &PathDisplay, _: &mut dyn Write) -> io::Result<()> { Ok(()) }
