//! Configuration files, good and bad, over rules of our own.

use super::*;
use crate::finding::Level;
use crate::path::DocPath;
use crate::rules::{Check, OptionKind, PageCheck, RuleOption, Setting};

static PLAIN: Rule = Rule {
    id: "broken-link",
    summary: "a link to something that does not exist",
    level: Some(Level::Error),
    page: "",
    build: |_| Ok(nothing()),
};

static OPTED: Rule = Rule {
    id: "missing-front-matter",
    summary: "a page without a title",
    level: Some(Level::Warning),
    page: "",
    build: |options| {
        options.strings(&KEYS)?;
        options.number(&DEPTH)?;
        Ok(nothing())
    },
};

static KEYS: RuleOption = RuleOption { name: "keys", summary: "", kind: OptionKind::Strings(&["title"]) };
static DEPTH: RuleOption =
    RuleOption { name: "depth", summary: "", kind: OptionKind::Number { least: 1, most: 6, default: 2 } };

fn nothing() -> Box<dyn Check> {
    Box::new(PageCheck(|_, _| {}))
}

fn read(text: &str) -> Result<Config, Vec<ConfigFault>> {
    parse_with(text, &[&PLAIN, &OPTED])
}

pub(super) fn good(text: &str) -> Config {
    read(text).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"))
}

/// The mistakes of a text, each as `message @ text under the span ? help`.
pub(super) fn mistakes(text: &str) -> Vec<String> {
    let shown = |fault: &ConfigFault| {
        format!("{} @ {} ? {}", fault.message, fault.span.of(text), fault.help.as_deref().unwrap_or("-"))
    };
    match read(text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(shown).collect(),
    }
}

#[test]
fn an_empty_file_configures_nothing() {
    for text in ["", "# nothing\n", "\u{feff}", "[rules]\n[links]\n[mounts]\n[learn]\n", "overrides = []"] {
        let config = good(text);
        assert!(config.dialects.is_empty() && config.exclude.is_empty() && config.overrides.is_empty());
        assert_eq!(config.base_path, None);
        assert_eq!(config.ruleset.rules.len(), 2);
        assert_eq!(config.ruleset.setting(&PLAIN, &DocPath::new("a.md")), None);
    }
}

#[test]
fn the_repository_is_an_address_or_false() {
    let repository = |text: &str| good(text).repository;
    let at = |address: &str| OwnRepository::At(address.to_owned());
    assert_eq!(repository(""), OwnRepository::Detected);
    assert_eq!(repository("repository = false"), OwnRepository::Unjudged);
    for address in ["https://github.com/o/n", "https://github.com/o/n.git", "https://github.com/o/n/"] {
        assert_eq!(repository(&format!("repository = '{address}'")), at("https://github.com/o/n"));
    }
    let help = "write `repository = \"https://github.com/owner/name\"`";
    for wrong in ["o/n", "https://github.com/o", "https://", "git@github.com:o/n.git", ""] {
        let mistake = format!("`{wrong}` is no address of a repository @ '{wrong}' ? {help}");
        assert_eq!(mistakes(&format!("repository = '{wrong}'")), [mistake]);
    }
    assert_eq!(mistakes("repository = true").len(), 1);
}

#[test]
fn reads_every_key() {
    let config = good(
        r#"
dialect = ["learn", "github"]
exclude = ["archive/**", "!archive/keep.md"]

[rules]
broken-link = "off"
missing-front-matter = { level = "warning", keys = ["title", "description"], depth = 2 }

[links]
accept = ["https?://localhost"]
accept-anchors = ['^generated-']

[mounts]
"/powershell" = "reference"
"/powershell/module/" = "./module/docs/"
"/" = "."

[learn]
base-path = "/managed-desktop/"

[[overrides]]
files = ["docs/internal/**"]
dialect = "github"
rules = { broken-link = "info" }

[[overrides]]
files = ["docs/internal/deep"]
rules = { broken-link = "error" }
"#,
    );
    assert_eq!(config.dialects, ["learn", "github"]);
    let excluded: Vec<&str> = config.exclude.iter().map(|excluded| excluded.pattern.as_str()).collect();
    assert_eq!(excluded, ["archive/**", "!archive/keep.md"]);
    assert!(config.accept[0].is_match("see http://localhost:80"));
    assert!(config.accept_anchors[0].is_match("generated-1"));
    assert_eq!(config.base_path.as_deref(), Some("/managed-desktop"));
    let mounts: Vec<_> = config.mounts.iter().map(|m| (m.prefix.as_str(), m.folder.as_str())).collect();
    assert_eq!(mounts, [("/powershell/module", "module/docs"), ("/powershell", "reference"), ("/", "")]);

    let level = |path| config.ruleset.setting(&PLAIN, &DocPath::new(path));
    assert_eq!(level("a.md"), Some(Setting::Off));
    assert_eq!(level("docs/internal/a.md"), Some(Setting::At(Level::Info)));
    assert_eq!(level("docs/internal/deep/a.md"), Some(Setting::At(Level::Error)));
    assert_eq!(config.ruleset.rules[1].setting, Some(Setting::At(Level::Warning)));

    assert_eq!(config.dialects, ["learn", "github"]);
    let deep = config.overrides.at(&DocPath::new("docs/internal/deep/a.md"));
    assert_eq!(deep[0].dialects, ["github"]);
}

#[test]
fn options_may_stand_without_a_level() {
    let config = good("[rules.missing-front-matter]\nkeys = []");
    assert_eq!(config.ruleset.rules[1].setting, None);
}

/// A text, and all that is said of it.
const BAD: &[(&str, &[&str])] = &[
    // No TOML.
    ("dialect = learn", &["a text must stand in quotes @ learn ? write `\"learn\"`"]),
    ("dialect =", &["a text must stand in quotes @  ? -"]),
    ("exclude = []\nexclude = []", &["`exclude` is written twice @ exclude ? keep one of the two"]),
    ("[rules]\n[rules]", &["`rules` is written twice @ rules ? keep one of the two"]),
    ("[rules", &["a table name that does not end @  ? close it with `]`"]),
    ("dialect = “learn”", &["a text must stand in quotes @ “learn” ? write `\"learn\"`"]),
    ("dialect = \"learn\n[rules]", &["a text that does not end @  ? close it with `\"`"]),
    ("dialect = 'learn\n[rules]", &["a text that does not end @  ? close it with `'`"]),
    ("dialect: learn", &["`:` after a key @ : ? TOML separates key and value with `=`"]),
    (
        "exclude = [\"docs\\internal\"]",
        &["a lone `\\` in double quotes @  ? in single quotes `\\` needs no doubling"],
    ),
    (
        "exclude = [\n'a'\n'b'\n]",
        &["a list that does not go on @  ? write `,` between values and `]` at the end"],
    ),
    (
        "exclude = [\n'a'\n[rules]\nbroken-link = 'off'",
        &["a list that does not go on @  ? write `,` between values and `]` at the end"],
    ),
    ("exclude = ['a'", &["a list that does not end @  ? close it with `]`"]),
    ("{ \"dialect\": 1 }", &["this is no TOML: invalid key-value pair, expected key @  ? -"]),
    (
        "dialect = github\n[rules]\nbroken-link = off",
        &[
            "a text must stand in quotes @ github ? write `\"github\"`",
            "a text must stand in quotes @ off ? write `\"off\"`",
        ],
    ),
    // Unknown and misplaced keys.
    ("exlude = []", &["unknown key `exlude` @ exlude ? did you mean `exclude`?"]),
    ("\"Dialect\" = []", &["unknown key `Dialect` @ \"Dialect\" ? did you mean `dialect`?"]),
    (
        "colour = true",
        &[
            "unknown key `colour` @ colour ? known here: `root`, `extends`, `dialect`, `exclude`, `repository`, `rules`, `links`, `mounts`, `learn`, `overrides`, `preset` and `table`",
        ],
    ),
    ("accept = []", &["unknown key `accept` @ accept ? `accept` belongs under `[links]`"]),
    ("base-path = ''", &["unknown key `base-path` @ base-path ? `base-path` belongs under `[learn]`"]),
    ("files = []", &["unknown key `files` @ files ? `files` belongs under `[[overrides]]`"]),
    (
        "broken-link = 'off'",
        &["unknown key `broken-link` @ broken-link ? `broken-link` is a rule: write it under `[rules]`"],
    ),
    ("[links]\nacept = []", &["unknown key `acept` in `links` @ acept ? did you mean `accept`?"]),
    (
        "[links]\nexclude = []",
        &[
            "unknown key `exclude` in `links` @ exclude ? write `exclude` above the first `[…]` line of the file",
        ],
    ),
    (
        "[learn]\nmounts = 1",
        &["unknown key `mounts` in `learn` @ mounts ? write `[mounts]`: it is a table of its own"],
    ),
    ("[learn]\nx = 1", &["unknown key `x` in `learn` @ x ? known here: `base-path`"]),
    (
        "[[overrides]]\nfile = ['a']\ndialect = 'learn'",
        &[
            "an override without `files` @ [[overrides]] ? say which: `files = [\"docs/internal/**\"]`",
            "unknown key `file` in `overrides` @ file ? did you mean `files`?",
        ],
    ),
    // Dialects.
    (
        "dialect = 1",
        &[
            "`dialect` must be a string or a list of strings, not a whole number @ 1 ? write `dialect = \"learn\"`",
        ],
    ),
    ("dialect = 'lern'", &["unknown dialect `lern` @ 'lern' ? did you mean `learn`?"]),
    ("dialect = ['GitHub']", &["unknown dialect `GitHub` @ 'GitHub' ? did you mean `github`?"]),
    ("dialect = []", &["`dialect` names none @ [] ? leave the key out to have the dialect detected"]),
    ("dialect = ['learn', 'learn']", &["`learn` is named twice @ 'learn' ? name each dialect once"]),
    (
        "dialect = ['learn', 2]",
        &["`dialect` must hold strings only, not a whole number @ 2 ? write `dialect = [\"…\", \"…\"]`"],
    ),
    // Globs.
    (
        "exclude = 'a'",
        &["`exclude` must be a list of strings, not a string @ 'a' ? write `exclude = [\"…\", \"…\"]`"],
    ),
    (
        "exclude = ['a[', 'b', '../c']",
        &[
            "the glob `a[` has a `[` without its `]` @ 'a[' ? write `\\[` for the bracket itself",
            "the glob `../c` leads out of the root @ '../c' ? globs are relative to the root",
        ],
    ),
    (
        "exclude = ['']",
        &["the glob `` matches nothing @ '' ? name a file, a folder or a glob such as `archive/**`"],
    ),
    (
        "exclude = ['docs\\old']",
        &["the glob `docs\\old` separates folders with `\\` @ 'docs\\old' ? write `docs/old`"],
    ),
    ("exclude = ['./a']", &["the glob `./a` matches nothing: no path has a `.` in it @ './a' ? write `a`"]),
    (
        "exclude = ['!a']",
        &[
            "`exclude` takes back what no pattern has matched @ ['!a'] ? put a pattern before it that matches more",
        ],
    ),
    // Rules.
    (
        "rules = 'off'",
        &["`rules` must be a table, not a string @ 'off' ? write its keys below a line `[rules]`"],
    ),
    (
        "[rules]\nbrokn-link = 'off'",
        &["unknown rule `brokn-link` @ brokn-link ? did you mean `broken-link`?"],
    ),
    ("[rules]\nMD041 = 'off'", &["unknown rule `MD041` @ MD041 ? `waypost rules` lists them"]),
    (
        "[rules]\nexclude = ['a']",
        &["unknown rule `exclude` @ exclude ? write `exclude` above the first `[…]` line of the file"],
    ),
    ("[rules]\nbroken-link = 'warn'", &["unknown level `warn` @ 'warn' ? did you mean `warning`?"]),
    ("[rules]\nbroken-link = 'Error'", &["unknown level `Error` @ 'Error' ? did you mean `error`?"]),
    ("[rules]\nbroken-link = 'ignore'", &["unknown level `ignore` @ 'ignore' ? did you mean `off`?"]),
    ("[rules]\nbroken-link = 'hint'", &["unknown level `hint` @ 'hint' ? did you mean `info`?"]),
    ("[rules]\nbroken-link = '2'", &["unknown level `2` @ '2' ? write `error`, `warning`, `info` or `off`"]),
    (
        "[rules]\nbroken-link = false",
        &[
            "`broken-link` must be a level or a table of options, not a boolean @ false ? write `broken-link = \"off\"`",
        ],
    ),
    (
        "[rules.broken-link]\nlevel = 1",
        &["`level` must be a string, not a whole number @ 1 ? write `level = \"warning\"`"],
    ),
    (
        "[rules.broken-link]\nlevle = 'off'",
        &["unknown option `levle` of `broken-link` @ levle ? did you mean `level`?"],
    ),
    ("[rules.broken-link]\nkeys = []", &["unknown option `keys` of `broken-link` @ keys ? it knows `level`"]),
    (
        "[rules.missing-front-matter]\nkey = []\ncolour = 1",
        &[
            "unknown option `key` of `missing-front-matter` @ key ? did you mean `keys`?",
            "unknown option `colour` of `missing-front-matter` @ colour ? it knows `keys`, `depth` and `level`",
        ],
    ),
    (
        "[rules.missing-front-matter]\nkeys = 'title'",
        &["`keys` must be a list of strings, not a string @ 'title' ? write `keys = [\"…\", \"…\"]`"],
    ),
    (
        "[rules.missing-front-matter]\ndepth = 7",
        &["`depth` must be a whole number from 1 to 6 @ 7 ? write a number such as `depth = 1`"],
    ),
    // Links.
    (
        "[links]\naccept = ['ok', 'é(abc']",
        &[
            "`é(abc` is no regular expression: unclosed group @ ( ? the syntax is that of https://docs.rs/regex; in single quotes `\\` needs no doubling",
        ],
    ),
    (
        "[links]\naccept-anchors = [\"a\\\\q\"]",
        &[
            "`a\\q` is no regular expression: unrecognized escape sequence @ \"a\\\\q\" ? the syntax is that of https://docs.rs/regex; in single quotes `\\` needs no doubling",
        ],
    ),
    (
        "[links]\naccept = ['[z-a]']",
        &[
            "`[z-a]` is no regular expression: invalid character class range, the start must be <= the end @ z-a ? the syntax is that of https://docs.rs/regex; in single quotes `\\` needs no doubling",
        ],
    ),
    (
        "[links]\naccept = ['a{1000}{1000}{1000}']",
        &[
            "`a{1000}{1000}{1000}` is too large a regular expression: it takes more than 10,485,760 bytes @ 'a{1000}{1000}{1000}' ? write `+` or `*` instead of large repetitions",
        ],
    ),
    ("[links]\naccept = ['']", &["the empty pattern matches everything @ '' ? write what the text contains"]),
    ("links = []", &["`links` must be a table, not a list @ [] ? write its keys below a line `[links]`"]),
    // Mounts.
    (
        "[mounts]\npowershell = 'reference'",
        &["`powershell` does not begin with `/` @ powershell ? write `/powershell`"],
    ),
    (
        "[mounts]\n'https://learn.microsoft.com/powershell?view=1' = 'reference'",
        &[
            "`https://learn.microsoft.com/powershell?view=1` does not begin with `/` @ 'https://learn.microsoft.com/powershell?view=1' ? write `/powershell`",
        ],
    ),
    (
        "[mounts]\n'/a//b' = 'reference'",
        &[
            "`/a//b` is no plain path @ '/a//b' ? write it without `.`, `..`, `//`, `?` and `#`, such as `/a/b`",
        ],
    ),
    ("[mounts]\n'/a' = 'x'\n'/a/' = 'y'", &["`/a` is mounted twice @ '/a/' ? keep one of the two"]),
    ("[mounts]\n'/a' = '../x'", &["`../x` leads out of the root @ '../x' ? name a folder of the tree"]),
    (
        "[mounts]\n'/a' = '/x/y'",
        &["the folder `/x/y` begins with `/` @ '/x/y' ? write it relative to the root: `x/y`"],
    ),
    (
        "[mounts]\n'/a' = 'C:\\docs'",
        &["`C:\\docs` is no folder of the tree @ 'C:\\docs' ? write it relative to the root and with `/`"],
    ),
    ("[mounts]\n'/a' = 1", &["`/a` must be a string, not a whole number @ 1 ? write `\"/a\" = \"folder\"`"]),
    // Learn.
    ("[learn]\nbase-path = 'x'", &["`x` does not begin with `/` @ 'x' ? write `/x`"]),
    (
        "[learn]\nbase-path = '/'",
        &["a base path of `/` names no docset @ '/' ? write the docset's first segments, such as `/product`"],
    ),
    (
        "learn = 1",
        &["`learn` must be a table, not a whole number @ 1 ? write its keys below a line `[learn]`"],
    ),
    // Overrides.
    (
        "overrides = 1",
        &[
            "`overrides` must be a list of tables, not a whole number @ 1 ? begin each with a line `[[overrides]]`",
        ],
    ),
    (
        "[overrides]\nfiles = []",
        &[
            "`overrides` must be a list of tables, not a table @ [overrides] ? begin each with a line `[[overrides]]`",
        ],
    ),
    (
        "overrides = ['a']",
        &["`overrides` must hold tables only, not a string @ 'a' ? begin each with a line `[[overrides]]`"],
    ),
    (
        "[[overrides]]",
        &[
            "an override without `files` @ [[overrides]] ? say which: `files = [\"docs/internal/**\"]`",
            "this override changes nothing @ [[overrides]] ? give it a `dialect` or `rules`, or remove it",
        ],
    ),
    (
        "[[overrides]]\nfiles = []\nrules = {}",
        &[
            "`files` names none @ [] ? write `files = [\"docs/internal/**\"]`",
            "no rule is named @ {} ? write `rules = { broken-link = \"warning\" }`",
        ],
    ),
    (
        "[[overrides]]\nfiles = ['a']\nrules = { missing-front-matter = { level = 'off', keys = 1, kees = [] } }",
        &["`keys` must be a list of strings, not a whole number @ 1 ? write `keys = [\"…\", \"…\"]`"],
    ),
    (
        "[[overrides]]\nfiles = ['a']\nrules = { broken-link = 1, borken-link = 'off' }",
        &[
            "`broken-link` must be a level or a table of options, not a whole number @ 1 ? write `broken-link = \"off\"`",
            "unknown rule `borken-link` @ borken-link ? did you mean `broken-link`?",
        ],
    ),
    (
        "[[overrides]]\nfiles = ['a']\ndialect = 'gitlab'",
        &["unknown dialect `gitlab` @ 'gitlab' ? did you mean `github`?"],
    ),
    // Everything at once, in the order of the file.
    (
        "dialect = 'x'\nnope = 1\n[rules]\nnope = 'off'\n[links]\naccept = [')']",
        &[
            "unknown dialect `x` @ 'x' ? the dialects are {all}; leave the key out to have it detected",
            "unknown key `nope` @ nope ? known here: `root`, `extends`, `dialect`, `exclude`, `repository`, `rules`, `links`, `mounts`, `learn`, `overrides`, `preset` and `table`",
            "unknown rule `nope` @ nope ? `waypost rules` lists them",
            "`)` is no regular expression: unopened group @ ) ? the syntax is that of https://docs.rs/regex; in single quotes `\\` needs no doubling",
        ],
    ),
];

#[test]
fn points_at_every_mistake() {
    let all = crate::nearest::enumerate(crate::dialect::names(), "and");
    for (text, expected) in BAD {
        let mistakes: Vec<String> =
            mistakes(text).into_iter().map(|mistake| mistake.replace(&all, "{all}")).collect();
        assert_eq!(&mistakes, expected, "\n{text}");
    }
}

#[test]
fn no_text_makes_it_panic_or_slow() {
    let texts = [
        format!("dialect = {}", "[".repeat(100_000)),
        format!("{}x = 1", "a.".repeat(100_000)),
        "a = 1\n".repeat(10_000),
        (0..10_000).map(|n| format!("a{n} = 1\n")).collect(),
        format!("{} = 1", "x".repeat(1_000_000)),
        format!("exclude = ['{}']", "{a,".repeat(10_000)),
        format!("[links]\naccept = ['{}']", "(".repeat(10_000)),
    ];
    for text in texts {
        assert!(read(&text).is_err());
    }
}

/// Layers of `folder`, each with the texts of its files, the strongest last.
fn layers(written: &[(&str, &[(&str, &str)])]) -> Vec<Layer> {
    let file = |(path, text): &(&str, &str)| ConfigFile {
        path: DocPath::new(path),
        text: (*text).into(),
        presets: Vec::new(),
    };
    let layer = |(folder, files): &(&str, &[(&str, &str)])| Layer {
        folder: DocPath::new(folder),
        files: files.iter().map(file).collect(),
    };
    written.iter().map(layer).collect()
}

fn read_all(written: &[(&str, &[(&str, &str)])]) -> Result<Config, Vec<FaultyFile>> {
    read_with(&layers(written), &[&PLAIN, &OPTED])
}

/// The level of `missing-front-matter` at a path, and its options with the files they come from.
fn opted(config: &Config, path: &str) -> (Option<Setting>, Vec<String>) {
    let here = config.ruleset.at(&DocPath::new(path))[1];
    let option = |option: &crate::rules::WrittenOption| {
        let place = option.place.as_ref().map_or("default", |place| place.path.as_str());
        format!("{}: {:?} of {place}", option.option.name, option.value)
    };
    (here.setting, here.options.iter().map(option).collect())
}

#[test]
fn own_values_win_over_those_of_extended_files() {
    let config = read_all(&[(
        "",
        &[
            (
                "../shared.toml",
                "dialect = 'learn'\nexclude = ['a']\n[rules.missing-front-matter]\nlevel = 'error'\ndepth = 3\nkeys = ['x']\n\
                 [mounts]\n'/a' = 'a'\n'/b' = 'b'\n[links]\naccept = ['x']\n\
                 [[overrides]]\nfiles = ['deep/']\nrules = { broken-link = 'info', missing-front-matter = 'off' }\n",
            ),
            (
                "waypost.toml",
                "extends = '../shared.toml'\ndialect = 'github'\nexclude = ['b']\n\
                 [rules]\nmissing-front-matter = { keys = ['y'], level = 'info' }\n\
                 [mounts]\n'/b' = 'c'\n[links]\naccept = ['y']\n",
            ),
        ],
    )])
    .unwrap();
    assert_eq!(config.dialects, ["github"]);
    assert_eq!(config.dialects_place.unwrap().path.as_str(), "waypost.toml");
    let excluded: Vec<&str> = config.exclude.iter().map(|excluded| excluded.pattern.as_str()).collect();
    assert_eq!((excluded, config.accept.len()), (vec!["a", "b"], 2));
    let mounts: Vec<_> = config.mounts.iter().map(|m| (m.prefix.as_str(), m.folder.as_str())).collect();
    assert_eq!(mounts, [("/a", "a"), ("/b", "c")]);
    let config = Config { dialects_place: None, ..config };
    let options = ["keys: Strings([\"y\"]) of waypost.toml", "depth: Number(3) of ../shared.toml"];
    for page in ["x.md", "deep/x.md"] {
        let (setting, written) = opted(&config, page);
        assert_eq!(setting, Some(Setting::At(Level::Info)), "own `[rules]` win over extended overrides");
        assert_eq!(written, options);
    }
    let deep = config.ruleset.setting(&PLAIN, &DocPath::new("deep/x.md"));
    assert_eq!(deep, Some(Setting::At(Level::Info)), "what is not said again holds");
}

#[test]
fn folders_refine_those_above_them() {
    let config = read_all(&[
        (
            "",
            &[(
                "waypost.toml",
                "[rules]\nmissing-front-matter = { level = 'error', keys = ['r'] }\n\
                 [[overrides]]\nfiles = ['**/x.md']\nrules = { missing-front-matter = { depth = 5 } }",
            )],
        ),
        ("a", &[("a/waypost.toml", "[rules.missing-front-matter]\ndepth = 3")]),
        (
            "a/b",
            &[(
                "a/b/waypost.toml",
                "dialect = 'hugo'\nexclude = ['/out']\n[rules]\nmissing-front-matter = 'off'\n\
                 [[overrides]]\nfiles = ['/c/*.md']\ndialect = 'github'\nrules = { missing-front-matter = { level = 'info', keys = ['c'] } }\n\
                 [[table]]\nfiles = ['t.md']\nmin-rows = 1\n[[table.column]]\nname = 'x'\nlink = { below = 'to' }",
            )],
        ),
    ])
    .unwrap();
    let strings = |name: &str, path: &str| format!("keys: Strings([\"{name}\"]) of {path}");
    let depth = |depth: u32, path: &str| format!("depth: Number({depth}) of {path}");
    let root_keys = strings("r", "waypost.toml");
    let at = |level| Some(Setting::At(level));
    for (path, setting, options) in [
        ("y.md", at(Level::Error), [root_keys.clone(), depth(2, "default")]),
        ("x.md", at(Level::Error), [root_keys.clone(), depth(5, "waypost.toml")]),
        ("a/x.md", at(Level::Error), [root_keys.clone(), depth(3, "a/waypost.toml")]),
        ("a/b/x.md", Some(Setting::Off), [root_keys.clone(), depth(3, "a/waypost.toml")]),
        ("a/b/c/x.md", at(Level::Info), [strings("c", "a/b/waypost.toml"), depth(3, "a/waypost.toml")]),
        ("ab/y.md", at(Level::Error), [root_keys.clone(), depth(2, "default")]),
    ] {
        assert_eq!(opted(&config, path), (setting, options.to_vec()), "{path}");
    }
    let dialects = |path| config.overrides.at(&DocPath::new(path)).last().map(|entry| &entry.dialects[..]);
    assert_eq!(dialects("a/x.md"), None);
    assert_eq!(dialects("a/b/d/x.md"), Some(&["hugo".to_owned()][..]));
    assert_eq!(dialects("a/b/c/x.md"), Some(&["github".to_owned()][..]));
    assert_eq!((config.exclude[0].folder.as_str(), config.exclude[0].pattern.as_str()), ("a/b", "/out"));
    let contract = &config.contracts.list[0];
    let files = contract.selection.files.as_ref().unwrap();
    assert!(files.matches(&DocPath::new("a/b/d/t.md")) && !files.matches(&DocPath::new("t.md")));
    assert_eq!(contract.columns[0].demands.link.as_ref().unwrap().value.below, "a/b/to");
}

#[test]
fn mistakes_are_told_of_the_file_that_has_them() {
    let mistakes = |files: &[(&str, &[(&str, &str)])]| {
        let faulty = read_all(files).unwrap_err();
        let told = |file: &FaultyFile| {
            let messages = file.faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>();
            format!("{}: {}", file.path, messages.join("; "))
        };
        faulty.iter().map(told).collect::<Vec<_>>()
    };
    let wide = "repository = false\npreset = 'raci'\n[links]\n[mounts]\n[learn]\n";
    let cannot = |key| format!("`{key}` holds for the whole tree: the folder `a` cannot refine it");
    let all = ["repository", "preset", "links", "mounts", "learn"].map(cannot).join("; ");
    assert_eq!(mistakes(&[("a", &[("a/waypost.toml", wide)])]), [format!("a/waypost.toml: {all}")]);
    assert_eq!(
        mistakes(&[("", &[("s.toml", "root = true"), ("waypost.toml", "extends = 3\nroot = 1")])]),
        [
            "s.toml: `root` in a file that others extend says nothing",
            "waypost.toml: `extends` must be a string or a list of strings, not a whole number; `root` must be `true` or `false`, not a whole number"
        ]
    );
    assert_eq!(
        mistakes(&[("", &[("s.toml", "rules ="), ("waypost.toml", "rulz = 1")])]),
        ["s.toml: a text must stand in quotes"]
    );
    let twice: &[(&str, &str)] = &[("s.toml", "x = 1")];
    assert_eq!(mistakes(&[("a", twice), ("b", twice)]).len(), 1);
}
