//! The invariants of ARCHITECTURE.md, held by reading our own sources and documents.
//!
//! `SNAPSHOTS=overwrite cargo test --test tidy` writes the generated parts of the documents anew; `git diff` reviews
//! them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use waypost::config;
use waypost::dialect::DIALECTS;
use waypost::rules::{Options, RULES, Rule};

/// Which module may use which.
const MAY_USE: &[(&str, &[&str])] = &[
    // Words, places and data that know nothing else.
    ("words", &[]),
    ("nearest", &[]),
    ("glob", &[]),
    ("path", &[]),
    ("source", &[]),
    ("scope", &["glob", "path"]),
    ("data", &["source"]),
    ("tree", &["path"]),
    ("facts", &["source"]),
    ("finding", &["path", "rules", "source"]),
    ("contract", &["finding", "path", "scope", "source"]),
    ("preset", &["contract"]),
    // The core: no disk, no clock, no environment, no output.
    ("parse", &["data", "facts", "path", "source"]),
    ("dialect", &["data", "facts", "finding", "glob", "parse", "path", "rules", "site", "source", "tree"]),
    (
        "site",
        &[
            "contract", "dialect", "facts", "finding", "glob", "parse", "path", "preset", "scope", "source",
            "tree",
        ],
    ),
    (
        "rules",
        &[
            "contract", "dialect", "facts", "finding", "glob", "nearest", "path", "preset", "scope", "site",
            "source", "suppress", "tree", "words",
        ],
    ),
    ("suppress", &["facts", "finding", "site", "source"]),
    ("engine", &["finding", "path", "rules", "site", "source", "suppress"]),
    ("workspace", &["engine", "finding", "path", "rules", "site", "source", "tree"]),
    ("fingerprint", &["engine", "facts", "finding", "path", "site", "source"]),
    ("difference", &["dialect", "engine", "facts", "finding", "fingerprint", "path", "site", "source"]),
    (
        "config",
        &[
            "contract", "dialect", "finding", "glob", "nearest", "path", "preset", "rules", "scope", "site",
            "source", "words",
        ],
    ),
    (
        "tables",
        &["contract", "facts", "glob", "path", "preset", "report", "rules", "site", "source", "words"],
    ),
    ("baseline", &["data", "engine", "fingerprint", "path", "rules", "site", "source"]),
    (
        "assist",
        &[
            "baseline",
            "contract",
            "data",
            "dialect",
            "facts",
            "finding",
            "fingerprint",
            "fix",
            "parse",
            "path",
            "preset",
            "rules",
            "site",
            "source",
            "suppress",
            "tree",
            "words",
        ],
    ),
    // The edge.
    ("git", &["path"]),
    ("walk", &["config", "dialect", "git", "glob", "path", "tree"]),
    ("fix", &["finding", "path", "site"]),
    ("report", &["engine", "finding", "fingerprint", "path", "rules", "site", "source", "words"]),
    (
        "open",
        &[
            "baseline",
            "config",
            "contract",
            "dialect",
            "engine",
            "fingerprint",
            "glob",
            "nearest",
            "path",
            "preset",
            "rules",
            "scope",
            "site",
            "source",
            "tree",
            "walk",
            "words",
        ],
    ),
    (
        "lsp",
        &[
            "assist",
            "baseline",
            "config",
            "engine",
            "finding",
            "open",
            "path",
            "rules",
            "site",
            "source",
            "tree",
            "walk",
            "workspace",
        ],
    ),
    (
        "cli",
        &[
            "baseline",
            "config",
            "contract",
            "dialect",
            "difference",
            "engine",
            "finding",
            "fingerprint",
            "fix",
            "glob",
            "lsp",
            "nearest",
            "open",
            "path",
            "preset",
            "report",
            "rules",
            "scope",
            "site",
            "source",
            "tables",
            "tree",
            "walk",
            "words",
        ],
    ),
    ("lib", &[]),
    ("main", &[]),
];

/// What touches the world, and the only places that may name it. `std::io` is also the trait a report is written to.
const WORLD: &[(&str, &[&str])] = &[
    ("std::{", &[]),
    (
        "std::fs",
        &[
            "cli/output.rs",
            "cli/staged_fix.rs",
            "fix/disk.rs",
            "fix/draft.rs",
            "open/config_file.rs",
            "walk/",
        ],
    ),
    ("std::env", &["cli/", "git/", "open/error.rs"]),
    (
        "std::io",
        &[
            "cli/",
            "fix/disk.rs",
            "fix/draft.rs",
            "fix/patch.rs",
            "git/mod.rs",
            "lsp/transport.rs",
            "open/error.rs",
            "report/",
            "tables/",
            "walk/",
        ],
    ),
    ("std::process", &["cli/mod.rs", "fix/draft.rs", "git/mod.rs", "main.rs"]),
    ("std::thread", &["cli/progress.rs", "git/mod.rs", "lsp/transport.rs"]),
    ("std::time", &["cli/progress.rs"]),
    ("std::net", &[]),
    ("print!", &[]),
    ("println!", &[]),
    ("eprint!", &[]),
    ("eprintln!", &[]),
];

/// Of a search for bytes and a hash function nothing depends: they may be used wherever they help.
const ANYWHERE: &[&str] = &[""];

/// The files or folders that may name a dependency; every dependency has its owner.
const OWNERS: &[(&str, &[&str])] = &[
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/args.rs", "cli/shell.rs"]),
    ("clap_mangen", &["cli/shell.rs"]),
    ("comrak", &["parse/markdown.rs"]),
    ("emojis", &["dialect/slug.rs"]),
    ("gen-lsp-types", &["lsp/"]),
    ("globset", &["glob.rs"]),
    ("html5gum", &["parse/html.rs"]),
    ("ignore", &["walk/list.rs"]),
    ("jsonc-parser", &["data/json.rs"]),
    ("lsp-server", &["lsp/"]),
    ("memchr", ANYWHERE),
    ("miette", &["report/pretty/frame.rs"]),
    ("mimalloc", &["main.rs"]),
    ("percent-encoding", &["lsp/uri.rs", "report/uri.rs", "site/resolve.rs", "site/spelling.rs"]),
    (
        "rayon",
        &[
            "engine.rs",
            "site/backlinks.rs",
            "site/build.rs",
            "site/linked.rs",
            "site/update.rs",
            "site/values.rs",
            "tables/collect.rs",
            "walk/",
            "workspace/",
        ],
    ),
    (
        "regex",
        &[
            "config/",
            "contract/",
            "dialect/hugo/slug.rs",
            "dialect/mkdocs/slug.rs",
            "dialect/slug.rs",
            "dialect/vitepress/config.rs",
            "dialect/vitepress/rewrites.rs",
            "rules/placeholder.rs",
            "site/mod.rs",
        ],
    ),
    ("rustc-hash", ANYWHERE),
    ("saphyr-parser", &["data/yaml", "parse/front_matter/yaml.rs"]),
    (
        "serde",
        &["lsp/", "report/gitlab.rs", "report/json.rs", "tables/coverage/json.rs", "tables/format/json.rs"],
    ),
    (
        "serde_json",
        &[
            "baseline/mod.rs",
            "cli/config.rs",
            "config/schema.rs",
            "lsp/",
            "report/gitlab.rs",
            "report/json.rs",
            "report/jsonl.rs",
            "report/rdjson.rs",
            "report/sarif.rs",
            "tables/coverage/json.rs",
            "tables/format/json.rs",
        ],
    ),
    ("similar", &["fix/patch.rs"]),
    ("strsim", &["nearest.rs", "site/near.rs"]),
    ("supports-hyperlinks", &["cli/terminal.rs"]),
    ("supports-unicode", &["cli/terminal.rs"]),
    ("terminal_size", &["cli/terminal.rs"]),
    ("toml", &["config/", "data/toml.rs", "rules/options.rs"]),
    (
        "unicode-normalization",
        &["dialect/hugo/", "dialect/mkdocs/slug.rs", "dialect/slug.rs", "rules/contract/order.rs"],
    ),
    ("unicode-width", &["open/excerpt.rs", "tables/coverage/text.rs", "tables/format/markdown.rs"]),
];

/// Where functions that everybody may call give an answer, not a `Result`.
const INFALLIBLE: &[&str] = &["engine.rs", "fix/plan.rs", "parse/", "site/", "suppress.rs"];

/// What is the same for every platform: it may not ask which one it has.
const KNOWS_NO_DIALECT: &[&str] =
    &["engine.rs", "facts.rs", "fix/", "parse/", "report/", "rules/", "site/", "suppress.rs", "walk/"];

/// A file that grows past this is usually two ideas; its tests do not count.
const MOST_LINES: usize = 400;

#[test]
fn modules_use_what_the_map_says() {
    let mut modules = BTreeSet::new();
    for (module, allowed) in MAY_USE {
        let sources: Vec<Source> =
            sources().into_iter().filter(|source| source.module() == *module).collect();
        for source in &sources {
            for used in source.uses().filter(|used| used != module) {
                assert!(allowed.contains(&used), "{} must not use `crate::{used}`", source.path);
            }
        }
        modules.insert(*module);
    }
    for source in sources() {
        assert!(modules.contains(source.module()), "{} is not on the map", source.path);
    }
}

#[test]
fn only_the_edge_touches_the_world() {
    assert_only_there(WORLD, mentions);
}

#[test]
fn each_dependency_has_its_owner() {
    assert_eq!(dependencies(), OWNERS.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
    assert_only_there(OWNERS, |code, name| mentions(code, &format!("{}::", name.replace('-', "_"))));
    for (name, places) in OWNERS {
        let mention = format!("{}::", name.replace('-', "_"));
        for place in *places {
            let mut inside = sources().into_iter().filter(|source| source.path.starts_with(place));
            assert!(inside.any(|source| mentions(&source.code, &mention)), "{place} does not use {name}");
        }
    }
}

#[test]
fn the_core_cannot_fail() {
    for source in sources().iter().filter(|source| source.is_in(INFALLIBLE)) {
        for signature in source.code.split("pub fn ").skip(1) {
            let signature = &signature[..signature.find(['{', ';']).unwrap_or(signature.len())];
            assert!(!signature.contains("Result<"), "{}: pub fn {signature}", source.path);
        }
    }
}

#[test]
fn nobody_asks_which_dialect_it_has() {
    for source in sources().iter().filter(|source| source.is_in(KNOWS_NO_DIALECT)) {
        for dialect in DIALECTS {
            let name = dialect.name;
            let asks =
                source.code.contains(&format!("\"{name}\"")) || mentions(&source.code, &format!("{name}::"));
            assert!(!asks, "{} names the dialect `{name}`", source.path);
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{} does not begin with `//!`", source.path);
        let lines = source.code.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines without its tests", source.path);
    }
    for file in ["src/lib.rs", "Cargo.toml"] {
        assert!(read(file).contains("forbid"), "{file} does not forbid unsafe code");
    }
}

#[test]
fn nothing_half_done() {
    for source in sources() {
        for word in [".unwrap()", "todo!", "unimplemented!", "dbg!"] {
            assert!(!source.code.contains(word), "{} has `{word}` outside its tests", source.path);
        }
    }
}

#[test]
fn a_rule_is_one_file_and_one_folder() {
    for rule in RULES {
        let file = format!("src/rules/{}.rs", rule.id.replace('-', "_"));
        let code = read(&file);
        assert!(code.starts_with(&format!("//! `{}`: ", rule.id)), "{file}: the first line");
        assert!(code.contains(&format!("id: \"{}\"", rule.id)), "{file}: the id is not the file's name");
        let page = format!("fixtures/{}/README.md", rule.id);
        assert!(rule.page.starts_with(&format!("# `{}`\n", rule.id)), "{page}: the first line");
        assert!(rule.page.to_lowercase().contains("level"), "{page} does not say the level");
        for option in options(rule) {
            assert!(rule.page.contains(option), "{page} does not explain `{option}`");
        }
    }
}

#[test]
fn the_manual_names_every_key_and_option() {
    let manual = read("docs/configuration.md");
    for key in config::keys().chain(RULES.iter().flat_map(|rule| options(rule))) {
        assert!(manual.contains(key), "docs/configuration.md does not explain `{key}`");
    }
    let manual = read("docs/contracts.md");
    for key in config::contract_keys() {
        assert!(manual.contains(&format!("`{key}`")), "docs/contracts.md does not explain `{key}`");
    }
    let dialects = read("docs/dialects.md");
    for dialect in DIALECTS {
        assert!(dialects.contains(&format!("`{}`", dialect.name)), "docs/dialects.md: {dialect:?}");
    }
}

#[test]
fn configuration_in_documents_is_valid() {
    for file in ["README.md", "docs/configuration.md", "docs/contracts.md"] {
        let text = read(file);
        for example in text.split("```toml\n").skip(1) {
            let example = example.split("```").next().unwrap_or_default();
            assert!(config::parse(example).is_ok(), "{file}: {:?}\n{example}", config::parse(example).err());
        }
    }
}

#[test]
fn generated_text_is_up_to_date() {
    generated("README.md", "rules", &rule_table());
    generated(
        "README.md",
        "output",
        &fenced(&waypost(&["check", "fixtures/itil/tree/tidewater/overview/itil.md"])),
    );
    let rule = read("src/rules/duplicate_definition.rs");
    generated("CONTRIBUTING.md", "rule", &format!("```rust\n{rule}```\n"));
    generated("docs/usage.md", "help", &fenced(&waypost(&["check", "--help"])));
    generated("docs/usage.md", "baseline", &fenced(&waypost(&["baseline", "--help"])));
    generated("docs/usage.md", "config", &fenced(&waypost(&["config", "--help"])));
    generated("docs/usage.md", "tables", &fenced(&waypost(&["tables", "--help"])));
}

#[test]
fn the_schema_is_up_to_date() {
    let file = "docs/waypost.schema.json";
    let schema = config::schema();
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::write(root().join(file), &schema).unwrap();
    }
    assert!(read(file) == schema, "{file}: `SNAPSHOTS=overwrite cargo test --test tidy` writes it anew");
}

#[test]
fn our_own_documents_hold() {
    let output = waypost(&[
        "check",
        "--format",
        "concise",
        "--exclude",
        "fixtures/",
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs",
    ]);
    assert!(output.starts_with("No problems in "), "{output}");
}

#[test]
fn the_repository_knows_no_machine() {
    let needles =
        [concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/ro", "ot/"), concat!("/wo", "rk/")];
    for path in files(&root()) {
        // The rule about such paths must show some.
        if path.starts_with(root().join("fixtures/local-path")) {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for needle in needles {
            assert!(!text.contains(needle), "{} names `{needle}`", path.display());
        }
    }
}

#[test]
fn the_changelog_knows_the_version() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        read("CHANGELOG.md").contains(&format!("## {version}")),
        "CHANGELOG.md does not mention {version}"
    );
}

/// A file of `src` without what is only for its tests.
struct Source {
    /// Relative to `src`, `/`-separated.
    path: String,
    text: String,
    /// The text up to its tests, comments left out but their lines kept.
    code: String,
}

impl Source {
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    fn uses(&self) -> impl Iterator<Item = &str> {
        let is_part_of_name = |c: char| c.is_alphanumeric() || c == '_';
        self.code.split("crate::").skip(1).map(move |rest| {
            let end = rest.find(|c: char| !is_part_of_name(c)).unwrap_or(rest.len());
            &rest[..end]
        })
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let is_test = |path: &Path| path.ends_with("tests.rs") || path.ends_with("report/fixture.rs");
    let is_code = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
    let paths = files(&src).into_iter().filter(|path| is_code(path) && !is_test(path));
    paths
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let code = code.split("\n#[cfg(all(test").next().unwrap_or_default();
            let blank = |line: &str| {
                if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() }
            };
            let code = code.lines().map(blank).collect::<Vec<_>>().join("\n");
            Source { path: relative(&path, &src), text, code }
        })
        .collect()
}

/// Whether `code` says `name` as a name of its own, not as the end of another.
fn mentions(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        !code[..at]
            .ends_with(|before: char| before.is_alphanumeric() || matches!(before, '_' | ':' | '"' | '`'))
    })
}

fn assert_only_there(table: &[(&str, &[&str])], mentions: impl Fn(&str, &str) -> bool) {
    for source in sources() {
        for (name, places) in table {
            assert!(
                source.is_in(places) || !mentions(&source.code, name),
                "{} names {name}, which is the business of {places:?}",
                source.path
            );
        }
    }
}

/// The names under `[dependencies]`, sorted as they are there.
fn dependencies() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
}

/// What the rule asks for when it is built.
fn options(rule: &Rule) -> Vec<&'static str> {
    let mut options = Options::new(Vec::new());
    drop((rule.build)(&mut options));
    options.known().map(|option| option.name).collect()
}

fn rule_table() -> String {
    let dialects: String = DIALECTS.iter().map(|dialect| format!(" `{}` |", dialect.name)).collect();
    let mut table =
        format!("| rule |{dialects} what it finds |\n|---|{}---|\n", "---|".repeat(DIALECTS.len()));
    for rule in RULES {
        let level =
            |dialect: &&waypost::dialect::Dialect| dialect.level(rule).map_or("off", |level| level.as_str());
        let levels: String = DIALECTS.iter().map(|dialect| format!(" {} |", level(dialect))).collect();
        table += &format!("| [`{0}`](fixtures/{0}/README.md) |{levels} {1} |\n", rule.id, rule.summary);
    }
    table
}

fn fenced(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("```text\n{}\n```\n", lines.join("\n").trim_end())
}

/// What the command prints, whether it finds something or not.
fn waypost(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waypost"));
    let output = command.args(arguments).current_dir(root()).env("COLUMNS", "100").output().unwrap();
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Compares, or with `SNAPSHOTS=overwrite` writes, what stands between `<!-- name -->` and `<!-- /name -->`.
fn generated(file: &str, name: &str, expected: &str) {
    let text = read(file);
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = text.find(&open).map(|at| at + open.len()).unwrap_or_else(|| panic!("{file} has no {open}"));
    let end =
        text[start..].find(&close).map(|at| start + at).unwrap_or_else(|| panic!("{file} has no {close}"));
    let expected = format!("\n{expected}\n");
    if text[start..end] == expected {
        return;
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::write(root().join(file), format!("{}{expected}{}", &text[..start], &text[end..])).unwrap();
        return;
    }
    panic!("{file}: `{name}` is out of date; `SNAPSHOTS=overwrite cargo test --test tidy` writes it anew");
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// All files below a folder that git does not ignore, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(folder)
        .hidden(false)
        .filter_entry(|entry| !matches!(entry.file_name().to_str(), Some(".git" | "target")))
        .build();
    let files = walk.filter_map(Result::ok).map(ignore::DirEntry::into_path).filter(|path| path.is_file());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    files
}

fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/")
}
