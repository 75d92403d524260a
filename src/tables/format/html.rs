//! `html`: one page for browsers that needs no other file, readable in the dark and on paper.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{breadcrumb, link_address};
use crate::report::PathDisplay;
use crate::site::LinkState;
use crate::tables::{CellData, LinkData, TableData};
use crate::words::{count, visible};

const STYLE: &str = include_str!("html.css");

pub(super) fn write(tables: &[TableData], base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<title>Tables</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>Tables</h1>")?;
    writeln!(out, "<p>{}</p>", summary(tables))?;
    tables.iter().try_for_each(|table| write_table(table, base, out))?;
    writeln!(out, "</body>\n</html>")
}

fn summary(tables: &[TableData]) -> String {
    let rows = tables.iter().map(|table| table.rows.len()).sum();
    let cells = || tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let links = || cells().flat_map(|cell| &cell.links);
    let broken = links().filter(|link| link.state == LinkState::Broken).count();
    let (tables, rows, links) =
        (count(tables.len(), "table"), count(rows, "row"), count(links().count(), "link"));
    format!("{tables} with {rows} and {links}, {broken} of them broken")
}

fn write_table(table: &TableData, base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
    let path = base.show(&table.path);
    writeln!(out, "<section>\n<h2>{}:{}</h2>", text(&path), table.line)?;
    let preset = table.preset.as_deref().map(|preset| match &table.phase {
        Some(phase) => format!("{preset}: {phase}"),
        None => preset.to_owned(),
    });
    for line in [Some(breadcrumb(table)), preset].into_iter().flatten().filter(|line| !line.is_empty()) {
        writeln!(out, "<p>{}</p>", text(&line))?;
    }
    writeln!(out, "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Line</th>")?;
    for name in &table.header {
        writeln!(out, "<th scope=\"col\" dir=\"auto\">{}</th>", text(name))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in &table.rows {
        write!(out, "<tr><td class=\"line\">{}</td>", row.line)?;
        for cell in &row.cells {
            write_cell(cell, base, out)?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table></div>\n</section>")
}

fn write_cell(cell: &CellData, base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<td dir=\"auto\">{}", text(&cell.text))?;
    if !cell.links.is_empty() {
        write!(out, "<ul>")?;
        for link in &cell.links {
            write!(out, "<li>{}</li>", shown(link, base))?;
        }
        write!(out, "</ul>")?;
    }
    write!(out, "</td>")
}

fn shown(link: &LinkData, base: &PathDisplay) -> String {
    let target = text(&link.target);
    let target = match link_address(link, base) {
        Some(address) => format!("<a href=\"{}\">{target}</a>", text(&address)),
        None => format!("<code>{target}</code>"),
    };
    let state = link.state.as_str();
    let state = format!("<span class=\"state {state}\">{state}</span>");
    match link.suggestions.first() {
        Some(best) => format!("{state} {target}<br>write <code>{}</code>", text(best)),
        None => format!("{state} {target}"),
    }
}

/// Text that HTML shows as it is, in an element or in quotes.
pub(in crate::tables) fn text(text: &str) -> Cow<'_, str> {
    let visible = visible(text);
    if !visible.contains(['&', '<', '>', '"', '\'']) {
        return visible;
    }
    let mut escaped = String::with_capacity(visible.len() + 16);
    for character in visible.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped.into()
}
