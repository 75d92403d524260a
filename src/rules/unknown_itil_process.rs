//! `unknown-itil-process`: a row of a process table that names no process of the preset.

use super::placeholder;
use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::Shown;
use crate::finding::Level;
use crate::nearest::{enumerate, nearest};
use crate::preset::{Preset, key};
use crate::site::{Page, PresetRow, PresetTable};

pub(super) static RULE: Rule = Rule {
    id: "unknown-itil-process",
    summary: "a row of a process table that names no process of the preset",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/unknown-itil-process/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

/// In a table with more unknown rows than these nobody misspelt.
const MOST_SUGGESTED: usize = 500;

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for (_, table) in page.preset_tables() {
        let unknown: Vec<&PresetRow<'_>> = table
            .rows
            .iter()
            .filter(|row| row.process.is_none() && names_process(row.text, &table))
            .collect();
        let names = Names::of(table.preset, unknown.len() <= MOST_SUGGESTED);
        let unknown: Vec<_> = unknown.into_iter().map(|row| (row, names.nearest(row.text))).collect();
        let misspelt = unknown.iter().filter(|(_, meant)| meant.is_some()).count();
        let is_foreign = (table.known() + misspelt) * 2 < table.rows.len();
        for (row, meant) in unknown.into_iter().filter(|(_, meant)| meant.is_some() || !is_foreign) {
            findings.report(draft(page, &table, row, meant));
        }
    }
}

/// Text that stands in place of a name is none, and a known name among other words is no unknown one.
fn names_process(text: &str, table: &PresetTable<'_>) -> bool {
    const NO_NAMES: &[&str] = &["other", "miscellaneou", "total", "all", "n a", "none"];
    let key = key(text);
    !key.is_empty()
        && !NO_NAMES.contains(&key.as_str())
        && !placeholder::is_placeholder(text)
        && table.preset.names.processes_in(text).is_empty()
}

fn draft(page: &Page<'_>, table: &PresetTable<'_>, row: &PresetRow<'_>, meant: Option<&str>) -> Draft {
    let preset = table.preset;
    let message = format!("`{}` is no {} of {}", row.text, preset.noun, preset.title);
    // Inside emphasis or a link, where the source shows the text as it is, the text alone is wrong.
    let plain = match row.cell.text {
        Shown::Plain(span) => Some(span),
        Shown::Copy(_) => None,
    };
    let draft = Draft::new(&page.doc.path, plain.unwrap_or(row.cell.span), message);
    let Some(meant) = meant else {
        return draft.help(known(table));
    };
    let draft = draft.help(format!("did you mean `{meant}`?"));
    match plain {
        Some(span) => {
            draft.suggestions(vec![meant.to_owned()]).fix_at(span, format!("write `{meant}`"), false, meant)
        }
        None => draft,
    }
}

/// What the table may name: the processes of its phase, or else where all are told.
fn known(table: &PresetTable<'_>) -> String {
    let preset = table.preset;
    match table.recognised.phase.map(|phase| &preset.phases[phase]) {
        Some(phase) => {
            let names = phase.processes.iter().map(|process| process.name.as_str());
            format!("`{}` has {}", phase.name, enumerate(names, "and"))
        }
        None => format!("name a {} of {}, or take the row out of the table", preset.noun, preset.title),
    }
}

/// What tells processes apart: nearly all names end in "management".
struct Names<'p>(Vec<(String, &'p str)>);

impl<'p> Names<'p> {
    fn of(preset: &'p Preset, is_asked: bool) -> Names<'p> {
        let processes = preset.processes().filter(|_| is_asked);
        let names = processes
            .flat_map(|(_, process)| process.names().map(|name| (telling(name), process.name.as_str())));
        Names(names.collect())
    }

    /// The process that a misspelt name means.
    fn nearest(&self, text: &str) -> Option<&'p str> {
        let written = telling(text);
        let near = nearest(&written, self.0.iter().map(|(name, _)| name.as_str()))?;
        // A name that goes on is another one: "Service" is no misspelt "Service desk".
        if near.strip_prefix(&*written).is_some_and(|rest| rest.starts_with(' ')) {
            return None;
        }
        self.0.iter().find(|(name, _)| name == near).map(|(_, process)| *process)
    }
}

fn telling(name: &str) -> String {
    let key = key(name);
    let words = key.split(' ').filter(|word| *word != "management" && *word != "service");
    let telling: Vec<&str> = words.collect();
    if telling.is_empty() { key } else { telling.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{Phase, Process};

    #[test]
    fn a_slip_is_understood_and_another_name_is_not() {
        let process = |name: &str| Process { name: name.to_owned(), ..Process::default() };
        let names = ["Access management", "Incident management", "Release management", "Service desk"];
        let phases = [Phase { processes: names.map(process).to_vec(), ..Phase::default() }];
        let names = phases[0].processes.iter().map(|process| (telling(&process.name), process.name.as_str()));
        let names = Names(names.collect());
        for (written, meant) in [
            ("Acess management", Some("Access management")),
            ("Incidence mgmt", Some("Incident management")),
            ("Risk management", None),
            ("Management", None),
            ("Service management", None),
            ("Servise desk", None),
        ] {
            assert_eq!(names.nearest(written), meant, "{written}");
        }
    }
}
