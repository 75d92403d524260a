//! What `parse` makes of small pages.

use super::{Flavor, parse};
use crate::facts::{Facts, LinkKind, PieceKind};
use crate::source::LineIndex;

fn facts(text: &str) -> Facts {
    parse(text, &LineIndex::new(text), Flavor::default())
}

/// Links as `kind path?query#fragment "text"`, with `=destination` where it is escaped and `!` where not verified.
fn links(text: &str) -> Vec<String> {
    let show = |link: &crate::facts::Link| {
        let target = &link.target;
        let kind = match link.kind {
            LinkKind::Inline => "link",
            LinkKind::Image => "image",
            LinkKind::Autolink => "auto",
            LinkKind::Definition(_) => "definition",
            LinkKind::Html(_) => "html",
            LinkKind::Directive(_) => "directive",
            LinkKind::Embed(_) => "embed",
            LinkKind::Navigation => "navigation",
        };
        let parts = target.parts(text);
        let mut shown = format!("{kind} {}", parts.path.of(text));
        if let Some(query) = parts.query {
            shown += &format!("?{}", query.of(text));
        }
        if let Some(fragment) = parts.fragment {
            shown += &format!("#{}", fragment.of(text));
        }
        if target.destination(text) != target.span.of(text) {
            shown += &format!(" ={}", target.destination(text));
        }
        if !link.text.of(text).is_empty() {
            shown += &format!(" \"{}\"", link.text.of(text));
        }
        if !target.is_verified() {
            shown.push('!');
        }
        shown
    };
    facts(text).links.iter().map(show).collect()
}

#[test]
fn links_of_every_kind() {
    let cases: &[(&str, &[&str])] = &[
        ("[a *b*](c.md#d)", &["link c.md#d \"a b\""]),
        ("[a](<b c.md> \"t\") ![é`x`](i.png?v=1#z 't')", &["link b c.md \"a\"", "image i.png?v=1#z \"éx\""]),
        (
            "[a](b.md#c?d) [e]() [f](#) [g](?q)",
            &["link b.md#c?d \"a\"", "link  \"e\"", "link # \"f\"", "link ?q \"g\""],
        ),
        ("[a](b\\#c&amp;d#e)", &["link b#c&amp;d#e =b#c&d#e \"a\""]),
        ("[a](b\\_c#d\\_e)", &["link b\\_c#d\\_e =b_c#d_e \"a\""]),
        (
            "<https://a.b/?c#d> <me@a.b>",
            &["auto https://a.b/?c#d \"https://a.b/?c#d\"", "auto me@a.b =mailto:me@a.b \"me@a.b\""],
        ),
        ("[![i](a.png)](b.md)", &["link b.md \"i\"", "image a.png \"i\""]),
        ("`[a](b)` \\[a](b) [a]\\(b)\n\n    [a](b)\n\n<!-- [a](b) -->\n", &[]),
        ("> [a\n> b](\n> c.md\n> \"t\") and [d](e)", &["link c.md \"a b\"", "link e \"d\""]),
        ("- [a](b)\n  [c\n  d](e)", &["link b \"a\"", "link e \"c d\""]),
        ("[a]: b.md#c 'd'\n[a](x) [a][] [q]", &["definition b.md#c \"a\"", "link x \"a\""]),
        ("| a |\n|-|\n| x \\| y [b\\|c](d\\|e) `\\|` [f](g) |", &["link d\\|e =d|e \"b|c\"", "link g \"f\""]),
        ("---\na: [x](y)\n---\n# [b](c)\n", &["link c \"b\""]),
        ("[a]: <b c>\n", &["definition b c \"a\""]),
        ("[a]: <bb:c>", &["auto bb:c \"bb:c\""]),
        ("[a]: b\nc\n|-|\n", &[]),
        ("[^1]: [a]: b\n\n[^2]: [c]: d\n[c]", &["definition b \"a\"", "definition d \"c\""]),
        ("[a]: b\n\n[c]:\nd", &["definition b \"a\"", "definition d \"c\""]),
        ("\u{feff}[a](b)", &["link b \"a\""]),
    ];
    for (text, expected) in cases {
        assert_eq!(links(text), *expected, "{text}");
    }
}

#[test]
fn links_in_html() {
    let cases: &[(&str, &[&str])] = &[
        ("<a href=\"b.md?x=1&amp;y=2#z\">t</a>", &["html b.md?x=1&amp;y=2#z =b.md?x=1&y=2#z"]),
        ("x <a\nhref = b.md>t</a> <IMG SRC='i.png'>", &["html b.md", "html i.png"]),
        ("> <div>\n> <a\n>   href='b'>\n", &["html b"]),
        ("<img srcset=\"a.png 1x, b.png 2x\" alt=''>", &["html a.png", "html b.png"]),
        ("<video poster=p.png><source src=v.mp4></video>", &["html v.mp4", "html p.png"]),
        ("<link href=a><base href=b>\n", &[]),
        ("<script>\n'<a href=\"x\">'\n</script>\n<!-- <a href=y> -->\n`<a href=z>`", &[]),
        ("| a |\n|-|\n| <a href='b'>c</a> |", &["html b"]),
        (":::image source=\"a.png\" lightbox=\"b.png\":::", &["directive a.png", "directive b.png"]),
    ];
    for (text, expected) in cases {
        let mut shown = links(text);
        let mut expected = expected.to_vec();
        shown.sort();
        expected.sort();
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn keywords() {
    let keyword =
        |text: &str| facts(text).links[0].keyword.as_ref().map(|keyword| keyword.of(text).to_owned());
    assert_eq!(keyword("[!INCLUDE [a](b.md)]").as_deref(), Some("INCLUDE"));
    assert_eq!(keyword("[!code-c+_[a](b.cs?name=x#L1-L3 \"t\")]").as_deref(), Some("code-c+_"));
    for text in
        ["\\[!INCLUDE [a](b)]", "[!INCLUDE [a](b) x]", "[![a](b)](c)", "[INCLUDE [a](b)]", "[!A b [a](b)]"]
    {
        assert_eq!(keyword(text), None, "{text}");
    }
}

#[test]
fn definitions_and_their_uses() {
    let text = "[A  b]: one\n[a B]: <two x>\n  'title\n  more'\n\n> [q]:\n> three\n\n- [l]: four\n- [m]: five \"t\" x\n\n\
        [a\nb] ![i][Q] [l][] [^1]\n\n```\n[c]: x\n```\ntext\n[d]: y\n\n[^1]: note\n";
    let facts = facts(text);
    let shown: Vec<_> = facts
        .definitions
        .iter()
        .map(|found| {
            let link = &facts.links[found.link as usize];
            (&*found.key, link.target.span.of(text), found.shadowed_by, found.used)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("a b", "one", None, true),
            ("a b", "two x", Some(0), false),
            ("q", "three", None, true),
            ("l", "four", None, true),
        ]
    );
    let uses: Vec<_> = facts
        .references
        .iter()
        .map(|found| (found.span.of(text), found.definition, found.image, found.text.of(text)))
        .collect();
    assert_eq!(uses, [("[a\nb]", 0, false, "a b"), ("![i][Q]", 2, true, "i"), ("[l][]", 3, false, "l")]);
    assert!(facts.undefined_references.is_empty() && facts.undefined_footnotes.is_empty());
    assert_eq!(facts.footnote_definitions, 1);
}

#[test]
fn references_without_definition() {
    let undefined = |text: &str| -> Vec<String> {
        facts(text).undefined_references.iter().map(|found| found.label.of(text).to_owned()).collect()
    };
    assert_eq!(undefined("see [a][b], ![i][c] and [d][]"), ["b", "c", "d"]);
    for text in [
        "- [ ] [x]",
        "[!NOTE]",
        "[word]",
        "[[wiki]]",
        "[[wiki][x]]",
        "a[0][1]",
        "$x[i][j]",
        "x[string][int]",
        "`[a][b]`",
        "[a][b](c)",
        "[x][]",
        "\\[a][b]",
        "[a][b][c][d]",
    ] {
        assert!(undefined(text).is_empty(), "{text}: {:?}", undefined(text));
    }
}

#[test]
fn footnotes_without_definition() {
    let undefined = |text: &str| -> Vec<String> {
        facts(text).undefined_footnotes.iter().map(|found| found.label.of(text).to_owned()).collect()
    };
    assert_eq!(undefined("a[^1] [^word] [^a-z] `[^2]`"), ["1"]);
    assert_eq!(undefined("a[^1] [^word] [^A] [^a.z]\n\n[^a]: x"), ["1", "word"]);
}

#[test]
fn headings() {
    let text = "# A *b* `c` &amp; [d](e) ![i](j) <br> <http://x.y> [^1] [^2]\n\nB\nc\n===\n\n<h3 id=x>D <b>e</b></h3>\n\n\
        ### F ##\n\n# G\n\n[^1]: n\n";
    let facts = facts(text);
    let pieces = |index: usize| facts.headings[index].pieces(text).collect::<Vec<_>>();
    assert_eq!(
        pieces(0),
        [
            (PieceKind::Text, "A b "),
            (PieceKind::Code, "c"),
            (PieceKind::Text, " & d "),
            (PieceKind::Image, "i"),
            (PieceKind::Text, " "),
            (PieceKind::Tag, "<br>"),
            (PieceKind::Text, " "),
            (PieceKind::Autolink, "http://x.y"),
            (PieceKind::Text, " "),
            (PieceKind::Footnote, "1"),
            (PieceKind::Text, " [^2]"),
        ]
    );
    assert_eq!(pieces(1), [(PieceKind::Text, "B"), (PieceKind::SoftBreak, ""), (PieceKind::Text, "c")]);
    assert_eq!([pieces(3), pieces(4)], [[(PieceKind::Text, "F")], [(PieceKind::Text, "G")]]);
    let shown: Vec<_> = facts
        .headings
        .iter()
        .map(|heading| (heading.level, heading.parent, heading.html, heading.span.of(text)))
        .skip(1)
        .collect();
    assert_eq!(
        shown,
        [
            (1, None, false, "B\nc"),
            (3, Some(1), true, "<h3 id=x>D <b>e</b></h3>"),
            (3, Some(1), false, "### F ##"),
            (1, None, false, "# G"),
        ]
    );
    assert_eq!(facts.headings[2].text(text), "D e");
    assert_eq!(facts.ids[0].span.of(text), "x");
}

#[test]
fn ids() {
    let text = "<a name=\"A&amp;b\"></a> x <span\n id='c'>\n\n<div id=d name=''>\n\n`<a id=no>`\n";
    let facts = facts(text);
    let shown: Vec<_> =
        facts.ids.iter().map(|id| (&*id.value, id.span.of(text), id.name, id.anchor_element)).collect();
    assert_eq!(shown, [("A&b", "A&amp;b", true, true), ("c", "c", false, false), ("d", "d", false, false)]);
}

#[test]
fn tables() {
    let text = "# H\n\n> | a | b |\n> |---|---|\n> | [x](y) z ![i](j) | p<br>`q\\|r`<ul><li>s</li></ul> |\n> | `a|b` | c |\n> | d\n";
    let facts = facts(text);
    let table = &facts.tables[0];
    assert_eq!(table.section, Some(0));
    let shown: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<_> = row.cells.iter().map(|cell| cell.span.of(text)).collect();
            (cells.join(" ¦ "), row.written, row.written_outside_code)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("[x](y) z ![i](j) ¦ p<br>`q\\|r`<ul><li>s</li></ul>".to_owned(), 2, 2),
            ("`a ¦ b`".to_owned(), 3, 2),
            ("d ¦ ".to_owned(), 1, 1),
        ]
    );
    let [linked, listed] = &table.rows[0].cells[..] else { panic!("two cells") };
    assert_eq!((linked.text.of(text), listed.text.of(text)), ("x z", "p q|r s"));
    assert!(linked.has_link && linked.has_image && linked.has_words_outside_links);
    assert!(!listed.has_link && !listed.has_image);
    let cell = facts.links[0].cell.map(|cell| (cell.table, cell.row, cell.column));
    assert_eq!(cell, Some((0, 1, 0)));
}

#[test]
fn code_protects_pipes_where_the_platform_says_so() {
    let text = "> | `a|b` | c |\n> |---|---|\n> | `d|e` [x](y) | ``f`|`` \\| |\n> | `g | h |\n> | `k \\| l|m` | \\| |\n\n`i|j` <a href=\"`|`\">\n";
    let flavor = Flavor { code_protects_pipe: true, ..Flavor::default() };
    let facts = parse(text, &LineIndex::new(text), flavor);
    let [table] = &facts.tables[..] else { panic!("one table") };
    let rows: Vec<Vec<(&str, &str)>> = [&table.header]
        .into_iter()
        .chain(&table.rows)
        .map(|row| row.cells.iter().map(|cell| (cell.span.of(text), cell.text.of(text))).collect())
        .collect();
    let expected = [
        [("`a|b`", "a|b"), ("c", "c")],
        [("`d|e` [x](y)", "d|e x"), ("``f`|`` \\|", "f`| |")],
        [("`g", "`g"), ("h", "h")],
        [("`k \\| l|m`", "k \\| l|m"), ("\\|", "|")],
    ];
    assert_eq!(rows, expected);
    assert_eq!((table.header.written, table.header.written_outside_code), (3, 2));
    let targets: Vec<&str> = facts.links.iter().map(|link| link.target.destination(text)).collect();
    assert_eq!(targets, ["y", "`|`"]);
    assert!(facts.short_blocks.iter().any(|block| block.text.of(text) == "i|j"));
    assert!(parse(text, &LineIndex::new(text), Flavor::default()).tables.is_empty());
}

#[test]
fn short_blocks() {
    let text = "TBD\n\n- *To do*\n- [x](y)\n\n> quote\n> more\n\n# head\n\n| a |\n|-|\n\n";
    let shown: Vec<_> = facts(text).short_blocks.iter().map(|block| block.text.of(text).to_owned()).collect();
    assert_eq!(shown, ["TBD", "To do", "x", "quote more"]);
}

#[test]
fn code_and_comments_hide_directives() {
    let text = "`:::a:::` <!-- :::b::: -->\n\n```\n:::c\n```\n\n<!--\n:::d\n-->\n\n:::e x=\"1\":::\n";
    let facts = facts(text);
    let names: Vec<_> = facts.directives.iter().map(|directive| &*directive.name).collect();
    assert_eq!(names, ["e"]);
}

#[test]
fn depth_does_not_matter() {
    let page = format!("{}[a](b)", "> ".repeat(10_000));
    assert_eq!(links(&page).len(), 1);
    let brackets = "[".repeat(10_000) + &"]".repeat(10_000);
    assert!(links(&brackets).is_empty());
}
