//! Runs the rules over a site: check, suppress, level, sort.
//!
//! The one place every door goes through. Pure: no disk, no clock, no environment.

mod platforms;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::finding::{Finding, Level};
use crate::path::DocPath;
use crate::rules::{self, Findings, Rule, RuleHere, Ruled, Ruleset, Setting};
use crate::site::{DocId, Page, Site};
use crate::suppress::Suppressions;

/// What a check came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by path, place, rule and message.
    pub findings: Vec<Finding>,
    /// What was found and is not reported; in no order.
    pub silenced: Vec<Silenced>,
    /// What was looked at.
    pub summary: Summary,
}

/// A finding that is not reported.
#[derive(Clone, Debug)]
pub struct Silenced {
    /// What was found.
    pub finding: Finding,
    /// Why it is not reported.
    pub by: Silencer,
}

/// What keeps a finding from being reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silencer {
    /// A suppression comment in the page.
    Comment,
    /// The baseline.
    Baseline,
}

/// What was looked at, and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages checked.
    pub pages: usize,
    /// Destinations looked at in these pages.
    pub links: usize,
    /// Destinations that cannot be judged without a network, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// Findings silenced by suppression comments.
    pub suppressed: usize,
    /// Findings that the baseline accepts.
    pub accepted: usize,
    /// Findings that were there before the change that is asked about.
    pub known: usize,
    /// The dialects that judged at least one page.
    pub dialects: Vec<&'static str>,
}

impl Report {
    /// Brings the findings into their order after some were added.
    pub fn sort(&mut self) {
        sort(&mut self.findings);
    }

    /// Notes what is not reported.
    pub fn silence(&mut self, findings: Vec<Finding>, by: Silencer) {
        self.silenced.extend(findings.into_iter().map(|finding| Silenced { finding, by }));
    }

    /// How many findings there are at a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}

/// Checks the files that `selected` accepts, knowing the whole site.
#[must_use]
pub fn check(site: &Site, ruleset: &Ruleset, selected: &(dyn Fn(&DocPath) -> bool + Sync)) -> Report {
    site.prepare();
    let docs = 0..site.docs.len() as DocId;
    let parts: Vec<PageReport> = docs
        .into_par_iter()
        .filter(|&doc| selected(&site.doc(doc).path))
        .map(|doc| check_page(site, ruleset, doc))
        .collect();
    let mut report = Report { findings: check_site(site, ruleset), ..Report::default() };
    report.findings.retain(|finding| selected(&finding.path));
    for part in parts {
        report.summary.add(&part.summary);
        report.findings.extend(part.findings);
        report.silence(part.suppressed, Silencer::Comment);
    }
    sort(&mut report.findings);
    report
}

/// What a check of one page came to.
#[derive(Clone, Debug, Default)]
pub struct PageReport {
    /// What is wrong with it; what only the whole site tells is left out.
    pub findings: Vec<Finding>,
    /// What comments silence.
    pub suppressed: Vec<Finding>,
    /// What was looked at.
    pub summary: Summary,
}

/// Checks one page, knowing the whole site.
#[must_use]
pub fn check_page(site: &Site, ruleset: &Ruleset, id: DocId) -> PageReport {
    let doc = site.doc(id);
    let rules = ruleset.at(&doc.path);
    let mut by_view: Vec<platforms::View> =
        site.views(id).map(|page| (page.dialect().title, check_view(&page, &rules))).collect();
    platforms::name_platforms(&mut by_view);
    let mut findings: Vec<Finding> = by_view.into_iter().flat_map(|(_, findings)| findings).collect();
    sort(&mut findings);
    let mut suppressions = Suppressions::of(doc);
    let suppressed = suppressions.silence(doc, &mut findings);
    let mut summary = summary_of(site, id);
    summary.suppressed = suppressed.len();
    for unused in suppressions.unused() {
        if is_on(&unused.rule.value, site, ruleset, id) {
            rules::report_unused_suppression(site, id, ruleset, &unused, &mut findings);
        }
    }
    sort(&mut findings);
    PageReport { findings, suppressed, summary }
}

fn check_view(page: &Page<'_>, rules: &[RuleHere<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for here in rules.iter().filter(|here| here.setting != Some(Setting::Off)) {
        let default_level = page.dialect().level(here.rule);
        let mut out =
            Findings { rule: here.rule, setting: here.setting, default_level, found: &mut findings };
        here.check.page(page, &mut out);
    }
    findings
}

/// Checks what belongs to no single page.
#[must_use]
pub fn check_site(site: &Site, ruleset: &Ruleset) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Ruled { rule, check, .. } in &ruleset.rules {
        let Some(default_level) = rule.level.or_else(|| ruleset.level_somewhere(rule)) else { continue };
        let mut out =
            Findings { rule, setting: None, default_level: Some(default_level), found: &mut findings };
        check.site(site, &mut out);
    }
    findings.retain_mut(|finding| match ruleset.setting(finding.rule, &finding.path) {
        Some(Setting::Off) => false,
        Some(Setting::At(level)) => {
            finding.level = level;
            true
        }
        None => finding.rule.level.is_some(),
    });
    findings
}

/// A suppression of a rule that is off here is not held against its author.
fn is_on(rule: &str, site: &Site, ruleset: &Ruleset, id: DocId) -> bool {
    let Some(rule) = Rule::find(rule) else { return false };
    match ruleset.setting(rule, &site.doc(id).path) {
        Some(setting) => setting != Setting::Off,
        None => site.views(id).any(|page| page.dialect().level(rule).is_some()),
    }
}

fn summary_of(site: &Site, id: DocId) -> Summary {
    let mut summary = Summary { pages: usize::from(!site.doc(id).is_navigation), ..Summary::default() };
    for (index, page) in site.views(id).enumerate() {
        summary.dialects.push(page.dialect().name);
        if index > 0 {
            continue;
        }
        summary.links += page.judgement.destinations as usize;
        for (reason, count) in &page.judgement.skipped {
            *summary.skipped.entry(reason).or_default() += *count as usize;
        }
    }
    summary
}

impl Summary {
    /// Adds what was looked at elsewhere.
    pub fn add(&mut self, part: &Summary) {
        self.pages += part.pages;
        self.links += part.links;
        self.suppressed += part.suppressed;
        for (reason, count) in &part.skipped {
            *self.skipped.entry(reason).or_default() += count;
        }
        for dialect in &part.dialects {
            if let Err(place) = self.dialects.binary_search(dialect) {
                self.dialects.insert(place, dialect);
            }
        }
    }
}

/// Brings findings into the order of a report. Two dialects may find the same: it is said once, at the graver level.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        let place = |finding: &Finding| (finding.span, finding.rule.id);
        a.path
            .cmp(&b.path)
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| a.message.cmp(&b.message))
            .then_with(|| b.level.cmp(&a.level))
    });
    findings
        .dedup_by(|b, a| a.path == b.path && a.span == b.span && a.rule == b.rule && a.message == b.message);
}
