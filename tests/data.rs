//! Every platform configuration file of the corpora named by `WAYPOST_CORPORA` is read.

use waypost::data::json;

#[test]
fn corpora_are_read() {
    let Some(corpora) = std::env::var_os("WAYPOST_CORPORA") else {
        eprintln!("skipped: WAYPOST_CORPORA is not set");
        return;
    };
    let mut odd = Vec::new();
    for entry in ignore::WalkBuilder::new(corpora).standard_filters(false).build().flatten() {
        if entry.path().extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("a readable file");
        let (_, oddities) =
            json::parse(&text).unwrap_or_else(|fault| panic!("{}: {fault:?}", entry.path().display()));
        odd.extend(oddities.into_iter().map(|oddity| (entry.path().to_owned(), oddity.message)));
    }
    eprintln!("{odd:#?}");
    let trailing =
        odd.iter().filter(|(path, _)| path.ends_with("managed-desktop/managed-desktop/docfx.json"));
    assert_eq!(trailing.count(), 1);
}
