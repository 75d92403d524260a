//! `link`: what the links of a cell must be.

use toml::de::{DeTable, DeValue};

use super::super::places;
use super::super::reader::{Reader, Value, key_of, value_of};
use crate::contract::{LinkDemand, LinkType};
use crate::nearest::enumerate;
use crate::rules::span_of;
use crate::source::Span;

const TYPES: &[(&str, LinkType)] = &[
    ("page", LinkType::Page),
    ("anchor", LinkType::Anchor),
    ("external", LinkType::External),
    ("file", LinkType::File),
    ("image", LinkType::Image),
];

impl Reader<'_> {
    pub(super) fn link(&mut self, value: &Value<'_>) -> Option<LinkDemand> {
        match value.get_ref() {
            DeValue::Boolean(true) => Some(LinkDemand {
                min: 1,
                max: None,
                kinds: Vec::new(),
                resolves: false,
                below: String::new(),
            }),
            DeValue::Boolean(false) => {
                let help =
                    "leave the key out where a link may stand; write `link = { max = 0 }` where none may";
                self.fault(span_of(value), "`link = false` does not say whether a link may stand here", help);
                None
            }
            DeValue::Table(table) => Some(self.link_table(table, span_of(value))),
            _ => {
                self.wrong_kind("link", value, "`true` or a table", "link = { min = 1, resolves = true }");
                None
            }
        }
    }

    fn link_table(&mut self, table: &DeTable<'_>, span: Span) -> LinkDemand {
        self.known_keys(table, "link", &[places::LINK]);
        let mut number =
            |name: &str| value_of(table, name).and_then(|value| self.number(name, value, 0..=u32::MAX));
        let (min, max) = (number("min"), number("max"));
        let resolves = value_of(table, "resolves").and_then(|value| self.boolean("resolves", value));
        let link = LinkDemand {
            min: min.unwrap_or(if max == Some(0) { 0 } else { 1 }),
            max,
            kinds: value_of(table, "kind").map_or_else(Vec::new, |value| self.link_types(value)),
            resolves: resolves == Some(true),
            below: value_of(table, "below").and_then(|value| self.below(value)).unwrap_or_default(),
        };
        self.link_contradictions(table, span, &link);
        link
    }

    fn link_types(&mut self, value: &Value<'_>) -> Vec<LinkType> {
        let mut types = Vec::new();
        for (written, span) in self.text_or_texts("kind", value) {
            match TYPES.iter().find(|(word, _)| *word == written) {
                Some((_, known)) => types.push(*known),
                None => {
                    let words = || TYPES.iter().map(|(word, _)| *word);
                    let help =
                        self.meant(&written, words(), || format!("write {}", enumerate(words(), "or")));
                    self.fault(span, format!("unknown kind of link `{written}`"), help);
                }
            }
        }
        types
    }

    fn below(&mut self, value: &Value<'_>) -> Option<String> {
        let written = self.text("below", value)?;
        self.folder(&written, span_of(value)).map(|folder| folder.as_str().to_owned())
    }

    fn link_contradictions(&mut self, table: &DeTable<'_>, span: Span, link: &LinkDemand) {
        if let Some(max) = link.max {
            self.in_order(span, ("min", link.min), ("max", max));
        }
        let more = ["kind", "resolves", "below"];
        let more = || more.into_iter().filter_map(|key| Some((key, key_of(table, key)?)));
        if link.max == Some(0) {
            for (key, span) in more() {
                let message = format!("`max = 0` allows no link, so there is nothing for `{key}` to ask of");
                self.fault(span, message, "remove one of the two");
            }
        } else if link.kinds == [LinkType::External] {
            for (key, span) in more().filter(|(key, _)| *key != "kind") {
                let message = format!("`{key}` cannot be asked of links to other sites");
                self.fault(
                    span,
                    message,
                    "remove it, or allow another `kind`: waypost never opens the network",
                );
            }
        } else if link.min == 0 && link.max.is_none() && more().next().is_none() {
            self.fault(
                span,
                "this `link` demands nothing",
                "write `link = true`, or say what a link must be",
            );
        }
    }
}
