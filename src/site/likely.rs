//! Which of many names are worth comparing with one that does not exist.
//!
//! A tree can have a hundred thousand names and as many wrong ones, so a search must not look at all of them closely:
//! among many names it picks those that share a word or the end with what was written, and those made of almost the
//! same letters. What is near is decided in `near`. Knows nothing of files or anchors.

use std::sync::OnceLock;

use super::files::fold;

/// How many names to compare with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// All: it takes less than sorting them, unless there are many searches.
    All,
    /// The likeliest.
    Likely,
}

impl Effort {
    /// Of so many missing files each is looked for as closely as can be.
    pub(super) const FEW_MISSING: usize = 50;

    /// The effort where so many files are missing in all.
    pub(super) fn for_missing(count: usize) -> Effort {
        if count > Effort::FEW_MISSING { Effort::Likely } else { Effort::All }
    }
}

/// Names to search in.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<Name>,
    /// The words of all names, sorted by the text that begins there.
    words: OnceLock<Vec<Word>>,
    /// The names, sorted by their text read backwards.
    reversed: OnceLock<Vec<Word>>,
}

/// A word of a name.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// The first bytes of its text: comparing them is quicker than following it.
    head: u128,
    name: u32,
    /// Where in the name it begins.
    start: u32,
}

#[derive(Debug)]
struct Name {
    given: Box<str>,
    folded: Box<str>,
    letters: u64,
}

/// So many names are all worth comparing.
const FEW: usize = 256;

/// Among more than this not even the letters of all are looked at.
const MANY: usize = 16_384;

/// How many neighbours in alphabetical order are worth comparing, before and after.
const NEIGHBOURS: usize = 8;

/// Of longer names only the first words count.
const MOST_WORDS: usize = 8;

/// How many names are worth comparing for their letters only.
const MOST_ALIKE: usize = 32;

impl Names {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Names {
        let mut names: Vec<Name> = names
            .map(|name| {
                let folded = fold(name);
                Name { given: name.into(), letters: letters(&folded), folded }
            })
            .collect();
        names.sort_unstable_by(|one, other| (&one.folded, &one.given).cmp(&(&other.folded, &other.given)));
        Names { names, ..Names::default() }
    }

    /// Names worth comparing with `wanted`, letter case ignored: all of a few, the likeliest of many.
    pub(super) fn like(&self, wanted: &str, effort: Effort) -> Vec<&str> {
        if self.names.len() <= FEW {
            return self.names.iter().map(|name| &*name.given).collect();
        }
        let wanted = fold(wanted);
        if effort == Effort::All {
            return self
                .of_like_letters(&wanted)
                .map(|(_, name)| &*self.names[name as usize].given)
                .collect();
        }
        let mut like = self.neighbours(&wanted);
        if self.names.len() <= MANY {
            like.extend(self.alike(&wanted));
        }
        like.sort_unstable();
        like.dedup();
        like.into_iter().map(|name| &*self.names[name as usize].given).collect()
    }

    /// The names beside `wanted` where they are sorted: by each word, and backwards.
    fn neighbours(&self, wanted: &str) -> Vec<u32> {
        let text = |word: Word| &self.names[word.name as usize].folded.as_bytes()[word.start as usize..];
        let words = self.words.get_or_init(|| {
            let words = (0..).zip(&self.names).flat_map(|(name, Name { folded, .. })| {
                word_starts(folded).map(move |start| Word {
                    head: head(folded.as_bytes()[start..].iter()),
                    name,
                    start: start as u32,
                })
            });
            let mut words: Vec<Word> = words.collect();
            words.sort_unstable_by(|&one, &other| {
                let heads = one.head.cmp(&other.head);
                heads.then_with(|| text(one).cmp(text(other))).then_with(|| one.name.cmp(&other.name))
            });
            words
        });
        let backwards = |word: Word| self.names[word.name as usize].folded.bytes().rev();
        let reversed = self.reversed.get_or_init(|| {
            let names = (0..).zip(&self.names);
            let mut names: Vec<Word> = names
                .map(|(name, Name { folded, .. })| Word {
                    head: head(folded.as_bytes().iter().rev()),
                    name,
                    start: 0,
                })
                .collect();
            names.sort_by(|&one, &other| {
                one.head.cmp(&other.head).then_with(|| backwards(one).cmp(backwards(other)))
            });
            names
        });
        let at = reversed.partition_point(|&word| backwards(word).lt(wanted.bytes().rev()));
        let mut neighbours: Vec<u32> = around(reversed, at).iter().map(|word| word.name).collect();
        for start in word_starts(wanted) {
            let at = words.partition_point(|&word| text(word) < &wanted.as_bytes()[start..]);
            neighbours.extend(around(words, at).iter().map(|word| word.name));
        }
        neighbours
    }

    /// The names whose letters differ least from those of `wanted`, or are all among them.
    fn alike(&self, wanted: &str) -> impl Iterator<Item = u32> {
        let mut likely: Vec<(usize, u32)> = self.of_like_letters(wanted).collect();
        if likely.len() > MOST_ALIKE {
            likely.select_nth_unstable(MOST_ALIKE);
            likely.truncate(MOST_ALIKE);
        }
        likely.into_iter().map(|(_, index)| index)
    }

    /// The names whose letters differ in so few that they may be a slip, or are all among those of the other; and in
    /// how many they differ.
    fn of_like_letters(&self, wanted: &str) -> impl Iterator<Item = (usize, u32)> {
        let letters = letters(wanted);
        let wanted = wanted.len();
        (0..).zip(&self.names).filter_map(move |(index, name)| {
            let apart = (letters ^ name.letters).count_ones();
            let length = wanted.abs_diff(name.folded.len());
            let (short, long) =
                if name.folded.len() < wanted { (name.letters, letters) } else { (letters, name.letters) };
            let is_slip = apart <= 2 * MOST_SLIPS && length <= MOST_SLIPS as usize;
            (is_slip || short & !long == 0).then_some((apart as usize + length, index))
        })
    }
}

/// How many letters `near` forgives.
const MOST_SLIPS: u32 = 2;

fn head<'b>(bytes: impl Iterator<Item = &'b u8>) -> u128 {
    let mut head = [0; 16];
    for (place, byte) in head.iter_mut().zip(bytes) {
        *place = *byte;
    }
    u128::from_be_bytes(head)
}

/// The elements before and after a place.
pub(super) fn around<T>(sorted: &[T], at: usize) -> &[T] {
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

/// The set of letters in a name, roughly.
fn letters(name: &str) -> u64 {
    name.bytes().fold(0, |set, byte| set | 1 << (byte & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_hide_none() {
        let some = ["install.md", "getting-started.md", "mmd-api-reassign-device-profile.md", "Overview.md"];
        let cases = [
            ("instal.md", "install.md"),
            ("nistall.md", "install.md"),
            ("gettign-started.md", "getting-started.md"),
            ("getting-startd.md", "getting-started.md"),
            ("reassign-device-profile.md", "mmd-api-reassign-device-profile.md"),
            ("api-reassign-device.md", "mmd-api-reassign-device-profile.md"),
            ("profile-of-a-device-that-you-reassign", "mmd-api-reassign-device-profile.md"),
            ("overveiw.md", "Overview.md"),
        ];
        for count in [0, 1000, 20_000] {
            let others: Vec<String> =
                (0..count).map(|n| format!("page-{n}-of-the-{}.md", n * 7919)).collect();
            let names = Names::new(some.into_iter().chain(others.iter().map(String::as_str)));
            for (wanted, name) in cases {
                let like = names.like(wanted, Effort::Likely);
                assert!(like.contains(&name), "{wanted} among {count}");
                assert!(like.len() < 300);
            }
            assert!(names.like("", Effort::Likely).len() < 300);
        }
        assert!(Names::default().like("x", Effort::Likely).is_empty());
    }
}
