//! `markdown`: a summary to be posted as a comment or shown on a job's page.
//!
//! Never longer than GitHub lets a comment be. What comes from pages is shown as it is written: it formats nothing, links
//! to nothing and calls nobody.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::place::Locator;
use super::summary::Tally;
use super::{Run, gravest_first, uri};
use crate::engine::Report;
use crate::finding::{Finding, Level};
use crate::site::Site;
use crate::words::{count, number, visible};

/// GitHub takes 65,536 characters; bytes are never fewer.
const MOST_BYTES: usize = 65_000;
/// What is shown without a click.
const WORST: usize = 20;
/// A cell for a message of which the rest says nothing to a reader.
const LONGEST_MESSAGE: usize = 500;
/// What the ends of the collapsed part take, and the remark that there is more.
const RESERVE: usize = 200;

const HEADER: &str = "| | where | rule | what |\n|---|---|---|---|\n";

/// Prints the report.
pub fn write(report: &Report, site: &Site, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let tally = Tally::of(report);
    let mut text = format!("### waypost: {}\n", tally.headline());
    let findings = gravest_first(&report.findings);
    if !findings.is_empty() {
        let mut rows = Rows { locator: Locator::new(site), run };
        let (worst, rest) = findings.split_at(findings.len().min(WORST));
        text.push('\n');
        text.push_str(HEADER);
        worst.iter().for_each(|finding| text.push_str(&rows.row(finding)));
        push_rules(&mut text, &tally);
        rows.push_rest(&mut text, rest);
    }
    push_omissions(&mut text, report);
    out.write_all(text.as_bytes())
}

fn push_rules(text: &mut String, tally: &Tally<'_>) {
    text.push_str(
        "\n<details><summary>By rule</summary>\n\n| | count | rule | problem |\n|---|--:|---|---|\n",
    );
    for (level, rule, count) in tally.rows() {
        push(
            text,
            format_args!(
                "| {} | {} | `{}` | {} |\n",
                sign(level),
                number(count),
                rule.id,
                shown(rule.summary)
            ),
        );
    }
    text.push_str("\n</details>\n");
}

fn push_omissions(text: &mut String, report: &Report) {
    let skipped: usize = report.summary.skipped.values().sum();
    let mut omissions = Vec::new();
    if skipped > 0 {
        omissions.push(format!("{} not checked: waypost never opens the network", count(skipped, "link")));
    }
    if report.summary.suppressed > 0 {
        omissions.push(format!("{} suppressed by comments", count(report.summary.suppressed, "finding")));
    }
    if report.summary.accepted > 0 {
        omissions.push(format!("{} accepted in the baseline", count(report.summary.accepted, "finding")));
    }
    if report.summary.known > 0 {
        omissions.push(format!("{} that were there before", count(report.summary.known, "finding")));
    }
    if !omissions.is_empty() {
        push(text, format_args!("\n{}.\n", omissions.join("; ")));
    }
}

struct Rows<'r> {
    locator: Locator<'r>,
    run: &'r Run,
}

impl Rows<'_> {
    /// All further findings that have room.
    fn push_rest(&mut self, text: &mut String, rest: &[&Finding]) {
        if rest.is_empty() {
            return;
        }
        push(text, format_args!("\n<details><summary>{} more</summary>\n\n{HEADER}", number(rest.len())));
        let mut left = rest.len();
        for finding in rest {
            let row = self.row(finding);
            if text.len() + row.len() + RESERVE > MOST_BYTES {
                break;
            }
            text.push_str(&row);
            left -= 1;
        }
        if left > 0 {
            push(text, format_args!("\n… and {} that have no room here.\n", number(left)));
        }
        text.push_str("\n</details>\n");
    }

    fn row(&mut self, finding: &Finding) -> String {
        let line = self.locator.place(&finding.path, finding.span.start).line;
        let path = self.run.repository.show(&finding.path);
        let place = code_span(&format!("{path}:{line}"));
        let place = match &self.run.source_url {
            Some(url) => format!("[{place}]({url}{}#L{line})", uri::relative(&path)),
            None => place,
        };
        let what = shown(&finding.message);
        format!("| {} | {place} | `{}` | {what} |\n", sign(finding.level), finding.rule.id)
    }
}

fn sign(level: Level) -> &'static str {
    match level {
        Level::Error => "❌",
        Level::Warning => "⚠️",
        Level::Info => "ℹ️",
    }
}

/// A message in a cell: what stands in backticks as code, the rest as plain words.
fn shown(message: &str) -> String {
    let mut shown = String::new();
    let mut cut = message.to_owned();
    if let Some((end, _)) = message.char_indices().nth(LONGEST_MESSAGE) {
        cut.truncate(end);
        cut.push('…');
    }
    let parts: Vec<&str> = cut.split('`').collect();
    for (index, part) in parts.iter().enumerate() {
        // A backtick without its pair is no code.
        match index % 2 == 1 && index + 1 < parts.len() {
            true if part.is_empty() => {}
            true => shown.push_str(&code_span(part)),
            false => shown.push_str(&prose(part)),
        }
    }
    shown
}

/// `text` as a code span, also in a cell: longer fences than any in the text, and no bare `|`.
pub(crate) fn code_span(text: &str) -> String {
    let text = visible(text).replace('|', "\\|");
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if longest > 0 { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// `text` as nothing but words.
fn prose(text: &str) -> String {
    let mut escaped = String::new();
    for character in visible(text).chars() {
        match character {
            // Cuts what would be a name to be notified of, or an address.
            '@' | '#' => push(&mut escaped, format_args!("{character}<!-- -->")),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '!' => {
                push(&mut escaped, format_args!("\\{character}"));
            }
            other => escaped.push(other),
        }
    }
    escaped.replace("://", ":<!-- -->//")
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = text.write_fmt(arguments);
}
