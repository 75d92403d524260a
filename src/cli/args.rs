//! The command line as users write it; the doc comments are its help.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::Failure;
use super::lsp::LspArgs;
use super::output::OutputArgs;
use super::verdict::VerdictArgs;
use crate::dialect;
use crate::glob;
use crate::open::TreeRequest;

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing was found at error level, or at what --fail-on and --max-warnings say instead
  1  something was found at that level
  2  the tree could not be checked: a mistake in the command or in waypost.toml, or a report that cannot be written";

const BASELINE_EXIT_CODES: &str = "\
Exit codes:
  0  the baseline is up to date
  2  it could not be written: a mistake in the command, in waypost.toml or in the baseline, or a file that cannot be read
     or written";

const TABLES_EXIT_CODES: &str = "\
Exit codes:
  0  the tables were printed, or there were none
  2  they could not be: a mistake in the command or in waypost.toml, or a file that cannot be read or written";

/// Checks trees of Markdown documentation: do their links, anchors, front matter and tables hold?
///
/// Pages are judged as the platform judges them that publishes them. waypost never opens the network: links to other
/// sites are counted, not checked.
#[derive(Debug, Parser)]
#[command(name = "waypost", version, after_help = EXIT_CODES)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check pages and print what is wrong with them
    Check(CheckArgs),
    /// Accept all present findings, so that only new ones are reported from now on
    Baseline(BaselineArgs),
    /// Print the tables of pages as data, each link with what it leads to
    Tables(TablesArgs),
    /// Write a commented waypost.toml that fits the tree
    Init(InitArgs),
    /// List all rules with their levels
    Rules(RulesArgs),
    /// Print the page of a rule: what it finds, why it matters, how to fix it
    Explain(ExplainArgs),
    /// Print what the configuration says of a page, and where
    Config(ConfigArgs),
    /// Print a script by which a shell completes the command line
    Completions(CompletionsArgs),
    /// Speak with an editor over standard input and output (language server protocol)
    Lsp(LspArgs),
    /// Print the manual for `man`
    Man,
}

/// Which tree, which pages of it, and who judges them.
#[derive(Clone, Debug, Default, Args)]
pub struct TreeArgs {
    /// Pages and folders [default: the current folder]
    ///
    /// Everything below the root is known, so that links to pages that are not named here are judged too.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Folder of everything that links may lead to
    ///
    /// Without it: the topmost folder of the git repository, from the one that is named upwards, with a waypost.toml,
    /// or the nearest whose waypost.toml says `root = true`; else the nearest with a
    /// .openpublishing.publish.config.json, else the root of the git repository, else the folder that is named.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// Configuration to use instead of the waypost.toml at the root
    ///
    /// Files of that name in folders below the root refine it as ever.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Read no waypost.toml at all
    ///
    /// The root stays where it is.
    #[arg(long, conflicts_with = "config")]
    pub isolated: bool,

    /// Dialect that judges every page, whatever the configuration says
    ///
    /// Give several, separated by commas, and each of them judges each page. Without it, and without one in
    /// waypost.toml, the dialect is detected from the files of the tree.
    #[arg(long = "dialect", value_name = "NAME", value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(dialect::names()))]
    pub dialects: Vec<String>,

    /// Pages to leave out, besides those of the configuration; may be repeated
    ///
    /// A pattern as in .gitignore, relative to the root. Links to these pages are judged as ever.
    #[arg(long, value_name = "GLOB", value_parser = exclude_glob)]
    pub exclude: Vec<String>,
}

impl TreeArgs {
    /// What these arguments ask for, here.
    pub(super) fn request(&self) -> Result<TreeRequest, Failure> {
        Ok(TreeRequest {
            current_folder: super::current_folder()?,
            paths: self.paths.clone(),
            root: self.root.clone(),
            config: self.config.clone(),
            isolated: self.isolated,
            dialects: self.dialects.clone(),
            exclude: self.exclude.clone(),
        })
    }
}

/// Arguments of `waypost check`.
#[derive(Debug, Default, Args)]
#[command(after_help = EXIT_CODES)]
pub struct CheckArgs {
    /// What is checked.
    #[command(flatten)]
    pub tree: TreeArgs,

    /// Check what the next commit has: the files and contents of git's index
    ///
    /// What git does not track counts for nothing. Reported is what is wrong in staged pages, and what the staged changes
    /// break in others; findings that were there before are only counted. For hooks.
    #[arg(long, conflicts_with = "tracked")]
    pub staged: bool,

    /// Check the files that git tracks, as they are on disk
    #[arg(long)]
    pub tracked: bool,

    /// With `--staged`: report older findings in other pages too
    #[arg(long, requires = "staged")]
    pub all: bool,

    /// Report only what is new since this branch left REV
    ///
    /// Without REV: since it left the main branch. The tree of that commit is taken from git and checked too; a finding
    /// that it has not says which change caused it. What git does not track counts for nothing. Write paths first, or
    /// after `--`.
    #[arg(long, value_name = "REV", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["fix", "diff"])]
    pub new_from: Option<String>,

    /// Baseline to use instead of the .waypost-baseline.json at the root
    ///
    /// The findings in it are accepted, and only counted. `waypost baseline` writes it.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Report what the baseline accepts too
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,

    /// How it is printed.
    #[command(flatten)]
    pub output: OutputArgs,

    /// What makes the run fail.
    #[command(flatten)]
    pub verdict: VerdictArgs,

    /// Apply the safe fixes, then print what is left
    ///
    /// Safe is a fix with one candidate that was verified to resolve. Only the bytes of the destination change.
    #[arg(long)]
    pub fix: bool,

    /// Print the safe fixes as a diff and change nothing
    #[arg(long, conflicts_with_all = ["fix", "formats", "statistics"])]
    pub diff: bool,

    /// When to use colours
    ///
    /// `auto` asks the terminal and honours NO_COLOR, CLICOLOR_FORCE and TERM=dumb.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub color: Color,
}

/// Arguments of `waypost baseline`.
#[derive(Debug, Default, Args)]
#[command(after_help = BASELINE_EXIT_CODES)]
pub struct BaselineArgs {
    /// What is checked; entries of other pages stay as they are.
    #[command(flatten)]
    pub tree: TreeArgs,

    /// Only take out what is mended, and accept nothing new
    ///
    /// Entries of moved pages get the new path.
    #[arg(long)]
    pub prune: bool,

    /// File to write instead of the .waypost-baseline.json at the root
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// Arguments of `waypost tables`.
#[derive(Debug, Default, Args)]
#[command(after_help = TABLES_EXIT_CODES)]
pub struct TablesArgs {
    /// What is read.
    #[command(flatten)]
    pub tree: TreeArgs,

    /// How to print the tables
    ///
    /// Without it `json`, and `text` for `--coverage`.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TablesFormat>,

    /// Print which processes of a preset the tables cover, and whether what they link is there
    ///
    /// As `text`, `markdown`, `html` or `json`. The preset need not stand in waypost.toml.
    #[arg(long, value_name = "PRESET", conflicts_with = "preset")]
    pub coverage: Option<String>,

    /// Write a contract for waypost.toml that fits the tables there are, to start from
    #[arg(long, conflicts_with_all = ["coverage", "format"])]
    pub derive: bool,

    /// When to use colours
    ///
    /// `auto` asks the terminal and honours NO_COLOR, CLICOLOR_FORCE and TERM=dumb.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub color: Color,

    /// Only tables of these pages; may be repeated
    ///
    /// A pattern as in .gitignore, relative to the root; one that begins with `!` says no.
    #[arg(long, value_name = "GLOB", value_parser = exclude_glob)]
    pub files: Vec<String>,

    /// Only tables below this heading; repeat it for headings inside each other, the outermost first
    ///
    /// Letter case and blanks do not matter, and `*` stands for any text. The title counts as a heading.
    #[arg(long, value_name = "TEXT")]
    pub heading: Vec<String>,

    /// Only tables with these columns, separated by commas
    ///
    /// Letter case, blanks and a colon at the end do not matter, and `*` stands for any text. An empty name is a column
    /// without one.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub header: Vec<String>,

    /// Only tables that this preset knows
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,

    /// File to write instead of standard output, which `-` means; it is replaced as a whole
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Arguments of `waypost init`.
#[derive(Debug, Default, Args)]
pub struct InitArgs {
    /// Folder to write it to [default: the current folder]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// Replace the waypost.toml that is there
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `waypost rules`.
#[derive(Debug, Default, Args)]
pub struct RulesArgs {}

/// Arguments of `waypost explain`.
#[derive(Debug, Default, Args)]
pub struct ExplainArgs {
    /// Name of the rule, as printed with each finding in brackets
    #[arg(value_name = "RULE")]
    pub rule: String,
}

/// Arguments of `waypost config`.
#[derive(Debug, Default, Args)]
pub struct ConfigArgs {
    /// The page
    #[arg(value_name = "PATH", required_unless_present = "schema")]
    pub path: Option<PathBuf>,

    /// Print the JSON Schema of waypost.toml instead, by which editors complete it
    #[arg(long, conflicts_with_all = ["path", "root", "config", "isolated", "format"])]
    pub schema: bool,

    /// Folder of everything that links may lead to; see `waypost check --help`
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// Configuration to use instead of the waypost.toml at the root
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Read no waypost.toml at all
    #[arg(long, conflicts_with = "config")]
    pub isolated: bool,

    /// How to print it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: ConfigFormat,
}

/// How to print what holds for a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ConfigFormat {
    /// Lines for people
    #[default]
    Text,
    /// One JSON object, for programs
    Json,
}

/// Arguments of `waypost completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// How to print tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TablesFormat {
    /// Aligned lines for a terminal; only for `--coverage`
    Text,
    /// One documented JSON object
    #[default]
    Json,
    /// One JSON object a row, each on a line of its own
    Jsonl,
    /// For spreadsheets: one line a row, the columns of all tables side by side
    Csv,
    /// Aligned tables, each below where it stands
    Markdown,
    /// One page for browsers that needs no other file
    Html,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// When the output is a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether to colour an output, given what it is and the environment.
    #[must_use]
    pub fn wanted(self, is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
        let set = |name| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
            Color::Auto if set("CLICOLOR_FORCE") => true,
            Color::Auto => is_terminal && variable("TERM").as_deref() != Some("dumb"),
        }
    }
}

fn exclude_glob(pattern: &str) -> Result<String, String> {
    match glob::check(pattern) {
        Ok(()) => Ok(pattern.to_owned()),
        Err(fault) => {
            let help = fault.help.map(|help| format!("; {help}")).unwrap_or_default();
            Err(format!("it {}{help}", fault.message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::output::{FormatArg, Output};
    use crate::cli::verdict::FailOn;
    use clap::CommandFactory;
    use clap::error::ErrorKind;

    fn check(arguments: &str) -> Result<CheckArgs, ErrorKind> {
        let words = ["waypost", "check"].into_iter().chain(arguments.split_whitespace());
        match Cli::try_parse_from(words).map_err(|error| error.kind())?.command {
            Command::Check(args) => Ok(args),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_definition_holds() {
        Cli::command().debug_assert();
    }

    #[test]
    fn reads_the_arguments_of_check() {
        let args =
            check("--dialect learn,github --dialect github --format json --exclude a/ docs b.md").unwrap();
        assert_eq!(args.tree.dialects, ["learn", "github", "github"]);
        assert_eq!(args.output.formats, [Output { format: FormatArg::Json, file: None }]);
        assert_eq!(args.tree.exclude, ["a/"]);
        assert_eq!(args.tree.paths, [PathBuf::from("docs"), PathBuf::from("b.md")]);
        let args = check("--format sarif=a=b.sarif --format pretty --fail-on never").unwrap();
        let file = Some(PathBuf::from("a=b.sarif"));
        assert_eq!(args.output.formats[0], Output { format: FormatArg::Sarif, file });
        assert_eq!(args.verdict.fail_on, FailOn::Never);
    }

    #[test]
    fn refuses_what_it_cannot_do() {
        for arguments in [
            "--fix --diff",
            "--dialect gitlab",
            "--format xml",
            "--exclude ../a",
            "--nope",
            "--fail-on no",
            "--diff --format json",
            "--diff --statistics",
            "--max-warnings -1",
        ] {
            assert!(check(arguments).is_err(), "{arguments}");
        }
    }

    #[test]
    fn colours_follow_flag_then_environment_then_terminal() {
        let wanted = |color: Color, is_terminal, set: &[(&str, &str)]| {
            color.wanted(is_terminal, |name| {
                set.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(wanted(Color::Auto, true, &[]));
        assert!(!wanted(Color::Auto, false, &[]));
        assert!(!wanted(Color::Auto, true, &[("NO_COLOR", "1")]));
        assert!(wanted(Color::Auto, true, &[("NO_COLOR", "")]));
        assert!(wanted(Color::Auto, false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!wanted(Color::Auto, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!wanted(Color::Auto, true, &[("TERM", "dumb")]));
        assert!(wanted(Color::Always, false, &[("NO_COLOR", "1")]));
        assert!(!wanted(Color::Never, true, &[("CLICOLOR_FORCE", "1")]));
    }
}
