//! Every platform configuration file of the corpora named by `WAYPOST_CORPORA` is read.

use std::path::Path;

use waypost::data::{Reading, json, script, toml, yaml};

#[test]
fn corpora_are_read() {
    let Some(corpora) = std::env::var_os("WAYPOST_CORPORA") else {
        eprintln!("skipped: WAYPOST_CORPORA is not set");
        return;
    };
    let mut odd = Vec::new();
    for entry in ignore::WalkBuilder::new(corpora).standard_filters(false).build().flatten() {
        let Some(parse) = reader(entry.path()) else { continue };
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        match parse(&text) {
            Ok((_, oddities)) => {
                odd.extend(oddities.into_iter().map(|oddity| (entry.path().to_owned(), oddity.message)));
            }
            Err(fault) => {
                let span = fault.span.range();
                assert!(text.get(span).is_some(), "{}: {fault:?}", entry.path().display());
                assert!(!must_be_read(entry.path()), "{}: {fault:?}", entry.path().display());
            }
        }
    }
    eprintln!("{odd:#?}");
    let trailing =
        odd.iter().filter(|(path, _)| path.ends_with("managed-desktop/managed-desktop/docfx.json"));
    assert_eq!(trailing.count(), 1);
}

fn reader(path: &Path) -> Option<fn(&str) -> Reading> {
    match path.extension()?.to_str()? {
        "json" => Some(json::parse),
        "yml" | "yaml" => Some(yaml::parse),
        "toml" => Some(toml::parse),
        "js" | "cjs" | "mjs" | "ts" | "mts" => Some(script::parse),
        _ => None,
    }
}

/// Other files may be anything: templates, examples of what is wrong, programs.
fn must_be_read(path: &Path) -> bool {
    let names = ["mkdocs.yml", "book.toml", "toc.yml", ".vitepress/config.ts"];
    path.extension().is_some_and(|extension| extension == "json")
        || names.iter().any(|name| path.ends_with(name))
}
