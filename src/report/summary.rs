//! What a report comes to: counts by level and rule, what was left out, and what to do next.
//!
//! Shared by the formats for people; `json` takes the counts only.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Style;
use super::text::{Ink, wrap};
use crate::engine::{Report, Summary};
use crate::finding::Level;
use crate::rules::Rule;
use crate::words::{count, number};

/// The counts of a report.
pub(super) struct Tally<'r> {
    summary: &'r Summary,
    rows: Vec<Row>,
    fixable: usize,
}

/// Whether to print the counts by rule.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Yes,
    No,
}

/// How often a rule spoke at a level.
struct Row {
    level: Level,
    rule: &'static Rule,
    count: usize,
}

impl<'r> Tally<'r> {
    pub(super) fn of(report: &'r Report) -> Tally<'r> {
        let mut counts: BTreeMap<(Level, &'static str), Row> = BTreeMap::new();
        for finding in &report.findings {
            let new = Row { level: finding.level, rule: finding.rule, count: 0 };
            counts.entry((finding.level, finding.rule.id)).or_insert(new).count += 1;
        }
        let mut rows: Vec<Row> = counts.into_values().collect();
        rows.sort_by_key(|row| (std::cmp::Reverse((row.level, row.count)), row.rule.id));
        let safe = |finding: &&_| is_fixable(finding);
        Tally { summary: &report.summary, rows, fixable: report.findings.iter().filter(safe).count() }
    }

    /// How many findings there are at a level.
    pub(super) fn at(&self, level: Level) -> usize {
        self.rows.iter().filter(|row| row.level == level).map(|row| row.count).sum()
    }

    /// `1 error, 2 warnings in 3 pages`, or that there is nothing.
    pub(super) fn headline(&self) -> String {
        let found: Vec<String> = Level::ALL
            .into_iter()
            .filter(|&level| self.at(level) > 0)
            .map(|level| count(self.at(level), level.as_str()))
            .collect();
        match &found[..] {
            [] => format!("no problems in {}", self.pages()),
            found => format!("{} in {}", found.join(", "), self.pages()),
        }
    }

    /// How often each rule spoke at each of its levels, the gravest first.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Level, &'static Rule, usize)> {
        self.rows.iter().map(|row| (row.level, row.rule, row.count))
    }

    /// How often each rule spoke, at any level.
    pub(super) fn by_rule(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for row in &self.rows {
            *counts.entry(row.rule.id).or_default() += row.count;
        }
        counts
    }

    /// What was found and what was left out; for a clean tree a single line.
    pub(super) fn write(&self, style: &Style, out: &mut dyn Write, table: Table) -> io::Result<()> {
        if self.rows.is_empty() {
            return self.write_clean(style, out);
        }
        self.write_outcome(style, out)?;
        if table == Table::Yes {
            self.write_rows(style, out)?;
        }
        self.write_omissions(style, out)?;
        self.write_next_step(style, out)
    }

    fn write_clean(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut line = format!("No problems in {} with {}", self.pages(), count(self.summary.links, "link"));
        let skipped = self.skipped();
        if skipped > 0 {
            line += &format!(" ({} not checked: {})", number(skipped), self.reasons());
        }
        line += ".";
        writeln!(out, "{}", wrap(&line, style.width, 0, ""))?;
        self.write_known(style, out)
    }

    fn write_outcome(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut separator = "";
        for level in Level::ALL {
            let found = self.at(level);
            if found > 0 {
                let found = count(found, level.as_str());
                write!(out, "{separator}{}", style.paint(Ink::from(level), &found))?;
                separator = ", ";
            }
        }
        writeln!(out, " in {} with {}.", self.pages(), count(self.summary.links, "link"))
    }

    /// A table: count, level, rule and what the rule says.
    fn write_rows(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let widest = |cell: fn(&Row) -> usize| self.rows.iter().map(cell).max().unwrap_or(0);
        let count_width = widest(|row| number(row.count).len());
        let level_width = widest(|row| row.level.as_str().len());
        let rule_width = widest(|row| row.rule.id.len());
        let indent = " ".repeat(count_width + level_width + rule_width + 8);
        writeln!(out)?;
        for row in &self.rows {
            let level = format!("{:level_width$}", row.level.as_str());
            let level = style.paint(Ink::from(row.level), &level);
            let summary = wrap(row.rule.summary, style.width, indent.len(), &indent);
            let summary = style.paint(Ink::Faint, &summary);
            writeln!(
                out,
                "  {:>count_width$}  {level}  {:rule_width$}  {summary}",
                number(row.count),
                row.rule.id
            )?;
        }
        writeln!(out)
    }

    fn write_omissions(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let skipped = self.skipped();
        if skipped > 0 {
            let were = if skipped == 1 { "was" } else { "were" };
            let line = format!(
                "{} {were} not checked ({}): waypost never opens the network.",
                count(skipped, "link"),
                self.reasons()
            );
            writeln!(out, "{}", wrap(&line, style.width, 0, ""))?;
        }
        match self.summary.suppressed {
            0 => {}
            1 => writeln!(out, "1 more finding is suppressed by a comment.")?,
            more => writeln!(out, "{} more findings are suppressed by comments.", number(more))?,
        }
        self.write_known(style, out)
    }

    fn write_known(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        match self.summary.accepted {
            0 => {}
            1 => writeln!(out, "1 more finding is accepted in the baseline.")?,
            more => writeln!(out, "{} more findings are accepted in the baseline.", number(more))?,
        }
        match self.summary.known {
            0 => {}
            1 => writeln!(out, "1 more finding is not new.")?,
            more => writeln!(out, "{} more findings are not new.", number(more))?,
        }
        let (findings, are) = match self.summary.older {
            0 => return Ok(()),
            1 => ("1 older finding in another page".to_owned(), "is"),
            more => (format!("{} older findings in other pages", number(more)), "are"),
        };
        writeln!(out, "{}", style.paint_code(&format!("{findings} {are} not shown: `--all` shows them.")))
    }

    fn write_next_step(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let step = match (self.fixable, self.rows.first()) {
            (0, None) => return Ok(()),
            (0, Some(row)) => format!("`waypost explain {}` tells more.", row.rule.id),
            (fixable, _) => {
                format!(
                    "{} can be fixed: run `waypost check --fix`, or `--diff` to look first.",
                    number(fixable)
                )
            }
        };
        writeln!(out, "{}", style.paint_code(&wrap(&step, style.width, 0, "")))
    }

    fn pages(&self) -> String {
        count(self.summary.pages, "page")
    }

    fn skipped(&self) -> usize {
        self.summary.skipped.values().sum()
    }

    /// `11,900 external, 141 foreign`.
    fn reasons(&self) -> String {
        let reasons = self.summary.skipped.iter().filter(|(_, count)| **count > 0);
        let reasons: Vec<_> = reasons.map(|(reason, count)| format!("{} {reason}", number(*count))).collect();
        reasons.join(", ")
    }
}

fn is_fixable(finding: &crate::finding::Finding) -> bool {
    finding.fix.as_ref().is_some_and(|fix| fix.safe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Fix;
    use crate::report::fixture::{finding, report};
    use crate::source::Span;

    fn print(report: &Report) -> String {
        let mut out = Vec::new();
        Tally::of(report).write(&Style::default(), &mut out, Table::Yes).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_clean_run_is_one_line() {
        let mut clean = report(vec![]);
        clean.summary.links = 1_903;
        assert_eq!(print(&clean), "No problems in 1 page with 1,903 links.\n");
        clean.summary.skipped.insert("external", 1_200);
        assert_eq!(
            print(&clean),
            "No problems in 1 page with 1,903 links (1,200 not checked: 1,200 external).\n"
        );
    }

    #[test]
    fn names_counts_omissions_and_the_next_step() {
        let found = |level| finding("a.md", level, Span::at(0), "wrong");
        let mut report = report(vec![found(Level::Error), found(Level::Info), found(Level::Info)]);
        report.summary.suppressed = 1;
        report.summary.skipped.insert("external", 12_041);
        assert_eq!(
            print(&report),
            "1 error, 2 infos in 1 page with 3 links.\n\
             \n\
             \x20 1  error  broken-link  a link or image whose destination does not exist\n\
             \x20 2  info   broken-link  a link or image whose destination does not exist\n\
             \n\
             12,041 links were not checked (12,041 external): waypost never opens the network.\n\
             1 more finding is suppressed by a comment.\n\
             `waypost explain broken-link` tells more.\n"
        );
        report.findings[0].fix = Some(Fix { title: "do".to_owned(), safe: true, edits: vec![] });
        let printed = print(&report);
        assert!(printed.ends_with("1 can be fixed: run `waypost check --fix`, or `--diff` to look first.\n"));
    }
}
