//! A workspace after any edits says what a check of the same tree says from scratch.
//!
//! `PROPTEST_CASES=2000 cargo test --test workspace` tries more trees.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use waypost::config;
use waypost::dialect::Dialect;
use waypost::engine;
use waypost::finding::Finding;
use waypost::path::DocPath;
use waypost::rules::Ruleset;
use waypost::site::{Settings, Site};
use waypost::tree::{OnDisk, PageText, Tree};
use waypost::workspace::{Changed, Workspace};

/// A kind of tree: how it is published, and how its pages include each other.
struct World {
    dialects: &'static [&'static str],
    configs: &'static [(&'static str, &'static str)],
    include: fn(&str) -> String,
}

/// Where pages may be: `{}` of an include is a path from the including page.
const PATHS: [&str; 9] = [
    "docs/index.md",
    "docs/harbour.md",
    "docs/harbour-tides.md",
    "docs/guide/mooring.md",
    "docs/guide/harbor.md",
    "docs/includes/note.md",
    "docs/includes/more.md",
    "docs/guide/start.md",
    "README.md",
];

const WORLDS: &[World] = &[
    World { dialects: &["github"], configs: &[], include: |_| "[!INCLUDE [a](b.md)]".to_owned() },
    World {
        dialects: &[],
        configs: &[
            (
                ".openpublishing.publish.config.json",
                r#"{"docsets_to_publish": [{"build_source_folder": "docs"}]}"#,
            ),
            (
                "docs/docfx.json",
                r#"{"build": {"content": [{"files": ["**/*.md"], "exclude": ["includes/**"]}]}}"#,
            ),
            (
                ".openpublishing.redirection.json",
                r#"{"redirections": [
                    {"source_path": "docs/old.md", "redirect_url": "/base/harbour#alpha-quay"},
                    {"source_path": "docs/older.md", "redirect_url": "/base/guide/mooring"}]}"#,
            ),
        ],
        include: |path| format!("[!INCLUDE [text]({path})]"),
    },
    World {
        dialects: &["learn", "github"],
        configs: &[
            (
                ".openpublishing.publish.config.json",
                r#"{"docsets_to_publish": [{"build_source_folder": "docs"}]}"#,
            ),
            (
                "docs/docfx.json",
                r#"{"build": {"content": [{"files": ["**/*.md"], "exclude": ["includes/**"]}]}}"#,
            ),
        ],
        include: |path| format!("[!INCLUDE [text]({path})]"),
    },
    World {
        dialects: &[],
        configs: &[(
            "mkdocs.yml",
            "site_name: A\nsite_url: https://example.org/a/\nplugins:\n  - redirects:\n      redirect_maps:\n        \
             old.md: harbour.md#alpha-quay\nmarkdown_extensions:\n  - footnotes\n  - attr_list\n  - pymdownx.snippets:\n      \
             base_path: [docs/guide]\n",
        )],
        include: |path| format!("--8<-- \"{path}\""),
    },
    World {
        dialects: &["mkdocs", "github"],
        configs: &[(
            "mkdocs.yml",
            "site_name: A\nmarkdown_extensions:\n  - pymdownx.snippets:\n      base_path: [docs/guide]\n",
        )],
        include: |path| format!("--8<-- \"{path}\""),
    },
    World {
        dialects: &[],
        configs: &[
            ("book.toml", "[book]\ntitle = \"A\"\nsrc = \"docs\"\n"),
            (
                "docs/SUMMARY.md",
                "- [A](index.md)\n- [B](harbour.md)\n- [C](guide/mooring.md)\n- [D](guide/start.md)\n",
            ),
        ],
        include: |path| format!("{{{{#include {path}}}}}"),
    },
    World {
        dialects: &["vitepress"],
        configs: &[("docs/.vitepress/config.ts", "export default { title: 'A' }\n")],
        include: |path| format!("<!--@include: {path}-->"),
    },
    World {
        dialects: &[],
        configs: &[(
            "docusaurus.config.js",
            "module.exports = { title: 'A', url: 'https://example.org', baseUrl: '/', presets: [['classic', { docs: { routeBasePath: 'docs' } }]] };\n",
        )],
        include: |path| format!("import Part from '{path}';"),
    },
    World {
        dialects: &[],
        configs: &[("hugo.toml", "baseURL = 'https://example.org/'\ncontentDir = 'docs'\n")],
        include: |path| format!("[x]({{{{< ref \"{path}\" >}}}})"),
    },
];

const CONFIG: &str = r#"
presets = ["itil-v3"]

[rules]
orphan-page = "warning"
orphan-asset = "warning"
itil-coverage = "info"

[[table]]
name = "Alarms"
files = ["**"]
header = ["Id", "Name"]

[[table.column]]
name = "Id"
unique = "tree"

[[table.column]]
name = "Name"
link = { resolves = true, max = 1 }

[[table]]
name = "Owners"
files = ["docs/**"]
header = ["Alarm", "Owner"]

[[table.column]]
name = "Alarm"
references = { table = "Alarms", column = "Id" }

[[table.column]]
name = "Owner"
link = { min = 1, resolves = true, below = "docs/guide" }
"#;

const HEADINGS: [&str; 10] = [
    "Alpha quay",
    "Beta mooring",
    "Alpha quay",
    "alpha Quay",
    "The harbour tides",
    "Incident Management",
    "Alpha quai",
    "Overview of the long pier",
    "Gamma\u{200b} ray",
    "Harbour guide",
];
const FRAGMENTS: [&str; 14] = [
    "alpha-quay",
    "alpha-quay-1",
    "beta-mooring",
    "Beta-Mooring",
    "alpha-quays",
    "own",
    "the-harbour-tides",
    "pier",
    "user-content-alpha-quay",
    "overview-of-long-pier",
    "L3",
    "L40",
    "fn-1",
    "alpha-quay_1",
];
const FILES: [&str; 12] = [
    "",
    "harbour.md",
    "harbour-tides.md",
    "../docs/harbour.md",
    "guide/mooring.md",
    "harbor.md",
    "../harbour.md",
    "mooring.md",
    "old.md",
    "/docs/harbour.md",
    "../guide\\mooring.md",
    "art/lost.md",
];

/// A piece of a page: what kind, and what of it.
type Block = (u8, u8, u8, u8);

fn pick<'t>(all: &[&'t str], index: u8) -> &'t str {
    all[index as usize % all.len()]
}

fn destination((a, b): (u8, u8)) -> String {
    let file = pick(&FILES, a);
    match b % 3 {
        0 if !file.is_empty() => file.to_owned(),
        _ => format!("{file}#{}", pick(&FRAGMENTS, b / 3)),
    }
}

fn block(world: &World, (kind, a, b, c): Block) -> String {
    let heading = pick(&HEADINGS, a);
    let link = destination((b, c));
    match kind % 20 {
        0..=2 => format!("{} {heading}", "#".repeat(1 + b as usize % 3)),
        3..=5 => format!("See [{}]({link}) there.", pick(&HEADINGS, a)),
        6 => (world.include)(pick(
            &[
                "includes/note.md",
                "../includes/note.md",
                "note.md",
                "more.md",
                "includes/more.md",
                "./includes/note.md",
                "none.md",
            ],
            a,
        )),
        7 => format!("<a id=\"{}\"></a>", pick(&["own", "Own", "pier", "alpha-quay"], a)),
        8 => format!(
            "| Id | Name |\n|---|---|\n| A{} | [{heading}]({link}) |\n| A{} | {heading} |",
            a % 5,
            b % 5
        ),
        9 => format!("| Alarm | Owner |\n|---|---|\n| A{} | [{heading}]({link}) |\n| A{} | |", a % 6, b % 6),
        10 => format!(
            "<!-- waypost-ignore-next-line {} -->",
            pick(&["broken-anchor", "broken-link", "placeholder"], a)
        ),
        11 => format!("[label{}]: {link}\n\n[text][label{}]", a % 3, c % 3),
        12 => format!("## {heading} {{#own}}"),
        13 => format!(
            "| Process | Documentation |\n|---|---|\n| Incident Management | [{heading}]({link}) |\n| {heading} | TBD |"
        ),
        14 => "Words[^1].\n\n[^1]: A note.".to_owned(),
        15 => format!("<!-- waypost-ignore-start {} -->", pick(&["broken-anchor", "broken-contract"], a)),
        16 => "<!-- waypost-ignore-end -->".to_owned(),
        17 => format!(
            "[lines](../code.ps1#L{}) [more](code.ps1#L{}) [page](harbour.md?plain=1#L{})",
            a % 8,
            b % 8,
            c % 12
        ),
        18 => format!("# [Tab](#tab/{})\n\n=== \"Tabs\"\n\nTerm\n: What it is", pick(&["one", "two"], a)),
        _ => format!("Plain words {a}."),
    }
}

/// A page: its header, if any, and its pieces.
#[derive(Clone, Debug)]
struct Page {
    header: u8,
    blocks: Vec<Block>,
}

impl Page {
    fn text(&self, world: &World) -> String {
        let header = match self.header % 6 {
            1 => "---\ntitle: Harbour guide\n---\n",
            2 => "---\ntitle: Alpha quay\nslug: other\n---\n",
            _ => "",
        };
        let blocks: Vec<String> = self.blocks.iter().map(|&piece| block(world, piece)).collect();
        format!("{header}{}\n", blocks.join("\n\n"))
    }
}

/// What somebody does to the tree.
#[derive(Clone, Debug)]
enum Act {
    Insert(u8, u8, Block),
    Replace(u8, u8, Block),
    Remove(u8, u8),
    Header(u8, u8),
    /// Types or deletes in the text itself.
    Type(u8, u16, char),
    Delete(u8, u16, u8),
    /// Gives the page back what its pieces say.
    Reset(u8),
    Create(u8, Page),
    Unlink(u8),
}

fn pages() -> impl Strategy<Value = Page> {
    (any::<u8>(), prop::collection::vec(any::<Block>(), 0..8))
        .prop_map(|(header, blocks)| Page { header, blocks })
}

fn acts() -> impl Strategy<Value = Act> {
    let page = 0..PATHS.len() as u8;
    prop_oneof![
        4 => (page.clone(), any::<u8>(), any::<Block>()).prop_map(|(page, at, block)| Act::Insert(page, at, block)),
        4 => (page.clone(), any::<u8>(), any::<Block>()).prop_map(|(page, at, block)| Act::Replace(page, at, block)),
        3 => (page.clone(), any::<u8>()).prop_map(|(page, at)| Act::Remove(page, at)),
        1 => (page.clone(), any::<u8>()).prop_map(|(page, header)| Act::Header(page, header)),
        4 => (page.clone(), any::<u16>(), prop::sample::select(vec!['x', '#', '|', '[', ' ', '\n', '-', 'é']))
            .prop_map(|(page, at, c)| Act::Type(page, at, c)),
        2 => (page.clone(), any::<u16>(), 1..9u8).prop_map(|(page, at, count)| Act::Delete(page, at, count)),
        1 => page.clone().prop_map(Act::Reset),
        1 => (page.clone(), pages()).prop_map(|(page, content)| Act::Create(page, content)),
        1 => page.prop_map(Act::Unlink),
    ]
}

/// The tree as whoever edits it has it.
struct Author {
    world: &'static World,
    pages: BTreeMap<DocPath, Page>,
    texts: BTreeMap<DocPath, Arc<str>>,
}

impl Author {
    fn new(world: &'static World, pages: Vec<Option<Page>>) -> Author {
        let pages = PATHS.iter().zip(pages).filter_map(|(path, page)| Some((DocPath::new(path), page?)));
        let pages: BTreeMap<DocPath, Page> = pages.collect();
        let texts = pages.iter().map(|(path, page)| (path.clone(), page.text(world).into())).collect();
        Author { world, pages, texts }
    }

    fn tree(&self) -> Tree {
        let mut texts = self.texts.clone();
        let (pages, configs): (Vec<_>, Vec<_>) =
            self.world.configs.iter().partition(|(path, _)| path.ends_with(".md"));
        texts.extend(pages.into_iter().map(|(path, text)| (DocPath::new(path), (*text).into())));
        let configs: BTreeMap<DocPath, Arc<str>> =
            configs.into_iter().map(|(path, text)| (DocPath::new(path), (*text).into())).collect();
        let mut files: Vec<DocPath> = texts.keys().chain(configs.keys()).cloned().collect();
        files.extend(["docs/code.ps1", "docs/guide/code.ps1", "docs/art/quay.png"].map(DocPath::new));
        files.sort();
        let pages = texts.into_iter().map(|(path, text)| PageText { path, text }).collect();
        Tree { files, pages, configs, ..Tree::default() }
    }

    /// Does something, and says to which page; whether there are other files then.
    fn act(&mut self, act: &Act) -> Option<(DocPath, bool)> {
        let (Act::Insert(page, ..)
        | Act::Replace(page, ..)
        | Act::Remove(page, ..)
        | Act::Header(page, ..)
        | Act::Type(page, ..)
        | Act::Delete(page, ..)
        | Act::Reset(page)
        | Act::Create(page, ..)
        | Act::Unlink(page)) = act;
        let path = DocPath::new(PATHS[*page as usize]);
        if let Act::Create(_, page) = act {
            self.texts.insert(path.clone(), page.text(self.world).into());
            let is_new = self.pages.insert(path.clone(), page.clone()).is_none();
            return Some((path, is_new));
        }
        if let Act::Unlink(_) = act {
            self.texts.remove(&path);
            return self.pages.remove(&path).map(|_| (path, true));
        }
        let page = self.pages.get_mut(&path)?;
        let text = self.texts.get_mut(&path)?;
        let count = page.blocks.len();
        let mut typed = text.to_string();
        let place = |at: u16| {
            let mut at = at as usize % (text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        match act {
            Act::Insert(_, at, block) => page.blocks.insert(*at as usize % (count + 1), *block),
            Act::Replace(_, at, block) if count > 0 => page.blocks[*at as usize % count] = *block,
            Act::Remove(_, at) if count > 0 => drop(page.blocks.remove(*at as usize % count)),
            Act::Header(_, header) => page.header = *header,
            Act::Type(_, at, c) => typed.insert(place(*at), *c),
            Act::Delete(_, at, length) => {
                let start = place(*at);
                let end = place(((start + *length as usize).min(text.len())) as u16).max(start);
                typed.replace_range(start..end, "");
            }
            _ => {}
        }
        *text = match act {
            Act::Type(..) | Act::Delete(..) => typed.into(),
            _ => page.text(self.world).into(),
        };
        Some((path, false))
    }
}

/// What some disk says of a path.
fn on_disk(path: &DocPath) -> Option<OnDisk> {
    match path.file_name() {
        "lost.md" => Some(OnDisk::Ignored),
        "mooring.md" => Some(OnDisk::Untracked),
        "none.md" => Some(OnDisk::InSubmodule),
        _ => None,
    }
}

fn asked(paths: &[DocPath]) -> BTreeMap<DocPath, OnDisk> {
    paths.iter().filter_map(|path| Some((path.clone(), on_disk(path)?))).collect()
}

fn counted(paths: &[DocPath]) -> BTreeMap<DocPath, u32> {
    paths.iter().filter(|path| path.folder() == "docs").map(|path| (path.clone(), 4)).collect()
}

fn informed(mut site: Site) -> Site {
    site.learn_of(&asked(&site.unknown_paths()));
    site.learn_line_counts(&counted(&site.files_to_count()));
    site
}

fn settings(world: &World) -> (Settings, Ruleset) {
    let config = config::parse(CONFIG).unwrap();
    let settings = Settings {
        dialects: world.dialects.iter().map(|name| Dialect::find(name).unwrap()).collect(),
        base_path: Some("/base".to_owned()),
        contracts: Arc::new(config.contracts),
        presets: config.presets,
        ..Settings::default()
    };
    (settings, config.ruleset)
}

/// Everything that a workspace says, by file.
fn all(workspace: &Workspace) -> BTreeMap<DocPath, Vec<Finding>> {
    workspace.paths_with_findings().map(|path| (path.clone(), workspace.findings(path).to_vec())).collect()
}

fn check(world: &'static World, pages: Vec<Option<Page>>, acts: &[Act]) -> Result<usize, TestCaseError> {
    let (settings, ruleset) = settings(world);
    let mut author = Author::new(world, pages);
    let site = informed(Site::new(author.tree(), settings.clone()));
    let mut workspace = Workspace::new(site, self::settings(world).1);
    let mut followed = 0;
    for act in acts {
        let Some((path, other_files)) = author.act(act) else { continue };
        let before = all(&workspace);
        let edited = match other_files {
            true => None,
            false => workspace.edit(&path, author.texts[&path].clone()).ok(),
        };
        let changed = match edited {
            Some(mut changed) => {
                followed += 1;
                let learnt = workspace.learn(&asked(&changed.unknown), &counted(&changed.uncounted));
                changed.paths.extend(learnt.paths);
                changed
            }
            None => {
                let site = Site::new_like(author.tree(), settings.clone(), workspace.site());
                workspace.replace(informed(site))
            }
        };
        let scratch = informed(Site::new(author.tree(), settings.clone()));
        let expected = engine::check(&scratch, &ruleset, &|_| true);
        let report = workspace.report();
        prop_assert_eq!(&report.findings, &expected.findings, "after {:?}\n{:#?}", act, author.texts);
        prop_assert_eq!(&report.summary, &expected.summary, "after {:?}\n{:#?}", act, author.texts);
        tells_all(&before, &all(&workspace), &changed)?;
    }
    Ok(followed)
}

/// Whose findings differ must have been named.
fn tells_all(
    before: &BTreeMap<DocPath, Vec<Finding>>,
    now: &BTreeMap<DocPath, Vec<Finding>>,
    changed: &Changed,
) -> Result<(), TestCaseError> {
    for path in before.keys().chain(now.keys()) {
        prop_assert!(
            before.get(path) == now.get(path) || changed.paths.contains(path),
            "{} differs and was not named",
            path
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100),
        ..ProptestConfig::default()
    })]

    #[test]
    fn edits_come_to_what_a_check_from_scratch_comes_to(
        world in 0..WORLDS.len(),
        pages in prop::collection::vec(prop::option::weighted(0.8, pages()), PATHS.len()),
        acts in prop::collection::vec(acts(), 1..12),
    ) {
        check(&WORLDS[world], pages, &acts)?;
    }
}
