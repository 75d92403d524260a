//! Which of some paths git tracks.

use std::collections::BTreeSet;
use std::path::Path;

use super::{fields, git, said};
use crate::path::DocPath;

/// Stays below every system's limit for a command line (32 KiB on Windows).
const ARGUMENT_BYTES: usize = 24 << 10;

/// Those of `paths` that git tracks: files, and folders with a tracked file in them. Paths above `root` are not asked
/// for. `None` where there is no git, or it refuses.
#[must_use]
pub fn tracked(root: &Path, paths: &[DocPath]) -> Option<BTreeSet<DocPath>> {
    let inside: Vec<&DocPath> = paths.iter().filter(|path| path.levels_above_root() == 0).collect();
    let mut tracked = BTreeSet::new();
    for chunk in chunks(&inside) {
        let files = list_tracked(root, chunk)?;
        tracked.extend(chunk.iter().filter(|path| holds(&files, path)).map(|path| (*path).clone()));
    }
    Some(tracked)
}

fn chunks<'p>(mut paths: &'p [&'p DocPath]) -> impl Iterator<Item = &'p [&'p DocPath]> {
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |path: &&&DocPath| {
            bytes += path.as_str().len() + 1;
            bytes <= ARGUMENT_BYTES
        };
        let count = paths.iter().take_while(fits).count().max(1).min(paths.len());
        let (chunk, rest) = paths.split_at(count);
        paths = rest;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// The tracked files that are, or lie below, one of `paths`.
fn list_tracked(root: &Path, paths: &[&DocPath]) -> Option<BTreeSet<String>> {
    let paths = paths.iter().map(|path| if path.as_str().is_empty() { "." } else { path.as_str() });
    let names = said(git().arg("-C").arg(root).args(["ls-files", "-z", "--"]).args(paths), None)?;
    Some(fields(&names).map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}

fn holds(files: &BTreeSet<String>, path: &DocPath) -> bool {
    let below = format!("{path}/");
    files.contains(path.as_str())
        || files.range(below.clone()..).next().is_some_and(|file| file.starts_with(&below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_keep_all_paths_and_the_limit() {
        let paths: Vec<DocPath> = (0..5000).map(|n| DocPath::new(&format!("folder/page-{n}.md"))).collect();
        let paths: Vec<&DocPath> = paths.iter().collect();
        let chunks: Vec<_> = chunks(&paths).collect();
        assert_eq!(chunks.concat(), paths);
        let bytes = |chunk: &&[&DocPath]| chunk.iter().map(|path| path.as_str().len() + 1).sum::<usize>();
        assert!(chunks.len() > 1 && chunks.iter().all(|chunk| bytes(chunk) <= ARGUMENT_BYTES));
    }

    #[test]
    fn a_path_longer_than_the_limit_is_a_chunk_of_its_own() {
        let long = DocPath::new(&"x".repeat(ARGUMENT_BYTES + 1));
        assert_eq!(chunks(&[&long]).count(), 1);
    }
}
