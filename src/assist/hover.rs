//! What an editor shows of what stands at an offset, in Markdown.

use std::borrow::Cow;

use super::demands;
use super::excerpt;
use super::place::{LinkPlace, Place, judged};
use super::{state, title};
use crate::contract::Origin;
use crate::facts::{Heading, HeadingId};
use crate::site::{AnchorPlace, Doc, DocId, Goal, Page, Site};
use crate::source::Span;

/// What is shown, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// What to show, in Markdown.
    pub markdown: String,
}

/// What to show of what stands at an offset: of a link its target and state, of a cell what is demanded of it, of a
/// heading its ids.
#[must_use]
pub fn hover(site: &Site, doc: DocId, offset: usize) -> Option<Hover> {
    let place = Place::at(site, doc, offset)?;
    let link = place.link.as_ref().and_then(|link| Some((link.span, of_link(&place, link)?)));
    let cell = place.cell.as_ref().and_then(|cell| Some((cell.cell.span, of_cell(&place)?)));
    let heading = place.heading.and_then(|heading| of_heading(&place, heading));
    let parts: Vec<(Span, String)> = link.into_iter().chain(cell).chain(heading).collect();
    let span = parts.first()?.0;
    let texts: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
    Some(Hover { span, markdown: texts.join("\n\n---\n\n") })
}

fn of_link(place: &Place<'_>, link: &LinkPlace<'_>) -> Option<String> {
    let site = place.page.site;
    let (page, resolved) = judged(site, place.page.id, link.link)?;
    let mut parts = Vec::new();
    let goal = site.goal(place.page.id, link.link);
    if let Some(goal) = &goal {
        parts.extend(name_of(site, goal));
    }
    parts.extend(state::problem(&page, link.link, &resolved).map(|problem| escaped(&problem).into_owned()));
    if let Some((doc, section)) = goal.and_then(|goal| section_of(&goal)) {
        let excerpt = excerpt::of(site.doc(doc), section);
        parts.extend((!excerpt.is_empty()).then_some(excerpt));
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// What the target is called, and where it is.
fn name_of(site: &Site, goal: &Goal) -> Option<String> {
    let path = site.files.path(goal.file?);
    let mut names = Vec::new();
    if let Some(doc) = goal.doc {
        names.extend(title::title(site.doc(doc)));
    }
    if let Some((doc, AnchorPlace { heading: Some(heading), .. })) = goal.anchor {
        names.extend(heading_path(site.doc(doc), heading));
    }
    names.dedup();
    let names: Vec<Cow<'_, str>> = names.iter().map(|name| escaped(name)).collect();
    let path = code(path.as_str());
    Some(if names.is_empty() { path } else { format!("**{}**\n\n{path}", names.join(" › ")) })
}

/// The headings from the outermost to this one.
fn heading_path(doc: &Doc, heading: HeadingId) -> Vec<String> {
    let headings = &doc.facts.headings;
    let parent = |heading: &&Heading| heading.parent.and_then(|parent| headings.get(parent as usize));
    let above = std::iter::successors(headings.get(heading as usize), parent);
    let mut path: Vec<String> = above.map(|heading| heading.text(&doc.text).into_owned()).collect();
    path.reverse();
    path
}

/// The page and the place in it of which to show the first lines.
fn section_of(goal: &Goal) -> Option<(DocId, excerpt::From)> {
    match goal.anchor {
        Some((doc, AnchorPlace { heading: Some(heading), .. })) => {
            Some((doc, excerpt::From::Heading(heading)))
        }
        Some((doc, anchor)) => Some((doc, excerpt::From::Offset(anchor.span.range().start))),
        None => Some((goal.doc?, excerpt::From::Beginning)),
    }
}

fn of_heading(place: &Place<'_>, heading: HeadingId) -> Option<(Span, String)> {
    let page = &place.page;
    let id = |page: Page<'_>| {
        let ids = (page.dialect().heading_ids)(page.project, page.doc);
        ids.into_iter().nth(heading as usize).flatten()
    };
    let id = page.site.views(page.id).find_map(id)?;
    Some((page.doc.facts.headings[heading as usize].span, code(&format!("#{id}"))))
}

/// What contracts demand of the cell, and what a preset knows of its row.
fn of_cell(place: &Place<'_>) -> Option<String> {
    let contracts = &place.page.site.settings.contracts;
    let mut parts = Vec::new();
    for (selected, column) in place.contracts() {
        let Some(column) = column else { continue };
        let demands = demands::in_words(&column.demands, contracts);
        if demands.is_empty() {
            continue;
        }
        let from = match &selected.contract.origin {
            Origin::File(path) => code(path.as_str()),
            Origin::Preset(name) => format!("the preset {}", code(name)),
        };
        let name = escaped(&selected.contract.name);
        let column = escaped(&column.name.value.written);
        let demands: String = demands.iter().map(|demand| format!("\n- {demand}")).collect();
        parts.push(format!("{name}, column **{column}** ({from})\n{demands}"));
    }
    parts.extend(of_preset(place));
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn of_preset(place: &Place<'_>) -> Option<String> {
    let (known, process) = place.preset()?;
    let id = process?;
    let preset = known.preset;
    let (name, phase) = (&preset.process(id).name, &preset.phases[id.phase].name);
    Some(format!("**{}**: {} {} of {}", escaped(name), escaped(&preset.title), preset.noun, escaped(phase)))
}

fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 8] = ['\\', '*', '_', '[', ']', '<', '>', '|'];
    if !text.contains(MARKS) {
        return text.into();
    }
    // What stands in code is shown as it is already.
    let mut is_code = false;
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        is_code ^= character == '`';
        if MARKS.contains(&character) && !is_code {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped.into()
}
