//! `preset = "…"`, and the files that presets are.

use super::reader::{Reader, Value};
use crate::source::Spanned;

impl Reader<'_> {
    /// The presets that the configuration asks for.
    pub(super) fn presets(&mut self, _value: &Value<'_>) -> Vec<Spanned<String>> {
        Vec::new()
    }
}
