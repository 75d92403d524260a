//! `github`: workflow commands, which GitHub Actions shows as annotations in the changed files and on the run's page.
//!
//! A step gets ten annotations of each kind, and further ones are dropped in silence. So the gravest come first, at most
//! ten of a kind, and the last line says how many there are in truth.

use std::io::{self, Write};

use super::place::Locator;
use super::summary::Tally;
use super::{Run, gravest_first, message_and_help};
use crate::engine::Report;
use crate::finding::{Finding, Level};
use crate::site::Site;
use crate::words::number;

/// What a step may have of each kind.
const MOST_OF_A_KIND: usize = 10;

/// Prints the report.
pub fn write(report: &Report, site: &Site, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    let findings = gravest_first(&report.findings);
    let mut shown = 0;
    for level in Level::ALL {
        for finding in findings.iter().filter(|finding| finding.level == level).take(MOST_OF_A_KIND) {
            write_command(finding, &mut locator, run, out)?;
            shown += 1;
        }
    }
    let headline = Tally::of(report).headline();
    match findings.len() - shown {
        0 => writeln!(out, "waypost: {headline}"),
        more => writeln!(
            out,
            "waypost: {headline}; {} have no annotation, since a step gets ten of a kind",
            number(more)
        ),
    }
}

fn write_command(
    finding: &Finding,
    locator: &mut Locator<'_>,
    run: &Run,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (start, end) = locator.range(&finding.path, finding.span);
    let path = run.repository.show(&finding.path);
    write!(out, "::{} file={},line={}", command(finding.level), property(&path), start.line)?;
    // Columns are shown only where they are of one line.
    if start.line == end.line {
        write!(out, ",endLine={},col={},endColumn={}", end.line, start.column, end.column)?;
    } else {
        write!(out, ",endLine={}", end.line)?;
    }
    let title = format!("waypost: {}", finding.rule.id);
    writeln!(out, ",title={}::{}", property(&title), data(&message_and_help(finding, "\n")))
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    }
}

/// What stands behind `::`, as `escapeData` of `@actions/core` writes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, as `escapeProperty` of `@actions/core` writes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{finding, report, site, span_of};
    use crate::source::Span;

    fn print(report: &Report, site: &Site) -> String {
        let mut out = Vec::new();
        write(report, site, &Run::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_from_a_page_ends_a_command_or_begins_one() {
        let mut found = finding("a:b,c%\n::x.md", Level::Error, Span::at(0), "`x\r\n::error::y` 100%");
        found.help = Some("do".to_owned());
        assert_eq!(
            print(&report(vec![found]), &site(&[])),
            "::error file=a%3Ab%2Cc%25%0A%3A%3Ax.md,line=1,endLine=1,col=1,endColumn=1,title=waypost%3A broken-link\
             ::`x%0D%0A::error::y` 100%25%0Ado\nwaypost: 1 error in 1 page\n"
        );
    }

    #[test]
    fn ten_of_each_kind_the_gravest_first() {
        let text = "x\n\u{1f680} gone\nover";
        let of = |level| finding("a.md", level, span_of(text, "gone"), "wrong");
        let mut findings = vec![of(Level::Info)];
        findings.extend((0..12).map(|_| of(Level::Warning)));
        findings.push(finding("a.md", Level::Error, span_of(text, "gone\nover"), "wrong"));
        let printed = print(&report(findings), &site(&[("a.md", text)]));
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines.len(), 13);
        assert!(lines[0].starts_with("::error file=a.md,line=2,endLine=3,title="), "{}", lines[0]);
        assert!(lines[1].starts_with("::warning file=a.md,line=2,endLine=2,col=3,endColumn=7,title="));
        assert!(lines[11].starts_with("::notice "));
        assert_eq!(
            lines[12],
            "waypost: 1 error, 12 warnings, 1 info in 1 page; 2 have no annotation, since a step gets ten of a kind"
        );
    }
}
