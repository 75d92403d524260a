//! Heading ids against the vectors that the platforms' own code made.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use serde::Deserialize;
use waypost::dialect::slug;
use waypost::facts::{Heading, Piece};
use waypost::source::Span;

#[derive(Deserialize)]
struct Case {
    id: String,
    markdown: String,
    learn: Option<String>,
    github: Option<String>,
}

#[test]
fn learn_gives_the_ids_of_the_vectors() {
    compare(slug::learn, |case| case.learn.clone(), &[("c20", "İstanbul-οδοσ-ß")]);
}

#[test]
fn github_gives_the_ids_of_the_vectors() {
    compare(slug::github, |case| case.github.clone(), &[("d16", "html-heading"), ("d18", "html-heading-1")]);
}

type Algorithm = fn(&[Heading]) -> Vec<Option<String>>;

/// Each group is one page. `open` are ids that nobody has seen yet and that are as good as the vectors'.
fn compare(algorithm: Algorithm, expected: fn(&Case) -> Option<String>, open: &[(&str, &str)]) {
    let cases: Vec<Case> = serde_json::from_str(include_str!("slug-cases.json")).expect("the vectors");
    let mut wrong = Vec::new();
    for group in cases.chunk_by(|a, b| a.id[..1] == b.id[..1]) {
        let sources: Vec<&str> = group.iter().map(|case| &*case.markdown).collect();
        let page = format!("{}\n\n[^1]: Note.\n", sources.join("\n\n"));
        let headings = headings(&page);
        assert_eq!(headings.len(), group.len());
        for ((case, heading), id) in group.iter().zip(&headings).zip(algorithm(&headings)) {
            // An id that is written out stands in the facts as the element's.
            if case.markdown.contains(r#"<h2 id="#) {
                continue;
            }
            let expected = expected(case);
            if id != expected && !open.contains(&(&case.id, id.as_deref().unwrap_or_default())) {
                wrong.push(format!("{} {:?}: {id:?}, not {expected:?}", case.id, heading.pieces));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn headings(page: &str) -> Vec<Heading> {
    let mut options = Options::default();
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    let arena = Arena::new();
    let document = parse_document(&arena, page, &options);
    document.descendants().filter_map(heading).collect()
}

fn heading<'a>(node: &'a AstNode<'a>) -> Option<Heading> {
    let mut pieces = Vec::new();
    let (level, html) = match &node.data.borrow().value {
        NodeValue::Heading(heading) => {
            node.children().for_each(|child| add(child, &mut pieces));
            (heading.level, false)
        }
        NodeValue::HtmlBlock(block) => {
            let text = block.literal.trim().trim_end_matches("</h2>").split_once('>')?.1.to_owned();
            pieces.push(Piece::Text(text.into()));
            (2, true)
        }
        _ => return None,
    };
    let inlines = if html { 0 } else { node.children().count() as u32 };
    Some(Heading { level, span: Span::default(), pieces, parent: None, html, inlines })
}

fn add<'a>(node: &'a AstNode<'a>, pieces: &mut Vec<Piece>) {
    let piece = match &node.data.borrow().value {
        NodeValue::Text(text) => Some(Piece::Text((&**text).into())),
        NodeValue::Code(code) => Some(Piece::Code((&*code.literal).into())),
        NodeValue::HtmlInline(tag) => Some(Piece::Tag((&**tag).into())),
        NodeValue::FootnoteReference(note) => Some(Piece::Footnote((&*note.name).into())),
        NodeValue::Image(_) => {
            let mut alternative = Vec::new();
            node.children().for_each(|child| add(child, &mut alternative));
            let [Piece::Text(text)] = &alternative[..] else { panic!("a plain alternative text") };
            pieces.push(Piece::Image(text.clone()));
            return;
        }
        NodeValue::SoftBreak | NodeValue::LineBreak => Some(Piece::SoftBreak),
        _ => None,
    };
    match piece {
        Some(piece) => pieces.push(piece),
        None => node.children().for_each(|child| add(child, pieces)),
    }
}
