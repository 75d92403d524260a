//! What differs between two states of the repository.

use super::index::{Kind, path_in_tree};
use super::{Oid, Repository};
use crate::path::DocPath;

/// A file that differs. With both sides it was changed, or renamed where their paths differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it was; `None` for an added file.
    pub old: Option<Side>,
    /// What it is; `None` for a deleted file.
    pub new: Option<Side>,
}

/// A file before or after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its place, from the root of the working tree.
    pub path: DocPath,
    /// What it is.
    pub kind: Kind,
    /// Its content; null where only the working tree has it.
    pub oid: Oid,
}

impl Change {
    /// The old and the new path of a file that was renamed.
    #[must_use]
    pub fn renamed(&self) -> Option<(&DocPath, &DocPath)> {
        let (old, new) = (self.old.as_ref()?, self.new.as_ref()?);
        (old.path != new.path).then_some((&old.path, &new.path))
    }
}

/// Whatever the user's configuration says of differences.
const OPTIONS: [&str; 9] = [
    "--raw",
    "-z",
    "--find-renames",
    "--no-abbrev",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--ignore-submodules=dirty",
    "-O/dev/null",
];

impl Repository {
    /// What the index has other than a revision.
    #[must_use]
    pub fn staged_since(&self, revision: &str) -> Option<Vec<Change>> {
        Some(changes(&self.ask(&[&["diff", "--cached"], &OPTIONS[..], &[revision, "--"]].concat())?))
    }

    /// What the working tree has other than a revision, of the files that git tracks.
    #[must_use]
    pub fn changed_since(&self, revision: &str) -> Option<Vec<Change>> {
        Some(changes(&self.ask(&[&["diff"], &OPTIONS[..], &[revision, "--"]].concat())?))
    }
}

/// Of `:100644 100644 OID OID M\0path\0`, and with R or C `\0old\0new\0`.
fn changes(answer: &[u8]) -> Vec<Change> {
    let mut fields = super::fields(answer);
    let mut changes = Vec::new();
    while let Some(change) = next_change(&mut fields) {
        changes.push(change);
    }
    changes
}

fn next_change<'f>(fields: &mut impl Iterator<Item = &'f [u8]>) -> Option<Change> {
    let head = std::str::from_utf8(fields.next()?).ok()?;
    let mut words = head.strip_prefix(':')?.split(' ');
    let (old_mode, new_mode) = (words.next()?, words.next()?);
    let (old_oid, new_oid, status) = (words.next()?, words.next()?, words.next()?);
    let old_name = fields.next()?;
    let new_name = if status.starts_with(['R', 'C']) { fields.next()? } else { old_name };
    let side = |mode: &str, oid: &str, name: &[u8]| {
        let is_there = mode.bytes().any(|digit| digit != b'0');
        is_there.then(|| Side { path: path_in_tree(name), kind: Kind::of(mode), oid: Oid::new(oid) })
    };
    let old = side(old_mode, old_oid, old_name).filter(|_| !status.starts_with('C'));
    Some(Change { old, new: side(new_mode, new_oid, new_name) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_kinds() {
        let answer = b":100644 100644 a1 b1 M\0a b.md\0:000000 100644 00 b2 A\0new\n.md\0\
            :100644 000000 a3 00 D\0gone.md\0:100644 100644 a4 b4 R090\0old.md\0to.md\0\
            :100644 100644 a5 b5 C100\0from.md\0copy.md\0:000000 160000 00 b6 A\0module\0";
        let changes = changes(answer);
        let path = |side: &Option<Side>| side.as_ref().map(|side| side.path.to_string());
        let paths: Vec<_> = changes.iter().map(|change| (path(&change.old), path(&change.new))).collect();
        let told = |old: &str, new: &str| {
            let path = |path: &str| (!path.is_empty()).then(|| path.to_owned());
            (path(old), path(new))
        };
        let expected = [
            told("a b.md", "a b.md"),
            told("", "new\n.md"),
            told("gone.md", ""),
            told("old.md", "to.md"),
            told("", "copy.md"),
            told("", "module"),
        ];
        assert_eq!(paths, expected);
        assert_eq!(
            changes[3].renamed().map(|(old, new)| (old.as_str(), new.as_str())),
            Some(("old.md", "to.md"))
        );
        assert_eq!(changes[5].new.as_ref().map(|side| side.kind), Some(Kind::Submodule));
    }
}
