//! `rdjson`: the Reviewdog Diagnostic Format, for comments and suggestions in reviews.
//!
//! Its columns are bytes, unlike those of all other formats here.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::place::Locator;
use super::{Style, message_and_help};
use crate::engine::Report;
use crate::finding::{Finding, Fix, Level};
use crate::path::DocPath;
use crate::site::Site;
use crate::source::Span;

/// Prints the report.
pub fn write(report: &Report, site: &Site, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let locator = Locator::new(site);
    write!(out, "{{\"source\":{{\"name\":\"waypost\"}},\"diagnostics\":[")?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &diagnostic(finding, &locator, style))?;
    }
    writeln!(out, "\n]}}")
}

fn diagnostic(finding: &Finding, locator: &Locator<'_>, style: &Style) -> Value {
    let location =
        |path: &DocPath, span| json!({"path": style.base.show(path), "range": range(path, span, locator)});
    let mut diagnostic = json!({
        "message": message_and_help(finding, "\n"),
        "location": location(&finding.path, finding.span),
        "severity": severity(finding.level),
        "code": {"value": finding.rule.id},
    });
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|label| json!({"message": label.message, "location": location(&label.path, label.span)}))
        .collect();
    if !related.is_empty() {
        diagnostic["relatedLocations"] = related.into();
    }
    if let Some(suggestion) = finding.fix.as_ref().and_then(|fix| suggestion(fix, &finding.path, locator)) {
        diagnostic["suggestions"] = json!([suggestion]);
    }
    diagnostic
}

/// Several suggestions are alternatives to each other, so one that needs several edits cannot be told.
fn suggestion(fix: &Fix, path: &DocPath, locator: &Locator<'_>) -> Option<Value> {
    let [edit] = &fix.edits[..] else { return None };
    (edit.path == *path).then(|| json!({"range": range(path, edit.span, locator), "text": edit.text}))
}

fn range(path: &DocPath, span: Span, locator: &Locator<'_>) -> Value {
    let position = |offset| {
        let (line, column) = locator.line_and_byte(path, offset);
        json!({"line": line, "column": column})
    };
    json!({"start": position(span.start), "end": position(span.end)})
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Info => "INFO",
    }
}
