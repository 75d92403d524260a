//! `invalid-suppression`: a suppression comment that names no rule, gives no reason, or has no end.

use super::RULES;
use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::{Scope, Suppression};
use crate::finding::Level;
use crate::nearest::{enumerate, nearest};
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "invalid-suppression",
    summary: "a suppression comment that names no rule, gives no reason, or has no end",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/invalid-suppression/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let mut open = Vec::new();
    for suppression in &page.doc.facts.suppressions {
        match &suppression.scope {
            Scope::Unknown(word) => unknown_scope(page, suppression, word, findings),
            Scope::End => {
                if open.pop().is_none() {
                    report(
                        page,
                        suppression.span,
                        "no `waypost-ignore-start` stands before this",
                        None,
                        findings,
                    );
                }
            }
            scope => {
                if *scope == Scope::Start {
                    open.push(suppression.span);
                }
                rules_and_reason(page, suppression, findings);
            }
        }
    }
    for span in open {
        report(page, span, "no `waypost-ignore-end` follows: this comment silences nothing", None, findings);
    }
}

fn unknown_scope(page: &Page<'_>, suppression: &Suppression, word: &str, findings: &mut Findings<'_>) {
    let word = format!("waypost-{word}");
    let near = nearest(&word, SCOPES.iter().copied());
    let help = near.map_or_else(
        || format!("there are {}", enumerate(SCOPES.iter().copied(), "and")),
        |near| format!("did you mean `{near}`?"),
    );
    report(page, suppression.span, &format!("`{word}` is no suppression comment"), Some(help), findings);
}

const SCOPES: &[&str] =
    &["waypost-ignore-next-line", "waypost-ignore-file", "waypost-ignore-start", "waypost-ignore-end"];

fn rules_and_reason(page: &Page<'_>, suppression: &Suppression, findings: &mut Findings<'_>) {
    if suppression.rules.is_empty() {
        let help = "name the rules: `waypost-ignore-next-line broken-link: reason`".to_owned();
        report(
            page,
            suppression.span,
            "this comment names no rule: it silences nothing",
            Some(help),
            findings,
        );
    }
    for rule in &suppression.rules {
        if Rule::find(&rule.value).is_none() {
            let near = nearest(&rule.value, RULES.iter().map(|rule| rule.id));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            report(page, rule.span, &format!("there is no rule `{}`", rule.value), help, findings);
        }
    }
    if suppression.reason.is_none() && !suppression.rules.is_empty() {
        let help =
            "say why after a colon: `waypost-ignore-next-line broken-link: the page is generated`".to_owned();
        report(page, suppression.span, "this comment gives no reason", Some(help), findings);
    }
}

fn report(page: &Page<'_>, span: Span, message: &str, help: Option<String>, findings: &mut Findings<'_>) {
    let draft = Draft::new(&page.doc.path, span, message);
    findings.report(match help {
        Some(help) => draft.help(help),
        None => draft,
    });
}
