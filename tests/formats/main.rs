//! Reports of the real binary: each format on the example tree and on names that try to break it; where reports go, and
//! what the process exits with.
//!
//! `SNAPSHOTS=overwrite cargo test --test formats` writes what is expected anew. `validate` beside this file has the real
//! readers of the formats judge them.

mod exit_codes;
#[cfg(unix)]
mod hostile;
mod outputs;
mod scratch;

use std::fs;
use std::path::Path;

use serde_json::Value;
use waypost::rules::RULES;

use crate::scratch::Scratch;

const FORMATS: &[&str] = &["checkstyle", "github", "gitlab", "jsonl", "junit", "markdown", "rdjson", "sarif"];

#[test]
fn the_example_tree_in_every_format() {
    let scratch = Scratch::of_example();
    for format in FORMATS {
        let run = scratch.check(&["--format", format]);
        assert_eq!((run.code, &*run.stderr), (1, ""), "{format}");
        let mut report = run.stdout;
        if *format == "sarif" {
            // The first line holds the pages of all rules.
            report = report.split_once('\n').unwrap().1.to_owned();
        }
        holds(format, &report);
    }
    holds("statistics", &scratch.check(&["--statistics"]).stdout);
}

#[test]
fn sarif_tells_of_every_rule() {
    let log: Value =
        serde_json::from_str(&Scratch::of_example().check(&["--format", "sarif"]).stdout).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), RULES.len());
    for result in run["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    assert_eq!(run["invocations"][0]["exitCode"], 1);
}

#[track_caller]
fn holds(name: &str, actual: &str) {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/expected").join(format!("{name}.txt"));
    if std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite") {
        fs::write(file, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    assert!(expected == actual, "{name}: SNAPSHOTS=overwrite writes it anew\n{actual}");
}
