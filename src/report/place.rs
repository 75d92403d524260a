//! Where a finding is, as people and programs read it: paths, lines and columns.
//!
//! Does arithmetic only; never touches the disk.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Component, Path};

use crate::path::{DocPath, joined};
use crate::site::{Site, SourceText};
use crate::source::{LineColumn, Span, floor_char_boundary};

/// Turns paths relative to the root into paths relative to the current folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathDisplay {
    /// The way from the current folder to the root: empty, or ending in `/`.
    prefix: String,
    /// The current folder as seen from the root, where it lies inside.
    folder: String,
}

impl PathDisplay {
    /// Both folders absolute and resolved. Where nothing leads from one to the other paths stay relative to the root.
    #[must_use]
    pub fn new(root: &Path, current: &Path) -> PathDisplay {
        let root: Vec<_> = root.components().collect();
        let current: Vec<_> = current.components().collect();
        let common = root.iter().zip(&current).take_while(|(root, current)| root == current).count();
        if common == 0 {
            return PathDisplay::default();
        }
        let down = join(&root[common..]);
        let folder = join(&current[common..]);
        if down.is_empty() {
            return PathDisplay { prefix: String::new(), folder };
        }
        let up = "../".repeat(current.len() - common);
        PathDisplay { prefix: format!("{up}{down}/"), folder: String::new() }
    }

    /// Paths as seen from a folder above the root, from which `way` leads down to it.
    #[must_use]
    pub fn from_above(way: &str) -> PathDisplay {
        let prefix = if way.is_empty() { String::new() } else { format!("{way}/") };
        PathDisplay { prefix, folder: String::new() }
    }

    /// The path to show, not yet safe for a terminal.
    #[must_use]
    pub fn show<'p>(&self, path: &'p DocPath) -> Cow<'p, str> {
        if !self.folder.is_empty() {
            return Cow::Owned(path.relative_to(&self.folder));
        }
        if !self.prefix.is_empty() {
            return Cow::Owned(joined(self.prefix.trim_end_matches('/'), path.as_str()));
        }
        Cow::Borrowed(path.as_str())
    }
}

fn join(components: &[Component<'_>]) -> String {
    let names: Vec<_> = components.iter().map(|component| component.as_os_str().to_string_lossy()).collect();
    names.join("/")
}

/// Finds lines and columns, in a time that does not depend on how long a line is.
pub(super) struct Locator<'s> {
    site: &'s Site,
    long_lines: HashMap<DocPath, Box<[u32]>>,
}

/// Columns further right than this are looked up instead of counted.
const STRIDE: usize = 4096;

impl<'s> Locator<'s> {
    pub(super) fn new(site: &'s Site) -> Locator<'s> {
        Locator { site, long_lines: HashMap::new() }
    }

    /// Line and column; the first where the file's text is not known.
    pub(super) fn place(&mut self, path: &DocPath, offset: u32) -> LineColumn {
        match self.site.source(path) {
            Some(source) => self.place_in(path, source, offset as usize),
            None => LineColumn { line: 1, column: 1 },
        }
    }

    /// Where a span begins, and the place after its last character.
    pub(super) fn range(&mut self, path: &DocPath, span: Span) -> (LineColumn, LineColumn) {
        (self.place(path, span.start), self.place(path, span.end))
    }

    /// Line, and column in bytes, both from 1.
    pub(super) fn line_and_byte(&self, path: &DocPath, offset: u32) -> (usize, usize) {
        let Some(source) = self.site.source(path) else { return (1, 1) };
        let offset = floor_char_boundary(source.text, offset as usize);
        let line = source.lines.line_of(offset);
        (line + 1, offset - source.lines.start_of(line).unwrap_or(0) + 1)
    }

    /// The text under a span, where the file's text is known.
    pub(super) fn text(&self, path: &DocPath, span: Span) -> Option<&'s str> {
        self.site.source(path).map(|source| span.of(source.text))
    }

    fn place_in(&mut self, path: &DocPath, source: SourceText<'_>, offset: usize) -> LineColumn {
        let offset = floor_char_boundary(source.text, offset);
        let line = source.lines.line_of(offset);
        let start = source.lines.start_of(line).unwrap_or(0);
        if offset - start <= STRIDE {
            return source.lines.line_column(source.text, offset);
        }
        let bytes = source.text.as_bytes();
        if !self.long_lines.contains_key(path) {
            self.long_lines.insert(path.clone(), characters_by_stride(bytes));
        }
        let strides = &self.long_lines[path];
        let before = |offset: usize| {
            let stride = offset / STRIDE;
            strides[stride] as usize + characters(&bytes[stride * STRIDE..offset])
        };
        LineColumn { line: line + 1, column: before(offset) - before(start) + 1 }
    }
}

/// How many characters begin before each multiple of [`STRIDE`].
fn characters_by_stride(bytes: &[u8]) -> Box<[u32]> {
    let mut before = 0;
    let chunks = bytes.chunks(STRIDE).map(|chunk| {
        let here = before;
        before += characters(chunk) as u32;
        here
    });
    let mut strides: Vec<u32> = chunks.collect();
    strides.push(before);
    strides.into()
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| !(0x80..0xc0).contains(&byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::site;

    fn show(root: &str, current: &str, path: &str) -> String {
        PathDisplay::new(Path::new(root), Path::new(current)).show(&DocPath::new(path)).into_owned()
    }

    #[test]
    fn paths_are_relative_to_the_current_folder() {
        assert_eq!(show("/a/b", "/a/b", "x/y.md"), "x/y.md");
        assert_eq!(show("/a/b", "/a", "x/y.md"), "b/x/y.md");
        assert_eq!(show("/a/b", "/a/b/x", "x/y.md"), "y.md");
        assert_eq!(show("/a/b", "/a/b/z", "x/y.md"), "../x/y.md");
        assert_eq!(show("/a/b", "/a/c/d", "x/y.md"), "../../b/x/y.md");
    }

    #[test]
    fn long_lines_are_counted_as_short_ones() {
        let text = format!("é\n{}", "aé日🚀".repeat(5_000));
        let site = site(&[("a.md", &text)]);
        let path = DocPath::new("a.md");
        let mut locator = Locator::new(&site);
        for offset in (0..=text.len()).step_by(997) {
            let expected = site.docs[0].lines.line_column(&text, offset);
            assert_eq!(locator.place(&path, offset as u32), expected);
        }
    }
}
