//! One page, several platforms: what only some of them find says on which it is so.

use std::collections::HashMap;

use crate::finding::{Finding, Level};
use crate::source::Span;

/// What one platform, named in prose, finds on a page.
pub(super) type View = (&'static str, Vec<Finding>);

/// Names the platforms in what only some of them find, and keeps of what several find the gravest.
pub(super) fn name_platforms(views: &mut [View]) {
    if views.len() < 2 {
        return;
    }
    let matters: Vec<(&str, Matters)> =
        views.iter().map(|(title, findings)| (*title, Matters::of(findings))).collect();
    for (index, (_, findings)) in views.iter_mut().enumerate() {
        let others = || matters.iter().enumerate().filter(move |(other, _)| *other != index);
        findings.retain(|finding| !others().any(|(_, (_, matters))| matters.say_more_gravely(finding)));
        for finding in findings {
            let titles = |found: bool| {
                let views = matters.iter().filter(|(_, matters)| matters.hold(finding) == found);
                views.map(|(title, _)| *title).collect::<Vec<_>>().join(" and ")
            };
            let (on, not_on) = (titles(true), titles(false));
            if !not_on.is_empty() {
                finding.message = format!("on {on}, not on {not_on}: {}", finding.message);
            }
        }
    }
}

/// What the findings of one platform are about.
struct Matters {
    /// Destinations, whichever rule speaks of them; sorted.
    destinations: Vec<(Span, Level)>,
    by_rule: HashMap<(&'static str, Span), Level>,
}

impl Matters {
    fn of(findings: &[Finding]) -> Matters {
        let about_destinations = findings.iter().filter(|finding| finding.target.is_some());
        let mut destinations: Vec<_> =
            about_destinations.map(|finding| (finding.span, finding.level)).collect();
        destinations.sort_unstable();
        let mut by_rule = HashMap::new();
        for finding in findings {
            let level = by_rule.entry((finding.rule.id, finding.span)).or_insert(finding.level);
            *level = finding.level.max(*level);
        }
        Matters { destinations, by_rule }
    }

    fn say_more_gravely(&self, finding: &Finding) -> bool {
        self.by_rule.get(&(finding.rule.id, finding.span)).is_some_and(|level| *level > finding.level)
    }

    /// Whether this platform finds something as grave wrong there.
    fn hold(&self, finding: &Finding) -> bool {
        let span = finding.span;
        if finding.target.is_none() {
            return self.by_rule.contains_key(&(finding.rule.id, span));
        }
        // Destinations do not overlap, so only the last that begins before this one ends can be the same.
        let after =
            self.destinations.partition_point(|(other, _)| other.start < span.end.max(span.start + 1));
        let same = self.destinations[..after]
            .iter()
            .rev()
            .take_while(|(other, _)| *other == span || other.end > span.start);
        same.into_iter().any(|(_, level)| *level >= finding.level)
    }
}
