//! Shows changes as a unified diff that `git apply` and `patch -p1` take, byte for byte.
//!
//! The only file that names `similar`. Lines end at `\n` alone, as in both tools: a `\r` is part of the line.

use std::io::{self, Write};

use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices, group_diff_ops};

use super::Change;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// Prints the changes; paths are relative to the root. With `color` it is for a terminal instead of a tool: lines are
/// coloured and control characters are not passed on.
pub fn diff(changes: &[Change], color: bool, out: &mut dyn Write) -> io::Result<()> {
    for change in changes {
        write_file(change, color, out)?;
    }
    Ok(())
}

fn write_file(change: &Change, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let before: Vec<&str> = change.before.split_inclusive('\n').collect();
    let after: Vec<&str> = change.after.split_inclusive('\n').collect();
    let path = change.path.as_str();
    let (old, new) = (quoted("a/", path), quoted("b/", path));
    // Tools take what follows a blank for a date, unless a tab ends the name.
    let end = if path.contains(' ') { "\t" } else { "" };
    paint(color, "1", &format!("diff --git {old} {new}\n"), out)?;
    paint(color, "1", &format!("--- {old}{end}\n"), out)?;
    paint(color, "1", &format!("+++ {new}{end}\n"), out)?;
    for hunk in group_diff_ops(capture_diff_slices(Algorithm::Myers, &before, &after), CONTEXT) {
        write_hunk(&hunk, &before, &after, color, out)?;
    }
    Ok(())
}

fn write_hunk(
    hunk: &[DiffOp],
    before: &[&str],
    after: &[&str],
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
        return Ok(());
    };
    let old = range(first.old_range().start, last.old_range().end);
    let new = range(first.new_range().start, last.new_range().end);
    paint(color, "36", &format!("@@ -{old} +{new} @@\n"), out)?;
    for change in hunk.iter().flat_map(|op| op.iter_changes(before, after)) {
        write_line(change.tag(), change.value(), color, out)?;
    }
    Ok(())
}

fn write_line(tag: ChangeTag, line: &str, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let (sign, code) = match tag {
        ChangeTag::Equal => (' ', ""),
        ChangeTag::Delete => ('-', "31"),
        ChangeTag::Insert => ('+', "32"),
    };
    paint(color && !code.is_empty(), code, &format!("{sign}{}", harmless(line, color)), out)?;
    if !line.ends_with('\n') {
        writeln!(out, "\n\\ No newline at end of file")?;
    }
    Ok(())
}

/// `first,count` as hunk headers have it.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

/// A path as git writes it: in C quotes where it holds something that would end it.
fn quoted(prefix: &str, path: &str) -> String {
    let special = |character: char| character.is_control() || matches!(character, '"' | '\\');
    if !path.contains(special) {
        return format!("{prefix}{path}");
    }
    let mut quoted = format!("\"{prefix}");
    for character in path.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if character.is_control() => {
                let mut bytes = [0; 4];
                let bytes = character.encode_utf8(&mut bytes).bytes();
                quoted.extend(bytes.map(|byte| format!("\\{byte:03o}")));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// A line of a page for a terminal.
fn harmless(line: &str, color: bool) -> String {
    if !color {
        return line.to_owned();
    }
    let steers = |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    line.replace("\r\n", "\n").replace(steers, "\u{fffd}").replace('\r', "\u{fffd}")
}

fn paint(color: bool, code: &str, line: &str, out: &mut dyn Write) -> io::Result<()> {
    if !color {
        return out.write_all(line.as_bytes());
    }
    let content = line.trim_end_matches('\n');
    write!(out, "\u{1b}[{code}m{content}\u{1b}[0m{}", &line[content.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::DocPath;
    use std::fs;
    use std::path::PathBuf;
    use std::process::Command;

    fn change(path: &str, before: &str, after: &str) -> Change {
        Change { path: DocPath::new(path), before: before.into(), after: after.to_owned(), fixes: 1 }
    }

    fn print(changes: &[Change], color: bool) -> String {
        let mut out = Vec::new();
        diff(changes, color, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn shows_lines_around_the_change() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
        assert_eq!(
            print(&[change("a.md", before, &before.replace('8', "x"))], false),
            "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -5,5 +5,5 @@\n 5\n 6\n 7\n-8\n+x\n 9\n\
             \\ No newline at end of file\n"
        );
    }

    #[test]
    fn colours_do_not_let_a_page_steer_the_terminal() {
        let printed = print(&[change("a.md", "a\u{1b}[2J\r\n", "b\r\n")], true);
        assert!(printed.contains("\u{1b}[31m-a\u{fffd}[2J\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n"), "{printed:?}");
    }

    #[test]
    fn git_and_patch_apply_it() {
        let many = "line\n".repeat(50);
        let changes = [
            change("a b.md", "x\r\ny\rz\r\n", "x\r\nY\rz\r\n"),
            change("c.md", "one", "two"),
            change("d/é.md", &format!("a\n{many}b\n{many}c"), &format!("A\n{many}B\n{many}C\n")),
            change("d/q\"\\\t\n.md", "a\n", "b\n"),
            change("empty.md", "", "text"),
            change("emptied.md", "text\r", ""),
        ];
        let patch = print(&changes, false);
        for tool in [&["git", "apply", "-p1"][..], &["patch", "-p1", "--binary", "-s"]] {
            let folder = scratch(tool[0]);
            fs::create_dir_all(folder.join("d")).unwrap();
            // GNU patch removes a file that becomes empty, and cannot tell an empty one from none.
            let is_for = |change: &&Change| tool[0] == "git" || !change.path.as_str().starts_with("empt");
            let changes: Vec<_> = changes.iter().filter(is_for).collect();
            for change in &changes {
                fs::write(folder.join(change.path.as_str()), &*change.before).unwrap();
            }
            let patch = if tool[0] == "git" {
                patch.clone()
            } else {
                changes.iter().map(|c| print(&[(*c).clone()], false)).collect()
            };
            fs::write(folder.join("all.patch"), &patch).unwrap();
            let input = fs::File::open(folder.join("all.patch")).unwrap();
            let Ok(status) =
                Command::new(tool[0]).args(&tool[1..]).stdin(input).current_dir(&folder).status()
            else {
                continue; // not installed
            };
            assert!(status.success(), "{tool:?}\n{patch}");
            for change in changes {
                let path = folder.join(change.path.as_str());
                assert_eq!(fs::read_to_string(path).unwrap(), change.after, "{tool:?}");
            }
            fs::remove_dir_all(folder).unwrap();
        }
    }

    /// Outside any repository, since `git apply` looks for one.
    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("waypost-patch-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }
}
