//! `misplaced-itil-process`: a process in the table of another phase.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Page, PresetTable};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "misplaced-itil-process",
    summary: "a process in the table of another phase",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/misplaced-itil-process/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let tables: Vec<(Span, PresetTable<'_>)> =
        page.preset_tables().map(|(table, known)| (table.header.span, known)).collect();
    for (_, table) in &tables {
        let Some(phase) = table.recognised.phase else { continue };
        for row in &table.rows {
            let Some(process) = row.process.filter(|process| process.phase != phase) else { continue };
            let preset = table.preset;
            let [own, other] = [process.phase, phase].map(|phase| &preset.phases[phase].name);
            let message = format!("`{}` belongs to `{own}`, not to `{other}`", row.text);
            let mut draft = Draft::new(&page.doc.path, row.cell.span, message);
            if let Some(heading) = table.phase_heading {
                draft = draft.related(&page.doc.path, heading.span, format!("the {}", preset.group_noun));
            }
            let right = tables.iter().find(|(_, other)| {
                other.preset.name == preset.name && other.recognised.phase == Some(process.phase)
            });
            let draft = match right {
                Some((header, _)) => draft.help(format!("move the row to the table of `{own}`")).related(
                    &page.doc.path,
                    *header,
                    format!("the table of `{own}`"),
                ),
                None => draft.help(format!("move the row to a table below a heading `{own}`")),
            };
            findings.report(draft);
        }
    }
}
