//! Tables as one platform reads them: which rows count, which headings stand above, what the links of a cell lead to.

use super::files::Found;
use super::page::Page;
use super::resolve::{AddressKind, Fragment, Outcome, Resolved, Why};
use crate::dialect::Usage;
use crate::facts::{Cell, CellId, Heading, Link, LinkKind, Row, Table};
use crate::finding::Level;
use crate::source::Span;

/// A link or image in a cell.
#[derive(Clone, Copy, Debug)]
pub struct CellLink<'s> {
    /// All of it: for a use of a reference definition that use.
    pub span: Span,
    /// What it shows, markup removed; the alternative text of an image.
    pub text: &'s str,
    /// Whether it shows an image.
    pub is_image: bool,
    /// What names the destination: for a use of a reference definition that definition.
    pub link: &'s Link,
}

/// What following a link comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkState {
    /// It leads somewhere.
    Ok,
    /// It leads somewhere by way of a redirect.
    Redirected,
    /// It leads to another site.
    External,
    /// It cannot be judged here.
    Skipped,
    /// It leads nowhere.
    Broken,
}

impl LinkState {
    /// The word for it in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LinkState::Ok => "ok",
            LinkState::Redirected => "redirected",
            LinkState::External => "external",
            LinkState::Skipped => "skipped",
            LinkState::Broken => "broken",
        }
    }
}

/// What people write so that a cell is not empty in the source.
const BLANKS: &[&str] = &["&nbsp;", "&#160;", "<br>", "<br/>", "<br />"];

impl<'s> Page<'s> {
    /// The rows, up to where the platform's own markup ends the table.
    #[must_use]
    pub fn rows(&self, table: &'s Table) -> &'s [Row] {
        let end = table.rows.iter().position(|row| self.ends_table(row.span));
        &table.rows[..end.unwrap_or(table.rows.len())]
    }

    /// The first row that is the header of another table: no empty line parts the two, so that its line of dashes is a
    /// row as well. Both have more or fewer cells than the header.
    #[must_use]
    pub fn next_table(&self, table: &'s Table) -> Option<usize> {
        let columns = table.header.cells.len();
        let is_delimiter = |row: &Row| {
            let text = self.text(row.span);
            text.contains("--") && text.bytes().all(|byte| b"|:- \t".contains(&byte))
        };
        let rows = self.rows(table);
        let at = rows.iter().position(|row| self.written_cells(row) != columns && is_delimiter(row))?;
        let header = at.checked_sub(1)?;
        (self.written_cells(&rows[header]) == self.written_cells(&rows[at])).then_some(header)
    }

    /// Whether a line is no text but markup of the platform's own.
    #[must_use]
    pub fn ends_table(&self, line: Span) -> bool {
        (self.dialect().ends_table)(self.text(line))
    }

    /// How many cells are written in a row.
    #[must_use]
    pub fn written_cells(&self, row: &Row) -> usize {
        let written = if self.dialect().code_protects_pipe { row.written_outside_code } else { row.written };
        written as usize
    }

    /// Whether a row has no `|` that separates cells: it is a line of text.
    #[must_use]
    pub fn is_text(&self, row: &Row) -> bool {
        self.written_cells(row) == 1 && !self.text(row.span).starts_with('|') && !self.is_closed(row)
    }

    /// Whether a row ends with a `|` that is no text.
    #[must_use]
    pub fn is_closed(&self, row: &Row) -> bool {
        self.text(row.span).strip_suffix('|').is_some_and(|content| !content.ends_with('\\'))
    }

    /// The cell of that place.
    #[must_use]
    pub fn cell(&self, id: CellId) -> Option<&'s Cell> {
        let table = self.doc.facts.tables.get(id.table as usize)?;
        let row = match id.row.checked_sub(1) {
            Some(row) => table.rows.get(row as usize)?,
            None => &table.header,
        };
        row.cells.get(id.column as usize)
    }

    /// Whether a row only parts others: one cell, emphasised or the only one that is written, names those below.
    #[must_use]
    pub fn is_section(&self, row: &Row) -> bool {
        let mut filled = row
            .cells
            .iter()
            .filter(|cell| cell.has_link || cell.has_image || !self.cell_text(cell).is_empty());
        let (Some(only), None) = (filled.next(), filled.next()) else { return false };
        let is_emphasised =
            ["*", "_", "<b>", "<strong>"].iter().any(|mark| self.text(only.span).starts_with(mark));
        row.cells.len() > 1 && (is_emphasised || self.written_cells(row) <= 1)
    }

    /// Whether readers see nothing in a cell. Where markup might draw something, it is not known, and so not blank.
    #[must_use]
    pub fn is_blank(&self, cell: &Cell) -> bool {
        let mut rest = self.text(cell.span).trim_start();
        while !rest.is_empty() {
            let Some(after) = BLANKS.iter().find_map(|blank| rest.strip_prefix(blank)) else { return false };
            rest = after.trim_start();
        }
        true
    }

    /// The headings above a table, from the title inwards.
    #[must_use]
    pub fn headings_above(&self, table: &Table) -> Vec<&'s Heading> {
        let headings = &self.doc.facts.headings;
        let first = table.section.map(|id| &headings[id as usize]);
        let parent = |heading: &&'s Heading| heading.parent.map(|id| &headings[id as usize]);
        let mut above: Vec<&Heading> = std::iter::successors(first, parent).collect();
        above.reverse();
        above
    }

    /// The links and images of a cell, in order.
    #[must_use]
    pub fn cell_links(&self, cell: &Cell, id: CellId) -> Vec<CellLink<'s>> {
        if !(cell.has_link || cell.has_image) {
            return Vec::new();
        }
        let facts = &self.doc.facts;
        let from = facts.links.partition_point(|link| link.span.start < cell.span.start);
        let own = facts.links[from..].iter().take_while(|link| link.span.start < cell.span.end);
        let own = own.filter(|link| link.cell == Some(id)).map(|link| CellLink {
            span: link.span,
            text: link.text.of(&self.doc.text),
            is_image: is_image(link.kind, (self.dialect().usage)(self.doc, link)),
            link,
        });
        let from = facts.references.partition_point(|reference| reference.span.start < cell.span.start);
        let uses =
            facts.references[from..].iter().take_while(|reference| reference.span.start < cell.span.end);
        let uses = uses.filter(|reference| reference.cell == Some(id)).map(|reference| CellLink {
            span: reference.span,
            text: reference.text.of(&self.doc.text),
            is_image: reference.image,
            link: &facts.links[facts.definitions[reference.definition as usize].link as usize],
        });
        let mut links: Vec<CellLink<'_>> = own.chain(uses).collect();
        links.sort_by_key(|link| link.span);
        links
    }

    /// What becomes of a link of this page, right or not.
    #[must_use]
    pub fn resolve(&self, link: &Link) -> Resolved {
        // Of these the disk may have told more than the tree knows.
        if let Some(noted) = self.noted(link) {
            return noted.clone();
        }
        self.site.resolve(self.id, self.judge, link, (self.dialect().usage)(self.doc, link))
    }

    fn noted(&self, link: &Link) -> Option<&'s Resolved> {
        let links = &self.doc.facts.links;
        let place = |link: &Link| (link.span.start, link.target.span.start);
        let notable = &self.judgement.notable;
        let from = notable.partition_point(|noted| place(&links[noted.link as usize]) < place(link));
        let mut here =
            notable[from..].iter().take_while(|noted| place(&links[noted.link as usize]) == place(link));
        here.find(|noted| links[noted.link as usize] == *link).map(|noted| &noted.resolved)
    }

    /// What following a link comes to, given what became of it.
    #[must_use]
    pub fn state(&self, link: &Link, resolved: &Resolved) -> LinkState {
        let is_gone = match resolved.fragment {
            Fragment::Missing | Fragment::Beyond { .. } => true,
            Fragment::Miscased(_) => self.dialect().miscased_anchor == Level::Error,
            _ => false,
        };
        match &resolved.outcome {
            Outcome::Skipped(_) => match AddressKind::of(link.target.destination(&self.doc.text).trim()) {
                AddressKind::External => LinkState::External,
                _ => LinkState::Skipped,
            },
            Outcome::Missing(missing) if missing.why == Why::NoAddress => LinkState::Skipped,
            Outcome::Missing(_) | Outcome::Empty | Outcome::LocalPath | Outcome::RootedFile => {
                LinkState::Broken
            }
            _ if is_gone => LinkState::Broken,
            Outcome::Redirected(_) => LinkState::Redirected,
            Outcome::File(Found { miscased: true, .. }) | Outcome::Folder { miscased: true }
                if self.dialect().case_matters() =>
            {
                LinkState::Broken
            }
            Outcome::OnDisk(_) => LinkState::Skipped,
            Outcome::ThisPage | Outcome::File(_) | Outcome::Address(_) | Outcome::Folder { .. } => {
                LinkState::Ok
            }
        }
    }
}

fn is_image(kind: LinkKind, usage: Usage) -> bool {
    kind == LinkKind::Image || usage == Usage::Image
}
