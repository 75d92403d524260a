//! What an editor offers to do about a place in a page: mend a finding, silence or accept it, make what is missing.
//!
//! Owns what is offered and in which order, one file a kind. An action is edits as plain data; who shows and makes them
//! is not known here.

mod accept;
mod create;
mod fixes;
mod link_cell;
mod redirect;
mod suppress;

use crate::finding::{Edit, Finding};
use crate::path::DocPath;
use crate::site::Site;
use crate::source::Span;

/// Something an editor can do for its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, as an imperative.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind,
    /// The finding it makes go: index into [`Request::findings`].
    pub finding: Option<usize>,
    /// The edits; they belong together and do not touch each other.
    pub edits: Vec<Edit>,
    /// A file that is not there yet, with its text.
    pub create: Option<(DocPath, String)>,
    /// Whether it is what most people want.
    pub preferred: bool,
    /// The words of the new text that the writer is to replace.
    pub to_type: Option<&'static str>,
}

/// What an action is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// It makes a finding go.
    Quick,
    /// It mends all that can be mended unseen.
    FixAll,
    /// It changes what is right as well.
    Refactor,
}

/// What is asked: which place of which page, and what is known of it.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// The site.
    pub site: &'r Site,
    /// The file.
    pub path: &'r DocPath,
    /// The part of it that is asked about; may be empty.
    pub range: Span,
    /// All findings of the file that are shown.
    pub findings: &'r [Finding],
    /// The text of the baseline, if there is one.
    pub baseline: Option<&'r str>,
}

/// What can be done there, the best first.
#[must_use]
pub fn actions(request: &Request<'_>) -> Vec<Action> {
    let here: Vec<usize> =
        (0..request.findings.len()).filter(|&finding| request.is_asked_about(finding)).collect();
    let of_each = |kind: &dyn Fn(&Request<'_>, usize) -> Vec<Action>| -> Vec<Action> {
        here.iter().flat_map(|&finding| kind(request, finding)).collect()
    };
    let mut actions = of_each(&fixes::of_finding);
    actions.extend(link_cell::in_range(request));
    actions.extend(of_each(&|request, finding| create::page(request, finding).into_iter().collect()));
    actions.extend(of_each(&|request, finding| redirect::entry(request, finding).into_iter().collect()));
    actions.extend(fixes::of_rules(request, &here));
    actions.extend(fixes::of_file(request));
    actions.extend(of_each(&|request, finding| suppress::comment(request, finding).into_iter().collect()));
    actions.extend(of_each(&|request, finding| accept::entry(request, finding).into_iter().collect()));
    actions
}

impl<'r> Request<'r> {
    /// Whether a finding touches the part of the file that is asked about.
    fn is_asked_about(&self, finding: usize) -> bool {
        let finding = &self.findings[finding];
        finding.path == *self.path
            && finding.span.start <= self.range.end
            && self.range.start <= finding.span.end
    }
}

impl Action {
    /// An action that makes a finding go.
    fn quick(finding: usize, title: String, edits: Vec<Edit>) -> Action {
        Action {
            title,
            kind: ActionKind::Quick,
            finding: Some(finding),
            edits,
            create: None,
            preferred: false,
            to_type: None,
        }
    }
}

/// A text with edits, which are sorted and do not overlap.
fn edited(text: &str, edits: &[Edit]) -> String {
    let mut after = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        after.push_str(text.get(done..edit.span.start as usize).unwrap_or_default());
        after.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    after.push_str(text.get(done..).unwrap_or_default());
    after
}

#[cfg(test)]
mod tests;
