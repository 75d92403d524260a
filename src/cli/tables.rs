//! `waypost tables`: read the tree, print its tables as data.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::input::Input;
use super::{Failure, NOTHING_FOUND, TablesArgs, TablesFormat};
use crate::contract::Wording;
use crate::fix;
use crate::glob::{Case, Globs};
use crate::report::PathDisplay;
use crate::tables::{self, Filter, Format, TableData};

/// Prints tables as data.
pub(super) fn run(args: &TablesArgs) -> Result<u8, Failure> {
    let filter = filter(args)?;
    let (input, _) = Input::open(&args.tree)?;
    let site = input.site(input.tree());
    let tables = tables::collect(&site, &filter, &|path| input.selects(path));
    if tables.is_empty() {
        super::say(|stderr| writeln!(stderr, "note: there are no such tables"));
    }
    print(args, &input, &tables)?;
    // The process ends here: giving every page's memory back takes longer than the system needs.
    std::mem::forget((site, tables));
    Ok(NOTHING_FOUND)
}

fn filter(args: &TablesArgs) -> Result<Filter, Failure> {
    let files = match &args.files[..] {
        [] => None,
        patterns => {
            let globs = Globs::like_gitignore(patterns.iter().map(String::as_str), Case::Sensitive);
            Some(globs.map_err(|fault| {
                Failure::usage(format!("the patterns of `--files` together: {}", fault.message))
            })?)
        }
    };
    let wordings = |texts: &[String]| texts.iter().map(|text| Wording::new(text)).collect();
    Ok(Filter {
        files,
        headings: wordings(&args.heading),
        header: wordings(&args.header),
        preset: args.preset.clone(),
    })
}

fn print(args: &TablesArgs, input: &Input, tables: &[TableData]) -> Result<(), Failure> {
    let format = match args.format {
        TablesFormat::Json => Format::Json,
        TablesFormat::Jsonl => Format::JsonLines,
        TablesFormat::Csv => Format::Csv,
        TablesFormat::Markdown => Format::Markdown,
        TablesFormat::Html => Format::Html,
    };
    let Some(file) = &args.output else {
        let base = PathDisplay::new(input.root(), input.current_folder());
        let mut out = BufWriter::new(io::stdout().lock());
        format.write(tables, &base, &mut out)?;
        return out.flush().map_err(Failure::from);
    };
    let mut text = Vec::new();
    format.write(tables, &base_of(file, input), &mut text)?;
    fix::write_whole(file, &text).map_err(|error| Failure::file("write", file, error))
}

/// Links in a file lead on from its folder.
fn base_of(file: &Path, input: &Input) -> PathDisplay {
    let folder = input.current_folder().join(file.parent().unwrap_or(Path::new("")));
    PathDisplay::new(input.root(), &folder.canonicalize().unwrap_or(folder))
}
