//! `redirect-target-missing`: a redirect into this tree that leads to nothing.

use super::{Check, Draft, Findings, Rule, SiteCheck};
use super::{links, redirects};
use crate::finding::Level;
use crate::site::{FileId, Fragment, Landing, Redirect, RedirectId, Site, Step};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "redirect-target-missing",
    summary: "a redirect into this tree that leads to nothing",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/redirect-target-missing/README.md"),
    build: |_| Ok(Box::new(SiteCheck(check)) as Box<dyn Check>),
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for (id, redirect) in site.redirects.list.iter().enumerate() {
        let id = id as RedirectId;
        let draft = match site.step(id) {
            Step::Missing => Some(missing(site, redirect)),
            Step::File(file) => without_fragment(site, redirect, file, &site.fragment_of_redirect(id)),
            Step::Redirect(_) | Step::Elsewhere => None,
        };
        if let Some(draft) = draft {
            findings.report(draft);
        }
    }
}

fn missing(site: &Site, redirect: &Redirect) -> Draft {
    let Some(file) = &redirect.leads_to else {
        let url = redirect.address_led_to();
        let message = format!("nothing in this tree is published at `{url}`, though pages beside it are");
        return redirects::draft(redirect, message);
    };
    let path = links::shown(file);
    let Some(next) = site.redirects.from(file.as_str()) else {
        return redirects::draft(redirect, format!("there is no file `{path}`"));
    };
    let declared = &site.redirects.list[next as usize];
    let draft =
        redirects::draft(redirect, format!("there is no file `{path}` any more: it is redirected itself"))
            .related(&declared.declared_in, declared.span, "the redirect");
    match site.follow(next, &redirect.source) {
        Landing::File(file, _) => {
            draft.help(format!("the page is `{}` now", links::shown(site.files.path(file))))
        }
        _ => draft,
    }
}

fn without_fragment(site: &Site, redirect: &Redirect, file: FileId, fragment: &Fragment) -> Option<Draft> {
    let place = links::shown(site.files.path(file));
    let span = fragment_span(site, redirect);
    let draft = |message| Draft::new(&redirect.declared_in, span.unwrap_or(redirect.span), message);
    match fragment {
        Fragment::Missing => {
            let (_, name) = redirect.url.split_once('#')?;
            Some(draft(format!("no heading or id `#{name}` in `{place}`")))
        }
        Fragment::Miscased(right) => {
            let draft = draft(format!("the anchor in `{place}` is spelled `#{right}`"));
            Some(match span.filter(|_| redirects::is_plain(right)) {
                Some(span) => draft.fix_at(span, format!("write `{right}`"), true, &**right),
                None => draft,
            })
        }
        _ => None,
    }
}

fn fragment_span(site: &Site, redirect: &Redirect) -> Option<Span> {
    let written = redirects::unquoted(site, redirect)?;
    let hash = written.of(site.source(&redirect.declared_in)?.text).find('#')?;
    Some(Span { start: written.start + hash as u32 + 1, end: written.end })
}
