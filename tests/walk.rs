//! What waypost finds on a disk, be it ever so odd.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use waypost::path::DocPath;
use waypost::tree::{OnDisk, Tree};
use waypost::walk::{self, Place, PlaceFault, Probed};

/// A folder of its own, removed at the end. It lies in no git repository.
struct Scratch(PathBuf);

impl Scratch {
    fn new(files: &[&str]) -> Scratch {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("waypost-walk-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().canonicalize().unwrap().join(name);
        fs::create_dir_all(&folder).unwrap();
        let scratch = Scratch(folder);
        for file in files {
            scratch.write(file, "# A page\n");
        }
        scratch
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// A path that ends in `/` is an empty folder.
    fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Scratch {
        let file = self.at(path);
        if path.ends_with('/') {
            fs::create_dir_all(file).unwrap();
        } else {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        self
    }

    fn place(&self, named: &[&str]) -> Result<Place, PlaceFault> {
        let named: Vec<PathBuf> = named.iter().map(PathBuf::from).collect();
        walk::place(&self.0, None, None, &named)
    }

    fn tree(&self, named: &[&str]) -> Tree {
        walk::tree(&self.place(named).unwrap(), &[], &|name| name == "site.json")
    }

    fn git(&self, arguments: &[&str]) -> bool {
        let mut git = Command::new("git");
        git.arg("-C")
            .arg(&self.0)
            .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
            .args(arguments);
        git.output().is_ok_and(|output| output.status.success())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn names(paths: &[DocPath]) -> Vec<&str> {
    paths.iter().map(DocPath::as_str).collect()
}

fn files(tree: &Tree) -> Vec<&str> {
    names(&tree.files)
}

fn pages(tree: &Tree) -> Vec<&str> {
    tree.pages.iter().map(|page| page.path.as_str()).collect()
}

fn unreadable(tree: &Tree) -> Vec<(&str, &str)> {
    tree.unreadable.iter().map(|page| (page.path.as_str(), page.reason.as_str())).collect()
}

fn message(place: Result<Place, PlaceFault>) -> String {
    place.expect_err("a fault").message
}

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

mod roots {
    use super::*;

    /// From the folder `repo/docs/guide`: what lies in the tree, `--root`, the root, and whether it has a config.
    const TABLE: &[(&[&str], Option<&str>, &str, bool)] = &[
        (&[], None, "repo/docs/guide", false),
        (&["repo/.git/"], None, "repo", false),
        (&["repo/.git"], None, "repo", false),
        (&["repo/docs/.openpublishing.publish.config.json", "repo/.git/"], None, "repo/docs", false),
        (&["repo/docs/.openpublishing.publish.config.json", "repo/waypost.toml"], None, "repo", true),
        (&["repo/docs/waypost.toml", "repo/waypost.toml", "repo/.git/"], None, "repo/docs", true),
        (&["repo/docs/waypost.toml", "repo/.git/"], Some("../.."), "repo", false),
        (&["repo/docs/waypost.toml"], Some(".."), "repo/docs", true),
        (&["waypost.toml", "repo/.git/"], None, "repo", false),
        (&["waypost.toml"], None, "", true),
    ];

    #[test]
    fn the_nearest_mark_decides() {
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
    fn the_search_starts_at_the_folder_that_holds_everything_named() {
        let scratch = Scratch::new(&["waypost.toml", "a/waypost.toml", "a/x.md", "a/deep/y.md", "b/z.md"]);
        let root = |named: &[&str]| scratch.place(named).unwrap().root;
        assert_eq!(root(&["a/x.md"]), scratch.at("a"));
        assert_eq!(root(&["a/deep/y.md", "a/x.md"]), scratch.at("a"));
        assert_eq!(root(&["a/x.md", "b/z.md"]), scratch.0);
    }

    #[test]
    fn two_named_paths_without_any_mark_share_their_folder() {
        let scratch = Scratch::new(&["docs/a/x.md", "docs/b/y.md"]);
        let place = scratch.place(&["docs/a", "docs/b/../b/y.md"]).unwrap();
        assert_eq!(place.root, scratch.at("docs"));
        let named: Vec<_> = place
            .named
            .iter()
            .map(|named| (named.path.as_str(), named.given.as_str(), named.is_dir))
            .collect();
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
        assert_eq!(pages(&walk::tree(&place, &[], &|_| false)), ["x.md"]);
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
}

mod named {
    use super::*;

    #[test]
    fn what_cannot_be_checked_is_told() {
        let scratch = Scratch::new(&["docs/x.md", "docs/notes.txt", "other/y.md"]);
        assert_eq!(message(scratch.place(&["docs/none.md"])), "`docs/none.md` does not exist");
        assert_eq!(message(scratch.place(&["docs/x.md/y"])), not_a_folder(&scratch));
        assert_eq!(message(scratch.place(&["docs/notes.txt"])), "`docs/notes.txt` is not a page");
        let outside =
            walk::place(&scratch.0, Some(Path::new("docs")), None, &["other/y.md".into()]).unwrap_err();
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
        assert_eq!(
            pages(&scratch.tree(&["out/deep/c.md", "x.md"])),
            ["out-of/d.md", "out/deep/c.md", "x.md"]
        );
        let tree = scratch.tree(&["out", "out/a.md"]);
        assert_eq!(pages(&tree), ["out-of/d.md", "out/a.md", "out/deep/c.md", "x.md"]);
        assert_eq!(
            files(&tree),
            [".gitignore", "out-of/d.md", "out/a.md", "out/b.png", "out/deep/c.md", "x.md"]
        );
    }

    #[test]
    fn an_excluded_page_is_not_read_but_counts_as_a_file() {
        let scratch = Scratch::new(&["x.md", "vendor/y.md", "vendor/deep/z.md"]);
        let place = scratch.place(&[".", "vendor/y.md"]).unwrap();
        let tree = walk::tree(&place, &["vendor/".to_owned()], &|_| false);
        assert_eq!(pages(&tree), ["x.md"]);
        assert_eq!(files(&tree), ["vendor/deep/z.md", "vendor/y.md", "x.md"]);
    }
}

mod ignored {
    use super::*;

    #[test]
    fn gitignore_holds_with_and_without_a_repository() {
        for git in [None, Some(".git/")] {
            let scratch =
                Scratch::new(&["x.md", "_site/y.md", "a/drafts/z.md", "a/kept.md", "a/not.md", "a/b/not.md"]);
            scratch.write(".gitignore", "_site/\nnot.md\n").write("a/.gitignore", "drafts\n!b/not.md\n");
            git.map(|git| scratch.write(git, ""));
            assert_eq!(pages(&scratch.tree(&[])), ["a/b/not.md", "a/kept.md", "x.md"], "{git:?}");
        }
    }

    #[test]
    fn info_exclude_holds() {
        let scratch = Scratch::new(&["x.md", "mine.md"]);
        scratch.write(".git/info/exclude", "mine.md\n");
        assert_eq!(files(&scratch.tree(&[])), ["x.md"]);
    }

    #[test]
    fn above_the_root_only_the_repository_counts() {
        let scratch =
            Scratch::new(&["repo/docs/x.md", "repo/docs/out.md", "repo/docs/far.md", "repo/docs/mine.md"]);
        scratch.write(".gitignore", "far.md\n").write("repo/.gitignore", "out.md\n");
        let tree = || {
            let place = walk::place(&scratch.at("repo/docs"), Some(Path::new(".")), None, &[]).unwrap();
            walk::tree(&place, &[], &|_| false)
        };
        assert_eq!(pages(&tree()), ["far.md", "mine.md", "out.md", "x.md"]);
        scratch.write("repo/.git/info/exclude", "mine.md\n");
        assert_eq!(pages(&tree()), ["far.md", "x.md"]);
    }

    #[test]
    fn a_nested_repository_has_its_own_rules() {
        let scratch = Scratch::new(&[".git/", "x.md", "sub/.git", "sub/x.md", "sub/y.md"]);
        scratch.write(".gitignore", "x.md\n").write("sub/.gitignore", "y.md\n");
        assert_eq!(pages(&scratch.tree(&[])), ["sub/x.md"]);
    }

    #[test]
    fn other_tools_ignore_files_do_not_hold() {
        let scratch = Scratch::new(&["x.md", "y.md", ".git/"]);
        scratch.write(".ignore", "x.md\n").write(".rgignore", "y.md\n");
        assert_eq!(pages(&scratch.tree(&[])), ["x.md", "y.md"]);
    }

    /// The environment belongs to the process, so the tree is taken in another one: this test, run again.
    #[test]
    fn the_users_global_ignores_do_not_hold() {
        const HERE: &str = "WAYPOST_TEST_GLOBAL_IGNORES";
        if let Some(folder) = std::env::var_os(HERE) {
            let place = walk::place(Path::new(&folder), None, None, &[]).unwrap();
            assert_eq!(pages(&walk::tree(&place, &[], &|_| false)), ["x.md"]);
            return;
        }
        let scratch = Scratch::new(&["tree/x.md", "tree/.git/"]);
        scratch.write("home/git/ignore", "x.md\n");
        let again = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "ignored::the_users_global_ignores_do_not_hold"])
            .env(HERE, scratch.at("tree"))
            .env("XDG_CONFIG_HOME", scratch.at("home"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&again.stdout);
        assert!(again.status.success() && said.contains("1 passed"), "{said}");
    }

    #[test]
    fn git_itself_is_never_entered() {
        let scratch = Scratch::new(&["x.md", ".git/description.md", "sub/.git/y.md", "work/.git"]);
        assert_eq!(files(&scratch.tree(&[])), ["x.md"]);
    }
}

mod texts {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_and_the_rest_is_read() {
        let scratch = Scratch::new(&["fine.md"]);
        let utf16: Vec<u8> = "# Über\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        scratch
            .write("latin.md", b"# Caf\xE9\n")
            .write("utf16.md", [b"\xFF\xFE".as_slice(), &utf16].concat())
            .write("bare16.md", &utf16)
            .write("nul.md", "# A \0 page, which is otherwise fine\n")
            .write("empty.md", "")
            .write("bom.md", "\u{feff}# BOM\n");
        let tree = scratch.tree(&[]);
        assert_eq!(pages(&tree), ["bom.md", "empty.md", "fine.md", "nul.md"]);
        assert_eq!(&*tree.pages[0].text, "\u{feff}# BOM\n");
        let told = [
            ("bare16.md", "it is binary, or UTF-16 without a byte order mark: it is full of NUL bytes"),
            ("latin.md", "it is not UTF-8 (byte 5, 0xE9)"),
            ("utf16.md", "it is UTF-16LE, not UTF-8"),
        ];
        assert_eq!(unreadable(&tree), told);
        assert!(tree.unreadable.iter().all(|page| page.help.is_some()));
    }

    #[test]
    fn a_page_of_any_size_is_read_whole() {
        let scratch = Scratch::new(&[]);
        let sizes = [1, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, 128 << 10, 3_000_001];
        for size in sizes {
            scratch.write(&format!("{size:07}.md"), "x".repeat(size));
        }
        let tree = scratch.tree(&[]);
        let read: Vec<usize> = tree.pages.iter().map(|page| page.text.len()).collect();
        assert_eq!(read, sizes);
    }

    #[test]
    fn a_page_larger_than_a_span_can_say_is_not_read() {
        let scratch = Scratch::new(&["huge.md"]);
        let huge = fs::OpenOptions::new().write(true).open(scratch.at("huge.md")).unwrap();
        if huge.set_len(u64::from(u32::MAX) + 1).is_err() {
            return println!("skipped: this disk has no sparse files of 4 GiB");
        }
        assert_eq!(unreadable(&scratch.tree(&[])), [("huge.md", "it is larger than 4 GiB")]);
    }
}

#[cfg(unix)]
mod odd {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

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
        assert_eq!(&*walk::tree(&named, &[], &|_| false).pages[0].text, "one");
    }

    #[test]
    fn probes_tell_links_and_case() {
        let scratch = Scratch::new(&["real/x.md", "Case.md"]);
        symlink("real", scratch.at("folder")).unwrap();
        symlink("gone", scratch.at("dangling.md")).unwrap();
        let asked = ["folder/x.md", "folder", "dangling.md", "case.md", "folder/none.md"].map(DocPath::new);
        let Probed { on_disk, .. } = walk::probe(&scratch.0, false, &asked);
        let behind = OnDisk::BehindSymlink;
        assert_eq!(on_disk, [(DocPath::new("folder/x.md"), behind), (DocPath::new("folder"), behind)].into());
    }
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
    assert_eq!(
        probed,
        Probed { on_disk: told.into(), ..Probed::default() },
        "an empty `.git` is no repository"
    );
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
    assert_eq!(names(&probed.tracked.into_iter().collect::<Vec<_>>()), ["[odd] *.md", "out", "out/x.md"]);
    let told = [
        (DocPath::new("out/new.md"), OnDisk::Ignored),
        (DocPath::new("o.md"), OnDisk::Ignored),
        (DocPath::new("../.gitignore"), OnDisk::OutsideRoot),
    ];
    assert_eq!(probed.on_disk, told.into());
    assert!(walk::probe(&scratch.at("docs"), false, &asked).tracked.is_empty());
}
