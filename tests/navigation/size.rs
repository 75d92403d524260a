//! How long answers take on real trees: `WAYPOST_CORPORA` names a folder of them.

use std::path::Path;
use std::time::Instant;

use waypost::assist::lens::lenses;
use waypost::assist::references::references;
use waypost::assist::workspace_symbols::workspace_symbols;
use waypost::site::{DocId, Site};

use super::trees::read;

#[test]
fn on_real_trees() {
    let Some(root) = std::env::var_os("WAYPOST_CORPORA") else {
        println!("skipped: WAYPOST_CORPORA is not set");
        return;
    };
    let trees = std::fs::read_dir(Path::new(&root)).unwrap().map(|entry| entry.unwrap().path());
    for tree in trees.filter(|path| path.is_dir()) {
        let started = Instant::now();
        let site = read(&tree);
        println!("{}: {} pages, read in {:?}", tree.display(), site.docs.len(), started.elapsed());
        measure(&site);
    }
}

fn measure(site: &Site) {
    let started = Instant::now();
    let links: usize = (0..site.docs.len() as DocId).map(|doc| site.links_to(doc).count()).sum();
    println!("  {links} links turned around in {:?}", started.elapsed());
    let most = |doc: &DocId| {
        let mut from: Vec<DocId> = site.links_to(*doc).map(|(from, _)| from).collect();
        from.dedup();
        (site.doc(*doc).facts.headings.len() > 1, from.len())
    };
    let Some(doc) = (0..site.docs.len() as DocId).max_by_key(most) else { return };
    let page = site.doc(doc);
    let started = Instant::now();
    let all = lenses(site, doc);
    let count: usize = all.iter().map(|lens| lens.references.len()).sum();
    println!("  {}: {} headings with {count} references in {:?}", page.path, all.len(), started.elapsed());
    if let Some(lens) = all.iter().skip(1).max_by_key(|lens| lens.references.len()) {
        let started = Instant::now();
        let found = references(site, doc, lens.span.start as usize, false);
        assert_eq!(found, lens.references);
        println!("  `{}`: {} references in {:?}", lens.span.of(&page.text), found.len(), started.elapsed());
    }
    for query in ["", "a", "object prop", "zzzq"] {
        let started = Instant::now();
        let found = workspace_symbols(site, query).len();
        println!("  symbols `{query}`: {found} in {:?}", started.elapsed());
    }
}
