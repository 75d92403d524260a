//! Python-Markdown as a CommonMark parser can read it.

use super::flavor::Prepared;
use crate::source::LineIndex;

pub(super) fn prepare<'t>(text: &'t str, _: &LineIndex, _: usize) -> Prepared<'t> {
    Prepared::unchanged(text)
}
