//! Collects the tables of a site: pages in the order of their paths, each as the first platform sees it that judges it.

use std::sync::Arc;

use rayon::prelude::*;

use super::{CellData, Filter, RowData, TableData, link};
use crate::facts::{CellId, Row, Table};
use crate::path::DocPath;
use crate::preset::{Preset, Recognised};
use crate::site::{DocId, Page, Site};

/// The tables of the pages that `selected` accepts, as far as `filter` asks for them.
#[must_use]
pub fn collect(site: &Site, filter: &Filter, selected: &(dyn Fn(&DocPath) -> bool + Sync)) -> Vec<TableData> {
    let docs = 0..site.docs.len() as DocId;
    let by_page: Vec<Vec<TableData>> = docs
        .into_par_iter()
        .filter(|&doc| {
            let path = &site.doc(doc).path;
            selected(path) && filter.takes_page(path)
        })
        .filter_map(|doc| Some(tables_of(&site.views(doc).next()?, filter)))
        .collect();
    by_page.into_iter().flatten().collect()
}

fn tables_of(page: &Page<'_>, filter: &Filter) -> Vec<TableData> {
    let tables = page.doc.facts.tables.iter().enumerate();
    tables.filter_map(|(index, table)| table_data(page, filter, index as u32, table)).collect()
}

fn table_data(page: &Page<'_>, filter: &Filter, index: u32, table: &Table) -> Option<TableData> {
    let headings = page.headings_above(table);
    let section: Vec<String> =
        headings.iter().map(|heading| heading.text(&page.doc.text).into_owned()).collect();
    let header: Vec<String> = table.header.cells.iter().map(|cell| page.cell_text(cell).to_owned()).collect();
    if !filter.takes_place(&section, &header) {
        return None;
    }
    let known = recognise(page, filter, &section, &header);
    let process = |row: &Row| {
        let (preset, found) = known?;
        let id = preset.find(page.cell_text(row.cells.get(found.column)?))?;
        Some(preset.process(id).name.clone())
    };
    let rows = page.rows(table).iter().zip(1..).map(|(row, number)| RowData {
        line: line(page, row),
        process: process(row),
        cells: cells(page, &header, row, CellId { table: index, row: number, column: 0 }),
    });
    let mut data = TableData {
        path: page.doc.path.clone(),
        line: line(page, &table.header),
        section,
        preset: known.map(|(preset, _)| Arc::clone(&preset.name)),
        phase: known.and_then(|(preset, found)| Some(preset.phases[found.phase?].name.clone())),
        header: Vec::new(),
        rows: Vec::new(),
    };
    if !filter.takes_preset(&data) {
        return None;
    }
    data.rows = rows.collect();
    data.header = header;
    Some(data)
}

/// The first preset that knows the table, and what it makes of it.
fn recognise<'s>(
    page: &Page<'s>,
    filter: &Filter,
    section: &[String],
    header: &[String],
) -> Option<(&'s Preset, Recognised)> {
    let section: Vec<&str> = section.iter().map(String::as_str).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let is_asked = |preset: &&Arc<Preset>| filter.preset.as_ref().is_none_or(|name| **name == *preset.name);
    let mut presets = page.site.settings.presets.iter().filter(is_asked);
    presets.find_map(|preset| Some((&**preset, preset.recognise(&header, &section)?)))
}

fn line(page: &Page<'_>, row: &Row) -> usize {
    page.doc.lines.line_of(row.span.start as usize) + 1
}

fn cells(page: &Page<'_>, header: &[String], row: &Row, at: CellId) -> Vec<CellData> {
    let cells = row.cells.iter().zip(header).zip(0..);
    let cell = cells.map(|((cell, name), column)| CellData {
        column: name.clone(),
        text: page.cell_text(cell).to_owned(),
        links: page
            .cell_links(cell, CellId { column, ..at })
            .iter()
            .filter_map(|found| link::data(page, found))
            .collect(),
    });
    cell.collect()
}
