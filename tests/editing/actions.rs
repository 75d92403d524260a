//! Every action of every finding of every tree: made, and checked again.

use std::collections::BTreeMap;

use waypost::assist::actions::{Action, ActionKind, Request, actions};
use waypost::finding::Finding;
use waypost::path::DocPath;

use super::trees::{Checked, Fixture};

#[test]
fn each_action_makes_its_finding_go_and_brings_no_other() {
    let mut wrong = Vec::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for fixture in Fixture::all() {
        let mut seen = Vec::new();
        let Some(before) = fixture.check() else { continue };
        for (index, finding) in before.findings.iter().enumerate() {
            let of_file: Vec<Finding> =
                before.findings.iter().filter(|other| other.path == finding.path).cloned().collect();
            let own = before.findings[..index].iter().filter(|other| other.path == finding.path).count();
            for action in offered(&fixture, &before, finding, &of_file) {
                if action.finding != Some(own) && action.finding.is_some() {
                    continue;
                }
                // What is offered for the file is the same at each place.
                if action.finding.is_none() && seen.contains(&(&finding.path, action.edits.clone())) {
                    continue;
                }
                seen.push((&finding.path, action.edits.clone()));
                let after = fixture.edited(&action.edits, action.create.as_ref()).check();
                let Some(after) = after else {
                    wrong.push(format!("{}: {}: the configuration is broken", fixture.name, action.title));
                    continue;
                };
                *kinds.entry(kind(&action)).or_default() += 1;
                let of = format!(
                    "{}: {} [{}] {}\n  {}",
                    fixture.name, finding.path, finding.rule.id, finding.message, action.title
                );
                if action.finding.is_some() && times(&after, finding) >= times(&before, finding) {
                    wrong.push(format!("{of}: it is still there"));
                }
                for new in after.findings.iter().filter(|new| times(&after, new) > times(&before, new)) {
                    if !is_expected(&action, new) {
                        wrong.push(format!("{of}: now {} [{}] {}", new.path, new.rule.id, new.message));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {kinds:?}", wrong.join("\n"), wrong.len());
    for kind in ["Accept", "Add", "Create", "Fix", "Link", "Redirect", "Silence", "Write"] {
        assert!(kinds.contains_key(kind), "no tree has `{kind}`: {kinds:?}");
    }
}

fn offered(fixture: &Fixture, checked: &Checked, finding: &Finding, of_file: &[Finding]) -> Vec<Action> {
    actions(&Request {
        site: &checked.site,
        path: &finding.path,
        range: finding.span,
        findings: of_file,
        baseline: fixture.baseline.as_deref(),
    })
}

/// How often a finding is there, wherever in its file; of one destination more may be known than before.
fn times(checked: &Checked, finding: &Finding) -> usize {
    let about = |finding: &Finding| finding.target.clone().unwrap_or_else(|| finding.message.clone());
    let same = |other: &&Finding| {
        (&other.path, other.rule.id, about(other)) == (&finding.path, finding.rule.id, about(finding))
    };
    checked.findings.iter().filter(same).count()
}

/// What an action cannot know or does on purpose.
fn is_expected(action: &Action, new: &Finding) -> bool {
    let is_new_page = |path: &DocPath| action.create.as_ref().is_some_and(|(created, _)| created == path);
    match new.rule.id {
        // The writer fills in the keys of a new page.
        "missing-front-matter" => is_new_page(&new.path),
        // Of the same missing page elsewhere.
        "backslash-path" | "unused-suppression" => action.create.is_some(),
        // Cells that were missing are empty ones now.
        "empty-column" => {
            action.title.starts_with("Add the missing cells") || action.title.contains("`ragged-row`")
        }
        // A redirect is followed, which the link need not rely on.
        "redirected-link" => action.title.starts_with("Redirect "),
        _ => false,
    }
}

fn kind(action: &Action) -> String {
    let first = action.title.split(' ').next().unwrap_or_default();
    match action.kind {
        ActionKind::Quick => first.to_owned(),
        ActionKind::FixAll => format!("{first} (all)"),
        ActionKind::Refactor => format!("{first} (refactor)"),
    }
}
