//! How a breach speaks: the contract's own message and level, and where the demand is written.

use super::super::Draft;
use crate::contract::{Contract, Origin, Voice};
use crate::source::Span;

/// A finding in the voice of a contract, or of the part of it that makes the demand.
pub(in super::super) fn voiced(contract: &Contract, voice: &Voice, demand: Span, mut draft: Draft) -> Draft {
    if let Some(message) = voice.message.as_ref().or(contract.voice.message.as_ref()) {
        let usual = std::mem::replace(&mut draft.message, message.clone());
        draft.help = Some(joined(Some(usual), draft.help.take()));
    }
    if let Some(level) = voice.level.or(contract.voice.level) {
        draft.level = Some(level);
    }
    match &contract.origin {
        Origin::File(path) => draft.related(path, demand, "demanded here"),
        Origin::Preset(name) => {
            let source = format!("the preset `{name}` demands it");
            draft.help = Some(joined(draft.help.take(), Some(source)));
            draft
        }
    }
}

fn joined(one: Option<String>, other: Option<String>) -> String {
    one.into_iter().chain(other).collect::<Vec<_>>().join("; ")
}
