//! All keys of the file, table by table: what each table takes, and where a misplaced key belongs.

/// Keys above the first table header.
pub(super) const TOP: &[&str] = &[
    "dialect",
    "exclude",
    "repository",
    "rules",
    "links",
    "mounts",
    "learn",
    "overrides",
    "preset",
    "table",
];
/// Keys of `[links]`.
pub(super) const LINKS: &[&str] = &["accept", "accept-anchors"];
/// Keys of `[learn]`.
pub(super) const LEARN: &[&str] = &["base-path"];
/// Keys of an `[[overrides]]`.
pub(super) const OVERRIDE: &[&str] = &["files", "dialect", "rules"];

/// How to write a key that stands in the wrong table: mostly a top-level key that slipped below a header.
pub(super) fn of(key: &str) -> Option<String> {
    let under = |header: &str| Some(format!("`{key}` belongs under `{header}`"));
    match key {
        "dialect" | "exclude" | "repository" => {
            Some(format!("write `{key}` above the first `[…]` line of the file"))
        }
        _ if LINKS.contains(&key) => under("[links]"),
        _ if LEARN.contains(&key) => under("[learn]"),
        _ if OVERRIDE.contains(&key) && !TOP.contains(&key) => under("[[overrides]]"),
        _ if TOP.contains(&key) => Some(format!("write `[{key}]`: it is a table of its own")),
        _ => None,
    }
}
