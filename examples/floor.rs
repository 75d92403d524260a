//! The least a linter on comrak can cost: walk, read, parse, forget.
//!
//! `cargo run --release --example floor -- DIR` is what `waypost check DIR` is measured against.

use std::process::ExitCode;

use rayon::prelude::*;

fn main() -> ExitCode {
    let Some(root) = std::env::args_os().nth(1) else {
        eprintln!("usage: floor DIR");
        return ExitCode::from(2);
    };
    let pages: Vec<_> = ignore::WalkBuilder::new(root)
        .hidden(false)
        .build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md") && path.is_file())
        .collect();
    let bytes: usize = pages.par_iter().filter_map(|page| std::fs::read(page).ok()).map(parse).sum();
    println!("{} pages, {bytes} bytes", pages.len());
    ExitCode::SUCCESS
}

fn parse(page: Vec<u8>) -> usize {
    let text = String::from_utf8_lossy(&page);
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, &text, &options());
    std::hint::black_box(root.first_child());
    page.len()
}

fn options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    options
}
