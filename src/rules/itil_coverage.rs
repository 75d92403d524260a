//! `itil-coverage`: processes of a phase that no table of the tree names.

use std::collections::BTreeSet;

use super::{Check, Draft, Findings, Rule, SiteCheck};
use crate::nearest::enumerate;
use crate::path::DocPath;
use crate::preset::{Preset, ProcessId};
use crate::site::{DocId, Site};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "itil-coverage",
    summary: "processes of a phase that no table of the tree names",
    level: None,
    page: include_str!("../../fixtures/itil-coverage/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let mut all: Vec<Coverage<'_>> =
        site.settings.presets.iter().map(|preset| Coverage::of(preset)).collect();
    if all.is_empty() {
        return;
    }
    for id in 0..site.docs.len() {
        // Rows are the same on every platform, but for what one of them reads as no table.
        let Some(page) = site.views(id as DocId).next() else { continue };
        for (table, known) in page.preset_tables() {
            let Some(coverage) = all.iter_mut().find(|coverage| coverage.preset.name == known.preset.name)
            else {
                continue;
            };
            for row in &known.rows {
                match row.process {
                    Some(process) => _ = coverage.named.insert(process),
                    None => coverage.named.extend(known.preset.names.processes_in(row.text)),
                }
            }
            let cell = &table.header.cells[known.recognised.column];
            coverage.take_note(known.recognised.phase, &page.doc.path, cell.span);
        }
    }
    for coverage in &all {
        coverage.report(findings);
    }
}

/// What the tables of a tree have of a preset.
struct Coverage<'s> {
    preset: &'s Preset,
    named: BTreeSet<ProcessId>,
    /// For each phase the first table of it, as the name of its column.
    tables: Vec<Option<(&'s DocPath, Span)>>,
    /// The first table that stands below no phase: it may hold processes of all.
    common: Option<(&'s DocPath, Span)>,
}

impl<'s> Coverage<'s> {
    fn of(preset: &'s Preset) -> Coverage<'s> {
        Coverage { preset, named: BTreeSet::new(), tables: vec![None; preset.phases.len()], common: None }
    }

    fn take_note(&mut self, phase: Option<usize>, path: &'s DocPath, header: Span) {
        let first = match phase {
            Some(phase) => &mut self.tables[phase],
            None => &mut self.common,
        };
        first.get_or_insert((path, header));
    }

    fn report(&self, findings: &mut Findings<'_>) {
        for (phase, entry) in self.preset.phases.iter().enumerate() {
            let Some((path, header)) = self.tables[phase].or(self.common) else { continue };
            let is_missing = |process: usize| {
                !entry.processes[process].optional && !self.named.contains(&ProcessId { phase, process })
            };
            let missing = (0..entry.processes.len()).filter(|process| is_missing(*process));
            let missing: Vec<&str> = missing.map(|process| entry.processes[process].name.as_str()).collect();
            if missing.is_empty() {
                continue;
            }
            let names = enumerate(missing.iter().copied(), "and");
            let message = format!("no table names {names} of `{}`", entry.name);
            let help = match missing.len() {
                1 => "add a row for it, or say there that it does not apply",
                _ => "add a row for each, or say there that it does not apply",
            };
            findings.report(Draft::new(path, header, message).help(help));
        }
    }
}
