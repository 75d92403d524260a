//! `orphan-asset`: an image or download that no page shows or links to.

use super::{Check, Draft, Findings, Rule, SiteCheck};
use crate::site::Site;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "orphan-asset",
    summary: "an image or download that no page shows or links to",
    level: None,
    page: include_str!("../../fixtures/orphan-asset/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

/// What only pages use: style sheets and scripts are used by themes too.
const ASSETS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "pdf", "mp4", "webm", "zip", "docx", "xlsx",
    "pptx",
];

fn check(site: &Site, findings: &mut Findings<'_>) {
    let linked = site.linked_files();
    for (path, _) in site.files.paths.iter().zip(linked).filter(|(_, linked)| !linked) {
        let extension = path.extension();
        if ASSETS.iter().any(|asset| extension.eq_ignore_ascii_case(asset)) {
            let draft = Draft::new(path, Span::at(0), "no page shows this file or links to it")
                .help("use it, or remove it from the tree");
            findings.report(draft);
        }
    }
}
