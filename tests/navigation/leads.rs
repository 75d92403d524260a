//! Where things lead, and who leads to them.

use waypost::assist::definition::definition;
use waypost::assist::document_links::{LinkTarget, document_links};
use waypost::assist::lens::lenses;
use waypost::assist::references::references;
use waypost::site::Site;

use super::trees::{at, doc, site, texts};

fn led(site: &Site, path: &str, part: &str) -> Vec<String> {
    let (doc, offset) = at(site, path, part);
    definition(site, doc, offset).map(|found| texts(site, &found.targets)).unwrap_or_default()
}

fn referring(site: &Site, path: &str, part: &str) -> Vec<String> {
    let (doc, offset) = at(site, path, part);
    texts(site, &references(site, doc, offset, false))
}

#[test]
fn links_lead_to_pages_headings_and_labels() {
    let site = site(&[
        (
            "a.md",
            "# A\r\n\r\n[page](b.md) [part](b.md#two-words) [use][label] [^1]\r\n\r\n[here](#a) <a href=\"b.md#x\">x</a>\r\n\r\n\
             [label]: b.md#two-words\r\n[^1]: A note.\r\n\r\n![image](i.png) [gone](gone.md) [out](https://example.org)\r\n",
        ),
        ("b.md", "# B\n\n## Two words\n\n<a id=\"x\"></a>\n"),
        ("i.png", ""),
    ]);
    for (part, expected) in [
        ("[pa‸ge](b.md)", "b.md: "),
        ("[part](b‸.md#two-words)", "b.md: "),
        ("[part](b.md#two‸-words)", "b.md: ## Two words"),
        ("[pa‸rt](b.md#two-words)", "b.md: ## Two words"),
        ("[use][la‸bel]", "a.md: label"),
        ("[u‸se][label]", "b.md: ## Two words"),
        ("[^‸1] ", "a.md: 1"),
        ("[^‸1]", "a.md: 1"),
        ("(#‸a)", "a.md: # A"),
        ("b.md#‸x", "b.md: x"),
        ("i‸.png", "i.png: "),
        ("# A", "a.md: # A"),
    ] {
        let part = if part == "[^‸1] " { "[^‸1]\r\n\r\n[here]" } else { part };
        assert_eq!(led(&site, "a.md", part), [expected], "{part}");
    }
    assert_eq!(led(&site, "a.md", "(gone‸.md)"), [""; 0]);
    assert_eq!(led(&site, "a.md", "(https‸://"), [""; 0]);

    assert_eq!(referring(&site, "b.md", "Two"), ["a.md: b.md#two-words", "a.md: b.md#two-words"]);
    assert_eq!(referring(&site, "b.md", "# B").len(), 4);
    assert_eq!(referring(&site, "b.md", "x\""), ["a.md: b.md#x"]);
    assert_eq!(referring(&site, "a.md", "[la‸bel]: "), ["a.md: [use][label]"]);
    assert_eq!(referring(&site, "a.md", "[^‸1]: "), ["a.md: [^1]"]);
    assert_eq!(referring(&site, "a.md", "b.md#two‸-words)").len(), 2);
    let (id, offset) = at(&site, "b.md", "Two");
    assert_eq!(texts(&site, &references(&site, id, offset, true))[0], "b.md: ## Two words");

    let counts: Vec<usize> =
        lenses(&site, doc(&site, "b.md")).iter().map(|lens| lens.references.len()).collect();
    assert_eq!(counts, [4, 2]);

    let links = document_links(&site, doc(&site, "a.md"));
    let line = |part: &str| {
        let (_, offset) = at(&site, "a.md", part);
        let link = links.iter().find(|link| link.span.start as usize == offset);
        link.map(|link| (link.target.clone(), link.tooltip.clone())).unwrap()
    };
    let (target, tooltip) = line("b.md#two-words)");
    assert!(matches!(target, LinkTarget::File(place, Some(2)) if place.path.as_str() == "b.md"));
    assert_eq!(tooltip, "b.md › Two words");
    assert_eq!(line("gone.md").0, LinkTarget::Nowhere);
    assert!(line("gone.md").1.starts_with("broken: there is no file"));
    assert!(matches!(line("https://example.org").0, LinkTarget::Address(_)));
}

#[test]
fn includes_and_navigation_count() {
    let config = "{\"build\": {\"content\": [{\"files\": [\"**/*.md\", \"**/*.yml\"]}]}}";
    let site = site(&[
        ("docfx.json", config),
        ("toc.yml", "- name: A\n  href: a.md\n- name: Part\n  href: a.md#shared\n"),
        ("a.md", "# A\n\n[!INCLUDE [part](includes/part.md)]\n"),
        ("b.md", "# B\n\n[part of a](a.md#shared)\n"),
        ("includes/part.md", "## Shared\n\n[own](#shared)\n"),
    ]);
    assert_eq!(led(&site, "a.md", "includes/‸part.md"), ["includes/part.md: "]);
    assert_eq!(led(&site, "toc.yml", "a.‸md"), ["a.md: "]);
    assert_eq!(led(&site, "toc.yml", "a.md#sh‸ared"), ["includes/part.md: ## Shared"]);
    assert_eq!(
        referring(&site, "includes/part.md", "Shared"),
        ["b.md: a.md#shared", "includes/part.md: #shared", "toc.yml: a.md#shared"]
    );
    assert_eq!(
        referring(&site, "a.md", "# A"),
        ["b.md: a.md#shared", "toc.yml: a.md", "toc.yml: a.md#shared"]
    );
}

#[test]
fn redirects_are_followed_and_shown() {
    let site = site(&[
        (
            "mkdocs.yml",
            "site_name: x\nplugins:\n  - redirects:\n      redirect_maps:\n        old.md: new.md\nnav:\n  - new.md\n",
        ),
        ("docs/index.md", "# Start\n\n[old](old.md)\n"),
        ("docs/new.md", "# New\n"),
    ]);
    let found = led(&site, "docs/index.md", "(ol‸d.md)");
    assert_eq!(found.first().map(String::as_str), Some("docs/new.md: "), "{found:?}");
    assert!(found[1].starts_with("mkdocs.yml: "), "{found:?}");
    assert_eq!(led(&site, "mkdocs.yml", "  - ne‸w.md"), ["docs/new.md: "]);
}

#[test]
fn a_title_in_a_cell_leads_to_its_page() {
    let site = site(&[
        ("a.md", "# A\n\n| Name | Page |\n|---|---|\n| x | Berth rules |\n| y | Nothing |\n"),
        ("b.md", "---\ntitle: Berth rules\n---\n\nText\n"),
    ]);
    assert_eq!(led(&site, "a.md", "Berth ‸rules"), ["b.md: Berth rules"]);
    assert_eq!(led(&site, "a.md", "Nothing"), [""; 0]);
}
