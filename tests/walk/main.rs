//! What waypost finds on a disk, be it ever so odd.

mod ignored;
mod named;
#[cfg(unix)]
mod odd;
mod probe;
mod repository;
mod roots;
mod scratch;
mod texts;

use waypost::path::DocPath;
use waypost::walk;

use crate::scratch::*;

#[test]
fn lists_all_files_and_reads_pages_and_configs() {
    let scratch = Scratch::new(&[
        "b.md",
        "a/Z.MD",
        "a/y.markdown",
        "a/pic.png",
        ".github/x.md",
        "a/site.json",
        "a.txt",
    ]);
    let tree = scratch.tree(&[]);
    let all = [".github/x.md", "a.txt", "a/Z.MD", "a/pic.png", "a/site.json", "a/y.markdown", "b.md"];
    assert_eq!(files(&tree), all);
    assert_eq!(pages(&tree), [".github/x.md", "a/Z.MD", "a/y.markdown", "b.md"]);
    assert_eq!(&*tree.pages[0].text, "# A page\n");
    assert_eq!(tree.configs.keys().map(DocPath::as_str).collect::<Vec<_>>(), ["a/site.json"]);
    assert_eq!((tree.unreadable, tree.below_git_root), (vec![], None));
}

#[test]
fn reads_further_configs_but_nothing_above_the_root() {
    let scratch = Scratch::new(&["root/redirects.json", "root/folder.json/", "above.json"]);
    let asked = ["redirects.json", "folder.json", "missing.json", "../above.json"].map(DocPath::new);
    let read = walk::read(&scratch.at("root"), &asked);
    assert_eq!(read.keys().map(DocPath::as_str).collect::<Vec<_>>(), ["redirects.json"]);
}

#[test]
fn an_empty_tree_is_no_fault() {
    let tree = Scratch::new(&[]).tree(&[]);
    assert!(tree.files.is_empty() && tree.pages.is_empty() && tree.unreadable.is_empty());
}
