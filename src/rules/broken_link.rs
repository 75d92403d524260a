//! `broken-link`: a destination that does not exist on the platform.

use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::Page;

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    summary: "a link to something that does not exist",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/broken-link/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(_page: &Page<'_>, _findings: &mut Findings<'_>) {}
