//! Did you mean …: the known name nearest to what was written.
//!
//! For names that people type into the configuration and on the command line. Knows nothing of links or pages.

/// Names longer than this are no misspellings, and comparing them would take long.
const LONGEST: usize = 64;

/// The known name that was most likely meant; `None` where none is near.
#[must_use]
pub fn nearest<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if written.len() > LONGEST {
        return None;
    }
    let written = plain(written);
    known
        .into_iter()
        .filter_map(|name| Some((distance(&written, &plain(name))?, name)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `a`, `b` and `c`, each in backticks.
#[must_use]
pub fn enumerate<'n>(names: impl IntoIterator<Item = &'n str>, conjunction: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [firsts @ .., last] => format!("{} {conjunction} {last}", firsts.join(", ")),
    }
}

/// Case and the kind of separator are the commonest slips.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

fn distance(written: &str, name: &str) -> Option<usize> {
    let distance = strsim::damerau_levenshtein(written, name);
    let longest = name.chars().count().max(written.chars().count());
    let bound = (longest / 3).max(1);
    let abbreviated = written.len() >= 3 && name.starts_with(written);
    // What has nothing in common is not near, however short it is.
    (distance <= bound && distance < longest || abbreviated).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["broken-link", "broken-anchor", "warning", "off", "title", "r"];
        let cases = [
            ("brokn-link", Some("broken-link")),
            ("Broken_Link", Some("broken-link")),
            ("warn", Some("warning")),
            ("of", Some("off")),
            ("broken-anchors", Some("broken-anchor")),
            ("tilte", Some("title")),
            ("zzz", None),
            ("z", None),
            ("", None),
        ];
        for (written, expected) in cases {
            assert_eq!(nearest(written, known), expected, "{written}");
        }
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }

    #[test]
    fn enumerates() {
        assert_eq!(enumerate(["a", "b", "c"], "or"), "`a`, `b` or `c`");
        assert_eq!(enumerate(["a"], "or"), "`a`");
    }
}
