//! `checkstyle`: the XML of Checkstyle, which many tools for reviews and builds read.

use std::io::{self, Write};

use super::place::Locator;
use super::xml::escaped;
use super::{Style, message_and_help};
use crate::engine::Report;
use crate::site::Site;

/// Prints the report.
pub fn write(report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"10.0\">")?;
    for of_file in report.findings.chunk_by(|one, next| one.path == next.path) {
        let path = style.base.show(&of_file[0].path);
        writeln!(out, "  <file name=\"{}\">", escaped(&path))?;
        for finding in of_file {
            let at = locator.place(&finding.path, finding.span.start);
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"waypost.{}\"/>",
                at.line,
                at.column,
                finding.level,
                escaped(&message_and_help(finding, "; ")),
                finding.rule.id
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
