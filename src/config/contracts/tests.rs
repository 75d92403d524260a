//! Contracts, good and bad.

use crate::config::tests::{good, mistakes};
use crate::config::{ConfigFile, Layer};
use crate::contract::{Contract, LinkType, Origin, Term, Unique};
use crate::finding::Level;
use crate::path::DocPath;
use crate::source::Spanned;

const EVERYTHING: &str = r##"
[[table]]
name = "Services"
files = ["services/**"]
heading = "Service *"
header = ["name", "Zustand"]
required = true
level = "error"
message = "see CONTRIBUTING"
other-columns = false
ordered = true
min-rows = 1
max-rows = 0x32
sorted-by = "Name"
key = "name:"
required-rows = ["Mail", { name = "Catalogue", aliases = ["Catalog"] }]

[[table.column]]
name = "Name"
aliases = ["", "Service"]
pattern = "[A-Z].*"
unique = "tree"
max-length = 80

[[table.column]]
name = "Status"
aliases = ["Zustand"]
values = ["draft", { name = "final", aliases = ["done"] }]
case-sensitive = true
not-applicable = ["n/a"]
separator = ","
level = "info"
message = "status"

[[table.column]]
name = "Docs"
optional = true
empty = false
placeholder = false
link = { min = 1, max = 2, kind = ["page", "anchor"], resolves = true, below = "operate/" }

[[table.column]]
name = "Runs on"
optional = true
references = { table = "servers", column = "Host" }

[[table.when]]
if = { column = "Status", values = ["draft"] }
then = { column = "Docs", empty = true }
level = "warning"

[[table.count]]
values = ["A", "A/R"]
min = 1
max = 1

[[table]]
heading = ["Servers", "Production *"]

[[table.column]]
name = "Host"

[[table]]
name = "Servers"
header = ["Host"]

[[table.column]]
name = "Rack"

[[table.column]]
name = "Machine"
aliases = ["Host"]

[[table.column]]
name = "*"
link = true

[[table.count]]
values = ["x"]
columns = ["*", "Rack"]
max = 2
"##;

fn contracts(text: &str) -> Vec<Contract> {
    good(text).contracts.list
}

fn of<T>(spanned: &Option<Spanned<T>>) -> (&T, &'static str) {
    let spanned = spanned.as_ref().unwrap();
    (&spanned.value, spanned.span.of(EVERYTHING))
}

#[test]
fn reads_every_key_of_a_table() {
    let all = contracts(EVERYTHING);
    let services = &all[0];
    assert_eq!(services.origin, Origin::File(DocPath::new("waypost.toml")));
    assert_eq!(services.span.of(EVERYTHING), "[[table]]");
    assert_eq!(services.name, "Services");
    assert!(services.selection.files.as_ref().unwrap().matches(&DocPath::new("services/a.md")));
    let written = |wordings: &[crate::contract::Wording]| {
        wordings.iter().map(|wording| wording.written.clone()).collect::<Vec<_>>()
    };
    assert_eq!(written(&services.selection.headings), ["Service *"]);
    assert_eq!(written(&services.selection.header), ["name", "Zustand"]);
    assert_eq!(services.required.unwrap().of(EVERYTHING), "required");
    assert_eq!(services.closed.unwrap().of(EVERYTHING), "other-columns");
    assert_eq!(services.ordered.unwrap().of(EVERYTHING), "ordered");
    assert_eq!(services.voice.level, Some(Level::Error));
    assert_eq!(services.voice.message.as_deref(), Some("see CONTRIBUTING"));

    let rows = &services.rows;
    assert_eq!(of(&rows.min), (&1, "min-rows"));
    assert_eq!(of(&rows.max), (&50, "max-rows"));
    assert_eq!(of(&rows.sorted_by), (&0, "sorted-by"));
    assert_eq!(rows.key, 0);
    let catalogue = Term { name: "Catalogue".to_owned(), aliases: vec!["Catalog".to_owned()] };
    assert_eq!(rows.required[1].value, catalogue);
    assert_eq!(rows.required[0].span.of(EVERYTHING), "\"Mail\"");
    let count = &rows.counts[0];
    assert_eq!((&count.columns[..], count.min, count.max), (&[1, 2, 3][..], 1, Some(1)));
    assert_eq!(count.span.of(EVERYTHING), "[[table.count]]");

    let condition = &services.conditions[0];
    assert_eq!((condition.given.column, condition.then.column), (1, 2));
    assert_eq!(condition.then.demands.empty.as_ref().map(|empty| empty.value), Some(true));
    assert_eq!(condition.voice.level, Some(Level::Warning));
}

#[test]
fn reads_every_key_of_a_column() {
    let all = contracts(EVERYTHING);
    let [name, status, docs, runs_on] = &all[0].columns[..] else { panic!("{:?}", all[0].columns) };
    assert_eq!(name.name.span.of(EVERYTHING), "\"Name\"");
    assert_eq!(name.aliases[0].written, "");
    let (pattern, key) = of(&name.demands.pattern);
    assert_eq!((pattern.is_match("Ab"), pattern.is_match("xAb"), key), (true, false, "pattern"));
    assert_eq!(of(&name.demands.unique), (&Unique::Tree, "unique"));
    assert_eq!(of(&name.demands.max_length), (&80, "max-length"));

    let (values, key) = of(&status.demands.values);
    assert_eq!((values.terms.len(), status.demands.case_sensitive, key), (2, true, "values"));
    assert_eq!(status.demands.not_applicable[0].written, "n/a");
    assert_eq!(status.demands.separator.as_deref(), Some(","));
    assert_eq!((status.voice.level, status.voice.message.as_deref()), (Some(Level::Info), Some("status")));

    assert!(name.required && status.required && !docs.required);
    assert_eq!(of(&docs.demands.empty), (&false, "empty"));
    assert_eq!(docs.demands.no_placeholder.unwrap().of(EVERYTHING), "placeholder");
    let (link, key) = of(&docs.demands.link);
    assert_eq!((link.min, link.max, link.resolves, link.below.as_str()), (1, Some(2), true, "operate"));
    assert_eq!((&link.kinds[..], key), (&[LinkType::Page, LinkType::Anchor][..], "link"));

    let (reference, key) = of(&runs_on.demands.references);
    assert_eq!((reference.contract, reference.column, key), (2, 1, "references"));
}

#[test]
fn what_is_not_written_has_a_default() {
    let all = contracts(EVERYTHING);
    assert_eq!(all[1].name, "Production *");
    assert!(all[1].selection.files.is_none() && all[1].required.is_none() && all[1].closed.is_none());
    assert_eq!(all[2].rows.counts[0].columns, [2, 0]);
    assert!(!all[2].columns[2].required);
    let names = |text: &str| contracts(text).into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names("[[table]]\nfiles = ['a']\ncolumn = [{ name = '*' }, { name = 'Host' }]"), ["Host"]);
    assert_eq!(names("[[table]]\nfiles = ['a']\nmin-rows = 1"), ["table 1"]);

    let counted = contracts(
        "[[table]]\nfiles = ['a']\ncolumn = [{ name = 'Task' }]\ncount = [{ values = ['A'], max = 1 }]",
    );
    assert_eq!(counted[0].columns[1].name.value.written, "*");
    assert_eq!(counted[0].rows.counts[0].columns, [1]);

    let link = |text: &str| {
        let all = contracts(&format!("[[table]]\nfiles = ['a']\ncolumn = [{{ name = 'x', link = {text} }}]"));
        let link = all[0].columns[0].demands.link.as_ref().unwrap().value.clone();
        (link.min, link.max)
    };
    assert_eq!(link("true"), (1, None));
    assert_eq!(link("{ max = 2 }"), (1, Some(2)));
    assert_eq!(link("{ max = 0 }"), (0, Some(0)));
    assert_eq!(link("{ min = 0, resolves = true }"), (0, None));
}

#[test]
fn the_origin_is_the_path_of_the_file() {
    let text = "[[table]]\nfiles = ['a']\nmin-rows = 1";
    let file = ConfigFile { path: DocPath::new("../ci/lint.toml"), text: text.into(), presets: Vec::new() };
    let config = crate::config::read(&[Layer { folder: DocPath::default(), files: vec![file] }]).unwrap();
    assert_eq!(config.contracts.list[0].origin, Origin::File(DocPath::new("../ci/lint.toml")));
    assert_eq!(config.texts[0].0.as_str(), "../ci/lint.toml");
}

#[test]
fn a_comment_in_a_pattern_ends_with_its_line() {
    let all = contracts("[[table]]\nfiles = ['a']\ncolumn = [{ name = 'x', pattern = '(?x) a b # c' }]");
    let pattern = &all[0].columns[0].demands.pattern.as_ref().unwrap().value;
    assert!(pattern.is_match("ab") && !pattern.is_match("abc"));
    let all =
        contracts("[[table]]\nfiles = ['a']\ncolumn = [{ name = 'x', pattern = '[\\pL \\-]{1,60}|b' }]");
    let pattern = &all[0].columns[0].demands.pattern.as_ref().unwrap().value;
    assert!(pattern.is_match("Ä b") && !pattern.is_match(&"a".repeat(61)));
}

/// What stands below `[[table]]` and `files = ["a"]`, and all that is said of it.
const BAD: &[(&str, &[&str])] = &[
    // The table.
    (
        "",
        &[
            "this contract demands nothing @ [[table]] ? add a `[[table.column]]`, or a key such as `min-rows = 1`",
        ],
    ),
    (
        "min-row = 1\nordered = true",
        &["unknown key `min-row` in `table` @ min-row ? did you mean `min-rows`?"],
    ),
    (
        "link = true\nordered = true",
        &["unknown key `link` in `table` @ link ? `link` belongs under `[[table.column]]`"],
    ),
    ("then = {}\nordered = true", &["unknown key `then` in `table` @ then ? did you mean `when`?"]),
    (
        "min-rows = -1",
        &[
            "`min-rows` must be a whole number from 0 to 4294967295 @ -1 ? write a number such as `min-rows = 1`",
        ],
    ),
    (
        "min-rows = 5\nmax-rows = 2",
        &["`min-rows = 5` is more than `max-rows = 2` @ min-rows ? exchange the two"],
    ),
    (
        "required = 'yes'",
        &["`required` must be `true` or `false`, not a string @ 'yes' ? write `required = true`"],
    ),
    ("level = 'warn'\nordered = true", &["unknown level `warn` @ 'warn' ? did you mean `warning`?"]),
    ("level = 'off'\nordered = true", &["unknown level `off` @ 'off' ? write `error`, `warning` or `info`"]),
    (
        "message = ' '\nordered = true",
        &["an empty text in `message` @ ' ' ? write what stands there, or remove it"],
    ),
    ("name = 1\nordered = true", &["`name` must be a string, not a whole number @ 1 ? write `name = \"…\"`"]),
    ("heading = []\nordered = true", &["`heading` names none @ [] ? leave the key out"]),
    (
        "heading = ['']\nordered = true",
        &["an empty text in `heading` @ '' ? write what stands there, or remove it"],
    ),
    (
        "heading = 1\nordered = true",
        &[
            "`heading` must be a string or a list of strings, not a whole number @ 1 ? write `heading = [\"…\"]`",
        ],
    ),
    (
        "header = ['*']\nordered = true",
        &["`*` is in every header @ '*' ? name a column, or leave `header` out"],
    ),
    (
        "header = ['A']\ncolumn = [{ name = 'a', optional = true }]",
        &[
            "`header` must have `A`, which is optional @ 'A' ? remove `optional` from the column, or the column from `header`",
        ],
    ),
    (
        "header = ['b']\ncolumn = [{ name = 'a' }]\nother-columns = false",
        &[
            "`header` must have `b`, which `other-columns = false` does not allow @ 'b' ? add a `[[table.column]]` with `name = \"b\"`",
        ],
    ),
    (
        "other-columns = false",
        &[
            "`other-columns = false` without a column: none would be allowed @ other-columns ? name those that are allowed, each with a `[[table.column]]`",
        ],
    ),
    (
        "other-columns = false\ncolumn = [{ name = '*' }]",
        &[
            "`*` is for the columns that `other-columns = false` forbids @ '*' ? remove `other-columns = false`, or the column",
        ],
    ),
    // Rows.
    (
        "key = 'Nam'\ncolumn = [{ name = 'Name' }]",
        &["unknown column `Nam` in `Name` @ 'Nam' ? did you mean `Name`?"],
    ),
    (
        "sorted-by = 'x'\ncolumn = [{ name = 'Name', aliases = ['Nom'] }]",
        &["unknown column `x` in `Name` @ 'x' ? known here: `Name` and `Nom`"],
    ),
    (
        "sorted-by = 'x'",
        &["unknown column `x` in `table 1` @ 'x' ? add a `[[table.column]]` with `name = \"x\"`"],
    ),
    (
        "sorted-by = '*'\ncolumn = [{ name = 'Name' }, { name = '*' }]",
        &["`*` stands for many columns, and `sorted-by` needs one @ '*' ? known here: `Name`"],
    ),
    (
        "required-rows = ['a']",
        &[
            "`required-rows` without a column that names the rows @ required-rows ? add a `[[table.column]]` with the name of the column in which they stand",
        ],
    ),
    (
        "required-rows = ['a', 'b']\nmax-rows = 1\ncolumn = [{ name = 'x' }]",
        &["2 rows are required, and `max-rows = 1` @ required-rows ? allow more rows, or require fewer"],
    ),
    (
        "required-rows = ['a', 'A ']\ncolumn = [{ name = 'x' }]",
        &["`A ` is named twice in `required-rows` @ 'A ' ? keep one of the two"],
    ),
    (
        "required-rows = ['B', 'c']\ncolumn = [{ name = 'x', values = [{ name = 'a', aliases = ['b'] }] }]",
        &[
            "the row `c` is required, but `values` of its column does not allow it @ 'c' ? change one of the two",
        ],
    ),
    (
        "required-rows = ['c']\ncolumn = [{ name = 'x', pattern = '[0-9]' }]",
        &[
            "the row `c` is required, but `pattern` of its column does not allow it @ 'c' ? change one of the two",
        ],
    ),
    (
        "required-rows = [1]\ncolumn = [{ name = 'x' }]",
        &[
            "`required-rows` must hold strings or tables, not a whole number @ 1 ? write `required-rows = [\"…\", { name = \"…\", aliases = [\"…\"] }]`",
        ],
    ),
    // Columns.
    (
        "column = 'a'",
        &[
            "`table.column` must be a list of tables, not a string @ 'a' ? begin each with a line `[[table.column]]`",
        ],
    ),
    (
        "column = ['a']",
        &[
            "`table.column` must hold tables only, not a string @ 'a' ? begin each with a line `[[table.column]]`",
        ],
    ),
    (
        "column = [{ empty = false }]",
        &[
            "a column without `name` @ { empty = false } ? name it as the table's header does, or `\"*\"` for all other columns",
        ],
    ),
    ("column = [{ name = '' }]", &["an empty text in `name` @ '' ? write what stands there, or remove it"]),
    (
        "column = [{ name = 'a' }, { name = ' A:' }]",
        &["` A:` names two columns of this contract @ ' A:' ? keep one of the two"],
    ),
    (
        "column = [{ name = 'a', aliases = ['b'] }, { name = 'c', aliases = ['B'] }]",
        &["`B` names two columns of this contract @ 'B' ? keep one of the two"],
    ),
    (
        "column = [{ name = '*', aliases = ['b'] }]",
        &["`*` stands for any name already @ aliases ? remove the aliases"],
    ),
    ("column = [{ name = 'a', aliases = [] }]", &["`aliases` names none @ [] ? leave the key out"]),
    (
        "[[table.column]]\nname = 'a'\nmin-rows = 1",
        &[
            "unknown key `min-rows` in `table.column` @ min-rows ? `min-rows` belongs under `[[table]]`, above its first `[[table.…]]` line",
        ],
    ),
    (
        "column = [{ name = 'a', required = true }]",
        &[
            "unknown key `required` in `table.column` @ required ? a column is required unless it says `optional = true`",
        ],
    ),
    (
        "column = [{ name = 'a', emtpy = true }]",
        &["unknown key `emtpy` in `table.column` @ emtpy ? did you mean `empty`?"],
    ),
    (
        "column = [{ name = 'a', level = 'x' }]",
        &["unknown level `x` @ 'x' ? write `error`, `warning` or `info`"],
    ),
    // Cells.
    (
        "column = [{ name = 'a', empty = true, link = true }]",
        &["`empty = true` contradicts `link`: nothing may stand in the cell @ empty ? keep one of the two"],
    ),
    (
        "column = [{ name = 'a', empty = true, pattern = 'x' }]",
        &[
            "`empty = true` contradicts `pattern`: nothing may stand in the cell @ empty ? keep one of the two",
        ],
    ),
    ("column = [{ name = 'a', values = [] }]", &["`values` names none @ [] ? leave the key out"]),
    (
        "column = [{ name = 'a', values = [''] }]",
        &["an empty text in `values` @ '' ? write what stands there, or remove it"],
    ),
    (
        "column = [{ name = 'a', values = ['x', 'X'] }]",
        &["`X` is named twice in `values` @ 'X' ? keep one of the two"],
    ),
    ("column = [{ name = 'a', values = ['x', 'X'], case-sensitive = true }]", &[]),
    (
        "column = [{ name = 'a', values = [{ nam = 'x' }] }]",
        &[
            "an entry of `values` without `name` @ { nam = 'x' } ? write `{ name = \"…\", aliases = [\"…\"] }`",
            "unknown key `nam` in `values` @ nam ? did you mean `name`?",
        ],
    ),
    (
        "column = [{ name = 'a', values = 1 }]",
        &["`values` must be a list, not a whole number @ 1 ? write `values = [\"…\", \"…\"]`"],
    ),
    (
        "column = [{ name = 'a', case-sensitive = true }]",
        &[
            "`case-sensitive` without `values`, `unique` or `references` @ case-sensitive ? add one of these, or remove it",
        ],
    ),
    ("column = [{ name = 'a', unique = 'tree', case-sensitive = true }]", &[]),
    ("column = [{ name = 'a', values = ['xy'], max-length = 2 }]", &[]),
    ("required-rows = ['a', 'b']\nmax-rows = 2\ncolumn = [{ name = 'x' }]", &[]),
    ("required-rows = ['x x']\ncolumn = [{ name = 'a', pattern = 'x', separator = ' ' }]", &[]),
    (
        "other-columns = 0\ncolumn = [{ name = 'a' }]",
        &[
            "`other-columns` must be `true` or `false`, not a whole number @ 0 ? write `other-columns = false`",
        ],
    ),
    ("column = [{ name = 'a', values = 'itil-v3' }]\nrequired-rows = ['Service catalog management']", &[]),
    (
        "column = [{ name = 'a', values = 'itil-v3' }]\nrequired-rows = ['Servants']",
        &[
            "the row `Servants` is required, but `values` of its column does not allow it @ 'Servants' ? change one of the two",
        ],
    ),
    (
        "column = [{ name = 'a', placeholder = 0 }]",
        &["`placeholder` must be `true` or `false`, not a whole number @ 0 ? write `placeholder = false`"],
    ),
    (
        "column = [{ name = 'a', values = ['x,y'], separator = ',' }]",
        &["the value `x,y` holds the separator `,` @ values ? change one of the two"],
    ),
    (
        "column = [{ name = 'a', values = ['xy'], pattern = 'x' }]",
        &["the value `xy` is not of the form that `pattern` demands @ values ? change one of the two"],
    ),
    (
        "column = [{ name = 'a', values = ['xy'], max-length = 1 }]",
        &["the value `xy` is longer than `max-length = 1` @ values ? change one of the two"],
    ),
    (
        "column = [{ name = 'a', separator = '' }]",
        &["an empty `separator` @ '' ? write what stands between the values, such as `\",\"`"],
    ),
    (
        "column = [{ name = 'a', not-applicable = '' }]",
        &[
            "`not-applicable` must be a list of strings, not a string @ '' ? write `not-applicable = [\"…\", \"…\"]`",
        ],
    ),
    (
        "column = [{ name = 'a', not-applicable = [''] }]",
        &["an empty text in `not-applicable` @ '' ? write what stands there, or remove it"],
    ),
    (
        "column = [{ name = 'a', not-applicable = ['*'], empty = false }]",
        &["`*` in `not-applicable` is every text: nothing would be demanded @ '*' ? name the texts"],
    ),
    (
        "column = [{ name = 'a', max-length = 0 }]",
        &[
            "`max-length` must be a whole number from 1 to 4294967295 @ 0 ? write a number such as `max-length = 1`",
        ],
    ),
    (
        "column = [{ name = 'a', unique = true }]",
        &["`unique` must be a string, not a boolean @ true ? write `unique = \"table\"`"],
    ),
    (
        "column = [{ name = 'a', unique = 'tabel' }]",
        &["`unique` cannot be `tabel` @ 'tabel' ? did you mean `table`?"],
    ),
    (
        "column = [{ name = 'a', unique = 'page' }]",
        &["`unique` cannot be `page` @ 'page' ? write `table` or `tree`"],
    ),
    (
        "column = [{ name = 'a', pattern = '' }]",
        &["the empty pattern allows empty texts only @ '' ? write `empty = true` instead"],
    ),
    (
        "column = [{ name = 'a', pattern = 'é(' }]",
        &[
            "`é(` is no regular expression: unclosed group @ ( ? the syntax is that of https://docs.rs/regex; in single quotes `\\` needs no doubling",
        ],
    ),
    (
        "column = [{ name = 'a', pattern = 'a)|(b' }]",
        &[
            "`a)|(b` is no regular expression: unopened group @ ) ? the syntax is that of https://docs.rs/regex; in single quotes `\\` needs no doubling",
        ],
    ),
    (
        "column = [{ name = 'a', pattern = '(\\pL{99}){99}' }]",
        &[
            "`(\\pL{99}){99}` is too large a regular expression: it takes more than 4,194,304 bytes @ '(\\pL{99}){99}' ? write `+` or `*` instead of large repetitions",
        ],
    ),
    // Links.
    (
        "column = [{ name = 'a', link = false }]",
        &[
            "`link = false` does not say whether a link may stand here @ false ? leave the key out where a link may stand; write `link = { max = 0 }` where none may",
        ],
    ),
    (
        "column = [{ name = 'a', link = 'page' }]",
        &[
            "`link` must be `true` or a table, not a string @ 'page' ? write `link = { min = 1, resolves = true }`",
        ],
    ),
    (
        "column = [{ name = 'a', link = { kinds = 'page' } }]",
        &["unknown key `kinds` in `link` @ kinds ? did you mean `kind`?"],
    ),
    (
        "column = [{ name = 'a', link = { kind = ['page', 'pages'] } }]",
        &["unknown kind of link `pages` @ 'pages' ? did you mean `page`?"],
    ),
    (
        "column = [{ name = 'a', link = { kind = 'x' } }]",
        &["unknown kind of link `x` @ 'x' ? write `page`, `anchor`, `external`, `file` or `image`"],
    ),
    (
        "column = [{ name = 'a', link = { min = 2, max = 1 } }]",
        &["`min = 2` is more than `max = 1` @ { min = 2, max = 1 } ? exchange the two"],
    ),
    (
        "column = [{ name = 'a', link = { min = 0 } }]",
        &["this `link` demands nothing @ { min = 0 } ? write `link = true`, or say what a link must be"],
    ),
    (
        "column = [{ name = 'a', link = { max = 0, resolves = true } }]",
        &[
            "`max = 0` allows no link, so there is nothing for `resolves` to ask of @ resolves ? remove one of the two",
        ],
    ),
    (
        "column = [{ name = 'a', link = { kind = 'external', below = 'x' } }]",
        &[
            "`below` cannot be asked of links to other sites @ below ? remove it, or allow another `kind`: waypost never opens the network",
        ],
    ),
    (
        "column = [{ name = 'a', link = { below = '../x' } }]",
        &["`../x` leads out of the root @ '../x' ? name a folder of the tree"],
    ),
    (
        "column = [{ name = 'a', link = { below = '/x' } }]",
        &["the folder `/x` begins with `/` @ '/x' ? write it relative to the root: `x`"],
    ),
    // References.
    (
        "name = 'S'\ncolumn = [{ name = 'a', references = 'S' }]",
        &[
            "`references` must be a table, not a string @ 'S' ? write `references = { table = \"Services\", column = \"Name\" }`",
        ],
    ),
    (
        "name = 'S'\ncolumn = [{ name = 'a', references = { table = 'S' } }]",
        &[
            "`references` needs a `table` and a `column` @ { table = 'S' } ? write `references = { table = \"Services\", column = \"Name\" }`",
        ],
    ),
    (
        "name = 'Servers'\ncolumn = [{ name = 'a', references = { table = 'Server', column = 'x' } }]",
        &["no `[[table]]` is called `Server` @ 'Server' ? did you mean `Servers`?"],
    ),
    (
        "name = 'S'\ncolumn = [{ name = 'a', references = { table = 's', column = 'b' } }]",
        &["unknown column `b` in `S` @ 'b' ? known here: `a`"],
    ),
    (
        "name = 'S'\ncolumn = [{ name = 'a', references = { table = 'S', column = '*' } }]",
        &["`*` stands for many columns, and `column` needs one @ '*' ? known here: `a`"],
    ),
    (
        "name = 'S'\ncolumn = [{ name = 'a', references = { table = 'S', column = 'A' } }]",
        &[
            "this column references itself @ { table = 'S', column = 'A' } ? name another column, or write `unique = \"table\"` if that was meant",
        ],
    ),
    (
        "name = 'S'\ncolumn = [{ name = 'a', references = { table = 'T', column = 'b' } }]\n[[table]]\nname = 'T'\nfiles = ['a']\ncolumn = [{ name = 'b' }]\n[[table]]\nname = 't'\nfiles = ['a']\ncolumn = [{ name = 'b' }]",
        &["more than one `[[table]]` is called `T` @ 'T' ? give each a `name` of its own"],
    ),
    // Conditions.
    (
        "when = [{ if = { column = 'a', empty = false } }]\ncolumn = [{ name = 'a' }]",
        &[
            "a condition without `then` @ { if = { column = 'a', empty = false } } ? write `if = { column = \"Status\", values = [\"retired\"] }` and `then = { column = \"Replaced by\", empty = false }`",
        ],
    ),
    (
        "when = [{ if = { column = 'b', empty = false }, then = { empty = true }, els = 1 }]\ncolumn = [{ name = 'a' }]",
        &[
            "unknown column `b` in `a` @ 'b' ? known here: `a`",
            "`then` without `column` @ { empty = true } ? say which: `column = \"…\"`",
            "unknown key `els` in `table.when` @ els ? known here: `if`, `then`, `level` and `message`",
        ],
    ),
    (
        "when = [{ if = { column = 'a' }, then = 1 }]\ncolumn = [{ name = 'a' }]",
        &[
            "`if` asks nothing of the cell @ { column = 'a' } ? say what the cell must be, such as `values = [\"…\"]` or `empty = false`",
            "`then` must be a table, not a whole number @ 1 ? write `then = { column = \"…\", empty = false }`",
        ],
    ),
    // Counts.
    (
        "count = [{ max = 1 }]",
        &["a count without `values` @ { max = 1 } ? say which are counted: `values = [\"A\"]`"],
    ),
    (
        "count = [{ values = ['A'] }]",
        &["this count demands nothing @ { values = ['A'] } ? say how many: `min = 1`, `max = 1` or both"],
    ),
    (
        "count = [{ values = ['A'], min = 2, max = 1 }]",
        &["`min = 2` is more than `max = 1` @ { values = ['A'], min = 2, max = 1 } ? exchange the two"],
    ),
    ("count = [{ values = [], max = 1 }]", &["`values` names none @ [] ? leave the key out"]),
    (
        "count = [{ values = ['A'], max = 1, columns = ['b'] }]\ncolumn = [{ name = 'Boss' }]",
        &["unknown column `b` in `Boss` @ 'b' ? known here: `Boss`"],
    ),
    (
        "count = [{ values = ['A'], max = 1, columns = ['*'] }]\ncolumn = [{ name = 'a' }]\nother-columns = false",
        &[
            "`*` is for the columns that `other-columns = false` forbids @ '*' ? name the columns, or remove `other-columns = false`",
        ],
    ),
];

#[test]
fn points_at_every_mistake() {
    let mut wrong = Vec::new();
    for (text, expected) in BAD {
        let text = format!("[[table]]\nfiles = ['a']\n{text}");
        let mistakes = mistakes(&text);
        if &mistakes != expected {
            wrong.push(format!("{text}\n{mistakes:#?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn points_at_mistakes_of_the_whole() {
    let cases: &[(&str, &[&str])] = &[
        (
            "table = 1",
            &[
                "`table` must be a list of tables, not a whole number @ 1 ? begin each with a line `[[table]]`",
            ],
        ),
        (
            "[table]\nname = 'x'",
            &["`table` must be a list of tables, not a table @ [table] ? begin each with a line `[[table]]`"],
        ),
        ("[[tables]]\nname = 'x'", &["unknown key `tables` @ tables ? did you mean `table`?"]),
        (
            "min-rows = 1",
            &[
                "unknown key `min-rows` @ min-rows ? `min-rows` belongs under `[[table]]`, above its first `[[table.…]]` line",
            ],
        ),
        (
            "max-length = 1",
            &["unknown key `max-length` @ max-length ? `max-length` belongs under `[[table.column]]`"],
        ),
        ("when = []", &["unknown key `when` @ when ? write `[[table.when]]`, below a `[[table]]`"]),
        (
            "[[table]]\nmin-rows = 1",
            &[
                "this contract is for every table of every page @ [[table]] ? say which with `files`, `heading` or `header`; `files = [\"**\"]` is every page",
            ],
        ),
        ("[[table]]\nfiles = ['**']\nmin-rows = 1", &[]),
        (
            "[[table]]\nheading = 'x'\nrequired = true",
            &[
                "`required` without `files` @ required ? say which pages need such a table: `files = [\"docs/services/**\"]`",
            ],
        ),
        (
            "[[table]]\nfiles = ['a[']\nrequired = true",
            &["the glob `a[` has a `[` without its `]` @ 'a[' ? write `\\[` for the bracket itself"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(&mistakes(text), expected, "\n{text}");
    }
}

#[test]
fn many_contracts_take_no_longer_than_each_alone() {
    let many = |contract: &dyn Fn(usize) -> String| (0..10_000).map(contract).collect::<String>();
    let right = many(&|n| {
        let next = (n + 1) % 10_000;
        format!(
            "[[table]]\nname = 'Table {n}'\nheading = 'Part {n}'\n[[table.column]]\nname = 'Name'\nreferences = {{ table = 'table {next}', column = 'name' }}\n"
        )
    });
    assert_eq!(contracts(&right).len(), 10_000);
    let wrong = right.replace("'name' }", "'nom' }").replace("'table ", "'tabel ");
    assert_eq!(mistakes(&wrong).len(), 10_000);

    let columns: String = (0..10_000).map(|n| format!("[[table.column]]\nname = 'Column {n}'\n")).collect();
    let wide = format!("[[table]]\nfiles = ['a']\nsorted-by = 'Column 9999'\n{columns}");
    assert_eq!(contracts(&wide)[0].columns.len(), 10_000);
    let counts = "[[table.count]]\nvalues = ['A']\nmax = 1\ncolumns = ['Colum 1']\n".repeat(1_000);
    assert_eq!(mistakes(&format!("{wide}{counts}")).len(), 1_000);

    let values: String = (0..10_000).map(|n| format!("'value {n}',")).collect();
    let long = format!(
        "[[table]]\nfiles = ['a']\nrequired-rows = [{values}]\n[[table.column]]\nname = 'x'\nvalues = [{values}]"
    );
    assert_eq!(contracts(&long)[0].rows.required.len(), 10_000);
}

#[test]
fn any_value_may_stand_anywhere() {
    let values = [
        "1",
        "-1",
        "1e999",
        "99999999999",
        "true",
        "''",
        "'x'",
        "'*'",
        "'('",
        "'a['",
        "'../..'",
        "\"\\u001b\"",
        "1979-05-27",
        "[]",
        "[[]]",
        "[1]",
        "['']",
        "['*']",
        "['x', 'x']",
        "[{}]",
        "{}",
        "{ name = 'x' }",
        "{ column = 'x', table = 'x' }",
        "{ min = 9, max = 0, kind = 1 }",
        "[{ name = 'x', values = 'x' }]",
        "[{ if = {}, then = {} }]",
        "[{ values = [''], columns = ['*'], max = 0 }]",
    ];
    for key in crate::config::contract_keys() {
        for value in values {
            for place in [
                format!("[[table]]\n{key} = {value}\n"),
                format!("[[table]]\nname = 'x'\n[[table.column]]\nname = 'x'\n{key} = {value}\n"),
                format!("[[table]]\nname = 'x'\ncolumn = [{{ name = '*', link = {{ {key} = {value} }} }}]\n"),
                format!("[[table]]\nwhen = [{{ if = {{ {key} = {value} }}, {key} = {value} }}]\n"),
                format!("[[table]]\ncount = [{{ {key} = {value} }}]\n"),
            ] {
                drop(mistakes(&place));
            }
        }
    }
}
