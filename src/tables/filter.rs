//! Which tables are asked for.

use crate::contract::{Wording, fold};
use crate::glob::Globs;
use crate::path::DocPath;

/// Which tables are asked for. All that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The pages; `None` for all.
    pub files: Option<Globs>,
    /// Headings above the table, from the outside in; others may stand between them.
    pub headings: Vec<Wording>,
    /// Columns that the header must have.
    pub header: Vec<Wording>,
    /// Whether only tables that a preset knows.
    pub with_preset: bool,
}

impl Filter {
    /// Whether it leaves anything out.
    pub(super) fn is_narrow(&self) -> bool {
        self.files.is_some() || self.with_preset || !self.headings.is_empty() || !self.header.is_empty()
    }

    /// Whether tables of a page may be asked for.
    #[must_use]
    pub fn takes_page(&self, path: &DocPath) -> bool {
        self.files.as_ref().is_none_or(|files| files.matches(path.as_str()))
    }

    /// Whether a table is asked for, as far as its headings and its header tell.
    pub(super) fn takes_place(&self, section: &[String], header: &[String]) -> bool {
        self.takes_section(section) && self.takes_header(header)
    }

    fn takes_section(&self, section: &[String]) -> bool {
        let mut wanted = self.headings.iter().peekable();
        for heading in section {
            let Some(next) = wanted.peek() else { return true };
            if next.matches(&fold(heading)) {
                wanted.next();
            }
        }
        wanted.peek().is_none()
    }

    fn takes_header(&self, header: &[String]) -> bool {
        if self.header.is_empty() {
            return true;
        }
        let header: Vec<String> = header.iter().map(|name| fold(name)).collect();
        self.header.iter().all(|wanted| header.iter().any(|name| wanted.matches(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wordings(texts: &[&str]) -> Vec<Wording> {
        texts.iter().map(|text| Wording::new(text)).collect()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn headings_stand_inside_each_other() {
        let section = texts(&["Guide", "Service design", "Roles"]);
        for (wanted, takes) in [
            (&["service *"][..], true),
            (&["guide", "roles"], true),
            (&["roles", "guide"], false),
            (&["guide", "guide"], false),
            (&["design"], false),
        ] {
            let filter = Filter { headings: wordings(wanted), ..Filter::default() };
            assert_eq!(filter.takes_place(&section, &[]), takes, "{wanted:?}");
        }
    }

    #[test]
    fn all_columns_must_be_there_in_any_order() {
        let header = texts(&["ITIL process", "Documentation:"]);
        for (wanted, takes) in
            [(&["documentation", "*process"][..], true), (&["process"], false), (&["*", "owner"], false)]
        {
            let filter = Filter { header: wordings(wanted), ..Filter::default() };
            assert_eq!(filter.takes_place(&[], &header), takes, "{wanted:?}");
        }
    }
}
