//! `invalid-site-config`: something wrong in the platform's own configuration.

use super::{Check, Draft, Findings, Rule, SiteCheck};
use crate::finding::Level;
use crate::site::Site;

pub(super) static RULE: Rule = Rule {
    id: "invalid-site-config",
    summary: "something wrong in the platform's own configuration",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/invalid-site-config/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for fault in &site.config_faults {
        let mut draft = Draft::new(&fault.path, fault.span, &fault.message);
        if fault.harmless {
            draft = draft.level(Level::Info);
        }
        if let Some(help) = &fault.help {
            draft = draft.help(help);
        }
        findings.report(draft);
    }
}
