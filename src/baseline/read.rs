//! Reads the text of a baseline, and says where it is wrong.

use super::{Baseline, Entry, VERSION};
use crate::data::{Kind, Value, json};
use crate::fingerprint::Fingerprint;
use crate::path::DocPath;
use crate::source::Span;

/// What is wrong with a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub message: String,
    /// The way out.
    pub help: &'static str,
}

const WRITE_ANEW: &str = "`waypost baseline` writes it anew";

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn parse(text: &str) -> Result<Baseline, Fault> {
        if let Some(span) = conflict(text) {
            let message = "git has left its marks of a merge conflict here".to_owned();
            let help = "keep the lines of both sides without the marks, then run `waypost baseline --prune`";
            return Err(Fault { span, message, help });
        }
        let (value, _) = json::parse(text).map_err(|fault| Fault {
            span: fault.span,
            message: fault.message,
            help: WRITE_ANEW,
        })?;
        check_version(&value)?;
        let Some(findings) = value.get("findings") else {
            return Err(wrong(&value, "it has no list `findings`"));
        };
        let Some(list) = findings.as_array() else {
            return Err(wrong(findings, "`findings` is no list"));
        };
        Ok(Baseline { entries: list.iter().map(entry).collect::<Result<_, _>>()? })
    }
}

fn check_version(value: &Value) -> Result<(), Fault> {
    let Some(version) = value.get("version") else {
        return Err(wrong(value, "this is no baseline of waypost: it has no `version`"));
    };
    match whole(version) {
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => {
            let message =
                format!("a newer waypost has written this: version {newer}, this waypost reads {VERSION}");
            Err(Fault {
                span: version.span,
                message,
                help: "update waypost, or have this one write it anew with `waypost baseline`",
            })
        }
        _ => Err(wrong(version, "there is no such version")),
    }
}

fn entry(value: &Value) -> Result<Entry, Fault> {
    let text = |key: &str| match value.get(key) {
        Some(text) => text.as_str().ok_or_else(|| wrong(text, &format!("`{key}` is no text"))),
        None => Err(wrong(value, &format!("this has no `{key}`"))),
    };
    let count = match value.get("count") {
        Some(count) => whole(count).ok_or_else(|| wrong(count, "`count` is no whole number"))?,
        None => 1,
    };
    let (path, rule, about) = (text("path")?, text("rule")?, text("about")?);
    let fingerprint = Fingerprint { path: DocPath::new(path), rule: rule.into(), about: about.into() };
    Ok(Entry { fingerprint, count: usize::try_from(count).unwrap_or(usize::MAX), span: value.span })
}

fn whole(value: &Value) -> Option<u64> {
    match &value.kind {
        Kind::Number(number) => number.parse().ok(),
        _ => None,
    }
}

fn wrong(value: &Value, message: &str) -> Fault {
    Fault { span: value.span, message: message.to_owned(), help: WRITE_ANEW }
}

/// The first line that git leaves in a file with conflicts.
fn conflict(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if ["<<<<<<< ", ">>>>>>> ", "||||||| "].iter().any(|mark| line.starts_with(mark)) {
            return Some(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}
