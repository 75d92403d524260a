//! `unbalanced-cell-html`: tags of a list that do not match inside their table cell.

use super::{Check, Draft, Findings, PageCheck, Rule};
use crate::facts::{Cell, CellId, ListTag, ListTagKind};
use crate::finding::Level;
use crate::site::Page;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "unbalanced-cell-html",
    summary: "tags of a list that do not match inside their table cell",
    level: Some(Level::Warning),
    page: include_str!("../../fixtures/unbalanced-cell-html/README.md"),
    build: |_| Ok(Box::new(PageCheck(check)) as Box<dyn Check>),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let tags = &page.doc.facts.list_tags;
    for row in tags.chunk_by(|one, next| row_of(one) == row_of(next)) {
        check_row(page, row, findings);
    }
}

fn row_of(tag: &ListTag) -> (u32, u32) {
    (tag.cell.table, tag.cell.row)
}

fn check_row(page: &Page<'_>, tags: &[ListTag], findings: &mut Findings<'_>) {
    let mut faults: Vec<(CellId, Vec<Fault>)> = Vec::new();
    for tags in tags.chunk_by(|one, next| one.cell == next.cell) {
        let found = self::faults(tags, |between| !page.text(between).trim().is_empty());
        if !found.is_empty() {
            faults.push((tags[0].cell, found));
        }
    }
    // What one cell lacks another may have too much of: then tags stand in the wrong cell, and which is hard to say.
    let is_alone = faults.len() == 1;
    for (id, faults) in &faults {
        let Some(cell) = page.cell(*id) else { continue };
        let is_sole = is_alone && faults.len() == 1;
        for fault in faults {
            findings.report(draft(page, cell, *fault, is_sole));
        }
    }
}

/// What is wrong with a tag.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// A list that is not closed.
    Unclosed(ListTag),
    /// A list that begins where the one before it should end.
    Reopened(ListTag),
    /// An end tag without a start tag.
    Unopened(ListTag),
    /// The end of an item that has text and no start tag.
    Unstarted(ListTag),
    /// An item outside any list.
    Outside(ListTag),
}

/// A list that was not closed yet.
struct Open {
    tag: ListTag,
    has_items: bool,
    in_item: bool,
}

/// What is wrong with the tags of a cell. `</li>` may be left out.
fn faults(tags: &[ListTag], is_text: impl Fn(Span) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut outside: Option<bool> = None;
    let mut before: Option<Span> = None;
    for &tag in tags {
        let after = before.replace(tag.span);
        let follows_text =
            || after.is_some_and(|after| is_text(Span { start: after.end, end: tag.span.start }));
        match (tag.kind, tag.closing) {
            (ListTagKind::Item, false) => match open.last_mut() {
                Some(list) => (list.has_items, list.in_item) = (true, true),
                None => {
                    if outside.is_none() {
                        faults.push(Fault::Outside(tag));
                    }
                    outside = Some(true);
                }
            },
            (ListTagKind::Item, true) => {
                let in_item = match open.last_mut() {
                    Some(list) => std::mem::take(&mut list.in_item),
                    None => outside.replace(false) == Some(true),
                };
                match in_item {
                    true => {}
                    false if !open.is_empty() && follows_text() => faults.push(Fault::Unstarted(tag)),
                    false => faults.push(Fault::Unopened(tag)),
                }
            }
            (_, false) => open.push(Open { tag, has_items: false, in_item: false }),
            (kind, true) => match open.pop_if(|list| list.tag.kind == kind) {
                Some(_) => {}
                None => faults.push(Fault::Unopened(tag)),
            },
        }
    }
    if let [.., list, last] = &open[..]
        && !list.in_item
        && !last.has_items
        && list.tag.kind == last.tag.kind
    {
        faults.push(Fault::Reopened(last.tag));
        open.truncate(open.len() - 2);
    }
    faults.extend(open.into_iter().map(|list| Fault::Unclosed(list.tag)));
    faults
}

fn draft(page: &Page<'_>, cell: &Cell, fault: Fault, is_sole: bool) -> Draft {
    let (Fault::Unclosed(tag)
    | Fault::Reopened(tag)
    | Fault::Unopened(tag)
    | Fault::Unstarted(tag)
    | Fault::Outside(tag)) = fault;
    let written = page.text(tag.span);
    let draft = |message: String| Draft::new(&page.doc.path, tag.span, message);
    let close = end_tag(tag.kind);
    let fix = |draft: Draft, span: Span, title: String, text: &str| match is_sole {
        true => draft.fix_at(span, title, true, text),
        false => draft,
    };
    match fault {
        Fault::Unclosed(_) => fix(
            draft(format!("`{written}` is not closed in its cell")).help(format!("add `{close}`")),
            Span::at(cell.span.end as usize),
            format!("add `{close}` at the end of the cell"),
            close,
        ),
        Fault::Reopened(_) => {
            let draft = draft(format!("`{written}` begins a list where the one before it should end"))
                .help(format!("write `{close}`"));
            match tag.span.end == cell.span.end {
                true => fix(draft, tag.span, format!("write `{close}`"), close),
                false => draft,
            }
        }
        Fault::Unstarted(_) => draft(format!("`{written}` closes nothing that was opened in its cell"))
            .help("write `<li>` before the text that it closes"),
        Fault::Unopened(_) => fix(
            draft(format!("`{written}` closes nothing that was opened in its cell")).help("remove it"),
            tag.span,
            "remove it".to_owned(),
            "",
        ),
        Fault::Outside(_) => draft(format!("`{written}` stands outside any list"))
            .help("put `<ul>` before the items and `</ul>` after them"),
    }
}

fn end_tag(kind: ListTagKind) -> &'static str {
    match kind {
        ListTagKind::Unordered => "</ul>",
        ListTagKind::Ordered => "</ol>",
        ListTagKind::Item => "</li>",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults of tags as letters: `u`, `o`, `i` for the elements, capital for their ends.
    fn of(tags: &str) -> String {
        let tag = |(at, letter): (usize, char)| ListTag {
            span: Span::new(at, at + 1),
            cell: CellId { table: 0, row: 1, column: 0 },
            kind: match letter.to_ascii_lowercase() {
                'u' => ListTagKind::Unordered,
                'o' => ListTagKind::Ordered,
                _ => ListTagKind::Item,
            },
            closing: letter.is_uppercase(),
        };
        let tags: Vec<ListTag> = tags.char_indices().map(tag).collect();
        let word = |fault: &Fault| match fault {
            Fault::Unclosed(tag) => format!("unclosed {}", tag.span.start),
            Fault::Reopened(tag) => format!("reopened {}", tag.span.start),
            Fault::Unopened(tag) => format!("unopened {}", tag.span.start),
            Fault::Unstarted(tag) => format!("unstarted {}", tag.span.start),
            Fault::Outside(tag) => format!("outside {}", tag.span.start),
        };
        faults(&tags, |_| false).iter().map(word).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn tags_of_a_cell() {
        for (tags, faults) in [
            ("uiIiIU", ""),
            ("uiiU", ""),
            ("uiuiIUIU", ""),
            ("uiuiUiU", ""),
            ("oiIO", ""),
            ("uUuU", ""),
            ("uiI", "unclosed 0"),
            ("uiIu", "reopened 3"),
            ("uiIo", "unclosed 0, unclosed 3"),
            ("uiu", "unclosed 0, unclosed 2"),
            ("u", "unclosed 0"),
            ("U", "unopened 0"),
            ("uiIUU", "unopened 4"),
            ("uiO", "unopened 2, unclosed 0"),
            ("iI", "outside 0"),
            ("iiiI", "outside 0"),
            ("iIU", "outside 0, unopened 2"),
            ("I", "unopened 0"),
            ("uiIIU", "unopened 3"),
        ] {
            assert_eq!(of(tags), faults, "{tags}");
        }
    }
}
