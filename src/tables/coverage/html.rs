//! The matrix as one page that needs nothing else: no network, no server, and no scripts but for its filter.
//!
//! Owns how text becomes HTML. What the page looks like is `coverage.html`; its policy names the hashes of its own style
//! and script, so that nothing from a page could run here.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::text::summary;
use super::{Coverage, CoveringRow, PhaseCoverage, Place, ProcessCoverage, State, Totals, destination};
use crate::site::LinkState;
use crate::tables::LinkData;
use crate::words::{capitalised, count, visible};

pub(super) const TEMPLATE: &str = include_str!("../coverage.html");

/// Prints the matrix. Links are relative to the root of the tree.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(coverage: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let preset = coverage.preset;
    let fill = |name: &str| match name {
        "title" => escaped(&preset.title),
        "overall" => totals(coverage.totals(), &preset.noun),
        "group" => escaped(&capitalised(&preset.group_noun)),
        "options" => options(coverage),
        "states" => checkboxes(coverage.totals()),
        "phases" => phases(coverage),
        "unknown" => unknown(coverage),
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
    let mut html = format!("<p class=\"summary\">{}</p>\n", escaped(&summary(totals, noun)));
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
    let names = coverage.phases.iter().map(|phase| escaped(&phase.phase.name)).enumerate();
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

fn phases(coverage: &Coverage<'_>) -> String {
    let noun = &coverage.preset.noun;
    let phases = coverage.phases.iter().enumerate();
    phases.map(|(index, phase)| section(index, phase, noun)).collect::<Vec<_>>().join("\n")
}

fn section(index: usize, phase: &PhaseCoverage<'_>, noun: &str) -> String {
    let rows: String = phase.processes.iter().map(process).collect();
    format!(
        "<section data-phase=\"{index}\" aria-labelledby=\"phase-{index}\">\n<div class=\"head\">\n\
         <h2 id=\"phase-{index}\">{}</h2>\n{}\n</div>\n<div class=\"scroll\">\n<table>\n<thead><tr>\
         <th scope=\"col\" class=\"process\">{}</th><th scope=\"col\" class=\"state-column\">State</th>\
         <th scope=\"col\" class=\"row\">Row</th><th scope=\"col\">Leads to</th></tr></thead>\n{rows}</table>\n</div>\n\
         </section>",
        escaped(&phase.phase.name),
        totals(phase.totals(), noun),
        escaped(&capitalised(noun)),
    )
}

fn process(process: &ProcessCoverage<'_>) -> String {
    let name = escaped(&process.process.name);
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
        html += &cells(row);
        html += "</tr>";
    }
    html + "</tbody>\n"
}

fn cells(row: &CoveringRow<'_>) -> String {
    let remark = match row.misplaced {
        Some(phase) => format!("<span class=\"remark\">misplaced: stands under {}</span>", escaped(phase)),
        None => String::new(),
    };
    let links: String = row.links.iter().map(|link| format!("<li>{}</li>", leads_to(link))).collect();
    let links = if links.is_empty() { links } else { format!("<ul>{links}</ul>") };
    format!("<td>{}</td><td>{}{remark}</td><td>{links}</td>", marked(row.state), place(row.place))
}

fn leads_to(link: &LinkData) -> String {
    let shown = escaped(destination(link));
    let linked = match address(link) {
        Some(address) => format!("<a href=\"{}\">{shown}</a>", escaped(&address)),
        None => shown,
    };
    match link.state {
        LinkState::Ok | LinkState::External => linked,
        LinkState::Broken => format!("{linked} <span class=\"state broken\">(broken)</span>"),
        state => format!("{linked} <span class=\"note\">({})</span>", state.as_str()),
    }
}

/// Where the link leads from here, if that is anywhere.
fn address(link: &LinkData) -> Option<String> {
    match (link.state, &link.resolved) {
        (LinkState::Broken, _) => None,
        (_, Some(resolved)) => {
            let (path, fragment) = resolved.split_once('#').unwrap_or((resolved, ""));
            let fragment =
                if fragment.is_empty() { String::new() } else { format!("#{}", encoded(fragment)) };
            Some(encoded(path) + &fragment)
        }
        (_, None) => {
            let scheme = link.target.split_once(':')?.0.to_ascii_lowercase();
            ["http", "https", "mailto"].contains(&scheme.as_str()).then(|| link.target.clone())
        }
    }
}

fn unknown(coverage: &Coverage<'_>) -> String {
    if coverage.unknown.is_empty() {
        return String::new();
    }
    let rows = coverage.unknown.iter().map(|row| {
        let phase = escaped(row.phase.unwrap_or_default());
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{phase}</td></tr>\n",
            escaped(row.text),
            place(row.place)
        )
    });
    format!(
        "<section aria-labelledby=\"unknown\">\n<div class=\"head\"><h2 id=\"unknown\">{} that {} does not know</h2></div>\n\
         <div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">Names</th><th scope=\"col\" class=\"row\">Row</th>\
         <th scope=\"col\">Stands under</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n</section>",
        count(coverage.unknown.len(), "row"),
        escaped(&coverage.preset.title),
        rows.collect::<String>(),
    )
}

fn place(place: Place<'_>) -> String {
    let path = escaped(place.path);
    format!("<a href=\"{}\">{path}:{}</a>", encoded(place.path), place.line)
}

/// The sign and the word for a state.
fn marked(state: State) -> String {
    let (word, symbol) = (state.as_str(), state.symbol());
    format!(
        "<span class=\"state {word}\"><span class=\"symbol\" aria-hidden=\"true\">{symbol}</span> {word}</span>"
    )
}

/// Text that a browser shows as it is, also in an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A path or fragment as part of a relative address: not even a `:` in it can make it another one.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(byte.into())
            }
            // Writing to a String cannot fail.
            other => drop(write!(encoded, "%{other:02X}")),
        }
    }
    encoded
}
