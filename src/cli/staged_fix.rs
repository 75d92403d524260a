//! `check --staged --fix`: mends what is staged, and never stages what is not.
//!
//! pre-commit and prek set aside what is not staged, and put it back onto what they find on disk. Where that cannot be,
//! they take back what hooks wrote on disk, but not what hooks staged: so for them nothing is staged.

use std::fs;
use std::path::Path;

use crate::fix::{self, Change};
use crate::path::DocPath;
use crate::report::Style;
use crate::walk::Tracked;
use crate::words::{count, visible};

/// Mends staged pages, in the index and on disk. Whether all could be mended.
pub(super) fn apply(tracked: &Tracked, root: &Path, changes: &[Change], style: &Style) -> bool {
    let mut applied = 0;
    let mut all_done = true;
    for change in changes {
        let mended = match is_set_aside() {
            true => mend_on_disk(tracked, root, change),
            false => mend(tracked, root, change),
        };
        match mended {
            Ok(Disk::Mended) => applied += change.fixes,
            Ok(Disk::Left) => {
                applied += change.fixes;
                say(style, &change.path, "note", "is mended in the index only: on disk it is changed there");
            }
            Err(why) => {
                all_done = false;
                say(style, &change.path, "error", &format!("was not changed: {why}"));
            }
        }
    }
    let done =
        if is_set_aside() { "applied on disk: stage what you want of it" } else { "applied and staged" };
    super::say(|stderr| writeln!(stderr, "{} {done}", count(applied, "fix")));
    all_done
}

/// Whether a runner has set aside what is not staged.
fn is_set_aside() -> bool {
    std::env::var_os("PRE_COMMIT").is_some()
}

fn mend_on_disk(tracked: &Tracked, root: &Path, change: &Change) -> Result<Disk, String> {
    if !tracked.is_same_on_disk(&change.path) {
        return Err("it has changes that are not staged".to_owned());
    }
    write(root, change.clone()).map(|()| Disk::Mended)
}

/// What became of the file on disk.
enum Disk {
    Mended,
    Left,
}

fn mend(tracked: &Tracked, root: &Path, change: &Change) -> Result<Disk, String> {
    if let Some(why) = tracked.cannot_stage() {
        return Err(why.to_owned());
    }
    if tracked.is_same_on_disk(&change.path) {
        write(root, change.clone())?;
        return if tracked.stage(&change.path, None) { Ok(Disk::Mended) } else { Err(refused()) };
    }
    if !tracked.stage(&change.path, Some(&change.after)) {
        return Err(refused());
    }
    let on_disk = fs::read_to_string(root.join(change.path.as_str())).ok();
    let mended = on_disk.and_then(|text| Some((mended_like(&text, change)?, text)));
    Ok(match mended {
        Some((after, before)) => {
            let change = Change { before: before.into(), after, ..change.clone() };
            write(root, change).map_or(Disk::Left, |()| Disk::Mended)
        }
        None => Disk::Left,
    })
}

fn write(root: &Path, change: Change) -> Result<(), String> {
    let written = fix::apply(root, &[change]).into_iter().next();
    written.map_or(Ok(()), |written| written.map(|_| ()).map_err(|failure| failure.reason.to_string()))
}

fn refused() -> String {
    "git does not stage it".to_owned()
}

/// A text with other changes besides, mended in the same lines; `None` where these lines are not there once each.
fn mended_like(text: &str, change: &Change) -> Option<String> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (change.before.lines().collect(), change.after.lines().collect());
    if before.len() != after.len() {
        return None;
    }
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let content = |line: &str| line.trim_end_matches(['\r', '\n']).len();
    let mut mended: Vec<(usize, String)> = Vec::new();
    for (old, new) in before.iter().zip(&after).filter(|(old, new)| old != new) {
        let mut same = (0..lines.len()).filter(|&at| lines[at][..content(lines[at])] == **old);
        let (at, None) = (same.next()?, same.next()) else { return None };
        mended.push((at, format!("{new}{}", &lines[at][content(lines[at])..])));
    }
    for (at, line) in &mended {
        lines[*at] = line;
    }
    Some(lines.concat())
}

fn say(style: &Style, path: &DocPath, kind: &str, what: &str) {
    let path = style.base.show(path).into_owned();
    super::say(|stderr| writeln!(stderr, "{kind}: {} {what}", visible(&path)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(disk: &str) -> Option<String> {
        let (before, after) = ("# A\n\n[x](b)\n[z](c)\n", "# A\n\n[x](b.md)\n[z](c)\n");
        mended_like(
            disk,
            &Change { path: DocPath::new("a.md"), before: before.into(), after: after.into(), fixes: 1 },
        )
    }

    #[test]
    fn the_same_lines_are_mended_where_they_are_told_apart() {
        assert_eq!(mended("New\r\n[x](b)\r\n").as_deref(), Some("New\r\n[x](b.md)\r\n"));
        assert_eq!(mended("[x](b)").as_deref(), Some("[x](b.md)"));
        for disk in ["[x](b) more\n", "[x](b)\n[x](b)\n", ""] {
            assert_eq!(mended(disk), None, "{disk}");
        }
    }
}
