//! What the names of a script stand for, as far as one value is bound to them and stays.
//!
//! Knows where values begin, not what they are.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{Kind, Member, Value};
use super::tokens::{Script, Sort};
use crate::source::Spanned;

/// How many bytes are read where names stand for them: names of names of names could be endless.
const MOST_NAMED: usize = 1 << 20;

/// The names of a script.
pub struct Names<'t> {
    script: &'t Script<'t>,
    /// Where their values begin.
    bound: FxHashMap<&'t str, usize>,
    /// The names that are given another value later.
    reassigned: FxHashSet<&'t str>,
    /// The keys, as tokens, of which a member is given another value later.
    changed: FxHashMap<&'t str, Vec<usize>>,
    read: usize,
}

impl<'t> Names<'t> {
    /// Looks for what is changed; nothing is bound yet.
    pub fn new(script: &'t Script<'t>) -> Names<'t> {
        let mut reassigned = FxHashSet::default();
        let mut changed: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for at in (0..script.len()).filter(|&at| script.sort(at) == Some(Sort::Word)) {
            let before = at.checked_sub(1).map_or("", |before| script.word(before));
            match script.word(at + 1) {
                _ if matches!(before, "const" | "let" | "var" | ".") => {}
                "." if changes(script, at + 2) => changed.entry(script.word(at)).or_default().push(at + 2),
                sign if is_assignment(sign) => drop(reassigned.insert(script.word(at))),
                _ => {}
            }
        }
        Names { script, bound: FxHashMap::default(), reassigned, changed, read: 0 }
    }

    /// Notes the constants and functions of a block: names inside inner blocks are others.
    pub fn bind(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let name = self.script.word(at + 1);
            let value = match self.script.word(at) {
                "const" | "let" | "var" => self.initialiser(at + 2),
                "function" => (self.script.sort(at + 1) == Some(Sort::Word)).then_some(at),
                _ => None,
            };
            if let Some(value) = value.filter(|_| !self.reassigned.contains(name)) {
                self.bound.insert(name, value);
                at += 1;
            }
            at = self.script.next(at);
        }
    }

    /// Where the value begins, after a name and perhaps its type.
    fn initialiser(&self, at: usize) -> Option<usize> {
        const ENDS: [&str; 9] = ["=", ";", "const", "let", "var", "export", "function", "module", ""];
        let mut at = at;
        if self.script.word(at) == ":" {
            while !ENDS.contains(&self.script.word(at)) {
                at = self.script.next(at);
            }
        }
        (self.script.word(at) == "=").then_some(at + 1)
    }

    /// Where the value of a name begins, as long as not too much has been read so.
    pub fn follow(&mut self, name: &str) -> Option<usize> {
        let at = *self.bound.get(name)?;
        let changes = self.changed.get(name).map_or(1, Vec::len);
        self.read += self.script.span(at, self.script.end(at)).len() + changes;
        (self.read <= MOST_NAMED).then_some(at)
    }

    /// The value of a name, the members unknown that are changed after it is bound.
    pub fn changed(&self, name: &str, mut value: Value) -> Value {
        if let (Kind::Object(members), Some(keys)) = (&mut value.kind, self.changed.get(name)) {
            members.extend(keys.iter().map(|&key| {
                let span = self.script.span(key, key + 1);
                let value = Value { span, kind: Kind::Unknown };
                Member { key: Spanned { value: self.script.word(key).into(), span }, value }
            }));
        }
        value
    }
}

fn is_assignment(sign: &str) -> bool {
    matches!(sign, "=" | "+=" | "||=" | "??=" | "&&=")
}

/// Whether the member, or what is in it, is assigned to, or a list there grows.
fn changes(script: &Script, member: usize) -> bool {
    const LONGEST_PATH: usize = 16;
    let mut at = member;
    for _ in 0..LONGEST_PATH {
        match script.word(at + 1) {
            "." | "?." => at += 2,
            "[" => at = script.closer(at + 1),
            "(" => return matches!(script.word(at), "push" | "unshift" | "splice"),
            sign => return is_assignment(sign),
        }
    }
    false
}
