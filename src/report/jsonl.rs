//! `jsonl`: each finding on a line of its own, the same object as in `json`.
//!
//! For programs that read line by line. There is no summary: every line is a finding.

use std::io::{self, Write};

use super::json::JsonFinding;
use super::place::Locator;
use crate::engine::Report;
use crate::site::Site;

/// Prints the report.
pub fn write(report: &Report, site: &Site, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    for finding in &report.findings {
        serde_json::to_writer(&mut *out, &JsonFinding::of(finding, &mut locator))?;
        writeln!(out)?;
    }
    Ok(())
}
