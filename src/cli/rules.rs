//! `waypost rules`: the list of all rules.

use std::io::Write;

use super::{Failure, NOTHING_FOUND};
use crate::dialect::{DIALECTS, Dialect};
use crate::rules::{RULES, Rule};

/// Prints each rule with its level in each dialect and its problem.
pub(super) fn run(out: &mut dyn Write) -> Result<u8, Failure> {
    let widest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let levels = |cell: &dyn Fn(&Dialect) -> &'static str| -> String {
        DIALECTS.iter().map(|dialect| format!("{:7}  ", cell(dialect))).collect()
    };
    writeln!(out, "{:widest$}  {}problem", "rule", levels(&|dialect| dialect.name))?;
    for rule in RULES {
        writeln!(out, "{:widest$}  {}{}", rule.id, levels(&|dialect| level(dialect, rule)), rule.summary)?;
    }
    Ok(NOTHING_FOUND)
}

fn level(dialect: &Dialect, rule: &Rule) -> &'static str {
    dialect.level(rule).map_or("off", |level| level.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_rule_once() {
        let mut out = Vec::new();
        run(&mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let listed: Vec<&str> =
            out.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(listed, RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
    }
}
