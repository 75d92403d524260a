//! `broken-contract`: a table or page that does not keep what `waypost.toml` demands of it.
//!
//! What a contract demands of one table is in `contract/`; here is what concerns pages and the whole tree.

use super::contract::{self, voiced};
use super::{Check, Draft, Findings, Rule};
use crate::contract::{Contract, Origin, Voice};
use crate::finding::Level;
use crate::site::{Page, Reach, Role, Selected, Site};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "broken-contract",
    summary: "a table that does not keep what the configuration demands of it",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/broken-contract/README.md"),
    build: |_| Ok(Box::new(BrokenContract) as Box<dyn Check>),
};

struct BrokenContract;

impl Check for BrokenContract {
    fn page(&self, page: &Page<'_>, findings: &mut Findings<'_>) {
        let all = &page.site.settings.contracts.list;
        let may_concern = !page.doc.facts.tables.is_empty() || all.iter().any(|one| one.required.is_some());
        if all.is_empty() || page.role() == Role::Navigation || !may_concern {
            return;
        }
        let contracts = page.contracts();
        let selected = page.selected(&contracts);
        for selected in &selected {
            contract::check(page, selected, findings);
        }
        for id in contracts {
            require(page, id, &selected, findings);
        }
    }

    fn site(&self, site: &Site, findings: &mut Findings<'_>) {
        let contracts = &site.settings.contracts.list;
        if contracts.iter().all(|contract| matches!(contract.origin, Origin::Preset(_))) {
            return;
        }
        for (contract, reach) in contracts.iter().zip(site.reach_of_contracts()) {
            if let Some(draft) = unused(contract, reach) {
                findings.report(draft);
            }
        }
    }
}

/// A page that must hold a table of the contract, and does not.
fn require(page: &Page<'_>, id: usize, selected: &[Selected<'_>], findings: &mut Findings<'_>) {
    let contract = &page.site.settings.contracts.list[id];
    let Some(demand) = contract.required else { return };
    if selected.iter().any(|selected| selected.contract_id == id) {
        return;
    }
    let title = page.doc.facts.headings.first().map_or(Span::at(0), |heading| heading.span);
    let draft = Draft::new(&page.doc.path, title, format!("this page has no table `{}`", contract.name))
        .about(&contract.name)
        .help("add the table, or leave the page out of the contract's `files`");
    findings.report(voiced(contract, &Voice::default(), demand, draft));
}

/// A contract of the configuration that selects nothing demands nothing: most likely a slip.
fn unused(contract: &Contract, reach: Reach) -> Option<Draft> {
    let Origin::File(path) = &contract.origin else { return None };
    let help = match reach {
        Reach::Tables => return None,
        Reach::Nothing => "no page that its `files` name holds a table",
        Reach::Pages => "no table of its pages stands under its `heading`",
        Reach::Sections => "no table there has all columns of its `header`",
    };
    let message = format!("`{}` selects no table of this tree", contract.name);
    Some(Draft::new(path, contract.span, message).help(help).level(Level::Info))
}
