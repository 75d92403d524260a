//! 0, 1 or 2, and the same in every format. That a panic is 2 as well is tested where it is caught, in `src/cli/mod.rs`.

use std::fs;
use std::process::Stdio;

use crate::FORMATS;
use crate::scratch::Scratch;

const WARNING: (&str, &str) = ("warning.md", "# A page\n\nSee [a][b].\n");
const ERROR: (&str, &str) = ("error.md", "# A page\n\nSee [a](gone.md).\n");

#[test]
fn the_same_in_every_format() {
    let clean = Scratch::new(&[("clean.md", "# A page\n")]);
    let empty = Scratch::new(&[]);
    let wrong = Scratch::new(&[ERROR]);
    let mistake = Scratch::new(&[ERROR, ("waypost.toml", "dialekt = 'learn'\n")]);
    let unreadable = Scratch::new(&[]);
    fs::write(unreadable.0.join("a.md"), b"# \xff\n").unwrap();
    for format in FORMATS.iter().chain(&["pretty", "concise", "json"]) {
        for (scratch, further, code, speaks) in [
            (&clean, &[][..], 0, false),
            (&empty, &[], 0, true),
            (&wrong, &[], 1, false),
            // A page that cannot be read is a warning: the others were checked.
            (&unreadable, &[], 0, false),
            (&unreadable, &["--fail-on", "warning"], 1, false),
            (&mistake, &[], 2, true),
            (&wrong, &["no-such-folder"], 2, true),
            (&wrong, &["--no-such-flag"], 2, true),
        ] {
            let run = scratch.check(&[&["--format", format], further].concat());
            assert_eq!(
                (run.code, !run.stderr.is_empty()),
                (code, speaks),
                "{format} {further:?} {}",
                run.stderr
            );
            assert!(code < 2 || run.stdout.is_empty(), "{format} {further:?} {}", run.stdout);
        }
    }
    assert_eq!(wrong.check(&["--statistics"]).code, 1);
}

#[test]
fn a_reader_who_leaves_early_changes_nothing_of_what_was_found() {
    let links: String = (0..20_000).map(|link| format!("[a](gone-{link}.md)\n\n")).collect();
    let wrong = Scratch::new(&[("a.md", &links)]);
    for format in ["pretty", "concise", "json", "sarif"] {
        let mut waypost = wrong.command(&["--format", format]);
        let mut process = waypost.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(process.stdout.take());
        let output = process.wait_with_output().unwrap();
        assert_eq!((output.status.code(), &*output.stderr), (Some(1), &b""[..]), "{format}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_no_finding() {
    let wrong = Scratch::new(&[ERROR]);
    for format in FORMATS.iter().chain(&["pretty", "concise", "json"]) {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = wrong.command(&["--format", format]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert!(output.stderr.starts_with(b"error: cannot write the output: "), "{format}");
    }
}

#[test]
fn what_fails_a_run_can_be_said() {
    let warning = Scratch::new(&[WARNING]);
    assert_eq!(warning.check(&[]).code, 0);
    assert_eq!(warning.check(&["--fail-on", "warning"]).code, 1);
    assert_eq!(warning.check(&["--max-warnings", "1"]).code, 0);
    assert_eq!(warning.check(&["--max-warnings", "0"]).code, 1);
    let error = Scratch::new(&[ERROR]);
    assert_eq!(error.check(&["--fail-on", "never"]).code, 0);
    assert_eq!(error.check(&["--exit-zero"]).code, 0);
    assert_eq!(error.check(&["--exit-zero", "no-such-folder"]).code, 2);
    assert_eq!(error.check(&["--exit-zero", "--diff"]).code, 0);
    assert_eq!(error.check(&["--fail-on", "sometimes"]).code, 2);
}

#[test]
fn no_pages_are_no_fault() {
    let run = Scratch::new(&[]).check(&["--format", "concise"]);
    assert_eq!((run.code, &*run.stderr), (0, "note: there are no pages to check\n"));
}

#[test]
fn junit_fails_what_fails_the_run() {
    let failures = |arguments: &[&str]| {
        let arguments = [&["--format", "junit"], arguments].concat();
        Scratch::new(&[ERROR, WARNING]).check(&arguments).stdout.matches("<failure ").count()
    };
    assert_eq!(failures(&[]), 1);
    assert_eq!(failures(&["--fail-on", "warning"]), 2);
    assert_eq!(failures(&["--fail-on", "never"]), 0);
    assert_eq!(failures(&["--exit-zero"]), 1);
}
