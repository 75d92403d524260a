//! What only Unix has: links, pipes, permissions, names that are not UTF-8.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use waypost::glob::Globs;
use waypost::path::DocPath;
use waypost::walk;

use crate::scratch::*;

#[test]
fn links_are_names_or_nothing() {
    let scratch = Scratch::new(&["real/x.md", "real/data.json"]);
    symlink("real/x.md", scratch.at("link.md")).unwrap();
    symlink("real/data.json", scratch.at("site.json")).unwrap();
    symlink("real", scratch.at("folder")).unwrap();
    symlink("..", scratch.at("real/up")).unwrap();
    symlink("loop.md", scratch.at("loop.md")).unwrap();
    symlink("gone.md", scratch.at("dangling.md")).unwrap();
    let tree = scratch.tree(&[]);
    assert_eq!(files(&tree), ["link.md", "real/data.json", "real/x.md", "site.json"]);
    assert_eq!(pages(&tree), ["real/x.md"]);
    assert!(tree.configs.contains_key("site.json") && tree.unreadable.is_empty());
}

#[test]
fn a_named_link_is_followed() {
    let scratch = Scratch::new(&["waypost.toml", "real/x.md"]);
    symlink("real/x.md", scratch.at("link.md")).unwrap();
    symlink("real", scratch.at("folder")).unwrap();
    symlink("gone.md", scratch.at("dangling.md")).unwrap();
    let paths = |named: &[&str]| -> Vec<DocPath> {
        scratch.place(named).unwrap().named.into_iter().map(|named| named.path).collect()
    };
    assert_eq!(names(&paths(&["link.md", "folder", "folder/x.md"])), ["real/x.md", "real", "real/x.md"]);
    let dangling = message(scratch.place(&["dangling.md"]));
    assert_eq!(dangling, "`dangling.md` is a symbolic link to something that does not exist");
}

#[test]
fn folders_and_pipes_named_like_pages_are_no_pages() {
    let scratch = Scratch::new(&["folder.md/inner.md"]);
    assert!(Command::new("mkfifo").arg(scratch.at("pipe.md")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(scratch.at("socket.md")).unwrap();
    symlink("pipe.md", scratch.at("link.md")).unwrap();
    let tree = scratch.tree(&["folder.md", "."]);
    assert_eq!(files(&tree), ["folder.md/inner.md"]);
    assert_eq!(pages(&tree), ["folder.md/inner.md"]);
    assert_eq!(message(scratch.place(&["pipe.md"])), "`pipe.md` is a named pipe, not a file");
    assert_eq!(message(scratch.place(&["socket.md"])), "`socket.md` is a socket, not a file");
}

#[test]
fn what_may_not_be_read_is_told() {
    let scratch = Scratch::new(&["locked.md", "shut/x.md", "fine.md"]);
    let forbid = |path| fs::set_permissions(scratch.at(path), fs::Permissions::from_mode(0o000)).unwrap();
    forbid("locked.md");
    forbid("shut");
    let root_reads_everything = fs::read(scratch.at("locked.md")).is_ok();
    let tree = scratch.tree(&[]);
    fs::set_permissions(scratch.at("shut"), fs::Permissions::from_mode(0o755)).unwrap();
    if root_reads_everything {
        return println!("skipped: this user may read everything");
    }
    assert_eq!(pages(&tree), ["fine.md"]);
    let told =
        [("locked.md", "permission denied"), ("shut", "the folder cannot be listed: permission denied")];
    assert_eq!(unreadable(&tree), told);
}

#[test]
fn names_may_hold_anything() {
    let odd = ["100% new.md", "a\\b.md", "c#.md", "line\nbreak.md", "naïve 名.md", "~.md"];
    let scratch = Scratch::new(&odd);
    assert_eq!(pages(&scratch.tree(&[])), odd);
    assert_eq!(scratch.place(&["a\\b.md"]).unwrap().named[0].path.as_str(), "a\\b.md");
}

#[test]
fn names_that_are_not_utf8_are_read_and_told_apart() {
    let scratch = Scratch::new(&[".gitignore"]);
    let write = |name: &[u8], text| fs::write(scratch.0.join(OsStr::from_bytes(name)), text);
    if write(b"caf\xE9.md", "one").is_err() {
        return println!("skipped: this disk takes only UTF-8 names");
    }
    let tree = scratch.tree(&[]);
    assert_eq!((pages(&tree), &*tree.pages[0].text), (vec!["caf\u{fffd}.md"], "one"));
    write(b"caf\xE8.md", "two").unwrap();
    let tree = scratch.tree(&[]);
    assert_eq!((pages(&tree), &*tree.pages[0].text), (vec!["caf\u{fffd}.md"], "two"));
    assert!(unreadable(&tree)[0].1.contains("another file's name"));
    scratch.write(".gitignore", "*.md\n");
    let named = walk::place(&scratch.0, None, None, &[OsStr::from_bytes(b"caf\xE9.md").into()]).unwrap();
    assert_eq!(&*walk::tree(&named, &Globs::default(), &|_| false).pages[0].text, "one");
}
