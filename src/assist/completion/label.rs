//! Proposes the labels of the page's reference definitions.

use super::{Completion, CompletionKind, Completions};
use crate::site::Doc;
use crate::source::Span;

pub(super) fn complete(doc: &Doc, replace: Span) -> Completions {
    let text = &*doc.text;
    let definitions = doc.facts.definitions.iter().filter(|definition| definition.shadowed_by.is_none());
    let all = definitions.filter(|definition| !definition.label.contains(replace)).collect();
    let typed = replace.of(text);
    Completions::of(
        typed,
        all,
        |definition| definition.label.of(text),
        |definition| {
            let label = definition.label.of(text).to_owned();
            let link = doc.facts.links.get(definition.link as usize)?;
            let is_one_line = !label.contains(['\n', '\r']);
            is_one_line.then(|| Completion {
                insert: label.clone(),
                label,
                replace,
                detail: Some(link.target.destination(text).to_owned()),
                kind: CompletionKind::Label,
            })
        },
    )
}
