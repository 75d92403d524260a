//! Collects the tables of a site: pages in the order of their paths, each as the first platform sees it that judges it.

use std::sync::Arc;

use rayon::prelude::*;

use super::{CellData, Filter, RowData, TableData, link};
use crate::facts::{CellId, Row, Table};
use crate::path::DocPath;
use crate::site::{DocId, Page, PresetTable, Site};

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
    let known = page.preset_table(table);
    let preset = known.as_ref().map(|known| known.preset).or_else(|| page.preset_by_contract(table));
    if filter.with_preset && preset.is_none() {
        return None;
    }
    let rows = page.rows(table).iter().zip(0..).map(|(row, number)| RowData {
        line: line(page, row),
        process: None,
        cells: cells(page, &header, row, CellId { table: index, row: number + 1, column: 0 }),
    });
    let mut rows: Vec<RowData> = rows.collect();
    let mut data = TableData {
        path: page.doc.path.clone(),
        line: line(page, &table.header),
        section,
        preset: preset.map(|preset| Arc::clone(&preset.name)),
        phase: None,
        header,
        rows: Vec::new(),
    };
    if let Some(PresetTable { preset, recognised, rows: named, .. }) = known {
        for row in named {
            rows[row.row].process = row.process.map(|process| preset.process(process).name.clone());
        }
        data.phase = recognised.phase.map(|phase| preset.phases[phase].name.clone());
    }
    data.rows = rows;
    Some(data)
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
