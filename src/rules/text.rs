//! Words that several rules put into their messages.

/// `1 cell`, `2 cells`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
