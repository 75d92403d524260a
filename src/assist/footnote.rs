//! Footnotes of a page: which mark belongs to which note.

use crate::facts::{Facts, Footnote};
use crate::site::Doc;
use crate::source::Span;

use super::place::touches;

/// The footnote whose mark stands at an offset: index into [`Facts::footnotes`].
#[must_use]
pub fn footnote_at(facts: &Facts, offset: usize) -> Option<u32> {
    let at = facts.footnotes.iter().position(|footnote| touches(footnote.span, offset))?;
    Some(at as u32)
}

/// The footnotes of a page.
#[derive(Clone, Copy)]
pub struct Footnotes<'d> {
    doc: &'d Doc,
}

impl<'d> Footnotes<'d> {
    /// Those of `doc`.
    #[must_use]
    pub fn of(doc: &'d Doc) -> Footnotes<'d> {
        Footnotes { doc }
    }

    /// The label of the note that a mark means.
    #[must_use]
    pub fn definition(self, footnote: u32) -> Option<Span> {
        self.same(footnote).find(|other| other.is_definition).map(|other| other.label)
    }

    /// The marks that mean the same note.
    #[must_use]
    pub fn uses(self, footnote: u32) -> Vec<Span> {
        self.same(footnote).filter(|other| !other.is_definition).map(|other| other.span).collect()
    }

    fn same(self, footnote: u32) -> impl Iterator<Item = &'d Footnote> {
        let key = |label: Span| label.of(&self.doc.text).to_lowercase();
        let all = &self.doc.facts.footnotes;
        let wanted = all.get(footnote as usize).map(|footnote| key(footnote.label));
        all.iter().filter(move |other| wanted.as_deref() == Some(&*key(other.label)))
    }
}
