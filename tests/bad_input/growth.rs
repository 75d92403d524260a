//! Four times as much takes about four times as long.
//!
//! The sizes are such that a quadratic step would show: it would take sixteen times as long, and seconds.

use std::time::Duration;

use crate::tree::Tree;

type Files = Vec<(String, String)>;
type Case = (&'static str, usize, fn(usize) -> Files);

/// What takes less is not measured: the noise is greater.
const FLOOR: Duration = Duration::from_millis(400);

fn grow(cases: &[Case]) {
    let failed: Vec<String> = cases.iter().filter_map(|case| too_slow(case).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// A noisy machine gets a second and a third chance.
fn too_slow((name, size, files): &Case) -> Result<(), String> {
    let time = |size| Tree::new(files(size)).check().took;
    let mut failure = String::new();
    for _ in 0..3 {
        let (small, large) = (time(*size), time(4 * size));
        println!("{name}: {small:?}, {large:?}");
        if large < FLOOR || large < 9 * small {
            return Ok(());
        }
        failure = format!("{name}: {small:?} for {size}, {large:?} for {}", 4 * size);
    }
    Err(failure)
}

fn page(text: String) -> Files {
    vec![("page.md".to_owned(), text)]
}

fn repeat(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// A docset that publishes all, and redirects from `old-0`, `old-1`, … to what `to` says.
fn learn(redirects: usize, to: impl Fn(usize) -> String) -> Files {
    let list: Vec<_> = (0..redirects)
        .map(|n| serde_json::json!({"source_path": format!("old-{n}.md"), "redirect_url": to(n)}))
        .collect();
    let publish = serde_json::json!({"docsets_to_publish": [{"build_source_folder": "."}]});
    let docfx = serde_json::json!({"build": {"content": [{"files": ["**/*.md"]}]}});
    vec![
        (".openpublishing.publish.config.json".to_owned(), publish.to_string()),
        ("docfx.json".to_owned(), docfx.to_string()),
        (
            ".openpublishing.redirection.json".to_owned(),
            serde_json::json!({"redirections": list}).to_string(),
        ),
    ]
}

fn docset() -> Files {
    learn(0, |_| String::new())
}

fn with(mut files: Files, more: impl IntoIterator<Item = (String, String)>) -> Files {
    files.extend(more);
    files
}

fn pages(count: usize, text: impl Fn(usize) -> String) -> impl Iterator<Item = (String, String)> {
    (0..count).map(move |n| (format!("p{n}.md"), text(n)))
}

fn index(text: String) -> [(String, String); 1] {
    [("index.md".to_owned(), format!("# Index\n\n{text}"))]
}

#[test]
fn blocks() {
    grow(&[
        ("quotes", 10_000, |n| page(">".repeat(n) + "a")),
        ("quoted lines", 500, |n| page((">".repeat(100) + "a\n\n").repeat(n))),
        ("lists", 10_000, |n| page("- ".repeat(n) + "a")),
        ("numbered lists", 10_000, |n| page("1. ".repeat(n) + "a")),
        ("lists in quotes", 10_000, |n| page("> - ".repeat(n) + "a")),
        ("columns", 5_000, |n| page(format!("{0}|\n{1}|\n{0}|\n{0}|\n", "|a".repeat(n), "|-".repeat(n)))),
        ("rows", 10_000, |n| page(format!("|a|b|\n|-|-|\n{}", "|c|[d](e.md)|\n".repeat(n)))),
        ("short rows of a wide table", 50, |n| {
            page(format!("{}|\n{}|\n{}", "|a".repeat(1000), "|-".repeat(1000), "|b\n".repeat(n)))
        }),
        ("comments", 20_000, |n| page("<!--\n\n".repeat(n))),
        ("setext", 20_000, |n| page("a\n=\n".repeat(n))),
        ("carriage returns", 20_000, |n| page("a\r".repeat(n))),
        ("definitions", 10_000, |n| page(repeat(n, |n| format!("[l{n}]: x{n}.md\n")))),
        ("equal definitions", 10_000, |n| page("[l]: x.md\n".repeat(n))),
        ("footnotes", 10_000, |n| page(repeat(n, |n| format!("[^{n}]\n\n[^x{n}]: x\n\n")))),
        ("directives", 10_000, |n| with(docset(), index(":::image source='a.png':::\n\n".repeat(n)))),
    ]);
}

#[test]
fn inlines() {
    grow(&[
        ("brackets", 10_000, |n| page("[".repeat(n))),
        ("closed brackets", 10_000, |n| page("[".repeat(n) + "a" + &"]".repeat(n))),
        ("nested links", 10_000, |n| page("[".repeat(n) + "a" + &"](b)".repeat(n))),
        ("nested images", 10_000, |n| page("![".repeat(n) + "a" + &"](b)".repeat(n))),
        ("open destinations", 10_000, |n| page("[a](".repeat(n))),
        ("open titles", 10_000, |n| page("[a](b 'c".repeat(n))),
        ("open tags", 10_000, |n| page("<a href='".repeat(n))),
        ("open comments", 10_000, |n| page("a <!-- ".repeat(n))),
        ("attributes", 10_000, |n| page(format!("<div {}>", "a=b ".repeat(n)))),
        ("code of any length", 400, |n| page(repeat(n, |n| "`".repeat(n + 1) + " "))),
        ("emphasis", 20_000, |n| page("*a_ ".repeat(n))),
        ("nested emphasis", 10_000, |n| page("*".repeat(n) + "a" + &"*".repeat(n))),
        ("entities", 10_000, |n| page("[a](x&amp;y.md) &amp; ".repeat(n))),
        ("pipes", 10_000, |n| page(format!("|a|\n|-|\n|{}[a](b.md)|\n", "\\|".repeat(n)))),
        ("cells of html", 5_000, |n| page(format!("|a|\n|-|\n|{}|\n", "<a href=x.md>y</a>".repeat(n)))),
        ("sources", 10_000, |n| page(format!("<img srcset='{}'>", "a.png 1x, ".repeat(n)))),
        ("a long destination", 50_000, |n| {
            page(format!("[a]({}b.md) [c]({}d.md)", "../".repeat(n), "x/".repeat(n)))
        }),
        ("a long fragment", 50_000, |n| page(format!("# {}\n\n[a](#{})", "x".repeat(n), "y".repeat(n)))),
        ("references", 20_000, |n| page("[l]: x.md\n\n".to_owned() + &"[l] ".repeat(n))),
    ]);
}

#[test]
fn front_matter() {
    grow(&[
        ("keys", 10_000, |n| page(format!("---\n{}---\n", repeat(n, |n| format!("k{n}: v\n"))))),
        ("equal keys", 10_000, |n| page(format!("---\n{}---\n", "k: v\n".repeat(n)))),
        ("aliases", 10_000, |n| page(format!("---\na: &a x\n{}---\n", repeat(n, |n| format!("k{n}: *a\n"))))),
        ("brackets", 10_000, |n| page(format!("---\na: {}{}\n---\n", "[".repeat(n), "]".repeat(n)))),
        ("dashes", 10_000, |n| page(format!("---\na:\n  {}b\n---\n", "- ".repeat(n)))),
        ("unterminated", 20_000, |n| page(format!("---\n{}", "a: b\n".repeat(n)))),
    ]);
}

#[test]
fn anchors() {
    grow(&[
        ("equal headings", 10_000, |n| {
            page("# h\n\n".repeat(n) + &repeat(n, |n| format!("[a](#h-{n})\n\n")))
        }),
        ("other case", 10_000, |n| page("# h\n\n".repeat(n) + &repeat(n, |n| format!("[a](#H-{n})\n\n")))),
        ("missing", 1_500, |n| {
            page(repeat(n, |n| format!("# one of the headings {n}\n\n[a](#one-of-teh-headings-{n})\n\n")))
        }),
        ("ids", 10_000, |n| page("<a id='x'></a>".repeat(n) + "\n\n" + &"[a](#x)".repeat(n))),
        ("foreign ids", 2_000, |n| {
            page(repeat(n, |n| format!("# h {{#i{n}}}\n\n[a](#i{n}) {{{{ [b](#j{n})\n\n")))
        }),
        ("undefined labels", 5_000, |n| {
            page(repeat(n, |n| format!("[label-{n}]: a.md\n\n[t][lebal-{n}]\n[x{n}]: a b\n[y][x{n}]\n\n")))
        }),
        ("links of a page that others link to", 3_000, |n| {
            let target = ("target.md".to_owned(), "[a](target.md)\n\n".repeat(n));
            vec![
                target,
                ("page.md".to_owned(), repeat(n, |n| format!("[a](target.md#missing-anchor-{n})\n\n"))),
            ]
        }),
    ]);
}

#[test]
fn links() {
    grow(&[
        ("near names", 1_500, |n| {
            let link = |n| format!("[a](page-number-{n}-of-manx.md)\n\n");
            with(
                index(repeat(n, link)).into(),
                (0..n).map(|n| (format!("page-number-{n}-of-many.md"), String::new())),
            )
        }),
        ("equal names", 500, |n| {
            let files = (0..n).map(|n| (format!("folder-{n}/page.md"), String::new()));
            with(index(repeat(n, |n| format!("[a](gone-{n}/page.md)\n\n"))).into(), files)
        }),
        ("near equal names", 500, |n| {
            let files = (0..n).map(|n| (format!("folder-{n}/page.md"), String::new()));
            with(index("[a](gone/pagse.md)\n\n".repeat(n)).into(), files)
        }),
        ("near addresses", 1_000, |n| {
            let pages = (0..n).map(|n| (format!("page-number-{n}-of-many.md"), "# T".to_owned()));
            let links = index(repeat(n, |n| format!("[a](/base/page-number-{n}-of-manx)\n\n")));
            with(with(learn(1, |_| "/base/x".to_owned()), pages), links)
        }),
        ("suppressions", 5_000, |n| {
            page("<!-- waypost-ignore-next-line broken-link: why -->\n[a](b.md)\n\n".repeat(n))
        }),
        ("nested suppressions", 5_000, |n| {
            let comment = |end| format!("<!-- waypost-ignore-{end} broken-link: why -->\n[a](b.md)\n\n");
            page(comment("start").repeat(n) + &comment("end").repeat(n))
        }),
        ("suppressions before empty lines", 5_000, |n| {
            page("<!-- waypost-ignore-next-line broken-link: why -->".repeat(n) + &"\n".repeat(n))
        }),
        ("suppressions of no rule", 3_000, |n| {
            page(format!("<!-- waypost-ignore-next-line {}: why -->\n", "brokenlink ".repeat(n)))
        }),
        ("empty pages", 2_500, |n| pages(n, |_| String::new()).collect()),
    ]);
}

#[test]
fn redirects() {
    grow(&[
        ("a chain", 5_000, |n| {
            let links = index(repeat(n, |n| format!("[a](old-{n}.md) [b](/base/old-{n})\n\n")));
            with(learn(n, |n| format!("/base/old-{}", n + 1)), links)
        }),
        ("circles", 5_000, |n| {
            let links = index(repeat(n, |n| format!("[a](old-{n}.md)\n\n")));
            with(learn(n, |n| format!("/base/old-{}", n ^ 1)), links)
        }),
        ("to themselves", 5_000, |n| {
            let links = index(repeat(n, |n| format!("[a](old-{n}.md)\n\n")));
            with(learn(n, |n| format!("/base/old-{n}")), links)
        }),
        ("to pages", 2_000, |n| {
            let files = with(learn(n, |n| format!("/base/p{n}")), pages(n, |_| "# T".to_owned()));
            with(files, index(repeat(n, |n| format!("[a](/base/old-{n})\n\n"))))
        }),
    ]);
}

#[test]
fn includes() {
    const NEXT: fn(usize) -> String = |n| format!("# T\n\n[!INCLUDE [a](p{n}.md)]\n\n[x](#gone)\n");
    grow(&[
        ("a chain", 2_500, |n| with(docset(), pages(n, |n| NEXT(n + 1).replace("gone", "t")))),
        ("a chain with broken anchors", 500, |n| with(docset(), pages(n, |n| NEXT(n + 1)))),
        ("a circle", 1_000, move |n| {
            let files = (0..n).map(|at| (format!("p{at}.md"), NEXT((at + 1) % n).replace("gone", "t")));
            with(docset(), files)
        }),
        ("a page itself", 5_000, |n| with(docset(), [("p0.md".to_owned(), NEXT(0).repeat(n))])),
        ("a popular page", 2_000, |n| {
            let broken = repeat(n, |n| format!("[x](#gone-from-here-{n})\n\n"));
            let popular = [("popular.md".to_owned(), format!("[!INCLUDE [a](part.md)]\n\n{broken}"))];
            let readers = pages(n, |_| "# T\n\n[!INCLUDE [a](popular.md)]\n".to_owned());
            with(with(docset(), readers), popular)
        }),
    ]);
}

#[test]
fn configuration() {
    grow(&[
        ("excludes", 1_000, |n| {
            let globs = repeat(n, |n| format!("'folder-{n}/**', "));
            vec![
                ("waypost.toml".to_owned(), format!("exclude = [{globs}]\n")),
                ("p.md".to_owned(), String::new()),
            ]
        }),
        ("mistakes", 2_500, |n| {
            let rules = repeat(n, |n| format!("no-rule-{n} = 'error'\n"));
            vec![("waypost.toml".to_owned(), format!("[rules]\n{rules}")), ("p.md".to_owned(), String::new())]
        }),
        ("mistakes on one line", 2_500, |n| {
            vec![
                ("waypost.toml".to_owned(), format!("exclude = [{}]\n", "'', ".repeat(n))),
                ("p.md".to_owned(), String::new()),
            ]
        }),
        ("redirects", 25_000, |n| learn(n, |n| format!("/base/{n}"))),
        ("oddities", 20_000, |n| {
            let mut files = docset();
            files[2].1 = format!("{{\"redirections\": [{}]}}", "{\"source_path\": \"x.md\",},\n".repeat(n));
            files
        }),
    ]);
}

/// A page whose tables with a column `a` have a contract.
fn contracted(contract: &str, text: String) -> Files {
    let contract = format!("[[table]]\nname = 'T'\nfiles = ['**']\nheader = ['a']\n{contract}");
    with(page(text), [("waypost.toml".to_owned(), contract)])
}

#[test]
fn contracts() {
    const ALL: &str = "sorted-by = 'a'\nmin-rows = 1\nrequired-rows = ['x', 'y']\n\
        [[table.column]]\nname = 'a'\nunique = 'tree'\npattern = '[a-z]+[0-9]*'\n\
        [[table.column]]\nname = 'b'\nlink = { min = 1, resolves = true, below = 'x/' }\n\
        [[table.column]]\nname = '*'\nunique = 'table'\nvalues = ['v', 'w']\nseparator = ','\n\
        [[table.when]]\nif = { column = 'a', pattern = '.*[02468]' }\nthen = { column = 'b', max-length = 1 }\n\
        [[table.count]]\nvalues = ['v']\nmin = 1\n";
    const REFERENCES: &str = "[[table.column]]\nname = 'a'\n[[table.column]]\nname = 'b'\n\
        references = { table = 'T', column = 'a' }\n";
    grow(&[
        ("rows", 25_000, |n| {
            let rows = repeat(n, |n| format!("|row{n}|[l](page.md)|v|\n"));
            contracted(ALL, format!("|a|b|c|\n|-|-|-|\n{rows}"))
        }),
        ("wrong rows", 2_500, |n| {
            let rows = repeat(n, |n| format!("|row-{n}|l|x,{n},x|\n"));
            contracted(ALL, format!("|a|b|c|\n|-|-|-|\n{rows}"))
        }),
        ("equal rows", 2_500, |n| contracted(ALL, format!("|a|b|c|\n|-|-|-|\n{}", "|r|l|v|\n".repeat(n)))),
        ("wrong references", 2_500, |n| {
            let rows = repeat(n, |n| format!("|value {n}|valeu {n}|\n"));
            contracted(REFERENCES, format!("|a|b|\n|-|-|\n{rows}"))
        }),
        ("parts of a cell", 2_500, |n| {
            contracted(ALL, format!("|a|b|c|\n|-|-|-|\n|a|b|{}|\n", repeat(n, |n| format!("v{n},"))))
        }),
        ("columns", 1_000, |n| {
            let wide = format!("{}|\n{}|\n{}|\n", "|a".repeat(n), "|-".repeat(n), "|v".repeat(n));
            contracted("[[table.column]]\nname = 'a'\n[[table.column]]\nname = '*'\nvalues = ['w']\n", wide)
        }),
        ("tables", 2_500, |n| contracted(ALL, "|a|b|c|\n|-|-|-|\n|a|[l](page.md)|v|\n\n".repeat(n))),
    ]);
}
