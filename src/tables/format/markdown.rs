//! `markdown`: aligned tables, each below where it stands, for a terminal, a page or a message.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{breadcrumb, link_address};
use crate::report::PathDisplay;
use crate::site::LinkState;
use crate::tables::markdown::escaped;
use crate::tables::{CellData, LinkData, TableData};

/// Wider cells are not waited for: one long text must not make every row as wide.
const WIDEST: usize = 60;

pub(super) fn write(tables: &[TableData], base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write_place(table, base, out)?;
        write_table(table, base, out)?;
    }
    Ok(())
}

fn write_place(table: &TableData, base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}:{}\n", escaped(&base.show(&table.path)), table.line)?;
    if !table.section.is_empty() {
        writeln!(out, "{}\n", escaped(&breadcrumb(table)))?;
    }
    match (&table.preset, &table.phase) {
        (Some(preset), Some(phase)) => writeln!(out, "{}: {}\n", escaped(preset), escaped(phase)),
        (Some(preset), None) => writeln!(out, "{}\n", escaped(preset)),
        (None, _) => Ok(()),
    }
}

fn write_table(table: &TableData, base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
    let header: Vec<String> = table.header.iter().map(|name| escaped(name)).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| shown(cell, base)).collect()).collect();
    let mut widths: Vec<usize> = vec![3; header.len()];
    for row in rows.iter().chain([&header]) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width().min(WIDEST));
        }
    }
    write_row(&header, &widths, out)?;
    for width in &widths {
        write!(out, "| {} ", "-".repeat(*width))?;
    }
    writeln!(out, "|")?;
    rows.iter().try_for_each(|row| write_row(row, &widths, out))
}

fn write_row(cells: &[String], widths: &[usize], out: &mut dyn Write) -> io::Result<()> {
    for (cell, width) in cells.iter().zip(widths) {
        write!(out, "| {cell}{} ", " ".repeat(width.saturating_sub(cell.width())))?;
    }
    writeln!(out, "|")
}

/// The text of a cell with its links in it; links whose text does not stand there follow.
fn shown(cell: &CellData, base: &PathDisplay) -> String {
    let mut shown = String::with_capacity(cell.text.len());
    let mut rest = cell.text.as_str();
    let mut links = cell.links.iter().peekable();
    while let Some(link) = links.peek() {
        let Some(at) = rest.find(&link.text).filter(|_| !link.text.is_empty()) else { break };
        shown.push_str(&escaped(&rest[..at]));
        shown.push_str(&shown_link(link, base));
        rest = &rest[at + link.text.len()..];
        links.next();
    }
    shown.push_str(&escaped(rest));
    for link in links {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(&shown_link(link, base));
    }
    shown
}

fn shown_link(link: &LinkData, base: &PathDisplay) -> String {
    let text = if link.text.is_empty() { escaped(&link.target) } else { escaped(&link.text) };
    match (link_address(link, base), link.state) {
        (Some(address), _) => format!("[{text}]({address})"),
        (None, LinkState::Broken) => format!("{text} ({})", broken(link)),
        (None, state) => format!("{text} ({}: {})", state.as_str(), escaped(&link.target)),
    }
}

fn broken(link: &LinkData) -> String {
    let target = escaped(&link.target);
    match link.suggestions.first() {
        Some(best) => format!("broken: {target}, write {}", escaped(best)),
        None => format!("broken: {target}"),
    }
}
