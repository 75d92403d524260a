//! `json`: the report for programs, documented in `docs/json.md` and stable from version 1 on.
//!
//! Written finding by finding, one a line, so that a large report needs no memory. Paths are relative to the root.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Style;
use super::place::Locator;
use super::summary::Tally;
use crate::engine::Report;
use crate::finding::{Edit, Finding, Fix, Label, Level};
use crate::site::Site;
use crate::source::LineColumn;

/// Raised when a field changes its meaning or goes; new fields may come without it.
const VERSION: u32 = 1;

/// Prints the report.
pub fn write(report: &Report, site: &Site, _style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &JsonFinding::of(finding, &mut locator))?;
    }
    write!(out, "\n],\"summary\":")?;
    serde_json::to_writer(&mut *out, &JsonSummary::of(report))?;
    writeln!(out, "}}")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct JsonFinding<'f> {
    rule: &'static str,
    level: &'static str,
    path: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
    message: &'f str,
    help: Option<&'f str>,
    target: Option<&'f str>,
    suggestions: &'f [String],
    related: Vec<JsonLabel<'f>>,
    fix: Option<JsonFix<'f>>,
}

#[derive(Serialize)]
struct JsonLabel<'f> {
    path: &'f str,
    line: usize,
    column: usize,
    start: u32,
    end: u32,
    message: &'f str,
}

#[derive(Serialize)]
struct JsonFix<'f> {
    title: &'f str,
    safe: bool,
    edits: Vec<JsonEdit<'f>>,
}

#[derive(Serialize)]
struct JsonEdit<'f> {
    path: &'f str,
    start: u32,
    end: u32,
    text: &'f str,
}

#[derive(Serialize)]
struct JsonSummary<'r> {
    pages: usize,
    links: usize,
    levels: JsonLevels,
    rules: BTreeMap<&'static str, usize>,
    skipped: &'r BTreeMap<&'static str, usize>,
    suppressed: usize,
    accepted: usize,
    known: usize,
    dialects: &'r [&'static str],
}

#[derive(Serialize)]
struct JsonLevels {
    error: usize,
    warning: usize,
    info: usize,
}

impl<'f> JsonFinding<'f> {
    pub(super) fn of(finding: &'f Finding, locator: &mut Locator<'_>) -> JsonFinding<'f> {
        let LineColumn { line, column } = locator.place(&finding.path, finding.span.start);
        let end = locator.place(&finding.path, finding.span.end);
        JsonFinding {
            rule: finding.rule.id,
            level: finding.level.as_str(),
            path: finding.path.as_str(),
            line,
            column,
            end_line: end.line,
            end_column: end.column,
            start: finding.span.start,
            end: finding.span.end,
            message: &finding.message,
            help: finding.help.as_deref(),
            target: finding.target.as_deref(),
            suggestions: &finding.suggestions,
            related: finding.related.iter().map(|label| JsonLabel::of(label, locator)).collect(),
            fix: finding.fix.as_ref().map(JsonFix::of),
        }
    }
}

impl<'f> JsonLabel<'f> {
    fn of(label: &'f Label, locator: &mut Locator<'_>) -> JsonLabel<'f> {
        let LineColumn { line, column } = locator.place(&label.path, label.span.start);
        JsonLabel {
            path: label.path.as_str(),
            line,
            column,
            start: label.span.start,
            end: label.span.end,
            message: &label.message,
        }
    }
}

impl<'f> JsonFix<'f> {
    fn of(fix: &'f Fix) -> JsonFix<'f> {
        JsonFix { title: &fix.title, safe: fix.safe, edits: fix.edits.iter().map(JsonEdit::of).collect() }
    }
}

impl<'f> JsonEdit<'f> {
    fn of(edit: &'f Edit) -> JsonEdit<'f> {
        JsonEdit { path: edit.path.as_str(), start: edit.span.start, end: edit.span.end, text: &edit.text }
    }
}

impl<'r> JsonSummary<'r> {
    fn of(report: &'r Report) -> JsonSummary<'r> {
        let tally = Tally::of(report);
        let levels = JsonLevels {
            error: tally.at(Level::Error),
            warning: tally.at(Level::Warning),
            info: tally.at(Level::Info),
        };
        JsonSummary {
            pages: report.summary.pages,
            links: report.summary.links,
            levels,
            rules: tally.by_rule(),
            skipped: &report.summary.skipped,
            suppressed: report.summary.suppressed,
            accepted: report.summary.accepted,
            known: report.summary.known,
            dialects: &report.summary.dialects,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::DocPath;
    use crate::report::fixture::{finding, report, site, span_of};
    use serde_json::{Value, json};

    fn print(report: &Report, site: &Site) -> (String, Value) {
        let mut out = Vec::new();
        write(report, site, &Style::default(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        (text, value)
    }

    /// A report that fills every field.
    fn full() -> (Report, Site) {
        let text = "# Guide\n\n日🚀 [x](gone.md#top)\n";
        let span = span_of(text, "gone.md");
        let mut found = finding("docs/a.md", Level::Error, span, "`gone.md` does not exist");
        found.help = Some("did you mean `here.md`?".to_owned());
        found.target = Some("gone.md#top".to_owned());
        found.suggestions = vec!["here.md".to_owned()];
        let path = DocPath::new("docs/a.md");
        let heading = span_of(text, "Guide");
        found.related =
            vec![Label { path: path.clone(), span: heading, message: "in this section".to_owned() }];
        let edit = Edit { path, span, text: "here.md".to_owned() };
        found.fix = Some(Fix { title: "write `here.md`".to_owned(), safe: true, edits: vec![edit] });
        let mut report = report(vec![found]);
        report.summary.skipped.insert("external", 3);
        report.summary.dialects = vec!["github"];
        (report, site(&[("docs/a.md", text)]))
    }

    #[test]
    fn every_field_has_its_place() {
        let (report, site) = full();
        let (_, value) = print(&report, &site);
        let expected = json!({
            "version": 1,
            "findings": [{
                "rule": "broken-link", "level": "error", "path": "docs/a.md",
                "line": 3, "column": 8, "endLine": 3, "endColumn": 15, "start": 21, "end": 28,
                "message": "`gone.md` does not exist",
                "help": "did you mean `here.md`?",
                "target": "gone.md#top",
                "suggestions": ["here.md"],
                "related": [{
                    "path": "docs/a.md", "line": 1, "column": 3, "start": 2, "end": 7,
                    "message": "in this section",
                }],
                "fix": {
                    "title": "write `here.md`", "safe": true,
                    "edits": [{"path": "docs/a.md", "start": 21, "end": 28, "text": "here.md"}],
                },
            }],
            "summary": {
                "pages": 1, "links": 1, "levels": {"error": 1, "warning": 0, "info": 0},
                "rules": {"broken-link": 1}, "skipped": {"external": 3}, "suppressed": 0, "accepted": 0, "known": 0,
                "dialects": ["github"],
            },
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn what_is_absent_is_null_and_an_unknown_file_has_a_place() {
        let found = finding("bad\n.md", Level::Warning, crate::source::Span::at(0), "not UTF-8");
        let (text, value) = print(&report(vec![found]), &site(&[]));
        let found = &value["findings"][0];
        assert_eq!(
            (&found["help"], &found["target"], &found["fix"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
        assert_eq!((&found["path"], &found["line"]), (&json!("bad\n.md"), &json!(1)));
        assert_eq!(text.lines().count(), 3, "one line a finding");
    }

    #[test]
    fn an_empty_report_is_valid() {
        let (_, value) = print(&Report::default(), &site(&[]));
        assert_eq!(value["findings"], json!([]));
    }

    #[test]
    fn the_manual_names_every_field() {
        let manual = include_str!("../../docs/json.md");
        let (report, site) = full();
        let (_, value) = print(&report, &site);
        let finding = &value["findings"][0];
        let objects = [
            &value,
            finding,
            &finding["related"][0],
            &finding["fix"],
            &finding["fix"]["edits"][0],
            &value["summary"],
        ];
        for field in objects.iter().flat_map(|object| object.as_object().unwrap().keys()) {
            assert!(manual.contains(&format!("`{field}`")), "docs/json.md does not describe `{field}`");
        }
    }
}
