//! Properties of `parse` that hold on every page of real documentation and on made-up soup.
//!
//! The pages are not part of this repository: `WAYPOST_CORPORA` names a folder of them.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rayon::prelude::*;
use waypost::facts::{Facts, Link, LinkKind, Target};
use waypost::parse::{Flavor, parse};
use waypost::source::{LineIndex, Span};

#[test]
fn real_pages() {
    let Some(root) = std::env::var_os("WAYPOST_CORPORA") else {
        println!("skipped: WAYPOST_CORPORA is not set");
        return;
    };
    let pages = pages(Path::new(&root));
    let unverified: usize =
        pages.par_iter().map(|page| check_page(&page.display().to_string(), &read(page))).sum();
    println!("{} pages, {unverified} targets without a verified place", pages.len());
    assert_eq!(unverified, 0);
}

fn pages(root: &Path) -> Vec<std::path::PathBuf> {
    ignore::WalkBuilder::new(root)
        .standard_filters(false)
        .build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md") && path.is_file())
        .collect()
}

fn read(page: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(page).unwrap()).into_owned()
}

/// Checks all that must hold for a page; returns how many targets were not verified.
fn check_page(name: &str, text: &str) -> usize {
    let facts = parse(text, &LineIndex::new(text), Flavor::default());
    for span in spans(&facts, text) {
        assert!(text.get(span.range()).is_some(), "{name}: {span:?} is not a piece of the text");
    }
    for link in &facts.links {
        check_target(name, text, &link.target);
    }
    assert!(facts.links.is_sorted_by_key(|link| link.span.start), "{name}: links out of order");
    for (index, definition) in facts.definitions.iter().enumerate() {
        let link = &facts.links[definition.link as usize];
        assert_eq!(link.kind, LinkKind::Definition(index as u32), "{name}");
        assert!(definition.span.contains(link.target.span), "{name}");
    }
    for table in &facts.tables {
        let columns = table.header.cells.len();
        assert!(table.rows.iter().all(|row| row.cells.len() == columns), "{name}: ragged cells");
        let rows = std::iter::once(&table.header).chain(&table.rows);
        for row in rows {
            assert!(
                row.cells.iter().all(|cell| row.span.contains(cell.span)),
                "{name}: cell outside its row"
            );
        }
    }
    let unverified = facts.links.iter().filter(|link| !link.target.is_verified());
    unverified.inspect(|link| report(name, text, link)).count()
}

fn report(name: &str, text: &str, link: &Link) {
    println!("{name}: {:?} `{}` in `{}`", link.kind, link.target.destination(text), link.span.of(text));
}

fn check_target(name: &str, text: &str, target: &Target) {
    if !target.is_verified() {
        return;
    }
    let span = target.span;
    let parts = target.parts(text);
    let mut end = parts.path.end;
    assert_eq!(parts.path.start, span.start, "{name}");
    for part in [parts.query, parts.fragment].into_iter().flatten() {
        assert!(part.start > end && span.contains(part), "{name}: {target:?}");
        end = part.end;
    }
    assert_eq!(end, span.end, "{name}: parts of `{}` do not add up", span.of(text));
    let written = span.of(text);
    if target.decoded.is_none() {
        let hash = written.find('#').unwrap_or(written.len());
        let path = written[..hash].split('?').next().unwrap_or_default();
        assert_eq!(parts.path.of(text), path, "{name}");
        assert_eq!(parts.fragment.is_some(), written.contains('#'), "{name}");
    }
}

fn spans(facts: &Facts, text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for link in &facts.links {
        let parts = link.target.parts(text);
        spans.extend([link.span, link.target.span, parts.path]);
        spans.extend([parts.query, parts.fragment, link.keyword.as_deref().copied()].into_iter().flatten());
    }
    spans.extend(facts.references.iter().map(|reference| reference.span));
    spans.extend(facts.definitions.iter().flat_map(|definition| [definition.span, definition.label]));
    spans.extend(facts.undefined_references.iter().flat_map(|reference| [reference.span, reference.label]));
    spans.extend(facts.undefined_footnotes.iter().flat_map(|footnote| [footnote.span, footnote.label]));
    spans.extend(facts.headings.iter().map(|heading| heading.span));
    spans.extend(facts.ids.iter().map(|id| id.span));
    for table in &facts.tables {
        spans.push(table.span);
        let rows = std::iter::once(&table.header).chain(&table.rows);
        spans.extend(rows.flat_map(|row| row.cells.iter().map(|cell| cell.span).chain([row.span])));
    }
    spans.extend(facts.short_blocks.iter().map(|block| block.span));
    for directive in &facts.directives {
        spans.push(directive.span);
        spans.extend(directive.attributes.iter().map(|(_, value)| *value));
    }
    for suppression in &facts.suppressions {
        spans.push(suppression.span);
        spans.extend(suppression.rules.iter().map(|rule| rule.span).chain(suppression.reason));
    }
    spans
}

/// Pieces that Markdown gives a meaning, put together at random.
fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "][",
        "]:",
        "[a]",
        "[b]: ",
        "<",
        ">",
        "<a href=\"x#y\">",
        "</a>",
        "<h2>",
        "</h2>",
        "<!--",
        "-->",
        "<br>",
        "<http://a/?b#c>",
        "<img src='é.png' srcset=\"a 1x, b\">",
        "`",
        "``",
        "|",
        "\\|",
        "\\",
        "&amp;",
        "&num;",
        "#",
        "# ",
        "?",
        "/",
        "a.md",
        "b c",
        "\"t\"",
        "'",
        "*",
        "**",
        "~~",
        "_",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "| - | - |\n",
        "|-|\n",
        ":::",
        ":::image source=\"é\"",
        "[^1]",
        "[^1]: ",
        "---\n",
        "===\n",
        "```\n",
        "é",
        "日",
        "🚀",
        "\u{feff}",
        "\0",
        "[!INCLUDE ",
        "x",
        "<!-- waypost-ignore-next-line a: b -->",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// The same soup in each run, so that a change is judged by what it changes; `PROPTEST_RNG_SEED` makes another.
fn soup_config() -> ProptestConfig {
    let from_environment = ProptestConfig::default();
    let rng_seed = match from_environment.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        fixed => fixed,
    };
    ProptestConfig { cases: 4000, failure_persistence: None, rng_seed, ..from_environment }
}

proptest! {
    #![proptest_config(soup_config())]

    #[test]
    fn soup_is_read(text in soup()) {
        let unverified = check_page("soup", &text);
        prop_assert_eq!(unverified, 0);
    }
}
