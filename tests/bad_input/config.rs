//! Configuration that is broken, or of other types than anyone expects.

use crate::tree::Tree;

const PUBLISH: &str = ".openpublishing.publish.config.json";
const REDIRECTS: &str = ".openpublishing.redirection.json";

/// A docset whose three files are right.
fn learn() -> Tree {
    Tree::new([
        (
            PUBLISH,
            r#"{"docsets_to_publish": [{"build_source_folder": "."}], "redirection_files": ["moved.json"]}"#,
        ),
        ("docfx.json", r#"{"build": {"content": [{"files": ["**/*.md"]}], "globalMetadata": {"a": "b"}}}"#),
        (REDIRECTS, r#"{"redirections": [{"source_path": "old.md", "redirect_url": "/base/page"}]}"#),
        ("page.md", "# A\n\n[a](old.md) [b](/base/old) [c](/base/x) [d](gone.md) [!INCLUDE [e](page.md)]\n"),
    ])
}

/// Where in each file a value is put: for `@`.
const PLACES: &[(&str, &[&str])] = &[
    (
        PUBLISH,
        &[
            "@",
            r#"{"docsets_to_publish": @}"#,
            r#"{"docsets_to_publish": [@, {"build_source_folder": "."}]}"#,
            r#"{"docsets_to_publish": [{"build_source_folder": @}]}"#,
            r#"{"docsets_to_publish": [{"build_source_folder": ".", "customized_tasks": @}]}"#,
            r#"{"docsets_to_publish": [{"build_source_folder": "."}], "redirection_files": @}"#,
            r#"{"docsets_to_publish": [{"build_source_folder": "."}], "redirection_files": [@]}"#,
            r#"{"docsets_to_publish": [{"build_source_folder": "."}], "dependent_repositories": @}"#,
            r#"{"docsets_to_publish": [{"build_source_folder": "."}], "dependent_repositories": [@]}"#,
            r#"{"docsets_to_publish": [{"build_source_folder": "."}], "dependent_repositories": [{"path_to_root": @}]}"#,
        ],
    ),
    (
        "docfx.json",
        &[
            "@",
            r#"{"build": @}"#,
            r#"{"build": {"content": @, "resource": @}}"#,
            r#"{"build": {"content": [@], "resource": [@]}}"#,
            r#"{"build": {"content": [{"files": @, "exclude": @}]}}"#,
            r#"{"build": {"content": [{"files": [@], "exclude": [@]}]}}"#,
            r#"{"build": {"content": [{"files": ["**.md"], "src": @}]}}"#,
            r#"{"build": {"content": [{"files": ["**.md"], "dest": @}]}}"#,
            r#"{"build": {"content": [{"files": ["**.md"]}], "globalMetadata": @, "fileMetadata": @}}"#,
            r#"{"build": {"content": [{"files": ["**.md"]}], "globalMetadata": {"breadcrumb_path": @}}}"#,
            r#"{"build": {"content": [{"files": ["**.md"]}], "fileMetadata": {"title": @}}}"#,
            r#"{"build": {"content": [{"files": ["**.md"]}], "fileMetadata": {"title": {"**": @}}}}"#,
        ],
    ),
    (
        REDIRECTS,
        &[
            "@",
            r#"{"redirections": @}"#,
            r#"{"redirections": [@]}"#,
            r#"{"redirections": [{"source_path": @, "redirect_url": "/base/page"}]}"#,
            r#"{"redirections": [{"source_path_from_root": @, "redirect_url": "/base/page"}]}"#,
            r#"{"redirections": [{"source_path": "old.md", "redirect_url": @}]}"#,
        ],
    ),
];

const VALUES: &[&str] = &[
    "null",
    "true",
    "1",
    "-1e999",
    r#""""#,
    r#""x""#,
    r#""/""#,
    r#""//""#,
    r#""../..""#,
    r#""../../../x.md""#,
    r#""\\\\""#,
    r#""C:\\x""#,
    r#""[""#,
    r#""**{""#,
    r#""\u0000""#,
    r#""\ud800""#,
    r#""é/日.md""#,
    r##""#""##,
    "[]",
    "{}",
    "[[]]",
    r#"[{"": {}}]"#,
    r#"{"": null}"#,
    r#"{"x": {"y": [1]}}"#,
    "[",
    "{",
    "\"",
    "tru",
    "",
];

#[test]
fn any_value_may_stand_anywhere() {
    for (file, places) in PLACES {
        let tree = learn();
        for place in *places {
            for value in VALUES {
                tree.write(file, place.replace('@', value));
                let ran = tree.check();
                assert!(ran.code < 2, "{file}: {place} {value}: {}", ran.stderr);
            }
        }
    }
}

#[test]
fn broken_files_are_told_with_their_place() {
    let broken: [&[u8]; 11] = [
        b"",
        b"{",
        b"{\"a\": 1,, }",
        b"[1 2]",
        b"{'a': }",
        b"<<<<<<< HEAD\n{}\n",
        b"\0",
        b"nul",
        b"\xEF\xBB\xBF",
        b"//",
        b"{\"a\": \"\xFF\"}",
    ];
    for file in [PUBLISH, "docfx.json", REDIRECTS] {
        for text in broken {
            let tree = learn();
            let ran = tree.write(file, text).check();
            assert!(ran.stdout.lines().any(|line| line.starts_with(file)), "{file} {text:?}: {}", ran.stdout);
        }
    }
}

#[test]
fn large_and_deep_files_are_read() {
    const LARGE: usize = 10 << 20;
    let long = format!("\"{}\"", "x/".repeat(LARGE / 2));
    let deep = "[".repeat(LARGE);
    let closed = "[".repeat(100_000) + &"]".repeat(100_000);
    let maps = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    let list = format!("[{}1]", "1,".repeat(LARGE / 8));
    let blanks = " ".repeat(LARGE);
    for (file, places) in PLACES {
        for value in [&long, &deep, &closed, &maps, &list, &blanks] {
            let tree = learn();
            tree.write(file, places[places.len() - 1].replace('@', value));
            assert!(tree.check().code < 2, "{file}");
        }
    }
    for key in ["exclude", "dialect", "mounts", "x"] {
        for value in [&long, &deep, &closed, &list, &blanks] {
            let tree = learn();
            tree.write("waypost.toml", format!("{key} = {value}\n"));
            assert_eq!(tree.check().code, 2, "{key}");
        }
    }
}

#[test]
fn our_own_file_may_hold_anything() {
    let keys = [
        "@",
        "dialect",
        "exclude",
        "rules",
        "rules.broken-link",
        "rules.placeholder",
        "rules.placeholder.phrases",
        "rules.unlinked-cell.headers",
        "rules.unlinked-cell.min-cells",
        "rules.missing-front-matter.keys",
        "links",
        "links.accept",
        "links.accept-anchors",
        "mounts",
        "mounts.\"/x\"",
        "learn",
        "learn.base-path",
        "overrides",
        "\"\"",
        "\"\\u001b\"",
    ];
    let values = [
        "1",
        "-9223372036854775808",
        "1e999",
        "nan",
        "true",
        "''",
        "'x'",
        "'/'",
        "'\\'",
        "'['",
        "'('",
        "'../..'",
        "\"\\u001b[31m\"",
        "1979-05-27",
        "[]",
        "[[]]",
        "[1]",
        "['']",
        "['(']",
        "['x', 'x']",
        "['!x']",
        "[{}]",
        "{}",
        "{ '' = 1 }",
        "{ files = ['x'] }",
        "{ files = 1, dialect = 1, rules = 1 }",
        "{ level = 'x' }",
        "[{ files = ['x'], rules = { broken-link = 'off' } }]",
        "'''\n'''",
        "",
        "=",
        "[",
        "{",
    ];
    let tree = Tree::page("# A\n");
    for key in keys {
        for value in values {
            let text = if key == "@" { value.to_owned() } else { format!("{key} = {value}\n") };
            let ran = tree.write("waypost.toml", &text).check();
            let told = ran.code == 2 && ran.stderr.contains("waypost.toml");
            assert!(ran.code == 0 || told, "{text}: {} {}", ran.code, ran.stderr);
        }
    }
}

/// The engine of the regular expressions is linear in the text; here the patterns themselves are the danger.
#[test]
fn patterns_may_not_explode() {
    let too_large = ["(a{1000}){1000}", "((((a{99}){99}){99}){99}){99}", "(\\\\pL{500}){500}"];
    for key in ["accept", "accept-anchors"] {
        for pattern in too_large {
            let text = format!("[links]\n{key} = [\"{pattern}\"]\n");
            let ran = Tree::new([("page.md", "# A\n"), ("waypost.toml", &text)]).check();
            assert!(ran.code == 2 && ran.stderr.contains("waypost.toml:2:"), "{pattern}: {}", ran.stderr);
        }
        let nested = format!("[links]\n{key} = [\"{}{}\"]\n", "(".repeat(5_000), ")".repeat(5_000));
        assert_eq!(Tree::new([("page.md", "# A\n"), ("waypost.toml", &nested)]).check().code, 2);
        let slow_elsewhere = format!("[links]\n{key} = ['^(a+)+$', '(.*)*x', '(a|a)*b']\n");
        let page = format!("[a]({0}!#{0}!)\n", "a".repeat(20_000));
        let ran = Tree::new([("page.md", &page), ("waypost.toml", &slow_elsewhere)]).check();
        assert!(ran.code < 2, "{}", ran.stderr);
    }
}

#[test]
fn circles_end() {
    let cases = [
        ("a redirect to itself", "/base/old", "[a](old.md) [b](/base/old)", "redirected-link"),
        ("a page that includes itself", "/base/x", "[!INCLUDE [a](page.md)]", "broken-include"),
        ("pages that include each other", "/base/x", "[!INCLUDE [a](other.md)]", "broken-include"),
    ];
    for (name, url, page, rule) in cases {
        let tree = learn();
        let redirects =
            format!(r#"{{"redirections": [{{"source_path": "old.md", "redirect_url": "{url}"}}]}}"#);
        tree.write(REDIRECTS, redirects).write("page.md", format!("# A\n\n{page}\n\n[x](#gone)\n"));
        tree.write("other.md", "# B\n\n[!INCLUDE [a](page.md)]\n\n[x](#gone)\n");
        let ran = tree.check();
        assert!(!ran.findings(rule).is_empty(), "{name}: {}", ran.stdout);
        assert_eq!(ran.findings("broken-anchor").len(), 2, "{name}: {}", ran.stdout);
    }
}

#[test]
fn mistakes_in_contracts_are_shown_at_their_place() {
    let contract = "[[table]]
name = \"Services\"
files = [\"services.md\"]
key = \"Servce\"

[[table.column]]
name = \"Service\"
min-rows = 1
empty = true
link = true
references = { table = \"Teams\", column = \"Name\" }
";
    let expected = "waypost.toml:4:7: error: unknown column `Servce` in `Services`
  4 | key = \"Servce\"
    |       ^^^^^^^^
  help: did you mean `Service`?

waypost.toml:8:1: error: unknown key `min-rows` in `table.column`
  8 | min-rows = 1
    | ^^^^^^^^
  help: `min-rows` belongs under `[[table]]`, above its first `[[table.…]]` line

waypost.toml:9:1: error: `empty = true` contradicts `link`: nothing may stand in the cell
  9 | empty = true
    | ^^^^^
  help: keep one of the two

waypost.toml:11:24: error: no `[[table]]` is called `Teams`
  11 | references = { table = \"Teams\", column = \"Name\" }
     |                        ^^^^^^^
  help: known here: `Services`

";
    let ran = Tree::new([("page.md", "# A\n"), ("waypost.toml", contract)]).check();
    assert_eq!((ran.code, ran.stderr.as_str()), (2, expected));
}

#[test]
fn many_contracts_are_read_in_no_time() {
    let one = "[[table]]\nheading = 'Part {n}'\nfiles = ['docs/{n}/**', '!docs/old/**']\n[[table.column]]\nname = 'Id'\npattern = '[A-Z]{2}-[0-9]+'\n";
    let many: String = (0..10_000).map(|n| one.replace("{n}", &n.to_string())).collect();
    let ran = Tree::new([("page.md", "# A\n"), ("waypost.toml", &many)]).check();
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.took < std::time::Duration::from_secs(20), "{:?}", ran.took);
}
