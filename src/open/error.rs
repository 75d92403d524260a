//! Why waypost could not do what it was asked: one type, and its words on stderr.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::excerpt::Excerpt;
use crate::config::ConfigFault;
use crate::source::LineIndex;
use crate::walk::PlaceFault;
use crate::words::visible;

/// With more mistakes than these the first are read, the file is mended, and waypost is run again.
const MOST_FAULTS: usize = 20;

/// Why waypost could not do what it was asked; always exit code 2, except for a closed pipe.
#[derive(Debug)]
pub enum Failure {
    /// What was asked for cannot be done.
    Usage {
        /// What is wrong.
        message: String,
        /// The way out.
        help: Option<String>,
    },
    /// A file cannot be read or written.
    File {
        /// What was tried: "read", "write".
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The output cannot be written.
    Output(io::Error),
    /// The configuration has mistakes.
    Config {
        /// The configuration file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// The mistakes, in the order of the file.
        faults: Vec<ConfigFault>,
    },
    /// Several of these.
    Several(Vec<Failure>),
}

impl Failure {
    /// What was asked for cannot be done.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure::Usage { message: message.into(), help: None }
    }

    /// A file cannot be read or written.
    #[must_use]
    pub fn file(verb: &'static str, path: &Path, error: io::Error) -> Failure {
        Failure::File { verb, path: path.to_owned(), error }
    }

    /// Adds the way out to a usage failure.
    #[must_use]
    pub fn help(mut self, way_out: impl Into<String>) -> Failure {
        if let Failure::Usage { help, .. } = &mut self {
            *help = Some(way_out.into());
        }
        self
    }

    /// Whether the reader of the output has seen enough.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Says it to the user.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Failure::Usage { message, help } => write_plain(out, message, help.as_deref()),
            Failure::File { verb, path, error } => {
                write_plain(out, &format!("cannot {verb} {}: {error}", shown(path)), None)
            }
            Failure::Output(error) => write_plain(out, &format!("cannot write the output: {error}"), None),
            Failure::Config { path, text, faults } => write_faults(out, &shown(path), text, faults),
            Failure::Several(failures) => failures.iter().try_for_each(|failure| failure.write(out)),
        }
    }
}

/// Errors while printing; those of files are made with [`Failure::file`].
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

impl From<PlaceFault> for Failure {
    fn from(PlaceFault { message, help }: PlaceFault) -> Failure {
        Failure::Usage { message, help }
    }
}

/// A path as the user finds it from the current folder.
pub(crate) fn shown(path: &Path) -> String {
    let current = std::env::current_dir().ok();
    let relative = current.as_deref().and_then(|current| path.strip_prefix(current).ok());
    let path = relative.unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

fn write_plain(out: &mut dyn Write, message: &str, help: Option<&str>) -> io::Result<()> {
    writeln!(out, "error: {}", harmless(message))?;
    match help {
        Some(help) => writeln!(out, "help: {}", harmless(help)),
        None => Ok(()),
    }
}

fn write_faults(out: &mut dyn Write, path: &str, text: &str, faults: &[ConfigFault]) -> io::Result<()> {
    let lines = LineIndex::new(text);
    for fault in faults.iter().take(MOST_FAULTS) {
        let at = lines.line_column(text, fault.span.start as usize);
        let message = harmless(&fault.message);
        writeln!(out, "{}:{}:{}: error: {message}", harmless(path), at.line, at.column)?;
        let excerpt = Excerpt::new(text, &lines, fault.span);
        let number = at.line.to_string();
        writeln!(out, "  {number} | {}", excerpt.line)?;
        writeln!(out, "  {:1$} | {2}", "", number.len(), excerpt.carets)?;
        if let Some(help) = &fault.help {
            writeln!(out, "  help: {}", harmless(help))?;
        }
        writeln!(out)?;
    }
    match faults.len().saturating_sub(MOST_FAULTS) {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more"),
    }
}

/// Text of files and arguments must not steer the terminal, nor fill it.
fn harmless(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 1000;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", visible(&text[..cut])).into(),
        None => visible(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn written(failure: &Failure) -> String {
        let mut out = Vec::new();
        failure.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn shows_where_the_mistake_is() {
        let text = "[rules]\nbroken-link = \"off\"\nbrokn-link = 'off'\n";
        let start = text.find("brokn").unwrap();
        let fault = ConfigFault {
            span: Span::new(start, start + 10),
            message: "unknown rule `brokn-link`".to_owned(),
            help: Some("did you mean `broken-link`?".to_owned()),
        };
        let failure = Failure::Config {
            path: "waypost.toml".into(),
            text: text.to_owned(),
            faults: vec![fault.clone()],
        };
        let expected = "\
waypost.toml:3:1: error: unknown rule `brokn-link`
  3 | brokn-link = 'off'
    | ^^^^^^^^^^
  help: did you mean `broken-link`?

";
        assert_eq!(written(&failure), expected);

        let faults = vec![fault; 25];
        let failure = Failure::Config { path: "waypost.toml".into(), text: text.to_owned(), faults };
        assert!(written(&failure).ends_with("\n\n… and 5 more\n"));
    }

    #[test]
    fn text_of_users_does_not_steer_the_terminal() {
        let failure = Failure::usage("a\u{1b}[2Jb").help("c\nd");
        assert_eq!(written(&failure), "error: a\\u{1b}[2Jb\nhelp: c\\nd\n");
    }

    #[test]
    fn a_closed_pipe_is_told_from_other_failures() {
        let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(Failure::from(broken()).is_closed_pipe());
        assert!(!Failure::file("write", Path::new("a"), broken()).is_closed_pipe());
    }
}
