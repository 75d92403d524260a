//! Very many findings, in every format.

use crate::tree::{FORMATS, Tree};

const MANY: usize = 200_000;

#[test]
fn two_hundred_thousand_findings_stand_on_one_line() {
    let tree = Tree::page("[x](gone.md) ".repeat(MANY));
    for format in FORMATS {
        let ran = tree.run(&["check", "--format", format]);
        assert_eq!(ran.code, 1, "{format}: {}", ran.stderr);
        match format {
            "json" => {
                let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
                let findings = report["findings"].as_array().unwrap();
                assert_eq!(findings.len(), MANY);
                let last = &findings[MANY - 1];
                assert_eq!((&last["line"], &last["column"]), (&1.into(), &((MANY - 1) * 13 + 5).into()));
                assert_eq!(report["summary"]["levels"]["error"], MANY);
            }
            "concise" => assert_eq!(ran.findings("broken-link").len(), MANY),
            _ => {
                assert!(ran.stdout.len() < 10_000, "{}", ran.stdout.len());
                assert!(ran.stdout.contains("and 199,992 more on this line"), "{}", ran.stdout);
            }
        }
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let tree = Tree::page("[x](gone.md)\n\n".repeat(20_000));
    for format in FORMATS {
        let mut child = Command::new(env!("CARGO_BIN_EXE_waypost"))
            .args(["check", "--format", format])
            .current_dir(tree.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{format}");
        assert!(ended.status.code().is_some_and(|code| code < 2), "{format}");
    }
}
