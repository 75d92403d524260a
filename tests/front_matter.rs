//! The two readers of front matter agree on every page of the corpora named by `WAYPOST_CORPORA`, and find no fault
//! there: these pages are published.

use std::path::PathBuf;

use waypost::parse::front_matter::{self, plain, yaml};

#[test]
fn readers_agree_on_the_corpora() {
    let Some(corpora) = std::env::var_os("WAYPOST_CORPORA") else {
        eprintln!("skipped: WAYPOST_CORPORA is not set");
        return;
    };
    let (mut headers, mut plain_headers, mut faults) = (0, 0, Vec::new());
    for path in pages(corpora.into()) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Some(header) = front_matter::split(&text) else { continue };
        headers += 1;
        if let Some(entries) = plain::read(&text, header.span) {
            plain_headers += 1;
            assert_eq!((entries, None), yaml::read(&text, header.span), "{}", path.display());
        }
        if let Some(fault) = front_matter::parse(&text, &header).fault {
            let line = text[..fault.span.range().start].split('\n').count();
            faults.push(format!("{}:{line}: {}: {:?}", path.display(), fault.value, fault.span.of(&text)));
        }
    }
    eprintln!("{headers} headers, {plain_headers} of them plain");
    assert!(headers > 0, "no page with front matter in WAYPOST_CORPORA");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn pages(root: PathBuf) -> impl Iterator<Item = PathBuf> {
    let files = ignore::WalkBuilder::new(root).standard_filters(false).build();
    files
        .flatten()
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
}
