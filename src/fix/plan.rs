//! Chooses the fixes that can be made together and computes the new texts. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Change;
use crate::finding::{Edit, Finding, Fix};
use crate::path::DocPath;
use crate::site::Site;

/// The safe fixes that do not touch each other, as new texts sorted by path.
///
/// The edits of a fix are made together or not at all. Where two fixes touch, the one that comes first in `findings`
/// is made; the other one's turn may come after the next check.
#[must_use]
pub fn plan(findings: &[Finding], site: &Site) -> Vec<Change> {
    let changes = Plan::of(findings, site).files.into_iter();
    changes.filter_map(|(path, file)| change(path, &file, site)).collect()
}

/// The edits of the same fixes, sorted by path and place, and how many fixes they are.
#[must_use]
pub fn plan_edits(findings: &[Finding], site: &Site) -> (Vec<Edit>, usize) {
    let plan = Plan::of(findings, site);
    let fixes = plan.files.values().map(|file| file.fixes).sum();
    let edits = plan.files.into_values().flat_map(|file| file.edits.into_values().cloned());
    (edits.collect(), fixes)
}

struct Plan<'f> {
    site: &'f Site,
    files: BTreeMap<&'f DocPath, FilePlan<'f>>,
}

/// The edits chosen for a file.
#[derive(Default)]
struct FilePlan<'f> {
    /// By their first byte; no two overlap.
    edits: BTreeMap<u32, &'f Edit>,
    fixes: usize,
}

impl<'f> Plan<'f> {
    fn of(findings: &'f [Finding], site: &'f Site) -> Plan<'f> {
        let mut plan = Plan { site, files: BTreeMap::new() };
        let safe = findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe);
        safe.for_each(|fix| plan.consider(fix));
        plan
    }

    fn consider(&mut self, fix: &'f Fix) {
        let mut new: Vec<&Edit> = fix.edits.iter().filter(|edit| !self.is_chosen(edit)).collect();
        new.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
        new.dedup();
        let possible = new.iter().all(|edit| self.is_possible(edit));
        let apart = new.windows(2).all(|pair| pair[0].path != pair[1].path || !overlap(pair[0], pair[1]));
        if new.is_empty() || !possible || !apart {
            return;
        }
        self.files.entry(&fix.edits[0].path).or_default().fixes += 1;
        for edit in new {
            self.files.entry(&edit.path).or_default().edits.insert(edit.span.start, edit);
        }
    }

    /// Whether an earlier fix makes this very edit.
    fn is_chosen(&self, edit: &Edit) -> bool {
        let chosen = self.files.get(&edit.path).and_then(|file| file.edits.get(&edit.span.start));
        chosen.is_some_and(|chosen| *chosen == edit)
    }

    /// Whether the edit fits the text and touches no chosen one.
    fn is_possible(&self, edit: &Edit) -> bool {
        let fits =
            self.site.source(&edit.path).is_some_and(|source| source.text.get(edit.span.range()).is_some());
        let Some(file) = self.files.get(&edit.path) else {
            return fits;
        };
        let before = file.edits.range(..=edit.span.start).next_back();
        let after = file.edits.range(edit.span.start..).next();
        fits && before.into_iter().chain(after).all(|(_, chosen)| !overlap(chosen, edit))
    }
}

/// Whether two edits of a file cannot both be made, or only in an order that nobody has chosen.
fn overlap(one: &Edit, other: &Edit) -> bool {
    let (one, other) = (one.span, other.span);
    one.start == other.start || one.start < other.end && other.start < one.end
}

fn change(path: &DocPath, file: &FilePlan<'_>, site: &Site) -> Option<Change> {
    let before = site.source(path)?.text;
    let mut after = String::with_capacity(before.len());
    let mut done = 0;
    for edit in file.edits.values() {
        after.push_str(&before[done..edit.span.start as usize]);
        after.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    after.push_str(&before[done..]);
    let changed = after != before;
    changed.then(|| Change { path: path.clone(), before: Arc::from(before), after, fixes: file.fixes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
    use crate::report::fixture::{finding, site};
    use crate::source::Span;

    fn fix(edits: &[(&str, usize, usize, &str)]) -> Finding {
        let edit = |&(path, start, end, text): &(&str, usize, usize, &str)| Edit {
            path: DocPath::new(path),
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        let mut finding = finding("a.md", Level::Error, Span::at(0), "wrong");
        let edits = edits.iter().map(edit).collect();
        finding.fix = Some(Fix { title: "mend".to_owned(), safe: true, edits });
        finding
    }

    #[track_caller]
    fn assert_plan(findings: &[Finding], expected: &[(&str, &str, usize)]) {
        let site = site(&[("a.md", "0123456789"), ("b.md", "日本\r\n")]);
        let changes = plan(findings, &site);
        let changes: Vec<_> = changes
            .iter()
            .map(|change| (change.path.as_str(), change.after.as_str(), change.fixes))
            .collect();
        assert_eq!(changes, expected);
    }

    #[test]
    fn fixes_that_do_not_touch_are_made_together() {
        let findings = [fix(&[("a.md", 8, 9, "Z")]), fix(&[("a.md", 0, 3, "")]), fix(&[("b.md", 0, 3, "x")])];
        assert_plan(&findings, &[("a.md", "34567Z9", 2), ("b.md", "x本\r\n", 1)]);
    }

    #[test]
    fn of_two_that_overlap_the_first_is_made() {
        for (start, end) in [(2, 5), (4, 5), (4, 9), (3, 3), (5, 5), (0, 10), (5, 7)] {
            let findings = [fix(&[("a.md", 3, 6, "x")]), fix(&[("a.md", start, end, "y")])];
            assert_plan(&findings, &[("a.md", "012x6789", 1)]);
        }
        let findings = [fix(&[("a.md", 3, 6, "x")]), fix(&[("a.md", 6, 6, "y")]), fix(&[("a.md", 1, 3, "")])];
        assert_plan(&findings, &[("a.md", "0xy6789", 3)]);
    }

    #[test]
    fn equal_edits_of_two_findings_are_one() {
        let findings =
            [fix(&[("a.md", 3, 6, "x")]), fix(&[("a.md", 3, 6, "x")]), fix(&[("a.md", 3, 6, "z")])];
        assert_plan(&findings, &[("a.md", "012x6789", 1)]);
    }

    #[test]
    fn the_edits_of_a_fix_are_made_all_or_none() {
        let findings = [fix(&[("a.md", 3, 6, "x")]), fix(&[("b.md", 0, 3, "y"), ("a.md", 5, 8, "y")])];
        assert_plan(&findings, &[("a.md", "012x6789", 1)]);
        let findings = [fix(&[("b.md", 0, 3, "y"), ("a.md", 5, 8, "y")])];
        assert_plan(&findings, &[("a.md", "01234y89", 0), ("b.md", "y本\r\n", 1)]);
    }

    #[test]
    fn what_cannot_be_made_is_left() {
        let mut unsafe_fix = fix(&[("a.md", 0, 1, "x")]);
        unsafe_fix.fix.as_mut().unwrap().safe = false;
        let findings = [
            unsafe_fix,
            fix(&[]),
            fix(&[("gone.md", 0, 1, "x")]),
            fix(&[("a.md", 5, 11, "x")]),
            fix(&[("b.md", 1, 3, "x")]),
            fix(&[("a.md", 1, 3, "x"), ("a.md", 2, 4, "y")]),
            fix(&[("a.md", 1, 3, "12")]),
        ];
        assert_plan(&findings, &[]);
    }
}
