//! `[[table]]` -> [`Contracts`]: what is demanded of tables, and what is wrong with the demands.

use super::reader::{Reader, Value};
use crate::contract::{Contracts, Origin};

impl Reader<'_> {
    /// The contracts of one file.
    pub(super) fn contracts(&mut self, _value: &Value<'_>, _origin: &Origin) -> Contracts {
        Contracts::default()
    }
}
