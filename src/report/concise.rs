//! `concise`: one `path:line:column: level[rule] message` line a finding, then the summary.
//!
//! Paths are relative to the current folder, so that editors and terminals can open them.

use std::io::{self, Write};

use super::Style;
use super::place::Locator;
use super::summary::{Table, Tally};
use super::text::Ink;
use crate::engine::Report;
use crate::finding::Finding;
use crate::site::Site;
use crate::words::visible;

/// A longer suggestion would hide the next finding.
const LONGEST_SUGGESTION: usize = 80;

/// Prints the report.
pub fn write(report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    for finding in &report.findings {
        write_finding(finding, &mut locator, style, out)?;
    }
    Tally::of(report).write(style, out, Table::No)
}

fn write_finding(
    finding: &Finding,
    locator: &mut Locator<'_>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let at = locator.place(&finding.path, finding.span.start);
    let path = style.base.show(&finding.path);
    let kind = format!("{}[{}]", finding.level, finding.rule.id);
    write!(
        out,
        "{}:{}:{}: {} {}",
        visible(&path),
        at.line,
        at.column,
        style.paint(Ink::from(finding.level), &kind),
        visible(&finding.message),
    )?;
    if let Some(suggestion) = short_suggestion(finding) {
        write!(out, " (did you mean `{}`?)", visible(suggestion))?;
    }
    writeln!(out)
}

fn short_suggestion(finding: &Finding) -> Option<&str> {
    let best = finding.suggestions.first()?;
    (best.len() <= LONGEST_SUGGESTION && !finding.message.contains(&format!("`{best}`"))).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
    use crate::report::PathDisplay;
    use crate::report::fixture::{finding, report, site, span_of};
    use std::path::Path;

    fn print(report: &Report, site: &Site, style: &Style) -> String {
        let mut out = Vec::new();
        write(report, site, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_line_a_finding() {
        let text = "# A\n\n日 [x](gone.md)\n";
        let mut broken =
            finding("docs/a.md", Level::Error, span_of(text, "gone.md"), "`gone.md` does not exist");
        broken.suggestions = vec!["here.md".to_owned()];
        let style =
            Style { base: PathDisplay::new(Path::new("/r"), Path::new("/r/docs")), ..Default::default() };
        let printed = print(&report(vec![broken]), &site(&[("docs/a.md", text)]), &style);
        let first = printed.lines().next().unwrap();
        assert_eq!(first, "a.md:3:7: error[broken-link] `gone.md` does not exist (did you mean `here.md`?)");
    }

    #[test]
    fn nothing_from_a_page_steers_the_terminal() {
        let evil = "a\nb\u{1b}[2J.md";
        let found = finding(evil, Level::Warning, crate::source::Span::at(0), "no `\u{1b}]0;x\u{7}` here");
        let printed = print(&report(vec![found]), &site(&[]), &Style::default());
        assert!(!printed.contains('\u{1b}'));
        assert!(
            printed.starts_with("a\\nb\\u{1b}[2J.md:1:1: warning[broken-link] no `\\u{1b}]0;x\\u{7}` here\n")
        );
    }
}
