//! The two readers of front matter agree on every page of the corpora named by `WAYPOST_CORPORA`, and find no fault
//! there: these pages are published.

use std::path::PathBuf;

use proptest::prelude::{ProptestConfig, prop_assert_eq, prop_oneof, proptest};
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

/// Lines of whatever means something to YAML.
const ANYTHING: &str = r#"((a|b c|null|é|- | {1,2}|: |:|~|'|"|#|	|%|\*|&x|[\[\]{},|>!?-]|---|1|\x{feff}){0,6}(\n|\r\n|\r)){0,6}"#;

/// Keys with values and lists below them, mostly plain.
const PLAIN: &str = r#"((k|b c|k-1): ?(a|b c|null|é|it's|~|'x'|"y: z"|a#b|a:b|<x>|1)? {0,1}(\n|\r\n|\r)( {0,2}- (a|'b'|c d|~|x:y)(\n|\r)){0,3}(\n|# c\n)?){0,4}"#;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn readers_agree_on_any_header(lines in prop_oneof![ANYTHING, PLAIN]) {
        let text = format!("---\n{lines}---\nbody");
        let header = front_matter::split(&text).expect("a header");
        let _ = front_matter::parse(&text, &header);
        if let Some(entries) = plain::read(&text, header.span) {
            prop_assert_eq!((entries, None), yaml::read(&text, header.span));
        }
    }
}
