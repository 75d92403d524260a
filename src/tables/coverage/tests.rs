//! What the states mean, and that no text of a page can become part of a format.

use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use sha2::{Digest, Sha256};

use super::*;
use crate::path::DocPath;
use crate::report::{PathDisplay, Style};
use crate::tables::CellData;

fn phase(name: &str, processes: &[&str]) -> Phase {
    let process = |name: &&str| Process { name: (*name).to_owned(), aliases: Vec::new(), optional: false };
    Phase { name: name.to_owned(), aliases: Vec::new(), processes: processes.iter().map(process).collect() }
}

fn preset() -> Preset {
    let phases =
        vec![phase("Ebb", &["Anchoring", "Bailing", "Charting"]), phase("Flood", &["Docking", "潮汐管理"])];
    Preset {
        name: "tides".into(),
        title: "Tides <v1>".to_owned(),
        noun: "process".to_owned(),
        group_noun: "phase".to_owned(),
        sure_headers: Vec::new(),
        likely_headers: Vec::new(),
        sections: Vec::new(),
        names: crate::preset::Names::of(&phases),
        phases,
        contracts: Vec::new(),
    }
}

fn link(target: &str, state: LinkState) -> LinkData {
    let resolved = match state {
        LinkState::Ok | LinkState::Redirected => Some(target.to_owned()),
        _ => None,
    };
    LinkData { text: "text".to_owned(), target: target.to_owned(), resolved, state, suggestions: Vec::new() }
}

fn row(line: usize, process: Option<&str>, text: &str, links: &[LinkData]) -> RowData {
    let cell = |column: &str, text: &str, links: &[LinkData]| CellData {
        column: column.to_owned(),
        text: text.to_owned(),
        links: links.to_owned(),
    };
    RowData {
        line,
        process: process.map(str::to_owned),
        cells: vec![cell("Process", process.unwrap_or(text), &[]), cell("Documentation", text, links)],
    }
}

fn table(phase: Option<&str>, rows: Vec<RowData>) -> TableData {
    TableData {
        path: DocPath::new("docs/tides.md"),
        line: 3,
        section: Vec::new(),
        preset: Some(Arc::from("tides")),
        phase: phase.map(str::to_owned),
        header: vec!["Process".to_owned(), "Documentation".to_owned()],
        rows,
    }
}

fn states(coverage: &Coverage<'_>) -> Vec<(String, &'static str)> {
    let processes = coverage.phases.iter().flat_map(|phase| &phase.processes);
    processes.map(|process| (process.process.name.clone(), process.state().as_str())).collect()
}

fn printed(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_row_is_what_its_links_are() {
    let preset = preset();
    let tables = [table(
        Some("Ebb"),
        vec![
            row(5, Some("Anchoring"), "", &[link("a.md", LinkState::Ok), link("b.md", LinkState::Broken)]),
            row(6, Some("Bailing"), "Documentation in development", &[]),
            row(7, Some("Charting"), "The chart page", &[]),
            row(8, Some("Docking"), "", &[link("https://example.org", LinkState::External)]),
            row(9, None, "Drifting", &[]),
            row(10, None, "", &[]),
        ],
    )];
    let coverage = Coverage::new(&preset, &tables);
    let expected = [
        ("Anchoring", "broken"),
        ("Bailing", "placeholder"),
        ("Charting", "unlinked"),
        ("Docking", "covered"),
        ("潮汐管理", "missing"),
    ];
    assert_eq!(states(&coverage), expected.map(|(name, state)| (name.to_owned(), state)));
    let docking = &coverage.phases[1].processes[0].rows[0];
    assert_eq!((docking.place.line, docking.misplaced), (8, Some("Ebb")));
    let unknown: Vec<_> = coverage.unknown.iter().map(|row| (row.place.line, row.text)).collect();
    assert_eq!(unknown, [(9, "Drifting")], "a row without a name goes on with the row above");
    let totals = coverage.totals();
    assert_eq!((totals.processes(), totals.with_row(), totals.in_state(State::Covered)), (5, 4, 1));
}

#[test]
fn a_process_is_covered_where_one_row_covers_it() {
    let preset = preset();
    let broken = table(None, vec![row(5, Some("Anchoring"), "", &[link("b.md", LinkState::Broken)])]);
    let right = table(None, vec![row(9, Some("Anchoring"), "", &[link("a.md", LinkState::Redirected)])]);
    let mut foreign = right.clone();
    foreign.preset = None;
    let tables = [broken, right, foreign];
    let coverage = Coverage::new(&preset, &tables);
    let anchoring = &coverage.phases[0].processes[0];
    assert_eq!((anchoring.state(), anchoring.rows.len()), (State::Covered, 2));
    assert_eq!(anchoring.rows[0].misplaced, None, "no heading says a phase");
}

#[test]
fn without_tables_all_is_missing() {
    let preset = preset();
    let coverage = Coverage::new(&preset, &[]);
    assert_eq!(coverage.totals().in_state(State::Missing), 5);
    assert!(
        printed(|out| text::write(&coverage, &Style::default(), out))
            .starts_with("Tides <v1>: 0 of 5 processes\n")
    );
}

/// Names that try to become part of the format they are printed in.
fn hostile() -> Vec<TableData> {
    let script = "</script><script>alert(1)</script>\u{1b}[31m\u{202e}";
    let mut hostile = table(
        Some("\"><b onclick=x>|`a`"),
        vec![
            row(5, Some("Anchoring"), "", &[link("javascript:alert(1)", LinkState::External)]),
            row(6, Some("Bailing"), "", &[link("docs/java script:\"'<i>.md#a\"b", LinkState::Ok)]),
            row(7, Some("潮汐管理"), "", &[link("{{title}}|`x", LinkState::Broken)]),
            row(8, None, script, &[]),
            row(9, None, &"潮".repeat(200), &[]),
        ],
    );
    hostile.path = DocPath::new("docs/a\"<img src=x>|`b.md");
    vec![hostile]
}

#[test]
fn hostile_names_stay_text_in_html() {
    let (preset, tables) = (preset(), hostile());
    let html = printed(|out| html::write(&Coverage::new(&preset, &tables), &PathDisplay::default(), out));
    assert_eq!(html.matches("<script").count(), 1, "only our own");
    for raw in ["<img", "<b ", "<i>", "href=\"javascript", "\u{1b}", "\u{202e}", "onclick=x>", "style=\""] {
        assert!(!html.contains(raw), "{raw}");
    }
    assert!(html.contains("href=\"docs/java%20script:%22%27%3Ci%3E.md#a%22b\""), "{html}");
    assert!(html.contains("{{title}}|`x"), "what a page says is no place to fill");
}

#[test]
fn hostile_names_stay_in_their_cell_in_markdown() {
    let (preset, tables) = (preset(), hostile());
    let markdown = printed(|out| markdown::write(&Coverage::new(&preset, &tables), out));
    for line in markdown
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("潮潮") && !line.contains("script\\>"))
    {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!(bars == 5 || line.contains("names") || line == "| --- | --- |", "{line}");
    }
    assert!(markdown.contains("\\<script\\>") && !markdown.contains("<script>"), "{markdown}");
}

#[test]
fn a_terminal_gets_lines_that_fit_and_nothing_that_steers_it() {
    let (preset, tables) = (preset(), hostile());
    let style = Style { width: 60, ..Style::default() };
    let text = printed(|out| text::write(&Coverage::new(&preset, &tables), &style, out));
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
    let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max();
    assert!(widest.is_some_and(|width| width <= 60), "{text}");
    let lines: Vec<&str> =
        text.lines().filter(|line| line.contains("docs/a\"<img") && line.contains('✓')).collect();
    let columns = lines.iter().map(|line| line.find("docs/a")).collect::<Vec<_>>();
    assert_eq!(columns.len(), 2);
    assert_eq!(columns[0], columns[1], "aligned");
}

#[test]
fn the_pages_policy_names_its_own_style_and_script() {
    let template = html::TEMPLATE.replace("\r\n", "\n");
    for (tag, directive) in [("style", "style-src"), ("script", "script-src")] {
        let start = template.find(&format!("<{tag}>")).unwrap() + tag.len() + 2;
        let end = template.find(&format!("</{tag}>")).unwrap();
        let policy = format!(
            "{directive} 'sha256-{}'",
            BASE64.encode(Sha256::digest(&template.as_bytes()[start..end]))
        );
        assert!(template.contains(&policy), "coverage.html must say {policy}");
    }
}

#[test]
fn the_manual_names_every_field() {
    let manual = include_str!("../../../docs/coverage.md");
    let (preset, tables) = (preset(), hostile());
    let json = printed(|out| json::write(&Coverage::new(&preset, &tables), out));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let coverage = &value["coverage"];
    let process = &coverage["phases"][0]["processes"][0];
    let row = &process["rows"][0];
    let objects = [
        &value,
        coverage,
        &coverage["totals"],
        &coverage["phases"][0],
        process,
        row,
        &row["links"][0],
        &coverage["unknown"][0],
    ];
    for field in objects.iter().flat_map(|object| object.as_object().unwrap().keys()) {
        assert!(manual.contains(&format!("`{field}`")), "docs/coverage.md does not describe `{field}`");
    }
}
