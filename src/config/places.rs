//! All keys of the file, table by table: what each table takes, and where a misplaced key belongs.

/// Keys above the first table header.
pub(super) const TOP: &[&str] = &[
    "root",
    "extends",
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
/// Those of them that hold for the whole tree: a folder cannot refine them.
pub(super) const TREE_WIDE: &[&str] = &["repository", "links", "mounts", "learn", "preset", "presets"];
/// Keys of `[links]`.
pub(super) const LINKS: &[&str] = &["accept", "accept-anchors"];
/// Keys of `[learn]`.
pub(super) const LEARN: &[&str] = &["base-path"];
/// Keys of an `[[overrides]]`.
pub(super) const OVERRIDE: &[&str] = &["files", "dialect", "rules"];
/// Keys of a `[[table]]`.
pub(super) const TABLE: &[&str] = &[
    "name",
    "files",
    "heading",
    "header",
    "cells",
    "required",
    "level",
    "message",
    "other-columns",
    "ordered",
    "min-rows",
    "max-rows",
    "sorted-by",
    "key",
    "required-rows",
    "column",
    "when",
    "count",
];
/// Those of them that a table can break.
pub(super) const DEMANDS_OF_TABLE: &[&str] = &[
    "required",
    "other-columns",
    "ordered",
    "min-rows",
    "max-rows",
    "sorted-by",
    "required-rows",
    "column",
    "when",
    "count",
];
/// Keys of a `[[table.column]]` besides those of a cell.
pub(super) const COLUMN: &[&str] = &["name", "aliases", "optional", "level", "message"];
/// What a cell must be: keys of a column and of both sides of a condition.
pub(super) const CELL: &[&str] = &[
    "empty",
    "placeholder",
    "not-applicable",
    "separator",
    "values",
    "case-sensitive",
    "pattern",
    "unique",
    "references",
    "max-length",
    "link",
];
/// Keys of `link`.
pub(super) const LINK: &[&str] = &["min", "max", "kind", "resolves", "below"];
/// Keys of `references`.
pub(super) const REFERENCE: &[&str] = &["table", "column"];
/// Keys of an entry of `values` or `required-rows`.
pub(super) const TERM: &[&str] = &["name", "aliases"];
/// Keys of a `[[table.when]]`.
pub(super) const WHEN: &[&str] = &["if", "then", "level", "message"];
/// Keys of both sides of a condition besides those of a cell.
pub(super) const TEST: &[&str] = &["column"];
/// Keys of a `[[table.count]]`.
pub(super) const COUNT: &[&str] = &["values", "columns", "min", "max", "level", "message"];

/// How to write a key that stands in the wrong table: mostly a top-level key that slipped below a header.
pub(super) fn of(key: &str) -> Option<String> {
    let under = |header: &str| Some(format!("`{key}` belongs under `{header}`"));
    match key {
        "root" | "extends" | "dialect" | "exclude" | "preset" | "repository" => {
            Some(format!("write `{key}` above the first `[…]` line of the file"))
        }
        _ if LINKS.contains(&key) => under("[links]"),
        _ if LEARN.contains(&key) => under("[learn]"),
        _ if OVERRIDE.contains(&key) && !TOP.contains(&key) => under("[[overrides]]"),
        "table" => Some("write `[[table]]`: it is a list of tables".to_owned()),
        _ if TOP.contains(&key) => Some(format!("write `[{key}]`: it is a table of its own")),
        "column" | "when" | "count" => Some(format!("write `[[table.{key}]]`, below a `[[table]]`")),
        "if" | "then" => under("[[table.when]]"),
        "aliases" | "optional" => under("[[table.column]]"),
        _ if CELL.contains(&key) => under("[[table.column]]"),
        // What follows the line `[[table.column]]` belongs to the column.
        _ if TABLE.contains(&key) => {
            Some(format!("`{key}` belongs under `[[table]]`, above its first `[[table.…]]` line"))
        }
        _ => None,
    }
}
