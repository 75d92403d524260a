//! What is named, and what is excluded.

use std::fs;
use std::path::Path;

use waypost::glob::{Case, Globs};
use waypost::walk;

use crate::scratch::*;

#[test]
fn what_cannot_be_checked_is_told() {
    let scratch = Scratch::new(&["docs/x.md", "docs/notes.txt", "other/y.md"]);
    assert_eq!(message(scratch.place(&["docs/none.md"])), "`docs/none.md` does not exist");
    assert_eq!(message(scratch.place(&["docs/x.md/y"])), not_a_folder(&scratch));
    assert_eq!(message(scratch.place(&["docs/notes.txt"])), "`docs/notes.txt` is not a page");
    let outside = walk::place(&scratch.0, Some(Path::new("docs")), None, &["other/y.md".into()]).unwrap_err();
    assert!(outside.message.starts_with("`other/y.md` lies outside the root `"));
    assert!(outside.help.unwrap().contains("--root"));
    let no_folder = walk::place(&scratch.0, Some(Path::new("docs/x.md")), None, &[]);
    assert_eq!(message(no_folder), "the root `docs/x.md` is not a folder");
}

fn not_a_folder(scratch: &Scratch) -> String {
    let error = fs::metadata(scratch.at("docs/x.md/y")).unwrap_err();
    match error.kind() {
        std::io::ErrorKind::NotFound => "`docs/x.md/y` does not exist".to_owned(),
        _ => format!("cannot look at `docs/x.md/y`: {error}"),
    }
}

#[test]
fn an_ignored_page_or_folder_is_still_checked() {
    let scratch =
        Scratch::new(&["x.md", "draft.md", "out/a.md", "out/b.png", "out/deep/c.md", "out-of/d.md"]);
    scratch.write(".gitignore", "draft.md\n/out/\n").write(".git/", "");
    assert_eq!(pages(&scratch.tree(&["x.md"])), ["out-of/d.md", "x.md"]);
    assert_eq!(pages(&scratch.tree(&["draft.md"])), ["draft.md", "out-of/d.md", "x.md"]);
    assert_eq!(pages(&scratch.tree(&["out/deep/c.md", "x.md"])), ["out-of/d.md", "out/deep/c.md", "x.md"]);
    let tree = scratch.tree(&["out", "out/a.md"]);
    assert_eq!(pages(&tree), ["out-of/d.md", "out/a.md", "out/deep/c.md", "x.md"]);
    assert_eq!(files(&tree), [".gitignore", "out-of/d.md", "out/a.md", "out/b.png", "out/deep/c.md", "x.md"]);
}

#[test]
fn an_excluded_page_is_not_read_but_counts_as_a_file() {
    let scratch = Scratch::new(&["x.md", "vendor/y.md", "vendor/deep/z.md"]);
    let place = scratch.place(&[".", "vendor/y.md"]).unwrap();
    let exclude = Globs::like_gitignore(["vendor/"], Case::Sensitive).unwrap();
    let tree = walk::tree(&place, &exclude, &|_| false);
    assert_eq!(pages(&tree), ["x.md"]);
    assert_eq!(files(&tree), ["vendor/deep/z.md", "vendor/y.md", "x.md"]);
}
