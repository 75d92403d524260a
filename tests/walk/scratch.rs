//! A folder to play in, and what a tree holds in short.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use waypost::glob::Globs;
use waypost::path::DocPath;
use waypost::tree::Tree;
use waypost::walk::{self, Place, PlaceFault};

/// A folder of its own, removed at the end. It lies in no git repository.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(files: &[&str]) -> Scratch {
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

    pub fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// A path that ends in `/` is an empty folder.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Scratch {
        let file = self.at(path);
        if path.ends_with('/') {
            fs::create_dir_all(file).unwrap();
        } else {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        self
    }

    pub fn place(&self, named: &[&str]) -> Result<Place, PlaceFault> {
        let named: Vec<PathBuf> = named.iter().map(PathBuf::from).collect();
        walk::place(&self.0, None, None, &named)
    }

    pub fn tree(&self, named: &[&str]) -> Tree {
        walk::tree(&self.place(named).unwrap(), &Globs::default(), &|path| path.file_name() == "site.json")
    }

    pub fn git(&self, arguments: &[&str]) -> bool {
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

pub fn names(paths: &[DocPath]) -> Vec<&str> {
    paths.iter().map(DocPath::as_str).collect()
}

pub fn files(tree: &Tree) -> Vec<&str> {
    names(&tree.files)
}

pub fn pages(tree: &Tree) -> Vec<&str> {
    tree.pages.iter().map(|page| page.path.as_str()).collect()
}

pub fn unreadable(tree: &Tree) -> Vec<(&str, &str)> {
    tree.unreadable.iter().map(|page| (page.path.as_str(), page.reason.as_str())).collect()
}

pub fn message(place: Result<Place, PlaceFault>) -> String {
    place.expect_err("a fault").message
}
