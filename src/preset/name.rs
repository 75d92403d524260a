//! When two names of a process or phase are the same one, however people write it.
//!
//! Owns the normal form. Does not know which names there are.

/// A name as it is looked up: case, hyphens, `&`, plural, British or American spelling, numbering, remarks in
/// parentheses and the words "IT", "ITIL" and "process" around it do not matter.
#[must_use]
pub fn key(name: &str) -> String {
    let plain = without_parentheses(without_number(name.trim()));
    let mut words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(word)
        .filter(|word| !matches!(word.as_str(), "and" | "und" | "the"))
        .collect();
    while words.len() > 1 && matches!(words[0].as_str(), "it" | "itil") {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|last| is_kind(last)) {
        words.pop();
    }
    words.join(" ")
}

/// The name of a phase in a heading that may say more: "Phase 2: Service design".
#[must_use]
pub fn phase_key(heading: &str) -> String {
    let key = key(heading);
    let mut words: Vec<&str> = key.split(' ').collect();
    while words.len() > 1 && is_around_phase(words[0]) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|last| is_around_phase(last) || is_kind(last)) {
        words.pop();
    }
    words.join(" ")
}

/// The parts of a heading that a colon, dash or bar parts.
pub fn parts(heading: &str) -> impl Iterator<Item = &str> {
    heading.split([':', '–', '—', '|', '·']).flat_map(|part| part.split(" - "))
}

/// "process", "practice" and the like say of a name only what it is the name of.
fn is_kind(word: &str) -> bool {
    matches!(
        word,
        "process" | "processe" | "practice" | "function" | "prozess" | "prozesse" | "praktik" | "praktiken"
    )
}

fn is_around_phase(word: &str) -> bool {
    let is_number = word.trim_start_matches('v').bytes().all(|byte| byte.is_ascii_digit());
    is_number
        || matches!(
            word,
            "phase" | "stage" | "lifecycle" | "life" | "cycle" | "itil" | "it" | "group" | "in" | "of"
        )
}

/// The text without "4.2 " before it.
fn without_number(text: &str) -> &str {
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) if first.ends_with(['.', ')']) || first.contains('.') => {
            let is_number = first.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b')'));
            if is_number { rest } else { text }
        }
        _ => text,
    }
}

/// The text without remarks in parentheses, unless that is all.
fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                outside.push(' ');
            }
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    if outside.trim().is_empty() { text.to_owned() } else { outside }
}

fn word(written: &str) -> String {
    let lower = written.to_lowercase();
    let spelled = match lower.as_str() {
        "mgmt" | "mgt" | "mgmnt" | "mngt" => "management",
        "config" => "configuration",
        "catalog" | "catalogs" => "catalogue",
        "fulfillment" => "fulfilment",
        "7" => "seven",
        other => other,
    };
    let singular = match spelled.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => spelled,
    };
    singular.replace("isation", "ization")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        for (one, other) in [
            ("Service-level management", "Service level management"),
            ("Service asset & configuration mgmt (SACM)", "Service asset and configuration management"),
            ("4.2 Incident Management process", "incident management"),
            ("Service catalog management", "Service catalogue management"),
            ("IT service continuity management", "Service continuity management"),
            ("7-step improvement process", "Seven-step improvement"),
            ("Release/deployment management", "Release and deployment management"),
            ("Organisational change management", "Organizational change management"),
            ("Incident  management:", "Incident management"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        for (one, other) in [
            ("Service design", "Service desk"),
            ("Access management", "Acces management"),
            ("Change management", "Change"),
        ] {
            assert_ne!(key(one), key(other), "{one}");
        }
        assert_eq!(key("(SACM)"), "sacm");
        assert_eq!(key(""), "");
        assert_eq!(key("ITIL"), "itil");
    }

    #[test]
    fn phases_in_headings() {
        for heading in [
            "Service operations",
            "Phase 4: Service Operation",
            "ITIL service operation phase",
            "4. Service operation (SO)",
        ] {
            let names = parts(heading).any(|part| phase_key(part) == phase_key("Service operation"));
            assert!(names, "{heading}");
        }
        assert_ne!(phase_key("Service operation of the harbour"), phase_key("Service operation"));
    }
}
