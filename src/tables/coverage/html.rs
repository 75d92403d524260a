//! The matrix as one page that needs nothing else: no network, no server, and no scripts but for its filter.
//!
//! What the page looks like is `coverage.html`; its policy names the hashes of its own style
//! and script, so that nothing from a page could run here.

use std::io::{self, Write};

use super::text::summary;
use super::{
    Coverage, CoveringRow, PhaseCoverage, Place, ProcessCoverage, State, Totals, destination, remedy,
};
use crate::report::PathDisplay;
use crate::site::LinkState;
use crate::tables::LinkData;
use crate::tables::format::html::text;
use crate::tables::format::{link_address, page_address};
use crate::words::{capitalised, count};

pub(super) const TEMPLATE: &str = include_str!("../coverage.html");

/// Prints the matrix. Links lead from `base` to the pages.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(coverage: &Coverage<'_>, base: &PathDisplay, out: &mut dyn Write) -> io::Result<()> {
    let preset = coverage.preset;
    let fill = |name: &str| match name {
        "title" => text(&preset.title).into_owned(),
        "overall" => totals(coverage.totals(), &preset.noun),
        "group" => text(&capitalised(&preset.group_noun)).into_owned(),
        "options" => options(coverage),
        "states" => checkboxes(coverage.totals()),
        "phases" => phases(coverage, base),
        "unknown" => unknown(coverage, base),
        _ => String::new(),
    };
    for (index, part) in TEMPLATE.split("{{").enumerate() {
        match part.split_once("}}").filter(|_| index > 0) {
            Some((name, rest)) => write!(out, "{}{rest}", fill(name))?,
            None => out.write_all(part.as_bytes())?,
        }
    }
    Ok(())
}

fn totals(totals: Totals, noun: &str) -> String {
    let mut html = format!("<p class=\"summary\">{}</p>\n", text(&summary(totals, noun)));
    let there = || State::ALL.into_iter().filter(|state| totals.in_state(*state) > 0);
    // The words below say the same.
    html += &format!(
        "<svg class=\"bar\" viewBox=\"0 0 {} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
        totals.processes().max(1)
    );
    let mut start = 0;
    for state in there() {
        let width = totals.in_state(state);
        html += &format!("<rect class=\"{}\" x=\"{start}\" width=\"{width}\" height=\"1\"/>", state.as_str());
        start += width;
    }
    html += "</svg>\n<ul class=\"counts\">";
    for state in there() {
        html += &format!("<li>{} {}</li>", marked(state), totals.in_state(state));
    }
    html + "</ul>"
}

fn options(coverage: &Coverage<'_>) -> String {
    let names = coverage.phases.iter().map(|phase| text(&phase.phase.name)).enumerate();
    names.map(|(index, name)| format!("<option value=\"{index}\">{name}</option>")).collect()
}

fn checkboxes(totals: Totals) -> String {
    let there = State::ALL.into_iter().filter(|state| totals.in_state(*state) > 0);
    let checkbox = |state: State| {
        let word = state.as_str();
        format!(
            "<label><input type=\"checkbox\" name=\"state\" value=\"{word}\" checked> {}</label>",
            marked(state)
        )
    };
    there.map(checkbox).collect()
}

fn phases(coverage: &Coverage<'_>, base: &PathDisplay) -> String {
    let noun = &coverage.preset.noun;
    let phases = coverage.phases.iter().enumerate();
    phases.map(|(index, phase)| section(index, phase, noun, base)).collect::<Vec<_>>().join("\n")
}

fn section(index: usize, phase: &PhaseCoverage<'_>, noun: &str, base: &PathDisplay) -> String {
    let rows: String = phase.processes.iter().map(|process| body(process, base)).collect();
    format!(
        "<section data-phase=\"{index}\" aria-labelledby=\"phase-{index}\">\n<div class=\"head\">\n\
         <h2 id=\"phase-{index}\">{}</h2>\n{}\n</div>\n<div class=\"scroll\">\n<table>\n<thead><tr>\
         <th scope=\"col\" class=\"process\">{}</th><th scope=\"col\" class=\"state-column\">State</th>\
         <th scope=\"col\" class=\"row\">Row</th><th scope=\"col\">Leads to</th></tr></thead>\n{rows}</table>\n</div>\n\
         </section>",
        text(&phase.phase.name),
        totals(phase.totals(), noun),
        text(&capitalised(noun)),
    )
}

fn body(process: &ProcessCoverage<'_>, base: &PathDisplay) -> String {
    let name = text(&process.process.name);
    if process.rows.is_empty() {
        let state = marked(State::Missing);
        return format!(
            "<tbody data-states=\"missing\"><tr><th scope=\"row\">{name}</th><td>{state}</td><td></td><td></td></tr>\
             </tbody>\n"
        );
    }
    let mut states: Vec<&str> = process.rows.iter().map(|row| row.state.as_str()).collect();
    states.sort_unstable();
    states.dedup();
    let mut html = format!("<tbody data-states=\"{}\">", states.join(" "));
    for (index, row) in process.rows.iter().enumerate() {
        html += "<tr>";
        if index == 0 {
            html += &match process.rows.len() {
                1 => format!("<th scope=\"row\">{name}</th>"),
                rows => format!("<th scope=\"rowgroup\" rowspan=\"{rows}\">{name}</th>"),
            };
        }
        html += &cells(row, base);
        html += "</tr>";
    }
    html + "</tbody>\n"
}

fn cells(row: &CoveringRow<'_>, base: &PathDisplay) -> String {
    let remark = match row.misplaced {
        Some(phase) => format!("<span class=\"remark\">misplaced: stands under {}</span>", text(phase)),
        None => String::new(),
    };
    let links: String = row.links.iter().map(|link| format!("<li>{}</li>", leads_to(link, base))).collect();
    let links = if links.is_empty() { links } else { format!("<ul>{links}</ul>") };
    format!("<td>{}</td><td>{}{remark}</td><td>{links}</td>", marked(row.state), place(row.place, base))
}

fn leads_to(link: &LinkData, base: &PathDisplay) -> String {
    let shown = text(destination(link));
    let linked = match link_address(link, base) {
        Some(address) => format!("<a href=\"{}\">{shown}</a>", text(&address)),
        None => shown.into_owned(),
    };
    match link.state {
        LinkState::Ok | LinkState::External => linked,
        LinkState::Broken => {
            let remedy = remedy(link).map(|best| format!("<br>write <code>{}</code>", text(best)));
            format!("{linked} <span class=\"state broken\">(broken)</span>{}", remedy.unwrap_or_default())
        }
        state => format!("{linked} <span class=\"note\">({})</span>", state.as_str()),
    }
}

fn unknown(coverage: &Coverage<'_>, base: &PathDisplay) -> String {
    if coverage.unknown.is_empty() {
        return String::new();
    }
    let rows = coverage.unknown.iter().map(|row| {
        let phase = text(row.phase.unwrap_or_default());
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{phase}</td></tr>\n",
            text(row.text),
            place(row.place, base)
        )
    });
    format!(
        "<section aria-labelledby=\"unknown\">\n<div class=\"head\"><h2 id=\"unknown\">{} that {} does not know</h2></div>\n\
         <div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">Names</th><th scope=\"col\" class=\"row\">Row</th>\
         <th scope=\"col\">Stands under</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n</section>",
        count(coverage.unknown.len(), "row"),
        text(&coverage.preset.title),
        rows.collect::<String>(),
    )
}

fn place(place: Place<'_>, base: &PathDisplay) -> String {
    let shown = text(place.path);
    match page_address(place.path, base) {
        Some(address) => format!("<a href=\"{}\">{shown}:{}</a>", text(&address), place.line),
        None => format!("{shown}:{}", place.line),
    }
}

/// The sign and the word for a state.
fn marked(state: State) -> String {
    let (word, symbol) = (state.as_str(), state.symbol());
    format!(
        "<span class=\"state {word}\"><span class=\"symbol\" aria-hidden=\"true\">{symbol}</span> {word}</span>"
    )
}
