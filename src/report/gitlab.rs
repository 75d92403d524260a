//! `gitlab`: a Code Quality report, which GitLab shows in merge requests.
//!
//! GitLab compares the reports of two branches by fingerprint and drops findings that share one.

use std::io::{self, Write};

use serde::Serialize;

use super::Run;
use super::fingerprints::Fingerprints;
use super::message_and_help;
use super::place::Locator;
use crate::engine::Report;
use crate::finding::Level;
use crate::site::Site;
use crate::words::visible;

/// Prints the report.
pub fn write(report: &Report, site: &Site, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    let mut fingerprints = Fingerprints::new();
    write!(out, "[")?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let (start, end) = locator.range(&finding.path, finding.span);
        let description = message_and_help(finding, "; ");
        let issue = Issue {
            description: &visible(&description),
            check_name: finding.rule.id,
            fingerprint: &fingerprints.next(finding, &locator),
            severity: severity(finding.level),
            location: Location {
                path: &run.repository.show(&finding.path),
                lines: Lines { begin: start.line, end: end.line },
            },
        };
        serde_json::to_writer(&mut *out, &issue)?;
    }
    writeln!(out, "\n]")
}

#[derive(Serialize)]
struct Issue<'f> {
    description: &'f str,
    check_name: &'static str,
    fingerprint: &'f str,
    severity: &'static str,
    location: Location<'f>,
}

#[derive(Serialize)]
struct Location<'f> {
    path: &'f str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// GitLab has five; `critical` and `blocker` are for what nobody may release.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Info => "info",
    }
}
