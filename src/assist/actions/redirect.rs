//! Adds a redirect from a page that is gone to the one that took its place.
//!
//! Only where the platform follows redirects of files, and a file of the tree declares some already: the new entry is
//! written like those beside it.

use super::{Action, Request};
use crate::data::{Value, json};
use crate::finding::Edit;
use crate::fingerprint::{Linked, linked};
use crate::path::DocPath;
use crate::site::{Outcome, Page, Redirect, Why};
use crate::source::Span;
use crate::tree::is_page_name;

/// Redirects the page that a broken link leads to.
pub(super) fn entry(request: &Request<'_>, finding: usize) -> Option<Action> {
    let found = &request.findings[finding];
    let (Some(best), "broken-link") = (found.suggestions.first(), found.rule.id) else { return None };
    let Linked { page, resolved, .. } = linked(found, request.site)?;
    let Outcome::Missing(missing) = &resolved.outcome else { return None };
    let is_page = is_page_name(missing.path.file_name()) && missing.path.levels_above_root() == 0;
    if missing.why != Why::NoFile || !is_page {
        return None;
    }
    let site = page.site;
    let outcome = site.outcome_of(page.doc, page.project, best, resolved.usage);
    let address = page.project.address_of(outcome.file()?)?;
    let model = model(&page)?;
    let edit = written_like(&page, model, &missing.path, &address)?;
    let title = format!("Redirect `{}` to `{address}`", missing.path);
    Some(Action::quick(finding, title, vec![edit]))
}

/// The redirect to write the new one like: the last that a file declares, so that the new one follows it.
fn model<'s>(page: &Page<'s>) -> Option<&'s Redirect> {
    let in_file =
        page.site.redirects.list.iter().filter(|redirect| redirect.declared_in.extension() == "json");
    in_file.max_by_key(|redirect| redirect.span)
}

fn written_like(page: &Page<'_>, model: &Redirect, source: &DocPath, address: &str) -> Option<Edit> {
    let text = page.site.source(&model.declared_in)?.text;
    let (value, _) = json::parse(text).ok()?;
    let entry =
        value.get("redirections")?.as_array()?.iter().find(|entry| entry.span.contains(model.span))?;
    let key = ["source_path_from_root", "source_path"].into_iter().find(|key| entry.get(key).is_some())?;
    let source = match key {
        "source_path_from_root" => format!("/{source}"),
        _ => source.below(model.declared_in.folder())?.to_owned(),
    };
    let members = entry.members().iter().filter_map(|member| {
        let name = &*member.key.value;
        let value = match name {
            _ if name == key => json_text(&source),
            "redirect_url" => json_text(address),
            "redirect_document_id" => "false".to_owned(),
            _ => return None,
        };
        Some(format!("{}{value}", lead(text, member.key.span, &member.value)))
    });
    let members: Vec<String> = members.collect();
    let written = entry.span.of(text);
    let open = &written[..1 + blanks(&written[1..])];
    let close = &written[written.trim_end_matches('}').trim_end().len()..];
    let before = &text[..entry.span.start as usize];
    let between = &before[before.trim_end().len()..];
    let separator = if members.len() > 1 { separator(entry, text) } else { ", ".to_owned() };
    let new = format!(",{between}{open}{}{close}", members.join(&separator));
    Some(Edit { path: model.declared_in.clone(), span: Span::at(entry.span.end as usize), text: new })
}

/// A member up to its value.
fn lead<'t>(text: &'t str, key: Span, value: &Value) -> &'t str {
    Span { start: key.start, end: value.span.start.max(key.start) }.of(text)
}

/// What stands between two members.
fn separator(entry: &Value, text: &str) -> String {
    match entry.members() {
        [first, second, ..] if first.value.span.end <= second.key.span.start => {
            Span { start: first.value.span.end, end: second.key.span.start }.of(text).to_owned()
        }
        _ => ", ".to_owned(),
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}
