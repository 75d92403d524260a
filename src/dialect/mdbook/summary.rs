//! `SUMMARY.md`: a page whose links are the list of chapters.

use crate::facts::{Facts, Link, LinkKind};
use crate::parse::{Flavor, parse};
use crate::source::LineIndex;

/// The name of the list.
pub const FILE_NAME: &str = "SUMMARY.md";

/// The chapters as links of a navigation file, and the comments that silence findings.
pub fn navigation(text: &str) -> Facts {
    let facts = parse(text, &LineIndex::new(text), Flavor::default());
    let links = chapters(&facts, text).map(|chapter| Link { kind: LinkKind::Navigation, ..chapter.clone() });
    Facts { links: links.collect(), suppressions: facts.suppressions.clone(), ..Facts::default() }
}

/// The links that are chapters: drafts have no destination, and titles of parts are only words.
pub fn chapters<'f>(facts: &'f Facts, text: &'f str) -> impl Iterator<Item = &'f Link> {
    let is_chapter = |link: &&Link| match link.kind {
        LinkKind::Inline | LinkKind::Autolink => link.heading.is_none(),
        LinkKind::Definition(definition) => facts.definitions[definition as usize].used,
        _ => false,
    };
    facts.links.iter().filter(is_chapter).filter(|link| !link.target.destination(text).is_empty())
}

/// The file that a destination names: whatever is written, but for blanks.
pub fn location(destination: &str) -> String {
    destination.replace("%20", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_the_links_outside_titles() {
        let text = "# [Title](t.md)\n\n[A](a.md)\n\n- [B][b]\n  - [Draft]()\n- ![no](i.png)\n\n[b]: b%20c.md\n[d]: d.md\n";
        let facts = navigation(text);
        let all: Vec<_> = facts.links.iter().map(|link| location(link.target.destination(text))).collect();
        assert_eq!(all, ["a.md", "b c.md"]);
        assert!(facts.links.iter().all(|link| link.kind == LinkKind::Navigation));
    }
}
