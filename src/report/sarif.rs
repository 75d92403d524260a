//! `sarif`: SARIF 2.1.0, for code scanning and for viewers of findings.
//!
//! What comments and the baseline silence is counted, and listed only if that is asked for: code scanning shows a
//! suppressed result like any other.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprints::Fingerprints;
use super::place::Locator;
use super::{Run, gravest_first, uri};
use crate::engine::{Report, Silencer, Summary};
use crate::finding::{Edit, Finding, Fix, Label, Level};
use crate::path::DocPath;
use crate::rules::{RULES, Rule};
use crate::site::Site;
use crate::source::Span;

/// Code scanning refuses a run with more.
const MOST_RESULTS: usize = 25_000;
/// What is under a span may be a whole page; nobody reads that in a list.
const LONGEST_SNIPPET: usize = 1_000;
/// Where our own pages are read.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
const ROOT: &str = "%SRCROOT%";

/// Prints the report.
pub fn write(report: &Report, site: &Site, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    write!(out, "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{")?;
    for (name, value) in head(report, run) {
        write!(out, "\"{name}\":")?;
        serde_json::to_writer(&mut *out, &value)?;
        writeln!(out, ",")?;
    }
    write!(out, "\"results\":[")?;
    write_results(report, site, run, out)?;
    writeln!(out, "\n]}}]}}")
}

fn head(report: &Report, run: &Run) -> [(&'static str, Value); 6] {
    let root = json!({"description": {"text": "The root of the repository, or of the tree outside of one."}});
    [
        ("tool", json!({"driver": driver()})),
        ("columnKind", json!("unicodeCodePoints")),
        ("automationDetails", json!({"id": "waypost/"})),
        ("originalUriBaseIds", json!({ROOT: root})),
        ("invocations", json!([invocation(report, run)])),
        ("properties", properties(&report.summary)),
    ]
}

fn properties(summary: &Summary) -> Value {
    json!({"pages": summary.pages, "suppressed": summary.suppressed, "accepted": summary.accepted})
}

fn driver() -> Value {
    let mut driver = json!({
        "name": "waypost",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    });
    if !REPOSITORY.is_empty() {
        driver["informationUri"] = REPOSITORY.into();
    }
    driver
}

fn descriptor(rule: &Rule) -> Value {
    let level = rule.level.unwrap_or(Level::Info);
    let page = page_of(rule);
    let mut descriptor = json!({
        "id": rule.id,
        "shortDescription": {"text": sentence(rule.summary)},
        "fullDescription": {"text": first_paragraph(rule)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"enabled": rule.level.is_some(), "level": level_word(level)},
        "properties": {
            "tags": ["documentation", "markdown"],
            "precision": "very-high",
            "problem.severity": severity(level),
        },
    });
    let name = pascal_case(rule.id);
    // A name that is the id over again says nothing, and validators say so.
    if !name.eq_ignore_ascii_case(rule.id) {
        descriptor["name"] = name.into();
    }
    if !REPOSITORY.is_empty() {
        descriptor["helpUri"] = format!("{REPOSITORY}/blob/main/fixtures/{}/README.md", rule.id).into();
    }
    descriptor
}

/// The rule's page, its links to other pages of ours made to work from elsewhere.
fn page_of(rule: &Rule) -> String {
    match REPOSITORY {
        "" => rule.page.to_owned(),
        _ => rule.page.replace("](../../", &format!("]({REPOSITORY}/blob/main/")),
    }
}

fn first_paragraph(rule: &Rule) -> String {
    let paragraph = rule.page.split("\n\n").nth(1).unwrap_or(rule.summary);
    sentence(&paragraph.replace('\n', " "))
}

fn invocation(report: &Report, run: &Run) -> Value {
    let mut invocation = json!({"executionSuccessful": true, "exitCode": run.exit_code});
    if report.findings.len() > MOST_RESULTS {
        let text = format!(
            "Of {} findings the {MOST_RESULTS} gravest are here, which is as many as code scanning takes.",
            report.findings.len()
        );
        invocation["toolExecutionNotifications"] = json!([{"level": "warning", "message": {"text": text}}]);
    }
    invocation
}

fn write_results(report: &Report, site: &Site, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut locator = Locator::new(site);
    let mut fingerprints = Fingerprints::new();
    for (index, (finding, silencer)) in listed(report, run).take(MOST_RESULTS).enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let mut result = result(finding, run, &mut locator);
        // The standard wants it in all results of a run or in none.
        if run.with_suppressed {
            result["suppressions"] = silencer.map(suppression).into_iter().collect();
        }
        result["partialFingerprints"] = json!({"waypost/v1": fingerprints.next(finding, site)});
        serde_json::to_writer(&mut *out, &result)?;
    }
    Ok(())
}

/// The findings, the gravest first; then those that are silenced, and by what.
fn listed<'r>(report: &'r Report, run: &Run) -> impl Iterator<Item = (&'r Finding, Option<Silencer>)> {
    let silenced = if run.with_suppressed { &report.silenced[..] } else { &[] };
    let silenced = silenced.iter().map(|silenced| (&silenced.finding, Some(silenced.by)));
    gravest_first(&report.findings).into_iter().map(|finding| (finding, None)).chain(silenced)
}

fn suppression(silencer: Silencer) -> Value {
    match silencer {
        Silencer::Comment => {
            json!({"kind": "inSource", "justification": "A comment in the page suppresses it."})
        }
        Silencer::Baseline => json!({"kind": "external", "justification": "The baseline accepts it."}),
    }
}

fn result(finding: &Finding, run: &Run, locator: &mut Locator<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule.id),
        "level": level_word(finding.level),
        "message": {"text": message_of(finding)},
        "locations": [{"physicalLocation": physical(&finding.path, finding.span, run, locator)}],
        "properties": {"target": finding.target, "suggestions": finding.suggestions},
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate();
        let related = related.map(|(index, label)| related_location(index, label, run, locator));
        result["relatedLocations"] = related.collect();
    }
    if let Some(made) = finding.fix.as_ref() {
        result["fixes"] = json!([fix(made, run, locator)]);
    }
    result
}

fn related_location(index: usize, label: &Label, run: &Run, locator: &mut Locator<'_>) -> Value {
    json!({
        "id": index + 1,
        "message": {"text": message(&label.message)},
        "physicalLocation": physical(&label.path, label.span, run, locator),
    })
}

fn physical(path: &DocPath, span: Span, run: &Run, locator: &mut Locator<'_>) -> Value {
    let mut region = region(path, span, locator);
    let text = locator.text(path, span).unwrap_or_default();
    if !text.is_empty() && text.len() <= LONGEST_SNIPPET {
        region["snippet"] = json!({"text": text});
    }
    json!({"artifactLocation": artifact(path, run), "region": region})
}

fn artifact(path: &DocPath, run: &Run) -> Value {
    json!({"uri": uri::relative(&run.repository.show(path)), "uriBaseId": ROOT})
}

fn region(path: &DocPath, span: Span, locator: &mut Locator<'_>) -> Value {
    let (start, end) = locator.range(path, span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A fix that edits several files has a change for each; the edits of one file stay together.
fn fix(fix: &Fix, run: &Run, locator: &mut Locator<'_>) -> Value {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by(|one, other| (&one.path, one.span).cmp(&(&other.path, other.span)));
    let changes: Vec<Value> = edits
        .chunk_by(|one, next| one.path == next.path)
        .map(|of_file| {
            let replacements: Vec<Value> = of_file.iter().map(|edit| replacement(edit, locator)).collect();
            json!({"artifactLocation": artifact(&of_file[0].path, run), "replacements": replacements})
        })
        .collect();
    json!({
        "description": {"text": message(&fix.title)},
        "artifactChanges": changes,
        "properties": {"safe": fix.safe},
    })
}

fn replacement(edit: &Edit, locator: &mut Locator<'_>) -> Value {
    json!({
        "deletedRegion": region(&edit.path, edit.span, locator),
        "insertedContent": {"text": edit.text},
    })
}

fn message_of(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\n{}", message(&finding.message), message(help)),
        None => message(&finding.message),
    }
}

/// As a sentence in which nothing reads as a link of SARIF's own.
fn message(text: &str) -> String {
    let text = sentence(text);
    match text.contains("](") {
        true => text.replace('[', "\\[").replace(']', "\\]"),
        false => text,
    }
}

/// With a capital and a period, as readers of these reports expect.
fn sentence(text: &str) -> String {
    let mut sentence = crate::words::capitalised(text);
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// Code scanning's own word for a level.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "recommendation",
    }
}

fn pascal_case(id: &str) -> String {
    id.split('-').map(crate::words::capitalised).collect()
}
