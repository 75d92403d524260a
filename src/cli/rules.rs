//! `waypost rules`: the list of all rules.

use std::io::Write;

use super::{Failure, NOTHING_FOUND};
use crate::rules::{RULES, Rule};

/// Prints each rule with its level and its problem.
pub(super) fn run(out: &mut dyn Write) -> Result<u8, Failure> {
    let widest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in RULES {
        writeln!(out, "{:widest$}  {:7}  {}", rule.id, level(rule), rule.summary)?;
    }
    Ok(NOTHING_FOUND)
}

fn level(rule: &Rule) -> &'static str {
    rule.level.map_or("off", |level| level.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_rule_once() {
        let mut out = Vec::new();
        run(&mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let listed: Vec<&str> = out.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(listed, RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
    }
}
