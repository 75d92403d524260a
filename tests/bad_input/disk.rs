//! What lies in the tree and is no file that can be read.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;

use crate::tree::{FORMATS, Tree};

fn pipe(tree: &Tree, path: &str) {
    assert!(Command::new("mkfifo").arg(tree.path(path)).status().unwrap().success());
}

#[test]
fn what_is_no_file_is_no_page() {
    let tree = Tree::new([
        ("folder.md/inner.md", "# A\n"),
        (
            "index.md",
            "[a](pipe.md) [b](socket.md) [c](folder.md) [d](zero.md) [e](loop.md) [f](gone.md) [g](round/x.md)\n",
        ),
    ]);
    pipe(&tree, "pipe.md");
    let _socket = UnixListener::bind(tree.path("socket.md")).unwrap();
    symlink("/dev/zero", tree.path("zero.md")).unwrap();
    symlink("loop.md", tree.path("loop.md")).unwrap();
    symlink("nowhere.md", tree.path("gone.md")).unwrap();
    symlink(".", tree.path("round")).unwrap();
    let ran = tree.check();
    let broken = ran.findings("broken-link");
    let names = ["pipe.md", "socket.md", "zero.md", "loop.md", "gone.md", "round/x.md"];
    assert_eq!(broken.len(), names.len(), "{}", ran.stdout);
    for (finding, name) in broken.iter().zip(names) {
        assert!(finding.contains(name), "{finding}");
    }
    for name in ["pipe.md", "socket.md", "zero.md", "loop.md", "gone.md"] {
        let ran = tree.run(&["check", name]);
        assert!(ran.code == 2 && ran.stderr.contains(name), "{name}: {}", ran.stderr);
    }
    assert_eq!(tree.run(&["check", "folder.md", "round"]).code, ran.code);
}

/// A pipe would never end, and a folder has no text. (A pipe that is called `.gitignore` stops git and waypost alike.)
#[test]
fn configuration_that_is_no_file_is_left_alone() {
    let publish =
        r#"{"docsets_to_publish": [{"build_source_folder": "."}], "redirection_files": ["moved.json"]}"#;
    for name in ["waypost.toml", ".openpublishing.publish.config.json", "docfx.json", "moved.json"] {
        for is_pipe in [true, false] {
            let tree = Tree::new([("index.md", "# A\n")]);
            if name.ends_with("json") && !name.starts_with('.') {
                tree.write(".openpublishing.publish.config.json", publish);
            }
            match is_pipe {
                true => pipe(&tree, name),
                false => fs::create_dir(tree.path(name)).unwrap(),
            }
            let ran = tree.check();
            assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        }
    }
    let tree = Tree::page("# A\n");
    pipe(&tree, "pipe.toml");
    for name in ["pipe.toml", "/dev/zero", ".", "none.toml"] {
        let ran = tree.run(&["check", "--config", name]);
        assert!(ran.code == 2 && ran.stderr.contains("error"), "{name}: {}", ran.stderr);
    }
}

#[test]
fn what_may_not_be_read_is_told() {
    let tree = Tree::new([
        ("locked.md", "# A\n"),
        ("shut/x.md", "# A\n"),
        ("docfx.json", "{}"),
        ("fine.md", "# A\n"),
    ]);
    let allow = |path, mode| fs::set_permissions(tree.path(path), fs::Permissions::from_mode(mode)).unwrap();
    for path in ["locked.md", "shut", "docfx.json"] {
        allow(path, 0o000);
    }
    let is_root = fs::read(tree.path("locked.md")).is_ok();
    let ran = tree.check();
    allow("shut", 0o755);
    if is_root {
        return println!("skipped: this user may read everything");
    }
    assert_eq!(ran.findings("unreadable-page").len(), 3, "{}", ran.stdout);
}

#[test]
fn names_need_not_be_utf8() {
    let tree = Tree::new([("index.md", "[a](caf%E9.md) [b](caf%C3%A9.md) [c](caf\u{fffd}.md)\n")]);
    let name = |bytes| OsStr::from_bytes(bytes);
    if fs::write(tree.path(name(b"caf\xE9.md")), "[a](gone.md)\n").is_err() {
        return println!("skipped: this disk takes only UTF-8 names");
    }
    tree.write(name(b"d\xFF/docfx.json"), "{").write(name(b"d\xFF/x\xFE.md"), "[a](gone.md)\n");
    for format in FORMATS {
        let ran = tree.run(&["check", "--format", format]);
        assert_eq!(ran.code, 1);
        if format == "json" {
            serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap();
        }
    }
    assert_eq!(tree.check().findings("broken-link").len(), 4, "{}", tree.check().stdout);
}
