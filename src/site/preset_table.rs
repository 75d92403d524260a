//! Tables that a preset knows: which preset, which column, and what each row is about.
//!
//! Owns the question whether a table of a page belongs to a preset. Does not know what is wrong with it.

use std::borrow::Cow;
use std::sync::Arc;

use super::page::Page;
use crate::facts::{Cell, Heading, Row, Table};
use crate::preset::{Preset, ProcessId, Recognised};

/// A table that a preset knows.
#[derive(Clone, Debug)]
pub struct PresetTable<'s> {
    /// The preset.
    pub preset: &'s Arc<Preset>,
    /// What it makes of the table.
    pub recognised: Recognised,
    /// The heading that names the phase.
    pub phase_heading: Option<&'s Heading>,
    /// The rows that name something, in order.
    pub rows: Vec<PresetRow<'s>>,
}

/// A row that names something.
#[derive(Clone, Copy, Debug)]
pub struct PresetRow<'s> {
    /// Index into [`Page::rows`].
    pub row: usize,
    /// The cell that names it.
    pub cell: &'s Cell,
    /// Its text.
    pub text: &'s str,
    /// The process of that name, if the preset knows it.
    pub process: Option<ProcessId>,
}

impl PresetTable<'_> {
    /// How many rows name a process that the preset knows.
    #[must_use]
    pub fn known(&self) -> usize {
        self.rows.iter().filter(|row| row.process.is_some()).count()
    }
}

impl<'s> Page<'s> {
    /// The tables that a preset knows, in order.
    pub fn preset_tables(&self) -> impl Iterator<Item = (&'s Table, PresetTable<'s>)> {
        let page = *self;
        let is_any = !page.site.settings.presets.is_empty();
        let tables = page.doc.facts.tables.iter().filter(move |_| is_any);
        tables.filter_map(move |table| Some((table, page.preset_table(table)?)))
    }

    /// A preset without a vocabulary, one of whose contracts is about the table.
    #[must_use]
    pub fn preset_by_contract(&self, table: &'s Table) -> Option<&'s Arc<Preset>> {
        let selects =
            |preset: &&Arc<Preset>| preset.contracts.iter().any(|contract| self.is_selected(table, contract));
        self.site.settings.presets.iter().find(selects)
    }

    /// What the presets make of a table: of two that know it, the one that knows more of its rows.
    #[must_use]
    pub fn preset_table(&self, table: &'s Table) -> Option<PresetTable<'s>> {
        let presets = &self.site.settings.presets;
        if presets.is_empty() {
            return None;
        }
        let above = self.headings_above(table);
        let headings: Vec<Cow<'_, str>> = above.iter().map(|heading| heading.text(&self.doc.text)).collect();
        let sections: Vec<&str> =
            self.doc.front_matter_title().into_iter().chain(headings.iter().map(AsRef::as_ref)).collect();
        let header: Vec<&str> = table.header.cells.iter().map(|cell| self.cell_text(cell)).collect();
        let known = presets.iter().filter_map(|preset| {
            let recognised = preset.recognise(&header, &sections)?;
            let rows = self.preset_rows(table, preset, recognised.column);
            let names_phase = |index: &usize| preset.names.phase(&headings[*index]).is_some();
            let phase_heading = (0..above.len()).rev().find(names_phase).map(|index| above[index]);
            let found = PresetTable { preset, recognised, phase_heading, rows };
            recognised.is_borne_out(found.known(), found.rows.len()).then_some(found)
        });
        let fit = |table: &PresetTable<'_>| (table.known(), table.recognised.phase.is_some());
        known.reduce(|best, other| if fit(&other) > fit(&best) { other } else { best })
    }

    /// Rows with an empty name and those that only part others, with nothing in any other cell, name nothing.
    fn preset_rows(&self, table: &'s Table, preset: &Preset, column: usize) -> Vec<PresetRow<'s>> {
        let named = |(row, entry): (usize, &'s Row)| {
            let cell = entry.cells.get(column)?;
            let text = self.cell_text(cell);
            let process = preset.find(text);
            let is_alone = entry.cells.len() > 1
                && entry.cells.iter().enumerate().all(|(other, cell)| {
                    other == column || self.cell_text(cell).is_empty() && !cell.has_link && !cell.has_image
                });
            let names_none = text.is_empty() || process.is_none() && is_alone;
            (!names_none).then_some(PresetRow { row, cell, text, process })
        };
        self.rows(table).iter().enumerate().filter_map(named).collect()
    }
}
