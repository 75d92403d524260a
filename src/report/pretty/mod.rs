//! `pretty`: what is wrong, shown in the page, for people.
//!
//! Owns the layout: findings of one line share an excerpt, related places stand in it when they are near, help hangs
//! below. `excerpt` cuts the page, `sketch` decides what an excerpt shows, `frame` draws it.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::Style;
use super::place::Locator;
use super::summary::{Table, Tally};
use super::text::{Ink, wrap};
use crate::engine::Report;
use crate::finding::{Finding, Label};
use crate::path::DocPath;
use crate::rules::Rule;
use crate::site::{Site, SourceText};
use crate::words::{count, number, visible};
use sketch::{Sketch, sketches};

mod excerpt;
mod frame;
mod sketch;

/// More findings on one line help nobody, and drawing them would take long.
const MAX_ON_LINE: usize = 8;

/// The repository, where the rules' pages can be read in a browser.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Prints the report.
pub fn write(report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let line_of = |finding: &Finding| {
        site.source(&finding.path).map(|source| source.lines.line_of(finding.span.start as usize))
    };
    let mut printer = Printer { site, style, locator: Locator::new(site), explained: BTreeSet::new() };
    for group in report.findings.chunk_by(|a, b| a.path == b.path && line_of(a) == line_of(b)) {
        printer.write_line(group, out)?;
    }
    Tally::of(report).write(style, out, Table::Yes)
}

struct Printer<'r> {
    site: &'r Site,
    style: &'r Style,
    locator: Locator<'r>,
    explained: BTreeSet<&'static str>,
}

impl Printer<'_> {
    /// The findings of one line; those of a whole file where its text is not known.
    fn write_line(&mut self, findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
        let (shown, more) = findings.split_at(findings.len().min(MAX_ON_LINE));
        let scope = match self.site.source(&findings[0].path) {
            Some(source) => {
                for sketch in sketches(shown, source, self.style.width) {
                    self.write_sketch(&sketch, source, out)?;
                }
                "on this line"
            }
            None => {
                for finding in shown {
                    self.write_without_excerpt(finding, out)?;
                }
                "in this file"
            }
        };
        if !more.is_empty() {
            let more = format!("… and {} more {scope}", number(more.len()));
            let more = if self.style.unicode { more } else { more.replace('…', "...") };
            writeln!(out, "{}\n", self.style.paint(Ink::Strong, &more))?;
        }
        Ok(())
    }

    fn write_sketch(
        &mut self,
        sketch: &Sketch<'_>,
        source: SourceText<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for (index, finding) in sketch.findings.iter().enumerate() {
            self.write_header(finding, sketch.number_of(index), out)?;
        }
        let location = self.location(sketch.findings[0]);
        let drawn = frame::draw(sketch, source, &location, self.style);
        out.write_all(drawn.text.as_bytes())?;

        let mut remarks = Vec::new();
        for note in sketch.notes.iter().copied().chain(drawn.unlabelled) {
            remarks.push(self.note(note));
        }
        if sketch.hidden > 0 {
            remarks
                .push(Remark { word: "note", text: format!("and {}", count(sketch.hidden, "more place")) });
        }
        for (index, finding) in sketch.findings.iter().enumerate() {
            remarks.extend(help(finding, sketch.number_of(index)));
        }
        remarks.extend(sketch.findings.iter().filter_map(|finding| self.more(finding.rule)));
        self.write_remarks(drawn.indent, &remarks, out)
    }

    fn write_without_excerpt(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        self.write_header(finding, None, out)?;
        let location = self.style.base.show(&finding.path);
        let location = visible(&location);
        let (corner, bar) = if self.style.unicode { ('╭', '─') } else { (',', '-') };
        writeln!(out, "   {corner}{bar}[{}]", self.style.paint(Ink::Info, &location))?;
        let mut remarks: Vec<_> =
            finding.related.iter().take(MAX_ON_LINE).map(|label| self.note(label)).collect();
        remarks.extend(help(finding, None));
        remarks.extend(self.more(finding.rule));
        self.write_remarks(3, &remarks, out)
    }

    /// `error[broken-link]: message`.
    fn write_header(&self, finding: &Finding, number: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
        let kind = format!("{}[{}]", finding.level, finding.rule.id);
        let message = format!("{}{}", prefix(number), visible(&finding.message));
        let message = wrap(&message, self.style.width, kind.len() + 2, "  ");
        let kind = self.style.paint(Ink::from(finding.level), &kind);
        let kind = self.link(&kind, finding.rule);
        writeln!(out, "{kind}: {}", self.style.paint(Ink::Strong, &message))
    }

    /// The text, leading to the rule's page in terminals that can.
    fn link(&self, text: &str, rule: &Rule) -> String {
        if !self.style.hyperlinks || REPOSITORY.is_empty() {
            return text.to_owned();
        }
        let page = format!("{REPOSITORY}/blob/HEAD/fixtures/{}/README.md", rule.id);
        format!("\u{1b}]8;;{page}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
    }

    /// A related place that is not in the excerpt.
    fn note(&mut self, label: &Label) -> Remark {
        let location = self.location_of(&label.path, label.span.start);
        Remark { word: "note", text: format!("{location}: {}", visible(&label.message)) }
    }

    /// Where to read more, once for each rule.
    fn more(&mut self, rule: &Rule) -> Option<Remark> {
        let is_new = self.explained.insert(rule.id);
        is_new.then(|| Remark { word: "more", text: format!("`waypost explain {}`", rule.id) })
    }

    /// Closes the excerpt: its frame ends in the remarks.
    fn write_remarks(&self, indent: usize, remarks: &[Remark], out: &mut dyn Write) -> io::Result<()> {
        let (branch, last, bar) = if self.style.unicode { ('├', '╰', '─') } else { ('|', '`', '-') };
        if remarks.is_empty() {
            writeln!(out, "{:indent$}{last}{bar}{bar}{bar}{bar}", "")?;
        }
        for (index, remark) in remarks.iter().enumerate() {
            let corner = if index + 1 == remarks.len() { last } else { branch };
            let hanging = " ".repeat(indent + remark.word.len() + 5);
            let text = wrap(&remark.text, self.style.width, hanging.len(), &hanging);
            let text = self.style.paint_code(&text);
            let word = self.style.paint(Ink::Info, remark.word);
            writeln!(out, "{:indent$}{corner}{bar} {word}: {text}", "")?;
        }
        writeln!(out)
    }

    fn location(&mut self, finding: &Finding) -> String {
        self.location_of(&finding.path, finding.span.start)
    }

    fn location_of(&mut self, path: &DocPath, offset: u32) -> String {
        let at = self.locator.place(path, offset);
        let path = self.style.base.show(path);
        format!("{}:{}:{}", visible(&path), at.line, at.column)
    }
}

/// A line below the excerpt.
struct Remark {
    word: &'static str,
    text: String,
}

/// The way out: the rule's help, and the best suggestion where the help does not spell it out.
fn help(finding: &Finding, number: Option<usize>) -> Option<Remark> {
    let best = finding.suggestions.first().map(|best| visible(best));
    let text = match (finding.help.as_deref().map(visible), best) {
        (None, None) => return None,
        (None, Some(best)) => format!("did you mean `{best}`?"),
        (Some(help), Some(best)) if !help.contains(&*best) => format!("{help}: `{best}`"),
        (Some(help), _) => help.into_owned(),
    };
    Some(Remark { word: "help", text: format!("{}{text}", prefix(number)) })
}

/// `(2) ` where an excerpt shows several places.
fn prefix(number: Option<usize>) -> String {
    number.map(|number| format!("({number}) ")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
