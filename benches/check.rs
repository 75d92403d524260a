//! What a check costs, part by part, on a tree made up here: `cargo bench`.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use waypost::engine;
use waypost::parse::{Flavor, parse};
use waypost::path::DocPath;
use waypost::rules::Ruleset;
use waypost::site::{Settings, Site};
use waypost::source::LineIndex;
use waypost::tree::{PageText, Tree};

const PAGES: usize = 200;
const SECTIONS: usize = 20;

/// A page with what documentation has: headings, prose, links that hold and one that does not, a table, code.
fn page(number: usize) -> String {
    let mut text = format!("---\ntitle: Page {number}\n---\n\n# Page {number}\n");
    for section in 0..SECTIONS {
        let other = (number * 7 + section * 13) % PAGES;
        let written = write!(
            text,
            "\n## Section {section} of the page\n\n\
             Some prose with `code`, *emphasis* and a link to [another page]({other}.md#section-{section}-of-the-page), \
             one to [this page](#page-{number}) and one to [a site](https://example.com/{other}).\n\n\
             | Process | Documentation |\n|---|---|\n\
             | Changes | <ul><li>[one]({other}.md)</li><li>[two]({number}.md)</li></ul> |\n\
             | Releases | [three][label] |\n\n\
             ```sh\necho \"[no link](nowhere.md)\"\n```\n"
        );
        written.expect("a string takes all that is written");
    }
    text + "\n[broken](missing.md)\n\n[label]: 0.md\n"
}

fn tree() -> Tree {
    let mut pages: Vec<PageText> = (0..PAGES)
        .map(|number| PageText { path: DocPath::new(&format!("{number}.md")), text: page(number).into() })
        .collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let files = pages.iter().map(|page| page.path.clone()).collect();
    Tree { files, pages, ..Tree::default() }
}

fn check(criterion: &mut Criterion) {
    let tree = tree();
    let bytes: usize = tree.pages.iter().map(|page| page.text.len()).sum();
    let text = page(0);

    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("parse one page", |bencher| {
        bencher.iter(|| parse(black_box(&text), &LineIndex::new(&text), Flavor::default()));
    });
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse and resolve all", |bencher| {
        bencher.iter(|| Site::new(black_box(tree.clone()), Settings::default()));
    });
    let site = Site::new(tree.clone(), Settings::default());
    let ruleset = Ruleset::default();
    group.bench_function("run the rules", |bencher| {
        bencher.iter(|| engine::check(black_box(&site), &ruleset, &|_| true));
    });
    group.finish();
}

criterion_group!(benches, check);
criterion_main!(benches);
