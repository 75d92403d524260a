//! What typing costs in a tree: how long the edit of a page takes, and the start of the workspace against a check.
//!
//! `cargo run --release --example keystrokes -- DIR PAGE…` types into a paragraph and into a heading of each page.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use waypost::config::FILE_NAME;
use waypost::dialect::DIALECTS;
use waypost::engine;
use waypost::glob::Globs;
use waypost::path::DocPath;
use waypost::rules::Ruleset;
use waypost::site::{Settings, Site};
use waypost::tree::Tree;
use waypost::walk;
use waypost::workspace::Workspace;

const TYPED: &str = "A few words of a sentence, typed letter by letter.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(root) = arguments.next() else {
        eprintln!("usage: keystrokes DIR PAGE…");
        return ExitCode::from(2);
    };
    let Some(tree) = tree(Path::new(&root)) else {
        eprintln!("there is no tree at {root}");
        return ExitCode::from(2);
    };
    let mut workspace = started(&tree);
    for page in arguments {
        let path = DocPath::new(&page);
        let Some(doc) = workspace.site().find_doc(&path) else {
            eprintln!("there is no page {page}");
            continue;
        };
        let doc = workspace.site().doc(doc);
        let text = doc.text.clone();
        let headings = doc.facts.headings.iter().map(|heading| heading.span.end as usize);
        let headings: Vec<usize> = headings.collect();
        println!("{page}: {} bytes, {} headings", text.len(), headings.len());
        type_into(&mut workspace, &path, &text, text.len(), "at the end");
        type_into(
            &mut workspace,
            &path,
            &format!("{text}\n\nParagraph\n\n"),
            text.len() + 13,
            "in a paragraph",
        );
        for at in [0, headings.len() / 2, headings.len().saturating_sub(1)] {
            if let Some(&end) = headings.get(at) {
                type_into(&mut workspace, &path, &text, end, &format!("in heading {at}"));
            }
        }
    }
    ExitCode::SUCCESS
}

fn tree(root: &Path) -> Option<Tree> {
    let place = walk::place(root, Some(root), None, &[root.to_owned()]).ok()?;
    let is_config = |path: &DocPath| {
        path.file_name() == FILE_NAME || DIALECTS.iter().any(|dialect| (dialect.is_config)(path))
    };
    let mut tree = walk::tree(&place, &Globs::default(), &is_config);
    let further: Vec<DocPath> =
        DIALECTS.iter().flat_map(|dialect| (dialect.further_configs)(&tree)).collect();
    tree.configs.extend(walk::read(&place.root, &further));
    Some(tree)
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = run();
    println!("{what}: {:.0?}", start.elapsed());
    value
}

fn started(tree: &Tree) -> Workspace {
    let site = timed("Site::new", || Site::new(tree.clone(), Settings::default()));
    let ruleset = Ruleset::default();
    let report = timed("engine::check", || engine::check(&site, &ruleset, &|_| true));
    println!("{} pages, {} findings", report.summary.pages, report.findings.len());
    // What the check has looked up is no longer to be found by the workspace.
    drop(site);
    let site = Site::new(tree.clone(), Settings::default());
    let mut workspace = timed("Workspace::new", || Workspace::new(site, Ruleset::default()));
    let again =
        timed("Site::new_like", || Site::new_like(tree.clone(), Settings::default(), workspace.site()));
    timed("Workspace::replace", || workspace.replace(again));
    workspace
}

/// Types letter by letter, then takes it all back.
fn type_into(workspace: &mut Workspace, path: &DocPath, text: &str, at: usize, place: &str) {
    if workspace.edit(path, text.into()).is_err() {
        println!("  {place}: asks for a rebuild");
        return;
    }
    let mut times = Vec::new();
    let mut most = 0;
    for typed in (1..=TYPED.len()).chain((0..TYPED.len()).rev()) {
        let edited: Arc<str> = format!("{}{}{}", &text[..at], &TYPED[..typed], &text[at..]).into();
        let start = Instant::now();
        let changed = workspace.edit(path, edited);
        times.push(start.elapsed());
        most = most.max(changed.map_or(0, |changed| changed.paths.len()));
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    let [half, most_of, longest]: [Duration; 3] = [at(50), at(99), at(100)];
    println!(
        "  {place}: p50 {half:.2?}, p99 {most_of:.2?}, longest {longest:.2?}; at most {most} files changed"
    );
}
