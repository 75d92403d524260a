//! Where the root is.

use std::path::{Path, PathBuf};

use waypost::glob::Globs;
use waypost::walk;

use crate::scratch::*;

/// From the folder `repo/docs/guide`: what lies in the tree, `--root`, the root, and whether it has a config.
const TABLE: &[(&[&str], Option<&str>, &str, bool)] = &[
    (&[], None, "repo/docs/guide", false),
    (&["repo/.git/"], None, "repo", false),
    (&["repo/.git"], None, "repo", false),
    (&["repo/docs/.openpublishing.publish.config.json", "repo/.git/"], None, "repo/docs", false),
    (&["repo/docs/.openpublishing.publish.config.json", "repo/waypost.toml"], None, "repo", true),
    (&["repo/docs/waypost.toml", "repo/waypost.toml", "repo/.git/"], None, "repo", true),
    (&["repo/docs/waypost.toml", "repo/.git/"], Some("../.."), "repo", false),
    (&["repo/docs/waypost.toml"], Some(".."), "repo/docs", true),
    (&["waypost.toml", "repo/.git/"], None, "repo", false),
    (&["waypost.toml"], None, "", true),
];

#[test]
fn the_mark_decides() {
    for (marks, root_flag, root, has_config) in TABLE {
        let scratch = Scratch::new(marks);
        scratch.write("repo/docs/guide/x.md", "");
        let cwd = scratch.at("repo/docs/guide");
        let place = walk::place(&cwd, root_flag.map(Path::new), None, &[]).unwrap();
        let root = scratch.at(root).components().collect::<PathBuf>();
        assert_eq!(place.root, root, "{marks:?} {root_flag:?}");
        assert_eq!(place.config, has_config.then(|| root.join("waypost.toml")), "{marks:?}");
        assert_eq!(
            root.join(place.named[0].path.as_str()).components().collect::<PathBuf>(),
            cwd,
            "{marks:?}"
        );
    }
}

#[test]
fn a_configuration_that_says_root_is_not_refined_from_above() {
    for (text, root) in [("root = true\n", "repo/docs"), ("root = false\n", "repo"), ("root = 1", "repo")] {
        let scratch = Scratch::new(&["repo/.git/", "repo/docs/guide/x.md"]);
        scratch.write("repo/waypost.toml", "").write("repo/docs/waypost.toml", text);
        let place = walk::place(&scratch.at("repo/docs/guide"), None, None, &[]).unwrap();
        assert_eq!(place.root, scratch.at(root), "{text}");
    }
}

#[test]
fn the_search_starts_at_the_folder_that_holds_everything_named() {
    let scratch = Scratch::new(&["a/waypost.toml", "a/x.md", "a/deep/y.md", "b/z.md"]);
    let root = |named: &[&str]| scratch.place(named).unwrap().root;
    assert_eq!(root(&["a/x.md"]), scratch.at("a"));
    assert_eq!(root(&["a/deep/y.md", "a/x.md"]), scratch.at("a"));
    assert_eq!(root(&["a/x.md", "b/z.md"]), scratch.0);
    scratch.write("waypost.toml", "");
    assert_eq!(root(&["a/deep/y.md"]), scratch.0);
}

#[test]
fn two_named_paths_without_any_mark_share_their_folder() {
    let scratch = Scratch::new(&["docs/a/x.md", "docs/b/y.md"]);
    let place = scratch.place(&["docs/a", "docs/b/../b/y.md"]).unwrap();
    assert_eq!(place.root, scratch.at("docs"));
    let named: Vec<_> =
        place.named.iter().map(|named| (named.path.as_str(), named.given.as_str(), named.is_dir)).collect();
    assert_eq!(named, [("a", "docs/a", true), ("b/y.md", "docs/b/../b/y.md", false)]);
}

#[test]
fn tells_where_the_root_lies_in_its_repository() {
    let scratch = Scratch::new(&[".git/", "a/b/waypost.toml"]);
    assert_eq!(scratch.place(&[]).unwrap().below_git_root.as_deref(), Some(""));
    assert_eq!(scratch.place(&["a/b"]).unwrap().below_git_root.as_deref(), Some("a/b"));
}

#[test]
fn the_root_is_checked_where_the_current_folder_lies_outside() {
    let scratch = Scratch::new(&["docs/x.md"]);
    let place = walk::place(&scratch.0, Some(Path::new("docs")), None, &[]).unwrap();
    assert_eq!((place.named.len(), place.named[0].path.as_str(), place.named[0].is_dir), (1, "", true));
    assert_eq!(pages(&walk::tree(&place, &Globs::default(), &|_| false)), ["x.md"]);
}

#[test]
fn config_flag_says_which_configuration_holds() {
    let scratch = Scratch::new(&["docs/waypost.toml", "docs/x.md", "ci/strict.toml"]);
    let docs = scratch.at("docs");
    let place = walk::place(&docs, None, Some(Path::new("../ci/strict.toml")), &[]).unwrap();
    assert_eq!((place.root, place.config), (docs.clone(), Some(scratch.at("ci/strict.toml"))));
    let missing = walk::place(&docs, None, Some(Path::new("none.toml")), &[]);
    assert_eq!(message(missing), "`none.toml` does not exist");
}

#[test]
fn the_configuration_has_a_path_from_the_root_wherever_it_lies() {
    let scratch =
        Scratch::new(&["repo/waypost.toml", "repo/docs/x.md", "repo/docs/lint.toml", "ci/waypost.toml"]);
    let cwd = scratch.at("repo");
    for (flag, expected) in [
        (None, "waypost.toml"),
        (Some("docs/lint.toml"), "docs/lint.toml"),
        (Some("docs/../waypost.toml"), "waypost.toml"),
        (Some("../ci/waypost.toml"), "../ci/waypost.toml"),
    ] {
        let place = walk::place(&cwd, None, flag.map(Path::new), &[]).unwrap();
        assert_eq!(place.config_path().unwrap().as_str(), expected, "{flag:?}");
    }
    assert_eq!(
        walk::place(&scratch.at("ci"), None, None, &[]).unwrap().config_path().unwrap().as_str(),
        "waypost.toml"
    );
    assert_eq!(walk::place(&scratch.0, None, None, &[]).unwrap().config_path(), None);
}
