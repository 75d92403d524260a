//! `waypost explain`: a rule's page of the manual.

use std::io::Write;

use super::args::ExplainArgs;
use super::{Failure, NOTHING_FOUND};
use crate::nearest::nearest;
use crate::rules::{RULES, Rule};

/// Prints the page.
pub(super) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<u8, Failure> {
    let rule = Rule::find(&args.rule).ok_or_else(|| unknown(&args.rule))?;
    writeln!(out, "{}", rule.page.trim_end())?;
    Ok(NOTHING_FOUND)
}

fn unknown(written: &str) -> Failure {
    let help = match nearest(written, RULES.iter().map(|rule| rule.id)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`waypost rules` lists them".to_owned(),
    };
    Failure::usage(format!("unknown rule `{written}`")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_the_page_of_every_rule() {
        for rule in RULES {
            let mut out = Vec::new();
            run(&ExplainArgs { rule: rule.id.to_owned() }, &mut out).unwrap();
            assert!(!out.is_empty());
        }
    }

    #[test]
    fn offers_the_rule_that_was_meant() {
        let mut out = Vec::new();
        let failure = run(&ExplainArgs { rule: "brokn-link".to_owned() }, &mut Vec::new()).unwrap_err();
        failure.write(&mut out).unwrap();
        let expected = "error: unknown rule `brokn-link`\nhelp: did you mean `broken-link`?\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
