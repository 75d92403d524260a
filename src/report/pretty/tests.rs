use super::*;
use crate::finding::{Fix, Level};
use crate::report::fixture::{finding, report, site, span_of};
use crate::source::Span;

fn print(findings: Vec<Finding>, pages: &[(&str, &str)], style: &Style) -> String {
    let mut out = Vec::new();
    write(&report(findings), &site(pages), style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What stands above the summary.
fn excerpts(findings: Vec<Finding>, text: &str) -> String {
    let printed = print(findings, &[("a.md", text)], &Style::default());
    let summary = printed.rfind("\n\n  ").unwrap();
    let summary = printed[..summary].rfind("\n\n").unwrap();
    printed[..=summary].to_owned()
}

fn broken(text: &str, needle: &str) -> Finding {
    finding("a.md", Level::Error, span_of(text, needle), &format!("`{needle}` does not exist"))
}

fn related(path: &str, span: Span, message: &str) -> Label {
    Label { path: DocPath::new(path), span, message: message.to_owned() }
}

#[track_caller]
fn assert_excerpts(findings: Vec<Finding>, text: &str, expected: &str) {
    let printed = excerpts(findings, text);
    assert_eq!(printed.trim(), expected.trim(), "\n{printed}");
}

#[test]
fn a_finding_is_shown_in_its_line() {
    let text = "# A\r\n\r\n日本 🚀 [x](gone.md)\ty\r\n";
    let mut found = broken(text, "gone.md");
    found.suggestions = vec!["here.md".to_owned()];
    assert_excerpts(
        vec![found],
        text,
        "
error[broken-link]: `gone.md` does not exist
   ╭─[a.md:3:10]
 3 │ 日本 🚀 [x](gone.md)    y
   ·             ───────
   ├─ help: did you mean `here.md`?
   ╰─ more: `waypost explain broken-link`",
    );
}

#[test]
fn findings_of_a_line_share_an_excerpt() {
    let text = "[a](one.md) and [b](two.md)\n";
    let mut second = broken(text, "two.md");
    second.help = Some("write `2.md`".to_owned());
    second.level = Level::Warning;
    assert_excerpts(
        vec![broken(text, "one.md"), second],
        text,
        "
error[broken-link]: (1) `one.md` does not exist
warning[broken-link]: (2) `two.md` does not exist
   ╭─[a.md:1:5]
 1 │ [a](one.md) and [b](two.md)
   ·     ───┬──          ───┬──
   ·        │               ╰── (2)
   ·        ╰── (1)
   ├─ help: (2) write `2.md`
   ╰─ more: `waypost explain broken-link`",
    );
}

#[test]
fn two_findings_of_one_place_are_not_numbered() {
    let text = "[a](one.md)\n";
    let mut second = broken(text, "one.md");
    second.message = "and again".to_owned();
    assert_excerpts(
        vec![broken(text, "one.md"), second],
        text,
        "
error[broken-link]: `one.md` does not exist
error[broken-link]: and again
   ╭─[a.md:1:5]
 1 │ [a](one.md)
   ·     ──────
   ╰─ more: `waypost explain broken-link`",
    );
}

#[test]
fn places_inside_each_other_get_excerpts_of_their_own() {
    let text = "[a](one.md)\n";
    let printed = excerpts(vec![broken(text, text.trim()), broken(text, "one.md")], text);
    assert_eq!(printed.matches("╭─[").count(), 2, "{printed}");
}

#[test]
fn near_places_stand_in_the_excerpt_and_others_below() {
    let text = "# Head\n[a]: one.md\n[a]: two.md\n\n\n\n\nfar\n";
    let mut found = broken(text, "two.md");
    found.related = vec![
        related("a.md", span_of(text, "one.md"), "first defined here"),
        related("a.md", span_of(text, "far"), "far away"),
        related("b.md", Span::at(0), "else\u{1b}where"),
    ];
    assert_excerpts(
        vec![found],
        text,
        "
error[broken-link]: `two.md` does not exist
   ╭─[a.md:3:6]
 2 │ [a]: one.md
   ·      ───┬──
   ·         ╰── first defined here
 3 │ [a]: two.md
   ·      ──────
   ├─ note: a.md:8:1: far away
   ├─ note: b.md:1:1: else\\u{1b}where
   ╰─ more: `waypost explain broken-link`",
    );
}

#[test]
fn ends_of_files_and_empty_files_have_excerpts() {
    for text in ["", "x", "x\n", "x\r"] {
        let found = finding("a.md", Level::Info, Span::at(text.len()), "the end");
        let printed = excerpts(vec![found], text);
        assert!(printed.contains('▲'), "{text:?}\n{printed}");
    }
}

#[test]
fn a_file_without_text_has_no_excerpt() {
    let found = finding("b\n.md", Level::Warning, Span::at(0), "not UTF-8");
    assert_excerpts(
        vec![found],
        "",
        "
warning[broken-link]: not UTF-8
   ╭─[b\\n.md]
   ╰─ more: `waypost explain broken-link`",
    );
}

#[test]
fn a_crowded_line_shows_a_few_and_counts_the_rest() {
    let text = "[x](gone.md) ".repeat(1_000);
    let finding = |index: usize| {
        let span = Span::new(index * 13 + 4, index * 13 + 11);
        finding("a.md", Level::Error, span, "`gone.md` does not exist")
    };
    let printed = excerpts((0..1_000).map(finding).collect(), &text);
    assert!(printed.contains("… and 992 more on this line"), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 100), "{printed}");
}

#[test]
fn without_colour_and_unicode_all_that_is_drawn_is_plain() {
    let text = format!("{}\u{1b}[31m\u{9b}1m [x](gone.md) {}", "word ".repeat(100), "word ".repeat(100));
    let mut found = broken(&text, "gone.md");
    found.help = Some("\u{1b}]8;;".to_owned());
    found.related = vec![related("b\u{1b}.md", Span::at(0), "x")];
    let style = Style { unicode: false, ..Default::default() };
    let printed = print(vec![found], &[("a.md", &text)], &style);
    assert!(printed.is_ascii(), "{printed}");
    assert!(!printed.contains('\u{1b}'), "{printed}");
}

#[test]
fn colours_are_closed() {
    let text = "[a](one.md) and [b](two.md)\n";
    let style = Style { color: true, ..Default::default() };
    let mut found = broken(text, "one.md");
    found.fix = Some(Fix { title: "mend".to_owned(), safe: true, edits: vec![] });
    let printed = print(vec![found, broken(text, "two.md")], &[("a.md", text)], &style);
    assert!(printed.contains("\u{1b}[1;31merror[broken-link]\u{1b}[0m"), "{printed}");
    for line in printed.lines() {
        assert!(
            !line.contains('\u{1b}') || line.trim_end().rfind("\u{1b}[0m").is_some() || line.ends_with('m')
        );
    }
}

#[test]
fn any_span_can_be_printed() {
    let text = "é[x\r\n](日\u{200b})\t\r\u{feff}🚀\n\n|a|";
    for start in 0..=text.len() {
        for end in start..=text.len() + 2 {
            let mut found = finding("a.md", Level::Error, Span::new(start, end), "m");
            found.related = vec![related("a.md", Span::new(text.len() - start, text.len()), "r")];
            let _ = excerpts(vec![found], text);
        }
    }
}

/// The first and the last column that the excerpt underlines, and those that `shown` takes in the line above.
fn underlined(text: &str, needle: &str, shown: &str) -> [(usize, usize); 2] {
    let columns = |text: &str| text.chars().filter_map(unicode_width::UnicodeWidthChar::width).sum::<usize>();
    let printed = excerpts(vec![broken(text, needle)], text);
    let lines: Vec<&str> = printed.lines().collect();
    let mark = lines.iter().position(|line| line.contains('─') && line.contains('·')).unwrap();
    let (line, marks) = (lines[mark - 1], lines[mark]);
    let before = &line[..line.rfind(shown).unwrap()];
    let first = marks.find('─').unwrap();
    [(columns(&marks[..first]), columns(marks)), (columns(before), columns(before) + columns(shown))]
}

#[test]
fn cells_are_underlined_in_the_columns_in_which_they_are_drawn() {
    for (row, needle, shown) in [
        ("| 変更管理 | 日本語 | 用語集 |", "日本語", "日本語"),
        ("| ﾊﾝｶｸ | Ｗｉｄｅ | x |", "Ｗｉｄｅ", "Ｗｉｄｅ"),
        ("| 🚀🚀 | ok | 🚀 |", "ok", "ok"),
        ("| ⚠\u{fe0f} 👩🏽\u{200d}💻 🇩🇪 | missing |", "missing", "missing"),
        ("| e\u{301}o\u{308} n\u{303} | cafe\u{301} |", "cafe\u{301}", "cafe\u{301}"),
        ("| \u{1112}\u{1161}\u{11ab} | 한글 |", "한글", "한글"),
        ("| ที่อยู่ | ข้อมูล |", "ข้อมูล", "ข้อมูล"),
        ("|\ta\t|\t日本\t| x |", "日本", "日本"),
        ("|日\t| x |", "x", "x"),
        ("| a\u{200b}b\u{a0}c | x |", "x", "x"),
        ("| „Ä“ … — № | Ж |", "Ж", "Ж"),
    ] {
        let text = format!("| A | B | C |\n|---|---|---|\n{row}\n");
        let [marked, drawn] = underlined(&text, needle, shown);
        assert_eq!(marked, drawn, "{row}");
    }
}

#[test]
fn cells_of_long_lines_are_underlined_in_their_columns() {
    let row = format!("| {} | 目標 | {} |", "日本語の説明。".repeat(40), "é🚀".repeat(80));
    let [marked, drawn] = underlined(&row, "目標", "目標");
    assert_eq!(marked, drawn);
    assert!(drawn.1 <= 100);
}
