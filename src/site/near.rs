//! Which of many names is almost the one that was written.
//!
//! A search takes no longer among a million names than among some thousands: there it looks at those only that share
//! the beginning of a word, or the end, with what was written. Knows nothing of files or anchors.

use std::sync::OnceLock;

use super::files::fold;

/// Names to search in.
#[derive(Debug, Default)]
pub struct Near {
    names: Vec<Name>,
    /// The words of all names, sorted by the text that begins there: a name, and a byte in it.
    words: OnceLock<Vec<(u32, u32)>>,
    /// The names, sorted by their text read backwards.
    reversed: OnceLock<Vec<u32>>,
}

#[derive(Debug)]
struct Name {
    given: Box<str>,
    folded: Box<str>,
    letters: u64,
}

/// So many names are all looked at.
const FEW: usize = 1024;

/// How many neighbours in alphabetical order are looked at among more, before and after.
const NEIGHBOURS: usize = 32;

/// Of longer names only the first words count.
const MOST_WORDS: usize = 8;

/// How many names are compared letter by letter, which takes long; the likeliest first.
const MOST_COMPARED: usize = 48;

/// Longer names are not compared letter by letter.
const LONGEST: usize = 256;

impl Near {
    /// Indexes names.
    #[must_use]
    pub fn new<'n>(names: impl Iterator<Item = &'n str>) -> Near {
        let mut names: Vec<Name> = names
            .map(|name| {
                let folded = fold(name);
                Name { given: name.into(), letters: letters(&folded), folded }
            })
            .collect();
        names.sort_unstable_by(|one, other| (&one.folded, &one.given).cmp(&(&other.folded, &other.given)));
        Near { names, ..Near::default() }
    }

    /// Names that could be mistaken for `wanted`, letter case ignored, and how far apart they are; in no special order.
    #[must_use]
    pub fn find(&self, wanted: &str) -> Vec<(usize, &str)> {
        let wanted = fold(wanted);
        let letters = letters(&wanted);
        let likeness = |&index: &u32| {
            let name = &self.names[index as usize];
            (letters ^ name.letters).count_ones() + wanted.len().abs_diff(name.folded.len()) as u32
        };
        let mut likely = self.candidates(&wanted);
        likely.retain(|&index| self.names[index as usize].may_be_near(&wanted, letters));
        likely.sort_by_cached_key(|index| (likeness(index), *index));
        likely.dedup();
        likely.truncate(MOST_COMPARED);
        let names = likely.into_iter().map(|index| &self.names[index as usize]);
        names.filter_map(|name| Some((name_distance(&wanted, &name.folded)?, &*name.given))).collect()
    }

    fn candidates(&self, wanted: &str) -> Vec<u32> {
        if self.names.len() <= FEW {
            return (0..self.names.len() as u32).collect();
        }
        let text = |(name, at): (u32, u32)| &self.names[name as usize].folded[at as usize..];
        let words = self.words.get_or_init(|| {
            let names = self.names.iter().enumerate();
            let mut words: Vec<(u32, u32)> = names
                .flat_map(|(index, name)| word_starts(&name.folded).map(move |at| (index as u32, at as u32)))
                .collect();
            words.sort_unstable_by(|&one, &other| text(one).cmp(text(other)).then(one.cmp(&other)));
            words
        });
        let backwards = |name: u32| self.names[name as usize].folded.bytes().rev();
        let reversed = self.reversed.get_or_init(|| {
            let mut names: Vec<u32> = (0..self.names.len() as u32).collect();
            names.sort_by(|&one, &other| backwards(one).cmp(backwards(other)));
            names
        });
        let mut candidates = Vec::new();
        for start in word_starts(wanted) {
            let at = words.partition_point(|&word| text(word) < &wanted[start..]);
            candidates.extend(around(words, at).iter().map(|&(name, _)| name));
        }
        let at = reversed.partition_point(|&name| backwards(name).lt(wanted.bytes().rev()));
        candidates.extend(around(reversed, at));
        candidates
    }
}

fn around<T>(sorted: &[T], at: usize) -> &[T] {
    &sorted[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(sorted.len())]
}

/// Where a name's first words begin.
fn word_starts(name: &str) -> impl Iterator<Item = usize> {
    let mut in_word = false;
    let starts = name.char_indices().filter_map(move |(at, c)| {
        let begins = c.is_alphanumeric() && !in_word;
        in_word = c.is_alphanumeric();
        begins.then_some(at)
    });
    starts.take(MOST_WORDS)
}

impl Name {
    /// Whether [`name_distance`] may have an answer; cheap, and never wrong in saying no.
    fn may_be_near(&self, wanted: &str, letters: u64) -> bool {
        let (name, wanted) = (self.folded.len(), wanted.len());
        let bound = (name.max(wanted) / 5).max(1);
        let alike =
            name.abs_diff(wanted) <= bound && (letters ^ self.letters).count_ones() as usize <= 2 * bound;
        let (short, long) = if name < wanted { (self.letters, letters) } else { (letters, self.letters) };
        alike || short & !long == 0
    }
}

/// How far apart two folded file names or anchors are; `None` where one would not be mistaken for the other.
fn name_distance(wanted: &str, name: &str) -> Option<usize> {
    let (wanted_stem, wanted_extension) = wanted.rsplit_once('.').unwrap_or((wanted, ""));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if let Some(distance) = containment(wanted_stem, stem).filter(|_| extension == wanted_extension) {
        return Some(distance);
    }
    let bound = (wanted_stem.len().max(stem.len()) / 5).max(1);
    if wanted.len().max(name.len()) > LONGEST || wanted.len().abs_diff(name.len()) > bound {
        return None;
    }
    let distance = strsim::osa_distance(wanted, name);
    (distance <= bound).then_some(distance)
}

/// One name is whole words at the beginning (1) or the end (2) of the other, or somewhere in it (3).
fn containment(one: &str, other: &str) -> Option<usize> {
    const SHORTEST: usize = 8;
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() < SHORTEST {
        return None;
    }
    let at = long.find(short)?;
    let is_word_end = |rest: &str| rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
    let begins_word = at == 0 || long[..at].ends_with(|c: char| !c.is_alphanumeric());
    if !begins_word || !is_word_end(&long[at + short.len()..]) {
        return None;
    }
    Some(if at == 0 {
        1
    } else if at + short.len() == long.len() {
        2
    } else {
        3
    })
}

/// The set of letters in a name, roughly.
fn letters(name: &str) -> u64 {
    name.bytes().fold(0, |set, byte| set | 1 << (byte & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_slips_and_parts() {
        assert_eq!(name_distance("instal.md", "install.md"), Some(1));
        assert!(name_distance("reassign-device-profile.md", "mmd-api-reassign-device-profile.md").is_some());
        assert_eq!(name_distance("a.md", "b.png"), None);
        assert_eq!(name_distance("updates.md", "reports.md"), None);
    }

    /// The same is found among a few names and among many.
    #[test]
    fn many_names_hide_none() {
        let some = ["install.md", "getting-started.md", "mmd-api-reassign-device-profile.md", "Overview.md"];
        let others: Vec<String> = (0..20_000).map(|n| format!("page-{n}-of-the-{}.md", n * 7919)).collect();
        let few = Near::new(some.into_iter());
        let many = Near::new(some.into_iter().chain(others.iter().map(String::as_str)));
        let cases = [
            ("instal.md", "install.md"),
            ("nistall.md", "install.md"),
            ("gettign-started.md", "getting-started.md"),
            ("getting-startd.md", "getting-started.md"),
            ("reassign-device-profile.md", "mmd-api-reassign-device-profile.md"),
            ("api-reassign-device.md", "mmd-api-reassign-device-profile.md"),
            ("overveiw.md", "Overview.md"),
        ];
        for (wanted, name) in cases {
            assert_eq!(few.find(wanted).iter().map(|found| found.1).collect::<Vec<_>>(), [name], "{wanted}");
            assert_eq!(many.find(wanted), few.find(wanted), "{wanted}");
        }
        assert!(many.find("").is_empty() && Near::default().find("x").is_empty());
    }
}
