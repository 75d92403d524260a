//! What the disk says of targets outside the tree.

use std::fs;

use waypost::path::DocPath;
use waypost::tree::OnDisk;
use waypost::walk;

use crate::scratch::*;

#[cfg(unix)]
#[test]
fn probes_tell_links_and_case() {
    let scratch = Scratch::new(&["real/x.md", "Case.md"]);
    std::os::unix::fs::symlink("real", scratch.at("folder")).unwrap();
    std::os::unix::fs::symlink("gone", scratch.at("dangling.md")).unwrap();
    let asked = ["folder/x.md", "folder", "dangling.md", "case.md", "folder/none.md"].map(DocPath::new);
    let on_disk = walk::probe(&scratch.0, false, &asked);
    let behind = OnDisk::BehindSymlink;
    assert_eq!(on_disk, [(DocPath::new("folder/x.md"), behind), (DocPath::new("folder"), behind)].into());
}

#[test]
fn probes_tell_ignored_and_outside() {
    let scratch = Scratch::new(&["outside.md", "docs/out/x.md", "docs/void/", ".git/"]);
    let asked =
        ["out/x.md", "out", "void", "none.md", "../outside.md", "../none.md", "../docs"].map(DocPath::new);
    let probed = walk::probe(&scratch.at("docs"), true, &asked);
    let told = [
        (DocPath::new("out/x.md"), OnDisk::Ignored),
        (DocPath::new("out"), OnDisk::Ignored),
        (DocPath::new("../outside.md"), OnDisk::OutsideRoot),
        (DocPath::new("../docs"), OnDisk::OutsideRoot),
    ];
    assert_eq!(probed, told.into(), "an empty `.git` is no repository");
}

#[test]
fn probes_believe_git_that_a_target_is_tracked() {
    let scratch =
        Scratch::new(&["docs/out/x.md", "docs/out/new.md", "docs/[odd] *.md", "docs/gone.md", "docs/o.md"]);
    if !scratch.git(&["init", "-q"]) {
        return println!("skipped: there is no git");
    }
    assert!(scratch.git(&["add", "docs/out/x.md", ":(literal)docs/[odd] *.md", "docs/gone.md"]));
    scratch.write(".gitignore", "out/\n*.md\n");
    fs::remove_file(scratch.at("docs/gone.md")).unwrap();
    let asked =
        ["out/x.md", "out/new.md", "out", "[odd] *.md", "gone.md", "o.md", "../.gitignore"].map(DocPath::new);
    let probed = walk::probe(&scratch.at("docs"), true, &asked);
    let told = [
        (DocPath::new("[odd] *.md"), OnDisk::Tracked),
        (DocPath::new("out"), OnDisk::Tracked),
        (DocPath::new("out/x.md"), OnDisk::Tracked),
        (DocPath::new("out/new.md"), OnDisk::Ignored),
        (DocPath::new("o.md"), OnDisk::Ignored),
        (DocPath::new("../.gitignore"), OnDisk::OutsideRoot),
    ];
    assert_eq!(probed, told.into());
    let unasked = walk::probe(&scratch.at("docs"), false, &asked);
    assert!(!unasked.values().any(|found| *found == OnDisk::Tracked));
}

#[test]
fn lines_are_counted_in_text() {
    let scratch = Scratch::new(&[]);
    let files = [("one.txt", "a"), ("two.txt", "a\nb\n"), ("empty.txt", ""), ("picture.png", "\0\n")];
    for (name, text) in files {
        fs::write(scratch.at(name), text).unwrap();
    }
    let asked = ["one.txt", "two.txt", "empty.txt", "picture.png", "none.txt"].map(DocPath::new);
    let counts = walk::count_lines(&scratch.0, &asked);
    assert_eq!(counts, [(DocPath::new("one.txt"), 1), (DocPath::new("two.txt"), 2)].into());
}
