use super::*;
use crate::assist::tests::site_with;
use crate::engine;
use crate::rules::Ruleset;
use crate::site::Settings;

/// A file after the first action whose title begins like that, of the first finding of a rule in `page.*`.
fn after(files: &[(&str, &str)], path: &str, rule: &str, title: &str) -> Option<String> {
    let settings = Settings { base_path: Some("/base".to_owned()), ..Settings::default() };
    let site = site_with(files, settings);
    let report = engine::check(&site, &Ruleset::default(), &|_| true);
    let path = DocPath::new(path);
    let findings: Vec<Finding> = report.findings.into_iter().filter(|finding| finding.path == path).collect();
    let finding = findings.iter().find(|finding| finding.rule.id == rule)?;
    let baseline = None;
    let request = Request { site: &site, path: &path, range: finding.span, findings: &findings, baseline };
    let action = actions(&request).into_iter().find(|action| action.title.starts_with(title))?;
    match action.create {
        Some((_, text)) => Some(text),
        None => Some(edited(site.source(&action.edits.first()?.path)?.text, &action.edits)),
    }
}

#[track_caller]
fn assert_silenced(path: &str, before: &str, expected: &str) {
    let silenced = after(&[(path, before)], path, "broken-link", "Silence ");
    assert_eq!(silenced.as_deref(), Some(expected));
}

#[test]
fn comments_stand_where_the_page_stays_the_same() {
    let comment = "<!-- waypost-ignore-next-line broken-link: say why -->";
    assert_silenced("a.md", "[x](no.md)\n", &format!("{comment}\n[x](no.md)\n"));
    assert_silenced("a.md", "one\n[x](no.md)\n", &format!("one {comment}\n[x](no.md)\n"));
    assert_silenced("a.md", "- one\n- [x](no.md)\n", &format!("- one {comment}\n- [x](no.md)\n"));
    assert_silenced("a.md", "# One\n[x](no.md)\n", &format!("# One\n{comment}\n[x](no.md)\n"));
    assert_silenced("a.md", "> one\n>\n> [x](no.md)\n", &format!("> one\n>\n> {comment}\n> [x](no.md)\n"));
    assert_silenced("a.mdx", "one\n\n[x](no.md)\n", &format!("one\n\n{{/* {comment} */}}\n\n[x](no.md)\n"));
    assert_silenced("a.md", "one\r\n\r\n[x](no.md)\r\n", &format!("one\r\n\r\n{comment}\r\n[x](no.md)\r\n"));
}

#[test]
fn a_table_has_comments_around_it() {
    assert_silenced(
        "a.md",
        "one\n\n| A |\n|---|\n| [x](no.md) |\n",
        "one\n\n<!-- waypost-ignore-start broken-link: say why -->\n\n| A |\n|---|\n| [x](no.md) |\n\n\
         <!-- waypost-ignore-end -->\n",
    );
}

#[test]
fn a_second_comment_goes_beside_the_first() {
    assert_silenced(
        "a.md",
        "<!-- waypost-ignore-next-line broken-anchor: why -->\n[x](no.md) [y](#no)\n",
        "<!-- waypost-ignore-next-line broken-anchor: why --> \
         <!-- waypost-ignore-next-line broken-link: say why -->\n[x](no.md) [y](#no)\n",
    );
}

#[test]
fn a_new_page_has_what_its_neighbours_have() {
    let files = [
        ("a/one.md", "---\ntitle: One\nauthor: ann\nextra: 1\n---\n"),
        ("a/two.md", "---\ntitle: Two\nauthor: bob\n---\n"),
        ("b.md", "[New \"page\"](a/new.md#first-steps)\n[Up](../up.md)\n"),
    ];
    let text = after(&files, "b.md", "broken-link", "Create ");
    let expected = "---\ntitle: \"New \\\"page\\\"\"\nauthor:\n---\n\n# New \"page\"\n\n## First steps\n";
    assert_eq!(text.as_deref(), Some(expected));
    assert_eq!(after(&[("b.md", "[Up](../up.md)\n")], "b.md", "broken-link", "Create "), None);
    assert_eq!(after(&[("b.md", "![Map](map.png)\n")], "b.md", "broken-link", "Create "), None);
}

#[test]
fn a_redirect_is_written_like_the_one_before() {
    let redirects = "{\n  \"redirections\": [\n    {\n      \"source_path\": \"docs/old.md\",\n      \
                     \"redirect_url\": \"/base/new\",\n      \"redirect_document_id\": true\n    }\n  ]\n}\n";
    let publish = "{\"docsets_to_publish\": [{\"docset_name\": \"d\", \"build_source_folder\": \"docs\"}]}";
    let docfx = "{\"build\": {\"content\": [{\"files\": [\"**/*.md\"]}], \"dest\": \"base\", \
                 \"globalMetadata\": {}}}";
    let files = [
        (".openpublishing.publish.config.json", publish),
        (".openpublishing.redirection.json", redirects),
        ("docs/docfx.json", docfx),
        ("docs/a.md", "[x](sub/gone.md)\n"),
        ("docs/new.md", "# New\n"),
        ("docs/gone.md", "# Gone\n"),
    ];
    let text = after(&files, "docs/a.md", "broken-link", "Redirect ").unwrap();
    let new = ",\n    {\n      \"source_path\": \"docs/sub/gone.md\",\n      \"redirect_url\": \"";
    assert!(text.contains(new) && text.contains("\"redirect_document_id\": false\n    }\n  ]"), "{text}");
}
