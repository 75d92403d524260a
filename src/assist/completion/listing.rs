//! What lies directly in a folder of the tree, without looking at what lies below its folders.

use crate::path::DocPath;
use crate::site::{FileId, Files};

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A folder's name.
    Folder(String),
    /// A file, and its name.
    File(FileId, String),
}

impl Entry {
    pub(super) fn name(&self) -> &str {
        match self {
            Entry::Folder(name) | Entry::File(_, name) => name,
        }
    }
}

/// The entries of a folder, folders first, each kind sorted by name.
pub(super) fn entries(files: &Files, folder: &DocPath) -> Vec<Entry> {
    let prefix = if folder.as_str().is_empty() { String::new() } else { format!("{folder}/") };
    let paths = &files.paths;
    let (mut folders, mut own) = (Vec::new(), Vec::new());
    let mut at = paths.partition_point(|path| path.as_str() < &*prefix);
    while let Some(rest) = paths.get(at).and_then(|path| path.as_str().strip_prefix(&*prefix)) {
        match rest.split_once('/') {
            None => {
                own.push(Entry::File(at as FileId, rest.to_owned()));
                at += 1;
            }
            Some((name, _)) => {
                folders.push(Entry::Folder(name.to_owned()));
                // The character after `/`: all that lies in the folder comes before it.
                let behind = format!("{prefix}{name}0");
                at += paths[at..].partition_point(|path| path.as_str() < &*behind);
            }
        }
    }
    folders.dedup();
    folders.extend(own);
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_folders_first_and_each_once() {
        let mut paths = ["a/b/c.md", "a/b/d/e.md", "a/b.md", "a/b-c/x.md", "a/z.md", "b.md", "a/b/z.md"]
            .map(DocPath::new);
        paths.sort();
        let files = Files::new(paths.into());
        let names = |folder: &str| -> Vec<String> {
            entries(&files, &DocPath::new(folder)).iter().map(|entry| entry.name().to_owned()).collect()
        };
        assert_eq!(names("a"), ["b-c", "b", "b.md", "z.md"]);
        assert_eq!(names("a/b"), ["d", "c.md", "z.md"]);
        assert_eq!(names(""), ["a", "b.md"]);
        assert_eq!(names("nowhere"), Vec::<String>::new());
    }
}
