//! `waypost tables`: read the tree, print its tables as data.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use super::{COULD_NOT_CHECK, Failure, NOTHING_FOUND, TablesArgs, TablesFormat, terminal};
use crate::contract::Wording;
use crate::fix;
use crate::glob::{Case, Globs};
use crate::open::Input;
use crate::report::{PathDisplay, Style};
use crate::tables::{self, Coverage, Filter, Format, TableData, coverage, derive};
use crate::tree::Unreadable;
use crate::words::visible;

/// Prints tables as data, or what they cover of a preset.
pub(super) fn run(args: &TablesArgs) -> Result<u8, Failure> {
    if let (Some(_), Some(format @ (TablesFormat::Jsonl | TablesFormat::Csv))) = (&args.coverage, args.format)
    {
        let name = if format == TablesFormat::Csv { "csv" } else { "jsonl" };
        return Err(Failure::usage(format!("`--coverage` has no format `{name}`"))
            .help("it has `text`, `markdown`, `html` and `json`"));
    }
    let filter = filter(args)?;
    let (mut input, _) = super::open(&args.tree.request()?, None)?;
    let preset = args.coverage.as_ref().or(args.preset.as_ref());
    let preset = preset.map(|name| input.preset(name)).transpose()?;
    if let Some(preset) = preset.as_ref().filter(|preset| args.coverage.is_some() && preset.phases.is_empty())
    {
        return Err(Failure::usage(format!(
            "the preset `{}` names nothing that tables could cover",
            preset.name
        )));
    }
    if let Some(preset) = &preset {
        input.use_preset(Arc::clone(preset));
    }
    let tree = input.tree();
    let unread: Vec<Unreadable> = tree
        .unreadable
        .iter()
        .filter(|page| input.selects(&page.path) && filter.takes_page(&page.path))
        .cloned()
        .collect();
    let site = input.site(tree);
    let tables = tables::collect(&site, &filter, &|path| input.selects(path));
    unread.iter().for_each(warn_of);
    if tables.is_empty() {
        super::say(|stderr| {
            writeln!(stderr, "note: there are no such tables")?;
            match args.header.iter().any(|name| name.trim().is_empty()) {
                true => {
                    writeln!(stderr, "note: an empty name in `--header` asks for a column without a name")
                }
                false => Ok(()),
            }
        });
    }
    match &preset {
        Some(preset) if args.coverage.is_some() => {
            print_coverage(args, &input, &Coverage::new(preset, &tables))?;
        }
        _ if args.derive => print(args, &input, |_, out| derive::write(&tables, &filter, out))?,
        _ => print_tables(args, &input, &tables)?,
    }
    // The process ends here: giving every page's memory back takes longer than the system needs.
    std::mem::forget((site, tables));
    Ok(if unread.is_empty() { NOTHING_FOUND } else { COULD_NOT_CHECK })
}

/// What is printed is not all that there is.
fn warn_of(page: &Unreadable) {
    super::say(|stderr| {
        let (path, reason) = (visible(page.path.as_str()), visible(&page.reason));
        writeln!(stderr, "error: `{path}` cannot be read, and its tables are left out: {reason}")?;
        page.help.iter().try_for_each(|help| writeln!(stderr, "help: {}", visible(help)))
    });
}

fn filter(args: &TablesArgs) -> Result<Filter, Failure> {
    if args.heading.iter().any(|heading| heading.trim().is_empty()) {
        return Err(Failure::usage("`--heading` is empty").help("leave it out for tables under any heading"));
    }
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
        with_preset: args.preset.is_some() || args.coverage.is_some(),
    })
}

fn print_tables(args: &TablesArgs, input: &Input, tables: &[TableData]) -> Result<(), Failure> {
    let format = match args.format {
        None | Some(TablesFormat::Json) => Format::Json,
        Some(TablesFormat::Jsonl) => Format::JsonLines,
        Some(TablesFormat::Csv) => Format::Csv,
        Some(TablesFormat::Markdown) => Format::Markdown,
        Some(TablesFormat::Html) => Format::Html,
        Some(TablesFormat::Text) => {
            return Err(Failure::usage("`text` is a format of `--coverage`")
                .help("`markdown` prints aligned tables that are easy to read in a terminal"));
        }
    };
    print(args, input, |base, out| format.write(tables, base, out))
}

fn print_coverage(args: &TablesArgs, input: &Input, coverage: &Coverage<'_>) -> Result<(), Failure> {
    let style = match file(args) {
        Some(_) => Style::default(),
        None => terminal::style(args.color, input.root(), input.current_folder()),
    };
    print(args, input, |base, out| match args.format {
        None | Some(TablesFormat::Text) => coverage::text::write(coverage, &style, out),
        Some(TablesFormat::Markdown) => coverage::markdown::write(coverage, out),
        Some(TablesFormat::Html) => coverage::html::write(coverage, base, out),
        Some(TablesFormat::Json | TablesFormat::Jsonl | TablesFormat::Csv) => {
            coverage::json::write(coverage, out)
        }
    })
}

/// The file that is written instead of standard output.
fn file(args: &TablesArgs) -> Option<&Path> {
    args.output.as_deref().filter(|file| *file != Path::new("-"))
}

/// Prints to where the arguments say, with the way from there to the pages.
fn print(
    args: &TablesArgs,
    input: &Input,
    write: impl FnOnce(&PathDisplay, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(file) = file(args) else {
        let base = PathDisplay::new(input.root(), input.current_folder());
        let mut out = BufWriter::new(io::stdout().lock());
        write(&base, &mut out)?;
        return out.flush().map_err(Failure::from);
    };
    let mut text = Vec::new();
    write(&base_of(file, input), &mut text)?;
    fix::write_whole(file, &text).map_err(|error| Failure::file("write", file, error))
}

/// Links in a file lead on from its folder.
fn base_of(file: &Path, input: &Input) -> PathDisplay {
    let folder = input.current_folder().join(file.parent().unwrap_or(Path::new("")));
    PathDisplay::new(input.root(), &folder.canonicalize().unwrap_or(folder))
}
