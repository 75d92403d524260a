//! 0, 1 or 2, and the same in every format.

use crate::FORMATS;
use crate::scratch::Scratch;

const WARNING: (&str, &str) = ("warning.md", "# A page\n\nSee [a][b].\n");
const ERROR: (&str, &str) = ("error.md", "# A page\n\nSee [a](gone.md).\n");

#[test]
fn the_same_in_every_format() {
    let clean = Scratch::new(&[("clean.md", "# A page\n")]);
    let wrong = Scratch::new(&[ERROR]);
    for format in FORMATS.iter().chain(&["pretty", "concise", "json"]) {
        assert_eq!(clean.check(&["--format", format]).code, 0, "{format}");
        assert_eq!(wrong.check(&["--format", format]).code, 1, "{format}");
        assert_eq!(wrong.check(&["--format", format, "no-such-folder"]).code, 2, "{format}");
    }
    assert_eq!(wrong.check(&["--statistics"]).code, 1);
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
