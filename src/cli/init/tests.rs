//! The file that `waypost init` writes is one that waypost reads.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::config::{self, Config};
use crate::path::DocPath;
use crate::rules::Setting;

fn detected(dialect: &'static Dialect, base_path: Option<&str>) -> Detected {
    Detected { dialect, told_by: Vec::new(), base_path: base_path.map(str::to_owned) }
}

fn parsed(text: &str) -> Config {
    config::parse(text).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"))
}

/// The text with every option in force.
fn uncommented(text: &str) -> String {
    let option = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).map(str::to_owned);
    text.lines().map(|line| option(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

#[test]
fn says_the_dialect_and_leaves_the_defaults() {
    for dialect in DIALECTS {
        let config = parsed(&template(&detected(dialect, Some("/a\"b\n"))));
        assert_eq!(config.dialects, [dialect.name]);
        assert!(config.exclude.is_empty() && config.mounts.is_empty() && config.base_path.is_none());
        assert!(config.ruleset.rules.iter().all(|ruled| ruled.setting.is_none()));
        assert!(config.ruleset.overrides.is_empty());
    }
}

#[test]
fn every_commented_option_is_one() {
    for dialect in DIALECTS {
        let text = uncommented(&template(&detected(dialect, Some("/managed-desktop"))));
        let config = parsed(&text);
        assert_eq!(config.base_path.as_deref(), Some("/managed-desktop"));
        assert_eq!(config.mounts.len(), 1);
        for (ruled, rule) in config.ruleset.rules.iter().zip(RULES) {
            let default = dialect.level(rule).map_or(Setting::Off, Setting::At);
            assert_eq!(ruled.setting, Some(default), "{rule:?}");
        }
        let inside = DocPath::new("docs/internal/a.md");
        assert_eq!(config.overrides.at(&inside)[0].dialects, [dialect.name]);
        assert_eq!(config.ruleset.setting(RULES[0], &inside), Some(Setting::At(Level::Warning)));
    }
}

#[test]
fn shows_every_key() {
    let text = template(&detected(DIALECTS[0], None));
    for key in config::keys() {
        let shown = text.lines().any(|line| {
            let line = line.trim_start_matches(['#', '[']);
            line.strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', ']']))
        });
        assert!(shown, "{key}\n{text}");
    }
}

#[test]
fn odd_names_of_files_do_no_harm() {
    let told_by = vec!["a\nb = 1".to_owned(), ".openpublishing.redirection.json".to_owned()];
    parsed(&template(&Detected { told_by, ..detected(DIALECTS[0], None) }));
}

/// A folder that is removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("waypost-init-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn init(&self, force: bool) -> Result<String, Failure> {
        let mut out = Vec::new();
        run(&InitArgs { root: Some(self.0.clone()), force }, &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn never_overwrites_unasked() {
    let folder = Folder::new("overwrite");
    let out = folder.init(false).unwrap();
    assert!(out.starts_with("wrote ") && out.contains(" for GitHub"), "{out}");
    assert_eq!(folder.names(), [FILE_NAME]);

    let file = folder.0.join(FILE_NAME);
    fs::write(&file, "mine").unwrap();
    let failure = folder.init(false).unwrap_err();
    assert!(matches!(&failure, Failure::Usage { message, .. } if message.ends_with("exists already")));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");

    folder.init(true).unwrap();
    parsed(&fs::read_to_string(&file).unwrap());
    assert_eq!(folder.names(), [FILE_NAME]);
}

#[test]
fn detects_learn_and_its_base_path() {
    const PUBLISH: &str = ".openpublishing.publish.config.json";
    const REDIRECTIONS: &str = ".openpublishing.redirection.json";
    let folder = Folder::new("learn");
    let docset = r#"{"docsets_to_publish": [{"docset_name": "d", "build_source_folder": "docs"}]}"#;
    let redirections = r#"{"redirections": [{"source_path": "docs/a.md", "redirect_url": "/product/b"}]}"#;
    fs::create_dir(folder.0.join("docs")).unwrap();
    fs::write(folder.0.join("docs/b.md"), "# B\n").unwrap();
    fs::write(folder.0.join("docs/docfx.json"), r#"{"build": {"content": [{"files": ["**/*.md"]}]}}"#)
        .unwrap();
    fs::write(folder.0.join(PUBLISH), docset).unwrap();
    fs::write(folder.0.join(REDIRECTIONS), redirections).unwrap();
    assert!(
        folder.init(false).unwrap().contains(" for Microsoft Learn. Detected by .openpublishing.publish")
    );
    let text = fs::read_to_string(folder.0.join(FILE_NAME)).unwrap();
    assert!(text.contains("Inferred from the redirections.\n#base-path = \"/product\""), "{text}");
    assert_eq!(parsed(&text).dialects, ["learn"]);
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    let folder = Folder::new("failed");
    fs::create_dir(folder.0.join(FILE_NAME)).unwrap();
    fs::write(folder.0.join(FILE_NAME).join("x"), "").unwrap();
    assert!(matches!(folder.init(true), Err(Failure::File { .. })));
    assert_eq!(folder.names(), [FILE_NAME]);
}
