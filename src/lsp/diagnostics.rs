//! Findings as diagnostics.
//!
//! Owns what a client is shown of a finding. Does not know when it is sent.

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, Range, Uri,
};
use serde_json::json;

use super::client::Client;
use super::encoding::Encoding;
use crate::config::ConfigFault;
use crate::finding::{Finding, Label, Level};
use crate::path::DocPath;
use crate::rules::Rule;
use crate::site::Site;
use crate::source::{LineIndex, Span};

/// The name under which editors show what we say.
pub const SOURCE: &str = "waypost";
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// What a finding is made a diagnostic with.
pub struct Context<'c> {
    /// The client.
    pub client: &'c Client,
    /// The site, for places.
    pub site: &'c Site,
    /// The URI of a file of the tree.
    pub uri: &'c dyn Fn(&DocPath) -> Option<Uri>,
}

impl Context<'_> {
    /// A finding as the client is shown it; `number` is its place among those of its file.
    #[must_use]
    pub fn diagnostic(&self, number: usize, finding: &Finding) -> Diagnostic {
        let rule = finding.rule;
        let related = || finding.related.iter().filter_map(|label| self.related(label)).collect::<Vec<_>>();
        let is_unused = rule.id.starts_with("unused-");
        Diagnostic {
            range: self.range(&finding.path, finding.span),
            severity: Some(severity(finding.level)),
            code: Some(Code::String(rule.id.to_owned())),
            code_description: if self.client.code_description { page_of(rule) } else { None },
            source: Some(SOURCE.to_owned()),
            message: with_help(&finding.message, finding.help.as_deref()).into(),
            tags: (self.client.tags && is_unused).then(|| vec![DiagnosticTag::Unnecessary]),
            related_information: (self.client.related_information && !finding.related.is_empty())
                .then(related),
            data: Some(json!({ "finding": number })),
        }
    }

    fn related(&self, label: &Label) -> Option<DiagnosticRelatedInformation> {
        let location = Location { uri: (self.uri)(&label.path)?, range: self.range(&label.path, label.span) };
        Some(DiagnosticRelatedInformation { location, message: label.message.clone() })
    }

    /// The beginning of a file that has no text.
    fn range(&self, path: &DocPath, span: Span) -> Range {
        let source = self.site.source(path);
        source
            .map_or_else(Range::default, |source| self.client.encoding.range(source.text, source.lines, span))
    }
}

/// The way out stands below: many editors show nothing else.
fn with_help(message: &str, help: Option<&str>) -> String {
    match help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.to_owned(),
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Info => DiagnosticSeverity::Information,
    }
}

/// Where a rule is explained, if the project says where it lives.
fn page_of(rule: &Rule) -> Option<CodeDescription> {
    if REPOSITORY.is_empty() {
        return None;
    }
    let href = Uri::parse(&format!("{REPOSITORY}/blob/main/fixtures/{}/README.md", rule.id)).ok()?;
    Some(CodeDescription { href })
}

/// What stands in the way of reading the tree, in the file that does.
#[must_use]
pub fn of_fault(text: &str, fault: &ConfigFault, encoding: Encoding) -> Diagnostic {
    let message = with_help(&fault.message, fault.help.as_deref());
    Diagnostic {
        range: encoding.range(text, &LineIndex::new(text), fault.span),
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}
