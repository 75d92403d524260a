//! Accepts a finding: an entry in the baseline.

use super::{Action, Request};
use crate::baseline::{self, Baseline, FILE_NAME};
use crate::finding::Edit;
use crate::fingerprint::{Fingerprint, Fingerprints};
use crate::path::DocPath;
use crate::source::{Span, floor_char_boundary};

/// Accepts a finding, with all in the file that nothing tells from it.
pub(super) fn entry(request: &Request<'_>, finding: usize) -> Option<Action> {
    let found = &request.findings[finding];
    let file = DocPath::new(FILE_NAME);
    if found.path == file {
        return None;
    }
    let fingerprint = Fingerprint::of(found, request.site);
    let of_rule =
        request.findings.iter().filter(|other| other.rule == found.rule && other.path == found.path);
    let alike = of_rule.filter(|other| Fingerprint::of(other, request.site) == fingerprint).count();
    let old = match request.baseline {
        Some(text) => Baseline::parse(text).ok()?,
        None => Baseline::default(),
    };
    let mut accepted = Fingerprints::default();
    for entry in old.entries {
        accepted.add(entry.fingerprint, entry.count);
    }
    accepted.add(fingerprint, alike);
    let text = baseline::write(&accepted);
    let rule = found.rule.id;
    let title = match alike {
        0 | 1 => format!("Accept this `{rule}` in the baseline"),
        alike => format!("Accept these {alike} equal `{rule}` in the baseline"),
    };
    Some(match request.baseline {
        Some(old) => Action::quick(finding, title, vec![difference(file, old, &text)]),
        None => Action { create: Some((file, text)), ..Action::quick(finding, title, Vec::new()) },
    })
}

/// The least that makes one text of another: what is around it stays as it is, folds and cursors with it.
fn difference(path: DocPath, old: &str, new: &str) -> Edit {
    let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(old, new)| old == new).count();
    let begin = floor_char_boundary(old, same(&mut old.bytes().zip(new.bytes())));
    let mut end = same(&mut old.bytes().rev().zip(new.bytes().rev())).min(old.len().min(new.len()) - begin);
    while !old.is_char_boundary(old.len() - end) {
        end -= 1;
    }
    Edit { path, span: Span::new(begin, old.len() - end), text: new[begin..new.len() - end].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_small_and_whole_characters() {
        for (old, new) in [("", "a"), ("abc", "abXc"), ("aa", "aaa"), ("é1", "è1"), ("x", ""), ("日", "本")]
        {
            let edit = difference(DocPath::default(), old, new);
            assert_eq!(super::super::edited(old, &[edit]), new);
        }
        assert_eq!(difference(DocPath::default(), "abc", "abXc").span, Span::at(2));
    }
}
