//! What is nested deeply, or expands to much.

use crate::tree::Tree;

#[test]
fn nothing_is_too_deep() {
    const DEPTH: usize = 100_000;
    let cases = [
        ("quotes", ">".repeat(DEPTH)),
        ("lists", "- ".repeat(DEPTH)),
        ("brackets", "[".repeat(DEPTH) + &"]".repeat(DEPTH)),
        ("links", "[".repeat(DEPTH) + "a" + &"](b.md)".repeat(DEPTH)),
        ("emphasis", "*".repeat(DEPTH) + "a" + &"*".repeat(DEPTH)),
        ("tags", "<b>".repeat(DEPTH)),
        ("tables of quotes", ">".repeat(1_000) + "|a|\n" + &">".repeat(1_000) + "|-|\n"),
        ("yaml lists", format!("---\na: {}\n---\n", "[".repeat(DEPTH))),
        ("yaml maps", format!("---\na: {}\n---\n", "{a: ".repeat(DEPTH))),
        ("yaml blocks", format!("---\na:\n {}\n---\n", "- ".repeat(DEPTH))),
        ("toml", format!("+++\na = {}\n+++\n", "[".repeat(DEPTH))),
        ("zones", ":::zone pivot=\"a\"\n".repeat(DEPTH)),
    ];
    for (name, text) in cases {
        let ran = Tree::page(&text).check();
        assert!(ran.code < 2, "{name}: {}", ran.stderr);
    }
}

/// A few hundred bytes that stand for a thousand million values.
#[test]
fn aliases_do_not_multiply() {
    let levels: String = (1..10)
        .map(|n| format!("k{n}: &k{n} [{}]\n", format!("*k{}, ", n - 1).repeat(10).trim_end_matches(", ")))
        .collect();
    let ran = Tree::page(format!("---\ntitle: x\nk0: &k0 TBD\n{levels}---\n# Title\n")).check();
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let itself = Tree::page("---\ntitle: &a [*a, *a]\n<<: *a\n---\n").check();
    assert_eq!(itself.code, 0, "{}", itself.stdout);
}

#[test]
fn a_line_may_be_long() {
    const BYTES: usize = 30 << 20;
    let mut text = "word ".repeat(BYTES / 5);
    text.push_str("[a](gone.md)");
    let tree = Tree::page(&text);
    for format in ["pretty", "concise", "json"] {
        let ran = tree.run(&["check", "--format", format]);
        assert!(ran.code == 1 && ran.stdout.len() < 5_000, "{format}: {}", ran.stdout.len());
    }
    let at = format!("page.md:1:{}: error[broken-link]", BYTES / 5 * 5 + 5);
    assert!(tree.check().stdout.starts_with(&at));
}

#[test]
fn a_hundred_thousand_headings_may_be_equal() {
    let headings = "# H\n\n".repeat(100_000);
    let ran = Tree::page(headings + "[a](#h-99999) [b](#h-100000) [c](#H-99999)\n").check();
    assert_eq!(ran.findings("broken-anchor").len(), 1, "{}", ran.stdout);
    assert_eq!(ran.findings("case-mismatch").len(), 1);
}

#[test]
fn a_table_may_have_five_thousand_columns() {
    let row = |cell: &str| format!("{}|\n", format!("|{cell}").repeat(5_000));
    let text = row("a") + &row("-") + &row("[b](gone.md)") + "|short|\n";
    let ran = Tree::page(text).check();
    assert_eq!(ran.findings("broken-link").len(), 5_000);
    assert_eq!(ran.findings("ragged-row").len(), 1);
}
