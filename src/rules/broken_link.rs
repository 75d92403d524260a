//! `broken-link`: a link or image whose destination does not exist.

use super::links;
use super::{Check, Findings, PageCheck, Rule};
use crate::finding::Level;
use crate::site::{Missing, Outcome, Page, Why};

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    summary: "a link or image whose destination does not exist",
    level: Some(Level::Error),
    page: include_str!("../../fixtures/broken-link/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for checked in page.links() {
        let Outcome::Missing(missing) = &checked.resolved.outcome else { continue };
        if missing.why == Why::Backslash {
            continue;
        }
        let draft = links::draft(page, checked, message(page, missing));
        findings.report(match missing.why {
            Why::NoAddress => draft.at_most(Level::Info),
            Why::FromAddress => draft.at_most(Level::Warning),
            Why::Redirect(id) => {
                let redirect = &page.site.redirects.list[id as usize];
                let remark = format!("this redirects it to `{}`", redirect.url);
                draft.related(&redirect.declared_in, redirect.span, remark)
            }
            _ => draft,
        });
    }
}

fn message(page: &Page<'_>, missing: &Missing) -> String {
    let path = links::shown(&missing.path);
    match missing.why {
        Why::NoFile | Why::Backslash => format!("there is no file `{path}`"),
        Why::Folder => format!("`{path}` is a folder: {} needs the file", page.dialect().title),
        Why::FileAsFolder => format!("`{path}` is a file: no `/` may follow its name"),
        Why::OutsideRepository => "this leads out of the repository, which works on no platform".to_owned(),
        Why::NoAddress => {
            "nothing in this tree is published at this address, though pages beside it are".to_owned()
        }
        Why::FromAddress => {
            format!("browsers follow this from the page's own address, and nothing is published at `{path}`")
        }
        Why::OtherAddress => format!("`{path}` is there, but not published at this address"),
        Why::Unpublished => format!("nothing is published at `{path}`"),
        Why::Verbatim => format!(
            "`{path}` is not published under this name, and {} leaves the link as it is written",
            page.dialect().title
        ),
        Why::Ambiguous => "several pages have this name: write a path".to_owned(),
        Why::OtherPart => {
            format!("`{path}` is a page of another part of the site: link to its address, not to its file")
        }
        Why::Redirect(_) => format!("there is no file `{path}` any more: the page was moved"),
    }
}
