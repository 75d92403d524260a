//! What a contract demands of a cell, in words.

use crate::contract::{Contracts, Demands, LinkDemand, Unique};
use crate::words::{count, number};

/// Vocabularies are listed up to here.
const MOST_LISTED: usize = 12;

/// Each demand as a clause: "one of: a, b", "at most 80 characters".
#[must_use]
pub fn in_words(demands: &Demands, contracts: &Contracts) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(demands.empty.as_ref().map(|empty| match empty.value {
        true => "stays empty".to_owned(),
        false => "must not be empty".to_owned(),
    }));
    words.extend(demands.no_placeholder.map(|_| "no placeholder".to_owned()));
    words.extend(demands.values.as_ref().map(|values| {
        let names: Vec<&str> = values.value.terms.iter().map(|term| &*term.name).collect();
        listed("one of", &names)
    }));
    words.extend(demands.pattern.as_ref().map(|pattern| format!("of the form `{}`", pattern.value.as_str())));
    words.extend(demands.unique.as_ref().map(|unique| match unique.value {
        Unique::Table => "no other cell of the column says the same".to_owned(),
        Unique::Tree => "no other cell of such tables says the same".to_owned(),
    }));
    words.extend(demands.references.as_ref().and_then(|key| {
        let contract = contracts.list.get(key.value.contract)?;
        let column = &contract.columns.get(key.value.column)?.name.value.written;
        Some(format!("a value of the column `{column}` of {}", contract.name))
    }));
    words.extend(
        demands.max_length.as_ref().map(|most| format!("at most {} characters", number(most.value as usize))),
    );
    words.extend(demands.link.as_ref().map(|link| of_link(&link.value)));
    words.extend(
        demands.separator.as_ref().map(|mark| format!("several values are separated by `{}`", mark.trim())),
    );
    if !demands.not_applicable.is_empty() {
        let names: Vec<&str> = demands.not_applicable.iter().map(|name| &*name.written).collect();
        words.push(listed("where nothing applies", &names));
    }
    words
}

fn of_link(demand: &LinkDemand) -> String {
    let mut words = match (demand.min, demand.max) {
        (0, Some(0)) => return "no link".to_owned(),
        (min, Some(max)) if min as usize == max as usize => count(min as usize, "link"),
        (0, None) => "links".to_owned(),
        (0, Some(max)) => format!("at most {}", count(max as usize, "link")),
        (min, None) => format!("at least {}", count(min as usize, "link")),
        (min, Some(max)) => format!("{min} to {}", count(max as usize, "link")),
    };
    if !demand.kinds.is_empty() {
        let kinds: Vec<&str> = demand.kinds.iter().map(|kind| kind.words()).collect();
        words.push_str(&format!(" to {}", kinds.join(" or ")));
    }
    if demand.resolves {
        words.push_str(", none broken");
    }
    if !demand.below.is_empty() {
        words.push_str(&format!(", below `{}`", demand.below));
    }
    words
}

fn listed(what: &str, names: &[&str]) -> String {
    let mut words: Vec<String> = names.iter().take(MOST_LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST_LISTED {
        words.push(format!("and {} more", number(names.len() - MOST_LISTED)));
    }
    format!("{what}: {}", words.join(", "))
}
