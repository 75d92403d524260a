//! Outline, folds, selections, symbols of the tree.

use waypost::assist::folding::{FoldKind, folds};
use waypost::assist::selection::selection_ranges;
use waypost::assist::symbols::{Symbol, SymbolKind, document_symbols};
use waypost::assist::workspace_symbols::workspace_symbols;

use super::trees::{at, doc, site};

const PAGE: &str = "---\ntitle: The page\ntags: [a, b]\n---\n\n# Top\n\n## One\n\n| A | B |\n|---|---|\n| x | [y](b.md#z) |\n\n\
    ### Deep\n\n```sh\ncode\n```\n\n## Two\n\n<!-- a\nlong comment -->\n\n\
    <!-- waypost-ignore-start broken-link: x -->\n\ntext\n\n<!-- waypost-ignore-end -->\n";

fn drawn(symbols: &[Symbol], depth: usize) -> Vec<String> {
    let all = symbols.iter().flat_map(|symbol| {
        let own = format!("{}{}", "  ".repeat(depth), symbol.name);
        [own].into_iter().chain(drawn(&symbol.children, depth + 1))
    });
    all.collect()
}

#[test]
fn the_outline_nests() {
    let site = site(&[("a.md", PAGE)]);
    let symbols = document_symbols(&site, 0);
    assert_eq!(symbols[0].kind, SymbolKind::Title);
    assert_eq!(drawn(&symbols, 0), ["The page", "Top", "  One", "    A | B", "    Deep", "  Two"]);
}

#[test]
fn what_has_several_lines_folds() {
    let site = site(&[("a.md", PAGE)]);
    let page = &site.doc(0).text;
    let found = folds(&site, 0);
    let of = |kind: FoldKind| {
        let all = found.iter().filter(|fold| fold.kind == kind);
        all.map(|fold| fold.span.of(page)).collect::<Vec<_>>()
    };
    assert_eq!(of(FoldKind::FrontMatter).len(), 1);
    assert_eq!(of(FoldKind::Section).len(), 4);
    assert!(of(FoldKind::Section)[1].ends_with("```"), "{:?}", of(FoldKind::Section)[1]);
    assert_eq!(of(FoldKind::Table).len(), 1);
    assert!(of(FoldKind::Code)[0].contains("code"));
    assert_eq!(of(FoldKind::Comment), ["<!-- a\nlong comment -->"]);
    assert!(of(FoldKind::Region)[0].contains("text"));
}

#[test]
fn selections_grow() {
    let site = site(&[("a.md", PAGE)]);
    let grown = |part: &str| {
        let (doc, offset) = at(&site, "a.md", part);
        let text = &site.doc(doc).text;
        selection_ranges(&site, doc, offset).iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
    };
    let link = grown("b.‸md");
    for (step, inside) in ["md", "b.md", "b.md#z", "[y](b.md#z)", "| x | [y](b.md#z) |"].iter().zip(&link) {
        assert_eq!(step, inside, "{link:?}");
    }
    assert!(
        link[5].starts_with("| A | B |") && link[6].starts_with("## One") && link[7].starts_with("# Top")
    );
    assert_eq!(link.len(), 9);
    let title = grown("The ‸page");
    assert_eq!(title[..3], ["page", "The page", "title: The page"]);
    assert!(title[3].starts_with("title") && title[3].contains("tags"), "{title:?}");
}

#[test]
fn symbols_are_found_by_their_letters() {
    let site = site(&[
        ("a.md", "# Berths\n\n## Request a berth\n\n## Rubber\n"),
        ("b.md", "---\ntitle: Harbour master\n---\n"),
        ("c.md", "no title\n"),
    ]);
    let names = |query: &str| {
        let found = workspace_symbols(&site, query).into_iter();
        found.map(|found| found.name).collect::<Vec<_>>()
    };
    assert_eq!(names("berth"), ["Berths", "Request a berth"]);
    assert_eq!(names("rb"), ["Harbour master", "Rubber", "Request a berth"]);
    assert_eq!(names("HARBOUR M"), ["Harbour master"]);
    assert_eq!(names(""), ["c", "Berths", "Harbour master"]);
    assert_eq!(names("xyz"), [""; 0]);
    let found = workspace_symbols(&site, "request");
    assert_eq!((found[0].container.as_str(), found[0].is_page), ("Berths", false));
    assert_eq!(doc(&site, "a.md"), 0);
}
