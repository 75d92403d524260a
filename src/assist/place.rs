//! What stands at an offset of a page: link, label, heading, cell, front matter.
//!
//! Owns the question; what is made of the answer is its siblings' business. An offset at the end of something still
//! belongs to it, since that is where people type.

use crate::contract::Column;
use crate::facts::{
    Cell, CellId, ElementId, Entry, Facts, FrontMatter, HeadingId, Link, LinkKind, Reference, Row, Table,
    UndefinedReference, Value,
};
use crate::preset::ProcessId;
use crate::site::{DocId, Outcome, Page, PresetTable, Resolved, Selected, Site};
use crate::source::{Span, Spanned};

/// What stands at an offset.
#[derive(Clone)]
pub struct Place<'s> {
    /// The page, as the first of its judges sees it.
    pub page: Page<'s>,
    /// The offset, in bytes.
    pub offset: usize,
    /// The innermost link, reference or definition.
    pub link: Option<LinkPlace<'s>>,
    /// A reference that nothing in the page defines.
    pub undefined: Option<&'s UndefinedReference>,
    /// The cell of a table.
    pub cell: Option<CellPlace<'s>>,
    /// The table; between two cells there is a table, but no cell.
    pub table: Option<&'s Table>,
    /// The heading that is written here.
    pub heading: Option<HeadingId>,
    /// The heading that this stands under; the heading itself where one is written here.
    pub section: Option<HeadingId>,
    /// The value of an `id` or `name` attribute.
    pub id: Option<&'s ElementId>,
    /// What of the front matter.
    pub front_matter: Option<FrontMatterPlace<'s>>,
}

/// A link, a use of a reference definition, or a definition.
#[derive(Clone, Copy, Debug)]
pub struct LinkPlace<'s> {
    /// All of it.
    pub span: Span,
    /// Which part of it stands at the offset.
    pub part: LinkPart,
    /// Where that part is written; all of the link where that is not known.
    pub part_span: Span,
    /// What names the destination: for a use of a definition that definition's link.
    pub link: &'s Link,
    /// The use of a definition, where it is one.
    pub reference: Option<&'s Reference>,
}

/// A part of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPart {
    /// What it shows, or its markup.
    Text,
    /// The destination before `?` and `#`.
    Path,
    /// What stands between `?` and `#`.
    Query,
    /// `#` and what follows.
    Fragment,
    /// The label of a reference or of a definition.
    Label,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug)]
pub struct CellPlace<'s> {
    /// Where in the page's tables.
    pub id: CellId,
    /// The table.
    pub table: &'s Table,
    /// The row.
    pub row: &'s Row,
    /// The cell.
    pub cell: &'s Cell,
}

/// A place in the front matter.
#[derive(Clone, Debug)]
pub struct FrontMatterPlace<'s> {
    /// All of it.
    pub front_matter: &'s FrontMatter,
    /// The entries that hold the offset, from the outside in; none between two entries.
    pub entries: Vec<&'s Entry>,
    /// The innermost value, where the offset is in one: an item of a sequence, or an entry's value.
    pub value: Option<&'s Spanned<Value>>,
}

impl<'s> Place<'s> {
    /// What stands at an offset; `None` where the offset lies outside the page, or nobody judges it.
    #[must_use]
    pub fn at(site: &'s Site, doc: DocId, offset: usize) -> Option<Place<'s>> {
        let text = &site.docs.get(doc as usize)?.text;
        let page = site.views(doc).next()?;
        if offset > text.len() {
            return None;
        }
        let facts = &*page.doc.facts;
        let heading = innermost(&facts.headings, offset, |heading| heading.span);
        let heading = heading.map(|(index, _)| index as HeadingId);
        let table = innermost(&facts.tables, offset, |table| table.span);
        Some(Place {
            page,
            offset,
            link: link_at(facts, text, offset),
            undefined: innermost(&facts.undefined_references, offset, |found| found.span).map(|(_, it)| it),
            cell: table.and_then(|(index, table)| cell_at(table, index as u32, text, offset)),
            table: table.map(|(_, table)| table),
            heading,
            section: heading.or_else(|| section_at(facts, offset)),
            id: innermost(&facts.ids, offset, |id| id.span).map(|(_, id)| id),
            front_matter: front_matter_at(facts, offset),
        })
    }

    /// The text under a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &'s str {
        self.page.text(span)
    }

    /// What becomes of the link that stands here, as the first judge sees it that can tell.
    #[must_use]
    pub fn resolved(&self) -> Option<(Page<'s>, Resolved)> {
        judged(self.page.site, self.page.id, self.link.as_ref()?.link)
    }

    /// The contracts that select the table of the cell, each with the column that the cell is of.
    #[must_use]
    pub fn contracts(&self) -> Vec<(Selected<'s>, Option<&'s Column>)> {
        let Some(cell) = &self.cell else { return Vec::new() };
        let selected = self.page.selected(&self.page.contracts()).into_iter();
        let of_table = selected.filter(|selected| selected.table_id == cell.id.table);
        of_table
            .map(|selected| {
                let column = selected.named.get(cell.id.column as usize).copied().flatten();
                let column = column.map(|column| &selected.contract.columns[column]);
                (selected, column)
            })
            .collect()
    }

    /// What a preset makes of the table of the cell, and the process that the row is about.
    #[must_use]
    pub fn preset(&self) -> Option<(PresetTable<'s>, Option<ProcessId>)> {
        let cell = self.cell.as_ref()?;
        let known = self.page.preset_table(cell.table)?;
        let row = cell.id.row.checked_sub(1).map(|row| row as usize);
        let process = known.rows.iter().find(|other| Some(other.row) == row).and_then(|row| row.process);
        Some((known, process))
    }
}

impl LinkPlace<'_> {
    /// The definition that is used or written here: index into [`Facts::definitions`].
    #[must_use]
    pub fn definition(&self) -> Option<u32> {
        match (self.reference, self.link.kind) {
            (Some(reference), _) => Some(reference.definition),
            (None, LinkKind::Definition(definition)) => Some(definition),
            _ => None,
        }
    }
}

/// What becomes of a link, as the first judge of its page sees it that can tell: one that takes it for a destination
/// and can judge it.
#[must_use]
pub fn judged<'s>(site: &'s Site, doc: DocId, link: &Link) -> Option<(Page<'s>, Resolved)> {
    let mut first = None;
    for page in site.views(doc) {
        if (page.dialect().usage)(page.doc, link) == crate::dialect::Usage::Nothing {
            continue;
        }
        let resolved = page.resolve(link);
        if !matches!(resolved.outcome, Outcome::Skipped(_)) {
            return Some((page, resolved));
        }
        first.get_or_insert((page, resolved));
    }
    first
}

/// Whether an offset is in a span or directly behind it.
#[must_use]
pub fn touches(span: Span, offset: usize) -> bool {
    span.range().start <= offset && offset <= span.range().end
}

/// The smallest item at an offset; one that only ends there comes after one that begins there.
fn innermost<T>(items: &[T], offset: usize, span: impl Fn(&T) -> Span) -> Option<(usize, &T)> {
    let here = items.iter().enumerate().filter(|(_, item)| touches(span(item), offset));
    here.min_by_key(|(_, item)| (span(item).range().end == offset, span(item).len()))
}

fn link_at<'s>(facts: &'s Facts, text: &str, offset: usize) -> Option<LinkPlace<'s>> {
    let link =
        innermost(&facts.links, offset, |link| link.span).map(|(_, link)| of_link(link, facts, text, offset));
    let used = innermost(&facts.references, offset, |used| used.span);
    let used = used.and_then(|(_, used)| of_reference(used, facts, text, offset));
    let order = |place: &LinkPlace<'_>| (place.span.range().end == offset, place.span.len());
    link.into_iter().chain(used).min_by_key(order)
}

fn of_link<'s>(link: &'s Link, facts: &Facts, text: &str, offset: usize) -> LinkPlace<'s> {
    let label = match link.kind {
        LinkKind::Definition(index) => {
            facts.definitions.get(index as usize).map(|definition| definition.label)
        }
        _ => None,
    };
    let (part, part_span) = match label {
        Some(label) if touches(label, offset) => (LinkPart::Label, label),
        _ => destination_part(link, text, offset).unwrap_or((LinkPart::Text, link.span)),
    };
    LinkPlace { span: link.span, part, part_span, link, reference: None }
}

/// The part of the destination at an offset; nothing where it is not known where the destination is written.
fn destination_part(link: &Link, text: &str, offset: usize) -> Option<(LinkPart, Span)> {
    let target = &link.target;
    if !touches(target.span, offset) || !target.is_verified() {
        return None;
    }
    let parts = target.parts(text);
    // The mark before a part belongs to it.
    let is_in = |part: &Span| part.range().start <= offset + 1 && offset <= part.range().end;
    let fragment = parts.fragment.filter(is_in).map(|part| (LinkPart::Fragment, part));
    let query = parts.query.filter(is_in).map(|part| (LinkPart::Query, part));
    fragment.or(query).or(Some((LinkPart::Path, parts.path)))
}

fn of_reference<'s>(
    used: &'s Reference,
    facts: &'s Facts,
    text: &str,
    offset: usize,
) -> Option<LinkPlace<'s>> {
    let definition = facts.definitions.get(used.definition as usize)?;
    let link = facts.links.get(definition.link as usize)?;
    let label = label_of(used.span, text);
    let (part, part_span) = match touches(label, offset) {
        true => (LinkPart::Label, label),
        false => (LinkPart::Text, used.span),
    };
    Some(LinkPlace { span: used.span, part, part_span, link, reference: Some(used) })
}

/// Where the label of `[text][label]`, `[label][]` or `[label]` is written: it holds no brackets of its own.
fn label_of(span: Span, text: &str) -> Span {
    let written = span.of(text);
    let start = span.range().start;
    let inside = |end: usize| {
        let open = |at: &usize| !written[..*at].ends_with('\\');
        let from = written[..end].rmatch_indices('[').map(|(at, _)| at).find(open).map_or(0, |at| at + 1);
        Span::new(start + from, start + end)
    };
    let Some(end) = written.strip_suffix(']').map(str::len) else { return span };
    match written.strip_suffix("[]").and_then(|rest| rest.strip_suffix(']')) {
        Some(label) => inside(label.len()),
        None => inside(end),
    }
}

fn cell_at<'s>(table: &'s Table, index: u32, text: &str, offset: usize) -> Option<CellPlace<'s>> {
    let mut rows = (0..).zip(std::iter::once(&table.header).chain(&table.rows));
    let (number, row) = rows.find(|(_, row)| touches(row.span, offset))?;
    let (column, cell) = innermost(&row.cells, offset, |cell| cell.span)
        .or_else(|| row.cells.iter().enumerate().find(|(_, cell)| is_beside(cell.span, text, offset)))?;
    let id = CellId { table: index, row: number, column: column as u32 };
    Some(CellPlace { id, table, row, cell })
}

/// Whether nothing but blanks stands between a cell's content and the offset.
fn is_beside(cell: Span, text: &str, offset: usize) -> bool {
    let (start, end) = (cell.range().start, cell.range().end);
    let between = if offset < start { offset..start } else { end..offset };
    text.get(between).is_some_and(|between| between.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
}

fn section_at(facts: &Facts, offset: usize) -> Option<HeadingId> {
    let before = facts.headings.iter().rposition(|heading| heading.span.range().start <= offset);
    before.map(|index| index as HeadingId)
}

fn front_matter_at(facts: &Facts, offset: usize) -> Option<FrontMatterPlace<'_>> {
    let front_matter = facts.front_matter.as_ref().filter(|it| touches(it.span, offset))?;
    let mut place = FrontMatterPlace { front_matter, entries: Vec::new(), value: None };
    place.enter(&front_matter.entries, offset);
    Some(place)
}

impl<'s> FrontMatterPlace<'s> {
    fn enter(&mut self, entries: &'s [Entry], offset: usize) {
        let mut level = entries;
        while let Some((_, entry)) = innermost(level, offset, entry_span) {
            self.entries.push(entry);
            let mut value = Some(&entry.value).filter(|value| touches(value.span, offset));
            level = &[];
            while let Some(inner) = value {
                self.value = Some(inner);
                value = match &inner.value {
                    Value::Sequence(items) => {
                        innermost(items, offset, |item| item.span).map(|(_, item)| item)
                    }
                    Value::Mapping(entries) => {
                        level = entries;
                        None
                    }
                    Value::Null | Value::Scalar(_) => None,
                };
            }
        }
    }
}

/// A key with its value.
#[must_use]
pub fn entry_span(entry: &Entry) -> Span {
    let (key, value) = (entry.key.span, entry.value.span);
    Span { start: key.start.min(value.start), end: key.end.max(value.end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assist::tests::{at, site};

    fn part(page: &str) -> Option<(LinkPart, String)> {
        let (text, offset) = at(page);
        let site = site(&[("a.md", &text)]);
        let place = Place::at(&site, 0, offset)?;
        place.link.map(|link| (link.part, place.text(link.part_span).to_owned()))
    }

    #[test]
    fn parts_of_links() {
        for (page, expected, written) in [
            ("[te‸xt](b.md#x)", LinkPart::Text, "[text](b.md#x)"),
            ("[text](b‸.md#x)", LinkPart::Path, "b.md"),
            ("[text](b.md#‸x)", LinkPart::Fragment, "x"),
            ("[text](b.md?‸q=1#x)", LinkPart::Query, "q=1"),
            ("[text][la‸bel]\n\n[label]: b.md", LinkPart::Label, "label"),
            ("[te‸xt][label]\n\n[label]: b.md", LinkPart::Text, "[text][label]"),
            ("[la‸bel][]\n\n[label]: b.md", LinkPart::Label, "label"),
            ("[label]‸\n\n[label]: b.md", LinkPart::Text, "[label]"),
            ("[label]\n\n[la‸bel]: b.md", LinkPart::Label, "label"),
            ("[label]\n\n[label]: b‸.md", LinkPart::Path, "b.md"),
            ("[![alt](im‸g.png)](b.md)", LinkPart::Path, "img.png"),
            ("[a](x.md)‸[b](y.md)", LinkPart::Text, "[b](y.md)"),
            ("<a href=\"b‸.md\">x</a>", LinkPart::Path, "b.md"),
        ] {
            assert_eq!(part(page), Some((expected, written.to_owned())), "{page}");
        }
        assert_eq!(part("te‸xt [a](b.md)"), None);
    }

    #[test]
    fn cells_reach_to_their_pipes() {
        for (page, expected) in [
            ("| A | B |\n|---|---|\n| x ‸ | y |\n", Some((1, 0))),
            ("| A | B |\n|---|---|\n| x |‸  y |\n", Some((1, 1))),
            ("| A | B‸ |\n|---|---|\n| x | y |\n", Some((0, 1))),
            ("| A | B |\n|--‸-|---|\n| x | y |\n", None),
            ("| A | B |\n|---|---|\n| x |  ‸ |\n", Some((1, 1))),
        ] {
            let (text, offset) = at(page);
            let site = site(&[("a.md", &text)]);
            let cell = Place::at(&site, 0, offset).unwrap().cell;
            assert_eq!(cell.map(|cell| (cell.id.row, cell.id.column)), expected, "{page}");
        }
    }

    #[test]
    fn front_matter_is_entered() {
        let (text, offset) = at("---\ntitle: x\nauthors:\n  - name: A‸nn\n---\n");
        let site = site(&[("a.md", &text)]);
        let place = Place::at(&site, 0, offset).unwrap();
        let front_matter = place.front_matter.clone().unwrap();
        let keys: Vec<_> =
            front_matter.entries.iter().map(|entry| entry.key.value.of(&place.page.doc.text)).collect();
        assert_eq!(keys, ["authors", "name"]);
        assert_eq!(front_matter.value.map(|value| place.text(value.span)), Some("Ann"));
    }
}
