//! Everything is asked everywhere: nothing panics, and what is answered lies in the text.

use std::path::Path;

use proptest::prelude::*;
use rayon::prelude::*;
use waypost::assist::Location;
use waypost::assist::definition::definition;
use waypost::assist::document_links::{LinkTarget, document_links};
use waypost::assist::folding::folds;
use waypost::assist::hover::hover;
use waypost::assist::lens::lenses;
use waypost::assist::references::references;
use waypost::assist::selection::selection_ranges;
use waypost::assist::symbols::{Symbol, document_symbols};
use waypost::assist::workspace_symbols::workspace_symbols;
use waypost::site::{DocId, Site};
use waypost::source::Span;

use super::trees::{read, site};

#[test]
fn in_all_fixtures() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders: Vec<_> = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.par_iter().filter(|folder| folder.join("tree").is_dir()).for_each(|folder| {
        let site = read(&folder.join("tree"));
        for doc in 0..site.docs.len() as DocId {
            ask_everything(&site, doc, 1);
        }
        for query in ["", "a", "e s", "é"] {
            workspace_symbols(&site, query).iter().for_each(|found| is_there(&site, &found.location));
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn in_any_soup(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let text = pieces.concat();
        let other = "# Other\n\n## é 😀\n\n[back](a.md#h)\n";
        let site = site(&[("a.md", &text), ("b.md", other), ("c.mdx", &text)]);
        for doc in 0..site.docs.len() as DocId {
            ask_everything(&site, doc, 1);
        }
    }
}

const PIECES: &[&str] = &[
    "# h",
    "## é 😀",
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    "| a | b |\n|---|---|\n| c ",
    "| `x|y` |",
    "[t](b.md#h)",
    "[l]",
    "[l][]",
    "[x][l]",
    "[l]: b.md#é",
    "[^1]",
    "[^1]: n",
    "---\ntitle: [a, {b: c}]\n---\n",
    "![i](",
    "<a id=\"x\" href='b.md'>",
    "<h2>in",
    "</h2>",
    "```\n",
    "<!-- ",
    " -->",
    "<!-- waypost-ignore-start a: b -->\n",
    "<!-- waypost-ignore-end -->\n",
    "> ",
    "- ",
    "    ",
    "日本",
    "\u{feff}",
    "\\",
    "(",
    ")",
    "{{#include b.md}}",
    "[!INCLUDE [x](b.md)]",
    "import A from './b.md'\n",
    "<A />",
    "\u{0}",
    "===\n",
];

fn ask_everything(site: &Site, doc: DocId, step: usize) {
    let text = &*site.doc(doc).text;
    for offset in (0..=text.len() + 1).step_by(step) {
        if let Some(found) = definition(site, doc, offset) {
            is_inside(found.origin, text);
            assert!(!found.targets.is_empty());
            found.targets.iter().for_each(|target| is_there(site, target));
        }
        for with_declaration in [false, true] {
            references(site, doc, offset, with_declaration).iter().for_each(|place| is_there(site, place));
        }
        if let Some(hover) = hover(site, doc, offset) {
            is_inside(hover.span, text);
            assert!(!hover.markdown.trim().is_empty());
        }
        let steps = selection_ranges(site, doc, offset);
        assert!(steps.is_sorted_by(|inner, outer| outer.contains(*inner) && inner != outer), "{steps:?}");
        if offset <= text.len() {
            assert_eq!(steps.last(), Some(&Span::new(0, text.len())));
        }
        steps.iter().for_each(|step| is_inside(*step, text));
    }
    for link in document_links(site, doc) {
        is_inside(link.span, text);
        if let LinkTarget::File(location, _) = link.target {
            is_there(site, &location);
        }
    }
    folds(site, doc).iter().for_each(|fold| is_inside(fold.span, text));
    lenses(site, doc).iter().for_each(|lens| {
        is_inside(lens.span, text);
        lens.references.iter().for_each(|place| is_there(site, place));
    });
    nests(&document_symbols(site, doc), Span::new(0, text.len()), text);
}

fn nests(symbols: &[Symbol], outer: Span, text: &str) {
    for symbol in symbols {
        is_inside(symbol.span, text);
        assert!(
            outer.contains(symbol.span) && symbol.span.contains(symbol.selection),
            "{symbol:?} in {outer:?}"
        );
        assert!(!symbol.name.trim().is_empty());
        nests(&symbol.children, symbol.span, text);
    }
}

fn is_there(site: &Site, location: &Location) {
    if let Some(source) = site.source(&location.path) {
        is_inside(location.span, source.text);
    } else {
        assert!(
            site.files.find(location.path.as_str()).is_some() && location.span.is_empty(),
            "{location:?}"
        );
    }
}

fn is_inside(span: Span, text: &str) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no piece of the text");
}
