use super::*;
use crate::engine;
use crate::site::Settings;
use crate::tree::{PageText, Tree};

fn checked(pages: &[(&str, &str)]) -> (Site, Report) {
    let mut pages = pages.to_vec();
    pages.sort_unstable();
    let files = pages.iter().map(|(path, _)| DocPath::new(path)).collect();
    let page = |(path, text): &(&str, &str)| PageText { path: DocPath::new(path), text: (*text).into() };
    let pages = pages.iter().map(page).collect();
    let site = Site::new(Tree { files, pages, ..Tree::default() }, Settings::default());
    let report = engine::check(&site, &Ruleset::default(), &|_| true);
    (site, report)
}

fn baseline(pages: &[(&str, &str)]) -> Baseline {
    let (site, report) = checked(pages);
    Baseline::parse(&write(&Fingerprint::all(&report, &site).into_iter().collect())).unwrap()
}

/// The findings that are left, and how many are accepted and unused.
fn left(baseline: &Baseline, pages: &[(&str, &str)]) -> (Vec<String>, usize, usize) {
    let (site, mut report) = checked(pages);
    let coverage = baseline.apply(&mut report, &site);
    let findings = report.findings.iter().map(|finding| format!("{}: {}", finding.path, finding.message));
    (findings.collect(), report.summary.accepted, coverage.unused.iter().sum())
}

#[test]
fn is_written_an_entry_a_line() {
    let old = baseline(&[
        ("b \"x\".md", "[x](gone.md) [y](gone.md) [z](a.md#no)\n"),
        ("a.md", "# A\n\n[x](é.md)\n"),
    ]);
    let findings: Fingerprints = old.entries.iter().fold(Fingerprints::default(), |mut all, entry| {
        all.add(entry.fingerprint.clone(), entry.count);
        all
    });
    let expected = r#"{
  "version": 1,
  "findings": [
    {"path": "a.md", "rule": "broken-link", "about": "é.md", "count": 1},
    {"path": "b \"x\".md", "rule": "broken-anchor", "about": "a.md#no", "count": 1},
    {"path": "b \"x\".md", "rule": "broken-link", "about": "gone.md", "count": 2}
  ]
}
"#;
    assert_eq!(write(&findings), expected);
    assert_eq!(write(&Fingerprints::default()), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
    assert_eq!(old.entries[2].span.of(expected), expected.lines().nth(5).unwrap().trim());
}

#[test]
fn the_surplus_is_the_last() {
    let old = baseline(&[("a.md", "[x](gone.md) [y](other.md)\n")]);
    let now = [("a.md", "New.\n\n[x](gone.md)\nand [here](gone.md#x), [z](gone.md)\n")];
    let (left, accepted, unused) = left(&old, &now);
    assert_eq!((left.len(), accepted, unused), (2, 1, 1));
}

#[test]
fn a_moved_page_keeps_its_entries() {
    let text = "[x](gone.md) [y](../up.md)\n";
    let old = baseline(&[("d/a.md", text), ("d/b.md", "# B\n")]);
    let none: Vec<String> = Vec::new();
    // As it was written, with the links mended, and under another name.
    assert_eq!(left(&old, &[("e/a.md", text), ("d/b.md", "# B\n")]), (none.clone(), 2, 0));
    assert_eq!(left(&old, &[("e/f/a.md", "[x](../../d/gone.md) [y](../../up.md)\n")]), (none.clone(), 2, 0));
    assert_eq!(left(&old, &[("d/c.md", text)]), (none, 2, 0));
    // Two candidates are none.
    assert_eq!(left(&old, &[("d/c.md", text), ("d/e.md", text)]).1, 0);
    // The page is still there: the same in another one is new.
    assert_eq!(
        left(&old, &[("d/a.md", "# A\n"), ("e/a.md", "[x](../d/gone.md)\n")]),
        (vec!["e/a.md: there is no file `d/gone.md`".to_owned()], 0, 2)
    );
}

#[test]
fn what_is_wrong_has_its_place() {
    let fault = |text: &str| {
        let fault = Baseline::parse(text).unwrap_err();
        format!("{:?}: {}", fault.span.of(text), fault.message)
    };
    let entry = r#"{"path": "a.md", "rule": "r", "about": "x", "count": 1}"#;
    let file = |inside: &str| format!("{{\"version\": 1, \"findings\": [{inside}]}}");
    assert!(Baseline::parse(&file(&format!("{entry}, {entry}"))).is_ok());
    assert_eq!(
        fault(&format!("{{\n<<<<<<< HEAD\n{entry}\n=======\n>>>>>>> x\n}}")),
        "\"<<<<<<< HEAD\": git has left its marks of a merge conflict here"
    );
    assert!(
        fault("{\"version\": 7, \"findings\": []}")
            .starts_with("\"7\": a newer waypost has written this: version 7")
    );
    assert!(fault("{\"findings\": []}").contains("it has no `version`"));
    assert!(fault("{\"version\": 1}").contains("no list `findings`"));
    assert!(fault("{\"version\": 1, \"findings\": {}}").contains("is no list"));
    assert_eq!(fault(&file("{\"path\": \"a\", \"rule\": 3, \"about\": \"\"}")), "\"3\": `rule` is no text");
    assert!(fault(&file("{\"path\": \"a\"}")).contains("this has no `rule`"));
    assert!(fault(&file(&entry.replace(": 1}", ": -1}"))).contains("no whole number"));
    for text in ["", "[", "null", "\u{feff}{", "{\"version\": 1e99}", "\0"] {
        assert!(Baseline::parse(text).is_err(), "{text:?}");
    }
    let huge = file(&entry.replace(": 1}", ": 18446744073709551615}").repeat(1));
    assert_eq!(left(&Baseline::parse(&huge).unwrap(), &[("a.md", "# A\n")]).1, 0);
}
