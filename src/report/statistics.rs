//! Counts by rule and by folder instead of the findings: where a large tree hurts most.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Style;
use super::summary::{Table, Tally};
use super::text::Ink;
use crate::engine::Report;
use crate::finding::Level;
use crate::path::DocPath;
use crate::words::{count, number, visible};

/// More than a terminal shows helps nobody.
const MOST_FOLDERS: usize = 30;

/// Prints the report.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    Tally::of(report).write(style, out, Table::Yes)?;
    if report.findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.paint(Ink::Strong, "By folder"))?;
    writeln!(out, "{:>9}{:>10}{:>8}", "errors", "warnings", "infos")?;
    let folders = by_folder(report);
    for (folder, counts) in folders.iter().take(MOST_FOLDERS) {
        let [errors, warnings, infos] = Level::ALL.map(|level| number(counts[level as usize]));
        let folder = style.base.show(folder);
        let folder = if folder.is_empty() { ".".into() } else { visible(&folder) };
        writeln!(out, "{errors:>9}{warnings:>10}{infos:>8}  {folder}")?;
    }
    match folders.len().saturating_sub(MOST_FOLDERS) {
        0 => Ok(()),
        more => writeln!(out, "{:>29}{} more", "", count(more, "folder")),
    }
}

/// Findings of each level by the folder that holds their page; most first.
fn by_folder(report: &Report) -> Vec<(DocPath, [usize; 3])> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in &report.findings {
        counts.entry(finding.path.folder()).or_default()[finding.level as usize] += 1;
    }
    let mut folders: Vec<_> =
        counts.into_iter().map(|(folder, counts)| (DocPath::new(folder), counts)).collect();
    folders.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    folders
}
