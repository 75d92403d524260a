//! Pages that are hardly text.

use crate::tree::Tree;

#[test]
fn odd_texts_are_read_as_they_are() {
    let link = "[a](gone.md)";
    let cases: &[(&str, Vec<u8>, &[&str])] = &[
        ("empty", vec![], &[]),
        ("a byte order mark", b"\xEF\xBB\xBF".to_vec(), &[]),
        ("blanks", b" \n\t\n  ".to_vec(), &[]),
        ("not UTF-8", b"caf\xE9 [a](gone.md)".to_vec(), &["page.md:1:1: warning[unreadable-page]"]),
        ("UTF-16", "# A page".encode_utf16().flat_map(u16::to_le_bytes).collect(), &["[unreadable-page]"]),
        ("ends within a character", b"caf\xC3".to_vec(), &["[unreadable-page]"]),
        ("a NUL", format!("a \0 {link}").into(), &["page.md:1:9: error[broken-link]"]),
        ("only NULs", vec![0; 10_000], &["[unreadable-page]"]),
        ("binary", (0..=255).cycle().take(10_000).collect(), &["[unreadable-page]"]),
        ("only a header", b"---\ntitle: x\n---".to_vec(), &[]),
        ("an empty header", format!("---\n---\n{link}").into(), &["page.md:3:5: error[broken-link]"]),
        (
            "an unterminated header",
            format!("---\ntitle: x\n\n{link}").into(),
            &["page.md:4:5: error[broken-link]"],
        ),
        (
            "a broken header",
            format!("---\n: [\n}}\n---\n{link}").into(),
            &["[invalid-front-matter]", "page.md:5:5: error[broken-link]"],
        ),
        (
            "a broken header in TOML",
            format!("+++\nx = = \n+++\n{link}").into(),
            &["page.md:2:5: warning[invalid-front-matter]", "page.md:4:5: error[broken-link]"],
        ),
        (
            "a header after a byte order mark",
            format!("\u{feff}---\ntitle: x\n---\n{link}").into(),
            &["page.md:4:5: error[broken-link]"],
        ),
        ("carriage returns only", format!("# A\r\ra\r{link}\r").into(), &["page.md:4:5: error[broken-link]"]),
        (
            "a header with carriage returns only",
            format!("---\rtitle: x\r---\r{link}").into(),
            &["error[broken-link]"],
        ),
        ("all line ends", format!("a\r\nb\rc\n{link}").into(), &["page.md:4:5: error[broken-link]"]),
        ("no end of the line", link.into(), &["page.md:1:5: error[broken-link]"]),
        (
            "other line separators",
            format!("a\u{2028}b\u{85}{link}").into(),
            &["page.md:1:9: error[broken-link]"],
        ),
        ("noncharacters", format!("\u{fffe}\u{10ffff}{link}").into(), &["page.md:1:7: error[broken-link]"]),
        ("escapes", format!("\u{1b}[31m \u{9b}2J {link}").into(), &["page.md:1:15: error[broken-link]"]),
    ];
    for (name, text, expected) in cases {
        let tree = Tree::page(text);
        let ran = tree.check();
        let found: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with("page.md:")).collect();
        assert_eq!(found.len(), expected.len(), "{name}: {}", ran.stdout);
        for (found, expected) in found.iter().zip(*expected) {
            assert!(found.contains(expected), "{name}: {found} instead of {expected}");
        }
        for format in ["pretty", "json"] {
            assert_eq!(tree.run(&["check", "--format", format]).code, ran.code, "{name}");
        }
        assert_eq!(tree.run(&["check", "--diff"]).code, ran.code, "{name}");
    }
}

/// Every prefix of a page that has a bit of all.
#[test]
fn a_page_may_end_anywhere() {
    let page = "\u{feff}---\ntitle: \"é\"\nk: [a, {b: *c}]\n---\n# H <a id=\"x\"></a> {#y}\n\n\
        [a](<b c.md> 'd') ![e][f]\n\n[f]: g.md \"h\"\n\n|a|`b\\|`|\n|-|-|\n|<ul><li>[i](j.md)|k|l|\n\n\
        <!-- waypost-ignore-next-line broken-link: no -->\n> [!INCLUDE [m](n.md)]\n\n:::image source=\"o.png\"\n\
        - [ ] [^p] &amp; <q:r> `s\n\n```t\n[u](v)\n";
    let ends: Vec<usize> = (0..=page.len()).filter(|&end| page.is_char_boundary(end)).collect();
    let files = ends.iter().map(|end| (format!("page-{end:03}.md"), &page[..*end]));
    for dialect in ["github", "learn"] {
        let ran = Tree::new(files.clone()).run(&["check", "--dialect", dialect, "--format", "pretty"]);
        assert_eq!(ran.code, 1);
    }
}
