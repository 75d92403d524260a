//! What a rule is, and the list of all rules.
//!
//! A rule sees facts, resolutions and text through spans: never the syntax tree, never the disk, never another rule.

use std::fmt;

use crate::finding::{Edit, Finding, Fix, Label, Level};
use crate::path::DocPath;
use crate::site::{Page, Site};
use crate::source::Span;

pub use links::why_broken;
pub use options::{OptionFault, OptionKind, OptionValue, Options, RuleOption, TakenOption};
pub(crate) use options::{kind, number, span_of, strings};
pub(crate) use placeholder::is_placeholder;
pub use ruleset::{Place, Refined, RuleHere, RuleOverride, Ruled, Ruleset, Setting, WrittenOption};
pub use stale_baseline::report as report_stale_baseline;
pub use unused_suppression::report as report_unused_suppression;

mod contract;
mod links;
mod options;
mod redirects;
mod ruleset;

/// Declares the modules of the rules and the list of them, in the order in which documentation shows them.
macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// Every rule. All lists (documentation, help, configuration) are printed from this one.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
    };
}

rules! {
    broken_link,
    broken_anchor,
    broken_include,
    unstable_anchor,
    replaced_anchor,
    duplicate_anchor,
    unsupported_syntax,
    orphan_page,
    orphan_asset,
    rooted_link,
    backslash_path,
    case_mismatch,
    redirected_link,
    redirect_chain,
    redirect_loop,
    redirect_target_missing,
    redirect_source_exists,
    duplicate_redirect,
    out_of_scope_link,
    ignored_target,
    local_path,
    empty_link,
    undefined_reference,
    undefined_footnote,
    duplicate_definition,
    unused_definition,
    invalid_front_matter,
    missing_front_matter,
    placeholder,
    unlinked_cell,
    ragged_row,
    unknown_itil_process,
    misplaced_itil_process,
    itil_coverage,
    broken_contract,
    glued_table,
    unbalanced_cell_html,
    fake_list_cell,
    empty_header,
    empty_column,
    duplicate_row,
    header_variants,
    inconsistent_title,

    invalid_suppression,
    unused_suppression,
    stale_baseline,
    unreadable_page,
    invalid_site_config,
}

/// A rule and what is said of it.
pub struct Rule {
    /// Its name, which names the problem.
    pub id: &'static str,
    /// The problem in one line.
    pub summary: &'static str,
    /// Its level where neither the configuration nor the dialect says otherwise; `None` is off.
    pub level: Option<Level>,
    /// Its page of the manual, Markdown.
    pub page: &'static str,
    /// Makes the check from the rule's options.
    pub build: fn(&mut Options<'_>) -> Result<Box<dyn Check>, OptionFault>,
}

impl Rule {
    /// The rule of that name.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Rule> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// A rule with its options, ready to run.
pub trait Check: Send + Sync {
    /// Looks at one page as one platform judges it.
    fn page(&self, page: &Page<'_>, findings: &mut Findings<'_>) {
        let _ = (page, findings);
    }

    /// Looks at what belongs to no single page.
    fn site(&self, site: &Site, findings: &mut Findings<'_>) {
        let _ = (site, findings);
    }
}

/// A check that is a plain function of the page and has no options.
pub struct PageCheck(pub fn(&Page<'_>, &mut Findings<'_>));

impl Check for PageCheck {
    fn page(&self, page: &Page<'_>, findings: &mut Findings<'_>) {
        (self.0)(page, findings);
    }
}

/// A check that is a plain function of the site and has no options.
pub struct SiteCheck(pub fn(&Site, &mut Findings<'_>));

impl Check for SiteCheck {
    fn site(&self, site: &Site, findings: &mut Findings<'_>) {
        (self.0)(site, findings);
    }
}

/// Where a check puts what it finds.
pub struct Findings<'f> {
    /// The rule that runs.
    pub rule: &'static Rule,
    /// What the configuration says of the rule here.
    pub setting: Option<Setting>,
    /// The level a finding gets where neither configuration nor rule give one.
    pub default_level: Option<Level>,
    /// What has been found so far.
    pub found: &'f mut Vec<Finding>,
}

impl Findings<'_> {
    /// Adds a finding; it is dropped where the rule is off.
    pub fn report(&mut self, draft: Draft) {
        let level = match self.setting {
            Some(Setting::Off) => return,
            Some(Setting::At(level)) => Some(level),
            None => draft.level.or(self.default_level),
        };
        let Some(level) = level else { return };
        let level = draft.at_most.map_or(level, |most| level.min(most));
        self.found.push(Finding {
            rule: self.rule,
            level,
            path: draft.path,
            span: draft.span,
            message: draft.message,
            about: draft.about,
            help: draft.help,
            target: draft.target,
            suggestions: draft.suggestions,
            related: draft.related,
            fix: draft.fix,
        });
    }
}

/// A finding as a rule writes it: what the rule leaves out is filled in when it is reported.
#[derive(Clone, Debug)]
pub struct Draft {
    path: DocPath,
    span: Span,
    message: String,
    about: Option<Box<str>>,
    level: Option<Level>,
    at_most: Option<Level>,
    help: Option<String>,
    target: Option<String>,
    suggestions: Vec<String>,
    related: Vec<Label>,
    fix: Option<Fix>,
}

impl Draft {
    /// A finding at a place.
    #[must_use]
    pub fn new(path: &DocPath, span: Span, message: impl Into<String>) -> Draft {
        Draft {
            path: path.clone(),
            span,
            message: message.into(),
            about: None,
            level: None,
            at_most: None,
            help: None,
            target: None,
            suggestions: Vec::new(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// What it is about, where the text under the span does not say so.
    #[must_use]
    pub fn about(mut self, about: &str) -> Draft {
        self.about = Some(about.into());
        self
    }

    /// A level of its own instead of the rule's default.
    #[must_use]
    pub fn level(mut self, level: Level) -> Draft {
        self.level = Some(level);
        self
    }

    /// No graver than this, whatever the rule's level.
    #[must_use]
    pub fn at_most(mut self, level: Level) -> Draft {
        self.at_most = Some(self.at_most.map_or(level, |most| most.min(level)));
        self
    }

    /// The way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Draft {
        self.help = Some(help.into());
        self
    }

    /// The destination as written.
    #[must_use]
    pub fn target(mut self, target: impl Into<String>) -> Draft {
        self.target = Some(target.into());
        self
    }

    /// Another place that explains it.
    #[must_use]
    pub fn related(mut self, path: &DocPath, span: Span, message: impl Into<String>) -> Draft {
        self.related.push(Label { path: path.clone(), span, message: message.into() });
        self
    }

    /// What to write instead of the bytes under the span, best first.
    #[must_use]
    pub fn suggestions(mut self, suggestions: Vec<String>) -> Draft {
        self.suggestions = suggestions;
        self
    }

    /// An edit that mends it.
    #[must_use]
    pub fn fix_at(self, span: Span, title: impl Into<String>, safe: bool, text: impl Into<String>) -> Draft {
        self.fix_all([span], title, safe, &text.into())
    }

    /// The same for several places that belong together.
    #[must_use]
    pub fn fix_all(
        mut self,
        spans: impl IntoIterator<Item = Span>,
        title: impl Into<String>,
        safe: bool,
        text: &str,
    ) -> Draft {
        let edit = |span| Edit { path: self.path.clone(), span, text: text.to_owned() };
        let edits = spans.into_iter().map(edit).collect();
        self.fix = Some(Fix { title: title.into(), safe, edits });
        self
    }
}
