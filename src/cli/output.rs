//! Which reports are written, and where to: standard output, files, and the page of a GitHub job.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command, ValueEnum};

use super::{Failure, forge};
use crate::engine::Report;
use crate::fix;
use crate::report::{Format, Style};
use crate::site::Site;

/// What is printed, and where.
#[derive(Debug, Default, Args)]
pub struct OutputArgs {
    /// How to print what was found; may be repeated
    ///
    /// `FORMAT=FILE` writes to a file, which is replaced as a whole; one format may go to standard output. What they are
    /// for: docs/formats.md.
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = OutputParser)]
    pub formats: Vec<Output>,

    /// List in `sarif` also what comments suppress and the baseline accepts, as suppressed results
    ///
    /// Not for GitHub, whose code scanning takes them for open alerts.
    #[arg(long)]
    pub with_suppressed: bool,

    /// Print counts by rule and by folder instead of the findings
    #[arg(long)]
    pub statistics: bool,
}

/// A format, and the file it is written to; without one, standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How.
    pub format: FormatArg,
    /// Where to.
    pub file: Option<PathBuf>,
}

/// How to print what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Excerpts of the pages, help and a summary; the default
    #[default]
    Pretty,
    /// One line a finding: `path:line:column: level[rule] message`
    Concise,
    /// One documented JSON object, for programs
    Json,
    /// One JSON object a finding, each on a line of its own
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions, and its job summary
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// JUnit's XML, for what shows tests
    Junit,
    /// Checkstyle's XML, for tools of reviews and builds
    Checkstyle,
    /// Reviewdog's diagnostics, for comments in reviews
    Rdjson,
    /// A summary to post as a comment
    Markdown,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Format {
        match format {
            FormatArg::Pretty => Format::Pretty,
            FormatArg::Concise => Format::Concise,
            FormatArg::Json => Format::Json,
            FormatArg::Jsonl => Format::JsonLines,
            FormatArg::Sarif => Format::Sarif,
            FormatArg::Github => Format::Github,
            FormatArg::Gitlab => Format::Gitlab,
            FormatArg::Junit => Format::Junit,
            FormatArg::Checkstyle => Format::Checkstyle,
            FormatArg::Rdjson => Format::Rdjson,
            FormatArg::Markdown => Format::Markdown,
        }
    }
}

/// Reads `FORMAT` and `FORMAT=FILE`; its list of formats is the enumeration's own.
#[derive(Clone)]
struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Output, clap::Error> {
        let text = value.to_string_lossy();
        let (name, file) = match text.split_once('=') {
            Some((name, "-")) => (name, None),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (&*text, None),
        };
        let format = EnumValueParser::<FormatArg>::new().parse_ref(command, arg, OsStr::new(name))?;
        Ok(Output { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(FormatArg::value_variants().iter().filter_map(FormatArg::to_possible_value)))
    }
}

/// The reports of a run.
pub(super) struct Outputs {
    stdout: Option<Format>,
    files: Vec<(Format, PathBuf)>,
}

impl Outputs {
    /// What the arguments ask for.
    pub(super) fn of(args: &OutputArgs) -> Result<Outputs, Failure> {
        let mut outputs =
            Outputs { stdout: args.statistics.then_some(Format::Statistics), files: Vec::new() };
        for Output { format, file } in &args.formats {
            match file {
                Some(file) => outputs.add_file(Format::from(*format), file)?,
                None if outputs.stdout.is_none() => outputs.stdout = Some(Format::from(*format)),
                None => return Err(two_on_stdout(args.statistics)),
            }
        }
        if args.with_suppressed && !outputs.all().any(|format| format == Format::Sarif) {
            return Err(Failure::usage("`--with-suppressed` is for the format `sarif` only")
                .help("`--format sarif` or `--format sarif=FILE`"));
        }
        if outputs.files.is_empty() && outputs.stdout.is_none() {
            outputs.stdout = Some(Format::default());
        }
        Ok(outputs)
    }

    fn add_file(&mut self, format: Format, file: &Path) -> Result<(), Failure> {
        if file.as_os_str().is_empty() {
            return Err(Failure::usage("`--format` names no file after `=`"));
        }
        if self.files.iter().any(|(_, other)| other == file) {
            return Err(Failure::usage(format!("two formats cannot both go to `{}`", file.display())));
        }
        self.files.push((format, file.to_owned()));
        Ok(())
    }

    /// Writes all reports: the files first, since the reader of standard output may close it early.
    pub(super) fn write(
        &self,
        report: &Report,
        site: &Site,
        style: &Style,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let plain = Style { base: style.base.clone(), run: style.run.clone(), ..Style::default() };
        for (format, file) in &self.files {
            let mut text = Vec::new();
            format.write(report, site, &plain, &mut text)?;
            fix::write_whole(file, &text).map_err(|error| Failure::file("write", file, error))?;
        }
        if self.all().any(|format| format == Format::Github) {
            append_job_summary(report, site, &plain);
        }
        match self.stdout {
            Some(format) => format.write(report, site, style, out).map_err(Failure::from),
            None => Ok(()),
        }
    }

    fn all(&self) -> impl Iterator<Item = Format> {
        self.stdout.into_iter().chain(self.files.iter().map(|(format, _)| *format))
    }
}

fn two_on_stdout(statistics: bool) -> Failure {
    let message = match statistics {
        true => "`--statistics` and a format cannot both go to standard output",
        false => "two formats cannot both go to standard output",
    };
    Failure::usage(message).help("give the format a file: `--format sarif=report.sarif`")
}

/// The page of a job is there to be read; that it cannot be written changes nothing of what was found.
fn append_job_summary(report: &Report, site: &Site, style: &Style) {
    let Some(file) = forge::job_summary() else { return };
    let append = || -> io::Result<()> {
        let mut text = Vec::new();
        Format::Markdown.write(report, site, style, &mut text)?;
        OpenOptions::new().append(true).create(true).open(&file)?.write_all(&text)
    };
    if let Err(error) = append() {
        super::say(|stderr| writeln!(stderr, "note: the job summary cannot be written: {error}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(formats: &[(FormatArg, Option<&str>)], statistics: bool) -> Result<Outputs, Failure> {
        let output =
            |&(format, file): &(FormatArg, Option<&str>)| Output { format, file: file.map(PathBuf::from) };
        let formats = formats.iter().map(output).collect();
        Outputs::of(&OutputArgs { formats, statistics, ..Default::default() })
    }

    #[test]
    fn one_format_goes_to_standard_output() {
        use FormatArg::{Concise, Json, Sarif};
        assert_eq!(outputs(&[], false).unwrap().stdout, Some(Format::Pretty));
        assert_eq!(outputs(&[(Sarif, Some("a"))], false).unwrap().stdout, None);
        assert_eq!(outputs(&[(Sarif, Some("a"))], true).unwrap().stdout, Some(Format::Statistics));
        assert!(outputs(&[(Json, None), (Sarif, Some("a")), (Json, Some("b"))], false).is_ok());
        for (formats, statistics) in [
            (&[(Json, None), (Concise, None)][..], false),
            (&[(Json, None)], true),
            (&[(Json, Some("a")), (Sarif, Some("a"))], false),
            (&[(Json, Some(""))], false),
        ] {
            assert!(outputs(formats, statistics).is_err());
        }
    }
}
