//! Which process or phase a text names: an index, made once for each preset.
//!
//! Owns the look-up. Does not know how names are normalised (`name`) and where the text stands.

use rustc_hash::FxHashMap;

use super::name::{key, parts, phase_key};
use super::{Phase, ProcessId};

/// Names of processes are not longer, in words.
const MOST_WORDS: usize = 8;

/// The names of a preset's processes and phases.
#[derive(Clone, Debug, Default)]
pub struct Names {
    processes: FxHashMap<String, ProcessId>,
    /// "Incident" for "Incident management", where nothing else is called so.
    shortened: FxHashMap<String, ProcessId>,
    phases: FxHashMap<String, usize>,
}

impl Names {
    /// All names of the phases and their processes; of two that are the same the first counts.
    #[must_use]
    pub fn of(phases: &[Phase]) -> Names {
        let mut names = Names::default();
        for (index, phase) in phases.iter().enumerate() {
            for name in phase.names() {
                names.phases.entry(phase_key(name)).or_insert(index);
            }
            for (process, entry) in phase.processes.iter().enumerate() {
                let id = ProcessId { phase: index, process };
                for name in entry.names() {
                    names.processes.entry(key(name)).or_insert(id);
                }
            }
        }
        for (name, id) in &names.processes {
            if let Some(short) = name.strip_suffix(" management") {
                let shortest = names.shortened.entry(short.to_owned()).or_insert(*id);
                *shortest = (*shortest).min(*id);
            }
        }
        names
    }

    /// The process that the whole text names.
    #[must_use]
    pub fn process(&self, text: &str) -> Option<ProcessId> {
        let key = key(text);
        let named = |key: &str| self.processes.get(key).or_else(|| self.shortened.get(key)).copied();
        named(&key).or_else(|| named(without_label(&key)))
    }

    /// All processes that a text names by their full names, also among other words.
    #[must_use]
    pub fn processes_in(&self, text: &str) -> Vec<ProcessId> {
        let key = key(text);
        let words: Vec<&str> = key.split(' ').collect();
        let mut named = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let longest = MOST_WORDS.min(words.len() - from);
            let found = (2..=longest).rev().find_map(|count| {
                let id = self.processes.get(&words[from..from + count].join(" "))?;
                Some((*id, count))
            });
            match found {
                Some((id, count)) => {
                    named.push(id);
                    from += count;
                }
                None => from += 1,
            }
        }
        named
    }

    /// The phase that a heading names.
    #[must_use]
    pub fn phase(&self, heading: &str) -> Option<usize> {
        parts(heading).find_map(|part| self.phases.get(&phase_key(part)).copied())
    }
}

/// The key without "APO02" or "A.5.1" before it.
fn without_label(key: &str) -> &str {
    let is_label = |word: &str| word.len() == 1 || word.contains(|c: char| c.is_ascii_digit());
    let mut rest = key;
    while let Some((first, after)) = rest.split_once(' ') {
        if !is_label(first) {
            break;
        }
        rest = after;
    }
    rest
}
