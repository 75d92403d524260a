//! What a configuration makes of a tree.

use std::collections::BTreeMap;

use super::*;
use crate::site::{Files, Settings};
use crate::tree::{PageText, Tree};

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::default();
    for (path, text) in files {
        let path = DocPath::new(path);
        tree.files.push(path.clone());
        if config::is_config(&path) {
            tree.configs.insert(path, (*text).into());
        } else {
            tree.pages.push(PageText { path, text: (*text).into() });
        }
    }
    tree.files.sort_unstable();
    tree.pages.sort_by(|one, other| one.path.cmp(&other.path));
    tree
}

/// The addresses of a site, and whether more may be there.
fn addresses(files: &[(&str, &str)]) -> (Vec<String>, bool) {
    let tree = tree(files);
    let names = Files::new(tree.files.clone());
    let mut config = config::read(&tree, &names, &Settings::default());
    assert!(config.faults.is_empty());
    let project = &mut config.projects[0];
    address::publish(project, &names, &[]);
    let sorted: BTreeMap<_, _> = project.addresses.iter().collect();
    (sorted.into_keys().map(ToString::to_string).collect(), project.unknown_additions)
}

#[test]
fn the_classic_preset_publishes_docs_posts_and_pages() {
    let (addresses, unknown) = addresses(&[
        ("docusaurus.config.ts", "export default {presets: [['classic', {docs: {routeBasePath: '/'}}]]}"),
        ("docs/01-a/02-b.md", ""),
        ("docs/_c.md", ""),
        ("docs/d/README.md", ""),
        ("blog/2024-01-02-e.md", ""),
        ("src/pages/f.tsx", ""),
        ("src/g.md", ""),
    ]);
    assert_eq!(addresses, ["a/b", "blog/2024/01/02/e", "d", "f"]);
    assert!(!unknown);
}

#[test]
fn versions_and_languages_have_addresses_of_their_own() {
    let (addresses, _) = addresses(&[
        (
            "site/docusaurus.config.js",
            "module.exports = {i18n: {defaultLocale: 'en', locales: ['en', 'fr']}, presets: [['classic', {blog: false}]], \
             plugins: [['@docusaurus/plugin-content-docs', {id: 'more', path: 'more', routeBasePath: 'm'}]]}",
        ),
        ("site/versions.json", r#"["2", "1"]"#),
        ("site/docs/a.md", ""),
        ("site/versioned_docs/version-2/a.md", ""),
        ("site/versioned_docs/version-1/a.md", ""),
        ("site/i18n/fr/docusaurus-plugin-content-docs/current/a.md", ""),
        ("site/i18n/fr/docusaurus-plugin-content-docs-more/current/b.md", ""),
        ("site/more/b.md", ""),
    ]);
    assert_eq!(addresses, ["docs/1/a", "docs/a", "docs/next/a", "fr/docs/next/a", "fr/m/b", "m/b"]);
}

#[test]
fn what_must_be_run_may_add_pages() {
    for config in [
        "module.exports = require('./x')",
        "module.exports = {presets: presets()}",
        "module.exports = {...base}",
        "module.exports = {presets: ['classic'], plugins: [() => ({name: 'x'})]}",
        "module.exports = {presets: ['classic'], plugins: ['some-plugin']}",
        "module.exports = {presets: [['classic', {docs: {numberPrefixParser: parse}}]]}",
    ] {
        let (addresses, unknown) = addresses(&[("docusaurus.config.js", config), ("docs/a.md", "")]);
        assert_eq!(addresses, ["docs/a"], "{config}");
        assert!(unknown, "{config}");
    }
}

#[test]
fn files_are_mdx_unless_something_says_otherwise() {
    let flavor_of = |config: &str, page: &str, text: &str| {
        let tree = tree(&[("docusaurus.config.js", config), (page, text)]);
        let names = Files::new(tree.files.clone());
        let config = config::read(&tree, &names, &Settings::default());
        flavor(&config.projects[0], &DocPath::new(page)).blocks
    };
    let detect = "module.exports = {presets: ['classic'], markdown: {format: 'detect'}}";
    assert_eq!(flavor_of("module.exports = {presets: ['classic']}", "docs/a.md", ""), Blocks::Mdx);
    assert_eq!(flavor_of(detect, "docs/a.md", ""), Blocks::CommonMark);
    assert_eq!(flavor_of(detect, "docs/a.mdx", ""), Blocks::Mdx);
    let header = "---\nmdx:\n  format: md\n---\n";
    assert_eq!(flavor_of("module.exports = {presets: ['classic']}", "docs/a.md", header), Blocks::CommonMark);
}

#[test]
fn imports_of_programs_are_not_looked_up() {
    let cases = [
        ("./_a.mdx", Usage::Include),
        ("@site/b.md", Usage::Include),
        ("!!raw-loader!./c.md", Usage::Code),
        ("./d.png", Usage::Code),
        ("./Component", Usage::Nothing),
        ("@theme/Tabs", Usage::Nothing),
        ("package/e.css", Usage::Nothing),
    ];
    for (path, expected) in cases {
        assert_eq!(usage_of_import(path), expected, "{path}");
    }
}
