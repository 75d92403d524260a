//! How names of columns, headings and values are compared: as people read them.
//!
//! Owns what makes two names the same. Does not know where they stand.

/// A text as it is compared: letter case, blanks, a colon at its end and marks of emphasis do not matter.
#[must_use]
pub fn fold(text: &str) -> String {
    let text = text.trim().trim_end_matches([':', '*', '_']).trim_start_matches(['*', '_']);
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// A name as a contract writes it: `*` stands for any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// As written.
    pub written: String,
    /// What stands between the `*`, folded.
    parts: Vec<String>,
}

impl Wording {
    /// The name `written`.
    #[must_use]
    pub fn new(written: &str) -> Wording {
        Wording { written: written.to_owned(), parts: written.split('*').map(part).collect() }
    }

    /// Whether it is nothing but `*`.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.parts.len() > 1 && self.parts.iter().all(String::is_empty)
    }

    /// Whether another name is written so that it comes to the same.
    #[must_use]
    pub fn is_same(&self, other: &Wording) -> bool {
        self.parts == other.parts
    }

    /// Whether a folded text is that name.
    #[must_use]
    pub fn matches(&self, folded: &str) -> bool {
        let [first, middle @ .., last] = &self.parts[..] else { return self.parts[0] == folded };
        let Some(mut rest) = folded.strip_prefix(first.as_str()) else { return false };
        for part in middle {
            let Some(at) = rest.find(part.as_str()) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last.as_str())
    }
}

/// A part between two `*`: blanks beside a `*` count.
fn part(written: &str) -> String {
    let folded = fold(written);
    let blank = |is_there: bool| if is_there && !folded.is_empty() { " " } else { "" };
    let before = blank(written.starts_with(char::is_whitespace));
    let after = blank(written.ends_with(char::is_whitespace));
    format!("{before}{folded}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_read_them() {
        assert_eq!(fold("  **Original\u{a0}  Value:** "), "original value");
        assert_eq!(fold("ÄÖ"), "äö");
    }

    #[test]
    fn a_star_is_any_text() {
        for (written, text, matches) in [
            ("Service design", "service design", true),
            ("Service *", "service design", true),
            ("Service *", "services", false),
            ("*", "", true),
            ("* management*", "change management (ITIL)", true),
            ("a*a", "a", false),
            ("Name", "names", false),
        ] {
            assert_eq!(Wording::new(written).matches(&fold(text)), matches, "{written} {text}");
        }
    }
}
