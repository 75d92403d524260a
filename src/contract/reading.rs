//! How texts of a table are taken by a contract: which column a header is, the parts of a cell, which term it is.

use super::{Column, Demands, Term, Vocabulary, Wording, fold};

impl Column {
    /// Its name and aliases.
    pub fn names(&self) -> impl Iterator<Item = &Wording> {
        [&self.name.value].into_iter().chain(&self.aliases)
    }

    /// Whether a folded header is one of its names.
    #[must_use]
    pub fn is_called(&self, folded: &str) -> bool {
        self.names().any(|name| name.matches(folded))
    }
}

impl Demands {
    /// The values in a text: its parts where the demand has a separator.
    pub fn parts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let separator = self.separator.clone();
        let mut rest = Some(text);
        let parts = std::iter::from_fn(move || {
            let text = rest?;
            let split = separator.as_deref().and_then(|separator| text.split_once(separator));
            let (part, after) = split.map_or((text, None), |(part, after)| (part, Some(after)));
            rest = after;
            Some(part.trim())
        });
        parts.filter(|part| !part.is_empty())
    }

    /// Whether a text says that nothing applies here, and is right whatever else is demanded.
    #[must_use]
    pub fn exempts(&self, text: &str) -> bool {
        if self.not_applicable.is_empty() {
            return false;
        }
        let folded = fold(text);
        self.not_applicable.iter().any(|wording| wording.matches(&folded))
    }
}

impl Vocabulary {
    /// Whether a text is one of the values.
    #[must_use]
    pub fn allows(&self, text: &str, case_sensitive: bool) -> bool {
        self.names().any(|name| name == text)
            || !case_sensitive
                && (self.terms_like(text).next().is_some() || self.term_spelled(text).is_some())
    }

    /// The value of which a text is another spelling.
    #[must_use]
    pub fn term_spelled(&self, text: &str) -> Option<&str> {
        self.lexicon.as_ref()?.term(text)
    }

    /// The names that differ from a text only in how they are written.
    pub fn terms_like<'v>(&'v self, text: &str) -> impl Iterator<Item = &'v str> {
        let folded = fold(text);
        self.names().filter(move |name| may_fold_to(name, &folded) && fold(name) == folded)
    }

    /// All names, aliases among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().flat_map(Term::names)
    }
}

impl Term {
    /// The name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.name].into_iter().chain(&self.aliases).map(String::as_str)
    }
}

/// A value as it is compared with others.
#[must_use]
pub fn comparable(value: &str, case_sensitive: bool) -> String {
    if case_sensitive { value.to_owned() } else { fold(value) }
}

/// Whether two texts begin alike: this tells of nearly all that they are not the same.
fn may_fold_to(name: &str, folded: &str) -> bool {
    match (name.as_bytes().first(), folded.as_bytes().first()) {
        (Some(one), Some(other)) if one.is_ascii_alphanumeric() => one.eq_ignore_ascii_case(other),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Wording;

    #[test]
    fn parts_of_a_text() {
        let parts = |separator: Option<&str>, text| {
            let demands = Demands { separator: separator.map(str::to_owned), ..Demands::default() };
            demands.parts(text).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(parts(None, "a, b"), ["a, b"]);
        assert_eq!(parts(Some(","), " a ,b,, c,"), ["a", "b", "c"]);
        assert!(parts(Some(","), "").is_empty());
        assert!(parts(None, "").is_empty());
    }

    #[test]
    fn vocabularies_allow_names_and_aliases() {
        let term = |name: &str, aliases: &[&str]| Term {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        };
        let terms = vec![term("draft", &[]), term("*Final*", &["done", "Ärger"])];
        let vocabulary = Vocabulary { terms, lexicon: None };
        for (text, any_case, case) in [
            ("draft", true, true),
            ("Draft:", true, false),
            ("final", true, false),
            ("ärger", true, false),
            ("don", false, false),
            ("", false, false),
        ] {
            assert_eq!(vocabulary.allows(text, false), any_case, "{text}");
            assert_eq!(vocabulary.allows(text, true), case, "{text}");
        }
        assert_eq!(vocabulary.terms_like("DONE").collect::<Vec<_>>(), ["done"]);
    }

    #[test]
    fn exempt_texts() {
        let demands = Demands { not_applicable: vec![Wording::new("not needed*")], ..Demands::default() };
        assert!(demands.exempts("Not needed, since 4"));
        assert!(!demands.exempts("needed"));
    }
}
