use super::*;
use crate::assist::tests::{at, site};

const PAGES: &[(&str, &str)] = &[
    (
        "guide/start.md",
        "---\nauthor: ann\ntitle: Start here\n---\n\n# Start\n\n## First *steps*\n\n## First steps\n",
    ),
    ("guide/two words.md", "---\nauthor: ann\n---\n\n# Two\n"),
    ("img/map.png", ""),
    ("guide/deep/far.md", "# Far\n"),
];

/// The proposals at `‸` in a page of the folder `guide`: what the line is then, up to `count` of them.
#[track_caller]
fn assert_proposed(page: &str, expected: &[&str]) {
    let (text, offset) = at(page);
    let mut files = PAGES.to_vec();
    files.push(("guide/a.md", &text));
    let site = site(&files);
    let doc = site.find_doc(&crate::path::DocPath::new("guide/a.md")).unwrap();
    let lines = complete(&site, doc, offset).items.into_iter().map(|item| {
        let mut text = text.clone();
        text.replace_range(item.replace.range(), &item.insert);
        let line = site.doc(doc).lines.line_of(offset);
        text.lines().nth(line).unwrap_or_default().to_owned()
    });
    assert_eq!(lines.collect::<Vec<_>>(), expected, "{page}");
}

#[test]
fn paths_while_the_link_is_open() {
    assert_proposed("[x](‸", &["[x](deep/", "[x](a.md", "[x](start.md", "[x](two%20words.md"]);
    assert_proposed("[x](ST‸ and more", &["[x](start.md and more"]);
    assert_proposed("[x](de‸", &["[x](deep/"]);
    assert_proposed("[x](deep/‸", &["[x](deep/far.md"]);
    assert_proposed("![x](../img/‸)", &["![x](../img/map.png)"]);
    assert_proposed("![x](‸)", &["![x](deep/)"]);
    assert_proposed("[x](fa‸)", &["[x](deep/far.md)"]);
    assert_proposed("[l]: sta‸", &["[l]: start.md"]);
    assert_proposed("<a href=\"sta‸\">", &["<a href=\"start.md\">"]);
}

#[test]
fn what_stands_behind_the_cursor_goes() {
    assert_proposed("[x](st‸ill/there.md#x)", &["[x](start.md#x)"]);
    assert_proposed("[x](de‸af/far.md)", &["[x](deep/far.md)"]);
    assert_proposed("[x](st‸ \"title\")", &["[x](start.md \"title\")"]);
    assert_proposed("[x](<st‸>)", &["[x](<start.md>)"]);
}

#[test]
fn anchors_of_the_typed_page_and_of_its_own() {
    assert_proposed("[x](start.md#‸)", &["[x](start.md#start)", "[x](start.md#first-steps)"]);
    assert_proposed("[x](start.md#fs‸oo)", &["[x](start.md#first-steps)"]);
    assert_proposed("# Own\n\n[x](#‸", &["[x](#own"]);
    assert_proposed("[x](gone.md#‸", &[]);
}

#[test]
fn labels() {
    let definitions = "\n\n[one]: start.md\n[two words]: deep/far.md\n";
    let with = |line: &str| format!("{line}{definitions}");
    assert_proposed(&with("[x][‸"), &["[x][one", "[x][two words"]);
    assert_proposed(&with("[x][tw‸]"), &["[x][two words]"]);
    assert_proposed(&with("see [o‸"), &["see [one", "see [two words"]);
    assert_proposed(&with("[o‸](start.md)"), &[]);
    assert_proposed(&with("[x] ‸"), &[]);
}

#[test]
fn front_matter_of_the_pages_around() {
    assert_proposed("---\nau‸\n---\n", &["author: "]);
    assert_proposed("---\nauthor: ‸\n---\n", &["author: ann"]);
    assert_proposed("---\nauthor: x\n‸\n---\n", &["title: "]);
    assert_proposed("---\n‸", &["author: ", "title: "]);
}

#[test]
fn nothing_in_code_and_elsewhere() {
    for page in ["`[x](‸", "```\n[x](‸\n```\n", "[x](start.md)‸", "text‸", "[x](https://‸", "[^no‸", "- [ ‸"]
    {
        assert_proposed(page, &[]);
    }
}

#[test]
fn cells_of_contracts_and_presets() {
    let config = crate::config::parse(
        "preset = \"itil-v3\"\n[[table]]\nname = \"states\"\nheader = [\"State\"]\n[[table.column]]\nname = \"State\"\n\
         separator = \",\"\nvalues = [\"draft\", \"done\"]\n",
    )
    .unwrap();
    let proposed = |page: &str| {
        let (text, offset) = at(page);
        let settings = crate::site::Settings {
            contracts: config.contracts.clone().into(),
            presets: config.presets.clone(),
            ..Default::default()
        };
        let site = crate::assist::tests::site_with(&[("a.md", &text)], settings);
        let items = complete(&site, 0, offset).items.into_iter();
        items.map(|item| (item.insert, item.replace.of(&text).to_owned())).collect::<Vec<_>>()
    };
    let owned = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect::<Vec<_>>()
    };
    let states = |cell: &str| format!("| State |\n|---|\n| {cell} |\n");
    assert_eq!(proposed(&states("d‸")), owned(&[("draft", "d"), ("done", "d")]));
    assert_eq!(proposed(&states("done, dr‸x")), owned(&[("draft", "drx")]));
    assert_eq!(proposed(&states("‸")), owned(&[("draft", ""), ("done", "")]));
    let processes = proposed(
        "# Service Design\n\n| ITIL process | Page |\n|---|---|\n| Capacity management | x |\n| ca‸ | y |\n",
    );
    assert_eq!(processes.first().map(|(name, _)| &**name), Some("Capacity management"));
    let processes = proposed(
        "# Service Design\n\n| ITIL process | Page |\n|---|---|\n| Capacity management | x |\n| ‸ | y |\n",
    );
    assert!(processes.len() > 3 && processes.last().unwrap().0 == "Capacity management", "{processes:?}");
}

#[test]
fn lists_end_where_nobody_reads_on() {
    let names: Vec<String> = (0..300).map(|number| format!("page{number}.md")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "# P\n")).collect();
    files.push(("a.md", "[x](p"));
    let site = site(&files);
    let proposed = complete(&site, 0, 5);
    assert_eq!((proposed.items.len(), proposed.incomplete), (MOST, true));
}
