//! `junit`: the XML of JUnit, for what shows tests.
//!
//! A page with findings is a suite, each finding a test of it: failed where its level makes the run fail, else passed with
//! the finding as its output. Readers take a report without tests for a mistake, so a clean tree is one test that passed.

use std::io::{self, Write};

use super::place::Locator;
use super::summary::Tally;
use super::xml::escaped;
use super::{Style, message_and_help};
use crate::engine::Report;
use crate::finding::Finding;
use crate::site::Site;

/// Prints the report.
pub fn write(report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    let (tests, failures) = counts(&report.findings, style);
    let all = tests.max(1);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"waypost\" tests=\"{all}\" failures=\"{failures}\" errors=\"0\">")?;
    if report.findings.is_empty() {
        let headline = escaped(&Tally::of(report).headline());
        writeln!(out, "  <testsuite name=\"waypost\" tests=\"1\" failures=\"0\" errors=\"0\">")?;
        writeln!(out, "    <testcase classname=\"waypost\" name=\"{headline}\" time=\"0\"/>")?;
        writeln!(out, "  </testsuite>")?;
    }
    for of_page in report.findings.chunk_by(|one, next| one.path == next.path) {
        write_suite(of_page, &mut locator, style, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(
    of_page: &[Finding],
    locator: &mut Locator<'_>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let path = escaped(&style.base.show(&of_page[0].path));
    let (tests, failures) = counts(of_page, style);
    writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    for finding in of_page {
        let at = locator.place(&finding.path, finding.span.start);
        let rule = finding.rule.id;
        let message = escaped(&finding.message);
        let full = escaped(&message_and_help(finding, "; "));
        let full = format!("{path}:{}:{}: {}[{rule}] {full}", at.line, at.column, finding.level);
        writeln!(
            out,
            "    <testcase classname=\"{path}\" name=\"{rule} at {}:{}\" file=\"{path}\" line=\"{}\" time=\"0\">",
            at.line, at.column, at.line
        )?;
        match fails(finding, style) {
            true => writeln!(out, "      <failure type=\"{rule}\" message=\"{message}\">{full}</failure>")?,
            false => writeln!(out, "      <system-out>{full}</system-out>")?,
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

/// How many tests there are, and how many of them fail.
fn counts(findings: &[Finding], style: &Style) -> (usize, usize) {
    (findings.len(), findings.iter().filter(|finding| fails(finding, style)).count())
}

fn fails(finding: &Finding, style: &Style) -> bool {
    style.run.fail_on.is_some_and(|least| finding.level >= least)
}
